"""What was noted in a speaker's row becomes consents, each with its purpose; the file becomes evidence.

Consent on record meant: the voice may be heard in the course. A licence other than “only in this course” says that open
download was agreed to as well. Nobody was asked about research and machines, so nothing is taken for granted there.
"""

from django.db import migrations

SCANS = ("pdf", "jpg", "jpeg", "png")


def move(apps, schema_editor):
    speakers = apps.get_model("media", "Speaker").objects
    for speaker in speakers.order_by("pk").iterator():
        evidence = _evidence(apps, speaker)
        if speaker.consent_given_on is None:
            speakers.filter(pk=speaker.pk).update(licence="course-only", notes=_with_note(speaker))
            continue
        for purpose in ("course", *(["download"] if speaker.licence != "course-only" else [])):
            apps.get_model("media", "Consent").objects.create(
                speaker=speaker,
                purpose=purpose,
                version=speaker.consent_text_version,
                given_on=speaker.consent_given_on,
                evidence=evidence,
                note=speaker.consent_note,
            )


def move_back(apps, schema_editor):
    for consent in apps.get_model("media", "Consent").objects.filter(purpose="course", withdrawn_on=None):
        speaker = consent.speaker
        speaker.consent_given_on, speaker.consent_text_version = consent.given_on, consent.version
        speaker.consent_note = consent.note
        speaker.consent_file = consent.evidence.file.name if consent.evidence else ""
        speaker.save()
    apps.get_model("media", "Consent").objects.all().delete()
    apps.get_model("media", "ConsentEvidence").objects.all().delete()


def _evidence(apps, speaker):
    """Keep the file even where no day was entered: somebody may enter the consent that it shows."""
    name = speaker.consent_file.name
    if not name:
        return None
    how = "signed" if name.rpartition(".")[2].lower() in SCANS else "spoken"
    return apps.get_model("media", "ConsentEvidence").objects.create(speaker=speaker, how=how, file=name)


def _with_note(speaker):
    return "\n\n".join(part for part in (speaker.notes, speaker.consent_note) if part)


def forget_old_right(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(
        codename="view_consent", content_type__app_label="media", content_type__model="speaker"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("media", "0007_consent_texts")]

    operations = [
        migrations.RunPython(move, move_back),
        migrations.RunPython(forget_old_right, migrations.RunPython.noop),
    ]
