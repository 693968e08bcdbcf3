"""The chain of samplers: from the network's logits of several sequences to the token that each of them draws.

A sampler takes logits [rows, vocabulary], a row each sequence, and gives logits of the same shape; what is impossible
is -inf. `make_chain` puts them in their order, which the page in the browser follows. Truncation comes before the
temperature, so a high one varies among the plausible tokens only. Where a word stands unfinished the choice is another:
whether it ends, and else how it is spelled on, which leaves no room for fancy (`InWordFilter`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pandemonium.settings import WritingSettings
from pandemonium.writing.memory import Recalled
from pandemonium.writing.phrases import Memory
from pandemonium.writing.runtime import Floats, Ids
from pandemonium.writing.softmax import softmax_rows
from pandemonium.writing.token_table import TokenTable

Bools = NDArray[np.bool_]
NEVER = np.float32(-np.inf)
# A word is written twice on end only where the network itself holds that for so likely beside the likeliest: "had had".
_DOUBLED = np.float32(np.log(0.2))
# Where any of a thousand nouns may come, a comma is among the likeliest: "the," is written by no one.
_STOP = 0.05
# Whoever stops at a word that is one has most often finished it: "under it" goes on with "it", not with "its".
_WHOLE_WORD = np.float32(np.log(50.0))
_PRESSURE = np.float32(6.0)
_LONGEST_RUN = 50
_FRAME = 7
_STRANGE_SPELLING = 3.0  # times as much as for a stranger's first token: the draft has whose name begins so
_STRANGE_LETTER = 3.0  # and so much more for each further letter: the more stand, the less they are another's
_FEW_LETTERS = 3
_MANY_LETTERS = 9
_FRAME_REACH = 240
_THIRD_TIME = 1.5
_NARROW = 0.5  # of the vocabulary: what keeps more is not worth being narrowed


class SpelledOn(NamedTuple):
    """What may spell on a row's unfinished word.

    Attributes:
        tokens: ids [n].
        weights: their logarithms [n].
        ends: the logarithm of the word's end, whatever follows; -inf where it must go on.
    """

    tokens: Ids
    weights: Floats
    ends: float


_NO_IDS: Ids = np.zeros(0, dtype=np.int64)
_NO_GAINS: tuple[Ids, Floats] = (_NO_IDS, np.zeros(0, dtype=np.float32))


@dataclass(frozen=True)
class Row:
    """What the samplers know of one sequence.

    Attributes:
        in_word: a word stands unfinished: the next token may spell it on.
        spelled: what is written first stands in the document already: nothing else is wanted there.
        history: the tokens up to here, the newest last.
        last: the token before; -1 for none.
        bans: tokens that must not come, ids in several parts.
        allowed: the only tokens that may come, ids, or None; and the one that is a whole word, or None.
        ending: tokens that end the sentence, ids, and how much they are wanted, from 0 to 1.
        unknown_names: tokens that would begin a name here which the text does not have, ids.
        strange_spellings: where a name of the text is being spelled, tokens that make another's of it, ids.
        name_letters: how many letters of that name stand.
        raised: tokens and what each gains: names of the passage.
        wanted: tokens and what each gains: words that the writer wants.
    """

    in_word: bool = False
    spelled: bool = False
    history: Sequence[int] = ()
    last: int = -1
    bans: Sequence[Ids] = ()
    allowed: tuple[Ids, int | None] | None = None
    ending: tuple[Ids, float] = (_NO_IDS, 0.0)
    unknown_names: Ids = field(default_factory=lambda: _NO_IDS)
    strange_spellings: Ids = field(default_factory=lambda: _NO_IDS)
    name_letters: int = 0
    raised: tuple[Ids, Floats] = _NO_GAINS
    wanted: tuple[Ids, Floats] = _NO_GAINS


class NetworkLogits(NamedTuple):
    """The network's logits of several sequences, and what everybody asks of them, which is found once.

    Attributes:
        values: [rows, vocabulary].
        largest: each row's, [rows].
        normalizers: the logarithm of what the exponentials of each row add up to, [rows].
    """

    values: Floats
    largest: Floats
    normalizers: Floats

    @classmethod
    def of(cls, values: Floats) -> NetworkLogits:
        """Those of `values`, [rows, vocabulary]; a row with a number that is none has a normalizer that is none."""
        largest = values.max(axis=1)
        # The likeliest one's probability is the first exponential, which is 1, among all of them.
        normalizers: Floats = largest - np.log(softmax_rows(values).max(axis=1))
        return cls(values, largest, normalizers)

    def of_rows(self, rows: Sequence[int]) -> NetworkLogits:
        """Those of some of the rows, in their order."""
        if len(rows) == len(self.values):
            return self
        chosen = list(rows)
        return NetworkLogits(self.values[chosen], self.largest[chosen], self.normalizers[chosen])


_NO_NUMBERS: Floats = np.zeros(0, dtype=np.float32)
_NO_LOGITS = NetworkLogits(np.zeros((0, 0), dtype=np.float32), _NO_NUMBERS, _NO_NUMBERS)


@dataclass
class Rows:
    """The sequences that are taken a token further, and what one sampler leaves for another.

    Attributes:
        each: a row each.
        keys: [rows, output_width], the network's outputs as the memory's keys.
        network: the network's logits as they came.
        recalled: what the memory has raised; set by it.
        spelled_on: what may spell on; set by the filter, by row.
        tokens: which tokens the logits' columns are, ids [columns]; None while they are the whole vocabulary.
    """

    each: Sequence[Row]
    keys: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    network: NetworkLogits = field(default_factory=lambda: _NO_LOGITS)
    recalled: list[Recalled] = field(default_factory=list)
    spelled_on: dict[int, SpelledOn] = field(default_factory=dict)
    tokens: Ids | None = None

    @property
    def free(self) -> Bools:
        """Which rows have nothing to spell that stands in the document already, [rows]."""
        return np.array([not row.spelled for row in self.each], dtype=np.bool_)


class Sampler(Protocol):
    """One link of the chain; it may change the logits that it is given."""

    @property
    def name(self) -> str:
        """What the field calls it; the page in the browser has a function of that name."""
        ...

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """Gives logits [rows, vocabulary]."""
        ...


@dataclass(frozen=True)
class MemorySampler:
    """Words that stand in the draft become likely again where they fit (see `phrases`), before them the voice's own."""

    share: float
    memory: Memory | None
    name: str = "draft_memory"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.memory is None or self.share <= 0:
            return logits
        histories = [row.history for row in rows.each]
        normalizers = rows.network.normalizers
        mixed, rows.recalled = self.memory.mix(logits, rows.keys, self.share, histories, normalizers)
        return mixed


@dataclass(frozen=True)
class RepetitionFilter:
    """What the network itself holds for too unlikely: the word just written once more, and a stop behind it."""

    tokens: TokenTable
    name: str = "repetition_filter"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        network, likeliest, _ = rows.network
        for stops in self.tokens.stops:
            share = np.exp(network[:, stops] - likeliest[:, None]).sum(axis=1)
            unlikely = (share < _STOP).nonzero()[0]
            logits[unlikely[:, None], stops] = NEVER
        for row, each in enumerate(rows.each):
            last = each.last
            if last < 0 or not (self.tokens.spaced[last] and self.tokens.ends_in_letter[last]):
                continue
            if network[row, last] < likeliest[row] + _DOUBLED:
                logits[row, last] = NEVER
        return logits


@dataclass(frozen=True)
class Bans:
    """Tokens that are never written, and those that are banned at a row's place."""

    tokens: TokenTable
    name: str = "bans"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        logits[:, self.tokens.never] = NEVER
        for row, each in enumerate(rows.each):
            for ids in each.bans:
                logits[row][ids] = NEVER
        return logits


@dataclass(frozen=True)
class Prefix:
    """The first tokens must spell what stands before the cursor already (token healing)."""

    name: str = "prefix"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, each in enumerate(rows.each):
            if each.allowed is None:
                continue
            ids, whole = each.allowed
            kept = logits[row, ids]
            logits[row] = NEVER
            logits[row, ids] = kept
            if whole is not None:
                logits[row, whole] += _WHOLE_WORD
        return logits


@dataclass(frozen=True)
class SentenceEnd:
    """Once enough is written, what ends the sentence is wanted more and more."""

    name: str = "sentence_end"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, each in enumerate(rows.each):
            ids, strength = each.ending
            if strength > 0 and len(ids):
                logits[row, ids] += _PRESSURE * np.float32(strength)
        return logits


@dataclass(frozen=True)
class Dry:
    """A token that would lengthen a repeated run is made less likely (DRY, pew 2024).

    For every earlier place that ends as the history ends, over a run of `n >= allowed` tokens, the token that followed
    there loses `multiplier * base ** (n - allowed)`. A run never reaches across a breaker.

    A frame is a longer run with one other token in it, not far back: "I could see the lamp, and I could see the door,
    and I could see". Its tokens count like a run's, the other one and `frame - allowed` left out.

    Attributes:
        multiplier: 0 turns it off.
        base: growth of the punishment with each further token of the run.
        allowed: the shortest run that is punished.
        breakers: ids that no run crosses (newlines, quotes).
        frame: the shortest frame that is punished; 0 for none.
        often: whether a token loses that would make three tokens stand there for the third time, not far back.
    """

    multiplier: float
    base: float
    allowed: int
    breakers: frozenset[int] = frozenset()
    frame: int = 0
    often: bool = False
    name: str = "dry"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.multiplier <= 0:
            return logits
        for row, each in enumerate(rows.each):
            recent = np.asarray(each.history, dtype=np.int64)
            ends = self._ends(recent)
            if not len(ends):
                continue
            for token, run in self._repeated(each.history, ends).items():
                logits[row, token] -= np.float32(self.multiplier * self.base ** min(run - self.allowed, _LONGEST_RUN))
            if self.often:
                for token, count in self._third_times(recent, ends).items():
                    logits[row, token] -= np.float32(_THIRD_TIME * self.multiplier * (count - 1))
        return logits

    def repeated(self, history: Sequence[int]) -> dict[int, int]:
        """The tokens that would lengthen a run, each with the longest one's length."""
        return self._repeated(history, self._ends(np.asarray(history, dtype=np.int64)))

    def third_times(self, history: Sequence[int]) -> dict[int, int]:
        """The tokens that would make three tokens stand there again, each with how often they do; from twice on."""
        recent = np.asarray(history, dtype=np.int64)
        return self._third_times(recent, self._ends(recent))

    def _ends(self, recent: Ids) -> Ids:
        """Where a history [n] has its last token before, and the one before that too unless one alone is punished."""
        if len(recent) < 2 or int(recent[-1]) in self.breakers:
            return _NO_IDS
        if self.allowed < 2:
            return np.flatnonzero(recent[:-1] == recent[-1])
        ends: Ids = (recent[1:-1] == recent[-1]).nonzero()[0] + 1
        twice: Ids = ends[recent[ends - 1] == recent[-2]]
        return twice

    def _repeated(self, recent: Sequence[int], ends: Ids) -> dict[int, int]:
        longest: dict[int, int] = {}
        if len(recent) <= self.allowed:
            return longest
        for end in ends.tolist():
            follower = recent[end + 1]
            if follower in self.breakers:
                continue
            run = _run_length(recent, end, self.breakers)
            if self.frame and end >= len(recent) - _FRAME_REACH and run >= 2:
                run = max(run, self._frame_length(recent, end, run) - (self.frame - self.allowed))
            if run >= self.allowed:
                longest[follower] = max(run, longest.get(follower, 0))
        return longest

    def _third_times(self, recent: Ids, ends: Ids) -> dict[int, int]:
        if len(ends) < 2 or int(recent[-2]) in self.breakers:
            return {}
        ends = ends[ends > max(0, len(recent) - _FRAME_REACH)]
        ends = ends[recent[ends - 1] == recent[-2]]
        counts = Counter(recent[ends + 1].tolist())
        return {token: count for token, count in counts.items() if count > 1 and token not in self.breakers}

    def _frame_length(self, recent: Sequence[int], end: int, run: int) -> int:
        """How many tokens equal those up to the end with one other between them; `run` are equal up to it."""
        behind = len(recent) - 1 - run - 1
        there = end - run - 1
        if there < 0 or recent[behind + 1] in self.breakers or there + run + 1 >= behind + 1:
            return 0
        more = _run_length(recent[: behind + 1], there, self.breakers)
        return run + more if more >= 2 else 0


@dataclass(frozen=True)
class InWordFilter:
    """Truncates where a word stands unfinished: strictly what spells it on; what follows the word stays for the others.

    What may come is a few tokens that go on with the word, and its end as one event more, whatever follows. Of
    these only those stay that are at least `share` times as likely as the likeliest, at their own shares whatever the
    temperature: "uninj" must not become "uninjjant", and a rare word is not cut short for a common one. The end must be
    as likely beside all that goes on together, or a beginning such as "s" would be left standing. If it is the end,
    the next word is chosen as freely as ever. `InWordJoin` brings the two together again.
    """

    tokens: TokenTable
    share: float
    name: str = "in_word_filter"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        chosen = [row for row, each in enumerate(rows.each) if each.in_word]
        if self.share <= 0 or not chosen:
            return logits
        inside = self.tokens.going_on
        probabilities, largest = _probabilities(logits[chosen])
        within = np.take(probabilities, inside, axis=1) / largest[:, None]
        sums = within.sum(axis=1)
        likeliest = within.max(axis=1)
        ends = np.maximum(0.0, 1 / largest - sums)
        least = np.maximum(self.share * np.maximum(likeliest, ends), 1e-12)
        may_end = (ends > 1e-6) & (ends >= self.share * sums)
        for i, row in enumerate(chosen):
            kept = (within[i] >= least[i]).nonzero()[0]
            if len(kept):
                end = float(np.log(ends[i])) if may_end[i] else float(NEVER)
                rows.spelled_on[row] = SpelledOn(inside[kept], np.log(within[i, kept]), end)
            logits[row][inside] = NEVER
        return logits


@dataclass(frozen=True)
class LogitBias:
    """The voice's balance: by how much each token is moved where a word is chosen (see `balance`)."""

    bias: Floats | None
    name: str = "logit_bias"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.bias is None:
            return logits
        free = rows.free
        logits += self.bias if free.all() else self.bias * free[:, None].astype(np.float32)
        # What the memory recalls is not moved, or a rare word of the draft would be called back twice.
        for recalled in rows.recalled:
            bias = self.bias[recalled.tokens]
            moved = np.log1p(recalled.own * np.expm1(bias)) - bias
            logits[recalled.rows, recalled.tokens] += moved * free[recalled.rows]
        return logits


@dataclass(frozen=True)
class NewNamePenalty:
    """Names that the text does not have yet come in less easily."""

    penalty: float
    name: str = "new_name_penalty"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty > 0:
            for row, each in enumerate(rows.each):
                if not each.spelled and len(each.unknown_names):
                    logits[row][each.unknown_names] -= np.float32(self.penalty)
        return logits


@dataclass(frozen=True)
class NewNameSpelling:
    """Where a name of the text was begun, another that begins alike comes in less easily: "Mirah" for "Miriam".

    The more letters stand of it, the less easily; also those that stand in the document already. So does, behind a
    title, one that the text has no such name for.
    """

    penalty: float
    name: str = "new_name_spelling"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty > 0:
            for row, each in enumerate(rows.each):
                if len(each.strange_spellings):
                    more = min(_MANY_LETTERS, max(_FEW_LETTERS, each.name_letters)) - _FEW_LETTERS
                    times = _STRANGE_SPELLING + _STRANGE_LETTER * more
                    logits[row][each.strange_spellings] -= np.float32(times * self.penalty)
        return logits


@dataclass(frozen=True)
class NamesKept:
    """Who is spoken of in the passage is likelier to be named, and the pronoun of the last one than another."""

    strength: float
    name: str = "names_kept"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.strength > 0:
            for row, each in enumerate(rows.each):
                ids, gains = each.raised
                if len(ids) and not each.spelled:
                    logits[row][ids] += np.float32(self.strength) * gains
        return logits


@dataclass(frozen=True)
class WordsWanted:
    """What the writer wants to read gains (see `wanted`)."""

    name: str = "words_wanted"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, each in enumerate(rows.each):
            ids, gains = each.wanted
            if len(ids) and not each.spelled:
                logits[row, ids] += gains
        return logits


@dataclass(frozen=True)
class TopK:
    """Keeps the `k` likeliest tokens (Fan et al. 2018); 0 keeps all. Ties with the last are kept."""

    k: int
    name: str = "top_k"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.k <= 0 or self.k >= logits.shape[1]:
            return logits
        least = np.partition(logits, -self.k, axis=1)[:, -self.k, None]
        logits[logits < least] = NEVER
        return logits


@dataclass(frozen=True)
class TopP:
    """Keeps the likeliest tokens up to the first whose sum reaches `p` (nucleus, Holtzman et al. 2020).

    Attributes:
        p: the sum; 1 keeps all.
        floor: tokens less than so many times as likely as the likeliest are dropped by the next sampler (`MinP`), and
            need no place in the order.
    """

    p: float
    floor: float = 0.0
    name: str = "top_p"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.p >= 1:
            return logits
        probabilities, likeliest = _probabilities(logits)
        mass = np.float32(self.p) / likeliest
        for least in (max(self.floor, 1e-3), max(self.floor, 1e-6), 0.0):
            kept = probabilities >= least * likeliest[:, None] if least else probabilities > 0
            found, ids = np.divmod(kept.ravel().nonzero()[0], kept.shape[1])
            heads = probabilities[found, ids] / likeliest[found]
            sums = np.bincount(found, heads, minlength=len(kept))
            if least in (self.floor, 0.0) or (sums >= mass).all():
                break
        if not len(found):
            return logits
        order = np.lexsort((-heads, found))  # of equal ones the first comes first
        found = found[order]
        ids = ids[order]
        heads = heads[order]
        cumulated = np.cumsum(heads, dtype=np.float64)
        starts = np.searchsorted(found, np.arange(len(logits)))
        before = cumulated - heads - np.where(starts > 0, cumulated[starts - 1], 0.0)[found]
        kept = before < mass[found]
        kept[starts[starts < len(kept)]] = True
        found = found[kept]
        ids = ids[kept]
        result = np.full_like(logits, NEVER)
        result[found, ids] = logits[found, ids]
        return result


@dataclass(frozen=True)
class MinP:
    """Keeps tokens at least `share` times as likely as the likeliest (min-p, Nguyen et al. 2024)."""

    share: float
    name: str = "min_p"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.share > 0:
            logits[logits < logits.max(axis=1, keepdims=True) + np.float32(np.log(self.share))] = NEVER
        return logits


@dataclass(frozen=True)
class Typical:
    """Keeps the tokens whose information is nearest the entropy, up to `mass` (Meister et al. 2023)."""

    mass: float
    name: str = "typical"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.mass >= 1:
            return logits
        for row in range(len(logits)):
            if not np.isfinite(logits[row]).any():
                continue
            possible = np.flatnonzero(logits[row] > NEVER)
            probabilities = softmax(logits[row, possible])
            possible = possible[probabilities > 0]
            probabilities = probabilities[probabilities > 0]
            information = -np.log(probabilities)
            entropy = float((probabilities * information).sum())
            order = np.argsort(np.abs(information - entropy), kind="stable")
            kept = possible[order[: int(np.searchsorted(np.cumsum(probabilities[order]), self.mass)) + 1]]
            values = logits[row, kept]
            logits[row] = NEVER
            logits[row, kept] = values
        return logits


@dataclass(frozen=True)
class Temperature:
    """Divides the logits: above 1 the rarer tokens gain, below 1 the likelier."""

    temperature: float
    name: str = "temperature"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        logits /= np.float32(max(self.temperature, 1e-4))
        return logits


@dataclass(frozen=True)
class InWordJoin:
    """Gives back what spells a word on, beside what may follow if the word ends here (see `InWordFilter`)."""

    name: str = "in_word_join"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, (tokens, weights, ends) in rows.spelled_on.items():
            free = logits[row]
            possible = free > NEVER
            if np.isfinite(ends) and possible.any():
                kept = free[possible]
                largest = kept.max()
                free += np.float32(ends) - largest - np.log(np.exp(kept - largest).sum())
            else:
                free[:] = NEVER
            columns = tokens if rows.tokens is None else np.searchsorted(rows.tokens, tokens)
            free[columns] = weights
        return logits


def make_chain(
    settings: WritingSettings,
    tokens: TokenTable,
    *,
    bias: Floats | None = None,
    memory: Memory | None = None,
) -> list[Sampler]:
    """The samplers that `settings` ask for: bans and punishments, what a word is chosen by, truncation, temperature.

    Args:
        settings: how to write.
        tokens: the voice's.
        bias: the voice's balance, as strong as the settings want it, [vocabulary].
        memory: of the draft, and of the texts that the voice carries along.
    """
    samplers: list[Sampler] = [
        MemorySampler(settings.memory, memory),
        RepetitionFilter(tokens),
        Bans(tokens),
        Prefix(),
        SentenceEnd(),
        Dry(
            settings.dry_multiplier,
            settings.dry_base ** (1 / tokens.stretch),
            settings.dry_allowed * tokens.stretch,
            tokens.breakers,
            _FRAME * tokens.stretch,
            tokens.stretch == 1,
        ),
        *word_choice(settings, tokens, bias),
    ]
    return samplers


def word_choice(settings: WritingSettings, tokens: TokenTable, bias: Floats | None) -> list[Sampler]:
    """The second half of the chain: how a word is chosen, whatever the text.

    Args:
        settings, tokens: as for `make_chain`.
        bias: what each token's logit moves by, [vocabulary]; None for nothing.
    """
    return [
        NamesKept(settings.names),
        WordsWanted(),
        NewNameSpelling(settings.newcomers),
        InWordFilter(tokens, settings.spelling),
        LogitBias(bias),
        NewNamePenalty(settings.newcomers),
        TopK(settings.top_k),
        TopP(settings.top_p, settings.min_p),
        MinP(settings.min_p),
        Typical(settings.typical),
        Temperature(settings.temperature),
        InWordJoin(),
    ]


def run_chain(chain: Sequence[Sampler], network: Floats, rows: Rows) -> Floats:
    """Gives the logits [rows, vocabulary] to draw from; the network's own are kept."""
    narrow = _run(chain, NetworkLogits.of(network), rows)
    if rows.tokens is None:
        return narrow
    logits = np.full_like(network, NEVER)
    logits[:, rows.tokens] = narrow
    return logits


def draw_by_chain(
    chain: Sequence[Sampler], network: NetworkLogits, rows: Rows, uniforms: Sequence[float]
) -> list[int | None]:
    """Runs the chain and draws, as `draw` does; the network's logits are kept."""
    drawn = draw(_run(chain, network, rows), uniforms)
    if rows.tokens is None:
        return drawn
    return [None if column is None else int(rows.tokens[column]) for column in drawn]


def _run(chain: Sequence[Sampler], network: NetworkLogits, rows: Rows) -> Floats:
    """Gives the logits to draw from, [rows, columns], of `rows.tokens`."""
    rows.network = network
    rows.recalled = []
    rows.spelled_on = {}
    rows.tokens = None
    logits = network.values.copy()
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        for sampler in chain:
            logits = sampler(logits, rows)
            if isinstance(sampler, TopP | MinP) and len(logits[0]) == len(network.values[0]):
                logits = _narrowed(logits, rows)
    return logits


def _narrowed(logits: Floats, rows: Rows) -> Floats:
    """The columns that some row may still choose, and no others, where most were left out: the rest goes faster.

    Where nothing may be chosen, all of them, so that no sampler meets rows without a number.
    """
    possible: Bools = np.any(logits > NEVER, axis=0)
    for spelled_on in rows.spelled_on.values():
        possible[spelled_on.tokens] = True
    tokens = np.flatnonzero(possible)
    if not 0 < len(tokens) <= _NARROW * logits.shape[1]:
        return logits
    rows.tokens = tokens
    return logits[:, tokens]


def draw(logits: Floats, uniforms: Sequence[float]) -> list[int | None]:
    """Draws an id from each row of logits [rows, vocabulary] with its number in [0, 1) as the only chance.

    The likeliest tokens lie first, so that one number gives the same token on machines whose sums differ in the last
    bit, except at a border. A row in which nothing is possible gives None.
    """
    largest = logits.max(axis=1, keepdims=True).astype(np.float64)
    weights = np.exp(logits - np.where(np.isfinite(largest), largest, 0.0))
    order = np.argsort(-weights, axis=1, kind="stable")
    rows = np.arange(len(weights))
    sums = np.cumsum(weights[rows[:, None], order], axis=1)
    whole = sums[:, -1]
    reached = sums <= (np.asarray(uniforms) * whole)[:, None]
    places = np.minimum(reached.sum(axis=1), np.count_nonzero(weights, axis=1) - 1)
    drawn = order[rows, places].tolist()
    return [token if possible else None for token, possible in zip(drawn, whole > 0, strict=True)]


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probabilities of `logits` [..., n], in float64."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def uniform(seed: int, counter: int) -> float:
    """The `counter`-th number in [0, 1) of `seed`: SplitMix64 (Steele et al. 2014) at that place.

    Counter-based: no state to carry, the same in every language with 64-bit integers.
    """
    mask = (1 << 64) - 1
    z = (seed * 0xD1342543DE82EF95 + (counter + 1) * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return float((z ^ (z >> 31)) >> 11) * 2.0**-53


def _probabilities(logits: Floats) -> tuple[Floats, Floats]:
    """The probability of each token, [rows, vocabulary], and of each row's likeliest, [rows].

    In a row in which nothing is possible they are 0, and the likeliest's is infinite.
    """
    probabilities = softmax_rows(logits)
    likeliest = probabilities.max(axis=1)
    impossible = np.isnan(likeliest)
    if impossible.any():
        probabilities[impossible] = 0.0
        likeliest[impossible] = np.inf
    return probabilities, likeliest


def _run_length(recent: Sequence[int], end: int, breakers: Collection[int]) -> int:
    """How many tokens up to `end` equal those up to the end of `recent`."""
    run = 0
    tail = len(recent) - 1
    while run <= end and run < _LONGEST_RUN and recent[end - run] == recent[tail - run]:
        if recent[tail - run] in breakers:
            break
        run += 1
    return run
