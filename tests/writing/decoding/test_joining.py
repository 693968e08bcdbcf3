"""Joining: what is written ends in what stands behind the cursor, and makes it likelier than writing on does."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from tools.measure_join import Reader, find_gaps, measure

from pandemonium import paths
from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import count_words, ends_sentence
from pandemonium.voice.file import Voice, load_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.decoding.joining import READ_BEHIND, Behind, BehindScorer, _borders
from pandemonium.writing.decoding.sequence import Standing
from pandemonium.writing.request import Continuation, ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

BEFORE = "I had known the house since I was a boy, and had never liked it. The old man "
LOOKED = "He lit the lamp and looked about him. "
CURLY = "\u201cI do not believe,\u201d said Carter, \u201cthat "


def write(continuer: Continuer, before: str, after: str, paragraph: str = "\n\n", **values: Any) -> Continuation:
    settings = WritingSettings(**{"words": 20, "seed": 1, **values})
    writing = continuer.write(ContinueRequest(1, 0, before, after, settings, paragraph))
    chunks: dict[int, str] = {}
    while True:
        try:
            chunk = next(writing)
            chunks[chunk.alternative] = chunks.get(chunk.alternative, "") + chunk.text
        except StopIteration as end:
            continuation: Continuation = end.value
            break
    assert tuple(chunks.get(i, "") for i in range(len(continuation.texts))) == continuation.texts
    return continuation


@pytest.mark.parametrize(
    ("after", "gap", "lead", "goes_on", "needs_space", "mark"),
    [
        ("goes on.", "", " ", True, True, ""),
        (" goes on.", " ", " ", True, False, ""),
        (", and went.", "", "", True, False, ""),
        (" \u2014 and went.", " ", "", True, False, ""),
        (" The next day.", " ", " ", False, False, ""),
        ("The next day.", "", " ", False, True, ""),
        ("\n\nthe next day.", "\n\n", "\n\n", False, False, ""),
        ("\u201cYes.\u201d", "", " ", False, True, ""),
    ],
)
def test_what_stands_behind(
    lovecraft: Continuer, after: str, gap: str, lead: str, goes_on: bool, needs_space: bool, mark: str
) -> None:
    behind = Behind.of(after, "A word", lovecraft.voice.tokenizer)
    assert behind is not None
    assert (behind.lead, behind.goes_on, behind.needs_space, behind.mark) == (lead, goes_on, needs_space, mark)
    read = b"".join(lovecraft.voice.tokenizer.pieces[i] for i in behind.tokens).decode()
    assert read == behind.lead + behind.text
    assert after.startswith(gap)


@pytest.mark.parametrize(("after", "mark"), [('" He stopped.', "."), ("\u201d he said.", ",")])
def test_a_quotation_that_is_closed_behind_the_cursor(lovecraft: Continuer, after: str, mark: str) -> None:
    behind = Behind.of(after, 'He said, "I know', lovecraft.voice.tokenizer)
    assert behind is not None
    assert behind.goes_on
    assert behind.mark == mark
    closed = Behind.of(after, 'He said, "I know."', lovecraft.voice.tokenizer)
    assert closed is None or not closed.mark


@pytest.mark.parametrize("after", ["", "  \n\n ", "\u4f60\u597d"])
def test_nothing_behind_leads_nowhere(lovecraft: Continuer, after: str) -> None:
    assert Behind.of(after, "A word", lovecraft.voice.tokenizer) is None
    if not after.strip():
        assert write(lovecraft, BEFORE, after).text == write(lovecraft, BEFORE, after, join=False).text


def test_a_single_line_end_parts_no_paragraphs_where_two_do(lovecraft: Continuer) -> None:
    tokenizer = lovecraft.voice.tokenizer
    wrapped = Behind.of("\nand went on", "A word", tokenizer, "\n\n")
    line = Behind.of("\nand went on", "A word", tokenizer, "\n")
    assert wrapped is not None
    assert line is not None
    assert wrapped.goes_on
    assert not line.goes_on
    for before in ("A word.\n\n", ""):  # the cursor has the blank line between two paragraphs
        alone = Behind.of("\nand went on", before, tokenizer, "\n\n")
        assert alone is not None
        assert (alone.lead, alone.goes_on, alone.needs_space) == ("\n\n", False, False)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, "goes on."),
        (LOOKED + "The door of the cellar stood open, and ", ", and he heard it no more."),
        (LOOKED + "The door of the cellar", " and slammed shut behind him with a sound like thunder."),
        (CURLY, "\u201d He stopped, and looked out over the water."),
        (CURLY, ",\u201d he said."),
    ],
)
def test_a_sentence_is_completed_by_what_follows(lovecraft: Continuer, before: str, after: str, seed: int) -> None:
    text = write(lovecraft, before, after, seed=seed).text
    assert 1 <= count_words(text) <= 30
    whole = before + text + after
    assert not re.search(r"  |[,;]\s*[,;.]|\w[\"\u201d] He|\s,", whole), whole
    words = [word.casefold() for word in re.findall(r"\w+", text)]
    assert words[-1:] != [word.casefold() for word in re.findall(r"\w+", after)][:1]
    assert whole.count("\u201c") == whole.count("\u201d")
    assert not re.search(r"\w\w\.\s+(?:goes|and)", whole), whole
    assert "\n" not in text


@pytest.mark.long
def test_a_word_under_way_is_spelled_to_its_end(lovecraft: Continuer) -> None:
    for seed in range(1, 4):
        text = write(lovecraft, LOOKED + "The door of the cel", " and slammed shut behind him.", seed=seed).text
        assert re.match(r"[a-z]+|$", text), text


@pytest.mark.parametrize("after", [" The next day we left.", "\n\nThe next day we left."])
def test_what_begins_anew_behind_it_finds_a_closed_sentence(lovecraft: Continuer, after: str) -> None:
    for seed in (1, 2):
        text = write(lovecraft, BEFORE, after, seed=seed, candidates=4).text
        assert ends_sentence(text)
        assert 20 <= count_words(text) <= 30


@pytest.mark.long
def test_the_same_seed_writes_the_same_and_alternatives_are_their_own(lovecraft: Continuer) -> None:
    first = write(lovecraft, BEFORE, "goes on.", alternatives=3)
    assert write(lovecraft, BEFORE, "goes on.", alternatives=3).texts == first.texts
    assert write(lovecraft, BEFORE, "goes on.").text == first.text
    assert write(lovecraft, BEFORE, "goes on.", seed=first.seeds[2]).text == first.texts[2]
    assert len(set(first.texts)) > 1


@pytest.mark.long
def test_what_follows_is_no_part_of_what_is_written(lovecraft: Continuer) -> None:
    after = " and saw that the lamp had gone out. The cellar was dark, and nobody spoke."
    for seed in range(1, 5):
        text = write(lovecraft, LOOKED + "Then he turned", after, seed=seed, words=40).text
        assert "the lamp had gone" not in text


def test_a_stop_shows_nothing_by_half(lovecraft: Continuer) -> None:
    asked = iter(range(1000))
    request = ContinueRequest(1, 0, BEFORE, "goes on.", WritingSettings(seed=1))
    writing = lovecraft.write(request, lambda: next(asked) > 8)
    with pytest.raises(StopIteration) as end:
        next(writing)  # nothing comes
    assert end.value.value.stopped
    assert end.value.value.text == ""


def test_the_expectation_is_what_reading_it_tells(lovecraft: Continuer, bundled_voice: Voice) -> None:
    runtime = CpuRuntime(bundled_voice, threads=1)
    behind = Behind.of(" and went down to the sea.", "", bundled_voice.tokenizer)
    assert behind is not None
    places = []
    for text in ("He rose", "The cellar"):
        ids = np.array([bundled_voice.tokenizer.encode(text)])
        hidden, state = runtime.read(ids.T, runtime.zero_state())
        places.append(Standing(len(text), hidden[-1, 0], state))
    expects = BehindScorer(runtime, behind)
    whole = expects.whole(places)
    assert whole.shape == (2, len(behind.tokens))
    assert len(behind.tokens) <= READ_BEHIND
    np.testing.assert_allclose(expects.next(places), whole[:, 0], atol=1e-5)
    np.testing.assert_allclose(expects.whole(places[1:])[0], whole[1], atol=1e-5)
    hidden = places[0].hidden
    state = places[0].state
    for number, token in enumerate(behind.tokens):
        logits = runtime.logits(hidden[None])[0]
        told = logits[token] - logits.max() - np.log(np.exp(logits - logits.max()).sum())
        assert whole[0, number] == pytest.approx(told, abs=1e-4)
        read, state = runtime.read(np.array([[token]]), state)
        hidden = read[0, 0]


@pytest.mark.long
def test_another_voice_finds_what_follows_likelier(lovecraft: Continuer, prose: str) -> None:
    gaps = find_gaps(prose, "within", 6)
    assert len(gaps) == 6
    assert all(gap.before + gap.taken + gap.after in prose for gap in gaps)
    found = measure(lovecraft, Reader(load_voice(paths.models() / "classics.voice")), gaps, WritingSettings())
    assert found["author"] < found["joined"] < found["plain"]


@pytest.mark.parametrize("after", ["goes on.", " The end.", ", or not", '" he said.'])
def test_a_voice_that_knows_nothing_comes_to_an_end(tiny_voice: Voice, after: str) -> None:
    continuer = Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))
    for seed in range(1, 4):
        text = write(continuer, 'The house "is', after, seed=seed, temperature=2.0, top_p=1.0).text
        assert count_words(text) <= 31


class _Written:
    """A sequence that has written some words, and may end behind each."""

    def __init__(self, text: str) -> None:
        self._text = text

    def standings(self) -> list[tuple[Standing, str]]:
        nothing = np.zeros(1, dtype=np.float32)
        words = [match.end() for match in re.finditer(r"\w+", self._text)]
        return [(Standing(end, nothing, nothing), " ") for end in words]

    def sentence_up_to(self, standing: Standing) -> str:
        return self._text[: standing.length]


@pytest.mark.parametrize(
    ("written", "after", "ends"),
    [
        ("keeps and", "keeps for itself.", []),
        ("the dark and", "the sea.", ["the dark", "the dark and"]),
        ("went", "went on.", []),
        ("rose and went", "home.", ["rose", "rose and", "rose and went"]),
    ],
)
def test_a_sentence_does_not_say_the_next_word_itself(
    lovecraft: Continuer, written: str, after: str, ends: list[str]
) -> None:
    behind = Behind.of(after, "It was so that he ", lovecraft.voice.tokenizer)
    assert behind is not None
    assert [border.written for border in _borders(_Written(written), behind)] == ends  # type: ignore[arg-type]
