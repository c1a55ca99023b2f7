"""Every Latvian and English text is spelt rightly, as hunspell and lists of our own see it."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from lessons.checking.romani import Vocabulary
from tests.spelling.texts import LANGUAGES, Text, all_texts, of_data, vocabulary, words

LISTS = Path(__file__).parent / "spelling"
DICTIONARIES = {"lv": "lv_LV", "en": "en_GB"}


@cache
def places() -> dict[str, dict[str, list[str]]]:
    """Return the words of each language, and where each stands."""
    known = vocabulary()
    found: dict[str, dict[str, list[str]]] = {language: {} for language in LANGUAGES}
    for text in all_texts():
        for word in words(text, known):
            found[text.language].setdefault(word, []).append(text.place)
    return found


def misspelt(language: str, found: Iterable[str]) -> set[str]:
    """Return which of the words hunspell does not know, by one call for all."""
    if not shutil.which("hunspell") and not os.environ.get("CI"):
        pytest.skip("hunspell is not installed here")
    found = list(found)
    command = ["hunspell", "-l", "-d", DICTIONARIES[language], "-i", "utf-8"]
    result = subprocess.run(command, input="\n".join(found), capture_output=True, encoding="utf-8")
    if result.returncode and not os.environ.get("CI"):
        pytest.skip(f"hunspell: {result.stderr.strip()}")
    assert result.returncode == 0, result.stderr
    # It judges the parts of a word with hyphens one by one; a single letter is none that it knows.
    unknown = {word for word in result.stdout.split() if len(word) > 1}
    return {word for word in found if unknown & {word, *word.split("-")}}


@cache
def unknown_words(language: str) -> frozenset[str]:
    return frozenset(misspelt(language, places()[language]))


@cache
def listed(name: str) -> tuple[str, ...]:
    lines = (line.partition("#")[0].strip() for line in (LISTS / f"{name}.txt").read_text(encoding="utf-8").split("\n"))
    return tuple(line for line in lines if line)


def accepted_by(entries: Iterable[str], word: str) -> set[str]:
    """Return the entries of a list that allow a word: in small letters they allow a capital too."""
    return set(entries) & {word, word.lower()}


def only_in_the_course(language: str, word: str) -> bool:
    return all(place.startswith("content/") for place in places()[language][word])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_spelt_rightly_or_is_on_our_list(language):
    wrong = []
    for word in sorted(unknown_words(language)):
        sound = only_in_the_course(language, word) and accepted_by(listed("sounds"), word)
        if not sound and not accepted_by(listed(language), word):
            wrong.append(f"{word} – {places()[language][word][0]}")
    assert not wrong, f"Correct these, or add terms to tests/spelling/{language}.txt:\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", [*LANGUAGES, "sounds"])
def test_a_list_holds_only_what_is_needed(name):
    languages = LANGUAGES if name == "sounds" else [name]
    used = {entry for one in languages for word in unknown_words(one) for entry in accepted_by(listed(name), word)}
    assert sorted(set(listed(name)) - used) == []


@pytest.mark.parametrize("name", [*LANGUAGES, "sounds"])
def test_a_list_is_sorted_and_names_nothing_twice(name):
    assert list(listed(name)) == sorted(set(listed(name)), key=lambda entry: (entry.lower(), entry))


def test_nothing_is_on_two_lists():
    assert not set(listed("sounds")) & {*listed("lv"), *listed("en")}


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("lv", "nodarbība e-pasts Ģimene", "nodarbiba e-psts Ģimmene"),
        ("en", "lesson e-mail Don't", "leson e-mial Dont"),
    ],
)
def test_hunspell_knows_right_from_wrong(language, right, wrong):
    assert misspelt(language, [*right.split(), *wrong.split()]) == set(wrong.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*kher* ir **māja**", "ir māja"),
        ('Vārds <span lang="rml">kher</span> ir <a href="/x/">māja</a>', "Vārds ir māja"),
        ("„kher” ir „māja”", "ir māja"),
        ("%(count)s vārdi, {number}. vārds, 5 % un %%", "vārdi vārds un"),
        ("Beigas „-esko” un te-", "Beigas un"),
        ("Skatiet `make run`, content/lexicon.csv un [šeit](../spelling.md)", "Skatiet un šeit"),
        ("Raksta uz me@example.org vai https://example.org/lapa", "Raksta uz vai"),
        ("A1 līmenis, EUPL-1.2, 2. nodarbība, e-pasts &amp; konts", "līmenis EUPL nodarbība e-pasts konts"),
    ],
)
def test_romani_and_code_are_no_words(text, expected):
    assert list(words(Text("page", "lv", text), Vocabulary(words={"kher"}))) == expected.split()


def test_in_a_title_only_romani_is_left_out():
    known = Vocabulary(words={"kher"})
    assert list(words(Text("exercises[1].title", "lv", "kher: nozīme"), known)) == ["nozīme"]
    assert list(words(Text("page.text", "lv", "kher: nozīme"), known)) == ["kher", "nozīme"]


def test_texts_of_the_course_are_found_by_language_and_keys_are_not():
    data = {
        "code": "x-01",
        "type": "choice",
        "title": "Nosaukums",
        "body": {"item": "rl0001", "tip": {"lv": "Padoms", "en": "Hint"}, "answer": "kher", "known_wrong": ["ker"]},
        "exercises": ["x-02", {"question": {"lv": "Kas?"}}],
        "page": {"slug": {"lv": "lapa", "en": "page"}, "title": {"en": "Page"}},
    }
    found = [(text.place, text.language, text.text) for text in of_data(data, "file", "lv")]
    assert found == [
        ("file.title", "lv", "Nosaukums"),
        ("file.body.tip.lv", "lv", "Padoms"),
        ("file.body.tip.en", "en", "Hint"),
        ("file.exercises[1].question.lv", "lv", "Kas?"),
        ("file.page[1].title.en", "en", "Page"),
    ]


def test_nothing_that_people_read_is_forgotten():
    found = list(all_texts())
    for beginning in (
        "content/course.yaml",
        "content/lessons/01-sveiki/lesson.lv.yaml",
        "content/lessons/01-sveiki/exercises.yaml",
        "content/tests/final.yaml",
        "content/pages/home.en.yaml",
        "content/sheets/",
        "content/lexicon.csv",
        "content/phrases.csv",
        "content/themes.csv",
        "locale/lv/",
        "locale/wagtail/",
        "docs/how-to/",
        "media/migrations/",
    ):
        assert any(text.place.startswith(beginning) for text in found), beginning
    assert {text.language for text in found if text.place.startswith("content/lessons/01-sveiki/lesson.en.yaml")} == {
        "en"
    }
