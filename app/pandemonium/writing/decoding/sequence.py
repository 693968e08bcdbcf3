"""One sequence under way: takes the tokens that are drawn, holds back what is not certain, and knows when to end."""

from __future__ import annotations

import copy
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.sentences import ends_sentence, has_open_quote
from pandemonium.text.typography import TypographyWriter
from pandemonium.writing.decoding.stopping import SentenceStop
from pandemonium.writing.reading.context import Context
from pandemonium.writing.reading.memory import Recall
from pandemonium.writing.reading.origins import RecalledSpan
from pandemonium.writing.reading.phrases import Memory
from pandemonium.writing.request import Person
from pandemonium.writing.runtimes.runtime import Floats, Ids
from pandemonium.writing.sampling.bans import PhraseBans
from pandemonium.writing.sampling.copy_guard import CopyGuard, MixedGuard
from pandemonium.writing.sampling.names import (
    JUST_NAMED,
    Cast,
    NameSpellings,
    NameTokens,
    begun_word,
    find_cast,
    find_scene,
    stands_behind_title,
)
from pandemonium.writing.sampling.rows import NO_GAINS, NO_IDS, Row
from pandemonium.writing.sampling.slurs import completing
from pandemonium.writing.sampling.token_table import TokenTable
from pandemonium.writing.sampling.wanted import WantedWords

_MOST_REWINDS = 200  # and as many more as there are tokens: long lists of bans ask for many
_UNLIKELY_END = 0.2  # beside the likeliest token
_OPEN_ENDS = " \n,;:\u2014-"
_MOST_BANNED = 100  # at one place, for copying: whoever has so many ways to copy may do it
_HISTORY = 1024
_TYPED = 3  # letters that those of a name count more which stand before the cursor
_TELLING_LETTERS = 4  # of a name that begins a sentence
_LONE_CAPITAL = re.compile(r"\n([A-Z])$")
_WORDS_OF_A_LETTER = "IAO"
_CLOSED_QUOTE = re.compile(r'(?:[^\W_]|[.!?,;])"$')  # what follows is parted from it
_WITHIN = ("'", ",", ";", ":", "-", "\u2014")  # behind these a sentence goes on
# Scripts beyond these put no spaces between their words.
_OPEN_WORD = re.compile(r"[^\W_\u2e80-\uffff]+(?:['-][^\W_\u2e80-\uffff]*)*$")


class _Place(NamedTuple):
    """Where the sequence stood before a token: enough to come back.

    Attributes:
        token: that was chosen there.
        state: the network's before it.
        hidden: the network's output before it.
        unfinished: bytes of a character that was begun.
        prefix: what of the document's own last word was still to be spelled.
        length: of the text.
        information: of the token under the network, in nats.
    """

    token: int
    state: Floats
    hidden: Floats
    unfinished: bytes
    prefix: bytes
    length: int
    information: float


class Standing(NamedTuple):
    """A place that a sequence has come by, as far as reading on from there needs it.

    Attributes:
        length: of its text there.
        hidden: the network's output, [output_width].
        state: the network's state, [2 * layers, 1, hidden].
    """

    length: int
    hidden: Floats
    state: Floats


class _End(NamedTuple):
    """Where the sentence might have ended: behind so much text, and how likely beside the likeliest token."""

    likely: float
    length: int


@dataclass(frozen=True)
class RequestContext:
    """What all sequences of one request share.

    Attributes:
        settings: how to write.
        tokens: the voice's.
        names: tokens of names.
        bans: phrases that never appear, or None.
        paragraph: what the document puts between two paragraphs.
        guard: against copying, or None.
        opening: the text begins here: nothing of a tale stands before.
        capitals: words in capitals are no stranger to the text.
        wanted: words that are wanted, or None.
        judged: how much of the network's output a judge sees: where voices are mixed, the first one's; 0 for all.
        scene: who is in it, where the writer says so.
        strangers: tokens that begin no name of the draft, nor of who is in the scene, ids.
        spellings: how the names of the draft and of the scene are spelled, or None where strangers are welcome.
    """

    settings: WritingSettings
    tokens: TokenTable
    names: NameTokens
    bans: PhraseBans | None
    paragraph: str
    guard: CopyGuard | MixedGuard | None
    opening: bool
    capitals: bool
    wanted: WantedWords | None = None
    judged: int = 0
    scene: tuple[Person, ...] = ()
    strangers: Ids = field(default_factory=lambda: NO_IDS)
    spellings: NameSpellings | None = None


class DecodingSequence:
    """One alternative, or one candidate for its next sentence.

    Attributes:
        seed: what its chances come from.
        state: the network's behind the last token, [2 * layers, 1, hidden].
        hidden: its output there, [output_width].
        recall: what is recalled.
        done: nothing more will be written.
        cut_short: it was ended by force where the network would hardly have ended the sentence.
        paused: the sentence is written; where another begins, somebody else goes on.
        tokens: how many tokens were chosen, those taken back included.
    """

    def __init__(
        self,
        context: Context,
        before: str,
        hidden: Floats,
        state: Floats,
        recall: Memory | Recall,
        shared: RequestContext,
        seed: int,
    ) -> None:
        """Begins behind a context.

        Args:
            context: what was read.
            before: the document's last characters, in its own typography.
            hidden: the network's output behind the context.
            state: its state there.
            recall: what is recalled: the memory of the draft, or a voice's own texts alone.
            around: what all sequences of the request share.
            seed: what the chances come from.
        """
        self.seed = seed
        self.hidden = hidden
        self.state = state
        self.recall = recall
        self.done = False
        self.paused = False
        self.tokens = 0
        self.pauses = False  # at the end of a sentence
        self._shared = shared
        self._history = array("q", context.tokens[-_HISTORY:])
        self._unknown_names = shared.strangers
        self._prefix = context.prefix
        self._starts_line = context.starts_line
        self._writer = TypographyWriter(context.typography, before)
        self._before = context.tail
        self._stop = SentenceStop(shared.settings.words, self._before)
        self._text = context.lead  # canonical, everything chosen
        self._lead = len(context.lead)
        self._stop.add(self._text)
        self._shown = 0  # how much of it was given out
        self._unfinished = b""
        self._trail: list[_Place] = []
        self._origins: list[RecalledSpan] = []
        self._cast: Cast | None = None  # who is spoken of where the sentence begins
        self._banned_here: dict[int, set[int]] = {}
        self._rewinds = 0
        self._taken_back = 0
        self._nearest: _End | None = None
        self._ended = False  # by force: nothing follows but a quotation mark
        self.cut_short = False  # it was ended by force where the network would hardly have ended it
        self._sentences = 0  # how often the text could have ended
        self._held: int | None = None  # from where on a word may yet complete a copied run
        self._sentence = 0  # where in the text the sentence began
        self._sentence_places: list[_Place] = []

    def twin(self, seed: int) -> DecodingSequence:
        """A sequence that begins where this one does, which has written nothing yet, by another seed."""
        made = self.fork(seed)
        made.pauses = False
        made._cast = None
        return made

    def fork(self, seed: int) -> DecodingSequence:
        """A sequence that stands where this one does and goes its own way, up to the end of the sentence."""
        self._current_cast()  # found once for all that go from here
        twin = copy.copy(self)
        twin.seed = seed
        twin.pauses = True
        twin._history = array("q", self._history)
        twin._writer = copy.copy(self._writer)
        twin._stop = copy.copy(self._stop)
        twin._trail = list(self._trail)
        twin._origins = list(self._origins)
        twin._banned_here = {at: set(them) for at, them in self._banned_here.items()}
        twin._sentence = len(self._text)
        twin._sentence_places = []
        return twin

    def twin_behind(self) -> DecodingSequence:
        """A sequence that goes on where this one has come to the end of its sentence, as if it had been chosen."""
        made = self.fork(self.seed)
        made.go_on()
        return made

    # What the samplers ask.

    @property
    def history(self) -> array[int]:
        """The tokens up to here."""
        return self._history

    def row(self) -> Row:
        """What the samplers know of it."""
        text = self._stop_text()
        # A word of the voice's own, or one before it, stands unfinished.
        in_word = not self._prefix and not self._unfinished and text[-1:].isalpha()
        pressure = self._stop.pressure
        word, strange = self._strange_spellings(text)
        raised, for_pronoun = self._named()
        return Row(
            in_word=in_word,
            spelled=bool(self._prefix),
            history=self._history,
            last=self._history[-1] if self._history else -1,
            bans=self._bans(text),
            allowed=self._allowed(),
            ending=(self._to_press(), pressure) if pressure > 0 else (NO_IDS, 0.0),
            unknown_names=self._strangers(text),
            strange_spellings=strange,
            # What she has typed of a name herself, she means.
            name_letters=len(word) + (_TYPED if len(word) > len(self._text) else 0),
            raised=raised,
            for_pronoun=for_pronoun,
            wanted=self._shared.wanted.raised(self._history) if self._shared.wanted is not None else NO_GAINS,
        )

    def _strangers(self, text: str) -> Ids:
        """What would begin a stranger's name; a sentence begins with a capital whatever its first word is."""
        if _goes_on(text):
            return self._unknown_names
        return np.intersect1d(self._unknown_names, self._shared.names.only_names, assume_unique=True)

    def _strange_spellings(self, text: str) -> tuple[str, Ids]:
        """What stands of a name, and what would make a stranger's of it, or of one that a title asks for."""
        spellings = self._shared.spellings
        if spellings is None:
            return "", NO_IDS
        if stands_behind_title(text):
            return "", spellings.strange_behind_title()
        word = begun_word(text) if not self._unfinished else ""
        is_name = word[:1].isupper() and (
            _goes_on(text[: -len(word)])
            or (len(word) >= _TELLING_LETTERS and not self._shared.names.opens_word(word))  # it begins a sentence
        )
        if not is_name:
            return "", NO_IDS
        allowed = self._allowed()
        if allowed is None:
            return word, spellings.strange(word)
        return word, spellings.strange_rests(word, self._prefix, allowed[0])

    def _allowed(self) -> tuple[Ids, int | None] | None:
        """The only tokens that may come, and the one that is a whole word; None where any may."""
        if self._text or self._unfinished or not self._prefix:
            return None
        tokenizer = self._shared.tokens.tokenizer
        whole = tokenizer.id_of(self._prefix) if self._prefix.strip() else None
        return tokenizer.spelling(self._prefix), whole

    def _find_cast(self, text: str) -> Cast:
        """The writer's people behind a text: a name that the voice made up itself must not breed."""
        if self._shared.scene:
            return find_scene(text, self._shared.scene)
        now = find_cast(text)
        return Cast(find_cast(self._before).people, now.recent, now.pronoun)

    def _named(self) -> tuple[tuple[Ids, Floats], tuple[Ids, Ids]]:
        """Tokens that gain by who is spoken of, and how much; and names that may stand for "He" or "She", and these.

        Every other candidate, by its seed, has such names: so that one comes as often as the judge finds it fits.
        """
        if self._shared.settings.names <= 0:
            return NO_GAINS, (NO_IDS, NO_IDS)
        names = self._shared.names
        cast = self._current_cast()
        history = self._history[-JUST_NAMED:].tolist()
        return names.raised(cast, history), names.for_pronoun(cast, history) if self.seed & 1 else (NO_IDS, NO_IDS)

    def _current_cast(self) -> Cast:
        """Who is spoken of where the sentence begins."""
        if self._cast is None:
            self._cast = self._find_cast(self._stop_text())
        return self._cast

    def _bans(self, text: str) -> list[Ids]:
        """What must not come here, ids in several parts."""
        table = self._shared.tokens
        banned: list[Ids] = []
        if here := self._banned_here.get(len(self._text)):
            banned.append(np.array(sorted(here), dtype=np.int64))
        if slurs := completing(text, table.tokenizer.pieces):
            banned.append(np.array(slurs, dtype=np.int64))
        if self._unfinished:
            banned.append(table.not_going_on_character)
        if self._prefix:
            return banned
        if _CLOSED_QUOTE.search(text[-2:]):
            banned.append(table.going_on)
        if self._starts_line and len(self._text) == self._lead and not self._unfinished:
            banned.append(table.spaced_ids)
        if self._shared.opening and not self._sentences:  # a title is not what is wanted
            banned.append(table.line_breaks)
        if not self._shared.capitals:
            banned.append(table.capitals)
            if text[-1:].isupper() and not text[-2:-1].islower():
                banned.append(table.single_capitals)
            banned.append(self._numbering())
        return banned

    def _numbering(self) -> Ids:
        """What would make a chapter's number of the line's first letter: "V" begins a word, and "I" a sentence."""
        table = self._shared.tokens
        line = ("\n" if self._starts_line else "") + self._text[-2:]
        number = _LONE_CAPITAL.search(line)
        if number is None:
            return NO_IDS
        return table.line_breaks if number[1] in _WORDS_OF_A_LETTER else np.flatnonzero(~table.inside)

    # Taking tokens.

    def forced(self) -> tuple[bool, int | None]:
        """Tells whether the next token is settled without a draw, and which it is; None ends the sequence."""
        if self._ended:
            return True, self._closing_quote()
        written = self.tokens - self._taken_back
        most = 64 + self._shared.tokens.per_word * self._stop.limit
        if self.done or written > most:
            return True, None
        if self._stop.must_end and self._stop.at_sentence_end:
            return True, self._closing_quote()
        return False, None

    def choose(self, drawn: int | None) -> int | None:
        """Takes the drawn token, or another in its place; None where the sequence ends or pauses."""
        token = self._instead(drawn)
        if token is None:
            self.done = not self.paused
        return token

    def _instead(self, token: int | None) -> int | None:
        if token is None:
            return None
        opens_word = bool(self._shared.tokens.spaced[token])
        if self._stop.may_end and opens_word:
            return self._closing_quote()
        if self._stop.must_end and (opens_word or not self._continues_word(token)):
            return self._end_by_force()
        if self.pauses and opens_word and len(self._text) > self._sentence and ends_sentence(self._text[-40:]):
            self.paused = True
            return None
        return token

    def take(self, token: int, information: float = 0.0, origin: int | None = None) -> None:
        """Writes a token.

        Args:
            token: its id.
            information: that it holds under the network, in nats.
            origin: where in the memory's text it stands, if it owes itself to that.
        """
        self.tokens += 1
        place = _Place(token, self.state, self.hidden, self._unfinished, self._prefix, len(self._text), information)
        self._trail.append(place)
        if self.pauses:
            self._sentence_places.append(place)
        unknown = self._unknown_names
        at = int(unknown.searchsorted(token))
        if at < len(unknown) and unknown[at] == token:  # whoever has come in is known
            self._unknown_names = np.delete(unknown, at)
        piece = self._shared.tokens.tokenizer.pieces[token]
        if self._prefix and not self._text and not self._unfinished:
            # These bytes stand in the document already.
            piece, self._prefix = piece[len(self._prefix) :], self._prefix[len(piece) :]
        data = self._unfinished + piece
        cut = _complete(data)
        text = data[:cut].decode("utf-8", "replace")
        self._unfinished = data[cut:]
        self._text += text
        if origin is not None and any(map(str.isalnum, text)):
            self._origins.append(RecalledSpan(len(self._text) - len(text), len(self._text), origin))
        self._stop.add(text)
        if self._stop.at_sentence_end:
            self._sentences += 1
            if not self.pauses:  # a candidate draws once more, only to find that its sentence is over
                self._cast = None

    @property
    def reading(self) -> bool:
        """The network has still to read the token just taken."""
        return bool(self._trail) and self._trail[-1].state is self.state

    @property
    def newest(self) -> int:
        """The token just taken."""
        return self._trail[-1].token

    def advance(self, hidden: Floats, state: Floats) -> None:
        """Takes over what the network says behind the token just taken, and takes the token back if it must.

        Args:
            hidden: its output [output_width].
            state: its state [2 * layers, 1, hidden].
        """
        place = self._trail[-1]
        self.hidden = hidden
        self.state = state
        self._history.append(place.token)
        if len(self._history) > 2 * _HISTORY:
            self._history = self._history[-_HISTORY:]
        if "\ufffd" in self._text[place.length :]:
            self._rewind(place.length)
            return
        if self._shared.bans is not None:
            self._rewind_from_ban(self._shared.bans)
        if self._shared.guard:
            self._rewind_from_copy(self._shared.guard)

    def go_on(self) -> None:
        """Becomes what is written on: its sentence was chosen."""
        self.pauses = self.paused = False
        if self._stop.at_sentence_end:
            self._cast = None

    # What is shown.

    def pop_text(self) -> str:
        """Gives what can be shown since the last call, in the document's typography; never a part of a word."""
        certain = self._certain()
        word = _OPEN_WORD.search(self._text, max(0, certain - 60), certain)
        if word and word.end() == certain == len(self._text) and not self.paused and not self.done:
            certain = word.start()
            certain = len(self._text[:certain].rstrip())
        return self._show(certain)

    def finish(self, *, stopped: bool = False) -> str:
        """Gives the last characters; of a sequence that was stopped only whole words."""
        if stopped and not self.done:
            return self.pop_text() + self._writer.finish()
        return self._show(len(self._text.rstrip())) + self._writer.finish()

    def _certain(self) -> int:
        """How much of the text nobody takes back."""
        certain = len(self._text.rstrip())
        if self.reading:
            certain = min(certain, self._trail[-1].length)
        if self._stop.pressure > 0:
            certain = min(certain, len(self._text.rstrip(_OPEN_ENDS)))
        if self._nearest is not None:
            certain = min(certain, self._nearest.length)
        bans = self._shared.bans
        if bans is not None and (open_length := bans.open_length(self._stop_text())):
            # Whole tokens wait: going back takes whole tokens back.
            open_at = len(self._text) - open_length
            certain = min(certain, max((p.length for p in self._trail if p.length <= open_at), default=self._shown))
        if self._held is not None:
            certain = min(certain, len(self._text[: self._held].rstrip()))
        return certain

    def _show(self, certain: int) -> str:
        """Gives what lies between the text shown so far and `certain`."""
        certain = max(self._shown, certain)
        fresh = self._text[self._shown : certain]
        self._shown = certain
        # Nobody goes back behind what was shown.
        self._trail = [place for place in self._trail if place.length >= certain]
        return self._writer.add(fresh.replace(PARAGRAPH, self._shared.paragraph))

    @property
    def text(self) -> str:
        """Everything that was chosen, canonical."""
        return self._text

    @property
    def origins(self) -> Sequence[RecalledSpan]:
        """What of it the memory gave."""
        return self._origins

    # What a judge asks.

    @property
    def sentence_length(self) -> int:
        """How many tokens were written since the fork."""
        return len(self._sentence_places)

    @property
    def sentence(self) -> str:
        """What was written since the fork."""
        return self._text[self._sentence :]

    @property
    def names_somebody(self) -> bool:
        """The sentence names one of the writer's people who was not named just now; never where names count nothing."""
        return self._shared.settings.names > 0 and self._find_cast(self.before_sentence).is_named_in(self.sentence)

    @property
    def before_sentence(self) -> str:
        """The canonical text that the sentence stands behind."""
        return self._before + self._text[: self._sentence]

    @property
    def sentence_outputs(self) -> Floats:
        """The network's outputs before each of the sentence's tokens and behind the last, [n + 1, output_width]."""
        outputs = np.stack([*(place.hidden for place in self._sentence_places), self.hidden])
        return outputs[:, : self._shared.judged or None]

    @property
    def sentence_information(self) -> Floats:
        """What each of the sentence's tokens told under the network, in nats, [n]."""
        return np.array([place.information for place in self._sentence_places], dtype=np.float32)

    # What joins it to what follows.

    @property
    def standing(self) -> Standing:
        """Where it stands now."""
        return Standing(len(self._text), self.hidden, self.state)

    def standings(self) -> list[tuple[Standing, str]]:
        """The places between the sentence's tokens and behind the last, each with the text of the token behind it.

        Places within a character, and those before the document's own last word is spelled, are none.
        """
        pieces = self._shared.tokens.tokenizer.pieces
        found = []
        for place in self._sentence_places:
            if not place.unfinished and not place.prefix:
                following = pieces[place.token].decode("utf-8", "ignore")
                found.append((Standing(place.length, place.hidden, place.state), following))
        if not self._unfinished and not self._prefix:
            found.append((self.standing, ""))
        return found

    def sentence_up_to(self, place: Standing) -> str:
        """What was written since the fork and up to a place."""
        return self._text[self._sentence : place.length]

    def end_at(self, place: Standing, mark: str = "") -> None:
        """Ends the text at a place that lies behind what was shown, with a mark that the network did not write."""
        self._cut(max(self._shown, place.length))
        self._text += mark
        self._unfinished = b""
        self._held = None
        self.done = True

    # Ends.

    def _to_press(self) -> Ids:
        """The tokens that bring the text to its end: a sentence that is closed is not closed again ("....")."""
        table = self._shared.tokens
        if not self._stop.at_sentence_end:
            return table.closing if has_open_quote(self._stop_text()) else table.closing_bare
        quote = self._closing_quote()
        return np.array([] if quote is None else [quote], dtype=np.int64)

    def _continues_word(self, token: int) -> bool:
        table = self._shared.tokens
        if token in table.closing:
            return True
        piece = table.tokenizer.pieces[token].decode("utf-8", "ignore")
        in_word = self._stop_text()[-1:].isalnum()
        return in_word and piece.lstrip("'")[:1].isalnum()

    def look_for_an_end(self, network: Floats) -> None:
        """Remembers, once enough is written, where the network itself would soonest have ended the sentence.

        Args:
            network: its logits before the draw, [vocabulary].
        """
        if self._stop.count < self._stop.words or self._unfinished:
            return
        text = self._stop_text()
        if self._stop.at_sentence_end:  # within a quotation that is still open
            self._nearest = _End(np.inf, len(self._text))
        elif text[-1:].isalnum() and ends_sentence(f"{text[-40:]}."):
            likely = float(np.exp(network[self._to_press()] - network.max()).sum())
            if self._nearest is None or likely >= self._nearest.likely:
                self._nearest = _End(likely, len(self._text))

    def _end_by_force(self) -> int | None:
        """Ends the sentence where that was likeliest; what was written behind it was not shown yet, and is dropped."""
        self._ended = True
        self.cut_short = self._nearest is None or self._nearest.likely < _UNLIKELY_END
        end = len(self._text.rstrip(_OPEN_ENDS)) if self._nearest is None else self._nearest.length
        self._cut(max(self._shown, end))
        self._unfinished = b""
        # An abbreviation has its full stop.
        closed = self._stop.at_sentence_end or self._text.endswith(".")
        return self._closing_quote() if closed else self._shared.tokens.full_stop

    def _closing_quote(self) -> int | None:
        """The quotation mark that the end still needs, or None."""
        text = self._stop_text()
        return self._shared.tokens.quote if has_open_quote(text) and not text.endswith('"') else None

    def _stop_text(self) -> str:
        return self._before + self._text

    # Going back.

    def _rewind_from_ban(self, bans: PhraseBans) -> None:
        written = len(self._before)
        start = bans.found(self._stop_text(), written + self._shown)
        if start is None:
            return
        start = max(0, start - written)
        self._rewinds += 1
        may_go_back = self._rewinds <= _MOST_REWINDS + self.tokens - self._taken_back
        if may_go_back and self._trail[0].length <= start:
            self._rewind(start)
        elif may_go_back and self.pauses:
            # It begins in what was chosen before: what completes it here goes.
            self._rewind(self._trail[-1].length)
        else:
            self._cut(max(self._shown, start))
            self.done = True

    def _rewind_from_copy(self, guard: CopyGuard | MixedGuard) -> None:
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
        """Takes back every token down to the one that wrote the character at `start`, and bans that one there."""
        self._ended = False
        while self._trail:
            place = self._trail.pop()
            self._history.pop()
            if self._sentence_places:
                self._sentence_places.pop()
            self._taken_back += 1
            if place.length <= start:
                self.state = place.state
                self.hidden = place.hidden
                self._unfinished = place.unfinished
                self._prefix = place.prefix
                self._banned_here = {at: them for at, them in self._banned_here.items() if at <= place.length}
                self._banned_here.setdefault(place.length, set()).add(place.token)
                self._cut(place.length)
                self._sentence = min(self._sentence, place.length)
                break

    def _cut(self, length: int) -> None:
        """Takes back what was chosen behind the first `length` characters."""
        self._text = self._text[:length]
        self._origins = [span for span in self._origins if span.end <= length]
        if self._nearest is not None and self._nearest.length > length:
            self._nearest = None
        self._stop = SentenceStop(self._shared.settings.words, self._before)
        self._stop.add(self._text)


def _goes_on(text: str) -> bool:
    """Tells whether a sentence is under way at the end of a text."""
    last = text[-2:].rstrip(" ")[-1:]
    if last == ".":
        return stands_behind_title(text)
    return last.isalnum() or last in _WITHIN if last else False


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
