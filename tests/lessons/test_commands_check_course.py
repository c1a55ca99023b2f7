"""check_course: a course with one error of every kind, and the starter course, which has none."""

import copy
import json
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lessons.checking.course import Course, Part
from lessons.checking.reading import from_database, from_files
from lessons.checking.report import judge
from lessons.checking.romani import Vocabulary, is_sound, marked
from tests.lessons.small_course import CONTENT, small_course

WORDS = [f"w{number}" for number in range(20)]


def entry(code, text, **fields):
    whole = {"id": code, "romani": text, "kind": "word", "latvian": "vārds", "english": "word", "variety": "latvian"}
    return whole | {"source": "ROMLEX", "source_ref": "no. 1", "review_state": "reviewed", "forms": []} | fields


def exercise(code, item, kind="choice", **body):
    return {"code": code, "type": kind, "title": code, "body": {"item": item, **body}}


def lesson(ref, words, phrases, exercises, quiz):
    body = [{"type": "words", "items": [*words, *phrases]}, {"type": "text", "text": "Vārds *phen*."}]
    body += [{"type": "practice", "exercise": code} for code in exercises]
    page = {"title": ref, "body": body}
    return Part(ref, {"lv": page, "en": copy.deepcopy(page)}, {"exercises": list(quiz)})


@pytest.fixture
def course():
    """A small course in which nothing is wrong."""
    entries = {code: entry(code, f"phen{'a' * number}") for number, code in enumerate(WORDS)}
    entries |= {f"p{number}": entry(f"p{number}", f"phen {'o' * number}", kind="phrase") for number in range(1, 5)}
    entries["x"] = entry("x", "svešs", variety="lithuanian")
    entries["w0"]["forms"] = [{"form": "phenja", "attested": "rule(grammar.md 3.1)"}]
    kinds = ["choice", "match", "gap", "type", "choice", "choice"]
    exercises = {f"a-{n}": exercise(f"a-{n}", f"w{n}", kind) for n, kind in enumerate(kinds)}
    exercises |= {f"b-{n}": exercise(f"b-{n}", f"w{n + (8 if n > 1 else 0)}", kind) for n, kind in enumerate(kinds)}
    exercises |= {f"q-{n}": exercise(f"q-{n}", f"w{n}") for n in range(12)}
    first = lesson("lessons/01-a", WORDS[:8], ["p1", "p2"], [f"a-{n}" for n in range(6)], [f"q-{n}" for n in range(8)])
    second = lesson(
        "lessons/02-b", WORDS[8:16], ["p3", "p4"], [f"b-{n}" for n in range(6)], [f"q-{n}" for n in range(8)]
    )
    test = Part(
        "tests/module-1", {"lv": {"title": "T"}, "en": {"title": "T"}}, {"exercises": [f"q-{n}" for n in range(12)]}
    )
    voices = {code: {"native"} for code in entries}
    return Course(entries, voices, exercises, [first, second, test], [("phen", "phenaa")], {"latvian"})


def rules(course):
    return {finding.rule for finding in judge(course).findings}


def test_a_course_in_order_has_no_findings(course):
    assert judge(course).findings == []


def say(text):
    def spoil(course):
        course.lessons[0].pages["lv"]["body"][1]["text"] = text

    return spoil


def put(code, **fields):
    return lambda course: course.entries[code].update(fields)


def add_block(**block):
    def spoil(course):
        for page in course.lessons[0].pages.values():
            page["body"].append(block)

    return spoil


def never_come_back(course):
    for code in [*course.lessons[1].practised, "q-0", "q-1"]:
        course.exercises[code]["body"].update(item="w9")
    course.lessons[1].quiz.update(exercises=["q-0", "q-1"])


def ask(code, **body):
    return lambda course: course.exercises[code]["body"].update(body)


SPOILT = {
    "an invented word": (say("Saki *phenel*!"), "unknown-word"),
    "a word of a link's text": (say('<p><span lang="rml">izdomāts</span></p>'), "unknown-word"),
    "a form by rule": (say("Daudzskaitlī *phenja*."), "form-by-rule"),
    "an invented answer": (ask("a-2", gaps=[{"answer": "izdomāts"}]), "unknown-word"),
    "an invented form that counts": (ask("a-3", accept=["izdomāts"]), "unknown-word"),
    "a neighbour's word is asked": (ask("a-1", items=["x"]), "other-variety"),
    "no source": (put("w1", source=""), "no-source"),
    "no place in the source": (put("w1", source_ref=""), "no-source"),
    "no variety": (put("w1", variety=""), "no-variety"),
    "no Latvian": (put("w1", latvian=""), "no-gloss"),
    "no English": (put("p1", english=""), "no-gloss"),
    "silence": (lambda course: course.voices.pop("w1"), "no-audio"),
    "a machine's voice": (lambda course: course.voices.update(w1={"synthetic"}), "no-native-audio"),
    "not reviewed": (put("w1", review_state="unreviewed"), "unreviewed"),
    "not in the dictionary": (lambda course: course.entries.pop("w1"), "no-entry"),
    "a protected pair": (ask("a-0", accept=["phenaa"]), "protected-pair"),
    "a protected pair in a gap": (ask("a-0", gaps=[{"answer": "phen", "accept": ["phenaa"]}]), "protected-pair"),
    "taught twice": (add_block(type="words", items=["w9"]), "taught-twice"),
    "too many words": (add_block(type="words", items=WORDS[8:]), "load-words"),
    "too few phrases": (lambda course: course.lessons[0].blocks("words")[0]["items"].remove("p1"), "load-phrases"),
    "nothing earlier is asked": (never_come_back, "not-recycled"),
    "too little practice": (lambda course: course.lessons[0].pages["lv"]["body"].pop(), "practice"),
    "too few types": (lambda course: [one.update(type="choice") for one in course.exercises.values()], "practice"),
    "a short quiz": (lambda course: course.lessons[0].quiz["exercises"].pop(), "quiz-length"),
    "a short test": (lambda course: course.parts[2].quiz["exercises"].pop(), "quiz-length"),
    "an exercise that is gone": (lambda course: course.exercises.pop("a-1"), "no-exercise"),
    "an exercise nobody uses": (lambda course: course.exercises.update(z=exercise("z", "w1")), "unused-exercise"),
    "no English page": (lambda course: course.lessons[0].pages.pop("en"), "no-translation"),
    "English lacks a block": (lambda course: course.lessons[0].pages["en"]["body"].pop(1), "languages-differ"),
    "an open question": (add_block(type="gap", questions=["Kā saka?"]), "question"),
    "an empty line": (add_block(type="dialogue", lines=[{"item": None, "question": "Kā saka?"}]), "empty-line"),
    "a text of the community": (add_block(type="culture", is_open=True, waits_for="kopiena"), "community-text"),
}  # fmt: skip
GAPS = {"no-native-audio", "unreviewed", "question", "empty-line", "community-text"}


@pytest.mark.parametrize("name", SPOILT)
def test_each_kind_of_error_is_found_and_named(course, name):
    spoil, rule = SPOILT[name]
    spoil(course)
    found = judge(course)
    assert rule in rules(course)
    assert (rule in {finding.rule for finding in found.gaps}) == (rule in GAPS)
    assert all(finding.place and finding.message for finding in found.findings)


def test_letters_and_endings_are_not_words():
    assert [text for text in ("čh", "-eske", "te-", "phen") if not is_sound(text)] == ["phen"]


def test_a_verb_with_what_is_joined_to_it_is_known_by_itself():
    known = Vocabulary(words={"phenel"})
    assert known.resolve("te-phenel phenel-pe") == {}
    assert known.resolve("te-izdomāts") == {"te-izdomāts": ""}


def test_bold_is_not_romani_and_a_place_is_named():
    found = list(marked({"body": [{"text": "**Svarīgi**: *phen*"}]}))
    assert [(one.place, one.text) for one in found] == [("body[1].text", "phen")]


def test_what_learners_get_wrong_need_not_be_romani():
    body = {"known_wrong": [{"answer": "xyz"}], "exclude": ["xyz"], "mode": "meaning", "accept": ["māsa"]}
    assert list(marked(body)) == []


@pytest.mark.django_db
class TestTheStarterCourse:
    def test_has_no_error_in_the_files(self):
        report = judge(from_files(CONTENT))
        assert [str(finding) for finding in report.errors] == []
        assert report.counts["lessons"] >= 9

    def test_says_what_is_wrong_and_where_and_fails(self, tmp_path):
        folder = tmp_path / "content"
        shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("*.opus", "*.mp3", "*.png"))
        path = folder / "lessons/01-sveiki/lesson.lv.yaml"
        path.write_text(path.read_text().replace("*čhebi*", "*izdomāts*").replace("lačho*", "lačhoo*"))
        out = StringIO()
        with pytest.raises(CommandError, match="not declared gaps"):
            call_command("check_course", str(folder), stdout=out)
        assert "error: unknown-word: lessons/01-sveiki.lv" in out.getvalue()

    def test_prints_for_programs(self):
        out = StringIO()
        call_command("check_course", str(CONTENT), "--json", stdout=out)
        found = json.loads(out.getvalue())
        assert found["counts"]["entries"] > 1500
        assert {"rule", "place", "message", "kind"} == set(found["findings"][0])

    def test_a_broken_file_is_named(self, tmp_path):
        with pytest.raises(CommandError, match=r"course\.yaml"):
            call_command("check_course", str(tmp_path))


@pytest.mark.django_db
def test_files_and_database_are_judged_alike(tmp_path):
    folder = small_course(tmp_path / "content")
    call_command("load_course", str(folder), stdout=StringIO())
    files, site = from_files(folder), from_database()
    assert [part.ref for part in site.parts] == [part.ref for part in files.parts]
    assert [str(one) for one in judge(site).findings] == [str(one) for one in judge(files).findings]
