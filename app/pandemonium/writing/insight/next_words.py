"""The likeliest next words at the cursor with their chances: whole words, found by a best-first search over pieces.

A word's chance is the product of its pieces' chances and of the chance that the word ends behind them. They are those
of the voice's own distribution, as the network gives it and the draft's memory is mixed into it when a voice
continues, before anything is taken off or made likelier: no ban, no balance, no truncation, no temperature. Of a word
under way, they are the chances of its endings, given that it begins as it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.typography import Typography, TypographyWriter
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.reading.context import Context
from pandemonium.writing.reading.phrases import Memory
from pandemonium.writing.runtimes.runtime import Floats, Runtime
from pandemonium.writing.sampling.drawing import softmax
from pandemonium.writing.sampling.slurs import whole
from pandemonium.writing.sampling.token_table import TokenTable

MOST = 10
_ROWS = 32  # beginnings that are read in one call of the network
_ROUNDS = 24  # calls at most: a voice of characters takes one a letter
_LONGEST = 60  # bytes of a word
_LEAST = 1e-5  # of all chances: a beginning with less is not followed
_SHOWN = 0.001  # a word with a smaller chance is not listed: what is left by then are strange endings of words
_FOLLOWED = 80  # tokens at most that may follow one beginning
_TYPOGRAPHY_TAIL = 4000
_HISTORY = 32  # tokens: as far back as the memory of a voice of characters looks


@dataclass(frozen=True)
class NextWord:
    """A word that may come next.

    Attributes:
        word: the whole word, in the document's typography.
        insertion: what has to be put in at the cursor for it to stand there: the rest of a word under way, or a space
            and a word.
        typed: how many of the word's first characters stand before the cursor already.
        chance: between 0 and 1.
    """

    word: str
    insertion: str
    typed: int
    chance: float


@dataclass(frozen=True)
class NextWords:
    """What may come next.

    Attributes:
        words: the likeliest first.
        signs: the chance that no word comes next but a sign of punctuation or a new paragraph.
    """

    words: tuple[NextWord, ...] = ()
    signs: float = 0.0


@dataclass(frozen=True)
class _Path:
    """A beginning: the bytes that were spelled, what they cost, and what is needed to read the last of its tokens.

    Attributes:
        spelled: from the context's prefix on.
        begin: where the listed word begins in it.
        chance: of all its tokens.
        token: the last one, which is not read yet.
        state: before that token, [2 * layers, 1, hidden].
        history: the tokens up to that one, as far back as the memory looks.
    """

    spelled: bytes
    begin: int
    chance: float
    token: int
    state: Floats
    history: tuple[int, ...]


def next_words(
    continuer: Continuer,
    before: str,
    after: str = "",
    *,
    paragraph: str = "\n\n",
    usual: Typography | None = None,
    memory: float = WritingSettings.memory,
    most: int = MOST,
    stop: Callable[[], bool] = lambda: False,
) -> NextWords:
    """The likeliest next words behind `before`.

    Args:
        continuer: the voice.
        before, after, paragraph, usual: as in a `ContinueRequest`.
        memory: the draft's memory's share, as in `WritingSettings`.
        most: how many words; one with a chance of less than a thousandth is not listed.
        stop: looked at between two calls of the network; stopped early, there are none, or fewer than asked for.
    """
    context, hidden, state, recalled = continuer.look(before, paragraph, usual, stop)
    if stop():
        return NextWords()
    search = _Search(continuer.runtime, continuer.tokens, context, recalled, memory, most)
    search.begin(hidden, state)
    while not stop() and search.step():
        pass
    return _as_typed(search, context, before, after, paragraph, most)


class _Search:
    """The beginnings that are still to be read, the likeliest first, and the words that were found.

    Attributes:
        found: the chance of each word by the bytes that it adds to the prefix.
        signs: the chance that a sign stands there instead.
        total: the chance of everything that spells the prefix; the others are shares of it.
    """

    def __init__(
        self, runtime: Runtime, tokens: TokenTable, context: Context, recalled: Memory, memory: float, most: int
    ) -> None:
        self._runtime = runtime
        self._tokens = tokens
        self._pieces = tokens.tokenizer.pieces
        self._prefix = context.prefix
        self._starts_line = context.starts_line
        self._recalled = recalled
        self._begin = tuple(context.tokens[-_HISTORY:])
        self._memory = memory
        self._most = most
        self._openers = _openers(tokens)
        self._parts = np.ones(len(self._pieces), dtype=np.bool_)
        self._parts[tokens.not_going_on_character] = False
        self._waiting: list[_Path] = []
        self._rounds = 0
        self.found: dict[bytes, float] = {}
        self.signs = 0.0
        self.total = 0.0

    def begin(self, hidden: Floats, state: Floats) -> None:
        """Takes what stands at the cursor: the network's output [output_width] and its state."""
        chances = self._chances(hidden[None], [self._begin])[0]
        if self._starts_line:
            chances[self._tokens.spaced] = 0.0
        if not self._prefix:
            self.total = float(chances.sum())
        self._spread(_Path(b"", 0, 1.0, -1, state, self._begin), chances, state)

    def step(self) -> bool:
        """Reads the likeliest beginnings; False where no other word can be among the likeliest any more."""
        self._rounds += 1
        self._waiting.sort(key=lambda path: -path.chance)
        least = max(self._least_wanted(), _LEAST * self.total)
        batch = [path for path in self._waiting[:_ROWS] if path.chance > least]
        if not batch or self._rounds > _ROUNDS:
            return False
        del self._waiting[: len(batch)]
        read = np.array([[path.token for path in batch]], dtype=np.int64)
        outputs, after = self._runtime.read(read, np.concatenate([path.state for path in batch], axis=1))
        found = self._chances(outputs[0], [path.history for path in batch])
        for column, (path, chances) in enumerate(zip(batch, found, strict=True)):
            self._spread(path, chances, after[:, column : column + 1])
        return True

    def _least_wanted(self) -> float:
        """The chance that a word must have to be among those that are wanted: no beginning can give it more."""
        chances = sorted(self.found.values(), reverse=True)
        return chances[self._most - 1] if len(chances) >= self._most else 0.0

    def _chances(self, outputs: Floats, histories: Sequence[tuple[int, ...]]) -> NDArray[np.float64]:
        """The chance of each token behind outputs [rows, output_width], [rows, vocabulary]."""
        hidden = np.ascontiguousarray(outputs)
        keys = self._runtime.architecture.keys(hidden)
        logits, _ = self._recalled.mix(self._runtime.logits(hidden), keys, self._memory, histories)
        return np.stack([softmax(row) for row in logits])

    def _spread(self, path: _Path, chances: NDArray[np.float64], state: Floats) -> None:
        """Takes note of what may come behind a beginning."""
        rest = self._prefix[len(path.spelled) :]
        if rest:
            self._spell(path, rest, chances, state)
        elif path.spelled[path.begin :].strip():
            self._go_on(path, chances, state)
        else:
            self._open(path, chances, state)

    def _spell(self, path: _Path, rest: bytes, chances: NDArray[np.float64], state: Floats) -> None:
        """The prefix is not spelled to its end: only what spells it on can follow."""
        for token in self._tokens.tokenizer.spelling(rest).tolist():
            piece = self._pieces[token]
            chance = path.chance * float(chances[token])
            extra = piece[len(rest) :]
            if len(piece) >= len(rest):
                self.total += chance
            if not extra or _goes_on(extra):
                self._waiting.append(_Path(path.spelled + piece, 0, chance, token, state, _with(path, token)))
            else:
                self.signs += chance

    def _open(self, path: _Path, chances: NDArray[np.float64], state: Floats) -> None:
        """No word is under way: one begins, or a sign stands there."""
        begins = self._tokens.inside if path.spelled else self._openers
        self._wait(path, begins, chances, state, len(path.spelled))
        self.signs += path.chance * float(chances[~begins].sum())

    def _go_on(self, path: _Path, chances: NDArray[np.float64], state: Floats) -> None:
        """A word is under way: it goes on, or it ends here."""
        unfinished = not _is_whole(path.spelled)
        inside = self._parts if unfinished else self._tokens.inside
        if len(path.spelled) < _LONGEST:
            self._wait(path, inside, chances, state, path.begin)
        if unfinished:
            return
        ends = path.chance * float(chances[~inside].sum())
        extra = path.spelled[len(self._prefix) :]
        if extra:
            self.found[extra] = self.found.get(extra, 0.0) + ends
            return
        # The word under way is whole as it stands: the next one comes behind it.
        spaced = self._openers & self._tokens.spaced
        self._wait(path, spaced, chances, state, len(path.spelled))
        self.signs += max(0.0, ends - path.chance * float(chances[spaced].sum()))

    def _wait(
        self, path: _Path, may: NDArray[np.bool_], chances: NDArray[np.float64], state: Floats, begin: int
    ) -> None:
        """Lets the likeliest of the tokens that may follow wait for their turn."""
        shares = np.where(may, chances, 0.0)
        shares[self._tokens.never] = 0.0
        most = min(_FOLLOWED, len(shares))
        for token in np.argpartition(shares, -most)[-most:].tolist():
            chance = path.chance * float(shares[token])
            if chance > _LEAST * self.total:
                spelled = path.spelled + self._pieces[token]
                self._waiting.append(_Path(spelled, begin, chance, token, state, _with(path, token)))


def _with(path: _Path, token: int) -> tuple[int, ...]:
    return (*path.history, token)[-_HISTORY:]


def _as_typed(search: _Search, context: Context, before: str, after: str, paragraph: str, most: int) -> NextWords:
    """What was found, as it would stand in the document; one word that may stand there in two ways is one."""
    stem = context.prefix.strip()
    found: dict[tuple[str, int], NextWord] = {}
    for extra, chance in sorted(search.found.items(), key=lambda each: -each[1]):
        begins_anew = not stem or extra.startswith(b" ")
        spelled = (extra.strip() if begins_anew else stem + extra).decode("utf-8", "replace")
        if chance < _SHOWN * search.total or not spelled or whole([spelled]):
            continue
        typed = 0 if begins_anew else len(stem.decode("utf-8", "replace"))
        word = _set(spelled, context.typography, "")
        if (same := found.get((word, typed))) is not None:
            found[word, typed] = replace(same, chance=same.chance + chance / search.total)
            continue
        insertion = extra.decode("utf-8", "replace")
        if before[-1:].isspace():
            insertion = insertion.lstrip(" ")
        insertion = context.lead.replace(PARAGRAPH, paragraph) + _set(insertion, context.typography, before)
        if after[:1].isalnum():
            insertion += " "
        found[word, typed] = NextWord(word, insertion, typed, chance / search.total)
    words = sorted(found.values(), key=lambda each: -each.chance)[:most]
    return NextWords(tuple(words), min(1.0, search.signs / search.total) if search.total else 0.0)


def _set(text: str, typography: Typography, before: str) -> str:
    writer = TypographyWriter(typography, before[-_TYPOGRAPHY_TAIL:])
    return writer.add(text) + writer.finish()


@lru_cache(maxsize=4)
def _openers(tokens: TokenTable) -> NDArray[np.bool_]:
    """The tokens that a word begins with, or the space before one alone, [vocabulary]."""
    texts = [piece.decode("utf-8", "ignore") for piece in tokens.tokenizer.pieces]
    return np.array([text == " " or text.removeprefix(" ")[:1].isalnum() for text in texts])


def _goes_on(extra: bytes) -> bool:
    """Tells whether bytes behind a word, or behind the space before one, belong to that word."""
    text = extra.decode("utf-8", "ignore").lstrip("'")
    return text[:1].isalnum() or not _is_whole(extra)


def _is_whole(spelled: bytes) -> bool:
    """Tells whether bytes are whole characters."""
    try:
        spelled.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
