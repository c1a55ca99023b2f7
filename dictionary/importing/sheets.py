"""CSV and XLSX as plain rows of text: reading whatever a spreadsheet program saved, and writing what it opens right.

A file is judged by its content, never by its name. Everything is bounded before it is read: bytes, rows, columns, and
what a packed file unfolds to.
"""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_LINES = 4 * MOST_ROWS
"""Lines looked at, empty ones included."""
MOST_UNPACKED = 40 * 1024 * 1024
LONGEST_CELL = 20_000
DELIMITERS = ",;\t"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of a CSV file must not begin with: spreadsheet programs would take it for a formula."""


@dataclass
class Row:
    """One row of a table: the line it stands in, as a spreadsheet program numbers it, and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """A table as it was read. `letters` says in which column of the file each known column stands."""

    columns: list[str]
    letters: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Sheet":
        return cls(data["columns"], data["letters"], [Row(**row) for row in data["rows"]], data["notes"])


def read_sheet(content: bytes, known: Sequence[str], needed: Sequence[str]) -> Sheet:
    """Return the table in a file, or raise ValidationError that says what is the matter with the file.

    `known` columns are kept, others named in a note; `needed` ones must be there.
    """
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than %(most)d MB. Divide the table.") % {"most": MOST_BYTES >> 20})
    notes: list[str] = []
    if content.startswith(b"PK\x03\x04"):
        lines = _xlsx_lines(content, notes)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(_("This is a workbook of an old or locked form. Save it as .xlsx without a password."))
    else:
        lines = _csv_lines(content, known, notes)
    return _sheet(lines, known, needed, notes)


def _sheet(lines: list[list[str]], known: Sequence[str], needed: Sequence[str], notes: list[str]) -> Sheet:
    names = [name.strip().casefold() for name in lines[0]] if lines else []
    missing = [name for name in needed if name not in names]
    if missing:
        message = _("In the first row these columns are missing: %(columns)s. The first row must hold the names.")
        raise ValidationError(message % {"columns": ", ".join(missing)})
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in known and name in places:
            raise ValidationError(_("The column “%(column)s” stands there twice.") % {"column": name})
        if name in known:
            places[name] = place
    if strange := [name for name in names if name and name not in known]:
        notes.append(_("These columns are not known and were left out: %(columns)s.") % {"columns": ", ".join(strange)})
    sheet = Sheet(list(places), {name: letter(place) for name, place in places.items()}, notes=notes)
    for number, line in enumerate(lines[1:], 2):
        if any(line):
            cells = {name: line[place] if place < len(line) else "" for name, place in places.items()}
            sheet.rows.append(Row(number, cells))
    if not sheet.rows:
        raise ValidationError(_("There is no row below the names of the columns."))
    if len(sheet.rows) > MOST_ROWS:
        raise ValidationError(_("The table has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS})
    return sheet


def letter(place: int) -> str:
    """Return the letter of a column as spreadsheet programs show it.

    >>> [letter(0), letter(25), letter(26)]
    ['A', 'Z', 'AA']
    """
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


# --- CSV ----------------------------------------------------------------------------------


def _csv_lines(content: bytes, known: Sequence[str], notes: list[str]) -> list[list[str]]:
    text = _text_of(content, notes)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda one: _known_names(first, one, known))
    lines: list[list[str]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_LINES:
                raise ValidationError(_("The table has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS})
            lines.append([_cell(_unescaped(cell), number) for cell in cells[:MOST_COLUMNS]])
    except csv.Error as error:
        message = _("Row %(row)d cannot be read: a quotation mark is open or stands in the wrong place.")
        raise ValidationError(message % {"row": len(lines) + 1}) from error
    return lines


def _known_names(line: str, delimiter: str, known: Sequence[str]) -> int:
    return sum(cell.strip().strip('"').casefold() in known for cell in line.split(delimiter))


def _text_of(content: bytes, notes: list[str]) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\x00" in content:
        raise ValidationError(_not_a_table())
    try:
        return content.decode()
    except UnicodeDecodeError:
        text = _decoded(content, "cp1257")
    notes.append(
        _("The file is not in UTF-8; it was read as Baltic (Windows-1257). Check that ā, č, š and ž are right.")
    )
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise ValidationError(_not_a_table()) from None


def _not_a_table() -> str:
    return _("This is no table that can be read. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx).")


def _unescaped(cell: str) -> str:
    """Take off the apostrophe that the export sets before what would look like a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(RISKY) else cell


def clean_text(text: str) -> str:
    """Return a text in the form in which cells are compared."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _cell(text: str, line: int) -> str:
    """Return a cell as it is kept: one form of each letter, no blanks around it."""
    if len(text) > LONGEST_CELL:
        message = _("A cell in row %(row)d is longer than %(most)d characters.")
        raise ValidationError(message % {"row": line, "most": LONGEST_CELL})
    text = clean_text(text)
    if any((ord(sign) < 32 and sign not in "\n\t") or "\ud800" <= sign <= "\udfff" for sign in text):
        raise ValidationError(_("A cell in row %(row)d holds a character that cannot be kept.") % {"row": line})
    return text


# --- XLSX ---------------------------------------------------------------------------------


def _xlsx_lines(content: bytes, notes: list[str]) -> list[list[str]]:
    from openpyxl import load_workbook

    _check_packed(content)
    lines: list[list[str]] = []
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        if len(book.worksheets) > 1:
            notes.append(_("Only the first sheet, “%(name)s”, was read.") % {"name": sheet.title})
        sheet.reset_dimensions()  # what a file says of its size need not be true
        for number, values in enumerate(sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True), 1):
            lines.append([_cell(_as_text(value), number) for value in values])
    except ValidationError:
        raise
    except Exception as error:  # openpyxl lets out whatever a broken part of the file makes it meet
        raise ValidationError(_("The workbook is damaged. Open it and save it anew as .xlsx.")) from error
    return lines


def _check_packed(content: bytes) -> None:
    """Refuse a packed file that is no workbook, or that would unfold to more than a table can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise ValidationError(_not_a_table())
            if len(parts) > 1000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ValidationError(_("The workbook unfolds to far more than a table. Save the sheet as CSV."))
            for part in parts:
                # No workbook declares entities of its own; a file that does wants to unfold to gigabytes.
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(part):
                    raise ValidationError(_not_a_table())
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise ValidationError(_("The workbook is damaged. Open it and save it anew as .xlsx.")) from error


def _as_text(value: Any) -> str:
    """Return a workbook's value as the text that a person sees in the cell, as far as it can be told."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


# --- writing ------------------------------------------------------------------------------


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a table as CSV that Excel opens right: with a mark of UTF-8, and nothing that it takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_escaped(row.get(column, "")) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _escaped(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(RISKY) else cell


def write_xlsx(columns: Sequence[str], rows: Iterable[Mapping[str, str]], title: str) -> bytes:
    """Return a table as a workbook in which every cell is text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=title[:31])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, min(40, len(column) + 4))
    for cells in ([*columns], *([row.get(column, "") for column in columns] for row in rows)):
        made = []
        for text in cells:
            cell = WriteOnlyCell(sheet, text)
            cell.data_type, cell.number_format = "s", "@"  # never a formula, a number or a date
            made.append(cell)
        sheet.append(made)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
