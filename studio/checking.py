"""The second listener's queue: which take comes next, and what is decided about it.

What a decision means for a recording stands in `media.reviewing`; here are the order, the filters, two listeners at
once, and taking the last decision back.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import Http404, QueryDict
from django.utils import timezone

from cms.scopes import AddressScope, row_named
from dictionary.models import Entry, Take
from media import reviewing
from media.models import Recording, Speaker, Variety
from media.querysets import RecordingQuerySet

from .models import RecordingSession

OFFERED = 50
UNDO_FOR = timedelta(hours=1)


class DecidedMeanwhile(Exception):
    """Somebody else has decided about the take, or it is another sound now."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        super().__init__(str(recording))


@dataclass(frozen=True)
class Scope(AddressScope):
    """Which takes a listener has chosen to go through: all, or those of a session, a speaker, a variety."""

    session: RecordingSession | None = None
    speaker: Speaker | None = None
    variety: Variety | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the scope that a query string names. Raises `Http404` where it names what is not there."""
        return cls(
            row_named(RecordingSession.objects.all(), "uuid", query.get("session")),
            row_named(Speaker.objects.all(), "uuid", query.get("speaker")),
            row_named(Variety.objects.all(), "code", query.get("variety")),
        )

    def narrow(self, takes: RecordingQuerySet) -> RecordingQuerySet:
        if self.session:
            takes = takes.filter(session_take__prompt__session=self.session)
        if self.speaker:
            takes = takes.filter(speaker=self.speaker)
        if self.variety:
            takes = takes.filter(Q(variety=self.variety) | Q(variety=None, speaker__variety=self.variety))
        return takes

    @property
    def fields(self) -> dict[str, str]:
        """Return what a form or an address must carry to stay in this scope."""
        found = {
            "session": self.session and str(self.session.uuid),
            "speaker": self.speaker and str(self.speaker.uuid),
            "variety": self.variety and self.variety.code,
        }
        return {name: value for name, value in found.items() if value}


def takes_for(user: Any) -> RecordingQuerySet:
    """Return the takes that wait for this listener, in the order in which they were made; never one's own."""
    waiting = Recording.objects.waiting().exclude(kind=Recording.Kind.SYNTHETIC)
    # Not `exclude`: nobody's take would be left out with one's own.
    return waiting.filter(~Q(uploaded_by=user) | Q(uploaded_by=None)).order_by("pk")


def next_take(user: Any, scope: Scope, after: int = 0) -> Recording | None:
    """Return the take to be heard next: the first after `after`, and when those are through, from the beginning."""
    takes = for_listening(scope.narrow(takes_for(user)))
    return takes.filter(pk__gt=after).first() or (takes.first() if after else None)


def for_listening(takes: RecordingQuerySet) -> RecordingQuerySet:
    """Fetch what the queue and its list show of a take, in a fixed number of queries."""
    shown = Entry.objects.select_related("variety").prefetch_related("glosses")
    return (
        takes.with_audio()
        .select_related("speaker__variety", "reviewed_by", "uploaded_by", "session_take__prompt__session")
        .prefetch_related(Prefetch("takes", Take.objects.prefetch_related(Prefetch("entry", shown))))
    )


def token_of(recording: Recording) -> str:
    """Return what tells whether the take is still as it was when somebody heard it: its state and its sound."""
    sound = next((one.uuid.hex for one in recording.renditions.all()), "")
    return f"{recording.review}-{sound}"


@transaction.atomic
def decide_take(*, recording: Recording, by: Any, seen: str, reason: str = "", note: str = "") -> Recording:
    """Accept the take that `by` heard as `seen`, or reject it for `reason`.

    Raises `DecidedMeanwhile`, and `ValidationError` as `media.reviewing` does.
    """
    now = _locked(recording)
    if token_of(now) != seen or not now.is_ready:
        raise DecidedMeanwhile(now)
    if reason:
        return reviewing.reject_take(now, by=by, reason=reason, note=note)
    return reviewing.accept_take(now, by=by)


def last_decision(user: Any) -> Recording | None:
    """Return the take about which this listener decided last, if that was within the last hour."""
    recent = Recording.objects.filter(reviewed_by=user, reviewed_at__gte=timezone.now() - UNDO_FOR)
    return recent.prefetch_related("takes__entry").order_by("-reviewed_at", "-pk").first()


@transaction.atomic
def undo_decision(*, recording: Recording, by: Any) -> Recording:
    """Let the take wait again. Raises `DecidedMeanwhile` unless the decision is still this listener's own."""
    now = _locked(recording)
    if now.reviewed_by_id != by.pk:
        raise DecidedMeanwhile(now)
    return reviewing.reopen_take(now)


def _locked(recording: Recording) -> Recording:
    """Return the take as it is now. Raises `Http404` if it was deleted this very moment."""
    now = Recording.objects.select_for_update().filter(pk=recording.pk).first()
    if now is None:
        raise Http404
    return now


@dataclass(frozen=True)
class Offered:
    """What the queue may be narrowed to; each list is bounded."""

    sessions: list[RecordingSession]
    speakers: list[Speaker]
    varieties: list[Variety]


def offered(user: Any, scope: Scope) -> Offered:
    """Return the sessions, speakers and varieties of which takes wait for this listener, and what is chosen now."""
    waiting = takes_for(user).order_by()

    def some(rows: Any, path: str, chosen: Any) -> list[Any]:
        found = list(rows.filter(pk__in=waiting.values(path))[:OFFERED])
        return found if chosen is None or chosen in found else [chosen, *found]

    return Offered(
        some(RecordingSession.objects.select_related("speaker"), "session_take__prompt__session", scope.session),
        some(Speaker.objects.all(), "speaker", scope.speaker),
        some(Variety.objects.all(), "variety", scope.variety),
    )
