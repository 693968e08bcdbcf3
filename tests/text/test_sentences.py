"""Sentences and words: where a text may end, and how long it is."""

from __future__ import annotations

import pytest

from pandemonium.text.sentences import count_words, ends_sentence, has_open_quote, whole_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\u2014 ... !", 0),
        ("The house", 2),
        ("It's a well-known tale, isn\u2019t it?", 6),
        ("in 1889, at 3:30", 5),
        ("gone\u2014for ever", 3),
        ("na\u00efve caf\u00e9", 2),
        ("under_score", 2),
        ("\u8a71\u8aaa\u5929\u4e0b\u5927\u52e2", 3),
        ("He read \u675c\u752b aloud.", 4),
        ("\u017dlu\u0165ou\u010dk\u00fd k\u016f\u0148", 2),
        ("\u8001\u4eba\u3002\u706f\u7b3c", 2),
    ],
)
def test_counts_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_the_words_of_paragraphs_add_up_to_those_of_their_text() -> None:
    paragraphs = ["\u8001\u4eba\u4e3e\u8d77\u706f\u7b3c\u3002", "He read \u675c\u752b.", "\u4ed6\u6765\u4e86\u3002"]
    assert count_words("\n".join(paragraphs)) == sum(map(count_words, paragraphs)) == 8


@pytest.mark.parametrize(
    "text",
    [
        "It ended.",
        "Did it?",
        'He said "No!"',
        "\u201cNo.\u201d",
        "(It was late.)",
        "It was\u2026",
        "and then...",
        "\u4ed6\u6765\u4e86\u3002",
        "It ended. ",
    ],
)
def test_a_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It ended",
        "It ended,",
        "old Mr.",
        "with Dr.",
        "at 4 p.m.",
        "by H.",
        "by H. P.",
        "i.e.",
        "He said:",
        "It went on\u2014",
        '"Mrs.',
    ],
)
def test_no_sentence_ends(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("", False),
        ('He said, "I', True),
        ('He said, "I."', False),
        ("\u201cI", True),
        ("\u201cI.\u201d", False),
        ('"I\n\nThe end', False),
        ("It's", False),
    ],
)
def test_knows_an_open_quotation(text: str, is_open: bool) -> None:
    assert has_open_quote(text) is is_open


@pytest.mark.parametrize(
    ("passage", "whole"),
    [
        ("ld hou", "old house"),
        ("old house", "old house"),
        (" house w", " house was"),
        ("d", "old"),
        ("n't so", "isn't so"),
    ],
)
def test_a_passage_gets_the_whole_of_its_words(passage: str, whole: str) -> None:
    text = "The old house was dark; it isn't so now."
    start = text.index(passage)
    first, last = whole_words(text, start, start + len(passage))
    assert text[first:last] == whole


def test_scripts_without_spaces_are_cut_anywhere() -> None:
    assert whole_words("\u6211\u4eec\u8d70\u4e86", 1, 3) == (1, 3)
