"""The reviewers' queue of words: which comes next, what it may be narrowed to, how far it has come.

What a statement means for a word stands in `dictionary.reviewing`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from cms.commenting import comments_on
from cms.scopes import AddressScope, row_named
from dictionary.find import taught_pages
from dictionary.models import Entry, Form, PassedOver, SignOff, TaughtEntry, Theme
from dictionary.querysets import EntryQuerySet
from media.models import Variety

OFFERED = 100
UNDO_FOR = timedelta(hours=1)
FEW = 3
SAID = 5


@dataclass(frozen=True)
class Scope(AddressScope):
    """Which words a reviewer has chosen to go through. Left alone: all that nobody has signed yet."""

    lesson: Page | None = None
    theme: Theme | None = None
    variety: Variety | None = None
    taught: bool = False
    signed: bool = False
    """Also what other reviewers have signed already."""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the scope that a query string names. Raises `Http404` where it names what is not there."""
        return cls(
            _lesson(query.get("lesson")),
            row_named(Theme.objects.all(), "key", query.get("theme")),
            row_named(Variety.objects.all(), "code", query.get("variety")),
            query.get("taught") == "1",
            query.get("signed") == "1",
        )

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        if self.lesson:
            taught = TaughtEntry.objects.filter(page_key=self.lesson.translation_key)
            entries = entries.filter(pk__in=taught.values("entry"))
        if self.theme:
            entries = entries.filter(theme=self.theme)
        if self.variety:
            entries = entries.filter(variety=self.variety)
        if self.taught:
            entries = entries.filter(pk__in=TaughtEntry.objects.values("entry"))
        return entries

    @property
    def fields(self) -> dict[str, str]:
        """Return what a form or an address must carry to stay in this scope."""
        found = {
            "lesson": self.lesson and str(self.lesson.translation_key),
            "theme": self.theme and self.theme.key,
            "variety": self.variety and self.variety.code,
            "taught": "1" if self.taught else "",
            "signed": "1" if self.signed else "",
        }
        return {name: value for name, value in found.items() if value}


def _lesson(value: str | None) -> Page | None:
    if not value:
        return None
    try:
        found = _pages().filter(translation_key=UUID(value)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _pages() -> Any:
    return Page.objects.live().filter(locale__language_code=get_language() or "lv").order_by("path")


@dataclass(frozen=True)
class Offered:
    """What the queue may be narrowed to; each list is bounded."""

    lessons: list[Page]
    themes: list[Theme]
    varieties: list[Variety]


def offered() -> Offered:
    """Return the lessons that teach words, the themes and the varieties of words."""
    lessons = _pages().filter(translation_key__in=TaughtEntry.objects.values("page_key"))
    varieties = Variety.objects.filter(pk__in=Entry.objects.order_by().values("variety"))
    return Offered(list(lessons[:OFFERED]), list(Theme.objects.all()[:OFFERED]), list(varieties[:OFFERED]))


def words_for(user: Any, scope: Scope) -> EntryQuerySet:
    """Return what this reviewer may be asked: what is not signed, what they have not spoken about as it stands, and
    what they have not passed over today."""
    spoken = SignOff.objects.valid().filter(by=user).values("entry")
    words = scope.narrow(Entry.objects.all()).exclude(pk__in=spoken).exclude(pk__in=passed_today(user).values("entry"))
    return words if scope.signed else words.filter(review_state=Entry.UNREVIEWED)


def passed_today(user: Any) -> Any:
    return PassedOver.objects.filter(user=user, day=timezone.localdate())


def next_word(user: Any, scope: Scope) -> Entry | None:
    """Return the word to be looked at next: what the course teaches first, in its order, then all others."""
    words = words_for(user, scope)
    taught = set(words.filter(pk__in=TaughtEntry.objects.values("entry")).order_by().values_list("pk", flat=True))
    first = next((pk for pk in course_order(scope) if pk in taught), None) if taught else None
    return words.filter(pk=first).first() if first else words.order_by("folded_text", "code").first()


def course_order(scope: Scope) -> list[int]:
    """Return the words that lessons teach, as learners meet them; two queries."""
    taught = TaughtEntry.objects.all()
    if scope.lesson:
        taught = taught.filter(page_key=scope.lesson.translation_key)
    pages = Page.objects.live().filter(translation_key__in=taught.values("page_key")).order_by("-path")
    place = dict(pages.values_list("translation_key", "path"))  # of the pages in several languages the first
    rows = [(place.get(key, "~"), position, pk) for key, position, pk in taught.values_list(*ROW)]
    return list(dict.fromkeys(pk for _path, _position, pk in sorted(rows)))


ROW = ("page_key", "position", "entry")


@dataclass(frozen=True)
class Progress:
    """How far it has come: what this reviewer said today, and of how many words somebody has signed how many."""

    today: int
    signed: int
    whole: int


def progress(user: Any, scope: Scope) -> Progress:
    words = scope.narrow(Entry.objects.all())
    mine = SignOff.objects.filter(by=user, taken_back_at=None, signed_on=timezone.localdate())
    return Progress(mine.count(), words.filter(review_state=Entry.REVIEWED).count(), words.count())


def waiting_count(user: Any) -> int:
    return words_for(user, Scope()).count()


@dataclass(frozen=True)
class Last:
    """What a reviewer did last, within the hour, and may take back."""

    entry: Entry
    sign_off: SignOff | None = None


def last_act(user: Any) -> Last | None:
    """Return the last word about which this reviewer said something, or which they passed over."""
    since = timezone.now() - UNDO_FOR
    said = SignOff.objects.filter(by=user, taken_back_at=None, outcome="", created_at__gte=since)
    last = said.select_related("entry").first()
    passed = passed_today(user).filter(at__gte=since).select_related("entry").order_by("-at").first()
    if passed is not None and (last is None or passed.at > last.created_at):
        return Last(passed.entry)
    return Last(last.entry, last) if last is not None else None


def for_looking(code: str) -> Entry:
    """Return the entry with what its card shows. Raises `Http404` where there is none."""
    forms = Prefetch("forms", Form.objects.filter(attested=Form.YES), to_attr="attested_forms")
    entry = Entry.objects.for_display().prefetch_related(forms).filter(code=code[:20].replace("\x00", "")).first()
    if entry is None:
        raise Http404
    return entry


def around(entry: Entry, user: Any) -> dict[str, Any]:
    """Return what stands beside the word on its card; each list is bounded, the number of queries fixed."""
    valid = SignOff.objects.valid().filter(entry=entry).select_related("form_variety", "variety", "comment")
    phrases = Entry.objects.filter(words=entry.pk).prefetch_related("glosses").order_by("folded_text")
    comments = comments_on(entry).filter(resolved_at=None).order_by("-created_at")
    said = list(valid[: SAID + 1])
    return {
        "glosses": {gloss.language: gloss.text for gloss in entry.glosses.all()},
        "mine": next((one for one in said if one.by_id == user.pk), None) or valid.filter(by=user).first(),
        "said": [one for one in said if one.by_id != user.pk][:SAID],
        "comments": list(comments[:SAID]),
        "phrases": list(phrases[:FEW]),
        "taught": taught_pages(entry)[:FEW],
    }
