"""From a document to what is read: canonical, cut, and healed where the cursor stands in a word."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.reading.context import MOST_CHARACTERS, STEP, gap_behind, prepare, reading_start, to_word_end


def read(tokenizer: SubwordTokenizer, before: str, paragraph: str = "\n\n") -> str:
    """What is read and what the first piece must begin with, as text."""
    context = prepare(before, tokenizer, paragraph)
    assert context.tokens[0] == tokenizer.separator
    return tokenizer.decode(context.tokens) + "|" + context.prefix.decode()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", "\n\n|"),
        (" \n\t ", "\n\n|"),
        ("a", "\n\n|a"),
        ("...", "\n\n...|"),
        ("I don\u2019", "I| don'"),
        ("I don\u2019t", "I| don't"),
        ("THE FESTIVAL", "THE FESTIVAL\n\n|"),
        ("THE FESTIVAL\n\n", "THE FESTIVAL\n\n|"),
        ("IT WAS LATE. AND I WENT", "It was late. And I| went"),
        ("It was over.", "It was over.|"),
        ("It was over. ", "It was over.| "),
        ("It was over.\n", "It was over.\n\n|"),
        ("It was over.\r\n\r\n", "It was over.\n\n|"),
        ("It was over.\u2029", "It was over.\n\n|"),
        ("It was in the cel", "It was in the| cel"),
        ("It was in the cellar ", "It was in the cellar| "),
        ("\u201cIt was\u2014", '"It was\u2014|'),
        ("It was \u2013 ", "It was\u2014|"),
        ("in 1889", "in 1889|"),
        ("It was \U0001f419 late\u2026 \u263d", "It was late\u2026|"),
        ("caf\u00e9 na\u00efve \u0142\u2116", "caf\u00e9 naive| lNo"),
        ("\U0001f419", "\n\n|"),
        ("\u4ed6\u5728\u3002", "\n\n|"),
        ("\x00", "\n\n|"),
        ("\ud800", "\n\n|"),
    ],
)
def test_reads(bundled_voice: Voice, before: str, expected: str) -> None:
    assert read(bundled_voice.tokenizer, before) == expected


def test_a_single_newline_ends_a_paragraph_where_the_document_says_so(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    assert read(tokenizer, "One.\nTwo.\n", paragraph="\n") == "One.\n\nTwo.\n\n|"
    assert read(tokenizer, "One.\nTwo.") == "One.\nTwo.|"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.sampled_from(["\n", "\n\n"]))
def test_any_text_can_be_prepared(tokenizer: SubwordTokenizer, before: str, paragraph: str) -> None:
    context = prepare(before, tokenizer, paragraph)
    assert context.prefix == b"" or len(tokenizer.spelling(context.prefix)) > 0
    assert not (context.starts_line and context.prefix)
    assert context.tail.endswith(" ") == (context.prefix == b" ")


def test_a_long_document_is_cut_at_a_line_and_the_cut_stays_while_typing(
    tokenizer: SubwordTokenizer, prose: str
) -> None:
    book = "\n\n".join([prose] * 70)
    assert len(book) > 200_000
    context = prepare(book, tokenizer)
    text = tokenizer.decode(context.tokens)
    assert MOST_CHARACTERS - 1.5 * STEP <= len(text) <= MOST_CHARACTERS
    assert book.endswith(text)
    assert book[: -len(text)].endswith("\n")
    longer = prepare(book + " And then", tokenizer)
    assert longer.tokens[: len(context.tokens)] == context.tokens


@pytest.mark.parametrize(
    "text", ["x" * 200_000, "x " * 100_000, "\n" * 200_000, "\u4ed6" * 200_000, "\U0001f419" * 100_000]
)
def test_a_long_document_without_lines_is_cut_as_well(tokenizer: SubwordTokenizer, text: str) -> None:
    assert len(tokenizer.decode(prepare(text, tokenizer).tokens)) <= MOST_CHARACTERS


def test_the_tail_is_canonical(tokenizer: SubwordTokenizer) -> None:
    assert (
        prepare("\u201cIt\u2019s here,\u201d he said \u2013 \u201cin the ", tokenizer).tail
        == '"It\'s here," he said\u2014"in the '
    )
    assert prepare("\u201cIt\u2019s here,\u201d\n", tokenizer).tail.endswith('here,"\n\n')


def test_what_is_not_known_is_said(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    assert prepare("It was \U0001f419 late \u263d \U0001f419.", tokenizer).unknown == "\u263d\U0001f419"
    assert prepare("\u201cCaf\u00e9\u201d\u2014na\u00efve\u2026", tokenizer).unknown == ""


def test_a_title_is_followed_by_a_paragraph(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    assert prepare("THE FESTIVAL", tokenizer).lead == "\n\n"
    assert prepare("THE FESTIVAL\n\n", tokenizer).lead == ""
    assert prepare("THE FESTIVAL", tokenizer).opening
    assert prepare("IT WAS LATE.", tokenizer).lead == ""


@pytest.mark.parametrize(
    ("before", "paragraph", "lead"),
    [
        ("It was late.\n\nHe slept.\n", "\n\n", "\n"),
        ("It was late.\n\nHe slept. \n ", "\n\n", "\n"),
        ("It was late.\n\nHe slept.\n\n", "\n\n", ""),
        ("It was late.\n\nHe slept.", "\n\n", ""),
        ("It was late.\nHe slept.\n", "\n", ""),
        ("THE FESTIVAL\n", "\n\n", "\n"),
        ("\n", "\n\n", ""),
    ],
)
def test_the_blank_line_that_is_wanting_comes_first(
    tokenizer: SubwordTokenizer, before: str, paragraph: str, lead: str
) -> None:
    context = prepare(before, tokenizer, paragraph)
    assert context.lead == lead
    assert prepare(before, tokenizer, paragraph, goes_on=False).lead == ""
    if lead:
        assert context.tokens == prepare(f"{before.rstrip()}\n\n", tokenizer, paragraph).tokens


def test_capitals_are_known_where_they_stand_among_others(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    assert prepare("He cried NO and ran", tokenizer).capitals
    assert not prepare("He cried no and ran. I went", tokenizer).capitals
    assert not prepare("HE CRIED NO. AND I RAN", tokenizer).capitals


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The cel", "lar was", 3),
        ("I do", "n\u2019t know", 3),
        ("The", " cellar", 0),
        ("The ", "cellar", 0),
        ("", "The", 0),
        ("a", "", 0),
        ("19", "28.", 2),
        ("dine at home to-", "day, sir?", 3),
        ("at home to", "-day, sir?", 0),
        ("the well-kn", "own-to-all man", 10),
        ("He went -", "and came", 0),
        ("He went\u2014", "and came", 0),
    ],
)
def test_a_cursor_in_a_word_goes_to_its_end(before: str, after: str, expected: int) -> None:
    assert to_word_end(before, after) == expected


@pytest.mark.long
def test_what_is_handed_over_and_what_is_read_begin_on_one_grid(tokenizer: SubwordTokenizer, prose: str) -> None:
    book = "\n\n".join([prose] * 210)
    assert len(book) > 600_000
    starts = set()
    for position in range(600_000, 620_000, 500):
        start = reading_start(position)
        part = prepare(book[start:position], tokenizer)
        whole = prepare(book[:position], tokenizer)
        assert part.tokens == whole.tokens
        starts.add(start)
    assert len(starts) <= 20_000 // STEP + 2


@pytest.mark.parametrize(
    ("before", "after", "paragraph", "expected"),
    [
        ("The end.\n", "\nThe next.", "\n\n", "\n"),
        ("", "\nThe next.", "\n\n", "\n"),
        ("The end.\n  ", "\nThe next.", "\n\n", "\n"),
        ("The end.\n", "\n\nThe next.", "\n\n", ""),
        ("The end.\n", "\n", "\n\n", ""),
        ("The end.\n", "", "\n\n", ""),
        ("The end.\n", "\nThe next.", "\n", ""),
        ("A line", "\nthat is wrapped", "\n\n", ""),
        ("The end. ", "The next.", "\n\n", " "),
        ("The end.", " The next.", "\n\n", ""),
    ],
)
def test_what_is_written_runs_into_nothing(before: str, after: str, paragraph: str, expected: str) -> None:
    assert gap_behind(before, after, paragraph) == expected
