"""Translations: when one is behind, what is taken over, and that what somebody wrote in it is never touched."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale, PageLogEntry

from cms.models import TranslationState
from cms.translating import services
from cms.translating.compare import GONE, MOVED, NEW, SHARED, TEXT
from lessons.models import Exercise, LessonPage
from media.models import Recording
from tests import making
from tests.lessons.two_languages import (
    author,
    body,
    copied,
    draft,
    fresh,
    latvian,
    publish,
    rewrite,
    state,
    text,
    translated,
)

pytestmark = pytest.mark.django_db
WORDS = {"Pirmais": "First", "Otrais": "Second", "Trešais": "Third", "Vārdi": "Words"}


@pytest.fixture
def words():
    return [making.make_entry("rl0375", "dīs", "diena", english="day"), making.make_entry("rl0001", "lačho", "labs")]


@pytest.fixture
def source(words):
    return latvian([making.words(words[0]), text("Pirmais teksts."), text("Otrais teksts.")])


@pytest.fixture
def english(source):
    return translated(source, WORDS)


def change_text(page, before, after):
    rewrite(page, {before: after})
    publish(page)


def kinds(page):
    """Return the kinds of what is open, for the newest draft."""
    found = services.standing(fresh(page))
    return [(one.kind, one.is_done) for group in found.open for one in group.changes]


def texts(page):
    return [block["value"].get("text") for block in body(page) if block["type"] == "text"]


def taken_over(page, user=None):
    services.take_over(page=fresh(page), user=user or author(f"{uuid4().hex}@example.test"))
    return draft(page)


# --- starting -----------------------------------------------------------------------------------


def test_a_copy_keeps_ids_words_exercises_and_quiz_and_waits_to_be_translated(words):
    exercise = making.make_choice(words[0], words[1])
    quiz = making.make_quiz(exercise)
    practice = ("practice", {"heading": "Izmēģiniet", "exercise": exercise})
    source = latvian([making.words(*words), practice], quiz=quiz)
    counts = (Recording.objects.count(), Exercise.objects.count())
    made = copied(source)
    assert body(made) == body(source)
    assert made.quiz == quiz and not made.live
    assert (Recording.objects.count(), Exercise.objects.count()) == counts
    assert state(made).is_new
    # title, can-do, the two headings: each in its own place, nothing else
    assert state(made).behind == 4
    assert {kind for kind, _done in kinds(made)} == {TEXT}


def test_a_copy_is_level_once_every_text_was_translated_and_published(source):
    made = copied(source)
    rewrite(made, {"Pirmais": "First", "Otrais": "Second"})
    made.title, made.can_do = "Good day", "I recognise a greeting."
    publish(made)
    assert state(made).behind == 1, "the heading of the words is still Latvian"
    made = fresh(made)
    rewrite(made, {"Vārdi": "Words"})
    publish(made, author())
    assert (state(made).behind, state(made).is_new) == (0, False)
    assert state(made).leveled_by.email == "autore@example.test"


def test_the_mirror_that_stands_in_for_a_parent_is_no_translation(source):
    made = copied(source)
    assert set(TranslationState.objects.values_list("page_id", flat=True)) == {made.pk}


# --- falling behind -----------------------------------------------------------------------------


def test_a_changed_text_makes_it_stale_and_translating_it_level_again(source, english):
    assert state(english).behind == 0
    change_text(source, "Pirmais", "Pavisam cits")
    assert state(english).behind == 1
    assert kinds(english) == [(TEXT, False)]
    change_text(fresh(english), "First", "Quite another")
    assert state(english).behind == 0
    assert kinds(english) == []


def test_a_draft_of_the_source_makes_nothing_stale(source, english):
    rewrite(source, {"Pirmais": "Pavisam cits"})
    source.save_revision()
    assert state(english).behind == 0 and kinds(english) == []


def test_publishing_the_source_unchanged_makes_nothing_stale(source, english):
    publish(source)
    assert state(english).behind == 0


def test_what_an_editor_writes_otherwise_but_says_the_same_makes_nothing_stale(source, english):
    raw = body(source)
    raw[1]["value"]["text"] = '<p data-block-key="ab12c">Pirmais  teksts&#46;</p>'
    body(source, raw)
    publish(source)
    assert state(english).behind == 0


def test_what_touches_romani_only_makes_nothing_stale(words):
    exercise = making.make_choice(*words)
    practice = ("practice", {"heading": "Izmēģiniet", "exercise": exercise})
    source = latvian([making.words(*words), practice])
    english = translated(source, WORDS | {"Izmēģiniet": "Try it"})
    making.make_take(words[0])
    words[0].notes = "Cita piezīme"
    words[0].save()
    exercise.title = "Cits virsraksts"
    exercise.save_revision().publish()
    publish(fresh(source))
    assert state(english).behind == 0 and kinds(english) == []


def test_a_fix_made_in_the_translation_before_the_source_changed_does_not_count_as_translating(source, english):
    change_text(fresh(english), "First teksts", "The very first text")  # somebody's own fix
    change_text(source, "Pirmais", "Pavisam cits")
    assert state(english).behind == 1
    assert kinds(english) == [(TEXT, False)]


def test_the_source_going_back_to_what_it_was_makes_it_level_again(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    change_text(fresh(source), "Pavisam cits", "Pirmais")
    assert state(english).behind == 0


def test_new_gone_and_moved_parts_are_told_apart(source, english):
    raw = body(source)
    entry_block, _first, second = raw
    new = {"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())}
    body(source, [second, new, entry_block])
    publish(source)
    found = {kind for kind, _done in kinds(english)}
    assert {NEW, GONE, MOVED} <= found
    assert state(english).behind == 3


def test_another_word_in_a_list_is_no_text_to_translate(source, english, words):
    raw = body(source)
    raw[0]["value"]["items"].append({"type": "item", "value": words[1].pk, "id": str(uuid4())})
    body(source, raw)
    publish(source)
    assert kinds(english) == [(SHARED, False)]
    made = taken_over(english)
    assert [item["value"] for item in body(made)[0]["value"]["items"]] == [words[0].pk, words[1].pk]
    publish(made)
    assert state(english).behind == 0


def test_a_page_that_was_there_before_the_record_is_level_until_its_source_changes(source, english):
    TranslationState.objects.all().delete()
    assert kinds(english) == []
    change_text(source, "Pirmais", "Pavisam cits")
    assert state(english).behind == 1
    assert state(english).leveled_at is None


# --- taking over --------------------------------------------------------------------------------


def test_new_parts_come_with_the_sources_words_and_own_texts_stay(source, english, words):
    exercise = making.make_choice(*words)
    raw = body(source)
    raw.insert(1, {"type": "practice", "value": {"heading": "Izmēģiniet", "exercise": exercise.pk}, "id": str(uuid4())})
    raw[2]["value"]["text"] = "<p>Pavisam cits teksts.</p>"
    body(source, raw)
    publish(source)
    made = taken_over(english)
    assert [block["id"] for block in body(made)] == [block["id"] for block in raw]
    assert body(made)[1]["value"] == {"heading": "Izmēģiniet", "exercise": exercise.pk}
    assert texts(made) == ["<p>First teksts.</p>", "<p>Second teksts.</p>"], "changed or not, a written text stays"
    assert kinds(english) == [(NEW, True), (TEXT, False), (TEXT, False)], "to translate: a heading, a text"
    assert fresh(english).live and texts(fresh(english)) == texts(english), "nothing was published"
    assert len(body(fresh(english))) == 3
    assert PageLogEntry.objects.filter(page_id=english.pk, action=services.TAKEN_OVER).count() == 1


def test_published_as_it_came_it_stays_stale(source, english):
    raw = body(source)
    raw.append({"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())})
    body(source, raw)
    publish(source)
    publish(taken_over(english))
    assert state(english).behind == 1
    change_text(draft(english), "Trešais teksts", "A third text")
    assert state(english).behind == 0


def test_a_manual_fix_survives_two_rounds(source, english):
    change_text(fresh(english), "First teksts.", "First text, put better by hand.")
    for number in range(2):
        raw = body(fresh(source))
        raw[1]["value"]["text"] = f"<p>Pirmais teksts, {number}. reizi.</p>"
        raw.insert(0, {"type": "text", "value": text(f"Jauns {number}.")[1], "id": str(uuid4())})
        page = fresh(source)
        body(page, raw)
        publish(page)
        made = taken_over(english)
        assert "<p>First text, put better by hand.</p>" in texts(made)
        rewrite(made, {f"Jauns {number}": f"New {number}"})
        publish(made)
        services.bring_level(page=fresh(english), user=author(f"n{number}@example.test"), seen=seen(english))
    assert texts(fresh(english))[:2] == ["<p>New 1.</p>", "<p>New 0.</p>"]
    assert "<p>First text, put better by hand.</p>" in texts(fresh(english))


def seen(page):
    return services.standing(fresh(page)).seen


def test_a_part_of_the_translations_own_stays_where_it_was(source, english):
    raw = body(english)
    own = {"type": "text", "value": text("Only in English.")[1], "id": str(uuid4())}
    raw.insert(2, own)
    page = fresh(english)
    body(page, raw)
    publish(page)
    there = body(source)
    body(source, [there[2], there[1], there[0]])
    publish(source)
    made = taken_over(english)
    assert [block["id"] for block in body(made)] == [there[2]["id"], there[1]["id"], own["id"], there[0]["id"]]


def test_what_the_source_drops_goes_unless_somebody_worked_on_it_since(source, english):
    change_text(fresh(english), "Second teksts", "Second text, with care")
    raw = body(source)
    body(source, raw[:1])
    publish(source)
    made = taken_over(english)
    assert texts(made) == ["<p>Second text, with care.</p>"]
    assert state(english).behind == 2
    publish(made)
    assert state(english).behind == 1, "one part is still there that the source has not"


def test_it_starts_from_the_newest_draft_whoever_made_it(source, english):
    colleague = author("kolege@example.test")
    page = fresh(english)
    rewrite(page, {"Second teksts": "Second, in a colleague's draft"})
    theirs = page.save_revision(user=colleague)
    raw = body(source)
    raw.append({"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())})
    body(source, raw)
    publish(source)
    made = taken_over(english)
    assert "<p>Second, in a colleague's draft.</p>" in texts(made)
    assert fresh(english).revisions.filter(pk=theirs.pk).exists()
    assert fresh(english).latest_revision_id != theirs.pk


def test_with_nothing_to_take_over_no_revision_is_made(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    before = fresh(english).latest_revision_id
    assert services.take_over(page=fresh(english), user=author()) is False
    assert fresh(english).latest_revision_id == before


def test_the_quiz_comes_over(source, english, words):
    quiz = making.make_quiz(making.make_choice(*words))
    source.quiz = quiz
    publish(source)
    assert kinds(english) == [(SHARED, False)]
    assert taken_over(english).quiz == quiz


def test_pages_made_by_hand_in_both_languages_find_each_others_parts(source, english):
    page, raw = fresh(english), body(english)
    body(page, [block | {"id": str(uuid4())} for block in raw])
    publish(page)
    TranslationState.objects.all().delete()
    there = body(source)
    there[2]["value"]["text"] = "<p>Otrais, citādi.</p>"
    there.insert(1, {"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())})
    body(source, there)
    publish(source)
    made = taken_over(english)
    assert texts(made) == ["<p>Trešais teksts.</p>", "<p>First teksts.</p>", "<p>Second teksts.</p>"]
    assert [block["id"] for block in body(made)] == [block["id"] for block in there], "from now on by their ids"


def test_lines_of_a_dialogue_keep_their_own_words(words):
    def line(speaker, meaning, item):
        return {"speaker": speaker, "item": item, "meaning": meaning, "question": ""}

    lines = [line("Skolotāja", "Labdien!", words[0]), line("Māte", "Labs.", words[1])]
    source = latvian([("dialogue", {"heading": "Saruna", "scene": "<p>Skolā.</p>", "lines": lines})])
    english = translated(source, {"Saruna": "Dialogue", "Skolā": "At school", "Skolotāja": "Teacher", "Māte": "Mother"})
    raw = body(source)
    first, second = raw[0]["value"]["lines"]
    second["value"]["item"] = words[0].pk
    raw[0]["value"]["lines"] = [second, first]
    body(source, raw)
    publish(source)
    (dialogue,) = body(taken_over(english))
    assert [one["value"]["speaker"] for one in dialogue["value"]["lines"]] == ["Mother", "Teacher"]
    assert [one["value"]["item"] for one in dialogue["value"]["lines"]] == [words[0].pk, words[0].pk]


def test_a_romani_form_is_never_something_to_translate(source, english):
    pairs = [{"form": "dīs", "note": "viens"}]
    raw = body(source)
    value = {"heading": "Gramatika", "text": "<p>Tā.</p>", "pairs": pairs, "evidence": "Avots", "side": {}}
    page = fresh(source)
    body(page, [*raw, {"type": "grammar", "value": value, "id": str(uuid4())}])
    publish(page)
    found = services.standing(fresh(english))
    (group,) = found.open
    by_kind = {
        kind: [one.path.rpartition("/")[2] for one in group.changes if one.kind == kind] for kind in (TEXT, SHARED)
    }
    assert by_kind == {TEXT: ["heading", "text", "note", "evidence"], SHARED: ["form"]}


# --- saying that it is level --------------------------------------------------------------------


def test_still_right_needs_no_other_text(source, english):
    change_text(source, "Pirmais teksts.", "Pirmais teksts!")
    person = author()
    services.bring_level(page=fresh(english), user=person, seen=seen(english))
    assert (state(english).behind, state(english).leveled_by) == (0, person)
    assert kinds(english) == []
    change_text(fresh(source), "Otrais", "Pavisam cits")
    assert kinds(english) == [(TEXT, False)], "only what came after"


def test_nobody_vouches_for_what_they_have_not_seen(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    looked_at = seen(english)
    change_text(fresh(source), "Otrais", "Vēl cits")
    with pytest.raises(ValidationError):
        services.bring_level(page=fresh(english), user=author(), seen=looked_at)
    assert state(english).behind == 2


# --- pages that go, languages that come ----------------------------------------------------------


def test_without_its_source_nothing_is_behind(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    fresh(source).delete()
    assert state(english).behind == 0
    assert services.standing(fresh(english)) is None
    with pytest.raises(ValidationError):
        services.take_over(page=fresh(english), user=author())


def test_a_deleted_translation_takes_its_record_along(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    fresh(english).delete()
    assert not TranslationState.objects.exists()
    change_text(fresh(source), "Otrais", "Vēl cits")


def test_a_source_that_has_no_translation_is_just_published(source):
    change_text(source, "Pirmais", "Pavisam cits")
    assert not TranslationState.objects.exists()


@pytest.fixture
def russian(settings):
    """A third language, as an operator adds it: settings and a locale."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("lv", "Latvian"), ("en", "English"), ("ru", "Russian")]
    return Locale.objects.create(language_code="ru")


def test_a_lesson_in_a_third_language_is_read_with_latvian_meanings(client, words, russian):
    practice = [
        ("practice", {"heading": "Izmēģiniet", "exercise": exercise})
        for exercise in (making.make_choice(*words), making.make_typed(words[0]))
    ]
    source = latvian([making.words(*words), *practice], quiz=making.make_quiz(making.make_choice(*words)))
    made = copied(source, "ru")
    publish(made)
    for ancestor in made.get_ancestors(inclusive=True).filter(depth__gt=1):
        response = client.get(ancestor.get_url())
        assert response.status_code == 200, ancestor.get_url()
    html = response.content.decode()
    assert "diena" in html and "day" not in html
    assert client.get(f"{made.get_url()}?druka").status_code == 200


def test_a_third_language_starts_from_latvian_or_from_english(source, english, russian):
    made = copied(english, "ru")
    assert state(made).is_new and state(made).behind == 5, "title, can-do, a heading, two texts: all still English"
    assert LessonPage.objects.filter(translation_key=source.translation_key).count() == 3
    rewrite(made, {"First teksts": "Первый текст", "Second teksts": "Второй текст", "Words": "Слова"})
    made.title, made.can_do = "Добрый день", "Я узнаю приветствие."
    publish(made)
    assert state(made).behind == 0
    change_text(source, "Pirmais", "Pavisam cits")
    assert (state(made).behind, state(english).behind) == (1, 1)
