"""What stood in a speaker's row before becomes consents with their evidence, and goes back."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from media.models import Speaker

BEFORE, AFTER = [("media", "0007_consent_texts")], [("media", "0009_speaker_without_consent_fields")]


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_consents_of_speakers_move_and_come_back():
    try:
        old = migrate(BEFORE)
        variety = old.get_model("media", "Variety").objects.get(code="latvian")
        speakers = old.get_model("media", "Speaker").objects
        given = {"variety": variety, "consent_given_on": date(2026, 10, 1), "consent_text_version": "2026-10"}
        speakers.create(
            label="signed", licence="CC-BY-4.0", consent_file="consent/a.pdf", consent_note="at home", **given
        )
        speakers.create(label="spoken", consent_file="consent/b.mp3", **given)
        speakers.create(label="told", **given)
        speakers.create(label="none", variety=variety, licence="CC0-1.0", notes="calls back", consent_note="later")

        new = migrate(AFTER)
        found = {
            (one.speaker.label, one.purpose): one
            for one in new.get_model("media", "Consent").objects.select_related("speaker", "evidence")
        }
        assert set(found) == {("signed", "course"), ("signed", "download"), ("spoken", "course"), ("told", "course")}
        signed = found["signed", "course"]
        assert (signed.given_on, signed.version, signed.note) == (date(2026, 10, 1), "2026-10", "at home")
        assert (signed.evidence.how, signed.evidence.file.name) == ("signed", "consent/a.pdf")
        assert found["signed", "download"].evidence == signed.evidence
        assert found["spoken", "course"].evidence.how == "spoken"
        assert found["told", "course"].evidence is None
        none = new.get_model("media", "Speaker").objects.get(label="none")
        assert (none.licence, none.notes) == ("course-only", "calls back\n\nlater")

        again = migrate(BEFORE).get_model("media", "Speaker").objects.get(label="signed")
        assert (again.consent_given_on, again.consent_text_version) == (date(2026, 10, 1), "2026-10")
        assert (again.consent_note, again.consent_file.name) == ("at home", "consent/a.pdf")
    finally:
        # All the way: migrations of rooms above went back with those of this one.
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
        Speaker.objects.all().delete()
