"""What the docs promise is there, and what is there the docs tell."""

import ast
import functools
import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Workflow

from config import env
from dictionary.spelling import answer_keys, keys, plain
from lessons.exercises import types

ROOT = Path(settings.BASE_DIR)
SKIPPED = {
    ".git",
    ".venv",
    ".venv-next",
    "var",
    "node_modules",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def files_of_the_project(pattern: str) -> list[Path]:
    return [path for path in sorted(ROOT.rglob(pattern)) if not SKIPPED & set(path.relative_to(ROOT).parts)]


# --- environment ----------------------------------------------------------------------------


def variables_read() -> set[str]:
    """Return every variable that config/ reads, also behind an `if` that is not true here."""
    found = set(env.known())
    for path in {*(ROOT / "config").rglob("*.py")} - {ROOT / "config/settings/test.py"}:  # no operator runs the tests
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = ast.unparse(node.func)
                if re.fullmatch(r"env_\w+|os\.environ\.(get|setdefault)", called):
                    found.add(node.args[0].value)
    return found


def documented_variables() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", read("docs/operations.md"), re.M))


def test_the_scan_finds_variables_behind_conditions():
    assert {
        "DATABASE_URL",
        "DATABASE_POOL",
        "S3_SECRET_KEY",
        "OIDC_CLIENT_ID",
        "PORT",
        "WEB_WORKERS",
    } <= variables_read()


def test_every_variable_is_in_the_operations_guide_and_no_other():
    assert variables_read() == documented_variables()


def test_the_example_file_holds_only_variables_that_are_read():
    offered = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", read("deploy/.env.example"), re.M))
    assert offered
    assert offered <= variables_read()


def test_defaults_in_the_guide_are_the_real_ones():
    rows = dict(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \| `([^`]+)` \|", read("docs/operations.md"), re.M))
    own = {"DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}
    known = {name: default for name, default in env.known().items() if name in rows and name not in own}
    assert known
    assert {name: rows[name] for name in known} == known


# --- API ------------------------------------------------------------------------------------


def routes(patterns: list, prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def api_routes() -> set[str]:
    found = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in routes(get_resolver().url_patterns)}
    return {route for route in found if route.startswith("/api/v1/")}


def test_every_route_of_the_api_is_described_and_no_other():
    described = set(re.findall(r"^\| `[A-Z]+ (/api/v1/\S*)`", read("docs/api.md"), re.M))
    assert len(described) > 15
    assert described == api_routes()


def test_every_method_of_the_api_is_described():
    from drf_spectacular.generators import SchemaGenerator

    schema = SchemaGenerator().get_schema(request=None, public=True)
    offered = {f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods}
    described = set(re.findall(r"^\| `([A-Z]+ /api/v1/\S*)`", read("docs/api.md"), re.M))
    assert offered <= described


@pytest.mark.parametrize("page", ["docs/api.md"])
def test_examples_are_json(page):
    blocks = re.findall(r"```json\n(.*?)```", read(page), re.S)
    assert blocks
    for block in blocks:
        json.loads(block)


# --- exercise types -------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["docs/exercise-types.md", "docs/api.md", "content/README.md"])
def test_every_exercise_type_is_described(page):
    described = set(re.findall(r"^\| `([a-z]+)` \|", read(page), re.M))
    assert set(types()) <= described


@pytest.mark.parametrize("name", sorted(types()))
def test_every_exercise_type_has_its_template_and_script(name):
    assert (ROOT / f"lessons/templates/lessons/exercises/{name}.html").exists()
    assert (ROOT / f"lessons/static/lessons/exercises/{name}.js").exists()


# --- spelling -------------------------------------------------------------------------------


def spelling_examples() -> list[tuple[str, str, str]]:
    table = [line for line in read("docs/spelling.md").splitlines() if re.match(r"\| \d+ \|", line)]
    return [found for line in table for found in re.findall(r"`([^`]+) ([=≠]) ([^`]+)`", line)]


def test_every_row_has_an_example_or_says_why_not():
    assert len(set(re.findall(r"^\| (\d+) \|", read("docs/spelling.md"), re.M))) == 22
    assert len(spelling_examples()) > 30


@pytest.mark.parametrize(("written", "sign", "course"), spelling_examples())
def test_examples_of_the_spelling_table_are_true(written, sign, course):
    is_same = plain(written) == plain(course) or bool(answer_keys(written) & keys(course))
    assert is_same is (sign == "=")


# --- links, pictures, credits ----------------------------------------------------------------

PAGES = files_of_the_project("*.md")
LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|a)[^>]+(?:src|href)=\"([^\"]+)\"")


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(page):
    broken = []
    for target in (one or other for one, other in LINK.findall(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        if not place.exists() or (anchor and anchor not in anchors(place)):
            broken.append(target)
    assert not broken


PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LARGEST_PICTURE = 60 * 1024


def test_pictures_of_the_guides_are_small_described_and_used():
    shown = set()
    for page in (ROOT / "docs/how-to").glob("*.md"):
        for description, target in PICTURE.findall(page.read_text(encoding="utf-8")):
            path = (page.parent / target).resolve()
            assert path.is_file(), f"{page.name}: {target}"
            assert len(description) > 10, f"{page.name}: {target} needs a description"
            if path.parent.name == "pictures":
                assert path.stat().st_size <= LARGEST_PICTURE, target
                shown.add(path.name)
    assert shown == {path.name for path in (ROOT / "docs/how-to/pictures").iterdir()}
    assert len(shown) >= 8


def test_every_bundled_file_of_others_is_in_the_credits():
    credits = read("docs/credits.md")
    bundled = [path for path in files_of_the_project("*") if path.is_file() and is_of_others(path)]
    assert bundled, "tests/vendor at least is there"
    missing = [str(path.relative_to(ROOT)) for path in bundled if str(path.relative_to(ROOT)) not in credits]
    assert not missing


def is_of_others(path: Path) -> bool:
    if path.name == "README.md":
        return False
    return "vendor" in path.parts or ".min." in path.name or path.suffix in {".woff", ".woff2", ".ttf", ".otf"}


def test_every_package_we_ask_for_is_in_the_credits():
    credits = read("docs/credits.md").lower()
    asked = re.findall(r"^([A-Za-z0-9_-]+)", read("requirements.in"), re.M)
    assert len(asked) > 15
    missing = [name for name in asked if not re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", credits)]
    assert not missing


def test_every_work_of_the_dictionary_is_in_the_credits():
    import csv

    rows = list(csv.DictReader((ROOT / "content/sources.csv").open(encoding="utf-8")))
    names = {part.split(" ")[0] for row in rows for part in row["short_name"].split(" + ")}
    assert names
    assert not [name for name in names if name not in read("docs/credits.md")]


# --- how-to: the words on the screen -----------------------------------------------------------


@functools.cache
def words_on_the_screen() -> set[str]:
    """Return every Latvian text of the interface: ours, and that of the installed packages."""
    with (ROOT / "locale/lv/LC_MESSAGES/django.po").open("rb") as file:
        ours = [message.string for message in read_po(file) if message.id and message.string]
    found = {text for string in ours for text in ([string] if isinstance(string, str) else string)}
    installed = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]
    for folder in [*(folder / "locale" for folder in installed), ROOT / "locale/wagtail"]:
        path = folder / "lv/LC_MESSAGES/django.mo"
        if not path.exists():
            continue
        with path.open("rb") as file:
            found |= {text for text in gettext.GNUTranslations(file)._catalog.values() if isinstance(text, str)}
    found |= set(Workflow.objects.values_list("name", flat=True))
    return {text.strip().rstrip(":").casefold() for text in found}


@functools.cache
def composed_words() -> list[re.Pattern[str]]:
    """Return the texts that are put together on the screen: “Pievienot: %(model_name)s”."""
    made = [text for text in words_on_the_screen() if re.fullmatch(r"[^%]{4,}%\(\w+\)s", text)]
    return [re.compile(re.escape(text.partition("%")[0]) + "(.+)") for text in made]


def is_on_the_screen(text: str) -> bool:
    plain = text.rstrip(".:").casefold()
    if plain in words_on_the_screen():
        return True
    filled = (match[1] for pattern in composed_words() if (match := pattern.fullmatch(plain)))
    return any(part in words_on_the_screen() for part in filled)


HOW_TO = sorted((ROOT / "docs/how-to").glob("*.md"))


@pytest.mark.django_db
@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_bold_words_of_a_guide_are_words_on_the_screen(page):
    bold = re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"))
    assert bold
    assert not sorted({word for word in bold if not is_on_the_screen(word)})
