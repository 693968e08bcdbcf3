from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.safekeeping.differences import Stretch, count_changes, differences

TEXTS = st.lists(st.sampled_from(["the ", "sea ", "was ", "dark", ".", "\n", "\n\n", "’s", "\r"]), max_size=30).map(
    "".join
)


@given(TEXTS, TEXTS)
def test_the_stretches_make_up_both_texts(old: str, new: str) -> None:
    found = differences(old, new)
    assert "".join(each.text for each in found if each.change != "added") == old
    assert "".join(each.text for each in found if each.change != "removed") == new
    assert all(each.text for each in found)
    assert all(one.change != other.change for one, other in itertools.pairwise(found))


def test_a_word_is_changed_and_not_its_paragraph() -> None:
    old = "First.\nThe sea was calm that night, and no wind blew.\nLast."
    found = differences(old, old.replace("calm", "dark"))
    assert [each for each in found if each.change != "same"] == [Stretch("removed", "calm "), Stretch("added", "dark ")]
    assert count_changes(found) == (1, 1)


def test_a_paragraph_between_is_added() -> None:
    found = differences("One.\nTwo.\n", "One.\nBetween the two.\nTwo.\n")
    assert found == [Stretch("same", "One."), Stretch("added", "\nBetween the two."), Stretch("same", "\nTwo.\n")]


def test_a_text_that_goes_on_changes_nothing_before() -> None:
    assert differences("The sea.", "The sea.\nThe sky.") == [
        Stretch("same", "The sea."),
        Stretch("added", "\nThe sky."),
    ]


def test_a_rewritten_paragraph_is_shown_whole() -> None:
    found = differences("The sea was calm.", "Nobody knew what lay below.")
    assert [each.change for each in found] == ["removed", "added"]


def test_the_same_is_one_stretch() -> None:
    assert differences("a\nb", "a\nb") == [Stretch("same", "a\nb")]
    assert differences("", "") == []
