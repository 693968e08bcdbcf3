"""A voice that would recite its training text does not get to; a writer who quotes it is left alone."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.settings import WritingSettings
from pandemonium.text.ngrams import folded_words
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.decoding.choosing import Chooser
from pandemonium.writing.decoding.sequence import DecodingSequence, RequestContext
from pandemonium.writing.reading.context import prepare
from pandemonium.writing.reading.memory import Recall
from pandemonium.writing.runtimes.runtime import Device
from pandemonium.writing.sampling.bans import PhraseBans
from pandemonium.writing.sampling.copy_guard import CopyGuard, OpenWord
from pandemonium.writing.sampling.names import NameTokens
from pandemonium.writing.sampling.token_table import TokenTable

HIDDEN = 4
_STEMS = "cellar stair lantern moor hill tower whisper shadow night stone door abbey tomb wind star gulf dream".split()
_ENDINGS = ("", "s", "ed", "ing", "like", "ward", "'s")


def tale(seed: int, words: int = 900) -> str:
    chance = random.Random(seed)
    made: list[str] = []
    for place in range(words):
        word = chance.choice(_STEMS) + chance.choice(_ENDINGS)
        end = "." if place % 11 == 10 else "," if place % 7 == 5 else ""
        made.append((word.capitalize() if place % 11 == 0 else word) + end)
    return " ".join(made)


TALE = tale(1)
WORDS = folded_words(TALE)
RUNS = {tuple(WORDS[i : i + 8]) for i in range(len(WORDS) - 7)}


@cache
def tokenizer() -> SubwordTokenizer:
    # So few pieces that most words take two or three.
    return SubwordTokenizer.train([TALE], 256 + 60)


@cache
def guard() -> CopyGuard:
    return CopyGuard(StyleProfile.of([TALE]))


def recite(before: str, *, watched: bool = True, banned: tuple[str, ...] = (), words: int = 40) -> str:
    """What a voice shows that knows nothing but to go on as the tale does."""
    table = TokenTable(tokenizer())
    nothing = np.zeros(HIDDEN, dtype=np.float32)
    state = np.zeros((2, 1, HIDDEN), dtype=np.float32)
    wish = WritingSettings(words=words, seed=7, memory=0.0, dry_multiplier=0.0, temperature=0.1, banned=banned)
    context = prepare(before, tokenizer())
    around = RequestContext(
        wish, table, NameTokens(tokenizer()), PhraseBans(banned), "\n\n", guard() if watched else None, False, False
    )
    recall = Recall(np.zeros((0, HIDDEN), dtype=np.float32), np.zeros(0, dtype=np.int64))
    sequence = DecodingSequence(context, before, nothing, state, recall, around, 7)
    chooser = Chooser(Parrot(sequence), table, wish, None)
    shown = ""
    for _ in range(3000):
        chooser.step([sequence])
        if sequence.done:
            break
        shown += sequence.pop_text()
    assert sequence.done
    return shown + sequence.finish()


class Parrot:
    """A runtime that wants what its sequence has read in the tale."""

    device: Device = "cpu"
    beside = None
    architecture = PlainArchitecture(vocabulary=400, embedding=HIDDEN, hidden=HIDDEN, layers=1)

    def __init__(self, sequence: DecodingSequence) -> None:
        self._sequence = sequence
        self._ids = tokenizer().encode(TALE)

    def zero_state(self, batch: int = 1) -> np.ndarray:
        return np.zeros((2, batch, HIDDEN), dtype=np.float32)

    def read(self, tokens: np.ndarray, state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros((*tokens.shape, HIDDEN), dtype=np.float32), state

    def logits(self, hidden: np.ndarray) -> np.ndarray:
        return parrot(list(self._sequence.history), self._ids)[None]


def parrot(history: list[int], ids: list[int]) -> np.ndarray:
    """Logits that want what follows the longest run of the tale that `history` ends with."""
    logits = np.zeros(tokenizer().size, dtype=np.float32)
    for place in range(1, len(ids)):
        if ids[place - 1] == history[-1]:
            logits[ids[place]] = max(logits[ids[place]], 4.0 * _agreement(history, ids, place))
    return logits


def _agreement(history: list[int], ids: list[int], place: int) -> int:
    run = 0
    while run < min(len(history), place, 30) and history[-1 - run] == ids[place - 1 - run]:
        run += 1
    return run


def copied_runs(text: str, written: int) -> list[tuple[str, ...]]:
    """The tale's runs of eight words in `text` whose last word begins at `written` or behind it."""
    first = len(folded_words(text[:written]))
    words = folded_words(text)
    return [run for i in range(len(words) - 7) if i + 7 >= first and (run := tuple(words[i : i + 8])) in RUNS]


def test_a_parrot_recites_without_the_guard() -> None:
    before = TALE[:400].rsplit(" ", 1)[0]
    text = recite(before, watched=False)
    assert len(copied_runs(before + text, len(before))) > 30


@pytest.mark.parametrize("place", [120, 121, 1500, 3001])
def test_a_parrot_finds_other_words_with_it(place: int) -> None:
    before = TALE[:place].rsplit(" ", 1)[0] + " " * (place % 2)
    text = recite(before)
    assert len(folded_words(text)) >= 40
    assert copied_runs(before + text, len(before)) == []


def test_the_guard_and_bans_work_side_by_side() -> None:
    before = TALE[:400].rsplit(" ", 1)[0]
    text = recite(before, banned=("cellar", "hill stair"))
    assert len(folded_words(text)) >= 40
    assert "cellar" not in text.lower()
    assert copied_runs(before + text, len(before)) == []


def test_what_the_writer_wrote_is_never_blocked() -> None:
    assert guard().look(TALE[:400], 400) is None
    middle = TALE.index(" ", 300) + 1
    assert guard().look(TALE[: middle + 3], middle + 2) is None


def test_the_last_word_of_a_run_is_found_while_it_grows_and_when_it_is_whole() -> None:
    start = TALE.index(" ", 300) + 1
    end = TALE.index(" ", start)
    word = TALE[start:end].rstrip(".,")
    seven = TALE[:start]
    assert guard().look(seven + word, start) == OpenWord(start, copies=True, grows=True)
    assert guard().look(seven + word.upper() + ",", start) == OpenWord(start, copies=True, grows=False)
    assert guard().look(seven + word[:1], start) == OpenWord(start, copies=False, grows=True)
    assert guard().look(seven + "Arkham'", start) == OpenWord(start, copies=False, grows=True)


def test_quotes_dashes_and_line_breaks_do_not_hide_a_run() -> None:
    words = TALE[:300].split()[:8]
    for text in ("\u201c" + "\u2014".join(words), "\n\n".join(words), " \u2018".join(words).replace("'", "\u2019")):
        word = guard().look(text, len(text) // 3)
        assert word is not None
        assert word.copies


def test_very_long_words_are_no_way_round() -> None:
    long = [letter * 300 for letter in "abcdefghij"]
    word = CopyGuard(StyleProfile.of([" ".join(long)])).look(" ".join(long[:8]), 0)
    assert word is not None
    assert word.copies


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WORDS) - 8), st.text(alphabet=' ,.;:!?\n\u2014-"()', min_size=1, max_size=3))
def test_no_run_of_the_training_text_is_missed(start: int, between: str) -> None:
    text = between.join(WORDS[start : start + 8])
    word = guard().look(text, len(text) - len(WORDS[start + 7]))
    assert word is not None
    assert word.copies


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(0, 300))
def test_any_text_can_be_looked_at(text: str, written: int) -> None:
    word = guard().look(text, written)
    assert word is None or written <= word.start < len(text)
