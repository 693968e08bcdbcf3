"""One continuation under way: chooses its pieces, holds back what is not certain, and knows when to end."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.sentences import ends_sentence, has_open_quote
from pandemonium.text.typography import TypographyWriter
from pandemonium.writing import sampling
from pandemonium.writing.bans import PhraseBans
from pandemonium.writing.context import Context
from pandemonium.writing.copy_guard import CopyGuard
from pandemonium.writing.memory import DraftMemory
from pandemonium.writing.pieces import PieceTable
from pandemonium.writing.runtime import Floats, Ids
from pandemonium.writing.slurs import completing
from pandemonium.writing.stopping import SentenceStop

_PRESSURE = 6.0
# Whoever stops at a word that is one has most often finished it: "under it" goes on with "it", not with "its".
_WHOLE_WORD = np.float32(np.log(50.0))
# A word is written twice on end only where the network itself holds that for so likely beside the likeliest: "had had".
_DOUBLED = np.float32(np.log(0.2))
# Where any of a thousand nouns may come, a comma is among the likeliest: "the," is written by no one.
_STOP = 0.05
_MOST_REWINDS = 200
_FRESH = 64  # pieces just written that the memory leaves alone
_OPEN_ENDS = " \n,;:\u2014-"
_MOST_BANNED = 100  # at one place, for copying: whoever has so many ways to copy may do it
_HISTORY = 1024
_CLOSED_QUOTE = re.compile(r'(?:[^\W_]|[.!?,;])"$')  # what follows is parted from it
_WITHIN = ("'", ",", ";", ":", "-", "\u2014")  # behind these a sentence goes on


@dataclass(frozen=True)
class _Place:
    """Where the lane stood before a piece: enough to come back."""

    token: int
    state: Floats
    hidden: Floats
    unfinished: bytes
    prefix: bytes
    length: int
    memory: int


class _End(NamedTuple):
    """Where the sentence might have ended: behind so much text, and how likely beside the likeliest piece."""

    likely: float
    length: int


class Lane:
    """One alternative.

    Attributes:
        state: the network's behind the last piece, [2 * layers, 1, hidden].
        hidden: its output there, [hidden].
        done: nothing more will be written.
        tokens: how many pieces were chosen, those taken back included.
    """

    def __init__(
        self, context: Context, before: str, hidden: Floats, state: Floats, memory: DraftMemory, *, seed: int,
        settings: WritingSettings, pieces: PieceTable, bans: PhraseBans, paragraph: str, guard: CopyGuard | None = None,
        balance: Floats | None = None,
    ) -> None:  # fmt: skip
        self.seed = seed
        self.hidden, self.state = hidden, state
        self.done = False
        self.tokens = 0
        self._settings, self._pieces, self._bans, self._memory = settings, pieces, bans, memory
        self._guard, self._balance = guard, balance
        self._within = self._moves_within(context.tokens) if settings.newcomers > 0 else balance
        self._history = array("q", context.tokens[-_HISTORY:])
        self._prefix, self._starts_line = context.prefix, context.starts_line
        self._writer = TypographyWriter(context.typography, before)
        self._paragraph = paragraph
        self._before = context.tail
        self._stop = SentenceStop(settings.words, self._before)
        self._text = ""  # canonical, everything chosen
        self._shown = 0  # how much of it was given out
        self._unfinished = b""
        self._trail: list[_Place] = []
        self._banned_here: dict[int, set[int]] = {}
        self._rewinds = 0
        self._taken_back = 0
        self._nearest: _End | None = None
        self._ended = False  # by force: nothing follows but a quotation mark
        self._held: int | None = None  # from where on a word may yet complete a copied run

    def choose(self, logits: Floats) -> int | None:
        """Chooses the next piece from the network's logits [vocabulary], or ends the lane."""
        token = self._next(logits)
        if token is None:
            self.done = True
            return None
        self.tokens += 1
        self._trail.append(self._place(token))
        self._take(token)
        return token

    def _next(self, logits: Floats) -> int | None:
        """The next piece, or None where the lane ends."""
        if self._ended:
            return self._closing_quote()
        if self.done or self.tokens - self._taken_back > 64 + self._pieces.per_word * self._stop.limit:
            return None
        if self._stop.must_end and self._stop.at_sentence_end:
            return self._closing_quote()
        token = self._draw(logits)
        if token is None:
            return None
        opens_word = bool(self._pieces.spaced[token])
        if self._stop.may_end and opens_word:
            return self._closing_quote()
        if self._stop.must_end and (opens_word or not self._continues_word(token)):
            return self._end_by_force()
        return token

    def advance(self, hidden: Floats, state: Floats) -> None:
        """Takes over what the network says behind the piece just chosen, and takes the piece back if it must."""
        place = self._trail[-1]
        if self._settings.memory > 0:
            self._memory.add(place.hidden[None], np.array([place.token]))
        self.hidden, self.state = hidden, state
        self._history.append(place.token)
        if self._bans:
            self._rewind_from_ban()
        if self._guard:
            self._rewind_from_copy(self._guard)

    def pop_text(self) -> str:
        """Gives what can be shown since the last call, in the document's typography."""
        certain = len(self._text.rstrip())
        if self._stop.pressure > 0:
            certain = min(certain, len(self._text.rstrip(_OPEN_ENDS)))
        if self._nearest is not None:
            certain = min(certain, self._nearest.length)
        if self._bans and (open_length := self._bans.open_length(self._stop_text())):
            # Whole pieces wait: going back takes whole pieces back.
            open_at = len(self._text) - open_length
            certain = min(certain, max((p.length for p in self._trail if p.length <= open_at), default=self._shown))
        if self._held is not None:
            certain = min(certain, len(self._text[: self._held].rstrip()))
        return self._show(certain)

    def finish(self) -> str:
        """Gives the last characters."""
        return self._show(len(self._text.rstrip())) + self._writer.finish()

    def _show(self, certain: int) -> str:
        """Gives what lies between the text shown so far and `certain`."""
        certain = max(self._shown, certain)
        fresh, self._shown = self._text[self._shown : certain], certain
        # Nobody goes back behind what was shown.
        self._trail = [place for place in self._trail if place.length >= certain]
        return self._writer.add(fresh.replace(PARAGRAPH, self._paragraph))

    def _draw(self, logits: Floats) -> int | None:
        s, tokenizer = self._settings, self._pieces.tokenizer
        misplaced = self._misplaced(logits)
        self._look_for_an_end(logits)
        mixed = self._memory.mix(logits, self.hidden, s.memory, min(self.tokens - self._taken_back, _FRESH))
        moves = self._moves()
        if moves is not None and mixed is not logits:
            moves = sampling.move_own(moves, *sampling.own_shares(logits, mixed))
        banned_here = self._banned_here.get(len(self._text), ())
        slurs = [*self._pieces.slurs, *completing(self._stop_text(), tokenizer.pieces)]
        logits = sampling.ban(mixed, [tokenizer.separator, *misplaced, *banned_here, *slurs])
        if not self._prefix and _CLOSED_QUOTE.search(self._stop_text()[-2:]):
            logits[self._pieces.going_on] = sampling.NEVER
        if not self._text and not self._unfinished:
            if self._prefix:
                logits = sampling.allow_only(logits, tokenizer.spelling(self._prefix))
                if self._prefix.strip() and (whole := tokenizer.id_of(self._prefix)) is not None:
                    logits[whole] += _WHOLE_WORD
            elif self._starts_line:
                logits = np.where(self._pieces.spaced, sampling.NEVER, logits)
        if self._stop.pressure > 0:
            logits = logits.copy()
            logits[self._to_press()] += np.float32(_PRESSURE * self._stop.pressure)
        logits = sampling.punish_repeats(
            logits, self._history, multiplier=s.dry_multiplier, base=s.dry_base ** (1 / self._pieces.stretch),
            allowed=s.dry_allowed * self._pieces.stretch, breakers=self._pieces.breakers,
        )  # fmt: skip
        if not np.isfinite(logits).any():
            return None
        if self._prefix:  # of a word that stands in the document already
            logits = sampling.truncate(logits, s)
        elif self._stop_text()[-1:].isalpha() and not self._unfinished:
            logits = sampling.spell(logits, self._pieces.going_on, s, moves)
        else:
            logits = sampling.truncate(logits if moves is None else logits + moves, s)
        return sampling.draw(logits, s.temperature, sampling.uniform(self.seed, self.tokens))

    def _moves_within(self, read: Sequence[int]) -> Floats:
        """The balance as it is within a sentence: names that the text does not have yet come in less easily."""
        names, size = self._pieces.names, self._pieces.tokenizer.size
        moves = np.zeros(size, dtype=np.float32) if self._balance is None else self._balance.copy()
        moves[np.setdiff1d(names, read)] -= np.float32(self._settings.newcomers)
        return moves

    def _moves(self) -> Floats | None:
        """What is added to the logits where a word is chosen: a sentence may begin with whatever it likes."""
        last = self._stop_text().rstrip(" ")[-1:]
        return self._within if last.isalnum() or last in _WITHIN else self._balance

    def _to_press(self) -> Ids:
        """The pieces that bring the text to its end: a sentence that is closed is not closed again ("....")."""
        if not self._stop.at_sentence_end:
            return self._pieces.closing if has_open_quote(self._stop_text()) else self._pieces.closing_bare
        quote = self._closing_quote()
        return np.array([] if quote is None else [quote], dtype=np.int64)

    def _misplaced(self, logits: Floats) -> list[int]:
        """What the network itself holds for too unlikely: the word just written once more, and a stop behind it."""
        last = self._history[-1] if self._history else self._pieces.tokenizer.separator
        likeliest, found = logits.max(), []
        for stops in self._pieces.stops:
            if float(np.exp(logits[stops] - likeliest).sum()) < _STOP:
                found += stops.tolist()
        is_word = self._pieces.spaced[last] and self._pieces.ends_in_letter[last]
        return [*found, last] if is_word and logits[last] < likeliest + _DOUBLED else found

    def _take(self, token: int) -> None:
        if self._within is not None and self._within is not self._balance:  # whoever has come in is known
            self._within[token] = 0 if self._balance is None else self._balance[token]
        piece = self._pieces.tokenizer.pieces[token]
        if self._prefix and not self._text and not self._unfinished:
            # These bytes stand in the document already.
            piece, self._prefix = piece[len(self._prefix) :], self._prefix[len(piece) :]
        data = self._unfinished + piece
        cut = _complete(data)
        text = data[:cut].decode("utf-8", "replace")
        self._unfinished = data[cut:]
        self._text += text
        self._stop.add(text)

    def _continues_word(self, token: int) -> bool:
        if token in self._pieces.closing:
            return True
        piece = self._pieces.tokenizer.pieces[token].decode("utf-8", "ignore")
        in_word = self._stop_text()[-1:].isalnum()
        return in_word and piece.lstrip("'")[:1].isalnum()

    def _look_for_an_end(self, logits: Floats) -> None:
        """Remembers, once enough is written, where the network itself would soonest have ended the sentence."""
        if self._stop.count < self._stop.words or self._unfinished:
            return
        text = self._stop_text()
        if self._stop.at_sentence_end:  # within a quotation that is still open
            self._nearest = _End(np.inf, len(self._text))
        elif text[-1:].isalnum() and ends_sentence(f"{text[-40:]}."):
            likely = float(np.exp(logits[self._to_press()] - logits.max()).sum())
            if self._nearest is None or likely >= self._nearest.likely:
                self._nearest = _End(likely, len(self._text))

    def _end_by_force(self) -> int | None:
        """Ends the sentence where that was likeliest; what was written behind it was not shown yet, and is dropped."""
        self._ended = True
        end = len(self._text.rstrip(_OPEN_ENDS)) if self._nearest is None else self._nearest.length
        self._cut(max(self._shown, end))
        self._unfinished = b""
        # An abbreviation has its full stop.
        closed = self._stop.at_sentence_end or self._text.endswith(".")
        return self._closing_quote() if closed else self._pieces.full_stop

    def _closing_quote(self) -> int | None:
        """The quotation mark that the end still needs, or None."""
        text = self._stop_text()
        return self._pieces.quote if has_open_quote(text) and not text.endswith('"') else None

    def _stop_text(self) -> str:
        return self._before + self._text

    def _rewind_from_ban(self) -> None:
        written = len(self._before)
        start = self._bans.found(self._stop_text(), written + self._shown)
        if start is None:
            return
        start = max(0, start - written)
        self._rewinds += 1
        if self._rewinds <= _MOST_REWINDS and self._trail[0].length <= start:
            self._rewind(start)
        else:
            self._cut(max(self._shown, start))
            self.done = True

    def _rewind_from_copy(self, guard: CopyGuard) -> None:
        self._held = None
        word = guard.look(self._stop_text(), len(self._before))
        if word is None:
            return
        start = word.start - len(self._before)
        place = next((place.length for place in reversed(self._trail) if place.length <= start), None)
        if word.copies and place is not None and len(self._banned_here.get(place, ())) < _MOST_BANNED:
            self._rewind(start)
        elif word.grows:
            self._held = place

    def _rewind(self, start: int) -> None:
        """Takes back every piece down to the one that wrote the character at `start`, and bans that one there."""
        self._ended = False
        while self._trail:
            place = self._trail.pop()
            self._history.pop()
            self._taken_back += 1
            if place.length <= start:
                self.state, self.hidden, self._unfinished = place.state, place.hidden, place.unfinished
                self._prefix = place.prefix
                self._memory.truncate(place.memory)
                self._banned_here = {at: them for at, them in self._banned_here.items() if at <= place.length}
                self._banned_here.setdefault(place.length, set()).add(place.token)
                self._cut(place.length)
                break

    def _place(self, token: int) -> _Place:
        return _Place(
            token, self.state, self.hidden, self._unfinished, self._prefix, len(self._text), self._memory.count
        )

    def _cut(self, length: int) -> None:
        """Takes back what was chosen behind the first `length` characters."""
        self._text = self._text[:length]
        if self._nearest is not None and self._nearest.length > length:
            self._nearest = None
        self._stop = SentenceStop(self._settings.words, self._before)
        self._stop.add(self._text)


def _complete(data: bytes) -> int:
    """How many of `data`'s bytes are whole characters: all but an unfinished one at the end."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            return len(data)
        if byte >= 0xC0:
            width = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) if back >= width else len(data) - back
    return len(data)
