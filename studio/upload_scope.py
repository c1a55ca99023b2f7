"""Which entries an upload is for: those of a theme, a lesson, a module, a session, or of a pasted list."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.models import ModulePage
from dictionary.models import Entry, ProtectedPair, TaughtEntry, Theme, Variant
from dictionary.rules import active_rules
from dictionary.spelling import answer_keys
from lessons.models import LessonPage
from studio.matching import Known, Match, Matcher, readings, split_name
from studio.models import RecordingSession, UploadBatch

MAX_ENTRIES = 2000
MOST_NAMED = 10
SESSIONS_OFFERED = 50
LIST = "list"


class Words(NamedTuple):
    """What became of texts that stand for entries: which were found, and those that were not, with their match."""

    found: dict[str, int]
    lost: dict[str, Match]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be chosen, in groups, for a select."""
    lessons = (
        LessonPage.objects.filter(alias_of=None).order_by("path").values_list("pk", "title", "locale__language_code")
    )
    modules = (
        ModulePage.objects.filter(alias_of=None).order_by("path").values_list("pk", "title", "locale__language_code")
    )
    sessions = RecordingSession.objects.select_related("speaker").order_by("-held_on", "-pk")[:SESSIONS_OFFERED]
    return [
        (_("Modules"), [(f"module:{pk}", f"{title} ({code})") for pk, title, code in modules]),
        (_("Lessons"), [(f"lesson:{pk}", f"{title} ({code})") for pk, title, code in lessons]),
        (_("Themes"), [(f"theme:{theme.pk}", theme.name) for theme in Theme.objects.all()]),
        (_("Recording sessions"), [(f"session:{one.pk}", f"{one} – {one.speaker or '?'}") for one in sessions]),
    ]


def entries_of(scope: str, pasted: str = "") -> list[int]:
    """Return the entries of a choice, in order and each once. Raises `ValidationError` naming the field at fault."""
    if scope == LIST:
        return _bounded(entries_of_list(pasted), "pasted")
    kind, _colon, number = scope.partition(":")
    if not number.isdecimal() or len(number) > 9 or kind not in ("theme", "lesson", "module", "session"):
        raise ValidationError({"scope": _("Choose which words the recordings are for.")})
    found = list(dict.fromkeys(_entries(kind, int(number))))
    if not found:
        raise ValidationError({"scope": _("There are no words in it. Choose something else, or paste a list.")})
    return _bounded(found, "scope")


def _entries(kind: str, pk: int) -> Iterable[int]:
    if kind == "theme":
        return Entry.objects.filter(theme=pk).order_by("folded_text", "code").values_list("pk", flat=True)
    if kind == "session":
        session = RecordingSession.objects.filter(pk=pk).first()
        return session.prompts.values_list("entry", flat=True) if session else []
    lessons = LessonPage.objects.filter(pk=pk)
    if kind == "module":
        module = ModulePage.objects.filter(pk=pk).first()
        lessons = LessonPage.objects.child_of(module).order_by("path") if module else LessonPage.objects.none()
    keys = list(lessons.values_list("translation_key", flat=True))
    taught = TaughtEntry.objects.filter(page_key__in=keys).values_list("page_key", "position", "entry")
    return [entry for *_place, entry in sorted(taught, key=lambda row: (keys.index(row[0]), row[1]))]


def _bounded(found: list[int], field: str) -> list[int]:
    if len(found) > MAX_ENTRIES:
        message = _("These are more than %(most)d words. Upload them in parts.")
        raise ValidationError({field: message % {"most": MAX_ENTRIES}})
    return found


def entries_of_list(pasted: str) -> list[int]:
    """Return the entries that a list names, one in each line or between commas: by code or by any spelling."""
    lines = [line.strip() for line in pasted.replace("\x00", "").replace(",", "\n").replace(";", "\n").splitlines()]
    wanted = list(dict.fromkeys(line[:200] for line in lines if line))
    if not wanted:
        raise ValidationError({"pasted": _("Paste the words or their codes, one in each line.")})
    if len(wanted) > MAX_ENTRIES:
        return _bounded(list(range(len(wanted))), "pasted")
    words = find_words(wanted)
    errors = []
    for names, message in (
        ([text for text, match in words.lost.items() if not match.candidates], _("Not in the dictionary: %(words)s.")),
        (
            [text for text, match in words.lost.items() if match.candidates],
            _("These may mean several words; write their codes: %(words)s."),
        ),
    ):
        if names:
            more = "…" if len(names) > MOST_NAMED else ""
            errors.append(message % {"words": ", ".join(names[:MOST_NAMED]) + more})
    if errors:
        raise ValidationError({"pasted": errors})
    return list(dict.fromkeys(words.found[text] for text in wanted))


def label(code: str, text: str) -> str:
    """Return how an entry is written in a field that people choose it by."""
    return f"{code} · {text}"


def find_words(texts: Iterable[str]) -> Words:
    """Return the entries that the texts mean: a label, a code, or any spelling. As many queries for one as for all."""
    wanted = list(dict.fromkeys(texts))
    codes = {text: text.split(" · ")[0].strip() for text in wanted}
    tried = set(codes.values()) | {code.lower() for code in codes.values()}
    by_code = {code.casefold(): pk for pk, code in Entry.objects.filter(code__in=tried).values_list("pk", "code")}
    found = {text: by_code[code.casefold()] for text, code in codes.items() if code.casefold() in by_code}
    lost = {}
    rest = [text for text in wanted if text not in found]
    if rest:
        rules = active_rules()
        keys = {key for text in rest for key in answer_keys(text, rules)}
        matcher = Matcher(_known_by_key(keys), pairs=_pairs(), rules=rules)
        for text in rest:
            match = matcher.text(text)
            if match.entry is None:
                lost[text] = match
            else:
                found[text] = match.entry
    return Words(found, lost)


def matcher_for(batch: UploadBatch, names: Iterable[str]) -> Matcher:
    """Return what finds the entries of the upload by file names, knowing which other words the names could mean."""
    rules = active_rules()
    known = _known(Entry.objects.filter(pk__in=batch.entries.values("entry")))
    mine = {one.pk for one in known}
    texts = {text for name in names for text in readings(split_name(name)[0])}
    keys = {key for text in texts for key in answer_keys(text, rules)}
    others = Entry.objects.filter(key__in=keys).values_list("pk", "text")
    return Matcher(known, pairs=_pairs(), others=[text for pk, text in others if pk not in mine], rules=rules)


def _pairs() -> list[tuple[str, str]]:
    return list(ProtectedPair.objects.values_list("form_a", "form_b"))


def _known_by_key(keys: set[str]) -> list[Known]:
    by_variant = Variant.objects.filter(key__in=keys).values("entry")
    return _known(Entry.objects.filter(key__in=keys) | Entry.objects.filter(pk__in=by_variant))


def _known(entries: QuerySet[Entry]) -> list[Known]:
    rows = list(entries.values_list("pk", "code", "text"))
    variants: dict[int, list[str]] = {}
    for pk, form in Variant.objects.filter(entry__in=entries).values_list("entry", "form"):
        variants.setdefault(pk, []).append(form)
    return [Known(pk, code, (text, *variants.get(pk, ()))) for pk, code, text in rows]
