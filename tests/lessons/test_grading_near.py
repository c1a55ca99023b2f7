"""Near misses, phrases word by word, what authors may change: the rules of docs/spelling.md below *spelling*."""

import csv
from collections import defaultdict
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dictionary.spelling import Letters, Rules, answer_keys, is_spelling, key, plain
from lessons.accepted import others_for
from lessons.alignment import align, distance, slip_between
from lessons.grading import RIGHT, VERDICTS, Asked, Expected, grade_text

from .test_grading_spelling import FORMS, PAIRS, found_for, without_marks

HERE = Path(__file__).parent
NEAR = Asked(knows_neighbours=True)
CASES = list(csv.DictReader((HERE / "grading_cases.csv").open(encoding="utf-8", newline="")))

SHAPES = defaultdict(dict)
for _code, _form in FORMS:
    SHAPES[key(_form)[:1], key(_form)[-1:]][_form] = _code


def others_of(*forms):
    """Return what the database finds for a definition: words that a spelling or a slip could mean."""
    found = dict(found_for(*forms))
    for form in forms:
        for word in key(form).split():
            found |= SHAPES[word[:1], word[-1:]]
        found |= {half: "" for pair in PAIRS for half in pair if form in pair}
    return others_for(forms, found)


def judge(written, wanted, asked=NEAR, *, variants=(), others=None):
    expected = [Expected(wanted, "latvian"), *(Expected(form, variety, False) for form, variety in variants)]
    return grade_text(written, expected, others_of(wanted) if others is None else others, asked)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['expected']}-{case['answer']}")
def test_the_table_that_speakers_read(case):
    assert judge(case["answer"], case["expected"]).verdict == case["verdict"], case["note"]


def test_every_verdict_has_cases():
    assert {case["verdict"] for case in CASES} == set(VERDICTS) - {"variant"}


# --- one slip ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "feedback", "slip"),
    [
        ("džkel", "near.missing", ["missing", 2]),
        ("džujkel", "near.extra", ["extra", 3]),
        ("džumel", "near.changed", ["changed", 3]),
        ("dužkel", "near.swapped", ["swapped", 1]),
    ],
)
def test_a_near_miss_knows_its_place(written, feedback, slip):
    grade = judge(written, "džukel")
    assert (grade.verdict, grade.score) == ("near", 0.0)
    assert (grade.facts["feedback"], grade.facts["slip"], grade.facts["matched"]) == (feedback, slip, "džukel")


def test_nothing_is_near_where_the_neighbours_are_not_known():
    assert judge("džkel", "džukel", Asked()).verdict == "wrong"


def test_a_breath_more_or_less_is_no_slip():
    for wanted, written in (("khangīri", "kangīri"), ("čirikli", "čhirikli"), ("rakhībe", "rakībe")):
        assert judge(written, wanted, others={}).verdict == "wrong"


def test_a_slip_that_is_another_word_is_that_word():
    # Both are in the lexicon; one letter apart and long enough.
    pairs = [
        (a, b)
        for group in SHAPES.values()
        for a in group
        for b in group
        if " " not in a and plain(a) != plain(b) and len(key(a)) > 6 and distance(key(a), key(b)) == 1
    ]
    assert len(pairs) > 10
    for wanted, written in pairs:
        assert judge(written, wanted).verdict in ("other", "spelling"), (wanted, written)
        assert judge(f" {written.upper()}!", wanted).verdict != "near"


def test_no_word_of_the_lexicon_is_a_slip_in_a_different_one():
    """Nor is any word without its marks: whoever writes another word is told which one, never *almost*."""
    reached = 0
    for group in SHAPES.values():
        for wanted in group:
            others = None
            for written in group:
                if plain(wanted) == plain(written) or distance(key(wanted), key(written)) > 2:
                    continue
                others = others_of(wanted) if others is None else others
                for one in (written, without_marks(written)):
                    reached += 1
                    assert judge(one, wanted, others=others).verdict != "near", (wanted, one)
    assert reached > 500


def test_no_protected_pair_is_near():
    for a, b in PAIRS:
        for wanted, written in ((a, b), (b, a)):
            others = others_of(wanted) | {written: ""}
            assert judge(written, wanted, others=others).verdict not in RIGHT | {"near"}, (wanted, written)


LONG = st.sampled_from([form for _code, form in FORMS if len(form) > 8 and " " not in form and "-" not in form])


@settings(max_examples=200, deadline=None)
@given(LONG, st.data())
def test_a_letter_left_out_inside_a_long_word_never_counts_as_right_by_chance(wanted, data):
    place = data.draw(st.integers(1, len(wanted) - 2))
    grade = judge(wanted[:place] + wanted[place + 1 :], wanted)
    if grade.verdict in RIGHT:
        assert is_spelling(grade.facts["written"], wanted), "only what the spelling rules allow"
    else:
        assert grade.score == 0.0


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_slip_is_a_distance_of_one(a, b):
    assert (slip_between(a, b) is not None) == (distance(a, b) == 1)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600), st.sampled_from([form for _code, form in FORMS]))
@example("\x00" * 1000, "lačho dīs")
@example("ch" * 5000, "lačho dīs")
@example("a " * 50_000, "phenel avri")
@example("\u0301" * 5000, "džukel")
@example("dž\u202eukel", "džukel")
@example("אבגדהו", "džukel")
@example("джукел", "džukel")
@example("cz sz sh " * 60, "phenel avri")
def test_no_input_raises_or_takes_long(written, wanted):
    rules = Rules(frozenset({2, 12}), (Letters(11, "cz", "č"), Letters(11, "sz", "š"), Letters(4, "u", "o", "end")))
    others = others_of(wanted)
    for asked in (NEAR, Asked(rules, "near", True, True, ["dīs"], ["raj", "x"], "rl0001")):
        start = perf_counter()
        grade = judge(written, wanted, asked, others=others)
        assert perf_counter() - start < 0.25, "milliseconds; the rest is for a busy machine"
        assert grade.verdict in VERDICTS and grade.score in (0.0, 1.0)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FORMS), st.data())
def test_any_accepted_spelling_of_any_word_is_accepted(entry, data):
    """A spelling is drawn letter by letter of what the rules allow; another word may stand against it, nothing else."""
    _code, wanted = entry
    ways = {"č": "čc", "š": ["š", "s", "sh"], "ž": ["ž", "z", "zh"], "x": ["x"], "ļ": ["ļ", "l", "l'"], "ņ": ["ņ", "n"]}
    ways |= {long: [long, short, short * 2] for long, short in zip("āēīōū", "aeiou", strict=True)}
    written = "".join(data.draw(st.sampled_from(list(ways.get(letter, letter)))) for letter in wanted)
    grade = judge(written, wanted)
    if grade.verdict == "other":
        assert any(answer_keys(written) & answer_keys(form) for form in others_of(wanted)) or grade.facts["other_form"]
    else:
        assert grade.verdict in RIGHT, (wanted, written)


# --- phrases --------------------------------------------------------------------------------------------


def steps(written, wanted):
    return [step.op for step in align(written, wanted)]


def test_words_are_aligned_with_the_words_they_stand_for():
    assert steps("lacho dīs", "lačho dīs") == ["spelt", "same"]
    assert steps("dīs", "lačho dīs") == ["missing", "same"]
    assert steps("del lačho", "del lačho dīs") == ["same", "same", "missing"]
    assert steps("na del lačho dīs", "del lačho dīs") == ["extra", "same", "same", "same"]
    assert steps("lačhi dīs", "lačho dīs") == ["changed", "same"]
    assert steps("", "lačho dīs") == ["missing", "missing"]


def test_a_wrong_phrase_says_where_it_differs():
    grade = judge("del dīs", "del lačho dīs")
    assert (grade.verdict, grade.facts["feedback"]) == ("wrong", "wrong.words")
    assert grade.facts["steps"] == [["same", "del", "del"], ["missing", "", "lačho"], ["same", "dīs", "dīs"]]


def test_the_order_of_words_counts_unless_the_exercise_says_otherwise():
    grade = judge("dīs lacho", "lačho dīs")
    assert (grade.verdict, grade.facts["feedback"]) == ("wrong", "wrong.order")
    free = Asked(knows_neighbours=True, any_order=True)
    assert judge("dīs lačho", "lačho dīs", free).verdict == "exact"
    assert judge("dīs lacho", "lačho dīs", free).verdict == "spelling"
    assert judge("dīs dīs", "lačho dīs", free).verdict == "wrong"


@given(st.lists(st.sampled_from(["del", "lačho", "lacho", "dīs", "raj", "na"]), max_size=8))
def test_steps_lead_from_the_answer_to_the_form(words):
    found = align(" ".join(words), "del lačho dīs")
    assert [step.written for step in found if step.op != "missing"] == words
    assert [step.course for step in found if step.op != "extra"] == ["del", "lačho", "dīs"]


# --- what authors may change -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "right"),
    [
        ("exact", {"exact"}),
        ("variant", {"exact", "variant"}),
        ("spelling", {"exact", "variant", "spelling"}),
        ("near", {"exact", "variant", "spelling", "near"}),
    ],
)
def test_an_author_says_which_steps_count(counts, right):
    asked = Asked(knows_neighbours=True, counts=counts)
    answers = {"exact": "džukel", "variant": "rikono", "spelling": "dzukel", "near": "džkel", "wrong": "raj"}
    for verdict, written in answers.items():
        grade = judge(written, "džukel", asked, variants=[("rikono", "north-russian")])
        assert grade.verdict == verdict
        assert grade.score == float(verdict in right)


def test_an_excluded_form_does_not_count_but_the_courses_own_always_does():
    asked = Asked(excluded=["dives", "dīs"])
    assert judge("dīs", "dīs", asked).verdict == "exact"
    assert judge("diis", "dīs", asked).verdict == "spelling"
    grade = judge("dives", "dīs", asked, variants=[("dives", "lithuanian")])
    assert (grade.verdict, grade.facts["feedback"]) == ("wrong", "wrong.excluded")


def test_a_known_wrong_answer_is_recognised_in_any_spelling():
    asked = Asked(known=["šukar", "lačhi"])
    assert judge("lačhi", "lačho", asked).facts["known"] == 1
    assert judge("sukar", "lačho", asked).facts["known"] == 0
    assert "known" not in judge("lačho", "lačho", asked).facts


def test_rules_that_an_author_changed_are_those_that_judge():
    strict = Asked(rules=Rules(off=frozenset({7})))
    assert judge("holin", "xolin", strict).verdict == "wrong"
    wide = Asked(rules=Rules(letters=(Letters(11, "sz", "š"),)))
    assert judge("szukar", "šukar", wide).verdict == "spelling"
