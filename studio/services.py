"""What is done with recording sessions: making one, keeping what a device sends, throwing a take away.

A device may send the same thing any number of times, in two windows at once, and after a lost reply: it is kept once.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from dictionary.models import Entry
from dictionary.voices import add_take
from media.models import Recording, Speaker, Variety
from media.services import checked_recording, save_recording
from progress.appeals import propose_spoken_form

from .gathering import MOST_PROMPTS
from .models import Prompt, RecordingSession, SessionTake


@transaction.atomic
def create_session(
    *,
    speaker: Speaker,
    entries: Sequence[Entry],
    by: Any,
    variety: Variety | None = None,
    place: str = "",
    held_on: date | None = None,
    purpose: str = "",
) -> RecordingSession:
    """Return a new session that asks the speaker for the entries, in their order; each once.

    Raises `ValidationError` that names `speaker` without consent, and `entries` if there are none or too many.
    """
    errors = {}
    if not speaker.has_consented:
        errors["speaker"] = _("This speaker's consent is not on record yet. Open the speaker and enter it first.")
    if not entries:
        errors["entries"] = _("There is nothing to record yet. Choose other words.")
    if len(entries) > MOST_PROMPTS:
        errors["entries"] = _("At most %(most)d prompts fit into one session.") % {"most": MOST_PROMPTS}
    if errors:
        raise ValidationError(errors)
    session = RecordingSession(
        speaker=speaker,
        variety=variety or speaker.variety,
        place=place,
        held_on=held_on or timezone.localdate(),
        purpose=purpose,
        created_by=by,
    )
    session.full_clean()
    session.save()
    once = dict.fromkeys(entry.pk for entry in entries)
    rows = [Prompt(session=session, entry_id=pk, position=place) for place, pk in enumerate(once, start=1)]
    Prompt.objects.bulk_create(rows)
    return session


def keep_take(
    *, session: RecordingSession, take: UUID, prompt: int, pace: str, file: File, by: Any
) -> tuple[SessionTake, bool]:
    """Keep a take under the number that the device gave it; say whether it was new.

    It takes the place of an unchecked take of the same prompt and pace. Sound, row and file are kept together or not
    at all. What was kept before, also what was thrown away since, is returned as it is.

    Raises:
        Http404: the session has no such prompt, or the number belongs to another session.
        ValidationError: naming `file`, `speaker` (the consent is gone) or `prompt` (the number is another prompt's).
    """
    asked = session.prompts.select_related("entry").filter(pk=prompt).first()
    if asked is None:
        raise Http404
    if (known := _known_take(take, asked)) is not None:
        return known, False
    recording = _recording_of(asked, session, pace, file, by)
    try:
        with transaction.atomic():
            # Two takes of one prompt wait for each other here, so that each sees what the other kept.
            locked = Prompt.objects.select_for_update().get(pk=asked.pk)
            if (known := _known_take(take, asked)) is not None:
                return known, False
            return _store(recording, locked, asked.entry, take), True
    except IntegrityError as error:
        # A constraint may speak as late as at the commit, when the file lies there already.
        _let_go(recording)
        # The same number came twice at once for two prompts: the lock above does not see that, the constraint does.
        if (known := _known_take(take, asked)) is not None:
            return known, False
        if not Speaker.objects.filter(pk=recording.speaker_id or 0).exists():
            raise _no_consent() from error
        raise


def _known_take(take: UUID, prompt: Prompt) -> SessionTake | None:
    known = SessionTake.objects.select_related("prompt", "recording").filter(uuid=take).first()
    if known is None:
        return None
    if known.prompt.session_id != prompt.session_id:
        raise Http404
    if known.prompt_id != prompt.pk:
        raise ValidationError({"prompt": _("This take was sent for another prompt.")})
    return known


def _recording_of(prompt: Prompt, session: RecordingSession, pace: str, file: File, by: Any) -> Recording:
    """Return the recording that a take becomes; it is not saved yet."""
    if session.speaker is None or not session.speaker.has_consented:
        raise _no_consent()
    text = prompt.entry.text
    return checked_recording(
        title=f"{text} – {session.speaker.label}"[:255],
        file=file,
        kind=Recording.Kind.NATIVE,
        transcript=text,
        speaker=session.speaker,
        variety=session.variety,
        pace=pace,
        uploaded_by=by,
    )


def _no_consent() -> ValidationError:
    return ValidationError(
        {"speaker": _("The speaker's consent is no longer on record. Nothing more may be kept of this voice.")}
    )


def _store(recording: Recording, prompt: Prompt, entry: Entry, take: UUID) -> SessionTake:
    """Write all that a take is. What fails here takes the file with it, which no transaction would take back."""
    try:
        return _write(recording, prompt, entry, take)
    except BaseException:
        _let_go(recording)
        raise


def _let_go(recording: Recording) -> None:
    # Django's own mark that the file was written; until then its name is the device's.
    if recording.file._committed:  # type: ignore[attr-defined]
        recording.file.storage.delete(str(recording.file.name))


def _write(recording: Recording, prompt: Prompt, entry: Entry, take: UUID) -> SessionTake:
    save_recording(recording, has_new_file=True)
    kept = SessionTake.objects.create(uuid=take, prompt=prompt, recording=recording)
    add_take(entry, recording)
    older = Recording.objects.filter(session_take__prompt=prompt, pace=recording.pace, review=Recording.Review.OPEN)
    older.exclude(pk=recording.pk).delete()
    prompt.state, prompt.skip_reason, prompt.said_form = Prompt.State.RECORDED, "", ""
    prompt.save()
    return kept


@transaction.atomic
def throw_away(*, session: RecordingSession, take: UUID) -> None:
    """Delete a take that nobody has checked yet. Repeating it changes nothing.

    Raises Http404 for a take of another session, `ValidationError` once a second listener has decided.
    """
    known = SessionTake.objects.select_related("prompt").filter(uuid=take, prompt__session=session).first()
    if known is None:
        raise Http404
    prompt = Prompt.objects.select_for_update().get(pk=known.prompt_id)
    recording = Recording.objects.select_for_update().filter(session_take=known).first()
    if recording is None:
        return
    if recording.review != Recording.Review.OPEN:
        raise ValidationError(_("Somebody has checked this take already. It can be deleted in the list of recordings."))
    recording.delete()
    _settle(prompt)


@transaction.atomic
def skip_prompt(*, session: RecordingSession, prompt: int, reason: str, said_form: str = "") -> Prompt:
    """Keep why the speaker does not say the prompt. How they say it instead goes to the native reviewers.

    Raises Http404 for a prompt of another session, `ValidationError` that names `reason` or `said_form`.
    """
    asked = _locked(session, prompt)
    if reason not in Prompt.SkipReason.values:
        raise ValidationError({"reason": _("Choose why it is skipped.")})
    form = " ".join(said_form.split()) if reason == Prompt.SkipReason.DIFFERENTLY else ""
    if reason == Prompt.SkipReason.DIFFERENTLY:
        propose_spoken_form(entry=asked.entry, form=form)
    asked.state, asked.skip_reason, asked.said_form = Prompt.State.SKIPPED, reason, form
    asked.save()
    return asked


@transaction.atomic
def ask_again(*, session: RecordingSession, prompt: int) -> Prompt:
    """Take a skip back: the prompt waits again, or is recorded if it has takes. Raises Http404."""
    asked = _locked(session, prompt)
    _settle(asked)
    return asked


def _locked(session: RecordingSession, prompt: int) -> Prompt:
    found = Prompt.objects.select_for_update(of=("self",)).filter(session=session, pk=prompt)
    asked = found.select_related("entry").first()
    if asked is None:
        raise Http404
    return asked


def _settle(prompt: Prompt) -> None:
    has_takes = prompt.takes.filter(recording__isnull=False).exists()
    prompt.state = Prompt.State.RECORDED if has_takes else Prompt.State.WAITING
    prompt.skip_reason = prompt.said_form = ""
    prompt.save()
