"""Words of which one may stand for another in prose, with their forms, and where each may be put.

A table and no model: a voice of this size expects after a word what comes there, not what means the same. Which of the
words fit a place the sentence's own words tell (`swapped`); which reads well there is the voice's to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from pandemonium.text.function_words import FUNCTION_WORDS, PREPOSITIONS
from pandemonium.writing.rewriting.grammar import SUBJECTS, VOWELS, may_be_past, raised, with_article
from pandemonium.writing.rewriting.words_alike import (
    DEEDS,
    IRREGULAR,
    MANNERS,
    PLACED,
    QUALITIES,
    RELATIONS,
    STATES,
    THINGS,
)

_PLURALS = dict(
    each.split()
    for each in (
        "countryman countrymen; fisherman fishermen; foe foes; kinsman kinsmen; madman madmen; old_woman "
        "old_women; seaman seamen; thief thieves; workman workmen"
    ).split(";")
)
_IRREGULAR = {verb: (past, participle) for verb, past, participle in map(str.split, IRREGULAR.split(";"))}
_DETERMINERS = frozenset(
    "the a an his her its their my our your this that these those no some any every each another one two three".split()
)
_JOINING = frozenset("and or but nor".split())
_BEING = frozenset(
    "am are is was were be been being seem seems seemed grow grew grown become became look looked feel felt "
    "remained so too very quite rather almost".split()
)
_HELPERS = frozenset("have has had having was were is are be been being am".split())
_BEFORE_BARE = frozenset(
    "to did not do does could would might may must shall should will can cannot didn't couldn't wouldn't don't".split()
)
_COMPARED = frozenset("more most less least as than".split())
# With one of these behind it a verb is another: "carried out", "fell in".
_PARTICLES = frozenset(
    "about along away back by down forth forward in off on out over round through together up".split()
)
_WITH_PARTICLES = frozenset(
    "put puts putting took take taking turned turn turning tried try trying got get went go going came come kept "
    "keep had have carried carry carrying called call calling set held hold laid lay moved move passed pass "
    "brought bring looked look looking thought think heard hear told tell talked spoke speak knew know".split()
)
_SMALL = FUNCTION_WORDS | _DETERMINERS
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_DOUBLED = frozenset(
    (
        "admit beg begin brag chat compel cut drag drip drop expel get grin grip hum occur permit "
        "plan plod put scan set shut sip sob spin split squat stop travel trip tug worship wrap"
    ).split()
)
_MOST_BEFORE = 3  # words between an article and its noun


_Table = dict[str, list[tuple[str, "_Group"]]]


class _Group(NamedTuple):
    """Words that may stand for another.

    Attributes:
        words: in the same form as that; behind "took" also what "had" wants of them, where that is something else.
        behind: of which one must follow; none where any word may.
        unless: none of which may follow.
    """

    words: tuple[tuple[str, bool], ...]
    behind: frozenset[str]
    unless: frozenset[str]


class _Place(NamedTuple):
    """A word in its sentence, in small letters as all that is told of it.

    Attributes:
        word: itself.
        before: the words before it up to the next sign, the nearest last.
        behind: the word right behind it; empty before a sign.
        noun: the last of the words behind it that are no small ones: what an adjective belongs to.
        nearest: what stands right before it, a sign where there is one.
    """

    word: str
    before: tuple[str, ...]
    behind: str
    noun: str
    nearest: str


class Swap(NamedTuple):
    """A part of a sentence with another word for one of its own, and where in it that ends."""

    text: str
    end: int


def swapped(before: str, part: str, behind: str, start: int = 0) -> Iterator[Swap]:
    """A sentence or a part of one with another word for one of its own, as often as the tables have one.

    Args:
        before, behind: what stands around it in the same sentence, with the spaces between.
        part: canonical, without white space around it.
        start: where in the part the words begin for which others are looked for.
    """
    text = f"{before}{part}{behind}"
    begin = len(before)
    end = begin + len(part)
    words = list(_WORD.finditer(text))
    said = Counter(word[0].lower() for word in words)  # what is said twice is said so on purpose
    for number, found in enumerate(words):
        is_name = found[0][0].isupper() and not _begins(text, found.start())
        if found.start() < begin + start or found.end() > end or is_name or said[found[0].lower()] > 1:
            continue
        for other in _others(_place_of(text, words, number)):
            word = raised(other) if found[0][0].isupper() else other
            head = with_article(text[: found.start()], word)
            if head[:begin] == before and (found.start() > begin or head == before):
                changed = f"{head[begin:]}{word}"
                yield Swap(f"{changed}{text[found.end() : end]}", len(changed))


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'\u201c\u2018(")
    return not before or before[-1] in ".!?\n"


def _place_of(text: str, words: list[re.Match[str]], number: int) -> _Place:
    before: list[str] = []
    at = words[number].start()
    for other in reversed(words[max(0, number - 6) : number]):
        if text[other.end() : at] != " ":
            break
        before.insert(0, other[0].lower())
        at = other.start()
    behind: list[str] = []
    end = words[number].end()
    for other in words[number + 1 : number + 6]:
        if text[end : other.start()] != " ":
            break
        behind.append(other[0].lower())
        end = other.end()
    nearest = text[: words[number].start()].rstrip()[-1:] if not before else before[-1]
    return _Place(words[number][0].lower(), tuple(before), (behind or [""])[0], _noun_of(behind), nearest)


def _noun_of(behind: list[str]) -> str:
    """The noun that the words behind an adjective or a preposition lead to."""
    begin = 1 if behind and behind[0] in _DETERMINERS else 0
    run = list(takewhile(lambda word: word not in _SMALL and word not in _JOINING, behind[begin:]))
    return run[-1] if run else ""


def _others(place: _Place) -> Iterator[str]:
    """The words that may stand for one in its place, each in its form."""
    seen = {place.word}
    for kind in _KINDS:
        for form, group in kind.table().get(place.word, ()):
            behind = place.noun if kind.looks_at_noun else place.behind
            if (group.unless and behind in group.unless) or (group.behind and behind not in group.behind):
                continue
            if not kind.may_stand(place, form, bool(group.behind)):
                continue
            for word, is_plain in group.words:
                if word not in seen and (is_plain or _is_surely_past(place)):
                    seen.add(word)
                    yield word


def _is_surely_past(place: _Place) -> bool:
    """ "They selected it": it is no participle, as in "the tool selected"."""
    return place.nearest in SUBJECTS or place.behind in _DETERMINERS


def _is_thing(place: _Place, form: str, _: bool) -> bool:
    """A noun at the end of what belongs to its article; one in the plural may have none."""
    is_named = place.nearest in _DETERMINERS or place.nearest in _known_qualities()
    if not _ends_noun(place) or (place.word.endswith("ing") and not is_named):
        return False
    near = place.before[-_MOST_BEFORE - 1 :]
    last_small = next((word for word in reversed(near) if word in _SMALL or word.endswith(("'s", "s'"))), "")
    if last_small in _DETERMINERS or last_small.endswith(("'s", "s'")) or last_small in ("whose", "such", "what"):
        return True
    is_bare = not place.before or place.nearest in PREPOSITIONS or place.nearest in _JOINING
    return form == "plural" and (is_bare or place.nearest not in _SMALL) and not _is_verb_before(place)


@cache
def _known_qualities() -> frozenset[str]:
    """Words that are known to be adjectives: "opening" behind one of them is no verb."""
    return frozenset(_table(QUALITIES, lambda word: {"positive": word}))


def _is_state(place: _Place, _form: str, _: bool) -> bool:
    return _ends_noun(place) and place.nearest in (PREPOSITIONS | _DETERMINERS | _JOINING) - {"to"}


def _ends_noun(place: _Place) -> bool:
    """No other noun follows, of which it would be a part, as in "sea breeze"."""
    behind = place.behind
    return not behind or behind in _SMALL or may_be_past(behind)


def _is_verb_before(place: _Place) -> bool:
    return place.nearest in _BEFORE_BARE or place.nearest in SUBJECTS


def _is_quality(place: _Place, _form: str, _: bool) -> bool:
    """An adjective before its noun, or behind "was"."""
    if place.nearest in _COMPARED or place.word in (place.before[-1:] or ("",)):
        return False
    behind = place.behind
    before_noun = bool(behind) and behind not in _SMALL and not may_be_past(behind) and not behind.endswith("ly")
    told = place.nearest in _BEING and (not behind or behind in _JOINING or behind in PREPOSITIONS)
    if told and behind in PREPOSITIONS:
        return False  # what an adjective has behind it is its own: "fearful of", "sick with"
    joined = place.nearest in _JOINING and (not behind or before_noun)
    is_small_before = place.nearest in _DETERMINERS or place.nearest in PREPOSITIONS
    is_among = before_noun and (is_small_before or not place.before or place.nearest not in _SMALL)
    return is_among or told or joined


def _is_manner(place: _Place, _form: str, _: bool) -> bool:
    return place.nearest not in _COMPARED and place.behind not in _COMPARED


def _is_deed(place: _Place, form: str, has_behind: bool) -> bool:
    """A verb, in the form that its place wants; with no particle behind it that would make another of it."""
    if place.behind.endswith(("self", "selves")):
        return False
    if not has_behind and place.behind in _PARTICLES:
        return False
    near = place.before[-2:]
    helped = any(word in _HELPERS for word in near)
    if form == "bare":
        return place.nearest in _BEFORE_BARE
    if form == "ing":
        return place.nearest not in _DETERMINERS and not place.nearest.endswith("'s")
    if place.nearest in _DETERMINERS or place.nearest in PREPOSITIONS or place.nearest in ("so", "very"):
        return False
    return helped if form == "participle" else not helped and place.behind != "by"


def _is_relation(place: _Place, _form: str, _: bool) -> bool:
    """A preposition with its noun, and no part of what somebody does: "put on the coat"."""
    return place.behind in _DETERMINERS and place.nearest not in _WITH_PARTICLES and place.nearest not in PREPOSITIONS


class _Words(NamedTuple):
    """Words of one kind.

    Attributes:
        table: for each form of each word those that may stand for it, by what form it is.
        may_stand: tells from a word's place, its form, and whether what follows was looked at, that it is of the kind.
        looks_at_noun: what must follow is the noun that it leads to, and not the next word.
    """

    table: Callable[[], _Table]
    may_stand: Callable[[_Place, str, bool], bool]
    looks_at_noun: bool = False


def _kind(groups: str, forms: Callable[[str], dict[str, str]]) -> Callable[[], _Table]:
    return cache(lambda: _table(groups, forms))


def _table(groups: str, forms: Callable[[str], dict[str, str]]) -> _Table:
    """For each form of each word those that may stand for it, by what form it is."""
    table: _Table = {}
    for group in groups.split(";"):
        words, _, follows = group.partition("|")
        is_never = follows.strip().startswith("!")
        listed = frozenset(follows.replace("!", " ").split())
        must = frozenset[str]() if is_never else listed
        never = listed if is_never else frozenset[str]()
        olds, is_one_way, news = words.partition(">")
        for old in olds.split():
            others = [forms(new) for new in (news if is_one_way else olds).split() if new != old]
            own = forms(old)
            for form, text in own.items():
                other_form = "participle" if form == "past" and own["participle"] == text else form
                alike = tuple((each[form].replace("_", " "), each[form] == each[other_form]) for each in others)
                table.setdefault(text, []).append((form, _Group(alike, must, never)))
    return table


def _plural(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("y") and word[-2] not in VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _forms(verb: str) -> dict[str, str]:
    """Of "look_for": itself, "looking for", "looked for" twice, as its past and as what "had" wants."""
    first, line, rest = verb.partition("_")
    rest = line + rest
    doubled = first + first[-1] if first in _DOUBLED else first
    stem = doubled[:-1] if doubled.endswith("e") and not doubled.endswith("ee") else doubled
    ing = f"{first[:-2]}ying" if first.endswith("ie") else f"{stem}ing"
    if first in _IRREGULAR:
        past, participle = _IRREGULAR[first]
    elif first.endswith("y") and first[-2] not in VOWELS:
        past = participle = f"{first[:-1]}ied"
    else:
        past = participle = f"{first}d" if first.endswith("e") else f"{doubled}ed"
    return {
        "bare": first + rest,
        "ing": ing + rest,
        "past": past + rest,
        "participle": participle + rest,
    }


_KINDS = (
    _Words(_kind(THINGS, lambda word: {"single": word, "plural": _plural(word)}), _is_thing),
    _Words(_kind(STATES, lambda word: {"single": word}), _is_state),
    _Words(_kind(QUALITIES, lambda word: {"positive": word}), _is_quality, looks_at_noun=True),
    _Words(_kind(MANNERS, lambda word: {"adverb": word}), _is_manner),
    _Words(_kind(DEEDS, _forms), _is_deed),
    _Words(_kind(RELATIONS, lambda word: {"preposition": word}), _is_relation),
    _Words(_kind(PLACED, lambda word: {"preposition": word}), _is_relation, looks_at_noun=True),
)
