"""Cleaning: one canonical form, nothing but white space, quotes, dashes and invisible marks changed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.cleaning import clean, normalize, replace_surrogates

# What a writer's file may hold, dense in what the cleaner looks at.
SIGNS = (
    "ab A.1,-\u2010\u2013\u2014'\"\u201c\u201d\u2018\u2019`!?<> \n\t\r\x0b\x0c\x00\x85"
    "\u2028\u2029\u00a0\u00ad\u200b\u0301\u00e9\u2026"
)
dense = st.text(st.sampled_from(SIGNS), max_size=60)
lines = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.lists(st.sampled_from(["the", "House", "upon", "--", "it.", '"what', "\u2014"]), max_size=30),
    ),
    max_size=30,
).map(lambda rows: "\n".join(" " * indent + " ".join(words) for indent, words in rows))
anything = st.one_of(st.text(max_size=80), dense, lines)


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(anything)
def test_cleaning_meant_lines_twice_is_cleaning_once(text: str) -> None:
    once = clean(text, unwrapped=True)
    assert clean(once, unwrapped=True) == once


@given(anything)
def test_clean_prose_is_nfc_utf8_without_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in cleaned)
    assert "\n\n\n" not in cleaned
    assert "  " not in cleaned
    cleaned.encode()


@given(anything)
def test_only_white_space_quotes_dashes_and_invisible_marks_change(text: str) -> None:
    quotes = (
        "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
        "\u2032\u2033\u2039\u203a\u02bc\u301d\u301e\u301f\uff02\uff07"
    )
    dashes = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2e3a\u2e3b\ufe58\ufe63\uff0d"

    def rest(text: str) -> str:
        kept = (
            c
            for c in text
            if c not in quotes + dashes and not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")
        )
        return unicodedata.normalize("NFC", "".join(kept))

    assert rest(clean(text)) == rest(normalize(text))


@given(st.text(max_size=60))
def test_normalizing_counts_lines_of_every_system_alike(text: str) -> None:
    text = text.replace("\r", "")
    assert normalize(text.replace("\n", "\r\n")) == normalize(text)
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u201cIt\u2019s here,\u201d he said.", '"It\'s here," he said.'),
        ("``It's here,'' he said.", '"It\'s here," he said.'),
        ("gone -- for ever", "gone\u2014for ever"),
        ("gone \u2013 for ever", "gone\u2014for ever"),
        ("gone - for ever", "gone\u2014for ever"),
        ("1928\u20131931", "1928-1931"),
        ("well-known, 3 - 2", "well-known, 3 - 2"),
        ("<!-- a mark -->", "<!-- a mark -->"),
        ("ye\u00adster\u200bday\u00a0night", "yesterday night"),
        ("e\u0301tude", "\u00e9tude"),
        ("one\r\n\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("one\x0ctwo", "one\n\ntwo"),
        ("nul\x00l", "null"),
        ("  \t\n ", ""),
        ("", ""),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\u4ed6\u5728\u5730\u7a96\u91cc\u3002", "\u4ed6\u5728\u5730\u7a96\u91cc\u3002"),
    ],
)
def test_cleans(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_lone_surrogate_becomes_the_replacement_character_alone() -> None:
    assert replace_surrogates("a\ud800b\udc00c") == "a\ufffdb\ufffdc"
    assert replace_surrogates("\ud83d\ude00") == "\U0001f600"
    assert clean("a\ud800 b") == "a\ufffd b"


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("\t", " "),
        ("\u00a0", " "),
        ("\u3000", " "),
        ("\x0b", "\n"),
        ("\x85", "\n"),
        ("\u2028", "\n"),
        ("\x0c", "\n\n"),
        ("\u2029", "\n\n"),
        ("\x00", ""),
        ("\x1f", ""),
        ("\x7f", ""),
        ("\u00ad", ""),
        ("\u200b", ""),
        ("\u2010", "-"),
        ("\u2013", "\u2014"),
        ("\u201c", '"'),
        ("\u2019", "'"),
    ],
)
def test_each_sign_becomes_one_thing(sign: str, expected: str) -> None:
    assert clean(f"one{sign}two", unwrapped=True) == f"one{expected}two"


def test_a_tab_parts_words() -> None:
    assert clean("ALICE\tHello there.\n\n\tBOB\t\tI never said so.") == "ALICE Hello there.\n\nBOB I never said so."
