"""Sessions as the pages and the API show them: read in a fixed number of queries, however many prompts there are."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from media.models import Recording

from .models import Prompt, RecordingSession, SessionTake


def counted_sessions() -> QuerySet[RecordingSession]:
    """Return the sessions, newest first, each with how many prompts it has and how many of them are done."""

    def how_many(state: str) -> Count:
        return Count("prompts", filter=Q(prompts__state=state))

    return (
        RecordingSession.objects.select_related("speaker", "variety", "created_by")
        .annotate(
            total=Count("prompts"),
            recorded=how_many(Prompt.State.RECORDED),
            skipped=how_many(Prompt.State.SKIPPED),
            waiting=how_many(Prompt.State.WAITING),
        )
        .order_by("-held_on", "-pk")
    )


def prompts_of(session: RecordingSession) -> list[Any]:
    """Return the prompts in order; each with `shown_takes`, oldest first, and `meaning_recording` or None."""
    takes = SessionTake.objects.filter(recording__isnull=False).select_related("recording")
    found: list[Any] = list(
        session.prompts.select_related("entry__recording").prefetch_related(
            "entry__glosses",
            "entry__recording__renditions",
            Prefetch("takes", takes.prefetch_related("recording__renditions"), to_attr="shown_takes"),
        )
    )
    spoken = _spoken_meanings({prompt.entry.gloss_in("lv") for prompt in found})
    for prompt in found:
        prompt.meaning_recording = spoken.get(prompt.entry.gloss_in("lv"))
        for take in prompt.shown_takes:
            take.prompt = prompt
    return found


def _spoken_meanings(texts: set[str]) -> dict[str, Recording]:
    """Return recordings in which a meaning is said in Latvian, by the meaning."""
    said = Recording.objects.heard().filter(language__in=["lv", "lv-LV"], transcript__in=texts - {""})
    return {one.transcript: one for one in said.with_audio().order_by("-pk")}


def shown_session(session: RecordingSession) -> dict[str, Any]:
    """Return the session as a device needs it."""
    return {
        "id": session.uuid,
        "speaker": session.speaker.label if session.speaker else "",
        "held_on": session.held_on,
        "place": session.place,
        "purpose": session.purpose,
        "may_be_recorded": bool(session.speaker and session.speaker.has_consented),
        "prompts": [_prompt(prompt) for prompt in prompts_of(session)],
    }


def _prompt(prompt: Any) -> dict[str, Any]:
    entry, meaning = prompt.entry, prompt.meaning_recording
    heard = entry.recording if entry.recording and entry.recording.is_heard else None
    return {
        "id": prompt.pk,
        "position": prompt.position,
        "romani": entry.text,
        "meaning": entry.gloss_in("lv"),
        "state": prompt.state,
        "reason": prompt.skip_reason,
        "said_form": prompt.said_form,
        "audio": {"voice": heard.kind, "sources": heard.sources} if heard else None,
        "meaning_sources": meaning.sources if meaning else [],
        "takes": [_take(take) for take in prompt.shown_takes],
    }


def _take(take: Any) -> dict[str, Any]:
    recording = take.recording
    return {
        "id": take.uuid,
        "pace": recording.pace,
        "status": recording.status,
        "failure": recording.failure_text,
        "review": recording.review,
        "duration_seconds": recording.duration_seconds,
        "sources": recording.staff_sources,
    }
