"""From an author's draft to what learners see, as people do it in the CMS."""

import json
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Comment, Page, TaskState, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts import roles
from cms.models import FieldComment, HomePage
from courses.models import CoursePage
from lessons.models import Exercise, LessonPage, QuizItem
from review.models import NativeReviewTask
from review.workflows import workflow_with_native_review
from tests.lessons import building
from tests.review.conftest import body, person, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/lessons/"


def form(lesson, text, **extra):
    """What the editor of a lesson sends: one text."""
    nothing = {"heading": "", "text": rich_text("")}
    block = {"heading": "T", "text": rich_text(f"<p>{text}</p>"), "side": nothing}
    return nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "introduction": "",
            "can_do": lesson.can_do,
            "minutes": "12",
            "quiz": "",
            "body": streamfield([("text", block)]),
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""},
            **extra,
        }
    )


def submit(client, lesson, text="Jauns teksts."):
    reply = client.post(f"/admin/pages/{lesson.pk}/edit/", form(lesson, text, **{"action-submit": "1"}))
    assert reply.status_code == 302, reply.context["form"].errors
    return waiting_state()


def waiting_state():
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def seen_on(html):
    return re.search(r'name="seen" value="([^"]+)"', html)[1]


def decide(client, state, action, **fields):
    address = f"{QUEUE}{state.pk}/"
    seen = fields.pop("seen", None) or seen_on(client.get(address).content.decode())
    return client.post(address, {"seen": seen, "action": action, **fields})


def learners_see(lesson):
    return Client().get(Page.objects.get(pk=lesson.pk).url).content.decode()


def test_from_the_author_past_the_reviewer_and_the_editor_to_learners(lesson, author, reviewer, editor):
    writing, reading, editing = signed_in(author), signed_in(reviewer), signed_in(editor)
    assert "action-publish" not in writing.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    state = submit(writing, lesson)
    assert "Jauns teksts." not in learners_see(lesson)
    assert "Labdien" in reading.get(QUEUE).content.decode()
    reply = decide(reading, state, "approve", note="Labi.")
    assert reply.url == QUEUE
    assert f"{QUEUE}{state.pk}/" not in reading.get(QUEUE).content.decode()
    assert "Jauns teksts." not in learners_see(lesson), "an editor publishes, not the reviewer"
    step = waiting_state()
    assert step.task.name == "Redaktors"
    assert "Labdien" in editing.get("/admin/").content.decode()
    desk = editing.get("/admin/").content.decode()
    assert desk.index("Waits for you to publish") < desk.index(f"/admin/pages/{lesson.pk}/edit/")
    assert "Waits for you to publish" not in writing.get("/admin/").content.decode()
    approve = f"/admin/pages/workflow/action/{lesson.pk}/approve/{step.pk}/"
    assert approve in editing.get("/admin/").content.decode()
    assert editing.post(approve).status_code == 302
    assert "Jauns teksts." in learners_see(lesson)


def test_what_an_editor_merely_saved_is_not_marked_as_changed(lesson, author, reviewer):
    """Saving gives every paragraph a key and every item of a list an id."""
    draft = lesson.get_latest_revision_as_object()
    raw = json.loads(json.dumps(draft.body.get_prep_value()).replace("<p>", '<p data-block-key=\\"7pwm1\\">'))
    next(one for one in raw if one["type"] == "dialogue")["value"]["scene"] = "<p>Cita aina.</p>"
    draft.body = draft.body.stream_block.to_python(raw)
    draft.save_revision(user=author)
    lesson.get_workflow().start(LessonPage.objects.get(pk=lesson.pk), author)
    page = signed_in(reviewer).get(f"{QUEUE}{waiting_state().pk}/").content.decode()
    assert page.count("part-changed") == 1 and "Cita aina." in page
    assert page.index("part-changed") < page.index("Cita aina.") and "part-new" not in page


def test_please_change_leads_back_to_the_author_and_to_a_new_round(lesson, author, reviewer):
    writing, reading = signed_in(author), signed_in(reviewer)
    state = submit(writing, lesson)
    page = reading.get(f"{QUEUE}{state.pk}/").content.decode()
    path = re.search(r'name="remark:(body\.[^"]+)"', page)[1]
    reply = decide(reading, state, "reject", note="Tā nesaka.", **{f"remark:{path}": "Te cits teksts."})
    assert reply.status_code == 302
    state.refresh_from_db()
    assert (state.status, state.comment, state.finished_by) == ("rejected", "Tā nesaka.", reviewer)
    comment = Comment.objects.get()
    assert (comment.contentpath, comment.text, comment.user) == (path, "Te cits teksts.", reviewer)
    assert path.startswith("body.") and path.endswith(".text")
    edit = writing.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "Tā nesaka." in edit and "Te cits teksts." in edit
    again = submit(writing, lesson, "Cits teksts.")
    shown = reading.get(f"{QUEUE}{again.pk}/").content.decode()
    assert "Cits teksts." in shown and "Tā nesaka." in shown, "what had been asked for stands above"
    assert decide(reading, again, "approve").status_code == 302


@pytest.mark.parametrize(("note", "told"), [("", "Say what should change"), ("x" * 1001, "At most 1000")])
def test_please_change_needs_words_and_keeps_what_was_typed(lesson, author, reviewer, note, told):
    state = submit(signed_in(author), lesson)
    reply = decide(signed_in(reviewer), state, "reject", note=note)
    assert reply.status_code == 400
    assert told in reply.content.decode()
    assert note in reply.content.decode() and 'href="#decision"' in reply.content.decode()
    assert waiting_state() == state


def test_a_remark_that_is_too_long_is_told_at_its_part_and_decides_nothing(lesson, author, reviewer):
    state = submit(signed_in(author), lesson)
    client = signed_in(reviewer)
    path = re.search(r'name="remark:(body\.[^"]+)"', client.get(f"{QUEUE}{state.pk}/").content.decode())[1]
    reply = decide(client, state, "approve", note="Labi.", **{f"remark:{path}": "y" * 1001})
    html = reply.content.decode()
    assert reply.status_code == 400 and "y" * 1001 in html and "Labi." in html and 'id="f' in html
    assert f'href="#p-{path.replace(".", "-")}"' in html, "the top of the page leads to it"
    assert not Comment.objects.exists()
    assert waiting_state() == state


def test_a_remark_alone_is_enough_to_ask_for_changes_and_nul_is_dropped(lesson, author, reviewer):
    state = submit(signed_in(author), lesson)
    client = signed_in(reviewer)
    decide(client, state, "save", **{"remark:title": "Virs\x00raksts par garu."})
    assert Comment.objects.get().text == "Virsraksts par garu."
    assert "Virsraksts par garu." in client.get(f"{QUEUE}{state.pk}/").content.decode()
    assert decide(client, state, "reject").status_code == 302


def test_what_is_said_about_a_part_that_is_not_there_is_not_kept(lesson, author, reviewer):
    state = submit(signed_in(author), lesson)
    decide(signed_in(reviewer), state, "save", **{"remark:" + "x" * 500: "Teksts", "remark:owner": "Teksts"})
    assert not Comment.objects.exists()


def test_the_author_takes_it_back_and_sends_it_anew_while_it_is_read(lesson, author, reviewer):
    writing, reading = signed_in(author), signed_in(reviewer)
    state = submit(writing, lesson)
    seen = seen_on(reading.get(f"{QUEUE}{state.pk}/").content.decode())
    writing.post(f"/admin/pages/{lesson.pk}/edit/", form(lesson, "x", **{"action-cancel-workflow": "1"}))
    newer = submit(writing, lesson, "Pavisam cits.")
    reply = decide(reading, state, "approve", seen=seen, note="Viss pareizi.", **{"remark:title": "Skaisti."})
    html = reply.content.decode()
    assert reply.status_code == 400
    assert "taken it back" in html and "Viss pareizi." in html and "Skaisti." in html
    assert f"{QUEUE}{newer.pk}/" in html
    assert waiting_state() == newer and not Comment.objects.exists()


def test_somebody_saved_it_while_it_was_read(lesson, author, reviewer):
    state = submit(signed_in(author), lesson)
    client = signed_in(reviewer)
    seen = seen_on(client.get(f"{QUEUE}{state.pk}/").content.decode())
    draft = lesson.get_latest_revision_as_object()
    draft.body = [("text", {"heading": "T", "text": "<p>Pavisam jauns.</p>"})]
    draft.save_revision()
    path = "body.gone.text"
    reply = decide(client, state, "approve", seen=seen, note="Labi.", **{f"remark:{path}": "Par pazudušo."})
    html = reply.content.decode()
    assert reply.status_code == 400
    assert "changed while you read it" in html and "Pavisam jauns." in html
    assert "Labi." in html and "Par pazudušo." in html
    assert waiting_state() == state
    assert decide(client, state, "approve").status_code == 302, "what is read now can be decided"
    state.refresh_from_db()
    assert state.revision.as_object().body[0].value["text"].source == "<p>Pavisam jauns.</p>"
    assert waiting_state().task.name == "Redaktors"


def test_two_reviewers_decide_and_the_first_counts(lesson, author, reviewer):
    state = submit(signed_in(author), lesson)
    other = signed_in(person("roza@example.org", roles.NATIVE_REVIEWERS, name="Roza"))
    seen = seen_on(other.get(f"{QUEUE}{state.pk}/").content.decode())
    decide(signed_in(reviewer), state, "approve")
    reply = decide(other, state, "reject", seen=seen, note="Nē.")
    assert reply.status_code == 400 and "Somebody else" in reply.content.decode() and "Nē." in reply.content.decode()
    state.refresh_from_db()
    assert (state.status, state.finished_by) == ("approved", reviewer)
    assert "Rita Recenzente" in other.get(f"{QUEUE}{state.pk}/").content.decode(), "it says who and what"


def test_while_it_is_read_the_author_cannot_change_it_but_take_it_back(lesson, author, reviewer):
    writing = signed_in(author)
    submit(writing, lesson)
    page = writing.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "waits for a native reviewer" in page
    assert "action-cancel-workflow" in page
    before = lesson.get_latest_revision().pk
    writing.post(f"/admin/pages/{lesson.pk}/edit/", form(lesson, "Starp citu."))
    assert lesson.get_latest_revision().pk == before


def test_a_reviewer_opens_no_editor_and_no_other_part_of_the_cms(lesson, author, reviewer):
    state = submit(signed_in(author), lesson)
    client = signed_in(reviewer)
    for address in (f"/admin/pages/{lesson.pk}/edit/", "/admin/users/"):
        assert client.get(address).status_code in (302, 403)
    whole = re.search(r'href="([^"]*workflow[^"]*preview[^"]*)"', client.get(f"{QUEUE}{state.pk}/").content.decode())[1]
    shown = client.get(whole)
    assert shown.status_code == 200 and "Jauns teksts." in shown.content.decode()


def test_nobody_else_gets_in(lesson, author, reviewer, editor):
    state = submit(signed_in(author), lesson)
    for user in (author, editor):
        for address in (QUEUE, f"{QUEUE}{state.pk}/"):
            assert signed_in(user).get(address).status_code == 302
        signed_in(user).post(f"{QUEUE}{state.pk}/", {"action": "approve", "seen": "x"})
    assert waiting_state() == state
    client = signed_in(reviewer)
    assert client.get(f"{QUEUE}999999/").status_code == 404
    assert client.get(f"{QUEUE}{'9' * 25}/").status_code == 404
    assert client.put(f"{QUEUE}{state.pk}/").status_code == 405
    assert client.post(QUEUE).status_code == 405


def test_who_is_in_the_room_but_not_in_the_steps_groups_sees_nothing_of_it(lesson, author):
    state = submit(signed_in(author), lesson)
    outside = signed_in(person("adele@example.org", roles.ADMINISTRATORS))
    assert "Labdien" not in outside.get(QUEUE).content.decode()
    assert outside.get(f"{QUEUE}{state.pk}/").status_code == 404


def test_letters_go_to_reviewers_to_the_author_and_to_editors_in_their_language(lesson, author, reviewer, editor):
    latvian = person("lida@example.org", roles.NATIVE_REVIEWERS, language="lv")
    state = submit(signed_in(author), lesson)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {reviewer.email, latvian.email}
    assert "waits for you" in letters[reviewer.email].subject
    assert "/admin/review/lessons/" in letters[reviewer.email].body
    assert "/edit/" not in letters[reviewer.email].body.partition("preferences")[0]
    assert "„Labdien”" in letters[latvian.email].subject and "waits" not in letters[latvian.email].subject
    mail.outbox.clear()
    decide(signed_in(reviewer), state, "reject", note='Tā "nesaka".')
    (letter,) = mail.outbox
    assert letter.to == [author.email]
    assert 'Tā "nesaka".' in letter.body and f"/admin/pages/{lesson.pk}/edit/" in letter.body
    mail.outbox.clear()
    again = submit(signed_in(author), lesson, "Cits.")
    mail.outbox.clear()
    decide(signed_in(reviewer), again, "approve")
    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    assert f"/admin/pages/{lesson.pk}/edit/" in mail.outbox[0].body
    mail.outbox.clear()
    step = waiting_state()
    step.approve(user=editor)
    assert [letter.to for letter in mail.outbox] == [[author.email]]
    assert "Labdien" in mail.outbox[0].subject


def test_an_exercise_goes_the_same_way_and_remarks_stand_in_its_editor(author, reviewer, editor):
    exercise = building.exercise("type", item="phal", mode="translate", live=False)
    exercise.save_revision(user=author)
    workflow = exercise.get_workflow()
    assert workflow == workflow_with_native_review()
    workflow.start(exercise, author)
    state = waiting_state()
    reading = signed_in(reviewer)
    page = reading.get(f"{QUEUE}{state.pk}/").content.decode()
    assert "phal" in page and "Right:" in page
    path = re.search(r'name="remark:(body\.[^"]+)"', page)[1]
    decide(reading, state, "reject", **{f"remark:{path}": "Arī phrala."})
    assert (FieldComment.objects.get().author, FieldComment.objects.get().text) == (reviewer, "Arī phrala.")
    writing = signed_in(author)
    edit = f"/admin/snippets/lessons/exercise/edit/{exercise.pk}/"
    assert "Arī phrala." in writing.get(edit).content.decode()
    exercise.current_workflow_state.resume(user=author)
    decide(reading, waiting_state(), "approve")
    assert not Exercise.objects.get(pk=exercise.pk).live
    waiting_state().approve(user=editor)
    assert Exercise.objects.get(pk=exercise.pk).live


def drafts(author, *words):
    """Exercises that nobody has published, each asking one word in writing."""
    made = [building.exercise("type", item=word, mode="translate", live=False) for word in words]
    for one in made:
        one.save_revision(user=author)
    return made


def test_a_lesson_takes_its_new_exercises_along(course, author, reviewer, editor):
    placed, asked, own, gone = drafts(author, "phal", "rāni", "raj", "ami")
    quiz = building.quiz()
    quiz.items = [QuizItem(exercise=one, sort_order=place) for place, one in enumerate((asked, own, gone))]
    quiz.save()
    own.get_workflow().start(own, author)
    Exercise.objects.filter(pk=gone.pk).update(first_published_at="2026-01-01T00:00Z")
    practice = ("practice", {"heading": "Izmēģiniet", "exercise": placed})
    lesson = building.lesson(course, "Ģimene", test=quiz, body=[practice])
    lesson.unpublish()
    lesson.save_revision(user=author)
    lesson.get_workflow().start(lesson, author)
    state = TaskState.objects.get(status="in_progress", workflow_state__base_content_type__app_label="wagtailcore")
    page = signed_in(reviewer).get(f"{QUEUE}{state.pk}/").content.decode()
    assert [word for word in ("phal", "rāni", "raj", "ami") if f">{word}<" in page] == ["phal", "rāni"]
    decide(signed_in(reviewer), state, "approve")
    assert not Exercise.objects.filter(live=True, pk__in=[placed.pk, asked.pk]).exists()
    TaskState.objects.get(status="in_progress", task__name="Redaktors").approve(user=editor)
    live = set(Exercise.objects.filter(live=True).values_list("pk", flat=True))
    assert {placed.pk, asked.pk} <= live and not {own.pk, gone.pk} & live
    assert "exercise-form" in learners_see(lesson)


def test_an_author_cannot_publish_an_exercise(author):
    exercise = building.exercise("type", item="phal", mode="translate", live=False)
    page = signed_in(author).get(f"/admin/snippets/lessons/exercise/edit/{exercise.pk}/").content.decode()
    assert "action-publish" not in page and "action-submit" in page


def test_a_step_of_reviewers_alone_publishes(lesson, author, reviewer):
    """Administrators may take the editors out of the workflow; reviewers need no right to publish for that."""
    workflow_with_native_review().workflow_tasks.filter(task__name="Redaktors").delete()
    state = submit(signed_in(author), lesson)
    assert decide(signed_in(reviewer), state, "approve").status_code == 302
    assert "Jauns teksts." in learners_see(lesson)


def test_new_courses_and_their_translations_ask_reviewers_other_pages_editors():
    course = building.course()
    ours = workflow_with_native_review()
    assert course.get_workflow() == ours
    assert building.phrasebook().get_workflow() == ours
    front = HomePage.objects.first()
    assert [task.name for task in front.get_workflow().tasks] == ["Redaktors"]
    own = Workflow.objects.create(name="Pašu")
    WorkflowPage.objects.filter(page=course).update(workflow=own)
    twin = building.translated(course, "Basic course")
    assert Page.objects.get(pk=twin.pk).get_workflow() == own, "what was chosen holds in every language"


def test_a_course_made_without_any_such_workflow_is_made_all_the_same():
    NativeReviewTask.objects.update(active=False)
    course = building.course()
    assert isinstance(course, CoursePage)
    assert not WorkflowPage.objects.filter(page=course).exists()


def test_the_cost_of_the_queue_and_of_a_lesson_does_not_grow(lesson, course, author, reviewer):
    def cost(address):
        client = signed_in(reviewer)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    def send(page):
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
        return TaskState.objects.order_by("pk").last()

    def with_practice(page, count):
        kinds = ["phal", "raj", "rāni", "ami"]
        made = [building.exercise("type", item=kinds[n % 4], mode="translate", live=n % 2 == 0) for n in range(count)]
        for one in made:
            one.save_revision()
        blocks = [("practice", {"heading": "Izmēģiniet", "exercise": one}) for one in made]
        page.body = [*body(*["Teksts."] * count), *blocks]
        return page

    small = send(with_practice(lesson, 2))
    few, list_few = cost(f"{QUEUE}{small.pk}/"), cost(QUEUE)
    for number in range(5):
        other = building.lesson(course, f"Vēl {number}", body=[])
        large = send(with_practice(other, 8))
        Comment.objects.create(page=Page(pk=other.pk), user=reviewer, text="x", contentpath="title")
    assert cost(f"{QUEUE}{large.pk}/") <= few + 1
    assert cost(QUEUE) == list_few
