"""Leads a continuation to what stands behind the cursor.

What follows is read, with the network's own states, behind every candidate of a sentence: how likely its first tokens
are there says how well the two join. Where what follows begins a sentence of its own, that is one reason more for the
judge. Where it goes on with the sentence of the cursor, each candidate is tried at every border of two words, and ends
at the best of them, so that what stands there completes it.

The idea is infilling by rescoring samples of a left-to-right model: by Bayes' rule those fit between both sides which
make the right side likely (Ippolito et al. 2019, Unsupervised Hierarchical Story Infilling; Qin et al. 2020, Back to
the Future).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.function_words import FUNCTION_WORDS
from pandemonium.text.sentences import count_words, has_open_quote
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.decoding.candidates import SentenceWriter
from pandemonium.writing.decoding.judge import CandidateJudge, Judge, plain_score
from pandemonium.writing.decoding.sequence import DecodingSequence, Standing
from pandemonium.writing.reading.context import read_known
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime

READ_BEHIND = 40  # tokens of what follows that a candidate is judged by
CANDIDATES = 8  # of a sentence that what follows goes on with; never fewer
_TRIED = 16  # borders that are read from; the others are left by how likely the very first token is there
_ROWS = 256  # of the output layer at once
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_GOES_ON = tuple(",;:\u2014)]-.!?")
_RUN = 4  # words on end that stand in what follows as well
_SAID_TWICE = 8.0
_A_WORD = 0.3  # what a word more is worth, in nats, as far as `_FEW` of them: nobody asks for one word
_FEW = 8
_UNTIL = 0.5  # how much what follows counts for a sentence behind which others come


@dataclass(frozen=True)
class Behind:
    """What stands behind the cursor.

    Attributes:
        text: its beginning, canonical, without the white space that parts it from the cursor.
        lead: that white space, canonical: a space, a paragraph's end, or nothing before a mark.
        tokens: both as the voice reads them, the first `READ_BEHIND` ids.
        goes_on: it goes on with a sentence that begins before it.
        needs_space: the document has no white space there, and whatever is written must bring it along.
        mark: what has to stand before it: where a quotation is closed behind the cursor, its full stop or comma.
    """

    text: str
    lead: str
    tokens: Ids
    goes_on: bool
    needs_space: bool
    mark: str = ""

    @classmethod
    def of(cls, after: str, before: str, tokenizer: SubwordTokenizer, paragraph: str = PARAGRAPH) -> Behind | None:
        """Reads it; None where nothing stands there, or nothing that the voice knows.

        Args:
            after: the document behind the cursor, some hundred characters of it.
            before: what stands before it, canonical; its last paragraph matters.
            tokenizer: the voice's.
            paragraph: what the document puts between two paragraphs.
        """
        content = after.lstrip()
        gap = after[: len(after) - len(content)]
        text, _ = read_known(clean(content, unwrapped=paragraph == "\n"), tokenizer)
        if not text:
            return None
        closes_quote = not gap and text.startswith('"') and has_open_quote(before)
        # On the blank line between two paragraphs there is one line break alone behind the cursor.
        is_alone = "\n" in gap and (not before or before.endswith("\n"))
        lead = PARAGRAPH if paragraph in gap or is_alone else " "
        goes_on = lead == " " and (text[0].islower() or text.startswith(_GOES_ON) or closes_quote)
        glued = lead == " " and (text.startswith(_GOES_ON) or closes_quote)
        lead = "" if glued else lead
        mark = ("," if text[1:].lstrip()[:1].islower() else ".") if closes_quote else ""
        tokens = np.array(tokenizer.encode(lead + mark + text)[:READ_BEHIND], dtype=np.int64)
        return cls(text, lead, tokens, goes_on, lead == " " and not gap, mark)

    @property
    def words(self) -> list[str]:
        """Its words, in small letters."""
        return [word.casefold() for word in _WORD.findall(self.text)]

    def says_twice(self, sentence: str) -> int:
        """How many runs of `_RUN` words of a sentence stand in what follows too."""
        return len(_runs(sentence.casefold()) & _runs(self.text.casefold()))


class BehindScorer:
    """How likely what follows is at one place or another."""

    def __init__(self, runtime: Runtime, behind: Behind) -> None:
        self.behind = behind
        self._runtime = runtime

    def next(self, places: Sequence[Standing]) -> Floats:
        """The log-probability of its first token at each place, [places]."""
        return self._told(np.stack([place.hidden for place in places]), self.behind.tokens[:1])

    def whole(self, places: Sequence[Standing]) -> Floats:
        """The log-probability of its tokens, read on from each place, [places, tokens]."""
        tokens = self.behind.tokens
        hidden = np.stack([place.hidden for place in places])
        if len(tokens) == 1:
            return self._told(hidden, tokens)[:, None]
        states = np.concatenate([place.state for place in places], axis=1)
        read, _ = self._runtime.read(np.repeat(tokens[:-1, None], len(places), axis=1), states)
        outputs = np.concatenate([hidden[None], read])
        asked = np.repeat(tokens, len(places))
        return self._told(outputs.reshape(-1, outputs.shape[-1]), asked).reshape(len(tokens), len(places)).T

    def _told(self, hidden: Floats, tokens: Ids) -> Floats:
        """The log-probability of `tokens`, one for all rows or one for each, behind `hidden` [rows, width]."""
        asked = np.broadcast_to(tokens, (len(hidden),))
        told = np.zeros(len(hidden), dtype=np.float32)
        for start in range(0, len(hidden), _ROWS):
            logits = self._runtime.logits(np.ascontiguousarray(hidden[start : start + _ROWS]))
            largest = logits.max(axis=1)
            sums = largest + np.log(np.exp(logits - largest[:, None]).sum(axis=1))
            told[start : start + _ROWS] = logits[np.arange(len(logits)), asked[start : start + _ROWS]] - sums
        return told


class JoiningJudge(CandidateJudge):
    """Chooses among candidates as the plain judge does, and by how likely they make what follows."""

    def __init__(
        self, judge: Judge | None, architecture: Architecture, passage: Floats, expectation: BehindScorer
    ) -> None:
        super().__init__(judge, architecture, passage)
        self._expectation = expectation

    def scores(self, candidates: Sequence[DecodingSequence]) -> Floats:
        """See `CandidateJudge.scores`."""
        own = super().scores(candidates)
        fits = self._expectation.whole([each.standing for each in candidates]).sum(axis=1)
        weight = 1.0 if any(each.done for each in candidates) else _UNTIL
        twice = np.array([self._expectation.behind.says_twice(each.sentence) for each in candidates])
        scores: Floats = own + weight * (fits - fits.max()) - _SAID_TWICE * twice
        return scores


class BridgeWriter(SentenceWriter):
    """One alternative that what stands behind the cursor completes: its sentence ends where that follows best."""

    def __init__(
        self, sequence: DecodingSequence, candidates: int, judge: CandidateJudge, expects: BehindScorer
    ) -> None:
        """Begins behind a context.

        Args:
            sequence: that stands there.
            candidates: of its sentence, `CANDIDATES` at least.
            judge: chooses where no place is found at which the two could join.
            expects: what follows.
        """
        super().__init__(sequence, max(candidates, CANDIDATES), judge)
        self._expects = expects

    def _best(self, written: list[DecodingSequence]) -> DecodingSequence:
        found = find_join(written, self._expects)
        if found is None:
            return super()._best(written)
        sequence, place = found
        sequence.end_at(place, self._expects.behind.mark)
        return sequence

    def _count(self) -> int:
        return self._candidates  # nothing is shown before the end: nobody waits for a first sentence


@dataclass(frozen=True)
class _Border:
    """A place between two words of a candidate."""

    sequence: DecodingSequence
    standing: Standing
    written: str


def find_join(written: Sequence[DecodingSequence], expects: BehindScorer) -> tuple[DecodingSequence, Standing] | None:
    """The candidate that what follows completes best, and where it has to end for that; None for none."""
    behind = expects.behind
    borders = [border for sequence in written for border in _borders(sequence, behind)]
    if not borders:
        return None
    first = expects.next([border.standing for border in borders])
    # Not all are read from: where the first token is unlikely beside other places, the rest cannot mend it.
    borders = [borders[i] for i in np.argsort(-first, kind="stable")[:_TRIED]]
    fits = expects.whole([border.standing for border in borders]).sum(axis=1)
    scores = fits + np.array([_worth(border, behind) for border in borders], dtype=np.float32)
    best = borders[int(np.argmax(scores))]
    return best.sequence, best.standing


def _borders(sequence: DecodingSequence, behind: Behind) -> list[_Border]:
    """The places at which a candidate could end: behind a word, with at least one of its own."""
    found = []
    for standing, following in sequence.standings():
        text = sequence.sentence_up_to(standing)
        stripped = text.rstrip()
        if stripped != text or "\n" in text.lstrip("\n") or not count_words(text):
            continue
        if following[:1].isalnum() or following[:1] in ("'", "-"):
            continue  # within a word
        words = _WORD.findall(text)
        if behind.lead and words and behind.words[:1] == [words[-1].casefold()]:
            continue  # "went went on"
        if words and behind.words[:1] == [words[0].casefold()] and words[0].casefold() not in FUNCTION_WORDS:
            continue  # "keeps and keeps"
        if len(words) > 1 and behind.words[:2] == [word.casefold() for word in words[-2:]]:
            continue
        if text.count('"') % 2 or (not behind.lead and not text[-1].isalnum()):
            continue  # a quotation that nobody closes, or two marks on end
        if text[-1] in ".!?" and behind.text[0].islower():
            continue
        found.append(_Border(sequence, standing, text))
    return found


def _worth(border: _Border, behind: Behind) -> float:
    """What speaks for a border beside how likely what follows is there, in nats."""
    words = len(_WORD.findall(border.written))
    whole = border.written + behind.lead + behind.text.split("\n")[0][:200]
    said = plain_score(border.sequence.before_sentence, whole)
    return said + _A_WORD * min(words, _FEW) - _SAID_TWICE * behind.says_twice(border.written)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text)
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
