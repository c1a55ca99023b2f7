"""What is wrong with a course file is named by file, line and place. A tiny course: loading it costs little."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lessons.coursefiles.lines import line_of
from lessons.models import Exercise, LessonPage

pytestmark = pytest.mark.django_db

FILES = {
    "themes.csv": "key,english,latvian,position\ncore,Core,Pamats,1\n",
    "sources.csv": "key,short_name,citation,licence\nROMLEX,ROMLEX,Romani Lexicon,\n",
    "protected_pairs.csv": "form_a,form_b,why\nphal,pal,not the same\n",
    "lexicon.csv": (
        "id,romani,variants,pos,gender,english,latvian,theme,variety,source,source_ref,confidence\n"
        'rl0001,rom,,noun,m,"Rom,\nhusband",roms,core,latvian,ROMLEX,no. 1,high\n'  # a row of two lines
        "rl0375,dīs,,noun,m,day,diena,core,latvian,ROMLEX,no. 2,high\n"
        "rl0590,lačho,,adjective,,good,labs,core,latvian,ROMLEX,no. 3,high\n"
    ),
    "phrases.csv": (
        "id,romani,romlex_form,english,latvian,situation,theme,words,variety,source,source_ref,confidence\n"
        "ph0002,lačho dīs,,good day,labdien,,core,rl0590 rl0375,latvian,ROMLEX,no. 4,high\n"
    ),
    "forms.csv": "form,lemma_id,features,evidence,source_ref,attested\nroma,rl0001,N;PL,,no. 5,yes\n",
    "audio/recordings.csv": "item,file,kind,transcript,voice,licence,duration_seconds,peaks\n",
    "course.yaml": """\
course:
  slug: {lv: kurss, en: course}
  title: {lv: Kurss, en: Course}
  level: A1
modules:
- number: 1
  slug: {lv: modulis-1, en: module-1}
  title: {lv: Modulis, en: Module}
  goal: {lv: Mērķis., en: Goal.}
  test: tests/module-1.yaml
  lessons:
  - 01-sveiki
""",
    "lessons/01-sveiki/lesson.lv.yaml": """\
slug: sveiki
title: Sveiki
can_do: Es atpazīstu sveicienu.
minutes: 10
body:
- type: words
  heading: Vārdi
  items:
  - rl0375
  - rl0590
- type: grammar
  heading: Formas
  text: Vārds *rom*.
  pairs:
  - form: rom
    note: viens
  - form: roma
    note: vairāki
  evidence: no. 5
- type: practice
  heading: Vingrinājums
  exercise: sveiki-01
""",
    "lessons/01-sveiki/exercises.yaml": """\
- code: sveiki-01
  type: choice
  title: labdien
  skill: reading
  body:
    item: ph0002
    mode: meaning
    distractors:
    - rl0001
    - rl0375
  feedback:
    lv: Padomājiet.
- code: sveiki-02
  type: choice
  title: jautājums
  body:
    mode: meaning
    question:
      lv: Kas?
    options:
    - text:
        lv: viens
      is_correct: true
    - text:
        lv: divi
""",
    "lessons/01-sveiki/quiz.yaml": """\
title: {lv: Tests}
pass_mark: 70
exercises:
- sveiki-01
- sveiki-02
""",
    "tests/module-1.yaml": """\
page:
  lv: {slug: tests, title: Moduļa tests}
quiz:
  title: {lv: Moduļa tests}
  exercises:
  - modulis-01
exercises:
- code: modulis-01
  type: type
  title: labs
  body:
    item: rl0590
    mode: translate
""",
}  # fmt: skip
LESSON, EXERCISES, QUIZ, TEST = (
    "lessons/01-sveiki/lesson.lv.yaml",
    "lessons/01-sveiki/exercises.yaml",
    "lessons/01-sveiki/quiz.yaml",
    "tests/module-1.yaml",
)


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def load(folder, **options):
    call_command("load_course", str(folder), stdout=StringIO(), **options)


def spoil(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_the_tiny_course_is_sound(folder):
    load(folder)
    assert (Exercise.objects.count(), LessonPage.objects.count()) == (3, 1)
    load(folder)  # and nothing in it is seen as changed
    with pytest.raises(CommandError, match="not declared gaps"):  # it is far too small for a course
        call_command("check_course", str(folder), stdout=StringIO())


YAML = [
    # unknown fields
    (LESSON, "minutes: 10", "minuets: 10", 4, "unknown field 'minuets'"),
    (LESSON, "  heading: Vārdi", "  colour: red", 7, "unknown field 'colour'"),
    (LESSON, "    note: vairāki", "    hint: vairāki", 18, "pairs[1]: unknown field 'hint'"),
    (EXERCISES, "  skill: reading", "  skil: reading", 4, "unknown field 'skil'"),
    (EXERCISES, "    item: ph0002", "    item: ph0002\n    colour: red", 7, "unknown field 'colour'"),
    (EXERCISES, "    lv: Padomājiet.", "    de: Denken Sie nach.", 11, "feedback is a text for each of lv, en"),
    (EXERCISES, "      lv: Kas?", "      ru: Что?", 18, "expected a text for each of lv, en"),
    (QUIZ, "pass_mark: 70", "mark: 70", 2, "unknown field 'mark'"),
    (TEST, "  exercises:\n", "  draw: 1\n  exercises:\n", 5, "unknown field 'draw'"),
    (TEST, "slug: tests, ", "slug: tests, colour: red, ", 2, "unknown field 'colour'"),
    ("course.yaml", "  goal:", "  goals:", 9, "unknown field 'goals'"),
    # unknown types
    (LESSON, "- type: grammar", "- type: song", 11, "unknown type 'song'; known are"),
    (EXERCISES, "- code: sveiki-01\n  type: choice", "- code: sveiki-01\n  type: riddle", 2, "unknown type 'riddle'"),
    (EXERCISES, "  skill: reading", "  skill: singing", 4, "unknown skill 'singing'"),
    # missing fields
    (EXERCISES, "- code: sveiki-02\n", "- codes: sveiki-02\n", 13, "needs a code"),
    (EXERCISES, "  title: jautājums\n", "", 13, "title is missing"),
    (QUIZ, "title: {lv: Tests}\n", "", 1, "title in Latvian is missing"),
    ("course.yaml", "- number: 1\n  slug", "- slug", 6, "a module needs its number"),
    # the wrong shape
    (LESSON, "  items:\n  - rl0375\n  - rl0590", "  items: rl0375", 8, "expected a list, found str"),
    (LESSON, "heading: Formas", "heading: [Formas]", 12, "expected a text, found list"),
    (EXERCISES, "- code: sveiki-02", "- code: sveiki-01", 13, "'sveiki-01' stands twice"),
    (LESSON, "title: Sveiki", "title: [", 4, "expected"),
]  # fmt: skip
NAMES = [
    # names of things that are not there: the judge of check_course tells of these in its own way
    (LESSON, "  - rl0590", "  - rl9999", 10, "there is no entry 'rl9999'"),
    (LESSON, "exercise: sveiki-01", "exercise: sveiki-77", 22, "there is no exercise 'sveiki-77'"),
    (EXERCISES, "    - rl0001", "    - rl9999", 9, "there is no entry 'rl9999'"),
    (QUIZ, "- sveiki-02", "- sveiki-77", 5, "there is no exercise 'sveiki-77'"),
    (TEST, "    item: rl0590", "    item: rl9999", 12, "there is no entry 'rl9999'"),
    # what only the rules of a block know
    (EXERCISES, "    distractors:\n    - rl0001\n    - rl0375\n", "", 5, "distractors"),
    (EXERCISES, "      is_correct: true\n", "", 20, "options"),
    (LESSON, "  - form: roma\n    note", "  - note", 17, "form"),
    (LESSON, "can_do: Es atpazīstu sveicienu.\n", "", 1, "can_do"),
    (QUIZ, "pass_mark: 70", "pass_mark: 170", 2, "pass_mark"),
]
TABLES = [
    ("lexicon.csv", "good,labs,core", "good,labs,stars", 5, "theme", "no theme 'stars'"),
    ("lexicon.csv", "diena,core,latvian", "diena,core,marsian", 4, "variety", "no variety 'marsian'"),
    ("lexicon.csv", "roms,core,latvian,ROMLEX", "roms,core,latvian,Wiki", 2, "source", "no source 'Wiki'"),
    ("lexicon.csv", "rl0375,dīs,,noun", "rl0375,dīs,,thing", 4, "pos", "thing"),
    ("lexicon.csv", "rl0375,dīs,", "rl0375,,", 4, "romani", ""),
    ("lexicon.csv", "rl0375,dīs,,", "rl0375,dīs,dives [marsian],", 4, "variants", "no variety 'marsian'"),
    ("lexicon.csv", "rl0375,dīs", "rl0001,dīs", 4, "id", "lexicon.csv:2 already"),
    ("phrases.csv", "rl0590 rl0375", "rl0590 rl9999", 2, "words", "no entry 'rl9999'"),
    ("forms.csv", "roma,rl0001", "roma,rl9999", 2, "lemma_id", "no entry 'rl9999'"),
    ("themes.csv", "Pamats,1", "Pamats,first", 2, "position", "first"),
    ("sources.csv", "ROMLEX,ROMLEX,Romani Lexicon,", "ROMLEX,ROMLEX,,", 2, "citation", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "line", "message"), YAML + NAMES)
def test_a_mistake_in_yaml_names_file_and_line_and_nothing_is_loaded(folder, name, old, new, line, message):
    spoil(folder, name, old, new)
    with pytest.raises(CommandError) as told:
        load(folder)
    assert str(told.value).startswith(f"{folder / name}:{line}: "), told.value
    assert message in str(told.value)
    assert not LessonPage.objects.exists()


@pytest.mark.parametrize(("name", "old", "new", "line", "message"), YAML)
def test_check_course_tells_it_of_files_alone(folder, name, old, new, line, message):
    spoil(folder, name, old, new)
    with pytest.raises(CommandError) as told:
        call_command("check_course", str(folder), stdout=StringIO())
    assert str(told.value).startswith(f"{folder / name}:{line}: "), told.value
    assert message in str(told.value)


@pytest.mark.parametrize(("name", "old", "new", "line", "column", "message"), TABLES)
def test_a_mistake_in_a_table_names_file_line_and_column(folder, name, old, new, line, column, message):
    spoil(folder, name, old, new)
    with pytest.raises(CommandError) as told:
        load(folder)
    assert re.match(rf"{re.escape(str(folder / name))}:{line}, column {column}: ", str(told.value)), told.value
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key,english,latvian\ncore,Core,Pamats\n", ":1: column 'position' is missing"),
        ("key,english,latvian,position\ncore,Core,1\n", ":2: 3 cells, but the first row names 4 columns"),
        ('key,english,latvian,position\ncore,"Core,Pamats,1\n', ":2: "),
        (FILES["themes.csv"] + "core,Core,Pamats,2\n", ":3, column key: 'core' stands in line 2"),
    ],
)  # fmt: skip
def test_a_table_that_is_no_table_names_the_line(folder, text, said):
    (folder / "themes.csv").write_text(text)
    with pytest.raises(CommandError, match=re.escape(f"themes.csv{said}")):
        load(folder)


def test_a_file_in_another_encoding_is_named(folder):
    for name in ("themes.csv", QUIZ):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes((text + "# ā").encode("cp1257"))
        with pytest.raises(CommandError, match=rf"{name}: this file is not UTF-8"):
            load(folder)
        (folder / name).write_text(text, encoding="utf-8")


def test_a_dry_run_finds_the_names_that_are_not_there(folder):
    load(folder)
    spoil(folder, QUIZ, "- sveiki-02", "- sveiki-77")
    with pytest.raises(CommandError, match=r"quiz\.yaml:5: "):
        load(folder, dry_run=True)


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it(folder):
    path = folder / LESSON
    assert line_of(path, ("body", 1, "pairs", 1, "note")) == 18
    assert line_of(path, ("body", 1, "pairs", 7, "note")) == 14
    assert line_of(path, ("nothing",)) == 1
    assert line_of(folder / EXERCISES, (1, "body", "question_lv")) == 19
    assert line_of(folder / EXERCISES, (1, "body", "question_en")) == 18
