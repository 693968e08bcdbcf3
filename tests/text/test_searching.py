"""Searching finds what stands there, replaces as it was told, and gives up in time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import PandemoniumError
from pandemonium.text.searching import Found, Query, Replacement, Search, like

LETTERS = st.text("aAbB .\n'’é\U0001f600", max_size=30)


def places(found: Found) -> list[tuple[int, int]]:
    return [found[index] for index in range(len(found))]


@given(LETTERS, st.text("aAbB .", min_size=1, max_size=3))
def test_plain_words_are_found_as_python_finds_them(text: str, words: str) -> None:
    wanted = [match.span() for match in re.finditer(re.escape(words), text)]
    assert places(Search(Query(words, match_case=True)).find(text)) == wanted


@given(LETTERS, st.text("aAbB .", min_size=1, max_size=3), LETTERS)
def test_replacing_all_is_what_python_replaces(text: str, words: str, new: str) -> None:
    made = Search(Query(words, match_case=True)).replacements(text, new)
    for each in reversed(made):
        text_before = text
        text = text[: each.start] + each.text + text[each.end :]
        assert text_before[each.start : each.end] == words
    assert words not in new or made or words not in text


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        (Query("the"), "The other", ["The", "the"]),
        (Query("the", match_case=True), "The other", ["the"]),
        (Query("the", whole_words=True), "The other", ["The"]),
        (Query("a.c"), "abc a.c", ["a.c"]),
        (Query("a.c", pattern=True), "abc a.c", ["abc", "a.c"]),
        (Query("^.", pattern=True), "one\ntwo", ["o", "t"]),
        (Query("one$", pattern=True), "one\none two", ["one"]),
        (Query("one\\ntwo", pattern=True), "one\ntwo", ["one\ntwo"]),
        (Query("don't"), "Don’t, don't, dont", ["Don’t", "don't"]),
        (Query("'"), "Don’t 'say'", ["'", "'"]),
        (Query("straße", whole_words=True), "die Straße", ["Straße"]),
    ],
)
def test_ways_to_search(query: Query, text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in places(Search(query).find(text))] == wanted


def test_searches_between_two_positions_only() -> None:
    assert places(Search(Query("a")).find("a a a a", 1, 5)) == [(2, 3), (4, 5)]


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("$2 \\1", "sea the"),
        ("\\g<what>!", "sea!"),
        ("${what}${1}", "seathe"),
        ("[$&|\\0]", "[the sea|the sea]"),
        ("$$1 \\\\1", "$1 \\1"),
        ("\\n\\t", "\n\t"),
        ("\\q$x", "\\q$x"),
        ("end\\", "end\\"),
        ("$", "$"),
    ],
)
def test_groups_in_the_replacement(template: str, wanted: str) -> None:
    search = Search(Query(r"(\w+) (?P<what>\w+)", pattern=True))
    assert search.replacements("the sea", template) == [Replacement(0, 7, wanted)]


def test_without_a_pattern_the_replacement_is_taken_as_it_stands() -> None:
    assert Search(Query("a")).replacements("a", r"\1 $1 \n")[0].text == r"\1 $1 \n"


def test_an_unmatched_group_is_empty() -> None:
    assert Search(Query("(a)|b", pattern=True)).replacements("b", "<$1>")[0].text == "<>"


@pytest.mark.parametrize(("template", "says"), [("$3", "group 3"), ("\\9", "group 9"), ("${no}", "'no'")])
def test_a_group_that_is_not_there_is_told(template: str, says: str) -> None:
    with pytest.raises(PandemoniumError, match=says):
        Search(Query("(a)(b)", pattern=True)).replacements("ab", template)


@pytest.mark.parametrize("words", ["(", "[a", "*", "(?<", "\\", "a{2,1}", "(" * 5000])
def test_a_wrong_pattern_is_one_sentence(words: str) -> None:
    with pytest.raises(PandemoniumError, match=r"^This is no whole pattern yet: [^\n]+\. ") as caught:
        Search(Query(words, pattern=True))
    assert caught.value.hint


@given(st.text(max_size=12))
def test_no_pattern_whatever_raises_anything_else(words: str) -> None:
    try:
        search = Search(Query(words, pattern=True))
    except PandemoniumError:
        return
    search.find("some text, 12\nand more")


def test_a_hostile_pattern_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pandemonium.text.searching.TIME_LIMIT", 0.05)
    with pytest.raises(PandemoniumError, match="given up"):
        Search(Query("(a|aa)+$", pattern=True)).find("a" * 5000 + "!")


def test_a_search_that_nobody_waits_for_ends() -> None:
    assert len(Search(Query("a")).find("a" * 10_000, stopped=lambda: True)) == 0


@pytest.mark.parametrize(
    ("found", "new", "wanted"),
    [
        ("LAMP", "candle", "CANDLE"),
        ("Lamp", "candle", "Candle"),
        ("lamp", "Candle", "candle"),
        ("A", "the", "The"),
        ("“Lamp", "“candle", "“Candle"),
        ("12", "Candle", "Candle"),
        ("Lamp", "…", "…"),
    ],
)
def test_keeps_capitals(found: str, new: str, wanted: str) -> None:
    assert like(found, new) == wanted
