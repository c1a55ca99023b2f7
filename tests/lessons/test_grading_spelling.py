"""Typed Romani against the rules of docs/spelling.md: what is on is accepted, what is never is refused."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dictionary.spelling import answer_keys, key, keys, plain
from lessons.accepted import others_for
from lessons.grading import RIGHT, VERDICTS, Expected, combine, grade_choice, grade_order, grade_pairs, grade_text

CONTENT = Path(__file__).parents[2] / "content"


def rows(name):
    with (CONTENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LEXICON = rows("lexicon.csv")
FORMS = [(row["id"], row["romani"]) for row in LEXICON]
PAIRS = [(row["form_a"], row["form_b"]) for row in rows("protected_pairs.csv")]
BY_KEY: dict[str, dict[str, str]] = {}
for _code, _form in FORMS:
    for _key in keys(_form):
        BY_KEY.setdefault(_key, {})[_form] = _code


def found_for(*forms):
    """Return the lexicon's other forms that a spelling of `forms` could mean, as the database would."""
    from dictionary.spelling import neighbour_keys

    near = {one for form in forms for one in neighbour_keys(form)}
    found = {form: code for one in near for form, code in BY_KEY.get(one, {}).items()}
    return others_for(forms, found)


def verdict(written, wanted, *, variants=(), others=None):
    expected = [Expected(wanted, "latvian"), *(Expected(form, variety, False) for form, variety in variants)]
    return grade_text(written, expected, found_for(wanted) if others is None else others).verdict


# rule of spelling_rules.md, what the course writes, what was written
ACCEPTED = [
    (1, "jāg", "jaag"),
    (1, "dīs", "diis"),
    (1, "dēl", "dêêl"),
    (1, "dēl", "dêl"),
    (2, "šēro", "šero"),
    (2, "raj", "rāj"),
    (2, "rāni", "rani"),
    (2, "khēr", "kher"),
    (3, "lačho", "lačhò"),
    (3, "šēro", "šēró"),
    (7, "xolin", "holin"),
    (7, "holin", "xolin"),
    (10, "čhaj", "chhaj"),
    (10, "lačho", "lachho"),
    (10, "šukar", "shukar"),
    (10, "žanel", "zhanel"),
    (10, "džanel", "dzhanel"),
    (12, "lačho", "lacho"),
    (12, "šukar", "sukar"),
    (12, "žanel", "zanel"),
    (13, "daļa", "daľa"),
    (13, "pheņ", "phen'"),
    (13, "pheņ", "pheň"),
    (14, "pheņ", "phen"),
    (15, "na rovel", "narovel"),
    (15, "narovel", "na rovel"),
    (16, "paš-o khēr", "paš o khēr"),
    (18, "te xal", "texal"),
    (18, "te-xal", "te xal"),
    (19, "najis-ta", "najis ta"),
    (19, "najis-ta", "najista"),
    (19, "da-dīs", "dadis"),
    (22, "lačho dīs", "Lačho dīs!"),
    (22, "lačho dīs", "  LAČHO   DĪS.  "),
    (22, "najis-ta", "„najis-ta”"),
]


@pytest.mark.parametrize(("rule", "wanted", "written"), ACCEPTED)
def test_a_spelling_that_the_rules_allow_is_right(rule, wanted, written):
    assert verdict(written, wanted, others={}) in ("exact", "spelling")


REFUSED = [
    (4, "šēro", "šēru"),
    (4, "foros", "forus"),
    (5, "bāro", "bāri"),
    (5, "bāro", "bāre"),
    (5, "lačho", "lačhi"),
    (6, "foros", "foro"),
    (8, "khēr", "kēr"),
    (8, "phal", "pal"),
    (8, "phen", "pen"),
    (8, "thud", "tud"),
    (8, "čhik", "čik"),
    (8, "čhib", "čib"),
    (8, "pal", "phal"),
    (7, "khas", "kxas"),
    (9, "hučo", "učo"),
    (9, "jilo", "ilo"),
    (11, "čiriklo", "cziriklo"),
    (11, "šukar", "szukar"),
    (15, "nalačho", "lačho"),
    (16, "paš-o", "pašo"),
    (17, "paš-o", "paš-e"),
    (21, "gav", "gov"),
    (21, "bagal", "gabal"),
]


@pytest.mark.parametrize(("rule", "wanted", "written"), REFUSED)
def test_what_is_never_another_spelling_is_not_right(rule, wanted, written):
    assert verdict(written, wanted, others={}) not in RIGHT


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("phal", "pal"),
        ("bār", "bar"),
        ("bar", "bār"),
        ("dēl", "del"),
        ("pāš", "paš"),
        ("cik", "čik"),
        ("lačho", "nalačho"),
    ],
)
def test_another_word_is_named_as_such(wanted, written):
    other = next(form for _code, form in FORMS if form == written) if (written in dict(FORMS).values()) else written
    grade = grade_text(written, [Expected(wanted)], found_for(wanted) | {other: "rl9999"})
    assert grade.verdict == "other"
    assert grade.facts["other_form"] == written and grade.facts["other"]


def test_a_variant_names_its_variety():
    grade = grade_text("dives", [Expected("dīs", "latvian"), Expected("dives", "lithuanian", False)], {})
    assert (grade.verdict, grade.score, grade.facts["variety"]) == ("variant", 1.0, "lithuanian")


def test_a_variant_may_be_spelt_differently_too():
    grade = grade_text("diives", [Expected("dīs", "latvian"), Expected("dīves", "latvian", False)], {})
    assert grade.verdict == "spelling" and grade.facts["matched"] == "dīves"


def test_an_empty_answer_is_wrong_and_nothing_else():
    for nothing in ("", "   ", "!?.", "\x00", "«»"):
        assert verdict(nothing, "lačho") == "wrong"


# --- over the whole lexicon ---------------------------------------------------------------------------


def test_every_word_of_the_lexicon_is_exact_for_itself():
    for _code, form in FORMS:
        assert verdict(form, form) == "exact", form


def test_no_word_of_the_lexicon_passes_for_a_different_one():
    """Every word as an answer to every other word that it could reach by any reading of its spelling."""
    reached = 0
    for _code, written in FORMS:
        wanted_by_reading = {form for reading in answer_keys(written) for form in BY_KEY.get(reading, {})}
        for wanted in wanted_by_reading:
            if plain(wanted) == plain(written):
                continue
            reached += 1
            grade = grade_text(written, [Expected(wanted)], found_for(wanted))
            assert grade.verdict == "other", (wanted, written, grade)
    assert reached > 10, "bar and bār, dala and daļa and their like are in the lexicon"


def test_no_protected_pair_passes_for_each_other():
    known = {plain(form) for _code, form in FORMS}
    for a, b in PAIRS:
        for wanted, written in ((a, b), (b, a)):
            # A half of a pair may be a form that the lexicon lists under its lemma: the database knows it as a form.
            others = found_for(wanted) | ({written: "pair"} if plain(written) not in known else {})
            assert verdict(written, wanted, others=others) not in RIGHT, (wanted, written)


def without_marks(form):
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))


def test_a_word_written_without_any_mark_is_right_unless_that_is_another_word():
    """Phones without Latvian keys: the commonest way of writing. Only a rival may stand against it."""
    right = 0
    for _code, wanted in FORMS:
        written = without_marks(wanted)
        others = found_for(wanted)
        got = grade_text(written, [Expected(wanted)], others)
        if got.verdict == "other":
            assert others, wanted
            continue
        assert got.verdict in RIGHT, (wanted, written, got)
        right += 1
    assert right > len(FORMS) * 0.9


# --- whatever anybody writes ---------------------------------------------------------------------------

ROMANI = st.sampled_from([form for _code, form in FORMS])
LETTERS = st.text(alphabet="aābcčdeēfghiījkķlļmnņoōprsštuūvxzž -'", min_size=0, max_size=30)


@settings(max_examples=300, deadline=None)
@given(ROMANI, st.sampled_from(["", " ", "  ", "!", "?", ".", "„", "\t"]), st.booleans())
def test_an_exact_form_is_always_exact(form, around, upper):
    written = f"{around}{form.upper() if upper else form}{around}"
    assert verdict(written, form) == "exact"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), ROMANI)
@example("\x00" * 1000, "lačho")
@example("ch" * 5000, "lačho")
@example("a" * 100_000, "lačho")
@example("\u0301" * 5000, "lačho")
@example("\ud800", "lačho")
@example("\u202elačho", "lačho")
@example("лачо", "lačho")
@example("İ" * 300, "lačho")
@example("ﬁﬂ", "lačho")
@example("-" * 5000, "najis-ta")
@example("te " * 2000, "te xal")
def test_no_input_raises(written, wanted):
    grade = grade_text(written, [Expected(wanted)], found_for(wanted))
    assert grade.verdict in VERDICTS
    assert grade.score in (0.0, 1.0)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), LETTERS))
@example("aaaa")
@example("l''")
@example("´")
def test_folding_twice_is_folding_once(text):
    assert key(key(text)) == key(text)
    assert plain(plain(text)) == plain(text)


@settings(max_examples=200, deadline=None)
@given(LETTERS, LETTERS)
def test_a_verdict_does_not_depend_on_how_characters_are_composed(written, wanted):
    import unicodedata

    composed, taken_apart = (unicodedata.normalize(form, written) for form in ("NFC", "NFD"))
    assert verdict(composed, wanted, others={}) == verdict(taken_apart, wanted, others={})


# --- the other types --------------------------------------------------------------------------------------

IDS = st.lists(st.text(alphabet="abcdef", min_size=1, max_size=2), max_size=12)


@given(IDS, IDS)
def test_a_choice_is_exact_only_with_all_right_options_and_no_other(chosen, correct):
    grade = grade_choice(chosen, correct)
    assert (grade.verdict == "exact") == (set(chosen) == set(correct))
    assert 0.0 <= grade.score <= 1.0
    assert (grade.score == 1.0) == (bool(correct) and set(chosen) == set(correct))


@given(
    st.dictionaries(st.text(max_size=3), st.text(max_size=3)),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), min_size=1),
)
def test_pairs_score_their_share(pairs, correct):
    grade = grade_pairs(pairs, correct)
    right = sum(pairs.get(left) == other for left, other in correct.items())
    assert grade.score == pytest.approx(right / len(correct), abs=1e-4)
    assert (grade.verdict == "exact") == (right == len(correct))


def test_equal_parts_may_change_places():
    assert grade_order(["na", "dīs", "na"], [["na", "dīs", "na"]]).verdict == "exact"
    assert grade_order(["dīs", "na", "na"], [["na", "dīs", "na"]]).verdict == "wrong"


def test_several_gaps_share_a_point_and_take_the_weakest_verdict():
    parts = [grade_text(text, [Expected("avri")], {}) for text in ("avri", "Avrī", "x")]
    whole = combine(parts)
    assert (whole.verdict, whole.score) == ("wrong", pytest.approx(2 / 3, abs=1e-4))
    assert combine(parts[:2]).verdict == "spelling"
