"""Finds who and what a draft names: runs of capitalised words, weighed over the whole draft and by rules alone.

A capital within a sentence makes a name; one that a sentence begins with counts where the same word was seen within
another. Where a draft writes all nouns with capitals, as German does, what mostly stands behind an article is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import log
from typing import NamedTuple

from pandemonium.text.first_names import told_by
from pandemonium.text.function_words import AUXILIARIES, NUMBERS, OTHER_SMALL_WORDS, PREPOSITIONS
from pandemonium.text.function_words import PRONOUNS as SMALL_PRONOUNS
from pandemonium.text.name_signs import acts, is_of_places, lead_of, owns, place_weight

KINDS = ("person", "place", "thing")
PRONOUNS = ("she", "he", "they", "it")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_LOOK_BACK = 4  # characters before a word that say whether a sentence begins with it
_QUOTES = "\"'\u201c\u2018\u201e\u201a\u00ab\u2039\u00bb\u203a([*_"
_OPENING_QUOTES = '"\u201c\u2018\u201e\u201a\u00ab\u2039'
_ENDS = ".!?\u2026:\n\u2028\u2014\u2013"
_TITLES = {
    **dict.fromkeys("Mr Mister Mester Master Squire Sir Lord Father Uncle Brother Herr Monsieur Don".split(), "he"),
    **dict.fromkeys("Meneer Mijnheer Senor Señor Signor King Prince Count Baron Duke Earl Grandfather".split(), "he"),
    **dict.fromkeys("Mrs Miss Ms Mistress Dame Lady Madam Mother Aunt Sister Frau Madame Mademoiselle".split(), "she"),
    **dict.fromkeys("Mevrouw Juffrouw Mejuffrouw Doña Senora Señora Senorita Señorita Signora".split(), "she"),
    **dict.fromkeys("Signorina Auntie Queen Princess Countess Baroness Duchess Grandmother Granny".split(), "she"),
    "Fräulein": "she",
    **dict.fromkeys("Dr Doctor Professor Prof Captain Capt Cap'n Lieutenant Major Colonel General".split(), ""),
    **dict.fromkeys("Inspector Judge Rev Reverend Sergeant Cousin Messrs Senores Señores Admiral".split(), ""),
    **dict.fromkeys("Nurse Farmer Dairyman Archdeacon Bishop Archbishop Cardinal Pastor Vicar".split(), ""),
    **dict.fromkeys("Commander Constable Corporal Governor President Senator Superintendent".split(), ""),
    **dict.fromkeys("Detective Sheriff Commissioner".split(), ""),
}
# A Mrs Bennet is none of the Misses Bennet; who else is a woman by her title may be either.
_MAIDENS = frozenset("Miss Mademoiselle Fräulein Juffrouw Mejuffrouw Senorita Señorita Signorina".split())
# Whoever is called so without a name may be anybody; a Doctor, a Captain or a Mother is somebody in the tale.
_ADDRESSES = frozenset(
    (
        "Miss Mister Mester Lord Herr Frau Fräulein Monsieur Madame Mademoiselle Meneer Mijnheer Mevrouw Juffrouw "
        "Mejuffrouw Senor Señor Senora Señora Senorita Señorita Signor Signora Signorina"
    ).split()
)
_ABBREVIATED = frozenset("Mr Mrs Ms Messrs Dr Prof Capt Lt Col Gen Rev St Sgt".split())
_SAINTS = frozenset("St Saint San Santa Sankt".split())
_NO_NAMES = frozenset(
    (
        "I Sir Madam God Heaven Hell Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March "
        "April May June July August September October November December Christmas Easter Yuletide English American "
        "French German Latin Greek Italian Spanish Dutch Russian Chinese Irish Scotch Scottish Welsh Swiss Austrian "
        "Prussian Polish Danish Swedish Norwegian Portuguese Hungarian Turkish Persian Egyptian Indian Japanese "
        "African Australian Canadian European Jewish North South East West Chapter Part Oh Yes No Ah Eh Ay Aye Ha Hey "
        "Hullo Hallo Hello Alas Amen Bah Pooh Tut Hush Nay Hurrah"
    ).split()
)
_ALSO_IN_NAMES = frozenset("North South East West May June April August".split())
_WITHIN_NAMES = frozenset("de du des da di del della van von der den la le al ibn bin af av zu".split())
_PLACE_WORDS = frozenset(
    (
        "Street Road Hill Avenue Bay River University House Hall Valley Lane Square Church Island Sea Ocean Mountain "
        "Mountains Lake Bridge Park Forest Castle Court Gate Port Village Manor Harbour Harbor Towers Grange Abbey "
        "Priory Cottage Farm Inn Terrace Crescent Rectory Vicarage Parsonage Hotel Cathedral Chapel College"
    ).split()
)
_PLACED = 0.15  # of signs of a place, on the average, from which on a name is a place's
_LEAST_PLACED = 0.3
_ARTICLES = frozenset(
    (
        "the a an this these those my your his her its our their no some any every each "
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen "
        "meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere jeder jede "
        "jedes dieser diese dieses diesem diesen zum zur im am vom beim ins ans aufs "
        "le la les un une il lo gli uno una el los las unos unas o os as um uma"
    ).split()
)
_PRONOUN = re.compile(r"(?<![^\W\d_])(?:(he|him|his|himself)|(?:she|her|hers|herself))(?![^\W\d_])", re.IGNORECASE)
_SAID = re.compile('["\u201c\u201e\u00ab]')
# Behind one of these, or behind a sign, a name is likely the one who acts.
_BEFORE_SUBJECTS = frozenset(
    ("", *"and but or so yet then when while as that if because although though until before after where how".split())
)
_BEFORE_OBJECTS = PREPOSITIONS - frozenset("but as since until till before after for than like".split())
_THEREAFTER = 110  # characters behind a name in which a pronoun may be its own
_OWN = 4  # times as much as any other pronoun says the first "he" or "she"
_EVEN = 12  # of such weights for either, before anything was read
_MANY = 24  # of such weights tell even where they agree less
_FAR_MORE = 3  # times as often named: a form that two could have is that one's
_TOLD = 4  # times as often with the title of a woman as with any other, or the other way round: so she is
_SOMEBODY_ELSE = 0.2  # of a form's mentions, from which on the titles of the other sex say that it is not hers
_NOUNS = 0.14  # of the words within sentences with a capital: where more have one, all nouns do
# Behind one of these a sentence's second word may begin the name.
_OPENERS = _ARTICLES | frozenset(
    (
        "then when but and so if as after before while now here there what who why how yet still only even once "
        "perhaps maybe meanwhile later soon suddenly finally although though because since until it he she they we you "
        "in on at from with by for to of no not never nothing nobody everyone all both many most such only dear poor "
        "old young little good yes oh well "
        "da dann als und aber doch nun wenn er sie es wir ich mais et puis quand il elle pero y cuando ma e poi quando "
        "toen maar en hij zij"
    ).split()
)
# With a capital, none of these is part of a name: a sign was left out before it ("Dear Livesey As I do not know").
_NEVER_WITHIN = (AUXILIARIES | OTHER_SMALL_WORDS | PREPOSITIONS | SMALL_PRONOUNS) - frozenset(
    "will may can must might over near down like past till per more much still even just none a an the".split()
)
_SMALLER = 4  # times as often with a small letter: a word, and no name
_HEADING_WORDS = 12
_SHARE_OF_CAPITALS = 0.6  # of a line that is a heading
_TITLED = 0.05  # of a name's mentions: where fewer have a title, the name may still be a place's
_SELDOM = 2  # times that a form stands which may have come about by a missing comma
_RATHER = 10  # times as often as such a form its parts stand by themselves
_OFTEN = 60  # times named: what stands once beside them came about by chance
_SHARED = 3  # times that one surname has a title, from which on that is somebody beside its other bearer
_APART = "\n"  # stands in no form
_FAMILY = 0.5  # of the mentions of a name in the plural have an article


@dataclass(frozen=True, slots=True)
class Spotted:
    """A run of capitalised words in a paragraph.

    Attributes:
        name: its words, with one space between them.
        start, end: where it stands in the paragraph.
        opens: a sentence begins with it.
        before: the word before it in its sentence, in small letters; empty for none.
        title: "he" or "she" where a title says so, "?" for another title, empty for none.
        titled: the name with that title before it; empty without one.
        title_start: where that begins.
        he, she: how much the pronouns that follow it closely say for either.
        lead: what stands before the word before it; see `name_signs.lead_of`.
        owns: something is said to be its.
        acts: it speaks or acts, as people do.
    """

    name: str
    start: int
    end: int
    opens: bool
    before: str
    title: str
    he: int = 0
    she: int = 0
    lead: str = ""
    owns: bool = False
    acts: bool = False
    titled: str = ""
    title_start: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: the paragraph's number, and [start, end) in it."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundName:
    """Somebody, some place or some thing that a draft names.

    Attributes:
        name: the fullest form, where that is not a single one among many.
        called: the form that is used most.
        forms: all of them, the most used first.
        kind: one of KINDS, a guess.
        pronoun: "he", "she", "they" for a family, or empty where the draft does not tell.
        count: how often it is named.
        first: where for the first time.
    """

    name: str
    called: str
    forms: tuple[str, ...]
    kind: str
    pronoun: str
    count: int
    first: Place


@dataclass(slots=True)
class _Tally:
    """What all mentions of one form say together."""

    count: int = 0
    sure: int = 0  # within a sentence
    at: float = 0.0  # signs of a place
    acts: int = 0  # signs of a person
    articles: int = 0
    titles: Counter[str] = field(default_factory=Counter)  # how often each stands before it
    he: int = 0
    she: int = 0
    first: Place = Place(0, 0, 0)

    def add(self, other: _Tally) -> None:
        self.count += other.count
        self.sure += other.sure
        self.at += other.at
        self.acts += other.acts
        self.articles += other.articles
        self.titles.update(other.titles)
        self.he += other.he
        self.she += other.she
        if (other.first.paragraph, other.first.start) < (self.first.paragraph, self.first.start):
            self.first = other.first


class _Pronouns(NamedTuple):
    """How much the pronouns behind some names say for either."""

    he: int
    she: int

    @property
    def share_of_he(self) -> float:
        """Between 0 and 1; near a half where there are few."""
        return (self.he + _EVEN) / (self.he + self.she + 2 * _EVEN)


class DraftNames:
    """The names of one draft, which is read anew as it grows: what stayed as it was costs nothing."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._spotted: list[tuple[Spotted, ...]] = []
        self._counts: Counter[str] = Counter()  # all words, as they are written
        self._first: Counter[str] = Counter()  # words that names begin with, within sentences
        self._alone: set[str] = set()  # names of those places
        self._bearers: dict[str, tuple[str, ...]] = {}  # see `_bearers`
        self._owners: dict[str, str] = {}  # from each form to the name that it belongs to
        self.names: tuple[FoundName, ...] = ()

    def read(
        self,
        paragraphs: Sequence[str],
        stopped: Callable[[], bool] = lambda: False,
        progress: Callable[[float], None] = lambda share: None,
    ) -> bool:
        """Takes the draft as it stands now.

        Args:
            paragraphs: its paragraphs, without line breaks between them.
            stopped: looked at between two paragraphs; what was read until then need not be read again.
            progress: is told behind each paragraph how much of what is new was read, from 0 to 1.

        Returns:
            False where it was stopped: `names` are those of the draft before.
        """
        old = self._texts
        low = 0
        most = min(len(old), len(paragraphs))
        while low < most and old[low] == paragraphs[low]:
            low += 1
        back = 0
        while back < most - low and old[len(old) - 1 - back] == paragraphs[len(paragraphs) - 1 - back]:
            back += 1
        self._forget(low, len(old) - back)
        fresh: list[tuple[Spotted, ...]] = []
        done = True
        size = max(1, len(paragraphs) - back - low)
        for text in paragraphs[low : len(paragraphs) - back]:
            if stopped():
                done = False
                break
            fresh.append(self._learn(text))
            progress(len(fresh) / size)
        self._spotted[low:low] = fresh
        self._texts[low:low] = list(paragraphs[low : low + len(fresh)])
        if done:
            self._weigh()
        return done

    def places(self, forms: Collection[str]) -> list[Place]:
        """Where a name stands, in order.

        Args:
            forms: in which it is written, as in `FoundName.forms`; others are found as they stand.
        """
        wanted = set(forms)
        return [
            Place(number, start, each.end)
            for number, row in enumerate(self._spotted)
            for each in row
            for form, start in (self._form(each),)
            if form in wanted
        ]

    def form_at(self, paragraph: int, offset: int) -> str:
        """The form of the name that stands at a place of a paragraph, or ends there; empty where none does."""
        if not 0 <= paragraph < len(self._spotted):
            return ""
        for each in self._spotted[paragraph]:
            form, start = self._form(each)
            if start <= offset <= each.end and form in self._owners:
                return form
        return ""

    def _learn(self, text: str) -> tuple[Spotted, ...]:
        spotted, words = spot(text)
        self._counts.update(words)
        return spotted

    def _forget(self, low: int, high: int) -> None:
        for text in self._texts[low:high]:
            self._counts.subtract(_WORD.findall(text))
        del self._texts[low:high]
        del self._spotted[low:high]

    def _form(self, spotted: Spotted) -> tuple[str, int]:
        """In which form something is named, and from where on: what a sentence only begins with is no part of it.

        A title is, where it tells one bearer of a surname from another, or mostly stands before it.
        """
        if spotted.title and _bearer(spotted) in self._bearers.get(spotted.name, ()):
            return spotted.titled, spotted.title_start
        if not spotted.opens or spotted.title or " " not in spotted.name:
            return spotted.name, spotted.start
        first, _, rest = spotted.name.partition(" ")
        if self._is_word(first) or (first not in self._first and rest in self._alone):
            return rest, spotted.end - len(rest)
        return spotted.name, spotted.start

    def _is_word(self, first: str) -> bool:
        """A sentence begins with a word like any other."""
        small = self._counts[first.lower()]
        return first.lower() in _OPENERS or (small > 0 and small >= _SMALLER * self._first.get(first, 0))

    def _weigh(self) -> None:
        within = [each.name for row in self._spotted for each in row if each.title or not each.opens]
        self._first = Counter(name.partition(" ")[0] for name in within)
        self._alone = set(within)
        self._bearers = {}
        self._bearers = _bearers([(self._form(each)[0], each) for row in self._spotted for each in row])
        one_of: dict[str, str] = {}
        tallies: dict[str, _Tally] = {}
        inside = 0
        for number, row in enumerate(self._spotted):
            for each in row:
                form, start = self._form(each)
                shortened = start != each.start
                tally = tallies.get(form)
                if tally is None:
                    tally = tallies[form] = _Tally(first=Place(number, start, each.end))
                if form == each.titled and form:
                    bearer = _bearer(each)
                    is_first = bearer == self._bearers[each.name][0]
                    one_of[form] = each.name if is_first else f"{bearer}{_APART}{each.name}"
                tally.count += 1
                tally.he += each.he
                tally.she += each.she
                if each.title:
                    tally.titles[each.title] += 1
                before = each.name.partition(" ")[0].lower() if shortened else each.before
                tally.at += place_weight(before, "" if shortened else each.lead, owns=each.owns)
                tally.acts += each.acts
                tally.articles += before in _ARTICLES
                if shortened or each.title or not each.opens or " " in form:
                    tally.sure += 1
                    inside += 1
        words = self._counts.total()
        nouns = words > 200 and inside > _NOUNS * words
        kept = {form: tally for form, tally in tallies.items() if self._is_name(form, tally, nouns)}
        his = {name for name, bearers in self._bearers.items() if bearers[0] == "he" and len(bearers) > 1}
        self._owners = _owners(kept, one_of, his)
        self.names = tuple(_found(kept, self._owners))

    def _is_name(self, form: str, tally: _Tally, nouns: bool) -> bool:
        if form in _NO_NAMES or form in _ADDRESSES or form in _ABBREVIATED or (form in _TITLES and tally.count < 3):
            return False
        if form.lower() in _NEVER_WITHIN:
            return False
        if not tally.sure and not self._is_someone(form, tally):
            return False
        small = self._counts[form.lower()] if " " not in form else 0
        if small and small >= _SMALLER * tally.sure:
            return False
        return not nouns or (tally.count > 1 and tally.articles <= 0.2 * tally.count and small == 0)

    def _is_someone(self, form: str, tally: _Tally) -> bool:
        """Sentences begin with it alone, but it speaks and acts, and is no word of the draft."""
        small = form.lower()
        return tally.acts > 1 and not self._counts[small] and small not in _OPENERS and small not in SMALL_PRONOUNS


def draft_names(text: str) -> tuple[FoundName, ...]:
    """The names of a whole text, whose paragraphs are parted by line breaks."""
    draft = DraftNames()
    draft.read(text.split("\n"))
    return draft.names


@cache
def _capitalised() -> re.Pattern[str]:
    """Words with a capital of any script; made when it is first asked for, for it looks at every sign there is."""
    upper = "".join(re.escape(chr(code)) for code in range(0x10000) if chr(code).isupper())
    return re.compile(rf"(?<![^\W\d_])[{upper}][^\W\d_]*(?:['\u2019][^\W\d_]+)*")


def spot(text: str) -> tuple[tuple[Spotted, ...], list[str]]:
    """Looks at one paragraph: the runs of capitalised words in it, and all its words."""
    words = _WORD.findall(text)
    capitals = list(_capitalised().finditer(text))
    if not capitals or _is_heading(text, len(words), len(capitals)):
        return (), words
    return tuple(_with_pronouns(text, list(_runs(text, capitals)))), words


def _runs(text: str, found: list[re.Match[str]]) -> Iterator[Spotted]:
    at = 0
    while at < len(found):
        word = _bare(found[at])
        start = found[at].start()
        opens = _opens(text, start)
        before = "" if opens else _word_before(text, start)
        title = ""
        title_start = start
        while _is_title(text, found, at):
            title = _TITLES[word] or title or "?"
            at += 1
            word = _bare(found[at])
            start = found[at].start()
        words = [(word, start)]
        end = start + len(word)
        while at + 1 < len(found) and end == found[at].end():
            following = _bare(found[at + 1])
            dotted = (len(word) == 1 and word != "I") or word in _ABBREVIATED
            if _is_title(text, found, at + 1) or not _is_name_word(following) or not _is_name_word(word):
                break
            if following.lower() in _NEVER_WITHIN:
                break
            if not _joins(text, found[at], found[at + 1], dotted=dotted):
                break
            at += 1
            word = following
            words.append((word, found[at].start()))
            end = found[at].start() + len(word)
        at += 1
        while len(words) > 1 and (len(words[-1][0]) == 1 or words[-1][0] in _NO_NAMES):
            words.pop()
        if len(words) > 1 and not _may_begin(words[0][0], words[-1][0]):
            del words[0]
            opens = False
        first, start = words[0]
        end = words[-1][1] + len(words[-1][0])
        name = " ".join(text[start:end].split())
        if _is_name_word(first) and len(name) > 1 and name not in _NO_NAMES:
            yield Spotted(
                name,
                start,
                end,
                opens and not title,
                before,
                title,
                lead=lead_of(text, start, before),
                owns=owns(text, end),
                acts=acts(text, start, end, before),
                titled=" ".join(text[title_start:end].split()) if title else "",
                title_start=title_start,
            )


def _with_pronouns(text: str, runs: list[Spotted]) -> Iterator[Spotted]:
    """Weighs the pronouns that follow each name closely, up to the next name or to what somebody says.

    Behind who acts the first "he" or "she" is likely its own; "his" and "her" may be somebody else's ("Marta took his
    hand"), and behind whom something is done to they all may be ("He looked at Marta").
    """
    for number, each in enumerate(runs):
        end = each.end + _THEREAFTER
        others = (other for other in runs[number + 1 :] if not other.opens and not is_of_places(other.before))
        behind = next((other.start for other in others), end)
        speech = _SAID.search(text, each.end + 1, min(end, behind))
        he = 0
        she = 0
        until = speech.start() if speech else min(end, behind)
        for match in _PRONOUN.finditer(text, each.end, until) if _is_subject(each) else ():
            is_own = match[0].lower() in ("he", "she")
            weight = _OWN if is_own else 1
            if match[1]:
                he += weight
            else:
                she += weight
            if is_own:
                break
        yield replace(each, he=he, she=she) if he or she else each


def _is_subject(each: Spotted) -> bool:
    """Whoever is named likely does what the sentence tells."""
    if each.opens:
        first, _, rest = each.name.partition(" ")
        return not rest or first.lower() not in _BEFORE_OBJECTS  # "Behind Marta"
    return bool(each.title) or each.acts or each.before in _BEFORE_SUBJECTS


def _is_title(text: str, found: list[re.Match[str]], at: int) -> bool:
    """A title with the name that it belongs to behind it; "the Squire's London agents" has none."""
    word = found[at][0]
    if word not in _TITLES or at + 1 == len(found):
        return False
    return _joins(text, found[at], found[at + 1], dotted=word in _ABBREVIATED)


def _may_begin(first: str, last: str) -> bool:
    """Whether a name of several words begins with that word, and not behind it."""
    return first not in _NO_NAMES or first in _ALSO_IN_NAMES or last in _PLACE_WORDS


def _bare(match: re.Match[str]) -> str:
    """A word without the sign of possession."""
    word = match[0]
    return word[:-2] if word[-2:] in ("'s", "\u2019s") else word


def _is_name_word(word: str) -> bool:
    """A word as names are written; not one that is shouted, nor "I'm"."""
    return word[:2] not in ("I'", "I\u2019") and (len(word) == 1 or not word.isupper())


def _joins(text: str, one: re.Match[str], other: re.Match[str], *, dotted: bool = False) -> bool:
    """Two words stand beside each other, or with "de" between them; behind an initial or "St" also with a full stop."""
    between = text[one.end() : other.start()]
    if between in (" ", "\u00a0", "-") or (dotted and between in (". ", ".", ".\u00a0")):
        return True
    if len(between) > 12 or not between.strip() or not between[:1] == " " == between[-1:]:
        return False
    return set(between.split()) <= _WITHIN_NAMES


def _word_before(text: str, start: int) -> str:
    """The word right before a place, in small letters; empty where a sign stands between."""
    back = text[max(0, start - 24) : start].rstrip(" \u00a0\n")
    return back.rpartition(" ")[2].lower() if back[-1:].isalpha() else ""


def _opens(text: str, start: int) -> bool:
    """A sentence, a line or what somebody says begins there: the capital tells nothing."""
    back = text[max(0, start - _LOOK_BACK) : start]
    bare = back.rstrip(_QUOTES)
    if any(sign in _OPENING_QUOTES for sign in back[len(bare) :]):
        return True
    if back.endswith("'") and back[-2:-1] in ("", " ", "\u00a0"):  # what opens is no apostrophe
        return True
    line = bare.rstrip(" \u00a0")
    if not line:
        return start <= _LOOK_BACK or not text[: start - _LOOK_BACK].strip()
    if line[-1] in _ENDS or line[-2:] in ("--", " -", "-"):
        return True
    return line[-1] in "\"'\u201d\u2019\u00bb)" and line[-2:-1] in tuple(_ENDS)


def _is_heading(text: str, words: int, capitals: int) -> bool:
    stripped = text.strip()
    if stripped.startswith("#"):
        return True
    if words > _HEADING_WORDS or stripped[-1:] in ".!?\u2026,;:\"\u201d'\u2019\u00bb)":
        return False
    return words > 1 and capitals >= _SHARE_OF_CAPITALS * words


def _has_title(form: str) -> bool:
    return form.partition(" ")[0].rstrip(".") in _TITLES


def _bearer(each: Spotted) -> str:
    """Which of the bearers of one surname a title tells: "he", "she" or "miss"."""
    if each.title != "she":
        return "he"
    return "miss" if each.titled.partition(" ")[0] in _MAIDENS else "she"


def _bearers(spotted: Sequence[tuple[str, Spotted]]) -> dict[str, tuple[str, ...]]:
    """The names that go with a title, and whose they are.

    Either several people have one, as Mr and Mrs Bennet and Miss Bennet, or its bearer is called so as a rule.

    Args:
        spotted: all that are named, without their titles, and as they stand.

    Returns:
        by the name, what `_bearer` says of them; the one who is meant where it stands without a title comes first.
    """
    titles: dict[str, Counter[str]] = {}
    doubtful: dict[str, Counter[str]] = {}  # what is said of whoever has no title, or one that a woman may have, too
    first: set[str] = set()
    last: set[str] = set()
    for name, each in spotted:
        if " " in name:
            first.add(name.partition(" ")[0])
            last.add(name.rpartition(" ")[2])
        is_full = " " in name and name[0].isupper()  # and no "de Worms"
        if each.title and not is_full:
            titles.setdefault(name, Counter())[_bearer(each)] += 1
        if each.title in ("", "?"):
            doubtful.setdefault(name, Counter()).update(
                he=each.he, she=each.she, titled=each.title == "?", alone=not each.title
            )
    found: dict[str, tuple[str, ...]] = {}
    for name, counts in titles.items():
        said = doubtful.get(name, Counter())
        is_his = said["he"] >= _OWN * max(2, said["she"] / 2)
        several = [bearer for bearer, count in counts.most_common() if count >= _SHARED]
        if len(several) > 1 and "he" in several and counts["he"] - said["titled"] < _SHARED and not is_his:
            several.remove("he")  # a doctor of whom nobody says "he" may be the Miss
        is_first_name = told_by(name) == "she" or (name in first - last and "he" not in several)
        if len(several) > 1 and is_first_name:
            continue  # Miss Emily is Princess Emily
        if "he" in several or (is_his and not is_first_name):
            several = ["he", *(bearer for bearer in several if bearer != "he")]
        if len(several) > 1 or (several and counts[several[0]] >= said["alone"]):
            found[name] = tuple(several)
    return found


def _owners(tallies: dict[str, _Tally], one_of: Mapping[str, str], his: Collection[str]) -> dict[str, str]:
    """To which name each form belongs.

    Args:
        tallies: of each form.
        his: surnames of several people that are a man's where they stand alone.
        one_of: of forms with a title, whose they are: the name alone for the one who is mostly meant by it.
    """
    folded: dict[str, _Tally] = {}
    most: dict[str, str] = {}  # the title that each bearer mostly has, with the surname
    for form, tally in tallies.items():
        whose = one_of.get(form, form)
        folded.setdefault(whose, _Tally(first=tally.first)).add(tally)
        if form in one_of and (whose not in most or tallies[most[whose]].count < tally.count):
            most[whose] = form
    owners = _whole_names(folded, his)
    whole = {form: owners[one_of.get(form, form)] for form in tallies}
    return {form: most.get(owner, owner) for form, owner in whole.items()}


def _whole_names(tallies: dict[str, _Tally], his: Collection[str]) -> dict[str, str]:
    """To which name each form belongs: "Carter" to "Randolph Carter", where no other Carter is named as often.

    Args:
        tallies: of each form.
        his: see `_owners`.
    """
    people = {
        form: form.split(" ")
        for form, tally in tallies.items()
        if _APART not in form and _kind(form, tally) == "person"
    }
    joined = _joined_by_mistake(tallies)
    longer: dict[str, list[str]] = {}  # by their first and their last words
    for form, words in people.items():
        if len(words) > 1 and form not in joined and words[0].rstrip(".") not in _SAINTS:
            for word in {words[0], words[-1]}:
                longer.setdefault(word, []).append(form)
    owners = {form: form for form in tallies}
    for form in sorted(people, key=lambda form: (-len(people[form]), form)):
        counts: Counter[str] = Counter()
        for other in dict.fromkeys(longer.get(people[form][0], []) + longer.get(people[form][-1], [])):
            if len(people[other]) <= len(people[form]) or not _is_within(people[form], people[other]):
                continue
            owner = owners[other]
            told = _told_of(owner, tallies)
            if not (_is_somebody_else(tallies[form], told) or (told == "she" and form in his)):
                counts[owner] += tallies[other].count
        ranked = counts.most_common()
        if not ranked:
            continue
        best = ranked[0][0]
        if len(ranked) == 1 or (ranked[0][1] >= _FAR_MORE * ranked[1][1] and form not in his):
            owners[form] = best
        elif tallies[form].count >= _RATHER * counts.total() and all(other.startswith(f"{form} ") for other in counts):
            # Somebody who is hardly ever named in full, and whose surname changed.
            owners[form] = best
            owners.update({each: best for each, owner in owners.items() if owner in counts})
    for form, part in joined.items():
        owners[form] = owners[part]
    for form in tallies:
        bearer, parted, surname = form.partition(_APART)
        if parted and bearer == "miss":
            girls = {owners[full] for full in longer.get(surname, ()) if full.endswith(f" {surname}")}
            girls = {full for full in girls if _told_of(full, tallies) == "she"}
            if len(girls) == 1:  # of sisters, nobody knows which
                owners[form] = girls.pop()
    return owners


def _joined_by_mistake(tallies: Mapping[str, _Tally]) -> dict[str, str]:
    """What looks like a name because a sign was left out, and the name in it that counts: "the Hall Molly returned".

    Such a form stands once or twice. Either one of its words comes twice, or what is before its last word and that word
    are often named alone, and the last one is a first name: other names begin with it, and none ends.
    """
    several = {form: form.split(" ") for form in tallies if " " in form}
    begin: Counter[str] = Counter()  # how often people are named by each first name and surname
    end: Counter[str] = Counter()
    for form, words in several.items():
        end[words[-1]] += tallies[form].count
        if _kind(form, tallies[form]) == "person":
            begin[words[0]] += tallies[form].count
    found: dict[str, str] = {}
    for form, words in several.items():
        count = tallies[form].count
        if count > _SELDOM:
            continue
        last = words[-1]
        parts = (" ".join(words[:-1]), last)
        are_known = all(each in tallies and tallies[each].count >= _RATHER * count for each in parts)
        is_first_name = end[last] == count and (begin[last] > _SELDOM or bool(told_by(last)))
        if len(set(words)) == len(words) and not (are_known and is_first_name):
            continue
        within = [
            part
            for low in range(len(words))
            for high in range(low + 1, len(words) + 1)
            if high - low < len(words) and (part := " ".join(words[low:high])) in tallies
        ]
        if within:
            found[form] = max(within, key=lambda part: (part.count(" "), tallies[part].count))
    return {form: part for form, part in found.items() if part not in found}


def _is_somebody_else(tally: _Tally, pronoun: str) -> bool:
    """Tells whether titles say that a form is not, or not only, of whoever has that pronoun: "Mr Beebe", his niece."""
    other = {"she": "he", "he": "she"}.get(pronoun, "")
    return tally.titles[other] > _SOMEBODY_ELSE * tally.count


def _is_within(words: list[str], others: list[str]) -> bool:
    """`words` stand among `others` in their order."""
    rest = iter(others)
    return all(word in rest for word in words)


def _found(tallies: dict[str, _Tally], owners: dict[str, str]) -> Iterator[FoundName]:
    forms: dict[str, list[str]] = {}
    for form, owner in owners.items():
        forms.setdefault(owner, []).append(form)
    everyone = _Pronouns(sum(each.he for each in tallies.values()), sum(each.she for each in tallies.values()))
    surnames = {form.rpartition(" ")[2] for form, tally in tallies.items() if _kind(form, tally) == "person"}
    for owner, own in forms.items():
        own.sort(key=lambda form: (-tallies[form].count, form))
        whole = _Tally(first=tallies[owner].first)
        for form in own:
            whole.add(tallies[form])
        is_family = _is_family(owner, whole, surnames)
        kind = "person" if is_family else _kind(owner, whole)
        others = _Pronouns(everyone.he - whole.he, everyone.she - whole.she)
        pronoun = "they" if is_family else _pronoun(owner, whole, others) if kind == "person" else ""
        yield FoundName(_full_name(owner, own, tallies), own[0], tuple(own), kind, pronoun, whole.count, whole.first)


def _full_name(owner: str, own: Sequence[str], tallies: Mapping[str, _Tally]) -> str:
    """The fullest form; one that stands once only where its bearer is seldom named, or its first name is known.

    Args:
        owner: the fullest form.
        own: all forms, the most used first.
        tallies: of each form.
    """
    if tallies[owner].count > 1 or sum(tallies[form].count for form in own) < _OFTEN:
        return owner
    full = [form for form in own if " " in form and tallies[form].count > 1 and not _has_title(form)]
    if full:
        return max(full, key=lambda form: (form.count(" "), tallies[form].count))
    return owner if told_by(owner) else own[0]


def _is_family(form: str, tally: _Tally, surnames: Collection[str]) -> bool:
    """The Wilcoxes, where a Wilcox is named as well."""
    singular = {form[:-1], form[:-2]} if form.endswith("es") else {form[:-1]} if form.endswith("s") else set()
    return not singular.isdisjoint(surnames) and tally.articles >= _FAMILY * tally.sure > 0


def _kind(form: str, tally: _Tally) -> str:
    words = form.split(" ")
    if tally.titles.total() > _TITLED * tally.count:
        return "person"
    if len(words) > 1 and words[-1] in _PLACE_WORDS and not told_by(form):
        return "place"
    if len(words) > 1 and words[-1] in NUMBERS and not told_by(form):  # "Number Fourteen" is nobody
        return "place" if tally.at > 0 else "thing"
    if tally.at >= _PLACED * tally.sure and tally.at > max(_LEAST_PLACED, tally.acts):
        return "place"
    is_thing = tally.articles >= 0.5 * tally.sure and tally.articles > 0 and tally.acts < 0.2 * tally.count
    return "thing" if is_thing else "person"


def _told_of(name: str, tallies: Mapping[str, _Tally]) -> str:
    """The pronoun of a full name, by its first name, its titles, or what follows the first name alone."""
    told = told_by(name) or _told_by_titles(tallies[name])
    alone = tallies.get(name.partition(" ")[0])
    if told or alone is None:
        return told
    if alone.she >= max(_TOLD * _OWN, 2 * alone.he):
        return "she"
    return "he" if alone.he >= max(_TOLD * _OWN, 2 * alone.she) else ""


def _told_by_titles(tally: _Tally) -> str:
    """The pronoun that most titles before a name tell; empty where they do not agree."""
    she = tally.titles["she"]
    he = tally.titles["he"]
    if she and she >= _TOLD * (he + tally.titles["?"]):
        return "she"
    return "he" if he and he >= _TOLD * she else ""


def _pronoun(name: str, tally: _Tally, others: _Pronouns) -> str:
    """The pronoun of a name; empty where neither a title, nor a first name, nor what stands around it tells.

    A first name may be a surname, or somebody's who goes by another pronoun: where many pronouns around it say so, they
    tell.

    Some of the pronouns behind a name are somebody else's. Where a draft is full of men, many a "he" stands behind a
    woman too, and a "she" tells the more: where there are many, each counts by the logarithm of its odds, if half of
    them are the name's own and the others as frequent as behind the other names.
    """
    first = told_by(name)
    told = _told_by_titles(tally)
    share = _SOMEBODY_ELSE if first not in ("", told) else _TITLED
    if told and tally.titles[told] > share * tally.count:
        return told
    first = first or told
    he: float = tally.he
    she: float = tally.she
    are_many = he + she >= _MANY
    if first and not are_many:
        return first
    times = 3
    if are_many:
        he *= log(1 + 1 / others.share_of_he)
        she *= log(1 + 1 / (1 - others.share_of_he))
        times = 3 if first else 2
    if max(he, she) < max(2, times * min(he, she)):
        return first
    return "he" if he > she else "she"
