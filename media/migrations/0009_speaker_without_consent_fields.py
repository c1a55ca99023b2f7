"""What a speaker agreed to has rows of its own now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("media", "0008_consents_of_speakers")]

    operations = [
        migrations.RemoveConstraint(
            model_name="speaker",
            name="speaker_consent_names_its_text",
        ),
        migrations.RemoveField(
            model_name="speaker",
            name="consent_file",
        ),
        migrations.RemoveField(
            model_name="speaker",
            name="consent_given_on",
        ),
        migrations.RemoveField(
            model_name="speaker",
            name="consent_note",
        ),
        migrations.RemoveField(
            model_name="speaker",
            name="consent_text_version",
        ),
    ]
