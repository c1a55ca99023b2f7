"""The varieties that the sources of the course are in. Names of languages, not of people."""

from django.db import migrations

VARIETIES = [
    ("latvian", "rml-LV", "Latvijas romu valoda", "Latvian Romani", True),
    ("lithuanian", "rml-LT", "Lietuvas romu valoda", "Lithuanian Romani", False),
    ("north-russian", "rml-RU", "Ziemeļkrievijas romu valoda", "North Russian Romani", False),
    ("baltic", "rml", "Baltijas romu valoda", "Baltic Romani", False),
]


def seed(apps, schema_editor):
    variety = apps.get_model("media", "Variety")
    for code, bcp47, name_lv, name_en, is_taught in VARIETIES:
        # A name that an author has changed since stays as they wrote it.
        variety.objects.get_or_create(
            code=code, defaults={"bcp47": bcp47, "name_lv": name_lv, "name_en": name_en, "is_taught": is_taught}
        )


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    # Backwards nothing is removed: content may point at the rows, and the table goes with 0001.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
