"""Marks go, what they mark stays."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.markup import cut_markup


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("the _Cynic's Word Book_, he said", "the Cynic's Word Book, he said"),
        ("_one\ntwo_", "one\ntwo"),
        ("a *great* and **very** big thing", "a great and very big thing"),
        ("=bold= words", "bold words"),
        ("<i>one</i> &amp; <b class='x'>two</b>&mdash;so", "one & two—so"),
        ("one<br/>two", "one\ntwo"),
        ("a < b and c > d", "a < b and c > d"),
        ("snake_case and 2*3*4", "snake_case and 2*3*4"),
        ("AT&T; fine", "AT&T; fine"),
        ("a\n\n     *       *       *       *\n\nb", "a\n\n* * *\n\nb"),
        ("a\n\n***\n\n# # #\n\nb", "a\n\n* * *\n\nb"),
        ("* * *\n\na\n\n* * *", "a"),
        ("a\n\n* * *\n\nCHAPTER II\n\nb", "a\n\nCHAPTER II\n\nb"),
        ("a\n----------\nb", "a\n\nb"),
        ("a\n\n```\ncode\n```\n\nb", "a\n\n\n\nb"),
        ("the Ph[oe]nicians", "the Phœnicians"),
    ],
)
def test_marks(marked: str, plain: str) -> None:
    assert cut_markup(marked).strip() == plain
