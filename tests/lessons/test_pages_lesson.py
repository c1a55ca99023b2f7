"""The lesson page: every block, what is known said and what is not known shown as a gap."""

import re

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.test.utils import page_tests
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import HomePage
from courses.models import CoursePage, ModulePage
from lessons.models import LessonPage, TestPage
from lessons.templatetags.lesson_tags import split_difference
from tests.making import (
    make_choice,
    make_course,
    make_dictionary,
    make_entry,
    make_lesson,
    make_quiz,
    make_recording,
    make_test,
    make_typed,
    words,
)

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE_BUDGET = 14 * 1024
SCRIPT_BUDGET = 30 * 1024


@pytest.fixture(autouse=True)
def latvian():
    with translation.override("lv"):
        yield


@pytest.fixture
def home():
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def dictionary(home):
    return make_dictionary(home, title="Dictionary", slug="dictionary", locale=home.locale)


@pytest.fixture
def module(home):
    """A module of the English course: what the interface says is asked for in English here."""
    return make_course(home, lessons=0, locale=home.locale).get_children().first()


@pytest.fixture
def pages(client, monkeypatch):
    monkeypatch.setattr(page_tests, "AUTH_BACKEND", BACKEND)
    case = page_tests.WagtailPageTestCase()
    case.client, case.dummy_request = client, page_tests.get_dummy_request()
    return case


@pytest.fixture
def admin():
    return get_user_model().objects.create_superuser("admin@example.lv", "correct horse battery", name="Aija")


@pytest.fixture
def day():
    return make_entry("rl0375", "dīs", "diena", english="day")


@pytest.fixture
def good():
    return make_entry("rl0590", "lačho", "labs", english="good", heard="native")


def html(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def shown(client, module, *body, **fields):
    return html(client, make_lesson(module, body, locale=module.locale, **fields))


def text(html):
    """Return what stands on the page, without tags and in one line."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_who_stands_under_whom(pages):
    pages.assertAllowedParentPageTypes(LessonPage, {ModulePage})
    pages.assertAllowedSubpageTypes(LessonPage, set())
    pages.assertAllowedParentPageTypes(TestPage, {ModulePage, CoursePage})
    pages.assertAllowedSubpageTypes(TestPage, set())


def test_a_lesson_is_editable_and_previewable(pages, module, admin, day):
    lesson = make_lesson(module, [words(day)], locale=module.locale)
    form = nested_form_data(
        {
            "title": "Labdien",
            "slug": "labdien",
            "introduction": "",
            "can_do": "Es atpazīstu sveicienu.",
            "minutes": "12",
            "quiz": "",
            "body": streamfield(
                [("gap", {"heading": "Ko vēl nezinām", "questions": streamfield_list("Kā sveicina?")})]
            ),
            "comments": inline_formset([]),
        }
    )
    pages.assertPageIsEditable(lesson, user=admin, post_data=form)
    pages.assertPageIsPreviewable(lesson, user=admin, post_data=form)


def streamfield_list(*values):
    """Return a ListBlock's form data."""
    rows = {
        str(place): {"value": value, "deleted": "", "order": str(place), "id": ""} for place, value in enumerate(values)
    }
    return {"count": str(len(values)), **rows}


def test_the_head_says_what_one_can_do_and_how_much_it_is(client, module, day, good):
    phrase = make_entry("ph0063", "del lačho dīs", "sasveicināties", kind="phrase")
    make_lesson(module, locale=module.locale)
    page = text(shown(client, module, words(day, good), words(phrase, heading="Phrases"), minutes=13))
    assert "After the lesson: Es atpazīstu sveicienu." in page
    assert "Lesson 2 of 2" in page
    assert "13 minutes" in page
    assert "2 words, 1 phrase" in page


def test_each_step_leads_to_its_part(client, module, day):
    quiz = make_quiz(make_typed(day))
    situations = ("situations", {"heading": "At work", "situations": [{"who": "Teacher", "text": "Say hello."}]})
    page = shown(client, module, words(day), situations, ("gap", {"heading": "Gap", "questions": ["Why?"]}), quiz=quiz)
    steps = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page)
    assert [name for _, name in steps] == ["Words", "At work", "Quiz"]
    for anchor, _name in steps:
        assert page.count(f'id="{anchor}"') == 1


def test_words_are_heard_read_and_looked_up(client, module, dictionary, day, good):
    page = shown(client, module, words(day, good))
    first, second = re.findall(r'<li class="word.*?</li>', page, re.S)
    assert 'class="word first"' in first and 'class="hear large"' in first
    assert '<span class="rom" lang="rml">dīs</span> <span class="gloss">day</span>' in first
    assert f'href="{dictionary.url}rl0375/" data-card="words/rl0375"' in first
    assert 'class="word"' in second and 'data-voice="native"' in second


def test_only_the_first_word_of_the_lesson_is_large(client, module, day, good):
    page = shown(client, module, words(day), words(good, heading="More"))
    assert page.count("word first") == 1


def test_the_synthetic_voice_is_named_once_in_each_section(client, module, day, good):
    line = {"speaker": "Father", "item": day, "meaning": "", "question": ""}
    dialogue = ("dialogue", {"heading": "Dialogue", "scene": "<p>At school.</p>", "lines": [line]})
    page = shown(client, module, words(day), words(day, heading="More"), dialogue).split("<template")[0]
    assert page.count("Synthetic voice") == 2
    assert "Synthetic voice" not in shown(client, module, words(good)).split("<template")[0]


def test_a_neighbours_word_carries_its_label_and_a_silent_one_no_ring(client, module):
    six = make_entry("rl0700", "šov", "seši", variety="lithuanian", heard="")
    row = re.search(r'<li class="word.*?</li>', shown(client, module, words(six)), re.S)[0]
    assert f'<span class="tag open">{six.variety.name_en}</span>' in row
    assert "No recording yet" in row
    assert 'class="hear' not in row


def test_the_mark_tells_the_review_state(client, module, day, good):
    good.review_state, good.reviewed_on = "reviewed", "2026-11-20"
    good.save()
    first, second = re.findall(r'<li class="word.*?</li>', shown(client, module, words(day, good)), re.S)
    assert "#i-unreviewed" in first and "not reviewed yet" in first
    assert "#i-reviewed" in second


def test_a_dialogue_plays_as_a_whole_and_shows_what_nobody_knows_as_a_gap(client, module, day, good):
    lines = [
        {"speaker": "Teacher", "item": day, "meaning": "Good day!", "question": ""},
        {"speaker": "Father", "item": None, "meaning": "Who is this?", "question": "How does one ask kindly?"},
        {"speaker": "Father", "item": good, "meaning": "", "question": ""},
    ]
    page = shown(client, module, ("dialogue", {"heading": "Dialogue", "scene": "<p>At school.</p>", "lines": lines}))
    assert re.search(r"<line-by-line data-module=.*data-run.*<ol class=.words lines..*</line-by-line>", page, re.S)
    spoken, open_line, last = re.findall(r'<li class="word.*?</li>', page, re.S)
    assert "Good day!" in spoken and 'class="hear' in spoken
    assert 'class="blank"' in open_line and "How does one ask kindly?" in open_line
    assert 'lang="rml"' not in open_line and 'class="hear' not in open_line
    # Without a meaning of its own the line shows the dictionary's.
    assert "good" in last


def test_a_dialogue_with_one_voice_needs_no_button_for_all(client, module, day):
    lines = [{"speaker": "Teacher", "item": day, "meaning": "", "question": ""}]
    assert "line-by-line" not in shown(client, module, ("dialogue", {"heading": "D", "scene": "", "lines": lines}))


def test_grammar_sets_forms_side_by_side_and_folds_its_evidence(client, module, dictionary):
    pairs = [{"form": "ake", "note": "to one"}, {"form": "aken", "note": "to several"}]
    value = {
        "heading": "Grammar",
        "text": '<p>Say <span lang="rml">ake</span>.</p>',
        "pairs": pairs,
        "evidence": "no. 113",
    }
    page = shown(client, module, ("grammar", value))
    assert f'<a href="{dictionary.url}?form=ake" lang="rml">ake</a>' in page
    assert f'<a class="rom" lang="rml" href="{dictionary.url}?form=aken">ake<mark>n</mark></a> to several' in page
    assert re.search(r"<details><summary>How we know this</summary>\s*<p class=\"source\">no. 113", page)


@pytest.mark.parametrize(
    ("form", "other", "split"),
    [
        ("dādeskīro khēr", "dādesko khēr", ("dādesk", "īro", " khēr")),
        ("ake", "aken", ("ake", "", "")),
        ("pheņako čhāvo", "pheņaki čhaj", ("pheņako čhāvo", "", "")),
        ("na", "ne", ("na", "", "")),
        ("dīs", "dīs", ("dīs", "", "")),
        ("dīs", "lačho dīs", ("dīs", "", "")),
    ],
)
def test_a_difference_is_marked_only_where_a_mark_helps(form, other, split):
    assert split_difference(form, other) == split


def test_open_culture_is_a_gap_that_names_whom_it_waits_for(client, module):
    value = {
        "heading": "Culture",
        "text": "<p>To be written.</p>",
        "source": "",
        "is_open": True,
        "waits_for": "the community",
    }
    page = shown(client, module, ("culture", value))
    gap = re.search(r'<div class="gap.*?</section>', page, re.S)[0]
    assert "Waits for: the community." in gap and "To be written." in gap


def test_written_culture_names_its_source(client, module):
    value = {
        "heading": "Culture",
        "text": "<p>Respect.</p>",
        "source": "Report, 2021",
        "is_open": False,
        "waits_for": "",
    }
    page = shown(client, module, ("culture", value))
    assert "Source: Report, 2021" in page
    assert 'class="gap' not in page


def test_a_recording_shows_what_is_said_and_whose_voice_it_is(client, module):
    recording = make_recording("del lačho dīs")
    page = shown(client, module, ("recording", {"recording": recording, "caption": "A greeting"}))
    assert '<span class="rom" lang="rml">del lačho dīs</span>' in page
    assert "A greeting" in page and "Synthetic voice." in page


def test_text_and_remarks_link_their_romani(client, module, dictionary, day):
    side = {"heading": "Sound", "text": '<p>As in <span lang="rml">dīs</span>, not <span lang="rml">-en</span>.</p>'}
    page = shown(client, module, words(day, side=side))
    remark = re.search(r'<div class="side.*?</section>', page, re.S)[0]
    assert f'<a href="{dictionary.url}?form=d%C4%ABs" lang="rml">dīs</a>' in remark
    assert '<span lang="rml">-en</span>' in remark


def test_without_a_dictionary_page_the_lesson_still_reads(client, module, day):
    side = {"heading": "Sound", "text": '<p>As in <span lang="rml">dīs</span>.</p>'}
    page = shown(client, module, words(day, side=side))
    assert 'As in <span lang="rml">dīs</span>' in page


def test_no_key_of_an_exercise_is_on_the_page(client, module, day, good):
    quiz = make_quiz(make_typed(make_entry("rl0564", "najis-ta", "paldies", english="thank you")))
    typed, choice = (
        shown(client, module, words(day), ("practice", {"heading": "Try", "exercise": exercise}), quiz=quiz)
        for exercise in (make_typed(good), make_choice(day, good))
    )
    for page in (typed, choice):
        assert "data-check=" in page
        # Nothing of the quiz is here, and nothing says what is right.
        assert "najis" not in page and "thank you" not in page
        assert not re.search(r"is_correct|\bcorrect\b|solution|data-verdict|is_right|data-key=", page)
    assert "lačho" not in typed  # in no spelling
    # Both meanings are offered, and nothing tells one from the other.
    inputs = re.findall(r"<input[^>]*>", choice)
    assert len({re.sub(r'(id|value)="[^"]*"', "", one) for one in inputs if "radio" in one}) == 1


def test_the_first_exercise_stands_on_the_page_and_the_rest_are_a_link_away(client, module, day, good):
    exercises = [make_choice(day, good) for _number in range(5)]
    page = shown(client, module, words(day), *[("practice", {"heading": "Try", "exercise": one}) for one in exercises])
    on_the_page = [one for one in exercises if f"/api/v1/exercises/{one.uuid}/check/" in page]
    linked = [one for one in exercises if f'href="/en/vingrinajumi/{one.uuid}/"' in page]
    assert (on_the_page, linked) == (exercises[:1], exercises[1:])
    assert "Open the exercise" in page


def test_the_quiz_is_announced_with_its_rules(client, module, day, good):
    quiz = make_quiz(*[make_choice(day, good) for _ in range(10)], attempts_allowed=3, feedback="at_end")
    page = shown(client, module, words(day), quiz=quiz)
    invitation = text(re.search(r'id="quiz".*?</section>', page, re.S)[0])
    assert "10 questions, about 5 minutes. Passed with at least 7 of 10 right." in invitation
    assert "You have 3 attempts; the best one counts." in invitation
    assert "What was right you see at the end." in invitation
    assert f'href="/en/tests/{quiz.uuid}/"' in page


def test_a_quiz_without_questions_offers_no_start(client, module, day):
    page = shown(client, module, words(day), quiz=make_quiz())
    assert "still being written" in page
    assert "/tests/" not in page.split("<main")[1].split("</main>")[0]


def test_a_lesson_without_anything_yet_says_so(client, module):
    assert "This lesson is still being written." in shown(client, module)


def test_it_leads_on_to_the_next_lesson_across_modules(client, module, home):
    course = module.get_parent().specific
    first = make_lesson(module, locale=home.locale, title="First")
    test = make_test(module, make_quiz(), locale=home.locale, title="Module test")
    other = course.add_child(instance=ModulePage(title="Second", slug="second", goal="Goal.", locale=home.locale))
    last = make_lesson(other, locale=home.locale, title="Last")
    assert re.search(rf'rel="next" href="{test.url}">Module test', html(client, first))
    assert 'rel="prev"' not in html(client, first)
    assert re.search(rf'rel="prev" href="{test.url}"', html(client, last))


def test_the_page_is_the_same_for_everyone_and_may_be_kept(client, module, day, admin):
    lesson = make_lesson(module, [words(day)], locale=module.locale, quiz=make_quiz(make_typed(day)))
    visitor = client.get(lesson.url)
    client.force_login(admin, BACKEND)
    assert client.get(lesson.url).content == visitor.content
    assert "public" in visitor["Cache-Control"]
    assert "Cookie" not in visitor.get("Vary", "")


def test_a_deleted_word_leaves_the_lesson_whole(client, module, day, good):
    lesson = make_lesson(module, [words(day, good)], locale=module.locale)
    day.delete()
    page = html(client, LessonPage.objects.get(pk=lesson.pk))
    assert "rl0590" in page and "rl0375" not in page


def test_the_number_of_queries_does_not_grow_with_the_lesson(client, module, dictionary, day, good):
    def lesson(times):
        line = {"speaker": "Father", "item": day, "meaning": "", "question": ""}
        entries = [make_entry(f"x{times}{place}", f"dīs {place}", "diena") for place in range(2 * times)]
        body = [
            *[words(*entries[2 * place : 2 * place + 2], heading=f"Words {place}") for place in range(times)],
            ("dialogue", {"heading": "D", "scene": "<p>x</p>", "lines": [line] * times}),
            *[("practice", {"heading": "Try", "exercise": make_choice(day, good)}) for _ in range(times)],
        ]
        quiz = make_quiz(*[make_choice(day, good) for _ in range(times)])
        return make_lesson(module, body, locale=module.locale, quiz=quiz)

    def count(page):
        with CaptureQueriesContext(connection) as queries:
            html(client, page)
        return len(queries)

    small, large = lesson(1), lesson(50)
    count(small)
    assert count(large) == count(small)


def test_a_full_lesson_keeps_the_byte_budget(client, module, dictionary):
    """As much as the longest lesson of the starter course has, and a little more."""
    meanings = ["brother", "sister", "mother", "father", "good day", "thank you", "to speak", "to understand"]
    entries = [
        make_entry(
            f"rl1{place:03d}", f"lačho dīs {place}", meanings[place % 8], english=f"{meanings[place % 8]} {place}"
        )
        for place in range(20)
    ]
    lines = [{"speaker": "Teacher", "item": entry, "meaning": "Good day!", "question": ""} for entry in entries[:4]]
    paragraph = (
        '<p>Latvian says one thing and <span lang="rml">lačho dīs</span> another, so listen first and read then.</p>'
    )
    side = {"heading": "Sound", "text": paragraph}
    body = [
        words(*entries[:8], side=side),
        words(*entries[8:14], heading="More", side=side),
        words(*entries[14:], heading="Phrases", side=side),
        (
            "grammar",
            {"heading": "Grammar", "text": paragraph * 4, "pairs": [], "evidence": "ROMLEX, no. 1", "side": side},
        ),
        (
            "culture",
            {"heading": "Culture", "text": paragraph * 3, "source": "Report", "is_open": False, "waits_for": ""},
        ),
        ("dialogue", {"heading": "Dialogue", "scene": paragraph, "lines": lines}),
        ("situations", {"heading": "At work", "situations": [{"who": "Teacher", "text": paragraph}] * 3}),
        ("gap", {"heading": "Gap", "questions": ["How does one greet in the morning, and how in the evening?"] * 4}),
        *[("practice", {"heading": "Try", "exercise": make_choice(*entries[place : place + 4])}) for place in range(5)],
    ]
    page = shown(client, module, *body, quiz=make_quiz(make_choice(entries[0], entries[1])))
    style = finders.find("cms/site.css")
    with open(style, "rb") as sheet:
        size = len(brotli.compress(page.encode())) + len(brotli.compress(sheet.read()))
    assert size <= PAGE_BUDGET
    loaded = set(re.findall(r'<script type="module" src="/static/([^"]+)"', page))
    assert "lessons/js/lesson.js" in loaded
    assert sum(compressed(name) for name in with_imports(loaded)) <= SCRIPT_BUDGET


def compressed(name):
    with open(finders.find(name), "rb") as script:
        return len(brotli.compress(script.read()))


def with_imports(names):
    """Return the modules and all that they import, at once or later."""
    found, waiting = set(), set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        with open(finders.find(name), encoding="utf-8") as script:
            imported = re.findall(r'(?:from |import\(?)"([^"]+)"', script.read())
        folder = name.rsplit("/", 1)[0]
        waiting |= {resolve(folder, path) for path in imported} - found
    return found


def resolve(folder, path):
    parts = folder.split("/")
    for step in path.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)
