"""A speaker says yes, or takes one yes back. Taking the whole voice back is `media.withdrawal`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import services
from media.models import Consent, ConsentEvidence, ConsentText, Licence, Purpose, Recording, Speaker
from media.models.consent import SCANS, SOUNDS

MAX_EVIDENCE_BYTES = 20 * 1024 * 1024
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}


@transaction.atomic
def take_consent(
    *,
    speaker: Speaker,
    answers: Mapping[str, bool],
    texts: Mapping[str, ConsentText],
    by: Any,
    evidence: File | None = None,
    given_on: date | None = None,
    licence: str = "",
) -> list[Consent]:
    """Keep what the speaker says to each purpose, and return the new consents.

    A yes that is in force already stays as it is; a no to one takes it back. `texts` are the wordings that were read
    out. Each new yes needs evidence: a spoken yes or a scan, one file for all of them. Raises `ValidationError` that
    names `course`, `licence`, `given_on` or `evidence`.
    """
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    in_force = {one.purpose: one for one in speaker.consents.in_force()}
    new = [purpose for purpose, is_yes in answers.items() if is_yes and purpose not in in_force]
    given_on = given_on or timezone.localdate()
    how = _check(answers, in_force, new, texts, evidence, given_on, licence)
    for purpose, is_yes in answers.items():
        if not is_yes and purpose in in_force:
            end_consent(in_force[purpose])
    if not new or evidence is None:
        return []
    kept = ConsentEvidence(speaker=speaker, how=how, taken_by=by)
    kept.file.save(evidence.name or "", evidence, save=False)
    kept.save()
    if Purpose.DOWNLOAD in new:
        Speaker.objects.filter(pk=speaker.pk).update(licence=licence)
    return [
        Consent.objects.create(
            speaker=speaker,
            purpose=purpose,
            text=texts[purpose],
            version=texts[purpose].version,
            language=texts[purpose].language,
            given_on=given_on,
            evidence=kept,
            taken_by=by,
        )
        for purpose in new
    ]


@transaction.atomic
def end_consent(consent: Consent) -> None:
    """Take one yes back from today on. Without open download, nothing of the voice has a free licence any more.

    Raises `ValidationError` for the course: without it no recording may stay, so the whole voice is taken back.
    """
    if consent.purpose == Purpose.COURSE:
        raise ValidationError({"course": _("Without this yes no recording may stay. Delete the whole voice instead.")})
    Consent.objects.filter(pk=consent.pk).update(withdrawn_on=max(timezone.localdate(), consent.given_on))
    if consent.purpose == Purpose.DOWNLOAD:
        Speaker.objects.filter(pk=consent.speaker_id).update(licence=Licence.COURSE_ONLY)
        Recording.objects.filter(speaker=consent.speaker_id).update(licence=Licence.COURSE_ONLY)


def _check(
    answers: Mapping[str, bool],
    in_force: Mapping[str, Consent],
    new: list[str],
    texts: Mapping[str, ConsentText],
    evidence: File | None,
    given_on: date,
    licence: str,
) -> str:
    """Return how the yes was given; raise with everything that is wrong."""
    errors: dict[str, Any] = {}
    if Purpose.COURSE not in in_force and not answers.get(Purpose.COURSE):
        errors["course"] = _("Without a yes to the course nothing is recorded, and nothing of this is kept.")
    if [purpose for purpose in new if purpose not in texts]:
        errors["course"] = _("There is no text to agree to. An administrator must enter it first.")
    if given_on > timezone.localdate():
        errors["given_on"] = _("This day is still to come.")
    if Purpose.DOWNLOAD in new and licence not in set(Licence.values) - {Licence.COURSE_ONLY}:
        errors["licence"] = _("Choose the licence that the speaker agreed to.")
    how = ""
    if new:
        try:
            how = kind_of_evidence(evidence)
        except ValidationError as error:
            errors["evidence"] = error.messages
    if errors:
        raise ValidationError(errors)
    return how


def kind_of_evidence(file: File | None) -> str:
    """Return whether the file is a spoken yes or a scan, by what is in it. Raises `ValidationError`."""
    if file is None:
        raise ValidationError(_("Record the spoken yes, or choose the scan of the signed form."))
    if file.size > MAX_EVIDENCE_BYTES:
        raise ValidationError(_("The file is larger than 20 MB. Scan it with a lower resolution."))
    suffix = (file.name or "").rpartition(".")[2].lower()
    if suffix in SOUNDS:
        services.check_audio(file)
        return ConsentEvidence.How.SPOKEN
    file.seek(0)
    if suffix in SCANS and file.read(8).startswith(BEGINNINGS[suffix]):
        file.seek(0)
        return ConsentEvidence.How.SIGNED
    raise ValidationError(
        _("This is neither a recording nor a scan. Choose a PDF, JPEG, PNG, MP3, M4A, WAV or Ogg file.")
    )
