"""From a document to what is read: canonical, cut, and healed where the cursor stands in a word."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.context import MOST_CHARACTERS, STEP, prepare


def read(tokenizer: SubwordTokenizer, before: str, paragraph: str = "\n\n") -> str:
    """What is read and what the first piece must begin with, as text."""
    context = prepare(before, tokenizer, paragraph)
    assert context.tokens[0] == tokenizer.separator
    return tokenizer.decode(context.tokens) + "|" + context.prefix.decode()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", "|"),
        (" \n\t ", "|"),
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
        ("\U0001f419", "\U0001f419|"),
        ("\x00", "|"),
        ("\ud800", "\ufffd|"),
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
    assert MOST_CHARACTERS - 2 * STEP <= len(text) <= MOST_CHARACTERS
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
