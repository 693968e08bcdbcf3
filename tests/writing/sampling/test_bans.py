"""Phrase bans: found wherever they end, whatever their case, and held back while they may still come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.writing.sampling.bans import LONGEST, PhraseBans

letters = st.text(st.sampled_from("abA \n"), max_size=30)


def test_finds_the_earliest_phrase_that_ends_behind_the_start() -> None:
    bans = PhraseBans(["old man", "man of the sea"])
    assert bans.found("The Old Man of the sea", 0) == 4
    assert bans.found("The Old Man of the sea", 11) == 8
    assert bans.found("The Old Man of the se", 11) is None
    assert bans.found("the old\nman", 0) == 4


def test_holds_back_the_beginning_of_a_phrase() -> None:
    bans = PhraseBans(["old man", "mango"])
    assert bans.open_length("The OLD m") == 5
    assert bans.open_length("an old man") == 3
    assert bans.open_length("nothing") == 0
    assert bans.open_length("") == 0


def test_no_phrases_ban_nothing() -> None:
    assert PhraseBans([]).found("anything", 0) is None
    assert PhraseBans(["", "  "]).found("any  thing", 0) is None


def test_letters_that_fold_into_two_keep_their_places() -> None:
    assert PhraseBans(["stra\u00dfe"]).found("\u0130\u00df STRA\u00dfE", 0) == 3


def test_a_phrase_without_end_is_cut() -> None:
    assert PhraseBans(["a" * 1000]).found("a" * LONGEST, 0) == 0


@given(letters, st.lists(letters.filter(str.strip), max_size=3), st.integers(0, 30))
def test_agrees_with_a_plain_search(text: str, phrases: list[str], start: int) -> None:
    def fold(text: str) -> str:
        return text.lower().replace("\n", " ")

    places = [
        place
        for phrase in phrases
        for place in range(len(text))
        if fold(text).startswith(fold(phrase), place) and place + len(phrase) > start
    ]
    assert PhraseBans(phrases).found(text, start) == min(places, default=None)


@given(letters, letters.filter(str.strip))
def test_what_is_held_back_is_all_that_a_phrase_could_begin_in(text: str, phrase: str) -> None:
    bans = PhraseBans([phrase])
    for cut in range(len(text)):
        place = bans.found(text, cut)
        if place is not None and place < cut:
            assert cut - bans.open_length(text[:cut]) <= place


def test_five_thousand_phrases_are_found_as_one_is() -> None:
    many = PhraseBans([f"{first} {second}" for first in map(str, range(100)) for second in map(str, range(50))])
    assert many.found("it was 99 4", 0) == 7
    assert many.found("it was 99 4", 8) == 7
    assert many.found("it was 9x 4", 0) is None
    assert many.open_length("it was 99 ") == 3
    assert many.open_length("it was 9") == 1
