"""A look into the running site's database, from a process of its own: `RunningSite.ask` talks to it.

One line of JSON comes in, `["function", [arguments]]`; one goes out. The browser never sees what is
found here: keys of exercises, rows of the log, who is who.
"""

import json
import sys
import traceback
from typing import Any
from uuid import uuid4

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402  models need the set-up above
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import close_old_connections  # noqa: E402

from accounts.models import User  # noqa: E402
from cms.models import ContentPage, HomePage  # noqa: E402
from courses.models import CoursePage, ModulePage  # noqa: E402
from dictionary.models import DictionaryPage  # noqa: E402
from lessons.models import Exercise, LessonPage, Quiz, TestPage  # noqa: E402
from media.models import Recording, Rendition  # noqa: E402
from progress.models import Answer, Attempt, LessonProgress  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE_TYPES = {
    "home": HomePage,
    "content": ContentPage,
    "course": CoursePage,
    "module": ModulePage,
    "lesson": LessonPage,
    "test": TestPage,
    "dictionary": DictionaryPage,
}


def pages(language: str) -> dict[str, list[dict[str, Any]]]:
    """Return the published pages of each type in tree order."""
    found = {}
    for name, model in PAGE_TYPES.items():
        rows = model.objects.live().filter(locale__language_code=language).order_by("path")
        found[name] = [page_facts(page) for page in rows]
    return found


def page_facts(page: Any) -> dict[str, Any]:
    facts = {"id": page.pk, "title": page.title, "path": page.get_url_parts()[2], "key": str(page.translation_key)}
    quiz = getattr(page, "quiz", None)
    return facts | {"quiz": str(quiz.uuid) if quiz else ""}


def exercise(kind: str) -> str:
    """Return the first published exercise of a type."""
    return str(Exercise.objects.filter(live=True, type=kind).order_by("pk").values_list("uuid", flat=True)[0])


def person(email: str, name: str = "", group: str = "Learners") -> str:
    """Make somebody with a confirmed address unless there is one; return a session as sign-in would give."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        user.groups.add(Group.objects.get(name=group))
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


# --- exercises ---------------------------------------------------------------------------------


def key_of_attempt(uuid: str) -> list[dict[str, Any]]:
    """Return for each exercise of an attempt, in order, an answer that is right and one that is wrong."""
    items = Attempt.objects.get(uuid=uuid).items.select_related("version").order_by("position")
    return [key(str(item.exercise_uuid), item.version.definition) for item in items]


def key_of_exercise(uuid: str) -> dict[str, Any]:
    """Return the same for a published exercise of the bank."""
    from lessons.definitions import askable

    [(exercise, definition)] = askable([Exercise.objects.get(uuid=uuid)])
    return key(str(exercise.uuid), definition)


def key(uuid: str, definition: dict[str, Any]) -> dict[str, Any]:
    right, wrong = KEYS[definition["type"]](definition)
    return {"exercise": uuid, "type": definition["type"], "right": right, "wrong": wrong}


def _choice(definition: dict[str, Any]) -> tuple[Any, Any]:
    options = definition["options"]
    return (
        {"chosen": [option["id"] for option in options if option["right"]]},
        {"chosen": [next(option["id"] for option in options if not option["right"])]},
    )


def _gap(definition: dict[str, Any]) -> tuple[Any, Any]:
    gaps = definition["gaps"]
    return (
        {"gaps": [gap["answer"] for gap in gaps]},
        {"gaps": [gap["distractors"][0] if gap["distractors"] else "zzzzzzzz" for gap in gaps]},
    )


def _match(definition: dict[str, Any]) -> tuple[Any, Any]:
    lefts = [pair["left"] for pair in definition["pairs"]]
    rights = [pair["right"] for pair in definition["pairs"]]
    return (
        {"pairs": dict(zip(lefts, rights, strict=True))},
        {"pairs": dict(zip(lefts, rights[1:] + rights[:1], strict=True))},
    )


def _order(definition: dict[str, Any]) -> tuple[Any, Any]:
    ids = [part["id"] for part in definition["parts"]]
    return {"order": ids}, {"order": ids[::-1]}


def _type(definition: dict[str, Any]) -> tuple[Any, Any]:
    item = definition["item"]
    right = item["meaning"]["lv"].split(";")[0] if definition["mode"] == "meaning" else item["text"]
    return {"text": right}, {"text": "zzzzzzzz"}


def _dialogue(definition: dict[str, Any]) -> tuple[Any, Any]:
    def chosen(fits: bool) -> list[str]:
        return [next(one["id"] for one in turn["replies"] if one["fits"] is fits) for turn in definition["turns"]]

    return {"chosen": chosen(True)}, {"chosen": chosen(False)}


def _picture(definition: dict[str, Any]) -> tuple[Any, Any]:
    found = {area["right"]: area["id"] for area in definition["areas"]}
    return {"area": found[True]}, {"area": found[False]}


KEYS = {"choice": _choice, "gap": _gap, "match": _match, "order": _order, "type": _type}
KEYS |= {"dialogue": _dialogue, "picture": _picture}


def attempt_as(email: str, quiz: str, state: str) -> str:
    """Return an attempt of the learner that is begun, judged (its first question), passed or failed."""
    from progress.services import answer_exercise, start_attempt, submit_attempt

    user = User.objects.get(email=email)
    attempt, _made = start_attempt(user=user, quiz=Quiz.objects.get(uuid=quiz), attempt_id=uuid4())
    known = key_of_attempt(str(attempt.uuid))
    for one in [] if state == "begun" else known[:1] if state == "judged" else known:
        answer = one["right" if state == "passed" else "wrong"]
        answer_exercise(user=user, attempt=attempt.uuid, exercise=one["exercise"], answer=answer)
    if state in ("passed", "failed"):
        submit_attempt(attempt=attempt)
    return str(attempt.uuid)


# --- what was kept -----------------------------------------------------------------------------


def attempts(email: str) -> list[dict[str, Any]]:
    """Return a learner's attempts in order, each with all rows of its log."""
    return [
        {
            "id": str(attempt.uuid),
            "quiz": str(attempt.quiz_uuid),
            "submitted": attempt.submitted_at is not None,
            "score": attempt.score,
            "passed": attempt.passed,
            "answers": [
                {
                    "id": str(row.client_id),
                    "exercise": str(row.exercise_uuid),
                    "verdict": row.verdict,
                    "late": row.is_late,
                }
                for row in Answer.objects.filter(attempt=attempt).order_by("id")
            ],
        }
        for attempt in Attempt.objects.filter(user__email=email).order_by("id")
    ]


def lessons_done(email: str) -> list[str]:
    """Return the keys of the lessons that the learner has completed."""
    rows = LessonProgress.objects.filter(user__email=email, completed_at__isnull=False)
    return [str(row.lesson_key) for row in rows]


# --- what an author would do in the CMS ----------------------------------------------------------


def unpublish_exercise(uuid: str) -> None:
    Exercise.objects.get(uuid=uuid).unpublish()


def publish_exercise(uuid: str) -> None:
    exercise = Exercise.objects.get(uuid=uuid)
    exercise.save_revision().publish()


def replace_quiz_items(uuid: str, codes: list[str]) -> list[str]:
    """Give a quiz other exercises (their uuids); return those it had."""
    quiz = Quiz.objects.get(uuid=uuid)
    before = [str(item.exercise.uuid) for item in quiz.items.select_related("exercise")]
    quiz.items = [
        quiz.items.model(exercise=Exercise.objects.get(uuid=code), sort_order=place) for place, code in enumerate(codes)
    ]
    quiz.save()
    return before


def take_away_page(pk: int) -> None:
    """Unpublish the page that leads to a quiz."""
    from wagtail.models import Page

    Page.objects.get(pk=pk).specific.unpublish()


def bring_back_page(pk: int) -> None:
    from wagtail.models import Page

    Page.objects.get(pk=pk).specific.save_revision().publish()


def is_recording_ready(title: str) -> bool:
    return Recording.objects.filter(title=title, status=Recording.Status.READY).exists()


def sound_files(address: str) -> list[str]:
    """Return where the sounds of that audio address lie, one in each format."""
    name = address.rsplit("/", 1)[1].split(".")[0]
    return [rendition.file.path for rendition in Rendition.objects.filter(uuid=name)]


# --- the loop ------------------------------------------------------------------------------------


def studio() -> dict[str, Any]:
    """Hold one recording session with a speaker who has said yes: five takes of it wait for a second listener."""
    from django.core.files.base import ContentFile

    from dictionary.models import Entry
    from studio.models import RecordingSession
    from studio.services import create_session, keep_take
    from tests.making import consenting_speaker
    from tests.media import sounds

    author = User.objects.get(email="author@pamatkurss.example")
    held = RecordingSession.objects.filter(place="Rīga").first()
    if held is not None:
        return {"session": held.pk, "speaker": held.speaker_id}
    speaker = consenting_speaker("Zane, Rīga", public_name="Zane")
    entries = list(Entry.objects.filter(taught_in__isnull=False).distinct().order_by("code")[:12])
    session = create_session(speaker=speaker, entries=entries, by=author, place="Rīga", purpose="Pirmā nodarbība")
    for number, prompt in enumerate(session.prompts.all()[:5]):
        file = ContentFile(sounds.webm(0.8 + number / 5), name="take.webm")
        keep_take(session=session, take=uuid4(), prompt=prompt.pk, pace="normal", file=file, by=author)
    return {"session": session.pk, "speaker": speaker.pk}


def takes_ready() -> bool:
    """Say whether a worker is done with every take."""
    return not Recording.objects.exclude(status=Recording.Status.READY).exists()


# --- a guide that is followed -----------------------------------------------------------------------


def take_word_away(text: str) -> list[str]:
    """Take a word out of the dictionary, so that a guide can add it; return what `put_word_back` needs."""
    from django.core import serializers

    from dictionary.models import Entry

    kept = []
    for entry in Entry.objects.filter(text=text):
        own = [entry, *(one for relation in RELATED for one in getattr(entry, relation).all())]
        kept.append(serializers.serialize("json", own))
        entry.delete()
    return kept


RELATED = ("glosses", "variants", "forms")


def put_word_back(text: str, kept: list[str]) -> None:
    """Forget what was added under this word, and have the dictionary as it was."""
    from django.core import serializers

    from dictionary.models import Entry

    Entry.objects.filter(text=text).delete()
    for rows in kept:
        for row in serializers.deserialize("json", rows):
            row.save()


def lesson_called(title: str) -> dict[str, Any]:
    """Return what stands on the site under this title, as its author left it."""
    lesson = LessonPage.objects.get(title=title)
    newest = lesson.get_latest_revision_as_object()
    return page_facts(newest) | {"live": lesson.live, "blocks": [block.block_type for block in newest.body]}


def let_through(title: str) -> list[str]:
    """Have the reviewer and the editor say yes to a lesson that was handed in; return the steps that it took."""
    steps = []
    for email in ("reviewer@pamatkurss.example", "editor@pamatkurss.example"):
        step = LessonPage.objects.get(title=title).current_workflow_task_state
        step.approve(user=User.objects.get(email=email))
        steps.append(step.task.name)
    return steps


def course_errors() -> list[tuple[str, str]]:
    """Return rule and place of everything that the check of the course counts as an error."""
    from lessons.checking.reading import from_database
    from lessons.checking.report import judge

    return [(finding.rule, finding.place) for finding in judge(from_database()).errors]


def take_lesson_away(title: str) -> None:
    """Delete a lesson with its quiz and the exercises that only they use."""
    for lesson in LessonPage.objects.filter(title=title):
        quiz = lesson.quiz or (lesson.get_latest_revision_as_object().quiz if lesson.latest_revision else None)
        lesson.delete()
        if quiz:
            asked = list(quiz.items.values_list("exercise", flat=True))
            quiz.delete()
            Exercise.objects.filter(pk__in=asked, quiz_items=None).delete()


def main() -> None:
    for line in sys.stdin:
        name, args = json.loads(line)
        close_old_connections()
        try:
            reply = {"result": globals()[name](*args)}
        except Exception:  # whatever went wrong is the test's to show
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
