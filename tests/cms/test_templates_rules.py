"""Rules that every template and style sheet of ours keeps, whichever room it lives in."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

ROOMS = ["accounts", "cms", "courses", "dictionary", "lessons", "media", "progress", "studio"]
ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for room in ROOMS for path in (ROOT / room / "templates").rglob("*.html"))
SHEETS = sorted(path for room in ROOMS for path in (ROOT / room / "static").rglob("*.css"))
SCRIPTS = sorted(path for room in ROOMS for path in (ROOT / room / "static").rglob("*.js"))

relative = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 10 and SHEETS and SCRIPTS


@relative
def test_no_inline_style_or_script(path):
    source = path.read_text()
    assert not re.search(r"\sstyle=", source), "the content policy refuses style attributes"
    assert not re.search(r"\son[a-z]+=[\"']", source), "the content policy refuses handlers"
    assert "<style" not in source
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", source, re.S):
        assert "application/json" in attributes or ("src=" in attributes and not body.strip())


@relative
def test_no_request_to_anyone_else(path):
    """Links a reader may follow are fine; what a page loads by itself must be ours."""
    source = path.read_text()
    for tag in re.findall(r"<(?:script|link|img|source|audio|video|iframe|use|form|object|embed)\b[^>]*>", source):
        assert not re.search(r"(?:src|href|srcset|action|data)=[\"'](?:https?:)?//", tag), tag


@pytest.mark.parametrize("path", SHEETS + SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_sheets_and_scripts_load_nothing_from_elsewhere(path):
    source = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(), flags=re.S | re.M)
    source = source.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:url\(|@import|fetch\(|from|import)\s*[\"'(]*\s*(?:https?:)?//", source)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_ends_its_line(path):
    """Django renames modules by a pattern that reads an import only up to its semicolon."""
    for line in re.findall(r"^\s*(?:import|export)\b.*\bfrom\b.*$|^\s*import\s+[\"'].*$", path.read_text(), re.M):
        assert line.rstrip().endswith(";"), line


def test_learners_sheet_is_small():
    sheet = Path(finders.find("cms/site.css")).read_bytes()
    assert len(gzip.compress(sheet, 9)) < 7 * 1024


def test_scripts_of_every_page_are_small():
    folder, found, waiting = ROOT / "cms/static/cms/js", {}, ["app.js"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (folder / name).read_text()
            # What is fetched only where it is needed (`import(…)`, `data-module`) does not count here.
            waiting += re.findall(r'^import (?:.* from )?"\./([^"]+)"', found[name], re.M)
    assert "hear.js" in found
    assert len(gzip.compress("".join(found.values()).encode(), 9)) < 6 * 1024


@pytest.mark.django_db
def test_home_with_its_sheets_fits_the_first_round_trip(client):
    html = client.get("/").content
    sheets = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)"', html)
    assert sheets
    files = [Path(finders.find(name.decode())).read_bytes() for name in sheets]
    assert sum(len(gzip.compress(part, 9)) for part in [html, *files]) < 14 * 1024
