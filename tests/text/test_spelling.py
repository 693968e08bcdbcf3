"""Spelling marks what is wrong, leaves alone what is no prose, and knows what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.text.dictionaries import FOLDER, HOUSE, Dictionary, find_dictionaries
from pandemonium.text.own_words import read_words
from pandemonium.text.spelling import SpellChecker, words_to_check

BUNDLED = paths.resources() / FOLDER


@pytest.fixture(scope="module")
def american() -> SpellChecker:
    return SpellChecker(find_dictionaries([BUNDLED])["en_US"])


@pytest.fixture(scope="module")
def british() -> SpellChecker:
    return SpellChecker(find_dictionaries([BUNDLED])["en_GB"])


def wrong(checker: SpellChecker, text: str, *, capitals: bool = False) -> list[str]:
    return [text[start:end] for start, end in checker.misspelt(text, capitals=capitals)]


def test_the_two_englishes(american: SpellChecker, british: SpellChecker) -> None:
    text = "The color of the colour, and teh lamp."
    assert wrong(american, text) == ["colour", "teh"]
    assert wrong(british, text) == ["color", "teh"]


@pytest.mark.parametrize(
    "text",
    [
        "don't don’t o'clock o’clock the sailors’ lamps",
        "It was a “quoted” word—and another.",
        "the 3rd of June, at 10pm, x2 and h2so4",
        "see https://exmaple.org/abcd?q=xyzzy or www.exmaple.org, or write to jhon@exmaple.org",
        "the file qwzx.txt and the page qwzx.com",
        "*very* _really_ **dark** `xyzzy plugh` [a link](qwzx/asdf) ~~old~~",
        "<span class='xyzzq'>dark</span> &nbsp; &mdash;",
        "UNESCO AND XYZZQ",
        "snake_case_wrod __init__",
        "a I b",
        "dark\u00adness",
        "\u0442\u0435\u0441\u0442 \u4e2d\u6587",
        "@xyzzq #xyzzq",
        "",
    ],
)
def test_what_is_not_marked(american: SpellChecker, text: str) -> None:
    assert wrong(american, text) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("*teh* _teh_ 'teh' “teh”", ["teh"] * 4),
        ("a `code` teh <b>teh</b>", ["teh", "teh"]),
        ("well-knwon", ["knwon"]),
        ("doesnt’ the dont", ["doesnt", "dont"]),
        ("Teh end", ["Teh"]),
        ("nai\u0308vee", ["nai\u0308vee"]),
        ("\U0001f600 teh", ["teh"]),
    ],
)
def test_what_is_marked(american: SpellChecker, text: str, marked: list[str]) -> None:
    assert wrong(american, text) == marked


def test_capitals_if_asked(american: SpellChecker) -> None:
    assert wrong(american, "TEH THE", capitals=True) == ["TEH"]


def test_speech_may_drop_its_last_letter(american: SpellChecker) -> None:
    assert wrong(american, "runnin’ and walkin' an’ xyzzin'") == ["xyzzin"]


def test_own_words_hold_for_capitals_and_possessives() -> None:
    checker = SpellChecker(find_dictionaries([BUNDLED])["en_US"], ["Zkauba", "glibber", "O’Xyzz"])
    assert wrong(checker, "Zkauba Zkauba’s ZKAUBA glibber Glibber O'Xyzz", capitals=True) == []
    assert wrong(checker, "zkauba") == ["zkauba"]
    checker.take_words([])
    assert wrong(checker, "Zkauba") == ["Zkauba"]


def test_the_house_knows_its_own_places() -> None:
    checker = SpellChecker(find_dictionaries([BUNDLED])["en_US"], read_words(BUNDLED / HOUSE))
    assert wrong(checker, "‘Tis said in Innsmouth and Arkham, ’twas Nyarlathotep’s eldritch ghasts.") == []


def test_suggestions_wear_the_apostrophe_of_the_word(american: SpellChecker) -> None:
    assert "believe" in american.suggestions("beleive")
    assert "doesn't" in american.suggestions("does'nt")
    assert "doesn’t" in american.suggestions("does’nt")


def test_own_words_are_suggested_first() -> None:
    checker = SpellChecker(find_dictionaries([BUNDLED])["en_US"], ["Nyarlathotep"])
    assert checker.suggestions("Nyarlothotep")[0] == "Nyarlathotep"


@given(st.text())
def test_any_text_is_looked_through(text: str) -> None:
    end = 0
    for start, stop in words_to_check(text):
        assert end <= start < stop <= len(text)
        assert any(each.isalpha() for each in text[start:stop])
        end = stop


def test_any_text_can_be_judged(american: SpellChecker) -> None:
    @given(st.text())
    def judge(text: str) -> None:
        american.misspelt(text, capitals=True)

    judge()


def small(folder: Path, words: bytes, affixes: bytes = b"SET UTF-8\n") -> Dictionary:
    (folder / "xx.aff").write_bytes(affixes)
    (folder / "xx.dic").write_bytes(words)
    return Dictionary("xx", folder / "xx.aff", folder / "xx.dic")


def test_a_dictionary_in_another_script_leaves_latin_words_alone(tmp_path: Path) -> None:
    checker = SpellChecker(small(tmp_path, "2\nморе\nдом\n".encode()))
    assert wrong(checker, "море дом дмо and teh") == ["дмо"]


def test_a_dictionary_in_an_old_encoding(tmp_path: Path) -> None:
    checker = SpellChecker(small(tmp_path, "1\nhäuser\n".encode("latin-1"), b"SET ISO8859-1\n"))
    assert wrong(checker, "häuser häusr ŵŷ") == ["häusr"]


@pytest.mark.parametrize("words", [b"", b"word\nother\n", b"\0\0\0\0", b"12\n"])
def test_a_file_that_is_no_dictionary_is_told(tmp_path: Path, words: bytes) -> None:
    with pytest.raises(PandemoniumError, match="cannot be read"):
        SpellChecker(small(tmp_path, words))


def test_a_missing_dictionary_is_told(tmp_path: Path) -> None:
    with pytest.raises(PandemoniumError, match="cannot be read"):
        SpellChecker(Dictionary("xx", tmp_path / "xx.aff", tmp_path / "xx.dic"))
