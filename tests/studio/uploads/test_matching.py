"""Which entry a file's name means: by code, by any spelling, with its pace; asked where it is not sure."""

import pytest

from dictionary.spelling import Letters, Rules
from studio.matching import ASK, CODE, NONE, TEXT, Known, Matcher, natural_order, safe_name, split_name

ENTRIES = [
    Known(1, "rl0001", ("rom",)),
    Known(2, "rl0003", ("dād",)),
    Known(3, "ph0011", ("lačho dives",)),
    Known(4, "rl0483", ("phal",)),
    Known(5, "rl0500", ("lačho", "lačo")),
]


@pytest.fixture
def matcher():
    return Matcher(ENTRIES)


@pytest.mark.parametrize(
    ("name", "entry", "how", "pace"),
    [
        ("rl0001.wav", 1, CODE, ""),
        ("RL0001.WAV", 1, CODE, ""),
        ("ph0011_slow.mp3", 3, CODE, "slow"),
        ("ph0011-lēni.mp3", 3, CODE, "slow"),
        ("ph0011 leni.m4a", 3, CODE, "slow"),
        ("rl0003 (2).ogg", 2, CODE, ""),
        ("rl0483_phal_normal.flac", 4, CODE, "normal"),
        ("012_rl0001.wav", 1, CODE, ""),
        ("rom.webm", 1, TEXT, ""),
        ("dad.wav", 2, TEXT, ""),
        ("daad.wav", 2, TEXT, ""),
        ("dād_slow.wav", 2, TEXT, "slow"),
        ("lacho.wav", 5, TEXT, ""),
        ("lačo.wav", 5, TEXT, ""),
        ("lačho-dives.wav", 3, TEXT, ""),
        ("Lacho_Dives_slow.wav", 3, TEXT, "slow"),
        ("07 - phal.wav", 4, TEXT, ""),
        ("phal_2.wav", 4, TEXT, ""),
        ("rom", 1, TEXT, ""),
        ("IMG_2231.wav", None, NONE, ""),
        ("slow.wav", None, NONE, ""),
        (".wav", None, NONE, ""),
        ("", None, NONE, ""),
    ],
)
def test_a_name_finds_its_entry(matcher, name, entry, how, pace):
    found = matcher.match(name)
    assert (found.entry, found.how, found.pace) == (entry, how, pace)


def test_two_entries_of_one_spelling_are_asked_about():
    found = Matcher([*ENTRIES, Known(6, "rl0900", ("rom",))]).match("rom.wav")
    assert (found.entry, found.how, found.candidates) == (None, ASK, (1, 6))


def test_no_spelling_crosses_a_protected_pair():
    """„dad” is exactly the other half: it never means „dād”, though marks are forgiven elsewhere."""
    words = [Known(1, "rl1", ("dād",))]
    assert Matcher(words).match("dad.wav").entry == 1
    assert Matcher(words, pairs=[("dād", "dad")]).match("dad.wav").entry is None


def test_what_could_be_either_half_is_asked_about():
    words = [Known(1, "rl1", ("dād",))]
    found = Matcher(words, pairs=[("dād", "dad")]).match("daad.wav")
    assert (found.entry, found.how, found.candidates) == (None, ASK, (1,))


def test_another_word_of_the_dictionary_is_not_taken_for_one_of_the_list():
    found = Matcher([Known(1, "rl1", ("dād",))], others=["dad"]).match("dad.wav")
    assert (found.entry, found.how) == (None, ASK)


def test_the_rules_that_authors_set_count():
    words = [Known(1, "rl1", ("čhavo",))]
    assert Matcher(words).match("tjavo.wav").entry is None
    assert Matcher(words, rules=Rules(letters=(Letters(30, "tj", "čh"),))).match("tjavo.wav").entry == 1


def test_the_pace_is_only_an_ending():
    assert split_name("slow_dance.wav") == (["slow", "dance"], "")
    assert split_name("a.b_slow.wav") == (["a", "b"], "slow")


def test_files_are_counted_as_people_do():
    names = ["10.wav", "2.wav", "1b.wav", "1a.wav", "B.wav"]
    assert sorted(names, key=natural_order) == ["1a.wav", "1b.wav", "2.wav", "10.wav", "B.wav"]
    sorted(["²x.wav", "2x.wav", "x" + "9" * 5000], key=natural_order)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../x.wav", "x.wav"),
        ("C:\\Users\\me\\x.wav", "x.wav"),
        ("a\x00b\n\u202egnp.wav", "abgnp.wav"),
        ("<script>alert(1)<", "<script>alert(1)<"),
        ("..", "?"),
        ("", "?"),
        ("dād.wav", "dād.wav"),
    ],
)
def test_a_name_is_shown_without_its_tricks(given, kept):
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending():
    name = safe_name("ā" * 5000 + ".wav")
    assert len(name) == 120
    assert name.endswith("….wav")
