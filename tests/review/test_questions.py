"""Questions that only a native speaker can answer: from the lesson to the reviewer, to the editor, into the lesson."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from accounts import personal_data, roles
from dictionary.models import Entry, Source
from dictionary.reviewing import set_profile
from lessons.models import LessonPage
from review.models import Answer
from review.questions import all_questions, queue_for
from tests.lessons import building
from tests.review.conftest import body, person, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/questions/"
ANSWERS = "/admin/review/answers/"
FORM = "lačho dīs"


def next_for(client, after=""):
    """Follow the queue to the question it leads to; the address, or None at its end."""
    reply = client.get(QUEUE, {"after": after} if after else {})
    return reply.url if reply.status_code == 302 else None


def empty_line(client):
    """Return the address of the question that is an empty line."""
    return next(address for address in walk(client) if "A line is missing" in client.get(address).content.decode())


def walk(client):
    """Return the addresses that “I do not know – next” leads through."""
    found, address = [], next_for(client)
    while address:
        found.append(address)
        link = re.search(r'href="([^"]*after=[^"]*)"', client.get(address).content.decode())[1]
        reply = client.get(link)
        address = reply.url if reply.status_code == 302 else None
    return found


def say(client, address, **typed):
    return client.post(address, {"text": "Tā un tā.", "romani": "", "signed_as": "Rita", **typed})


@pytest.fixture
def told(lesson, reviewer):
    """An answer to the empty line."""
    client = signed_in(reviewer)
    assert say(client, empty_line(client), text="", romani=FORM).status_code == 302
    return Answer.objects.get()


@pytest.fixture
def english_lesson(lesson):
    made = lesson.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    made.title = "Good day"
    for block in made.body:
        if block.block_type == "dialogue":
            block.value["lines"][1]["meaning"] = "How are you?"
    made.save_revision()
    return made


def draft_lines(page):
    draft = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return next(block for block in draft.body if block.block_type == "dialogue").value["lines"]


# --- what is asked -------------------------------------------------------------------------------


def test_questions_come_lesson_by_lesson_words_before_lines_before_texts(course, lesson, reviewer):
    culture = {"heading": "Svētki", "text": "<p>Par svētkiem.</p>", "is_open": True, "waits_for": "kāda no kopienas"}
    building.lesson(course, "Otrā", body=[("culture", culture), *body()])
    asked = [(one.title, one.kind, one.text) for one in queue_for(reviewer)]
    assert asked == [
        ("Labdien", "word", "Kā atvadās vakarā?"),
        ("Labdien", "word", "Vai to saka arī bērnam?"),
        ("Labdien", "line", "Kā pajautā, kā klājas?"),
        ("Otrā", "word", "Kā atvadās vakarā?"),
        ("Otrā", "word", "Vai to saka arī bērnam?"),
        ("Otrā", "line", "Kā pajautā, kā klājas?"),
        ("Otrā", "culture", "Svētki"),
    ]
    client = signed_in(reviewer)
    assert len(walk(client)) == 7
    done = client.get(QUEUE, {"after": queue_name(queue_for(reviewer)[-1])}).content.decode()
    assert "You have seen all questions" in done and "Begin again" in done


def queue_name(question):
    return f"{question.lesson}.{question.digest}.{question.place}"


def test_what_lies_in_a_draft_is_asked_and_what_was_taken_out_is_not(lesson):
    lesson.body = [("gap", {"heading": "Ko nezinām", "questions": ["Kā sveicina ziemā?"]})]
    lesson.save_revision()
    assert [one.text for one in all_questions()] == ["Kā sveicina ziemā?"]


def test_a_lesson_in_two_languages_is_asked_once_in_latvian(english_lesson):
    assert [one.title for one in all_questions()] == ["Labdien"] * 3


def test_a_line_is_shown_with_the_scene_and_the_lines_around(lesson, reviewer):
    client = signed_in(reviewer)
    page = client.get(empty_line(client)).content.decode()
    assert "Jūs satiekat kaimiņu." in page
    assert '<span class="rom" lang="rml">lačho dīs</span>' in page
    assert "Kā jums klājas?" in page and "How do you say it?" in page


# --- answering -----------------------------------------------------------------------------------


def test_an_answer_is_kept_signed_and_leads_on(lesson, reviewer):
    client = signed_in(reviewer)
    address = next_for(client)
    assert 'value="Rita Recenzente"' in client.get(address).content.decode(), "signed with one's name unless one says"
    reply = say(client, address, text=" Saka tā.\x00 ", romani="lačho   dīs", signed_as="")
    assert reply.url == address
    answer = Answer.objects.get()
    assert (answer.text, answer.romani, answer.signed_as, answer.by) == ("Saka tā.", FORM, "", reviewer)
    assert (answer.question, answer.lesson, answer.state) == ("Kā atvadās vakarā?", lesson.translation_key, "answered")
    page = client.get(address).content.decode()
    assert "You said:" in page and "Next question" in page
    assert next_for(client) != address
    assert (
        'id="signed_as" name="signed_as" type="text" maxlength="150" value=""'
        in client.get(next_for(client)).content.decode()
    )


def test_who_signs_words_by_another_name_is_offered_that_name(lesson, reviewer):
    client = signed_in(reviewer)
    set_profile(user=reviewer, mode="pseudonym", pseudonym="Rita no Rīgas")
    assert 'value="Rita no Rīgas"' in client.get(next_for(client)).content.decode()


def test_one_says_it_better_before_an_editor_has_decided(lesson, reviewer):
    client = signed_in(reviewer)
    address = next_for(client)
    say(client, address, text="Tā.")
    say(client, address, text="Nē, šitā.")
    assert [one.text for one in Answer.objects.all()] == ["Nē, šitā."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": " \x00 "}, "Write how you say it"),
        ({"text": "x" * 2001}, "At most 2000"),
        ({"romani": "y" * 121}, "At most 120"),
        ({"signed_as": "z" * 151}, "At most 150"),
    ],
)
def test_a_fault_is_told_and_nothing_typed_is_lost(lesson, reviewer, typed, told):
    client = signed_in(reviewer)
    sent = {"text": "Paliek.", "romani": "paliek arī", "signed_as": "Paraksts"} | typed
    if not sent["text"].strip(" \x00"):
        sent["romani"] = ""
    reply = client.post(next_for(client), sent)
    html = reply.content.decode()
    assert reply.status_code == 400 and told in html
    assert all(value in html for value in sent.values() if value.strip(" \x00"))
    assert not Answer.objects.exists()


def test_others_answers_are_seen_only_after_ones_own_and_at_most_five(lesson, reviewer):
    client = signed_in(reviewer)
    address = next_for(client)
    for number in range(6):
        say(signed_in(person(f"r{number}@example.org", roles.NATIVE_REVIEWERS)), address, text=f"Cits {number}.")
    before = client.get(address).content.decode()
    assert "Cits" not in before and "Others have answered" in before
    say(client, address)
    after = client.get(address).content.decode()
    assert len(re.findall(r"Cits \d\.", after)) == 5


def test_what_nobody_has_answered_comes_first(lesson, reviewer):
    client = signed_in(reviewer)
    first = next_for(client)
    say(signed_in(person("cita@example.org", roles.NATIVE_REVIEWERS)), first)
    assert walk(client)[-1] == first


def test_another_text_is_another_question_and_the_old_answer_stays_listed(lesson, reviewer, editor):
    client = signed_in(reviewer)
    address = next_for(client)
    say(client, address, text="Vecā atbilde.")
    draft = lesson.get_latest_revision_as_object()
    gap = next(block for block in draft.body if block.block_type == "gap")
    gap.value["questions"][0] = "Kā atvadās rītā?"
    draft.save_revision()
    assert client.get(address).status_code == 404
    late = say(client, address, text="Par vēlu.")
    assert late.status_code == 400 and "Par vēlu." in late.content.decode()
    assert "Kā atvadās rītā?" in client.get(next_for(client)).content.decode()
    page = signed_in(editor).get(ANSWERS).content.decode()
    assert "Vecā atbilde." in page and "not asked any more" in page


def test_a_question_that_moves_in_its_lesson_keeps_its_answers(lesson, reviewer):
    client = signed_in(reviewer)
    say(client, next_for(client))
    draft = lesson.get_latest_revision_as_object()
    draft.body = [("gap", {"heading": "Citur", "questions": ["Pavisam jauns?", "Kā atvadās vakarā?"]})]
    draft.save_revision()
    assert [one.text for one in queue_for(reviewer)] == ["Pavisam jauns?"]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_addresses_and_methods(lesson, reviewer, editor, author, method, told):
    client = signed_in(reviewer)
    address = next_for(client)
    assert getattr(client, method)(address).status_code == 405
    assert client.post(QUEUE).status_code == 405
    assert (
        client.get(address.replace(str(lesson.translation_key), "00000000-0000-0000-0000-000000000000")).status_code
        == 404
    )
    assert client.get(f"{QUEUE}x/y/z/").status_code == 404
    deciding = signed_in(editor)
    assert deciding.get(f"{ANSWERS}{told.pk}/").status_code == 405
    assert deciding.post(f"{ANSWERS}99999/").status_code == 404
    assert deciding.post(ANSWERS).status_code == 405
    assert deciding.get(ANSWERS, {"p": "x", "state": "x"}).status_code == 200
    for user, closed in (
        (author, [QUEUE, address, ANSWERS, f"{QUEUE}mine/"]),
        (reviewer, [ANSWERS]),
        (editor, [QUEUE]),
    ):
        for one in closed:
            assert signed_in(user).get(one).status_code == 302
    signed_in(reviewer).post(f"{ANSWERS}{told.pk}/", {"action": "taken"})
    told.refresh_from_db()
    assert told.state == "answered"


# --- what editors make of it ---------------------------------------------------------------------


def test_an_answer_becomes_the_line_of_the_dialogue_in_every_language_and_nothing_is_published(
    lesson, english_lesson, told, editor, reviewer
):
    Entry.objects.filter(text=FORM).update(text="del lačho dīs")
    client = signed_in(editor)
    page = client.get(ANSWERS).content.decode()
    assert f'value="{FORM}"' in page and "Kā pajautā, kā klājas?" in page and "Labdien" in page
    assert client.post(f"{ANSWERS}{told.pk}/", {"action": "dialogue", "romani": FORM}).status_code == 302
    entry = Entry.objects.get(text=FORM)
    assert (entry.kind, entry.review_state, entry.reviewed_by) == ("phrase", "reviewed", reviewer)
    assert entry.reviewed_on and "Rita" in entry.note
    assert entry.source == Source.objects.get(short_name="dzimtās valodas recenzents")
    assert {gloss.language: gloss.text for gloss in entry.glosses.all()} == {
        "lv": "Kā jums klājas?",
        "en": "How are you?",
    }
    for page in (lesson, english_lesson):
        assert draft_lines(page)[1]["item"] == entry
    live = LessonPage.objects.get(pk=lesson.pk)
    assert live.has_unpublished_changes
    assert not next(block for block in live.body if block.block_type == "dialogue").value["lines"][1]["item"]
    told.refresh_from_db()
    assert (told.state, told.entry, told.decided_by) == ("taken_over", entry, editor)
    assert "line" not in [one.kind for one in all_questions()]
    mine = signed_in(reviewer).get(f"{QUEUE}mine/").content.decode()
    assert "Taken over into the lesson" in mine and FORM in mine


def test_a_phrase_that_the_dictionary_has_is_not_made_twice(lesson, told, editor):
    there = Entry.objects.get(text=FORM)
    signed_in(editor).post(f"{ANSWERS}{told.pk}/", {"action": "dialogue", "romani": FORM})
    assert Entry.objects.filter(text=FORM).count() == 1
    assert draft_lines(lesson)[1]["item"] == there


def test_a_line_that_was_filled_meanwhile_is_left_alone(lesson, told, editor):
    draft = lesson.get_latest_revision_as_object()
    other = building.word("ami")
    next(block for block in draft.body if block.block_type == "dialogue").value["lines"][1]["item"] = other
    draft.save_revision()
    reply = signed_in(editor).post(f"{ANSWERS}{told.pk}/", {"action": "dialogue", "romani": FORM})
    assert reply.status_code == 400 and "not empty any more" in reply.content.decode()
    assert draft_lines(lesson)[1]["item"] == other
    told.refresh_from_db()
    assert told.state == "answered"


def test_a_lesson_that_waits_for_a_check_is_not_changed_behind_the_reviewers_back(lesson, told, editor, author):
    lesson.get_workflow().start(lesson, author)
    before = LessonPage.objects.get(pk=lesson.pk).latest_revision_id
    reply = signed_in(editor).post(f"{ANSWERS}{told.pk}/", {"action": "dialogue", "romani": FORM})
    assert reply.status_code == 400 and "cannot be changed now" in reply.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == before


@pytest.mark.parametrize(("romani", "why"), [(" \x00", "Write the Romani form"), ("x" * 121, "At most 120")])
def test_a_line_needs_a_form_of_some_length(lesson, told, editor, romani, why):
    reply = signed_in(editor).post(f"{ANSWERS}{told.pk}/", {"action": "dialogue", "romani": romani})
    assert reply.status_code == 400 and why in reply.content.decode()
    assert not draft_lines(lesson)[1]["item"]


def test_set_aside_needs_a_reason_that_the_reviewer_reads_and_the_question_waits_again_for_others(
    lesson, told, editor, reviewer
):
    client = signed_in(editor)
    for reason, why in (("", "Say why"), ("x" * 301, "At most 300")):
        reply = client.post(f"{ANSWERS}{told.pk}/", {"action": "aside", "reason": reason})
        assert reply.status_code == 400 and why in reply.content.decode() and reason in reply.content.decode()
    client.post(f"{ANSWERS}{told.pk}/", {"action": "aside", "reason": "Tā saka citā pusē."})
    told.refresh_from_db()
    assert (told.state, told.reason) == ("set_aside", "Tā saka citā pusē.")
    assert "Tā saka citā pusē." in signed_in(reviewer).get(f"{QUEUE}mine/").content.decode()
    other = person("cita@example.org", roles.NATIVE_REVIEWERS)
    assert "line" in [one.kind for one in queue_for(other)] and "line" not in [one.kind for one in queue_for(reviewer)]
    assert "Tā saka citā pusē." in client.get(ANSWERS, {"state": "set_aside"}).content.decode()


def test_taken_over_by_hand_closes_the_question_for_all(lesson, reviewer, editor):
    client = signed_in(reviewer)
    say(client, next_for(client))
    answer = Answer.objects.get()
    signed_in(editor).post(f"{ANSWERS}{answer.pk}/", {"action": "taken"})
    other = person("cita@example.org", roles.NATIVE_REVIEWERS)
    assert "Kā atvadās vakarā?" not in [one.text for one in queue_for(other)]
    again = signed_in(editor).post(f"{ANSWERS}{answer.pk}/", {"action": "aside", "reason": "Vēlreiz."}, follow=True)
    assert "Somebody else has decided" in again.content.decode()
    answer.refresh_from_db()
    assert answer.state == "taken_over"


def test_the_editor_is_led_to_the_block(lesson, told, editor):
    page = signed_in(editor).get(ANSWERS).content.decode()
    line = draft_lines(lesson).bound_blocks[1]
    assert re.search(rf"/admin/pages/{lesson.pk}/edit/#:w:contentpath=body\.[^\"]+\.lines\.{line.id}\.question", page)


# --- the desk, the room, the cost, the person ------------------------------------------------------


def test_the_desk_leads_reviewers_to_the_queue_and_tells_editors_what_waits(lesson, told, reviewer, editor):
    desk = signed_in(reviewer).get("/admin/").content.decode()
    assert desk.count("Questions to native speakers") == 1
    assert f"{QUEUE}{lesson.translation_key}/" in desk
    assert "Answers of native reviewers" not in desk
    desk = signed_in(editor).get("/admin/").content.decode()
    assert f"{ANSWERS}#answer-{told.pk}" in desk
    assert f"{QUEUE}{lesson.translation_key}/" not in desk


def test_the_room_counts_what_waits(lesson, told, reviewer, editor):
    room = signed_in(reviewer).get("/admin/review/").content.decode()
    assert re.search(r"<strong>Questions</strong>\s*<span class=\"review-count\">2</span>", room)
    room = signed_in(editor).get("/admin/review/").content.decode()
    assert re.search(r"<strong>Answers of native reviewers</strong>\s*<span class=\"review-count\">1</span>", room)


def test_the_cost_does_not_grow(course, lesson, reviewer, editor):
    def cost(user, address):
        client = signed_in(user)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    client = signed_in(reviewer)
    address = next_for(client)
    say(client, address)
    pages = [
        (reviewer, QUEUE),
        (reviewer, address),
        (reviewer, f"{QUEUE}mine/"),
        (editor, ANSWERS),
        (editor, "/admin/"),
    ]
    few = [cost(*one) for one in pages]
    for number in range(6):
        building.lesson(course, f"Vēl {number}", body=body())
        other = signed_in(person(f"r{number}@example.org", roles.NATIVE_REVIEWERS))
        for one in walk(other)[:4]:
            say(other, one)
        say(client, next_for(client))
    assert [cost(*one) for one in pages] == few


def test_a_person_gets_what_they_said_and_leaves_it_unsigned(lesson, told, editor, reviewer):
    Entry.objects.filter(text=FORM).update(text="del lačho dīs")
    signed_in(editor).post(f"{ANSWERS}{told.pk}/", {"action": "dialogue", "romani": FORM})
    kept = personal_data.export_all(reviewer)["review"]
    assert [(one["question"], one["romani"], one["signed_as"]) for one in kept["answers"]] == [
        ("Kā pajautā, kā klājas?", FORM, "Rita")
    ]
    assert personal_data.export_all(editor)["review"]["decided_answers"] == 1
    reviewer.delete()
    editor.delete()
    answer = Answer.objects.get()
    assert (answer.text, answer.by, answer.signed_as, answer.decided_by) == (FORM, None, "", None)
    entry = Entry.objects.get(text=FORM)
    assert "Rita" not in entry.note and entry.note
    assert Page.objects.filter(pk=lesson.pk).exists()
