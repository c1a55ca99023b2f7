"""Say for the exercises that are there which dictionary entries they name, in what learners see or in the draft."""

import json

from django.db import migrations
from django.db.models import TextField
from django.db.models.functions import Cast

BATCH = 500


def name_words(apps, schema_editor):
    # Which entries a stored block names is known by its type's code; a type that is gone names none.
    from lessons.exercises import types

    known = types()
    Exercise, ExerciseEntry = (apps.get_model("lessons", name) for name in ("Exercise", "ExerciseEntry"))
    entries = set(apps.get_model("dictionary", "Entry").objects.values_list("pk", flat=True))

    def named(stored):
        for block in json.loads(stored) if isinstance(stored, str) else stored or []:
            if block["type"] in known:
                yield from known[block["type"]].entries(block["value"])

    # Read as text: the historical field knows no block and would drop them all.
    rows = Exercise.objects.annotate(raw=Cast("body", TextField())).order_by("pk")
    for pk, raw, has_draft, content in rows.values_list(
        "pk", "raw", "has_unpublished_changes", "latest_revision__content"
    ).iterator(BATCH):
        found = set(named(raw)) | (set(named(content.get("body"))) if has_draft and content else set())
        ExerciseEntry.objects.bulk_create(
            [ExerciseEntry(exercise_id=pk, entry_id=entry) for entry in sorted(found & entries)], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("lessons", "0003_exercise_level_situation_and_words")]

    operations = [migrations.RunPython(name_words, migrations.RunPython.noop, elidable=True)]
