"""Other words for a part of a sentence: in the form that their place wants, none where they say another thing."""

from __future__ import annotations

import pytest

from pandemonium.writing.rewriting.other_words import swapped
from pandemonium.writing.rewriting.rephrasing import rephrase_part
from pandemonium.writing.rewriting.words_alike import (
    DEEDS,
    IRREGULAR,
    MANNERS,
    PLACED,
    QUALITIES,
    RELATIONS,
    STATES,
    THINGS,
)


def parted(text: str) -> tuple[str, str, str]:
    before, _, rest = text.partition("[")
    part, _, behind = rest.partition("]")
    return before, part, behind


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("She stood before [the old grey house] by the sea.", ["the ancient grey house"]),
        ("They began [to wander].", ["to roam"]),
        ("He went [hurrying home].", ["hastening home"]),
        ("He [hurried] home.", ["hastened"]),
        ("He had [hidden the lamp].", ["concealed the lamp"]),
        ("He [hid the lamp].", ["concealed the lamp"]),
        ("They [selected] the stone.", ["chose"]),
        ("He had [selected] it.", ["chosen"]),
        ("With [the chisel selected], he went on.", []),  # nobody selected anything there
        ("She saw [two ghosts].", ["two phantoms", "two spectres"]),
        ("It was [a tiny lamp].", ["a small lamp"]),
        ("It was [an evil hour].", []),
        ("It was [a vile man].", ["a foul man"]),
        ("[He hurried] home.", ["He hastened"]),
        # The article stands before the part, and would have to be another.
        ("It was a [vast] hall.", ["huge"]),
        ("It was [a vast] hall.", ["an immense", "a huge"]),
        # These are no verbs, no nouns and no adjectives there.
        ("She kept [the beloved doubt].", []),
        ("They ran before [the sea breeze].", ["the sea wind"]),
        ("The men [dwelling] there saw it.", ["living"]),
        ("He came to a dismal [dwelling].", ["house"]),
        ("It stood [under the influence] of gin.", []),
        ("He hid [under the table].", ["beneath the table"]),
        ("He went away [for fear] of it.", ["for dread"]),
        ("It was there [for fear] it would go.", []),
        ("He [carried out] the plan.", []),
        ("He [threw himself] down.", []),
        ("It was more [strange] than that.", []),
        ("She looked at [Sea] and Moon.", []),
        ("He heard [a faint sound].", []),
        ("He saw [a faint light].", ["a dim light"]),
        ("[The weary horse] and the weary man.", []),  # said twice on purpose
        ("", []),
    ],
)
def test_another_word_stands_in_the_form_of_its_place(text: str, wordings: list[str]) -> None:
    assert [each.text for each in swapped(*parted(text))] == wordings


def test_no_word_changes_twice() -> None:
    before, part, behind = parted("He felt [a mysterious dread] again.")
    for first in swapped(before, part, behind):
        for second in swapped(before, first.text, behind, first.end):
            assert second.text[: first.end] == first.text[: first.end]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("A tomb [of my forefathers] stood", ""),
        ("He read [the writings of my forefathers].", "my forefathers' writings"),
        ("He heard [the voice of the king] in the hall.", "the king's voice"),
        ("He heard [the old king's voice].", ""),
        ("He heard [the king's voice].", "the voice of the king"),
        ("He heard Tuan [Almayer's voice].", ""),
        ("It was [a long and weary road].", "a weary and long road"),
        ("They saw [the ruins and cliffs] there.", "the cliffs and ruins"),
        ("They saw [quaint gardens and cherry trees].", ""),  # "saw" may have its own first word
        ("They came to a land of [quaint gardens and cherry trees].", "cherry trees and quaint gardens"),
        ("They saw [the ruin and cliffs] there.", ""),
        ("He stood [in the garden and wept].", ""),
        ("He went [up and down].", ""),
        ("It was [a hot and cold spring].", ""),
        ("He [took the ring eagerly] and went.", "eagerly took the ring"),
        ("It had been [stealthily opened].", "opened stealthily"),
        ("It was a [stealthily opened] door.", ""),
        ("There were [walls of stone blocks] below.", "walls of blocks of stone"),
        ("He had done it [by mistake].", "in error"),
        ("He sat on [the other side] of it.", "the far side"),
        ("She [seemed] to sleep.", "appeared"),  # what stands behind it tells that it may
        ("She [seemed] an old woman.", ""),
        ("It was a [huge] dog.", ""),  # that would be "an enormous dog"
    ],
)
def test_what_stands_around_a_part_tells_which_rule_fits(text: str, wording: str) -> None:
    before, part, behind = parted(text)
    found = rephrase_part(part, before, behind)
    assert wording in found if wording else not found


def test_the_tables_can_be_read() -> None:
    for table in (THINGS, STATES, QUALITIES, MANNERS, DEEDS, RELATIONS, PLACED):
        for group in table.split(";"):
            words, _, behind = group.partition("|")
            olds, sign, news = words.partition(">")
            assert "|" not in behind, group
            assert ">" not in news, group
            assert 1 <= len(olds.split()) <= 4, group
            assert len(news.split()) >= 1 if sign else len(olds.split()) > 1, group
            assert not {*olds.split()} & {*news.split()}, group
    assert all(len(each.split()) == 3 for each in IRREGULAR.split(";"))
