"""The interface is complete in Latvian: every text of the code is translated, with the same placeholders."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
ROOMS = ["accounts", "cms", "config", "courses", "dictionary", "lessons", "media", "progress", "review", "studio"]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SCRIPTS = "wagtail/lv/LC_MESSAGES/djangojs"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
IN_TEMPLATE = re.compile(r"""gettext\((?:u?'[^']*',\s*)?u?(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


@pytest.fixture(scope="module")
def latvian():
    with (ROOT / "locale/lv/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module", params=["lv/LC_MESSAGES/django", "wagtail/lv/LC_MESSAGES/django", SCRIPTS])
def translations(request):
    """Ours, and what Wagtail and its scripts leave in English."""
    with (ROOT / f"locale/{request.param}.po").open("rb") as file:
        return read_po(file)


def texts_of_code():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts:
                with path.open("rb") as file:
                    for _line, message, _comments, _context in extract("python", file, keywords=KEYWORDS):
                        parts = message if isinstance(message, tuple) else (message,)
                        yield path, [part for part in parts if part][-1 if len(parts) == 2 else 0]
        for suffix in ("html", "txt"):
            for path in (ROOT / room / "templates").rglob(f"*.{suffix}"):
                for found in IN_TEMPLATE.finditer(templatize(path.read_text(), origin=str(path))):
                    yield path, ast.literal_eval(found["text"])


def test_every_text_of_the_code_is_in_the_latvian_file(latvian):
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in latvian}
    known |= {message.id[1] for message in latvian if isinstance(message.id, tuple)}
    missing = {
        f"{path.relative_to(ROOT)}: {text}"
        for path, text in texts_of_code()
        if text.strip() and text not in known and text.strip() not in {one.strip() for one in known if one}
    }
    assert not missing


def test_every_text_has_a_translation(translations):
    empty = []
    for message in translations:
        strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and not all(strings):
            empty.append(message.id)
    assert not empty


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def faults(message):
    """Return the translations of a message whose placeholders are not the message's own."""
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    wanted = placeholders(ids[0]) | placeholders(ids[-1])
    # A plural form may leave out a number that the word says by itself.
    return [
        one for one in strings if not (placeholders(one) <= wanted if len(ids) > 1 else placeholders(one) == wanted)
    ]


def test_placeholders_survive_translation(translations):
    assert not [(message.id, faults(message)) for message in translations if message.id and faults(message)]


def test_the_compiled_file_is_newer_than_its_source():
    source = ROOT / "locale/lv/LC_MESSAGES/django.po"
    assert source.with_suffix(".mo").exists(), "run `make messages`"
    assert source.with_suffix(".mo").stat().st_mtime >= source.stat().st_mtime, "run `make messages`"


@pytest.mark.parametrize("text", ["Reports", "Help", "Collapse all", "Preview mode"])
def test_our_words_stand_where_wagtail_has_none_in_latvian(text):
    from django.utils import translation

    with translation.override("lv"):
        assert translation.gettext(text) != text


@pytest.mark.django_db
def test_scripts_of_the_admin_are_given_our_words(admin_client):
    words = admin_client.get("/admin/jsi18n/", headers={"accept-language": "lv"}).content.decode()
    assert '"Insert a block": "Pievienot bloku"' in words


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 minūte"), (52, "52 minūtes"), (61, "1 stunda, 1 minūte")])
def test_times_are_counted_in_latvian(minutes, said):
    from datetime import UTC, datetime, timedelta

    from django.utils import translation
    from django.utils.timesince import timesince

    now = datetime(2026, 11, 24, tzinfo=UTC)
    with translation.override("lv"):
        assert timesince(now - timedelta(minutes=minutes), now).replace("\xa0", " ") == said
