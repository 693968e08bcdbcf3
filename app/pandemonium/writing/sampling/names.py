"""Who is spoken of: the people that a passage names, and the pronoun of the one it spoke of last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from pandemonium.text.first_names import told_by
from pandemonium.text.function_words import AUXILIARIES, FUNCTION_WORDS, NUMBERS
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.request import Person
from pandemonium.writing.runtimes.runtime import Floats, Ids
from pandemonium.writing.sampling.rows import NO_IDS
from pandemonium.writing.sampling.token_table import TokenTable, opens_name

PASSAGE_WORDS = 110
_RECENT_WORDS = 14  # whoever was named there is "he" now, more likely than his name
JUST_NAMED = 32  # tokens back, within which a name that was written gains nothing
_LONGEST = 8  # tokens of a name
_NAME = re.compile(r"[^\W\d_]*")
_LETTERS = re.compile(r"[^\W\d_]+$")
_LONGEST_WORD = 40  # characters
_WHOLE = -4.0  # what goes on behind a whole name
_PINNED_GAIN = 1.4  # of who is in the scene, beside 1 for who was only spoken of: named as often as by the author
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*\.?")
_JOINED = re.compile("['\u2019]")  # "I'd"
_TITLES = frozenset(
    "Mr Mrs Miss Ms Dr Professor Prof Captain Capt Lieutenant Sir Lady Lord Father Mother Uncle Aunt".split()
)
# Behind one of these some name must come.
_BEHIND_TITLE = re.compile(
    r"(?<![^\W\d_])(?:(?:Mr|Mrs|Ms|Dr|Prof|Capt)\.|Mr|Mrs|Miss|Ms|Dr|Doctor|Professor|Captain|Lieutenant|Lady|Lord) ?$"
)
_LONGEST_TITLE = 16  # characters, with what stands before it
_PLACE = frozenset("in at to from near of toward towards through across above beyond around into on over".split())
# What a place's name ends in: "Parker Place".
_PARTS_OF_PLACES = frozenset(
    "Street Road Hill Avenue Bay River University Place Square Station Court Terrace Heights Harbour Harbor Creek "
    "Island Mountain Mountains College Museum Library Hotel Castle Abbey Cemetery".split()
)
_NO_NAMES = _PARTS_OF_PLACES | frozenset(
    (
        "I God Heaven Hell Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
        "June July August September October November December Christmas Yuletide English American French German Latin "
        "Greek Lane Valley Church House North South East West"
    ).split()
)
_OF_NOBODY = frozenset("a an the this that in into near through across beyond around".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_ENDS = re.compile(r"[.!?\u2026][\"'\u201d\u2019)]*\s*[\"'\u201c\u2018(]*$|(?:^|\n)\s*[\"'\u201c\u2018(]*$")


class NameSpellings:
    """How the names of a text go on, letter by letter: "Mir" to "Miriam", where no Mirah was named.

    A name's first token is often that of many: held back by it alone, a stranger comes in by the door of somebody who
    is known. Another such door is a title, behind which some name must come: there the text's own surnames are wanted.
    """

    def __init__(self, tokens: Ids | Sequence[int], table: TokenTable, letters: Ids) -> None:
        """Reads the names of a text.

        Args:
            tokens: of the text, [n].
            table: the voice's.
            letters: the tokens with which a word would go on, ids.
        """
        self._table = table
        self._letters = letters
        self._others = np.delete(np.arange(table.tokenizer.size), letters)
        self._names = table.names
        self._words: list[str] = []  # the names, in order
        self._surnames: set[int] = set()
        self._strange: dict[str, Ids] = {}  # what `strange` has found, by the name's beginning
        ids = np.asarray(tokens, dtype=np.int64)
        text = ids.tolist()
        spelled = b"".join(map(table.tokenizer.pieces.__getitem__, text))
        begins = np.cumsum(table.tokenizer.lengths[ids]) - table.tokenizer.lengths[ids]
        words: set[str] = set()
        end = 0  # of the name before
        opens = True  # a sentence begins with that one
        for start in np.flatnonzero(np.isin(ids, table.names, kind="table")).tolist():
            tail = _tail_of(spelled, int(begins[start]))
            last = text[start - 1] if start else table.tokenizer.separator
            if (end == start and start and not opens) or last == table.tokenizer.separator or stands_behind_title(tail):
                self._surnames.add(text[start])
            stands = tail.strip(' "')
            opens = not stands or stands[-1] in ".!?\n"
            end = start + 1
            while end < len(text) and end - start < _LONGEST and table.inside[text[end]]:
                end += 1
            words.add(_NAME.match(table.tokenizer.decode(text[start:end]).strip())[0])  # type: ignore[index]
        self._words = sorted(words)

    def strange(self, word: str) -> Ids:
        """What would make of the beginning of a name of the text's another's, ids [n]; none behind any other word.

        Where the text's own names go on from there, its end is such, too: "Grey", where only Greywater was named.

        Args:
            word: the letters that stand of it.
        """
        if word not in self._strange:
            self._strange[word] = self._found(word)
        return self._strange[word]

    def strange_rests(self, word: str, begun: bytes, ids: Ids) -> Ids:
        """The same where a token is still to spell what stands in the document already.

        Args:
            word: all the letters that stand of it.
            begun: its end, which is to be spelled.
            ids: the tokens that spell that, and perhaps more.
        """
        rests = [name[len(word) :] for name in self._with(word)]
        pieces = self._table.tokenizer.pieces
        more = ((token, pieces[token][len(begun) :].decode("utf-8", "replace")) for token in ids.tolist())
        strange = [token for token, text in more if text and not any(rest.startswith(text) for rest in rests)]
        return np.array(strange if rests else [], dtype=np.int64)

    def strange_behind_title(self) -> Ids:
        """What begins names, but none of those that the text has a title or a first name before, ids.

        None where it has no such names: whoever writes "Mr." there means somebody new.
        """
        return self._strange_surnames

    @cached_property
    def _strange_surnames(self) -> Ids:
        return np.setdiff1d(self._names, list(self._surnames)) if self._surnames else NO_IDS

    def _with(self, word: str) -> list[str]:
        """The names that begin so."""
        start = bisect_left(self._words, word)
        return list(takewhile(lambda name: name.startswith(word), self._words[start:])) if word else []

    def _found(self, word: str) -> Ids:
        rests = [name[len(word) :] for name in self._with(word)]
        if not rests:
            return NO_IDS
        id_of = self._table.tokenizer.id_of
        spelled = {id_of(rest[:end].encode()) for rest in rests for end in range(1, len(rest) + 1)}
        strange = np.setdiff1d(self._letters, [token for token in spelled if token is not None])
        return strange if "" in rests else np.concatenate([strange, self._others])


def begun_word(text: str) -> str:
    """The letters that a text ends in."""
    found = _LETTERS.search(text[-_LONGEST_WORD:])
    return found[0] if found else ""


def _without_possessive(word: str) -> str:
    """ "Birch" of "Birch's"."""
    return word.removesuffix("'s").removesuffix("\u2019s")


def stands_behind_title(text: str) -> bool:
    """Tells whether a text ends in a title, behind which a name must come."""
    return _BEHIND_TITLE.search(text[-_LONGEST_TITLE:]) is not None


def _tail_of(spelled: bytes, end: int) -> str:
    """The last characters before a place of a text, as many as a title may have."""
    return spelled[max(0, end - 4 * _LONGEST_TITLE) : end].decode("utf-8", "ignore")[-_LONGEST_TITLE:]


@dataclass(frozen=True)
class Cast:
    """Who a passage speaks of.

    Attributes:
        people: their names, each once, the one named last first.
        recent: those of them that were named a few words ago.
        pronoun: "he" or "she", where the passage speaks of nobody else; else empty.
        pinned: those of them who are in the scene because the writer says so.
    """

    people: tuple[str, ...] = ()
    recent: frozenset[str] = frozenset()
    pronoun: str = ""
    pinned: frozenset[str] = frozenset()

    def is_named_in(self, sentence: str) -> bool:
        """Tells whether a sentence names one of them who was not named just now."""
        words = {_without_possessive(match[0].rstrip(".")) for match in _WORD.finditer(sentence)}
        return any(not words.isdisjoint(name.split()) for name in self.people if name not in self.recent)


@lru_cache(maxsize=64)  # several candidates begin behind the same words, and their judge asks again
def find_cast(text: str, words: int = PASSAGE_WORDS) -> Cast:
    """The people that the last `words` words of `text` name.

    A name is a word with a capital that begins no sentence, or that stands so somewhere else in the passage; one that
    always stands behind "in" or "at" is a place. Of those that only sentences begin with it is a known first name, and
    what is named again and has an auxiliary behind it ("Birch had …"), if the passage never writes it small.
    """
    text = text[-words * 12 :]
    found = list(_WORD.finditer(text))[-words:]
    named: dict[str, list[int]] = {}
    sure: set[str] = set()
    acting: set[str] = set()
    for number, match in enumerate(found):
        if not match[0][0].isupper():
            continue
        bare = match[0].rstrip(".")
        word = _without_possessive(bare)
        if len(word) < 3 or word.isupper() or word in _NO_NAMES or word in _TITLES:
            continue
        before = found[number - 1][0].rstrip(".") if number else ""
        opens = bool(_ENDS.search(text[max(0, match.start() - 8) : match.start()])) and before not in _TITLES
        following = found[number + 1][0].rstrip(".") if number + 1 < len(found) else ""
        if (before in _PLACE and word == bare) or following in _PARTS_OF_PLACES:
            continue
        named.setdefault(word, []).append(number)
        if not opens:
            sure.add(word)
        if following in AUXILIARIES:
            acting.add(word)
    written = {match[0].rstrip(".") for match in found}
    for word, places in named.items():
        small = word.lower()
        acts = len(places) > 1 and word in acting and not _JOINED.search(word) and small not in FUNCTION_WORDS
        if small not in written and (acts or told_by(word)):
            sure.add(word)
    people = sorted((name for name in named if name in sure), key=lambda name: -named[name][-1])
    recent = frozenset(name for name in people if named[name][-1] >= len(found) - _RECENT_WORDS)
    spoken = {word.lower() for word in written}
    he = bool(spoken & _HE)
    she = bool(spoken & _SHE)
    pronoun = "he" if he and not she else "she" if she and not he else ""
    return Cast(tuple(people), recent, pronoun)


@lru_cache(maxsize=64)
def find_scene(text: str, scene: tuple[Person, ...]) -> Cast:
    """The cast of a passage in which the writer says who is there: they are likelier to be named, and nobody else is.

    Their pronoun is the passage's where they all have one, and it speaks of nobody beside them.

    Args:
        text: up to where the voice goes on.
        scene: who is there, at least one.
    """
    passage = find_cast(text)
    words = [_without_possessive(match[0].rstrip(".")) for match in _WORD.finditer(text[-200:])]
    last = frozenset(words[-_RECENT_WORDS:])
    recent = frozenset(
        each.name for each in scene if any(form.split()[-1] in last for form in each.forms if form.strip())
    )
    parts = {word for each in scene for form in each.forms for word in form.split()}
    alone = all(name in parts or _is_nobody(name, text) for name in passage.people)
    pronouns = {each.pronoun for each in scene}
    told = next(iter(pronouns)) if len(pronouns) == 1 else ""
    pronoun = told if told in ("he", "she") and alone else ""
    names = tuple(each.name for each in scene)
    return Cast(names, recent, pronoun, frozenset(names))


def _is_nobody(name: str, text: str) -> bool:
    """A name is a place's or a thing's: an article or "in" stands before it, or a number behind ("Number Fourteen")."""
    if name in NUMBERS or re.search(rf"\b{re.escape(name)} (?:{'|'.join(NUMBERS)})\b", text):
        return True
    before = re.findall(rf"\b(\w+) (?:[A-Z]\w+ )?{re.escape(name)}\b", text)
    return any(word.lower() in _OF_NOBODY for word in before)


class _Gains(NamedTuple):
    """What gains by a cast.

    Attributes:
        ids: tokens that gain anywhere, [n].
        gains: how much each of them does, [n].
        gaining: the same tokens.
        goes_on: by the last token of a name's beginning, such beginnings, each with the token that then gains.
        whole: by the last token of a name, such names, each with the tokens that would make another word of it.
        for_pronoun: whom "He" or "She" at a sentence's beginning means: the first tokens of the name, and beside each
            the pronoun's.
    """

    ids: Ids
    gains: Floats
    gaining: frozenset[int]
    goes_on: dict[int, list[tuple[list[int], int]]]
    whole: dict[int, list[tuple[list[int], Ids]]]
    for_pronoun: tuple[Ids, Ids]


class NameTokens:
    """The tokens that names and pronouns are written with."""

    def __init__(self, tokenizer: SubwordTokenizer) -> None:
        self._tokenizer = tokenizer
        self.spelled = lru_cache(maxsize=1024)(self._spelled)

    def _spelled(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(f" {word}"))

    @cached_property
    def letters(self) -> Ids:
        """The tokens with which a word would go on, ids [n]."""
        pieces = self._tokenizer.pieces
        return np.array(
            [number for number, piece in enumerate(pieces) if piece.decode("utf-8", "ignore")[:1].isalpha()],
            dtype=np.int64,
        )

    @cached_property
    def hyphens(self) -> Ids:
        """The tokens that begin with a hyphen, ids [n]."""
        return np.array(
            [number for number, piece in enumerate(self._tokenizer.pieces) if piece.startswith(b"-")], dtype=np.int64
        )

    def opens_word(self, word: str) -> bool:
        """Tells whether a word that is no name may begin so, as far as the voice's tokens say."""
        return word.lower() in self._beginnings

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """How words with a small letter begin."""
        texts = (piece.decode("utf-8", "ignore") for piece in self._tokenizer.pieces)
        words = [text[1:] for text in texts if text[:1] == " " and text[1:].isalpha() and text[1:].islower()]
        return frozenset(word[:end] for word in words for end in range(1, len(word) + 1))

    @cached_property
    def only_names(self) -> Ids:
        """The tokens that begin a word with a capital and are none with a small letter: nothing but names, ids [n]."""
        texts = [piece.decode("utf-8", "ignore") for piece in self._tokenizer.pieces]
        written = frozenset(texts)
        found = [number for number, text in enumerate(texts) if opens_name(text) and text.lower() not in written]
        return np.array(found, dtype=np.int64)

    def spellings(self, names: Iterable[str]) -> list[int]:
        """The tokens of the words of names, within a sentence and behind a quotation mark, parted by separators."""
        words = sorted({word for name in names for word in name.split()})
        between = self._tokenizer.separator
        return [token for word in words for token in (*self.spelled(word), between, *self._bare(word), between)]

    def _opening(self, word: str) -> Iterator[Sequence[int]]:
        """A word as a sentence, or a line, begins with it."""
        yield self.spelled(word.capitalize())
        yield self._bare(word.capitalize())

    def _bare(self, word: str) -> list[int]:
        return self._tokenizer.encode(word)

    def raised(self, cast: Cast, history: list[int]) -> tuple[Ids, Floats]:
        """Which tokens gain by the cast, and how much, from -4 to 2, [n] each.

        Args:
            cast: who is spoken of where the sentence begins.
            history: the last `JUST_NAMED` tokens, of which the newest may have begun a name.
        """
        ids, gains, gaining, goes_on, whole, _ = self._gains(cast)
        # Within one long sentence a name would come again and again.
        if not gaining.isdisjoint(history):
            just = set(history)
            named = np.fromiter((token in just for token in ids.tolist()), dtype=bool, count=len(ids))
            gains = np.where((gains > 0) & named, np.float32(0.0), gains)
        # Of a scene, whoever was just named is enough: its names would be strung together.
        if any(self.spelled(name)[0] in history for name in cast.pinned):
            gains = np.minimum(gains, np.float32(0.0))
        # A name that was begun is finished.
        for begun, following in goes_on.get(history[-1], ()) if history else ():
            if history[-len(begun) :] == begun:
                return np.append(ids, following), np.append(gains, np.float32(2.0))
        # One that is whole is no part of another word: "Hale", and not "Halem" or "Hale-eyed".
        for name, others in whole.get(history[-1], ()) if history else ():
            if history[-len(name) :] == name:
                return np.append(ids, others), np.append(gains, np.full(len(others), _WHOLE, dtype=np.float32))
        return ids, gains

    def for_pronoun(self, cast: Cast, history: list[int]) -> tuple[Ids, Ids]:
        """Who may be named where a sentence would begin with "He" or "She", ids [n] and the pronoun's tokens [n].

        It is whoever was named last, but for the last words, where the passage has that one pronoun alone.

        Args:
            cast, history: as for `raised`.
        """
        names, pronouns = self._gains(cast).for_pronoun
        return (names, pronouns) if set(names.tolist()).isdisjoint(history) else (NO_IDS, NO_IDS)

    @lru_cache(maxsize=64)  # noqa: B019 - it lives as long as the voice does
    def _gains(self, cast: Cast) -> _Gains:
        gains: dict[int, float] = {}
        goes_on: dict[int, list[tuple[list[int], int]]] = {}
        whole: dict[int, list[tuple[list[int], Ids]]] = {}
        for name in cast.people:
            tokens = self.spelled(name)
            if name not in cast.recent:
                gains[tokens[0]] = _PINNED_GAIN if name in cast.pinned else 1.0
            for length in range(1, len(tokens)):
                goes_on.setdefault(tokens[length - 1], []).append((list(tokens[:length]), tokens[length]))
            others = np.concatenate([self.letters, self.hyphens]) if name in cast.pinned else self.hyphens
            for spelling in (list(tokens), self._bare(name)):
                whole.setdefault(spelling[-1], []).append((spelling, others))
        for word in {"he": _SHE, "she": _HE}.get(cast.pronoun, frozenset()):
            for tokens in (self.spelled(word), *(self._opening(word) if cast.pinned else ())):
                if len(tokens) == 1:
                    gains[tokens[0]] = -1.0
        ids = np.array(list(gains), dtype=np.int64)
        values = np.array(list(gains.values()), dtype=np.float32)
        return _Gains(ids, values, frozenset(gains), goes_on, whole, self._for_pronoun(cast))

    def _for_pronoun(self, cast: Cast) -> tuple[Ids, Ids]:
        if not cast.pronoun or not cast.people or cast.people[0] in cast.recent:
            return NO_IDS, NO_IDS
        names = self.spelled(cast.people[0]), self._bare(cast.people[0])
        pairs = [
            (name[0], pronoun[0])
            for name, pronoun in zip(names, self._opening(cast.pronoun), strict=True)
            if len(pronoun) == 1
        ]
        return np.array([name for name, _ in pairs], np.int64), np.array([pronoun for _, pronoun in pairs], np.int64)
