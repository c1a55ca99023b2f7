"""Where a long recording is cut, from levels alone."""

from array import array
from itertools import pairwise

import pytest

from studio import cutting
from studio.cutting import STEP_MS, LevelMeter, Span, assign, best_cut, cut, level, threshold

VOICE, ROOM = level(0.3), level(0.003)


def sound(*parts):
    """Levels of (value, milliseconds) one after another."""
    return b"".join(bytes([value]) * (ms // STEP_MS) for value, ms in parts)


def words(count, *, word=600, pause=800, voice=VOICE, room=ROOM):
    return sound((room, 500), *[(voice, word), (room, pause)] * count)


def test_each_word_between_silences_is_a_piece_with_a_little_room():
    pieces = cut(words(3))
    assert [piece.start for piece in pieces] == [500 - 140, 1900 - 140, 3300 - 140]
    assert [piece.end for piece in pieces] == [1100 + 140, 2500 + 140, 3900 + 140]


def test_a_pause_within_a_phrase_does_not_cut_it():
    levels = sound((ROOM, 500), (VOICE, 400), (ROOM, 300), (VOICE, 400), (ROOM, 900))
    assert len(cut(levels, pause_ms=500)) == 1
    assert len(cut(levels, pause_ms=250)) == 2


@pytest.mark.parametrize(("voice", "room"), [(0.3, 0.0), (0.02, 0.001), (0.8, 0.05), (0.3, 0.03)])
def test_the_threshold_follows_voice_and_room(voice, room):
    """A loud room and a quiet voice alike: no level is fixed."""
    assert len(cut(words(5, voice=level(voice), room=level(room)))) == 5


def test_a_word_once_a_minute_is_found_too():
    assert len(cut(words(10, word=600, pause=60_000))) == 10


def test_a_click_is_no_word():
    assert len(cut(sound((ROOM, 500), (VOICE, 600), (ROOM, 800), (VOICE, 60), (ROOM, 800)))) == 1


def test_pieces_never_overlap_however_wide_the_padding():
    pieces = cut(words(4, pause=260), pause_ms=250, padding_ms=5000)
    assert len(pieces) == 4
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert pieces[0].start == 0
    assert pieces[-1].end == len(words(4, pause=260)) * STEP_MS


def test_without_a_silence_it_is_one_piece_and_without_a_sound_none():
    assert cut(bytes([VOICE]) * 100) == [Span(0, 2000)]
    assert cut(bytes(100)) == []
    assert cut(b"") == []
    assert threshold(b"") is None


def test_the_pause_is_chosen_that_gives_as_many_pieces_as_there_are_words():
    levels = sound((ROOM, 1500), *[(VOICE, 500), (ROOM, 400), (VOICE, 500), (ROOM, 1200)] * 6)
    assert len(best_cut(levels, 6)[1]) == 6
    assert len(best_cut(levels, 12)[1]) == 12
    assert best_cut(levels, 6)[0] == 500


def test_the_meter_counts_the_same_in_blocks_of_any_size():
    samples = array("f", [0.5 if n % 7000 < 3000 else 0.001 for n in range(50_000)])
    found = []
    for size in (1, 317, 1024, 50_000):
        meter = LevelMeter(16_000)
        for start in range(0, len(samples), size):
            meter.add(samples[start : start + size])
        found.append(meter.finish())
    assert found.count(found[0]) == 4
    assert len(found[0]) == -(-50_000 // 320)


def test_an_hour_is_bounded_and_quick():
    levels = words(2500)
    assert len(levels) * STEP_MS > 3_500_000
    assert len(cut(levels)) == 2500
    assert cutting.MOST_PIECES == 1000


def test_pieces_take_the_words_in_order():
    kept = (True, 0)
    assert assign([kept, kept, kept], [7, 8, 9]) == [7, 8, 9]
    assert assign([kept, (False, 0), kept], [7, 8, 9]) == [7, None, 8]
    assert assign([kept, (True, 1), kept], [7, 8, 9]) == [7, 9, None]
    assert assign([kept, (True, -1), kept], [7, 8, 9]) == [7, 7, 8]
    assert assign([(True, -1)], [7]) == [7]
    assert assign([], [7]) == []
