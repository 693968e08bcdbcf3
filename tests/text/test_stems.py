"""What words of one family have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.stems import stem


@pytest.mark.parametrize(
    "family",
    [
        "scream screams screamed screaming Screaming scream's",
        "stop stopped stopping stops",
        "house houses",
        "hurry hurried hurries hurrying hurriedly",
        "happy happily happiness",
        "fear feared fearful fearfully fearless",
        "terrible terribly",
        "strange strangely strangeness",
        "pass passes passed passing",
        "city cities",
        "move moved moving moves",
    ],
)
def test_of_one_family(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_of_different_families() -> None:
    words = "king thing sing glass famous forest store story star strange stranger silent silence water wait".split()
    assert len({stem(word) for word in words}) == len(words)


@given(st.text(max_size=12))
def test_any_text_has_one_and_keeps_a_beginning(word: str) -> None:
    found = stem(word)
    assert bool(found) == bool(word.lower().removesuffix("'s"))
    assert word.lower().startswith(found[:-1])
