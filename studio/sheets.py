"""Tables for spreadsheet programs."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With one of these a spreadsheet takes a cell for a formula."""


def csv_response(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a table to download, in a form that spreadsheets read without asking: text stays text."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    response.write("\ufeff")  # without it Excel reads UTF-8 as something else
    table = csv.writer(response)
    table.writerow([cell(one) for one in head])
    table.writerows([cell(one) for one in row] for row in rows)
    return response


def cell(value: Any) -> Any:
    """Return a value that no spreadsheet runs: numbers as they are, text that begins like a formula behind a quote."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text
