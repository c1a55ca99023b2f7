"""The dictionary's tables: themes, sources, entries with their forms, protected pairs."""

from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from modelsearch.backends import get_search_backend
from wagtail.models import ReferenceIndex

from dictionary.importing.entry_columns import SIGNED
from dictionary.models import (
    Entry,
    Form,
    Gloss,
    SignOff,
    Source,
    Theme,
    Variant,
    index_entries,
)
from dictionary.rows import PHRASE_COLUMNS, WORD_COLUMNS, entry_row, read_variant, split_cell
from dictionary.spelling import key as spelling_key
from dictionary.spelling import search_fold
from media.models import Variety

from .codec import complaint
from .files import CourseFileError, Row, read_csv, write_csv
from .images import pictured
from .refs import Refs
from .sync import Data

FORM_COLUMNS = ["form", "lemma_id", "features", "evidence", "source_ref", "attested"]
FIELDS = {
    "romani": "text", "pos": "part_of_speech", "gender": "gender", "romlex_form": "source_form",
    "situation": "situation", "source_ref": "source_ref", "confidence": "confidence", "review_state": "review_state",
    "reviewed_on": "reviewed_on",
}  # fmt: skip
"""Columns whose cells a field of the entry holds as they are."""
DEFAULTS = {"review_state": Entry.UNREVIEWED, "reviewed_on": None}
LATER = {"review_state", "reviewed_on", "note"}
"""Columns that a table may lack."""


class Entries:
    """Words and phrases: lexicon.csv and phrases.csv, with the forms of forms.csv."""

    name = "entry"

    def __init__(self, refs: Refs) -> None:
        self.refs = refs
        self.rows: dict[str, Row] = {}
        self._links: dict[int, list[int]] | None = None

    def read(self, root: Path) -> dict[str, Data]:
        forms: dict[str, list[Data]] = defaultdict(list)
        lines: dict[str, Row] = {}
        for row in read_csv(root / "forms.csv", FORM_COLUMNS):
            lines.setdefault(row["lemma_id"], row)
            forms[row["lemma_id"]].append({column: row[column] for column in FORM_COLUMNS if column != "lemma_id"})
        images = pictured(root)
        found: dict[str, Data] = {}
        for kind, file, columns in (("word", "lexicon.csv", WORD_COLUMNS), ("phrase", "phrases.csv", PHRASE_COLUMNS)):
            for row in read_csv(root / file, set(columns) - LATER):
                self._take(row)
                data = {column: row.get(column) or "" for column in columns}
                data["review_state"] = data["review_state"] or Entry.UNREVIEWED
                if row.get("variants"):
                    data["variants"] = row["variants"]
                if row["id"] in images:
                    data["image"] = images.pop(row["id"])
                found[row["id"]] = data | {"kind": kind, "forms": forms.pop(row["id"], [])}
        if forms:
            code = next(iter(forms))
            raise CourseFileError(f"{lines[code].at('lemma_id')}: there is no entry {code!r}")
        self._check_words(found)
        if images:
            raise CourseFileError(f"{root / 'images' / 'images.csv'}: there is no entry {next(iter(images))!r}")
        return found

    def _take(self, row: Row) -> None:
        """Remember where a row stands; refuse one that no entry can hold."""
        if not row["id"]:
            raise CourseFileError(f"{row.at('id')}: an entry needs an id")
        if row["id"] in self.rows:
            first = self.rows[row["id"]]
            raise CourseFileError(f"{row.at('id')}: {row['id']!r} stands in {first.at()} already")
        self.rows[row["id"]] = row
        for column, name in FIELDS.items():
            try:
                if column in row:
                    Entry._meta.get_field(name).clean(row[column] or DEFAULTS.get(column, ""), None)
            except ValidationError as error:
                raise CourseFileError(f"{row.at(column)}: {complaint(error)}") from error

    def _check_words(self, found: dict[str, Data]) -> None:
        for code, data in found.items():
            for word in data.get("words", "").split():
                if word not in found and word not in self.refs.to_pk["entry"]:
                    raise CourseFileError(f"{self.rows[code].at('words')}: there is no entry {word!r}")

    def current(self) -> dict[str, tuple[Any, Data]]:
        self._links = None
        entries = Entry.objects.select_related("variety", "theme", "source").prefetch_related(
            "glosses", "variants__variety", "forms"
        )
        return {entry.code: (entry, self._data(entry)) for entry in entries.order_by("code")}

    def _data(self, entry: Entry) -> Data:
        is_phrase = entry.kind == Entry.PHRASE
        codes = [self.refs.key("entry", pk) for pk in self._words_of(entry)] if is_phrase else []
        data = entry_row(entry, codes) | {"kind": entry.kind, "forms": [_form_data(form) for form in entry.forms.all()]}
        if is_phrase and not data["variants"]:
            del data["variants"]
        # Only where there is one: what was loaded before there were pictures still counts as unchanged.
        if entry.image_id and (image := self.refs.key("image", entry.image_id)):
            data["image"] = image
        return data

    def _words_of(self, entry: Entry) -> list[int]:
        """Return a phrase's words in the order in which they were entered."""
        if self._links is None:
            self._links = defaultdict(list)
            for row in Entry.words.through.objects.order_by("pk"):
                self._links[row.from_entry_id].append(row.to_entry_id)
        return self._links[entry.pk]

    def create(self, items: dict[str, Data]) -> None:
        if not items:
            return
        tables = _Tables()
        entries = [self._entry(Entry(code=code), data, tables) for code, data in items.items()]
        for entry, data in zip(entries, items.values(), strict=True):
            entry.key, entry.folded_text, entry.folded = (
                spelling_key(entry.text),
                search_fold(entry.text),
                _folded(data),
            )
        Entry.objects.bulk_create(entries, batch_size=300)
        for entry in entries:
            self.refs.add("entry", entry.code, entry.pk)
        self._create_parts({entry.pk: items[entry.code] for entry in entries}, tables)
        made = Entry.objects.prefetch_related("glosses", "variants")
        for start in range(0, len(entries), 500):
            index_entries(made.filter(pk__in=[entry.pk for entry in entries[start : start + 500]]))
        get_search_backend().add_bulk(Entry, list(Entry.objects.filter(code__in=items)))
        # Made in bulk they are announced nowhere; whoever deletes a picture is told which words show it.
        for entry in made.filter(pk__in=[entry.pk for entry in entries]).exclude(image=None):
            ReferenceIndex.create_or_update_for_object(entry)

    def _entry(self, entry: Entry, data: Data, tables: "_Tables") -> Entry:
        entry.kind, entry.text = data["kind"], data["romani"]
        entry.part_of_speech, entry.gender = data.get("pos", ""), data.get("gender", "")
        entry.source_form, entry.situation = data.get("romlex_form", ""), data.get("situation", "")
        entry.theme_id = tables.pk("theme", data["theme"], self._place(data, "theme"))
        entry.variety_id = tables.pk("variety", data["variety"], self._place(data, "variety"))
        source = data["source"]
        entry.source_id = tables.pk("source", source, self._place(data, "source")) if source else None
        entry.source_ref, entry.confidence = data["source_ref"], data["confidence"]
        entry.review_state, entry.reviewed_on = data["review_state"], data["reviewed_on"] or None
        entry.note, entry.image_id = data["note"], self._image(data)
        return entry

    def _place(self, data: Data, column: str) -> str:
        """Return where a cell stands in the files, as the beginning of a message."""
        row = self.rows.get(data["id"])
        return row.at(column) if row else f"entry {data['id']}"

    def _image(self, data: Data) -> int | None:
        """Return the entry's own picture; one that was deleted in the CMS stays deleted."""
        pk = self.refs.pk("image", data["image"]) if "image" in data else None
        return pk if pk and pk > 0 else None

    def _create_parts(self, by_pk: dict[int, Data], tables: "_Tables") -> None:
        glosses, variants, forms, links = [], [], [], []
        for pk, data in by_pk.items():
            for language, column in (("lv", "latvian"), ("en", "english")):
                if data[column]:
                    glosses.append(Gloss(entry_id=pk, language=language, text=data[column]))
            place = self._place(data, "variants")
            variants += [_variant(pk, text, tables, place) for text in split_cell(data.get("variants", ""))]
            forms += [_form(pk, form) for form in data["forms"]]
            words = [self.refs.pk("entry", code) for code in data.get("words", "").split()]
            links += [Entry.words.through(from_entry_id=pk, to_entry_id=word) for word in words]
        Gloss.objects.bulk_create(glosses, batch_size=500)
        Variant.objects.bulk_create(variants, batch_size=500)
        Form.objects.bulk_create(forms, batch_size=500)
        Entry.words.through.objects.bulk_create(links, batch_size=500)

    def as_filed(self, key: str, now: Data, data: Data) -> Data:
        """Return what the database says, without a review that was signed on the site: it makes no difference between
        the two. `Entry.save` lets it hold, whatever the files say, until what was signed changes.
        """
        if key not in self.signed:
            return now
        return now | {column: data[column] for column in ("review_state", "reviewed_on")}

    @cached_property
    def signed(self) -> set[str]:
        return set(SignOff.objects.standing().values_list("entry__code", flat=True))

    def update(self, key: str, thing: Entry, data: Data) -> None:
        tables = _Tables()
        was = self._data(thing)
        is_new_review = data["reviewed_on"] != was["reviewed_on"]
        if thing.is_reviewed and not is_new_review and any(was[column] != data[column] for column in SIGNED):
            data = data | {"review_state": Entry.UNREVIEWED, "reviewed_on": ""}
        for parts in (thing.glosses, thing.variants, thing.forms):
            parts.model.objects.filter(entry=thing).delete()
        Entry.words.through.objects.filter(from_entry=thing).delete()
        self._create_parts({thing.pk: data}, tables)
        fresh = self._entry(Entry.objects.get(pk=thing.pk), data, tables)
        fresh.save()

    def write(self, root: Path, items: dict[str, Data]) -> None:
        for kind, file, columns in (("word", "lexicon.csv", WORD_COLUMNS), ("phrase", "phrases.csv", PHRASE_COLUMNS)):
            rows = [data for data in items.values() if data["kind"] == kind]
            # No source lists a variant of a phrase; the column stands there once a reviewer has told one.
            if "variants" not in columns and any("variants" in row for row in rows):
                columns = [*columns, "variants"]
            write_csv(root / file, columns, [{column: row.get(column, "") for column in columns} for row in rows])
        write_csv(
            root / "forms.csv",
            FORM_COLUMNS,
            [{"lemma_id": code, **form} for code, data in items.items() for form in data["forms"]],
        )

    def object_id(self, key: str) -> str:
        return key


class _Tables:
    """Primary keys of the small tables."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, int]] = {
            "theme": dict(Theme.objects.values_list("key", "pk")),
            "source": dict(Source.objects.values_list("key", "pk")),
            "variety": dict(Variety.objects.values_list("code", "pk")),
        }

    def pk(self, table: str, key: str, place: str) -> int:
        try:
            return self.rows[table][key]
        except KeyError:
            raise CourseFileError(f"{place}: there is no {table} {key!r}") from None


def _variant(pk: int, text: str, tables: _Tables, place: str) -> Variant:
    try:
        cell = read_variant(text)
    except ValueError:
        message = f"{place}: variant {text!r}: after native_reviewer comes the day, as 2027-05-28"
        raise CourseFileError(message) from None
    made = Variant(entry_id=pk, form=cell.form, key=spelling_key(cell.form), origin=cell.origin, told_on=cell.told_on)
    made.variety_id = tables.pk("variety", cell.variety, place) if cell.variety else None
    return made


def _form_data(form: Form) -> Data:
    attested = "yes" if form.attested == Form.YES else f"rule({form.rule})" if form.rule else "rule"
    return {
        "form": form.form,
        "features": form.features,
        "evidence": form.evidence,
        "source_ref": form.source_ref,
        "attested": attested,
    }


def _form(pk: int, data: Data) -> Form:
    is_seen = data["attested"] == "yes"
    rule = "" if is_seen else data["attested"].removeprefix("rule").strip("()")
    return Form(
        entry_id=pk,
        form=data["form"],
        features=data["features"],
        evidence=data["evidence"],
        source_ref=data["source_ref"],
        attested=Form.YES if is_seen else Form.RULE,
        rule=rule,
        key=spelling_key(data["form"]),
    )


def _folded(data: Data) -> str:
    """Return what `Entry.make_folded` would, from a row of the files."""
    from dictionary.glosses import split_gloss

    texts = [data["romani"], data["id"]]
    texts += [text.partition(" [")[0] for text in split_cell(data.get("variants", ""))]
    texts += [form["form"] for form in data["forms"]]
    texts += [part for column in ("latvian", "english") for part in split_gloss(data[column])]
    return "".join(f" {search_fold(text)} |" for text in texts if text)
