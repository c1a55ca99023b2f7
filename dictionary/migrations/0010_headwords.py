"""Every word that entries are looked up by, and those of the entries that are there."""

import django.db.models.deletion
from django.db import migrations, models

from dictionary.alike import sound
from dictionary.alphabet import ROMANI, letter_of, order_of
from dictionary.glosses import headword_of, split_gloss


def index(apps, schema_editor):
    Entry, Headword = apps.get_model("dictionary", "Entry"), apps.get_model("dictionary", "Headword")
    made = []
    for entry in Entry.objects.prefetch_related("variants", "glosses").iterator(chunk_size=500):
        words = {(ROMANI, entry.text): True}
        for variant in entry.variants.all():
            words.setdefault((ROMANI, variant.form), False)
        for gloss in entry.glosses.all():
            for meaning in split_gloss(gloss.text):
                words[gloss.language, headword_of(meaning, gloss.language)] = True
        made += [
            Headword(
                entry=entry,
                language=language,
                text=text,
                is_listed=is_listed,
                letter=letter_of(text, language),
                order=order_of(text, language),
                sound=sound(text),
            )
            for (language, text), is_listed in words.items()
            if text
        ]
    Headword.objects.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("dictionary", "0009_phrasebook"),
    ]

    operations = [
        migrations.CreateModel(
            name="Headword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[("rml", "Romani"), ("lv", "Latvian"), ("en", "English")],
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                ("text", models.CharField(max_length=255, verbose_name="word")),
                ("is_listed", models.BooleanField(default=True)),
                ("letter", models.CharField(max_length=2)),
                ("order", models.CharField(max_length=120)),
                ("sound", models.CharField(db_index=True, max_length=40)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="headwords", to="dictionary.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "headword",
                "verbose_name_plural": "headwords",
                "ordering": ["order", "text", "pk"],
                "indexes": [
                    models.Index(fields=["language", "is_listed", "letter", "order"], name="headwords_by_letter")
                ],
            },
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
