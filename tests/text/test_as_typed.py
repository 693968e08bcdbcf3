"""Quotes, dashes and ellipses as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.as_typed import CUSTOMS, TRIGGERS, educated, straightened, substitution


def typed(keys: str, custom: str = "en") -> str:
    """What stands on the page after these keys."""
    page = ""
    for key in keys:
        page += key
        if key in TRIGGERS and (found := substitution(page, CUSTOMS[custom])):
            page = page[: len(page) - found.typed] + found.sign
    return page


def replaced(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, sign in reversed(edits):
        text = text[:start] + sign + text[end:]
    return text


@pytest.mark.parametrize(
    ("custom", "keys", "page"),
    [
        ("en", '"Don\'t," she said, "or \'else\'."', "“Don’t,” she said, “or ‘else’.”"),
        ("en", "Wait--no...", "Wait—no…"),
        ("en", '"But--"', "“But—”"),
        ("en", "'Twas the '90s, 'tis said.", "’Twas the ’90s, ’tis said."),
        ("en", '("Yes.")', "(“Yes.”)"),
        ("en", "----------", "—" + "-" * 8),
        ("en", "the boys' hats", "the boys’ hats"),
        ("en-GB", "a -- b --- c", "a – b — c"),
        ("de", "\"Na, das war's 'halt'.\"", "„Na, das war’s ‚halt‘.“"),
        ("de-books", '"Ja."', "»Ja.«"),
        ("fr", '"Oui" et "l\'ami "', "«\u202fOui\u202f» et «\u202fl’ami »"),
        ("nl", '"Zo \'n dag."', "“Zo ’n dag.”"),
        ("sv", '"Ja."', "”Ja.”"),
    ],
)
def test_what_stands_on_the_page_after_typing(custom: str, keys: str, page: str) -> None:
    assert typed(keys, custom) == page


def test_what_is_not_wanted_is_left_alone() -> None:
    custom = CUSTOMS["en"]
    assert substitution('"', custom, quotes=False) is None
    assert substitution("a--", custom, dashes=False) is None
    assert substitution("...", custom, dashes=False) is None
    assert substitution("<!--", custom) is None
    assert substitution("....", custom) is None


def test_a_whole_text_is_educated_and_straightened() -> None:
    text = "\"It's...\" he said--'tis true.\n---\n\"And 'you'?\""
    curly = replaced(text, educated(text, CUSTOMS["en"]))
    assert curly == "“It’s…” he said—’tis true.\n---\n“And ‘you’?”"
    assert replaced(curly, straightened(curly)) == text.replace("--'tis", "—'tis")


@given(st.text(alphabet="ab '\"-.\n—“”‘’…(", max_size=60), st.sampled_from(sorted(CUSTOMS)))
def test_replacements_are_in_order_apart_and_inside(text: str, custom: str) -> None:
    for edits in (educated(text, CUSTOMS[custom]), straightened(text)):
        end = 0
        for start, stop, sign in edits:
            assert end <= start < stop <= len(text)
            assert text[start:stop] != sign
            end = stop
    assert '"' not in replaced(text, educated(text, CUSTOMS[custom]))


@given(st.text(alphabet="ab '\"-.—“‘", max_size=40), st.sampled_from(sorted(CUSTOMS)))
def test_a_substitution_takes_away_only_what_is_there(before: str, custom: str) -> None:
    found = substitution(before, CUSTOMS[custom])
    assert found is None or (0 < found.typed <= len(before) and found.sign != before[-found.typed :])
