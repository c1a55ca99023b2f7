"""Words, exercises, quizzes and lessons for tests. Romani as in content/: nothing is made up."""

from uuid import uuid4

from wagtail.models import Locale, Page

from cms.models import HomePage
from courses.models import CoursePage, ModulePage
from dictionary.models import Entry, PhrasebookPage, Theme
from lessons.models import Exercise, LessonPage, Quiz, QuizItem, TestPage
from media.models import Recording, Rendition, Variety

LEXICON = {
    "lačho": ("labs", "good"),
    "dīs": ("diena", "day"),
    "ami": ("jā", "yes"),
    "na": ("nē", "no"),
    "najis-ta": ("paldies!", "thank you!"),
    "raj": ("kungs", "gentleman"),
    "rāni": ("kundze", "lady"),
    "phal": ("brālis", "brother"),
    "pal": ("aiz, pēc", "behind, after"),
    "lačho dīs": ("labdien", "good day"),
    "del lačho dīs": ("sasveicināties", "to greet"),
    "phenel avri": ("izstāstīt", "to tell"),
}


def word(text, *, variants=(), heard=True, variety="latvian", meaning=None):
    """Return the entry of `text`, with its meaning, a recording and `variants`: pairs (form, code of the variety)."""
    found = Entry.objects.filter(text=text).first()
    if found:
        return found
    latvian, english = meaning or LEXICON[text]
    theme, _made = Theme.objects.get_or_create(key="people", defaults={"name_lv": "Cilvēki", "name_en": "People"})
    varieties = {one.code: one for one in Variety.objects.all()}
    entry = Entry(
        text=text,
        kind="phrase" if " " in text else "word",
        variety=varieties[variety],
        theme=theme,
        recording=recording(text, varieties["latvian"]) if heard else None,
    )
    entry.glosses.create(language="lv", text=latvian)
    entry.glosses.create(language="en", text=english)
    for form, code in variants:
        entry.variants.create(form=form, variety=varieties[code])
    entry.save()
    return entry


def recording(text, variety):
    made = Recording.objects.create(
        title=text, transcript=text, kind="synthetic", variety=variety, status="ready", duration_seconds=1.0
    )
    for form in ("opus", "mp3"):
        Rendition.objects.create(
            recording=made, format=form, uuid=uuid4(), file=f"audio/{made.uuid}.{form}", bytes=1000
        )
    return made


def exercise(kind, *, live=True, feedback="", **value):
    """Return an exercise of a type; entries in `value` are given by their Romani."""
    made = Exercise(title=f"{kind}: {value.get('item') or value.get('items')}", live=live, feedback_lv=feedback)
    made.body = [(kind, made.body.stream_block.child_blocks[kind].to_python(_stored(value)))]
    made.save()
    return made


def _stored(value):
    stored = dict(value)
    if isinstance(stored.get("item"), str):
        stored["item"] = word(stored["item"]).pk
    for name in ("items", "distractors"):
        if name in stored:
            stored[name] = [word(text).pk for text in stored[name]]
    return stored


def one_of_each():
    """Return one exercise of every type and mode that a learner meets."""
    return [
        exercise(
            "choice", item="dīs", mode="listen", distractors=["lačho", "ami", "na"], feedback="Klausieties patskani."
        ),
        exercise("choice", item="lačho", mode="form", distractors=["dīs", "raj", "rāni"]),
        exercise("match", items=["ami", "na", "raj", "rāni"], mode="meaning"),
        exercise("order", item="del lačho dīs", parts=[]),
        exercise("gap", item="phenel avri", mode="pick", gaps=[{"answer": "avri", "distractors": ["andre", "pāle"]}]),
        exercise("type", item="phal", mode="dictation"),
    ]


def practised_only():
    """Return one exercise of every type that learners judge themselves; no quiz takes it."""
    return [exercise("flashcards", items=["ami", "na", "raj"], mode="listen")]


def quiz(exercises=None, **rules):
    made = Quiz.objects.create(**({"title_lv": "Noslēguma tests", "title_en": "Final quiz", "shuffle": False} | rules))
    for place, one in enumerate(one_of_each() if exercises is None else exercises):
        QuizItem.objects.create(quiz=made, exercise=one, sort_order=place)
    return made


def course(language="lv", slug="kurss"):
    """Return a course page with one module below it."""
    home = HomePage.objects.get(locale__language_code=language)
    made = home.add_child(instance=CoursePage(title="Romu valodas pamatkurss", slug=slug))
    made.add_child(instance=ModulePage(title="Pirmā tikšanās", slug="pirma", goal="Pasveicināt."))
    return made


def module_of(page):
    return ModulePage.objects.child_of(page).first()


def lesson(within, title, *, test=None, body=(), slug=None):
    """Return a published lesson in the course's first module."""
    made = LessonPage(title=title, slug=slug or title.lower().replace(" ", "-"), can_do="Es saprotu.", quiz=test)
    made.body = list(body)
    return module_of(within).add_child(instance=made)


def module_test(within, title, test):
    made = TestPage(title=title, slug=title.lower().replace(" ", "-").replace(".", ""), quiz=test)
    return module_of(within).add_child(instance=made)


def course_test(within, title, test):
    return within.add_child(instance=TestPage(title=title, slug=title.lower().replace(" ", "-"), quiz=test))


def translated(page, title):
    """Return the English page of a Latvian one, its parents too, published."""
    english = Locale.objects.get(language_code="en")
    made = page.copy_for_translation(english, copy_parents=True)
    made.title = title
    made.save_revision().publish()
    for parent in made.get_ancestors().filter(live=False):
        Page.objects.filter(pk=parent.pk).update(live=True)
    made.refresh_from_db()
    return made


# --- answers -------------------------------------------------------------------------------------


def right_answer(shown, definition):
    """Return the right answer to a shown exercise, read from its definition: what a learner who knows it all sends."""
    kind = definition["type"]
    if kind == "choice":
        return {"chosen": [option["id"] for option in definition["options"] if option["right"]]}
    if kind == "match":
        return {"pairs": {pair["left"]: pair["right"] for pair in definition["pairs"]}}
    if kind == "order":
        return {"order": [part["id"] for part in definition["parts"]]}
    if kind == "gap":
        return {"gaps": [gap["answer"] for gap in definition["gaps"]]}
    return {"text": definition["item"]["text"]}


def wrong_answer(shown, definition):
    """Return a well-formed answer that is not right."""
    kind = definition["type"]
    if kind == "choice":
        return {"chosen": [option["id"] for option in definition["options"] if not option["right"]][:1]}
    if kind == "match":
        pairs = definition["pairs"]
        return {"pairs": {pair["left"]: pairs[place - 1]["right"] for place, pair in enumerate(pairs)}}
    if kind == "order":
        return {"order": [part["id"] for part in reversed(definition["parts"])]}
    if kind == "gap":
        return {"gaps": ["x" for _ in definition["gaps"]]}
    return {"text": "qqq"}


def phrasebook():
    """A phrasebook with one situation."""
    item = {"entry": word("lačho dīs"), "literal": "labs + diena", "courtesy": "", "understand_only": False}
    value = {"heading": "Pie durvīm", "key": "pie-durvim", "introduction": "", "items": [item], "questions": []}
    home = HomePage.objects.get(locale__language_code="lv")
    return home.add_child(
        instance=PhrasebookPage(title="Sarunvārdnīca", slug="sarunvardnica", body=[("situation", value)])
    )
