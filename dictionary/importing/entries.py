"""Words and phrases as tables, in the columns of content/lexicon.csv and content/phrases.csv."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts.roles import ADMINISTRATORS, NATIVE_REVIEWERS
from media.models import Variety

from ..forms import words_of
from ..models import Entry, Gloss, ProtectedPair, SignOff, Source, TaughtEntry, Theme, Variant
from ..rows import PHRASE_COLUMNS, WORD_COLUMNS, entry_row, ordered, read_variant, split_cell, variants_cell
from ..spelling import plain
from .entry_columns import CHOICES, FIELDS, LONGEST, NEVER_EMPTY, SIGNED, columns_named
from .sheets import clean_text
from .tables import Cells, Draft, Kept, Table, asked, one_of, register


class _Entries(Table):
    """What words and phrases have in common."""

    model = Entry
    kind: ClassVar[str]
    permissions = ("dictionary.add_entry", "dictionary.change_entry")

    # --- out ------------------------------------------------------------------------------

    def listed(self, request: HttpRequest) -> QuerySet:
        from ..viewsets import EntryFilterSet

        found = EntryFilterSet(request.GET, queryset=Entry.objects.all(), request=request).qs
        if query := asked(request):
            found = found.filter(pk__in=Entry.objects.matching(query).order_by().values("pk"))
        return found.filter(kind=self.kind).order_by("code")

    def rows(self, things: QuerySet) -> Iterable[Cells]:
        return [kept.cells for kept in self._kept(things).values()]

    def current(self, keys: Iterable[str]) -> dict[str, Kept]:
        return self._kept(Entry.objects.filter(kind=self.kind, code__in=list(keys)))

    def _kept(self, entries: QuerySet) -> dict[str, Kept]:
        found = list(
            entries.select_related("variety", "theme", "source").prefetch_related("glosses", "variants__variety")
        )
        words = self._words_of([one.pk for one in found]) if self.kind == Entry.PHRASE else {}
        kept = {}
        for entry in found:
            cells = ordered(entry_row(entry, words.get(entry.pk, ())), self.names())
            cells = {column: clean_text(cell) for column, cell in cells.items()}
            kept[entry.code] = Kept(entry.pk, cells, entry, entry.text, {"reviewed_by": entry.reviewed_by_id})
        return kept

    @staticmethod
    def _words_of(phrases: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        links = Entry.words.through.objects.filter(from_entry__in=phrases).order_by("pk")
        for phrase, code in links.values_list("from_entry", "to_entry__code"):
            found[phrase].append(code)
        return found

    # --- in -------------------------------------------------------------------------------

    def blank(self) -> Cells:
        filled = {"confidence": "medium", "review_state": Entry.UNREVIEWED}
        return {column: filled.get(column, "") for column in self.names()}

    themes: dict[str, int]
    sources: dict[str, int]
    varieties: dict[str, int]

    def start(self, drafts: Sequence[Draft]) -> None:
        names: dict[str, dict[str, str]] = {"theme": {}, "source": {}, "variety": {}}
        self.themes, self.sources, self.varieties = {}, {}, {}
        for pk, key, *others in Theme.objects.values_list("pk", "key", "name_lv", "name_en"):
            self.themes[key] = pk
            names["theme"] |= {one.casefold(): key for one in (*others, key)}
        for pk, key, short in Source.objects.values_list("pk", "key", "short_name"):
            self.sources[key] = pk
            names["source"] |= {short.casefold(): key, key.casefold(): key}
        for pk, code, *others in Variety.objects.values_list("pk", "code", "name_lv", "name_en"):
            self.varieties[code] = pk
            names["variety"] |= {one.casefold(): code for one in (*others, code)}
        self.names_of = names
        codes = {code for draft in drafts for code in _codes(draft.cells.get("words", ""))}
        self.codes = dict(Entry.objects.filter(code__in=codes).values_list("code", "pk"))
        self.pairs: dict[str, set[str]] = defaultdict(set)
        for one, other in ProtectedPair.objects.values_list("form_a", "form_b"):
            self.pairs[plain(one)].add(plain(other))
            self.pairs[plain(other)].add(plain(one))
        new = {draft.cells["romani"] for draft in drafts if draft.before is None}
        kept = self._kept(Entry.objects.filter(kind=self.kind, text__in=new)) if new else {}
        known = [draft.before.pk for draft in drafts if draft.before is not None]
        self.signed = set(SignOff.objects.standing().filter(entry__in=known).values_list("entry", flat=True))
        self.there: dict[tuple[str, ...], Kept | None] = {_likeness(one.cells): one for one in kept.values()}

    def alike(self, cells: Cells) -> Kept | None:
        return self.there.get(_likeness(cells))

    def tidy(self, draft: Draft) -> None:
        cells = draft.cells
        for column in NEVER_EMPTY:
            if not cells[column]:
                cells[column] = "" if draft.before else self.blank()[column]
                if not cells[column]:
                    draft.refuse(column, _("This cell must not be empty."))
        for column in ("theme", "source", "variety"):
            self._name(draft, column)
        for column, choices in CHOICES.items():
            self._choose(draft, column, choices)
        if cells.get("words"):
            self._name_words(draft)
        if cells["variants"] and draft.is_new_in("variants"):
            self._tidy_variants(draft)
        self._tidy_signature(draft)
        self._tidy_day(draft)

    def _name(self, draft: Draft, column: str) -> None:
        cell = draft.cells[column]
        known = {"theme": self.themes, "source": self.sources, "variety": self.varieties}[column]
        if not cell or cell in known:
            return
        found = self.names_of[column].get(cell.casefold())
        if found is None:
            messages = {
                "theme": _("There is no theme “%(cell)s”."),
                "source": _("There is no source “%(cell)s”."),
                "variety": _("There is no variety “%(cell)s”."),
            }
            draft.refuse(column, messages[column] % {"cell": cell})
        else:
            draft.cells[column] = found

    def _choose(self, draft: Draft, column: str, choices: Sequence[tuple[str, Any]]) -> None:
        cell = draft.cells.get(column, "")
        if not cell or not draft.is_new_in(column):
            return
        found = one_of(cell, {str(text).casefold(): key for key, label in choices for text in (label, key)})
        if found is None:
            message = _("“%(cell)s” is not known here; known are: %(known)s.")
            draft.refuse(column, message % {"cell": cell, "known": ", ".join(key for key, _label in choices)})
        else:
            draft.cells[column] = found

    def _name_words(self, draft: Draft) -> None:
        codes = _codes(draft.cells["words"])
        draft.cells["words"] = " ".join(codes)
        for code in codes:
            if code not in self.codes:
                draft.refuse("words", _("There is no entry with the code “%(code)s”.") % {"code": code})
                return

    def _tidy_variants(self, draft: Draft) -> None:
        texts = []
        for text in split_cell(draft.cells["variants"]):
            try:
                one = read_variant(text)
            except ValueError:
                message = _("In “%(text)s” the day is missing after native_reviewer, such as 2027-05-28.")
                draft.refuse("variants", message % {"text": text})
                return
            if one.variety and one.variety not in self.varieties:
                draft.refuse("variants", _("There is no variety “%(cell)s”.") % {"cell": one.variety})
                return
            facts = [fact for fact in (one.variety, one.origin, one.told_on and one.told_on.isoformat()) if fact]
            texts.append(f"{one.form} [{', '.join(facts)}]" if facts else one.form)
        draft.cells["variants"] = "; ".join(dict.fromkeys(texts))

    def _tidy_signature(self, draft: Draft) -> None:
        """Let the plan say what saving does: a signature holds until what was signed changes, whatever a table says."""
        before = draft.before
        if before is None or before.cells["review_state"] != Entry.REVIEWED:
            return
        if any(draft.is_new_in(column) for column in SIGNED):
            if not draft.is_new_in("review_state") and not draft.is_new_in("reviewed_on"):
                draft.cells["review_state"] = Entry.UNREVIEWED
        elif before.pk in self.signed:
            draft.cells |= {column: before.cells[column] for column in ("review_state", "reviewed_on")}

    @staticmethod
    def _tidy_day(draft: Draft) -> None:
        cells = draft.cells
        if cells["review_state"] == Entry.UNREVIEWED:
            cells["reviewed_on"] = ""
        elif not cells["reviewed_on"]:
            cells["reviewed_on"] = timezone.localdate().isoformat()
        elif draft.is_new_in("reviewed_on"):
            day = _day(cells["reviewed_on"])
            if day is None or day > timezone.localdate():
                draft.refuse("reviewed_on", _("Write a day that has been, such as 2027-05-28."))
            else:
                cells["reviewed_on"] = day.isoformat()

    def check(self, draft: Draft) -> None:
        cells = draft.cells
        for column, most in LONGEST.items():
            if len(cells.get(column, "")) > most:
                draft.refuse(column, _("At most %(most)d characters.") % {"most": most})
        for column in ("romani", "variants", "latvian", "english"):
            if "\n" in cells[column]:
                draft.refuse(column, _("Write it in one line."))
        if not cells["latvian"] and not cells["english"]:
            draft.refuse("latvian", _("Write a meaning, in Latvian or in English."))
        self._check_variants(draft)
        if not self.is_reviewer and cells["review_state"] == Entry.REVIEWED:
            for column in ("review_state", "reviewed_on"):
                if draft.is_new_in(column):
                    draft.refuse(column, _("Only a native reviewer or an administrator can say that it is reviewed."))
                    break
        if draft.before is None:
            self._check_new(draft)

    def _check_new(self, draft: Draft) -> None:
        like = _likeness(draft.cells)
        if kept := self.there.get(like):
            message = _("This is here already. To change it, write its code %(code)s into the column “id”.")
            draft.refuse("romani", message % {"code": kept.cells["id"]})
        elif like in self.there:
            draft.refuse("romani", _("The same row stands in this table twice."))
        elif not draft.problems:
            self.there[like] = None

    def _check_variants(self, draft: Draft) -> None:
        if not draft.is_new_in("variants") and not draft.is_new_in("romani"):
            return
        told = set(split_cell(draft.before.cells["variants"])) if draft.before else set()
        for text in split_cell(draft.cells["variants"]):
            one = read_variant(text)
            if not one.form or len(one.form) > 120:
                draft.refuse("variants", _("Write each form with at most %(most)d characters.") % {"most": 120})
            elif plain(one.form) in self.pairs.get(plain(draft.cells["romani"]), ()):
                message = _("“%(form)s” is protected: it must never be taken for “%(word)s”.")
                draft.refuse("variants", message % {"form": one.form, "word": draft.cells["romani"]})
            elif one.origin and text not in told and not self.is_reviewer:
                draft.refuse(
                    "variants", _("Only a native reviewer or an administrator can bring in what a reviewer told.")
                )

    @property
    def is_reviewer(self) -> bool:
        if not hasattr(self, "_is_reviewer"):
            groups = self.user.groups.filter(name__in=[NATIVE_REVIEWERS, ADMINISTRATORS])
            self._is_reviewer = self.user.is_superuser or groups.exists()
        return self._is_reviewer

    # --- writing --------------------------------------------------------------------------

    def create(self, cells: Cells) -> Kept:
        entry = Entry(kind=self.kind, code=self._new_code())
        self._fill(entry, cells, self.blank())
        log(instance=entry, action="wagtail.create", user=self.user)
        return self._written(entry.pk)

    def update(self, kept: Kept, cells: Cells) -> Kept:
        entry = Entry.objects.get(pk=kept.pk)
        self._fill(entry, cells, kept.cells)
        return self._written(entry.pk)

    def restore(self, kept: Kept, cells: Cells, extra: dict[str, Any]) -> None:
        self.update(kept, cells)
        # Who takes a table back has reviewed nothing by that.
        if cells["review_state"] == Entry.REVIEWED and kept.cells["review_state"] != Entry.REVIEWED:
            by = get_user_model().objects.filter(pk=extra.get("reviewed_by") or 0).first()
            Entry.objects.filter(pk=kept.pk).update(reviewed_by=by)

    def _written(self, pk: int) -> Kept:
        (kept,) = self._kept(Entry.objects.filter(pk=pk)).values()
        return kept

    def _new_code(self) -> str:
        """Return the next free code; the number is looked up once for all new rows."""
        last = getattr(self, "_last_code", None)
        self._last_code = Entry._next_code() if last is None else f"e{int(last[1:]) + 1:05d}"
        return self._last_code

    def _fill(self, entry: Entry, cells: Cells, old: Cells) -> None:
        is_new = entry.pk is None
        changed = {column for column in cells if is_new or cells[column] != old.get(column, "")}
        for column in changed & set(FIELDS):
            setattr(entry, FIELDS[column], cells[column])
        if "theme" in changed:
            entry.theme_id = self.themes[cells["theme"]]
        if "variety" in changed:
            entry.variety_id = self.varieties[cells["variety"]]
        if "source" in changed:
            entry.source_id = self.sources[cells["source"]] if cells["source"] else None
        if changed & {"review_state", "reviewed_on"}:
            is_reviewed = cells["review_state"] == Entry.REVIEWED
            entry.reviewed_on = date.fromisoformat(cells["reviewed_on"]) if is_reviewed else None
            entry.reviewed_by = self.user if is_reviewed else None
        for language, column in (("lv", "latvian"), ("en", "english")):
            if column in changed:
                _set_gloss(entry, language, cells[column])
        if "variants" in changed:
            self._set_variants(entry, cells["variants"])
        entry.save()
        if "words" in changed:
            self._set_words(entry, cells["words"], is_new)
        entry.save_revision(user=self.user, clean=False, log_action=not is_new)

    def _set_variants(self, entry: Entry, cell: str) -> None:
        there = {variants_cell([one]): one for one in entry.variants.all()} if entry.pk else {}
        entry.variants = [there.get(text) or self._variant(text) for text in split_cell(cell)]

    def _variant(self, text: str) -> Variant:
        one = read_variant(text)
        variety = self.varieties[one.variety] if one.variety else None
        return Variant(form=one.form, variety_id=variety, origin=one.origin, told_on=one.told_on)

    def _set_words(self, entry: Entry, cell: str, is_new: bool) -> None:
        links = Entry.words.through
        words = [self.codes[code] for code in cell.split()]
        if is_new and not words:
            words = [one.pk for one in words_of(entry.text)]
        links.objects.filter(from_entry=entry).delete()
        # By hand, because what the field itself adds has no order.
        links.objects.bulk_create([links(from_entry_id=entry.pk, to_entry_id=pk) for pk in dict.fromkeys(words)])

    def undoable(self, things: Sequence[Any]) -> dict[int, str]:
        own = [one.pk for one in things]
        held = super().undoable(things)
        taught = TaughtEntry.objects.filter(entry__in=own).values_list("entry", flat=True)
        phrases = Entry.words.through.objects.filter(to_entry__in=own).exclude(from_entry__in=own)
        heard = [one.pk for one in things if one.recording_id]
        used = {*taught, *phrases.values_list("to_entry", flat=True), *heard}
        return held | dict.fromkeys(used, _("It is used by now."))


def _likeness(cells: Cells) -> tuple[str, ...]:
    """Return what makes two rows the same word."""
    return cells["romani"], cells["variety"], cells["latvian"] or cells["english"]


def _codes(cell: str) -> list[str]:
    return list(dict.fromkeys(re.split(r"[\s;,]+", cell.strip()))) if cell.strip() else []


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y."):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _set_gloss(entry: Entry, language: str, text: str) -> None:
    rest = [one for one in entry.glosses.all() if one.language != language] if entry.pk or entry.glosses.count() else []
    there = next((one for one in entry.glosses.all() if one.language == language), None) or Gloss(language=language)
    there.text = text
    entry.glosses = [*rest, there] if text else rest


@register
class Words(_Entries):
    name = "words"
    kind = Entry.WORD
    title = gettext_lazy("Words as a table")
    columns = columns_named(WORD_COLUMNS)


@register
class Phrases(_Entries):
    name = "phrases"
    kind = Entry.PHRASE
    title = gettext_lazy("Phrases as a table")
    columns = columns_named([*PHRASE_COLUMNS[:2], "variants", *PHRASE_COLUMNS[2:]])
