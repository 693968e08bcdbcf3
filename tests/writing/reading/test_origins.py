"""Where in the draft a recalled word stands: found in whatever typography, and never another word."""

from __future__ import annotations

import numpy as np
import pytest

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.reading.origins import OriginFinder, RecalledSpan
from pandemonium.writing.request import Chunk, ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

DRAFT = (
    "\u201cIt\u2019s the locket of Eliza,\u201d he said\u2009\u2014\u2009and wept.\n\n"
    "The \U0001f419 waves were dark\u2026 "
)


def finder(voice: Voice, earlier: str, source: str, canonical: tuple[str, str]) -> OriginFinder:
    tokenizer = voice.tokenizer
    before, read = ([tokenizer.separator, *tokenizer.encode(text)] for text in canonical)
    tokens = np.array([*before, *read])
    return OriginFinder(earlier + source, 1_000, tokens, len(read), source, tokenizer)


def tokens_of(voice: Voice, text: str, word: str) -> int:
    """The token in which a word of a canonical text begins, the separator counted."""
    tokens = voice.tokenizer.encode(text)
    for at in range(len(tokens)):
        if voice.tokenizer.decode(tokens[at:]).lstrip().startswith(word):
            return at + 1
    raise AssertionError


@pytest.mark.parametrize("word", ["locket", "wept", "waves", "dark"])
def test_a_word_is_found_in_the_drafts_own_typography(bundled_voice: Voice, word: str) -> None:
    canonical = '"It\'s the locket of Eliza," he said\u2014and wept.\n\nThe waves were dark...'
    for earlier in ("", "Something stood before. \u00c6ther \u4ed6. "):
        place = tokens_of(bundled_voice, canonical, word)
        skipped = len(bundled_voice.tokenizer.encode(earlier)) + 1
        found = finder(bundled_voice, earlier, DRAFT, (earlier, canonical)).find(
            f"And the {word} fell.", [RecalledSpan(7, 8 + len(word), skipped + place)], f"And the {word} fell."
        )
        [origin] = found
        assert f"And the {word}"[origin.start : origin.end] == word
        text = earlier + DRAFT
        assert text[origin.place - 1_000 :].startswith(word)
        assert origin.quote[origin.at : origin.at + origin.length] == word
        assert "\n" not in origin.quote


def test_what_is_not_shown_yet_waits(bundled_voice: Voice) -> None:
    canonical = "the locket of Eliza"
    found = finder(bundled_voice, "", canonical, ("", canonical))
    spans = [RecalledSpan(2, 9, 1 + tokens_of(bundled_voice, canonical, "locket"))]
    assert found.find("A locket", spans, "A ") == ()
    assert len(found.find("A locket", spans, "A locket")) == 1
    assert found.find("A locket", spans, "A locket") == ()


def test_of_small_words_nobody_wants_to_know(bundled_voice: Voice) -> None:
    canonical = "would have been the locket"
    for word, known in (("would", 0), ("have", 0), ("locket", 1)):
        found = finder(bundled_voice, "", canonical, ("", canonical))
        spans = [RecalledSpan(2, 3 + len(word), 1 + tokens_of(bundled_voice, canonical, word))]
        assert len(found.find(f"A {word}", spans, f"A {word}")) == known, word


def test_a_word_that_cannot_be_found_has_no_origin(bundled_voice: Voice) -> None:
    found = finder(bundled_voice, "", "nothing of the kind", ("", "the locket of Eliza"))
    spans = [RecalledSpan(2, 9, 1 + tokens_of(bundled_voice, "the locket of Eliza", "locket"))]
    assert found.find("A locket", spans, "A locket") == ()


def write(voice: Voice, before: str, **values: float) -> tuple[str, list[Chunk]]:
    settings = WritingSettings(seed=3, words=60, candidates=2, **values)  # type: ignore[arg-type]
    chunks = []
    writing = Continuer(voice, CpuRuntime(voice, threads=1)).write(ContinueRequest(1, 0, before, settings=settings))
    while True:
        try:
            chunks.append(next(writing))
        except StopIteration as end:
            return end.value.text, chunks


@pytest.mark.long
def test_a_continuation_says_where_its_words_come_from(bundled_voice: Voice) -> None:
    before = (
        "Mr. Aldous Wintergreen-Pomfret kept the brass astrolabe in the green cupboard. Nobody had touched the brass "
        "astrolabe since Mr. Aldous Wintergreen-Pomfret had gone away. "
        * 12
        + "At last I opened the green cupboard, and there I found the brass"
    )
    text, chunks = write(bundled_voice, before, memory=0.9)
    origins = [origin for chunk in chunks for origin in chunk.origins]
    assert origins
    shown = ""
    for chunk in chunks:
        shown += chunk.text
        for origin in chunk.origins:
            word = shown[origin.start : origin.end]
            assert word.isalnum()
            recalled = before[origin.place : origin.place + origin.length]
            assert recalled == origin.quote[origin.at : origin.at + origin.length]
            assert recalled[:4].casefold() == word[:4].casefold()
    assert shown == text
    _, without = write(bundled_voice, before, memory=0.0)
    assert not any(chunk.origins for chunk in without)
