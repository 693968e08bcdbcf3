"""Typography: prose in canonical form comes back in the document's own, however it arrives."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.cleaning import clean
from pandemonium.text.typography import Typography, TypographyWriter

CURLY = (
    "\u201cI saw it,\u201d he whispered\u2014\u201cin the cellar\u2026 \u2019Tis there still.\u201d "
    "The captain\u2019s hand shook.\n\n"
    "\u201c\u2018Never,\u2019 she said\u2014and yet\u2014\u201d He broke off. "
    "\u201cThey\u2019re all gone\u2014every one\u2014\u201d\n\n"
    "Don\u2019t ask about the \u201990s. It was two o\u2019clock (\u2018so-called\u2019), "
    "and the dead men\u2019s \u2018bones\u2019 lay there\u2026"
)

STYLES = {
    "curly": CURLY,
    "straight": clean(CURLY).replace("\u2026", "..."),
    "curly, spaced en dash": CURLY.replace("\u2014\u201d", " \u2013\u201d").replace("\u2014", " \u2013 "),
    "straight, two hyphens": clean(CURLY).replace("\u2014", "--").replace("\u2026", "..."),
    "curly, spaced hyphens, dots": CURLY.replace("\u2014\u201d", " --\u201d")
    .replace("\u2014", " -- ")
    .replace("\u2026", "..."),
    "straight, ellipsis": clean(CURLY),
}

styles = st.builds(
    Typography,
    st.booleans(),
    st.sampled_from(["\u2014", " \u2014 ", " \u2013 ", "--", " -- "]),
    st.sampled_from(["...", "\u2026"]),
)
canonical = st.text(st.sampled_from("aen 9t'\"\u2014.\n("), max_size=40)


def written(typography: Typography, *pieces: str, before: str = "") -> str:
    writer = TypographyWriter(typography, before)
    return "".join([*(writer.add(piece) for piece in pieces), writer.finish()])


@pytest.mark.parametrize("document", STYLES.values(), ids=STYLES.keys())
def test_a_documents_own_prose_comes_back(document: str) -> None:
    assert written(Typography.of(document), clean(document.replace("\u2026", "..."))) == document


@given(
    styles,
    canonical,
    st.lists(st.integers(0, 40), max_size=12),
    st.sampled_from(["", "He said, ", "\u201cI ", '"I', "word"]),
)
def test_pieces_give_what_the_whole_gives(typography: Typography, text: str, cuts: list[int], before: str) -> None:
    edges = [0, *sorted(cuts), len(text)]
    pieces = [text[a:b] for a, b in itertools.pairwise(edges)]
    assert written(typography, *pieces, before=before) == written(typography, text, before=before)


@given(styles, canonical)
def test_cleaning_takes_it_back(typography: Typography, text: str) -> None:
    def bare(text: str) -> str:
        return clean(text, unwrapped=True).replace("\u2026", "...").replace(" ", "").replace("-", "\u2014")

    if "\u2014\u2014" not in text.replace(" ", ""):
        assert bare(written(typography, text)) == bare(text)


def test_straight_prose_is_left_alone(prose: str) -> None:
    assert written(Typography.of(prose), prose) == prose


@pytest.mark.parametrize(
    ("before", "piece", "expected"),
    [
        ("\u201cIt is here,", '" he said.', "\u201d he said."),
        ("\u201cIt was\u201d. He said, ", '"No."', "\u201cNo.\u201d"),
        ("the \u201cthing\u201d and the captain", "'s hand", "\u2019s hand"),
        ("\u201cIt is\u201d.\n\n", '"No," I said', "\u201cNo,\u201d I said"),
    ],
)
def test_goes_on_from_what_stands_before(before: str, piece: str, expected: str) -> None:
    assert written(Typography.of(before), piece, before=before) == expected


def test_an_empty_document_is_canonical() -> None:
    assert Typography.of("") == Typography(False, "\u2014", "...")


def test_a_range_of_years_is_no_dash() -> None:
    assert Typography.of("from 1889\u20131928, and 3\u20134 \u2014 no").dash == " \u2014 "


def test_an_apostrophe_waits_for_the_word_that_decides() -> None:
    writer = TypographyWriter(Typography(curly=True))
    assert writer.add("and '") == "and "
    assert writer.add("t") == ""
    assert writer.add("is so") == "\u2019tis so"
    assert writer.add(" 'true") == " "
    assert writer.finish() == "\u2018true"
