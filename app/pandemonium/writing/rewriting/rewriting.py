"""Other wordings of a sentence, written between what stands before it and behind it.

Candidates come from four sides. Some are made by rule (`rephrasing`, `reordering`). Some are written anew from the
sentence's beginning, with its own words wanted. Others leave a part of it as it stands: the voice goes on from one of
its words, and comes back to a later one where that follows best. Others have another word, or an adverb that hardly
adds to what is done. All are read once more as a whole. What speaks of anything else is no wording, and what the voice
itself would hardly write, at any of its words, is none unless a rule made it; of the others, how likely they are there,
how likely what follows is behind them, how far they say it otherwise, and their length decide. A few good ones are
given rather than as many as were asked for.

After constrained generation by edits of a sentence under a language model (CGMH, Miao et al. 2019).
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.function_words import AUXILIARIES, PREPOSITIONS, PRONOUNS
from pandemonium.text.sentences import ends_sentence, sentence_around
from pandemonium.text.typography import TypographyWriter
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.decoding.candidates import candidate_seed
from pandemonium.writing.decoding.joining import Behind
from pandemonium.writing.decoding.judge import plain_score
from pandemonium.writing.decoding.sequence import DecodingSequence, Standing
from pandemonium.writing.measuring.scoring import log_probabilities
from pandemonium.writing.reading.context import Context, prepare
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest, draw_seed, seeds_from
from pandemonium.writing.rewriting.grammar import with_article
from pandemonium.writing.rewriting.other_words import swapped
from pandemonium.writing.rewriting.rephrasing import is_sound_edit, rephrase, rephrase_part
from pandemonium.writing.rewriting.word_edits import edit_words
from pandemonium.writing.runtimes.runtime import Floats, Ids

_ANEW = 6  # candidates from the sentence's beginning
_WITHIN = 3  # from each of the other places
_PLACES = 4
_ROOM = 6  # tokens that a candidate may be longer than the sentence
_MOST = 20  # tokens of a candidate that leaves the beginning as it stands
_COMES_BACK = 8  # later words that a candidate may come back to
_WAYS = 2  # places of a candidate from which it comes back to a word
_READ = 12  # wordings that are read as a whole
_EDITS = 16  # and of those with one word more, or another
_AFTER = 10  # tokens of what follows
_ROWS = 256
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_NUMBER = re.compile(r"\d+")
_COMMON = (
    PREPOSITIONS
    | PRONOUNS
    | frozenset(
        "a an and are be been but could did do does had has have is may might no nor not or shall should".split()
    )
    | frozenset("so than the then there was were when where while will would".split())
)
_SMALL = PREPOSITIONS | PRONOUNS
_ARTICLES = frozenset("a an the".split())
_RELATING = (
    _SMALL
    | AUXILIARIES
    | frozenset(
        "although and because but even if just now only or since so than that then there though when while".split()
    )
)
_SAID_OFTEN = frozenset("a an and had has is the was were".split())
_STEM = 5  # letters that tell a word from others: "walked" keeps "walking"

# How much each reason counts.
_LIKELY = 0.15  # a nat of the whole
_JUDGED = 0.4  # of what the voice's judge of sentences says
_TOKEN = 3.5  # nats that a token costs on the average: a longer wording is not worse for that
_KEEPS = 3.0
_LOST_NAME = 1.5
_LOST_SMALL = 1.5  # a pronoun or preposition that went or came
_DENIES = 4.0  # what was so is not so, or the other way round
_STRANGER = 2.0
_OTHERWISE = (0.15, 0.75)  # the share of words that should differ, from and to
_TOO_NEAR = 6.0
_TOO_FAR = 2.0
_LENGTH = 1.5
_WORST = 0.8  # worth below which a wording is not shown
# Grammar: a token that is less likely than that, in nats, breaks a sentence. One of the sentence's own may be as
# unlikely as it was, and so much more; in the second case it need not be as unlikely to break it.
_BREAKS = ((-6.5, 1.0), (-4.5, 2.0))
_USUAL = -3.0  # nats a token of a sentence, or less
_WORSE = 1.0  # nats a token that a wording may be less likely than the sentence
_DENIALS = frozenset("no not never nobody nothing none neither nor cannot without hardly scarcely".split())
_ALIKE = 0.85  # of two wordings, beyond which only the better is shown
_ALIKE_BY_RULE = 0.97
_SWAPS = 24  # wordings with another word for one of their own
_TWICE = 6  # of them with which another word is tried as well


def reword(
    voice: Continuer, request: ContinueRequest, stop: Callable[[], bool] = lambda: False
) -> Generator[Chunk, None, Continuation]:
    """Yields other wordings of `request.original`, each whole and the best first; returns them all.

    Args:
        voice: that writes.
        request: what stands before and behind the sentence; as many wordings as alternatives are wanted.
        stop: looked at between two sub-words; True ends it without any.

    Returns:
        texts in the document's typography, with the white space that stood around the sentence; empty ones where the
        voice finds no more.
    """
    started = time.perf_counter()
    voice.set_mix(request.settings.mix)
    request = replace(request, settings=replace(request.settings, seed=request.settings.seed or draw_seed()))
    count = request.settings.alternatives
    found = [] if voice.foreign(request.before + request.original) else _wordings(voice, request, stop)
    texts = tuple([*found, *[""] * count][:count])
    for index, text in enumerate(texts):
        if text:
            yield Chunk(request.number, index, text)
    stopped = stop()
    return Continuation(
        request.number,
        texts,
        seeds_from(request.settings.seed, count),
        voice.voice.name,
        time.perf_counter() - started,
        sum(len(voice.voice.tokenizer.encode(text)) for text in texts),
        stopped,
        () if any(texts) or stopped else (_nothing(request.original),),
    )


def _nothing(original: str) -> str:
    """What is said where there are no other words."""
    if ends_sentence(clean(original.strip())) or not _WORD.search(original):
        return "This voice finds no other words for that."
    return "This voice finds no other words for that part; the whole sentence may have some."


def _wordings(voice: Continuer, request: ContinueRequest, stop: Callable[[], bool]) -> list[str]:
    """The best first, as they may stand in the document."""
    found = _Rewriter(voice, request, stop).wordings()
    stripped = request.original.strip()
    start = request.original.index(stripped) if stripped else 0
    lead = request.original[:start]
    trail = request.original[start + len(stripped) :]
    typography = prepare(request.before + request.original, voice.voice.tokenizer, request.paragraph).typography
    texts = []
    for wording in found:
        writer = TypographyWriter(typography, request.before)
        texts.append(lead + writer.add(wording) + writer.finish() + trail)
    return texts


class _Wording(NamedTuple):
    """A wording that may be shown, and how likely its seam looks before it is read."""

    text: str
    seam: float


@dataclass(frozen=True)
class _Reading:
    """What a voice holds of a wording.

    Attributes:
        tokens: of the wording alone.
        told: the log-probability of each, and of some tokens of what follows.
        judged: by the voice's judge of sentences; 0 where it has none.
    """

    tokens: Ids
    told: Floats
    judged: float

    @property
    def likely(self) -> float:
        """How likely the whole is, but for what its length costs."""
        return float(self.told.sum()) + _TOKEN * len(self.told)

    @property
    def own(self) -> Floats:
        """The log-probabilities of the wording's own tokens."""
        return self.told[: len(self.tokens)]

    def is_worse_than(self, original: _Reading) -> bool:
        """Tells whether the voice would hardly write it so: as a whole, or at one of its words."""
        if self.own.mean() < min(original.own.mean(), _USUAL) - _WORSE:
            return True
        may_be = {int(token): float(told) for token, told in zip(original.tokens, original.own, strict=True)}
        for token, told in zip(self.tokens, self.own, strict=True):
            own = may_be.get(int(token))
            for least, more in _BREAKS if own is not None else _BREAKS[:1]:
                if told < least and (own is None or told < own - more):
                    return True
        return False


class _Kind(NamedTuple):
    """A way to come by wordings.

    Attributes:
        worth: what speaks for them, since they keep what is said; None where that is to be looked at.
        may_show: tells from a wording's reading and the sentence's whether it may be shown.
    """

    worth: float | None
    may_show: Callable[[_Reading, _Reading], bool]


def _is_sound(reading: _Reading, original: _Reading) -> bool:
    return not reading.is_worse_than(original)


def _fits_within(nats: float) -> Callable[[_Reading, _Reading], bool]:
    """Tells that a wording, with what follows it, is so much less likely than the sentence's own words, or less."""
    return lambda reading, original: float(reading.told.sum()) >= float(original.told.sum()) - nats


_BY_RULE = _Kind(8.0, lambda reading, original: True)
_BY_RULE_IN_PART = _Kind(8.0, _fits_within(8.0))
_SWAPPED = _Kind(7.0, _fits_within(5.0))
_EDITED = _Kind(6.0, _is_sound)
_WRITTEN = _Kind(None, _is_sound)


@dataclass(frozen=True)
class _Start:
    """A place in the sentence from which the voice goes on: what stands of it up to there, and the first word after."""

    kept: str
    word: int


class _Rewriter:
    """Finds wordings for one request."""

    def __init__(self, voice: Continuer, request: ContinueRequest, stop: Callable[[], bool]) -> None:
        self._voice = voice
        self._request = request
        self._stop = stop
        self._tokenizer = voice.voice.tokenizer
        self._original = clean(request.original.strip()).replace(PARAGRAPH, " ")
        self._is_sentence = ends_sentence(self._original)
        self._words = self._original.split(" ")
        self._before = prepare(request.before, self._tokenizer, request.paragraph).tail
        before = self._before + self._original
        self._behind = Behind.of(request.after, before, self._tokenizer, request.paragraph)

    def wordings(self) -> list[str]:
        """The best, canonical."""
        if not _WORD.search(self._original) or self._stop():
            return []
        found: dict[str, _Wording] = {}
        for wording in self._written():
            known = found.get(_folded(wording.text))
            if known is None or known.seam < wording.seam:
                found[_folded(wording.text)] = wording
        found.pop(_folded(self._original), None)
        found = {folded: each for folded, each in found.items() if self._may_stand_there(each.text)}
        written = sorted(found.values(), key=lambda each: -each.seam)[:_READ]
        kinds: dict[str, _Kind] = {}
        for kind, texts in (
            (_BY_RULE if self._is_sentence else _BY_RULE_IN_PART, self._ruled()),
            (_SWAPPED, self._swapped()),
            (_WRITTEN, [each.text for each in written]),
            (_EDITED, self._edits()),
        ):
            for text in texts:
                kinds.setdefault(text, kind)
        return [] if self._stop() or not kinds else self._best(kinds)

    def _ruled(self) -> list[str]:
        """Wordings by rules about sentences, or about a part in one."""
        if self._is_sentence:
            return rephrase(self._original, _names(self._before))
        return [each for each in rephrase_part(self._original, *self._around) if self._fits_article(each)]

    def _swapped(self) -> list[str]:
        """It with another word for one of its own, or for two."""
        before, behind = ("", "") if self._is_sentence else self._around
        once = list(swapped(before, self._original, behind))
        twice = [other for each in once[:_TWICE] for other in swapped(before, each.text, behind, each.end)]
        return list(dict.fromkeys(each.text for each in (*once, *twice)))[:_SWAPS]

    def _fits_article(self, text: str) -> bool:
        """An article right before the part is the one that this wording has before it."""
        before = self._around[0]
        return with_article(before, text) == before

    @cached_property
    def _around(self) -> tuple[str, str]:
        """The rest of the sentence before the part and behind it, with the spaces between."""
        _, lead = self._place
        before = f"{self._before}{lead}".rsplit("\n", 1)[-1]
        behind = ""
        if self._behind is not None and self._behind.lead != PARAGRAPH:
            behind = f"{self._behind.lead}{self._behind.text}".split("\n", 1)[0]
        text = f"{before}{self._original}{behind}"
        part_end = len(before) + len(self._original)
        start, _ = sentence_around(text, len(before))
        _, end = sentence_around(text, part_end)
        return before[min(start, len(before)) :], behind[: max(0, end - part_end)]

    def _may_stand_there(self, text: str) -> bool:
        """It is about as long, speaks of the same, and no quotation is opened or closed that was not before."""
        own = self._original
        if not len(self._words) / 3 <= len(text.split()) <= 2 * len(self._words) + 3:
            return False
        # A voice of this size makes another tale where it loses or adds what is spoken of, or who does it, or where.
        if _content(own, self._is_sentence) != _content(text, self._is_sentence):
            return False
        if not _relates_alike(own, text) or _definite(own) != _definite(text):
            return False
        if set(_NUMBER.findall(text)) - set(_NUMBER.findall(own)):
            return False
        parts = ((text[:1], own[:1]), (text[-1:], own[-1:]))
        return text.count('"') % 2 == own.count('"') % 2 and all((a == '"') == (b == '"') for a, b in parts)

    # What is written.

    def _written(self) -> list[_Wording]:
        starts = self._starts()
        sequences: list[tuple[_Start, DecodingSequence]] = []
        settings = self._settings()
        for number, start in enumerate(starts):
            before = self._request.before + start.kept
            request = replace(self._request, before=before, settings=replace(settings, wanted=self._wanted(start)))
            context = prepare(before, self._tokenizer, request.paragraph)
            seed = candidate_seed(settings.seed or 1, 100 * number)
            whole = self._voice.begin(request, context, seed, self._stop)
            for candidate in range(_WITHIN if start.word else _ANEW):
                sequences.append((start, whole.fork(candidate_seed(seed, candidate))))
        chooser = self._voice.chooser(replace(self._request, settings=settings))
        longest = len(self._tokenizer.encode(self._original)) + _ROOM
        for step in range(longest):
            active = [
                each
                for start, each in sequences
                if not each.done and not each.paused and (step < _MOST or not start.word)
            ]
            if not active:
                break
            if self._stop():
                return []
            chooser.step(active)
        return [wording for start, each in sequences for wording in self._wordings_of(start, each)]

    def _settings(self) -> WritingSettings:
        """Freely enough that the wordings differ, and with nobody new."""
        settings = self._request.settings
        return replace(
            settings,
            banned=settings.banned if '"' in self._original else (*settings.banned, '"'),
            temperature=max(0.8, settings.temperature),
            newcomers=max(4.0, settings.newcomers),
            words=max(6, 2 * len(self._words)),
            alternatives=1,
        )

    def _starts(self) -> list[_Start]:
        """The sentence's beginning, and some of its words further on."""
        raw = self._request.original
        lead = len(raw) - len(raw.lstrip())
        places = [match.start() for match in re.finditer(r"(?<=\s)\S", raw[lead:].rstrip())]
        count = len(places)
        chosen = sorted({round(count * (i + 1) / (_PLACES + 1)) for i in range(_PLACES)} - {0}) if count > 4 else []
        starts = [_Start(raw[:lead], 0)]
        for word in chosen:
            if word <= count:
                starts.append(_Start(raw[: lead + places[word - 1]], word))
        return starts

    def _wanted(self, start: _Start) -> tuple[str, ...]:
        words = [word for word in _WORD.findall(" ".join(self._words[start.word :])) if word.lower() not in _COMMON]
        return tuple(dict.fromkeys([*words, *self._request.settings.wanted]))

    def _wordings_of(self, start: _Start, sequence: DecodingSequence) -> list[_Wording]:
        """What one candidate comes to: as it ends by itself, and come back to the sentence's later words."""
        kept = clean(start.kept.strip()).replace(PARAGRAPH, " ")
        found = []
        whole = sequence.sentence.split("\n")[0].strip()
        if self._is_sentence and ends_sentence(whole) and (sequence.paused or sequence.done):
            found.append(_Wording(_joined(kept, whole), 0.0))
        borders = [
            (standing, text)
            for standing, following in sequence.standings()
            if not (following[:1].isalnum() or following[:1] in ("'", "-"))
            and (text := sequence.sentence_up_to(standing).strip())
            and text[-1].isalnum()
        ]
        if not borders:
            return found
        told = self._told([standing for standing, _ in borders])
        for word in self._comes_back(start.word):
            rest = " ".join(self._words[word:])
            first = self._tokenizer.encode(f" {rest}")[0]
            for at in np.argsort(-told[:, first])[:_WAYS].tolist():
                text = borders[at][1]
                if text.split(" ")[-1].casefold() != self._words[word].casefold():
                    found.append(_Wording(_joined(kept, f"{text} {rest}"), float(told[at, first])))
        if not self._is_sentence and self._behind is not None:
            best = int(np.argmax(told[:, self._behind.tokens[0]]))
            found.append(_Wording(_joined(kept, borders[best][1]), float(told[best, self._behind.tokens[0]])))
        return found

    def _comes_back(self, start: int) -> list[int]:
        """The next words that a candidate may come back to."""
        return list(range(start + 1, len(self._words)))[:_COMES_BACK]

    # What is read.

    def _told(self, places: Sequence[Standing]) -> Floats:
        """Log-probabilities of every token at some places, [places, vocabulary]."""
        hidden = np.stack([place.hidden for place in places])
        return log_probabilities(self._voice.runtime.logits(np.ascontiguousarray(hidden)))

    def _edits(self) -> list[str]:
        """The sentence with a word more, or another, the likeliest first."""
        context, lead = self._place
        hidden, state = self._read(context)
        tokens = self._tokenizer.encode(lead + self._original)
        edits = edit_words(self._voice.runtime, self._tokenizer.pieces, tokens, hidden, state)
        own = _folded(self._original)
        kept = [each.text for each in edits if _folded(each.text) != own and is_sound_edit(self._original, each.text)]
        return kept[:_EDITS]

    def _best(self, kinds: dict[str, _Kind]) -> list[str]:
        """The best of some wordings, each of its kind."""
        own, *others = self._readings([self._original, *kinds])
        # What the voice knew beforehand word for word is no measure for others.
        usual = min(own.likely, (_TOKEN + _USUAL) * len(own.told))
        scores = {
            text: _LIKELY * float(np.clip(reading.likely - usual, -30.0, 6.0))
            + _JUDGED * float(np.clip(reading.judged - own.judged, -4.0, 1.0))
            + (self._worth(text) if kind.worth is None else kind.worth)
            for (text, kind), reading in zip(kinds.items(), others, strict=True)
            if kind.may_show(reading, own)
        }
        chosen: list[str] = []
        for text in sorted(scores, key=lambda each: -scores[each]):
            if scores[text] < _WORST:
                break
            alike = _ALIKE if kinds[text].worth is None else _ALIKE_BY_RULE
            if all(_likeness(text, other) < alike for other in chosen):
                chosen.append(text)
            if len(chosen) >= self._request.settings.alternatives:
                break
        return chosen

    @cached_property
    def _plain(self) -> float:
        """What the plain figures say against the sentence itself."""
        return plain_score(self._before, self._original)

    @cached_property
    def _place(self) -> tuple[Context, str]:
        """Where the sentence stands, and the space that it has before it there."""
        context = prepare(self._request.before, self._tokenizer, self._request.paragraph)
        spaced = context.prefix == b" " or (not context.starts_line and not context.prefix)
        return context, " " if spaced else ""

    def _readings(self, texts: Sequence[str]) -> list[_Reading]:
        """What the voice holds of each text, with what follows it."""
        context, lead = self._place
        hidden, state = self._read(context)
        following = "" if self._behind is None else self._behind.lead + self._behind.text
        rows: list[Ids] = []
        lengths: list[int] = []
        for text in texts:
            own = self._tokenizer.encode(lead + text)
            whole = self._tokenizer.encode(lead + text + following)
            lengths.append(len(own))
            rows.append(np.array(whole[: len(own) + _AFTER], dtype=np.int64))
        longest = max(map(len, rows))
        padded = np.full((longest, len(rows)), self._tokenizer.separator, dtype=np.int64)
        for column, row in enumerate(rows):
            padded[: len(row), column] = row
        read, _ = self._voice.runtime.read(padded, np.repeat(state, len(rows), axis=1))
        outputs = np.concatenate([np.broadcast_to(hidden, (1, len(rows), hidden.shape[-1])), read[:-1]])
        flat = np.ascontiguousarray(outputs.reshape(-1, outputs.shape[-1]))
        asked = padded.reshape(-1)
        told: Floats = np.zeros(len(flat), dtype=np.float32)
        for start in range(0, len(flat), _ROWS):
            part = log_probabilities(self._voice.runtime.logits(flat[start : start + _ROWS]))
            told[start : start + _ROWS] = part[np.arange(len(part)), asked[start : start + _ROWS]]
        told = np.reshape(told, (longest, len(rows)))
        sentences = [read[:length, column] for column, length in enumerate(lengths)]
        judged = self._voice.judge_sentences(self._before, list(texts), sentences)
        return [
            _Reading(row[:length], told[: len(row), column], float(judged[column]))
            for column, (row, length) in enumerate(zip(rows, lengths, strict=True))
        ]

    def _read(self, context: Context) -> tuple[Floats, Floats]:
        sequence = self._voice.begin(self._request, context, 1, self._stop)
        return sequence.hidden, sequence.state

    def _worth(self, text: str) -> float:
        """What speaks for a wording beside how likely it is."""
        own = _content(self._original)
        now = _content(text)
        kept = len(own & now) / len(own) if own else 1.0
        names = _names(self._original)
        lost = len(names - set(_WORD.findall(text)))
        strangers = len({name for name in _names(text) if name not in self._before and name not in self._original})
        small = _small(self._original) ^ _small(text)
        denies = len(_denials(self._original)) % 2 != len(_denials(text)) % 2
        differs = 1 - _likeness(self._original, text)
        near, far = _OTHERWISE
        length = abs(np.log(max(1, len(text.split())) / max(1, len(self._words))))
        return float(
            _KEEPS * kept
            - _LOST_NAME * lost
            - _STRANGER * strangers
            - _LOST_SMALL * len(small) * min(1.0, 6 / len(self._words))
            - _DENIES * denies
            - _TOO_NEAR * max(0.0, near - differs)
            - _TOO_FAR * max(0.0, differs - far)
            - _LENGTH * length
            + min(0.0, plain_score(self._before, text) - self._plain)
        )


def _joined(kept: str, text: str) -> str:
    return f"{kept} {text}" if kept else text


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _likeness(first: str, second: str) -> float:
    """The share of words that two texts have in the same order."""
    return SequenceMatcher(None, _folded(first).split(), _folded(second).split(), autojunk=False).ratio()


def _content(text: str, by_stem: bool = True) -> set[str]:
    """The stems of the words that say what a text speaks of, or those words."""
    words = {word for word in _WORD.findall(text.casefold()) if len(word) > 2 and word not in _COMMON}
    return {word[:_STEM] for word in words} if by_stem else words


def _relates_alike(own: str, text: str) -> bool:
    """Its small words are those of `own`, but for articles, and it says none of its other words twice."""
    before = Counter(_WORD.findall(own.casefold()))
    now = Counter(_WORD.findall(text.casefold()))
    moved = [word for word in (now - before) + (before - now) if _relates(word)]
    said_twice = [word for word in now if now[word] > max(1, before[word]) and word not in _SAID_OFTEN]
    return not moved and not said_twice


def _definite(text: str) -> tuple[int, int]:
    """How often it says "the", and how often "a"."""
    said = Counter(_WORD.findall(text.casefold()))
    return said["the"], said["a"] + said["an"]


def _relates(word: str) -> bool:
    """A word that says who does what, where and when, or whether; any so short is hardly another kind."""
    return word not in _ARTICLES and (word in _RELATING or len(word) <= 2)


def _small(text: str) -> set[str]:
    """The pronouns and prepositions of a text."""
    return {word for word in _WORD.findall(text.casefold()) if word in _SMALL}


def _denials(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word in _DENIALS or word.endswith(("n't", "n\u2019t"))]


def _names(text: str) -> set[str]:
    """The words with a capital within a text's sentences."""
    return {match[0] for match in _WORD.finditer(text) if _is_name(text, match.start(), match[0])}


def _is_name(text: str, start: int, word: str) -> bool:
    before = text[:start].rstrip(" \"'\u201c\u2018(")
    return word[:1].isupper() and word != "I" and bool(before) and before[-1] not in ".!?:"
