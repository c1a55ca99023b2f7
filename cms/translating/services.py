"""Keep the record of how far translations have come, and bring them level.

The source of a translation is the page with the same translation key in the default language. What counts there is
what is published; of the translation its latest draft is worked on, and its published version is what can be behind.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.models import Locale, Page

from cms.models import TranslationState

from .compare import Group, compare, texts_of
from .merging import Merger
from .shape import Reference, digest, put_raw, raw_of, shape_of, without_texts

TAKEN_OVER, LEVEL = "cms.translation.take_over", "cms.translation.level"


@dataclass
class Standing:
    """A translation beside its source: what is still to be done. `state` is None where nothing was recorded yet."""

    page: Page
    source: Page
    here: Page
    state: TranslationState | None
    groups: list[Group] = field(default_factory=list)

    @property
    def open(self) -> list[Group]:
        return [group for group in self.groups if not group.is_done]

    @cached_property
    def seen(self) -> str:
        """Name what the source says now, so that nobody vouches for what came after the look."""
        return digest(repr(raw_of(self.source)))


def is_source(page: Page) -> bool:
    return bool(page.locale.language_code == settings.LANGUAGE_CODE)


def source_of(page: Page) -> Page | None:
    """Return the page that this one is a translation of, as it is published; None if it is no translation."""
    if page.alias_of_id or is_source(page):
        return None
    pages = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    source = pages.select_related("locale").first()
    source = source.specific if source is not None else None
    return source if type(source) is page.specific_class else None


def latest(page: Page) -> Page:
    """Return the newest draft of a page."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page.specific


def standing(page: Page, here: Page | None = None) -> Standing | None:
    """Return how a translation stands to its source, by its newest draft; None for a page without a source.

    A fixed number of queries, however long the page.
    """
    source = source_of(page)
    if source is None:
        return None
    state = TranslationState.objects.filter(page_id=page.pk).select_related("leveled_by").first()
    found = Standing(page, source, here or latest(page), state)
    if state is not None:
        found.groups = _groups(state, source, found.here)
    return found


def _groups(state: TranslationState, source: Page, here: Page) -> list[Group]:
    return compare(
        shape_of(type(source)), state.baseline, raw_of(source), raw_of(here), state.notes, localizer(source, here)
    )


def localizer(source: Page, here: Page) -> Callable[[Any, Any], Any]:
    """Return a function that gives for a shared value the translation's own: of a page, the page in its language."""
    named = _pages_named(raw_of(source))
    twins: dict[int, int] = {}
    if named:
        keys = dict(Page.objects.filter(pk__in=named).values_list("translation_key", "pk"))
        there = Page.objects.filter(translation_key__in=keys, locale_id=here.locale_id)
        twins = {keys[key]: pk for key, pk in there.values_list("translation_key", "pk")}

    def localize(block: Any, value: Any) -> Any:
        of_pages = isinstance(block, blocks.PageChooserBlock | Reference) and issubclass(block.model_class, Page)
        return twins.get(value, value) if of_pages and isinstance(value, int) else value

    return localize


def _pages_named(value: Any) -> set[int]:
    """Return every number that a field of the name of a page holds: more than are pages, and that does no harm."""
    if isinstance(value, dict):
        own = {one for name, one in value.items() if type(one) is int and name.endswith("page")}
        return own.union(*(_pages_named(one) for one in value.values()))
    return set().union(*(_pages_named(one) for one in value)) if isinstance(value, list) else set()


# --- what is recorded -----------------------------------------------------------------------


def start(page: Page) -> None:
    """Note that a page was made as a copy of its source: its texts wait to be translated."""
    source = source_of(page)
    if source is None:
        return
    baseline = without_texts(shape_of(type(source)), raw_of(source))
    state, _made = TranslationState.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "baseline": baseline,
            # Of a copy from a third language, too: translated is what is no longer as it was copied.
            "notes": {"level": _digests(source, page)},
            "is_new": True,
            "leveled_at": None,
            "leveled_by": None,
        },
    )
    _count(state, _groups(state, source, page))


def remember_source(page: Page) -> None:
    """Before a source changes: note for translations without a record that they are level with what it says so far."""
    waiting = Page.objects.filter(translation_key=page.translation_key, translation_state=None, alias_of=None)
    translations = list(waiting.exclude(pk=page.pk).exclude(locale__language_code=settings.LANGUAGE_CODE).specific())
    if not translations or not is_source(page):
        return
    so_far = type(page).objects.filter(pk=page.pk).first()
    if so_far is not None:
        _record([(so_far, one) for one in translations if type(one) is type(so_far)], at=None)


def level_loaded(keys: Iterable[tuple[Any, str]]) -> None:
    """Note that translations are level with their sources as they are now: pairs of translation key and language.

    A fixed number of queries for all of them.
    """
    wanted = {(str(key), language) for key, language in keys if language != settings.LANGUAGE_CODE}
    if not wanted:
        return
    found = Page.objects.filter(translation_key__in={key for key, _language in wanted}, alias_of=None)
    by_key: dict[str, dict[str, Page]] = {}
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    for page in found.specific():
        by_key.setdefault(str(page.translation_key), {})[codes[page.locale_id]] = page
    pairs = [
        (by_key[key][settings.LANGUAGE_CODE], by_key[key][language])
        for key, language in sorted(wanted)
        if {settings.LANGUAGE_CODE, language} <= set(by_key.get(key, {}))
    ]
    _record([pair for pair in pairs if type(pair[0]) is type(pair[1])], at=timezone.now())


def _record(pairs: Sequence[tuple[Page, Page]], *, at: Any, user: Any = None) -> None:
    states = [
        TranslationState(
            page_id=here.pk,
            baseline=raw_of(source),
            notes={"level": _digests(source, here)},
            leveled_at=at,
            leveled_by=user,
        )
        for source, here in pairs
    ]
    TranslationState.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["baseline", "notes", "is_new", "behind", "behind_since", "leveled_at", "leveled_by"],
        batch_size=50,
    )


def _digests(source: Page, here: Page) -> dict[str, str]:
    texts = texts_of(shape_of(type(source)), raw_of(source), raw_of(here))
    return {path: digest(own) for path, (_text, own) in texts.items()}


def _count(state: TranslationState, groups: Sequence[Group]) -> None:
    """Write down how many places are behind, and since when."""
    state.behind = sum(not group.is_done for group in groups)
    if not state.behind:
        state.behind_since = None
    elif state.behind_since is None:
        state.behind_since = timezone.now()
    state.save()


# --- what happens to pages ------------------------------------------------------------------


def source_published(source: Page) -> None:
    """Find out for every translation of a page that was just published whether it is behind now."""
    states = TranslationState.objects.filter(page__translation_key=source.translation_key, page__alias_of=None)
    for state in states.exclude(page_id=source.pk).select_related("page__locale"):
        page = state.page.specific
        if type(page) is not type(source):
            continue
        _note_changes(state, source, latest(page))
        _count(state, _groups(state, source, page if page.live else latest(page)))


def _note_changes(state: TranslationState, source: Page, here: Page) -> None:
    """Remember of each text that the source has changed what the translation said when that happened."""
    shape, now = shape_of(type(source)), raw_of(source)
    before = {path: text for path, (text, _own) in texts_of(shape, state.baseline, {}).items()}
    known = state.notes.get("change", {})
    change = {}
    for path, (text, own) in texts_of(shape, now, raw_of(here)).items():
        if path in before and digest(before[path]) == digest(text):
            continue
        came = digest(text)
        change[path] = known[path] if known.get(path, [""])[0] == came else [came, digest(own)]
    state.notes = {**state.notes, "change": change}


def translation_published(page: Page, user: Any = None) -> None:
    """A translation was published: it is level if nothing is left to be done."""
    state = TranslationState.objects.filter(page_id=page.pk).first()
    source = source_of(page) if state is not None else None
    if state is None or source is None:
        return
    groups = _groups(state, source, page)
    if all(group.is_done for group in groups) and (groups or state.is_new or state.behind):
        _record([(source, page)], at=timezone.now(), user=user)
    else:
        _count(state, groups)


def source_deleted(translation_key: Any) -> None:
    """Without a source no translation is behind."""
    states = TranslationState.objects.filter(page__translation_key=translation_key, behind__gt=0)
    states.update(behind=0, behind_since=None)


# --- what people do -------------------------------------------------------------------------


@transaction.atomic
def take_over(*, page: Page, user: Any) -> bool:
    """Save a draft of a translation in which all that is not explanation is as in its source; say whether it changed.

    Starts from the newest draft, whoever made it, and never touches a text that somebody wrote in the translation.
    Raises ValidationError where there is nothing to take over from.
    """
    Page.objects.select_for_update().filter(pk=page.pk).first()
    found = standing(page.specific_class.objects.get(pk=page.pk))
    if found is None:
        raise ValidationError(_("This page has no original to be compared with."))
    if found.state is None:
        return False
    here, shape = found.here, shape_of(type(found.source))
    now = raw_of(here)
    merged = Merger(found.state.notes, localizer(found.source, here)).page(
        shape, found.state.baseline, raw_of(found.source), now
    )
    if merged == now:
        return False
    put_raw(here, merged)
    # A draft may lack what a published page must have; its author is told when publishing.
    here.save_revision(user=user, log_action=TAKEN_OVER, clean=False)
    return True


@transaction.atomic
def bring_level(*, page: Page, user: Any, seen: str) -> None:
    """Note that somebody says that a translation, as its newest draft has it, is level with its source.

    Raises ValidationError if the source was published again since they looked.
    """
    from wagtail.log_actions import log

    found = standing(page)
    if found is None:
        raise ValidationError(_("This page has no original to be compared with."))
    if found.seen != seen:
        raise ValidationError(_("The original was published again meanwhile. Please look at what changed."))
    _record([(found.source, found.here)], at=timezone.now(), user=user)
    log(instance=page, action=LEVEL, user=user)
