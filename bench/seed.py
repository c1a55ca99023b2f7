"""Data for the benchmark: the starter course, a dictionary fifty times as large, learners with open attempts."""

import json
import os
import sys
from pathlib import Path
from uuid import uuid4

FACTOR = int(os.environ.get("BENCH_FACTOR", "50"))
LEARNERS = 8


def seed(target: Path) -> None:
    """Fill the database that the settings name, and write what the runner needs to know to `target`."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_kept (content text NOT NULL)")
    call_command("load_course", "--if-empty", verbosity=0)
    multiply_dictionary()
    target.write_text(json.dumps(describe()))


def multiply_dictionary() -> None:
    """Add copies of every word under codes of their own, up to FACTOR times the lexicon."""
    from dictionary.models import Entry, Gloss

    words = list(Entry.objects.words().prefetch_related("glosses"))
    for number in range(1, FACTOR):
        copies = []
        for word in words:
            copy = Entry(**{field.attname: getattr(word, field.attname) for field in Entry._meta.concrete_fields})
            copy.pk, copy.code = None, f"b{number}-{word.code}"
            copies.append(copy)
        Entry.objects.bulk_create(copies, batch_size=300)
        glosses = [
            Gloss(entry=copy, language=gloss.language, text=gloss.text)
            for copy, word in zip(copies, words, strict=True)
            for gloss in word.glosses.all()
        ]
        Gloss.objects.bulk_create(glosses, batch_size=500)


def describe() -> dict:
    """Return addresses, and for each learner a token and an open attempt with its exercises and their right answers."""
    from accounts.models import ApiToken, User
    from lessons.models import LessonPage
    from media.models import Recording
    from progress.services import start_attempt
    from tests.lessons.building import right_answer

    lesson = LessonPage.objects.select_related("quiz").get(slug="sveiki")
    recording = Recording.objects.with_audio().heard().first()
    learners = []
    for _number in range(LEARNERS):
        user = User.objects.create_user(f"{uuid4().hex}@bench.example", None, name="Bench")
        token = ApiToken.objects.create(user=user)
        attempt, _made = start_attempt(user=user, quiz=lesson.quiz, attempt_id=uuid4())
        learners.append(
            {
                "token": token[1],
                "attempt": str(attempt.uuid),
                "answers": [
                    [str(item.exercise_uuid), right_answer(None, item.version.definition)]
                    for item in attempt.items.select_related("version")
                ],
            }
        )
    return {"lesson": lesson.url, "audio": recording.sources[0]["url"], "learners": learners}


if __name__ == "__main__":
    seed(Path(sys.argv[1]))
