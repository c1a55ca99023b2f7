"""What is proposed for words: facts in, exercises out; no database. Words as in the lexicon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.proposals import KINDS, MATCH_SIZE, MOST_WORDS, Word, confusables, propose, share_meaning


def word(pk, text, *meanings, **facts):
    defaults = {"theme": 1, "variety": 1, "is_heard": True, "kind": "phrase" if " " in text else "word"}
    return Word(pk=pk, text=text, gloss=", ".join(meanings), meanings=frozenset(meanings), **(defaults | facts))


PHAL = word(1, "phal", "brālis")
PAL = word(2, "pal", "aiz", "pēc", theme=2)
PHEN = word(3, "phen", "māsa")
DAD = word(4, "dād", "tēvs")
DAJ = word(5, "daj", "māte", theme=3)
RAJ = word(6, "raj", "kungs", theme=4)
RANI = word(7, "rāni", "kundze", theme=4)
GOOD = word(8, "lačho", "labs", theme=5)
DAY = word(9, "dīs", "diena", theme=5)
HELLO = word(10, "lačho dīs", "labdien")
GREET = word(11, "del lačho dīs", "sasveicināties")
TELL = word(12, "phenel avri", "izstāstīt")
POOL = [PHAL, PAL, PHEN, DAD, DAJ, RAJ, RANI, GOOD, DAY, HELLO, GREET, TELL]


def proposed(words, pool=POOL, kinds=KINDS, seed="1"):
    return propose(words, pool, kinds=kinds, seed=seed)


def test_a_heard_word_gets_every_kind_for_single_words_and_a_phrase_the_rest():
    kinds = {(one.type, one.value.get("mode")) for one in proposed([PHAL])}
    assert kinds == {
        ("choice", "listen"),
        ("choice", "meaning"),
        ("choice", "form"),
        ("type", "dictation"),
        ("type", "translate"),
        ("type", "meaning"),
        ("speak", None),
    }
    assert {one.type for one in proposed([GREET])} == {"choice", "order", "gap", "type", "speak"}


def test_what_cannot_be_heard_is_never_asked_by_ear():
    silent = word(20, "berš", "gads", is_heard=False)
    modes = {one.value.get("mode") for one in proposed([silent])}
    assert modes == {"meaning", "form", "translate"}
    assert proposed([PHAL, silent], pool=[PHAL, silent], kinds=["choice-sounds"]) == []


def test_only_the_wanted_kinds_are_proposed_and_at_most_thirty_words():
    many = [word(100 + n, f"{n}", f"nozīme{n}") for n in range(40)]
    found = proposed(many, pool=many, kinds=["type-translate", "unknown"])
    assert len(found) == MOST_WORDS
    assert {one.type for one in found} == {"type"}


def test_wrong_options_are_those_that_sound_alike_or_stand_in_the_same_theme():
    near = confusables(PHAL, POOL, "1", count=2)
    assert PHEN in near
    assert PAL in confusables(PHAL, POOL, "1", count=3)
    assert all(other.kind == "word" for other in confusables(PHAL, POOL, "1", count=9))


def test_taught_words_come_first_among_equals():
    plain, taught = word(30, "ami", "jā", theme=9), word(31, "ame", "mēs", theme=9, is_taught=True)
    target = word(32, "dīs", "diena", theme=9)
    assert confusables(target, [plain, taught], "1", count=1) == [taught]


@pytest.mark.parametrize(
    "other",
    [
        word(40, "pal", "brālis"),
        word(41, "pal", "brālis", "draugs"),
        word(42, "pal", "vecākais brālis"),
        word(43, "Phal!", "dēlis"),
        word(44, "pal", "radinieks", variety=2, is_taught_variety=False),
        word(45, "pal", "radinieks", is_taught_variety=False),
        word(46, "pal", "radinieks", variants=("phal",)),
        word(47, "pal"),
        word(48, "pal", "brālis-"),
        PHAL,
    ],
    ids=[
        "same",
        "one of two",
        "with a word added",
        "a spelling",
        "variety",
        "not taught",
        "variant",
        "none",
        "sign",
        "itself",
    ],
)
def test_what_may_be_right_as_well_is_never_a_wrong_option(other):
    assert other not in confusables(PHAL, [other, PHEN], "1", count=5)


def test_wrong_options_do_not_mean_the_same_among_themselves():
    twin = word(50, "pal", "māsa")
    found = confusables(PHAL, [PHEN, twin, DAD], "1", count=3)
    assert not any(share_meaning(a, b) for a in found for b in found if a is not b)


def test_a_word_of_a_neighbouring_variety_is_never_asked():
    assert proposed([word(60, "phal", "brālis", variety=2, is_taught_variety=False)]) == []


def test_match_groups_hold_three_to_five_words_that_cannot_be_mixed_up():
    twin = word(70, "pal", "brālis")
    found = proposed([PHAL, twin, PHEN, DAD, DAJ, RAJ, RANI, GOOD, HELLO], kinds=["match-meaning"])
    groups = [one.value["items"] for one in found]
    assert groups
    assert all(3 <= len(group) <= MATCH_SIZE for group in groups)
    assert not any({PHAL.pk, twin.pk} <= set(group) for group in groups)
    assert all(HELLO.pk not in group for group in groups)


def test_pictures_are_offered_only_where_each_word_has_its_own():
    seen, twin = word(90, "khēr", "māja", picture=1), word(91, "udar", "durvis", picture=1)
    others = [word(92 + n, text, text, picture=2 + n) for n, text in enumerate(("vokna", "lampa"))]
    kinds = ["choice-picture", "choice-pictures"]
    by_picture, pictures = proposed([seen, PHAL], pool=[seen, twin, *others, PHAL, DAD], kinds=kinds)
    assert (by_picture.value["mode"], by_picture.value["options_as"]) == ("picture", "")
    assert (pictures.value["mode"], pictures.value["options_as"]) == ("meaning", "picture")
    assert set(pictures.value["distractors"]) == {other.pk for other in others}, "neither its twin nor the unseen"


def test_what_is_picked_by_ear_can_be_heard():
    (one,) = proposed([PHAL], pool=[PHEN, word(95, "dād", "tēvs", is_heard=False)], kinds=["choice-sounds"])
    assert one.value["options_as"] == "sound" and one.value["distractors"] == [PHEN.pk]


def test_flashcards_are_dealt_into_decks_of_about_one_size():
    many = [word(100 + n, f"{n}", f"nozīme{n}") for n in range(25)]
    decks = proposed(many, pool=many, kinds=["flashcards"])
    assert sorted(len(one.value["items"]) for one in decks) == [7, 9, 9]
    assert {pk for one in decks for pk in one.value["items"]} == {one.pk for one in many}
    assert proposed([PHAL], kinds=["flashcards"]) == [], "one card is no deck"


def test_two_words_make_no_match():
    assert proposed([PHAL, PHEN], kinds=["match-meaning", "match-listen"]) == []


def test_the_gap_misses_a_word_that_the_dictionary_knows_and_offers_none_of_the_phrases_own():
    (gap,) = proposed([GREET], kinds=["gap"])
    (only,) = gap.value["gaps"]
    assert only["answer"] == "lačho"
    assert only["distractors"]
    assert not {"del", "lačho", "dīs"} & set(only["distractors"])
    assert gap.title == "del ___ dīs: sasveicināties"
    assert proposed([TELL], kinds=["gap"]) == [], "no word of it has an entry of its own"


def test_a_phrase_of_the_same_word_twice_has_no_order():
    assert proposed([word(80, "na na", "nē, nē")], kinds=["order"]) == []


def test_the_seed_decides_and_the_content_names_the_exercise():
    assert proposed([PHAL], seed="7") == proposed([PHAL], seed="7")
    assert len({one.uuid for one in proposed([PHAL, PHEN, GREET])}) == len(proposed([PHAL, PHEN, GREET]))
    others = [word(200 + n, f"{n}", f"nozīme{n}", theme=9) for n in range(20)]
    target = word(300, "dīs", "diena", theme=9)
    assert len({tuple(o.pk for o in confusables(target, others, str(seed))) for seed in range(12)}) > 1


@given(
    texts=st.lists(st.text(max_size=12), min_size=1, max_size=8),
    meanings=st.lists(st.text(max_size=12), min_size=1, max_size=3),
)
def test_whatever_the_dictionary_holds_proposing_never_fails(texts, meanings):
    words = [word(pk, text, *meanings[: 1 + pk % 3]) for pk, text in enumerate(texts, 1)]
    for one in propose(words, words + POOL, kinds=KINDS, seed="1"):
        assert one.title
