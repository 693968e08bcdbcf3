"""Other wordings of an English sentence by rule: a part moved to its other end, joined otherwise, a word for another.

A voice of this size says little otherwise without saying something else. What is made here leaves what is said as it is
and a sound sentence sound, as far as words alone can tell; which of it reads best in its place is the voice's to judge
(`rewriting`). Of another language nothing is found, since none of the words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pandemonium.text.first_names import told_by
from pandemonium.text.function_words import AUXILIARIES, OTHER_SMALL_WORDS, PREPOSITIONS, PRONOUNS

_MOST = 24
_MOST_SAYING = 5  # words of who says something
_MOST_TOGETHER = 3  # other words in one wording
_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)]*$")
_JOINS = "when|while|after|before|until|because|although|though|as soon as|whenever"
_PRONOUN = "he|she|it|they|we|you|i"
_BEGINS_CLAUSE = rf"(?:{_PRONOUN}|nobody|no one|somebody|someone|everybody|everyone|there)"
_NOUN = r"(?:the|a|an|his|her|its|their|my|our|your|this|that|these|those)"
_TIMES = (
    "morning|mornings|evening|evenings|night|nights|noon|midnight|day|days|week|weeks|month|months|year|years|hour|hours|"
    "minutes|spring|summer|autumn|winter|dawn|dusk|january|february|march|april|may|june|july|august|september|october|"
    "november|december|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|afternoons?|time|while"
)
# A clause behind it may be what is asked or known, and no time.
_OF_TELLING = re.compile(
    r"\b(?:ask|tell|told|know|knew|known|wonder|remember|forget|forgot|see|saw|say|said|think|thought|that|who|which|what|if|"
    r"than|whether)\w*\b"
)
_MOVED_END = re.compile(rf"^(?P<main>[^,;:\"]+?),? (?P<sub>(?:{_JOINS}) [^,;:\"]+)$", re.IGNORECASE)
_MOVED_START = re.compile(
    rf"^(?P<sub>(?:{_JOINS}) [^,;:\"]+), (?P<main>(?!and |but |or |yet |so )[^,;:\"]+)$", re.IGNORECASE
)
_TIME_END = re.compile(
    rf"^(?P<main>[^,;:\"]+) (?P<sub>(?:in|on|at|during|for|all|every|that|this) (?:[^,;:\"]* )?(?:{_TIMES})"
    rf"(?: (?:of|past|to|after|before) [\w' ]+)?)$",
    re.IGNORECASE,
)
_TIME_START = re.compile(
    rf"^(?P<sub>(?:(?:in|on|at|during|for|every|that|this) (?:[\w']+ ){{0,3}}(?:{_TIMES})|tonight|today|yesterday)),? "
    rf"(?P<main>(?:{_BEGINS_CLAUSE}|{_NOUN}) [^,;:\"]+)$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"^(?P<main>[^,;:\"]+), (?P<sub>(?!nothing|something|anything|everything)[a-z]+ing [^,;:\"]+)$"
)
_PARTS = re.compile(r"[\w'\u2019-]+|[^\w\s]")
_ADVERB = re.compile(r"(?P<before>\w+) (?P<verb>[a-z]+ed) (?P<adverb>[a-z]{2,}ly)\b(?! [a-z]+ed\b)")
_CLAUSES = re.compile(
    rf"^(?P<first>[^;:\"]{{12,}}?), (?P<join>and|but) (?P<second>(?:yet )?(?:{_BEGINS_CLAUSE}) [^;:\"]{{8,}})$",
    re.IGNORECASE,
)
_CLAUSES_OF_NOUNS = re.compile(
    rf"^(?P<first>[^,;:\"]{{12,}}?), (?P<join>and|but) (?P<second>{_NOUN} [^,;:\"]{{12,}})$", re.IGNORECASE
)
_SAID = re.compile(r"^(?P<words>\"[^\"]+[,?!]\") said (?P<who>(?!(?:he|she|they|it|I|we|you)\b)[^,;:.\"]+)\.$")
_SAYING_TIME = re.compile(
    rf"^(?P<who>[^,;:\"]+?) (?P<time>(?:in|on|at|that) (?:[\w']+ ){{0,2}}(?:{_TIMES}))$", re.IGNORECASE
)
# Words for which others stand nearly everywhere, each with what takes its place.
_INSTEAD = (
    (r"nobody", "no one"),
    (r"no one", "nobody"),
    (r"everybody", "everyone"),
    (r"everyone", "everybody"),
    (r"somebody", "someone"),
    (r"someone", "somebody"),
    (r"anybody", "anyone"),
    (r"anyone", "anybody"),
    (r"began to", "started to"),
    (r"started to", "began to"),
    (r"could see", "saw"),
    (r"could hear", "heard"),
    (r"could feel", "felt"),
    (r"did not like", "disliked"),
    (r"(am|are|is|was|were) not(?= (?:afraid|certain|happy|sorry|sure|surprised|tired)\b)", r"\1 not at all"),
    (r"was afraid of", "feared"),
    (r"were afraid of", "feared"),
    (r"had always been afraid of", "had always feared"),
    (r"did not (?:seem|appear) to", "hardly seemed to"),
    (r"seemed(?= to )", "appeared"),
    (r"appeared(?= to )", "seemed"),
    (r"as though", "as if"),
    (r"as if", "as though"),
    (r"(?<!once )upon", "on"),
    (r"towards", "toward"),
    (r"toward", "towards"),
    (r"till", "until"),
    (r"almost", "nearly"),
    (r"nearly", "almost"),
    (r"perhaps", "maybe"),
    (r"(?<!all )at once", "immediately"),
    (r"immediately(?! (?:above|after|before|behind|below|beneath))", "at once"),
    (r"from time to time", "now and then"),
    (r"now and then", "from time to time"),
    (r"for a long time", "for a long while"),
    (r"for a long while", "for a long time"),
    (r"once more", "again"),
    (r"(?<!and )(?<!ever )(?<!once )(?<!over )(?<!then )again(?=[.,!?]|$)", "once more"),
    (r"without a word", "in silence"),
    (r"nothing but", "only"),
    (r"a quarter of an hour", "fifteen minutes"),
    (r"(?<=\w )perfectly well", "very well"),
    (r"(?<=\w )very well", "perfectly well"),
    (r"very small", "tiny"),
    (r"very large", "huge"),
    (r"very old", "ancient"),
    (r"very tired", "exhausted"),
    (r"quite still", "perfectly still"),
    (r"suddenly", "all at once"),
    (r"quickly", "rapidly"),
    (r"silent", "quiet"),
    (r"shouting", "crying out"),
    (r"answered(?=[.,!?;]|$)", "replied"),
    (r"replied(?! to)", "answered"),
    (r"closed(?= the (?:door|window|gate|book|lid)\b)", "shut"),
    (r"shut(?= the (?:door|window|gate|book|lid)\b)", "closed"),
    (r"smiled at (me|him|her|us|them|you)", r"gave \1 a smile"),
    (r"looked at (me|him|her|us|them|you)", r"gave \1 a look"),
    (r"looked(?= (?:tired|pale|old|ill|happy|sad|angry|frightened)\b)", "seemed"),
    (r"went up(?= the stairs)", "climbed"),
    (r"(was|were) closed", r"\1 shut"),
    (r"(was|were) shut", r"\1 closed"),
    (r"frightened", "scared"),
    (r"(?<!and )(?<!at )large", "big"),
    (r"huge", "enormous"),
    (r"in order to", "to"),
    (r"because(?! of)", "since"),
    (r"although", "though"),
    (r"(?<=, )though(?= \w)", "although"),
    (r"(?<!as a )(?<!on the )whole", "entire"),
    (r"beside(?! (?:\w+sel(?:f|ves)|the (?:mark|point)))", "next to"),
    (r"it was raining", "rain was falling"),
    (r"there was no wind", "no wind was blowing"),
)
_RULES = tuple((re.compile(rf"(?<![\w'-]){old}(?![\w'-])", re.IGNORECASE), new) for old, new in _INSTEAD)
_ARTICLE = re.compile(r"\b([Aa])n? $")
_VOWELS = frozenset("aeiou")
_SMALL = (
    PREPOSITIONS | PRONOUNS | AUXILIARIES | OTHER_SMALL_WORDS | frozenset("old poor little young everything".split())
)
# Words that may be put in without another meaning, and those of which one may stand for another.
_PUT_IN = frozenset("still already".split())
_MORE = frozenset("very rather most".split())
_NO_ADVERB_BEHIND = PREPOSITIONS | frozenset("the no every each some any such both more most".split())
_NO_ADVERBS = frozenset(
    "assembly belly bully butterfly comply deadly early elderly family friendly ghostly holly homely italy jelly july "
    "likely lively lonely lovely monthly only reply silly sickly stately supply unlikely weekly yearly".split()
)
_ALIKE = (
    frozenset("in within into inside".split()),
    frozenset("on upon".split()),
    frozenset("through across".split()),
    frozenset("to towards toward".split()),
    frozenset("by beside near".split()),
    frozenset("beneath below under underneath".split()),
    frozenset("over above across".split()),
    frozenset("said answered replied".split()),
    frozenset("man person fellow".split()),
)


def rephrase(sentence: str) -> list[str]:
    """Other wordings of a sentence, the ones that change its order first; none where no rule fits.

    Args:
        sentence: canonical, whole, without white space around it.
    """
    ending = _END.search(sentence)
    if ending is None or sentence.count('"') % 2:
        return []
    body = sentence[: ending.start()]
    end = ending[0]
    is_spoken = end.endswith('"')
    moved = [] if is_spoken else [f"{each}{end}" for each in _moved(body)]
    changed = list(_with_other_words(sentence))
    both = [other for each in moved for other in list(_with_other_words(each))[-1:]]
    found = dict.fromkeys([*_told(sentence), *moved, *both, *changed[::-1]])
    found.pop(sentence, None)
    return list(found)[:_MOST]


def is_sound_edit(sentence: str, edited: str) -> bool:
    """Tells whether a sentence in which one word was put in or replaced says the same.

    Args:
        sentence, edited: before and after.
    """
    before = _PARTS.findall(sentence.lower())
    after = _PARTS.findall(edited.lower())
    at = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    if at == len(before) or after[at + 1 :] not in (before[at:], before[at + 1 :]):
        return False
    word = after[at]
    if len(after) == len(before):
        return any({before[at], word} <= group for group in _ALIKE)
    if after[at - 1] in ("a", "an"):  # a quality of what follows
        return word in _MORE and at + 2 < len(after) and after[at + 2].isalpha() and after[at + 2] not in _SMALL
    if word == "quite":
        return after[at + 1 : at + 2] in (["a"], ["an"])
    is_adverb = word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS
    return at > 0 and ((is_adverb and after[at - 1] not in _NO_ADVERB_BEHIND) or word in _PUT_IN)


def _moved(body: str) -> Iterator[str]:
    """The sentence with its parts in another order, or joined otherwise; without its end."""
    for pattern in (_MOVED_END, _TIME_END, _PARTICIPLE):
        found = pattern.match(body)
        if found is not None and _may_move(found["main"], found["sub"]):
            comma = "" if pattern is _TIME_END else ","
            yield f"{_raised(found['sub'])}{comma} {_lowered(found['main'])}"
    for pattern in (_MOVED_START, _TIME_START):
        found = pattern.match(body)
        if found is not None and not _refers_back(found["sub"], found["main"]):
            yield f"{_raised(found['main'])} {found['sub'][0].lower()}{found['sub'][1:]}"
    found = _ADVERB.search(body)
    if found is not None and found["before"].lower() not in AUXILIARIES:
        yield f"{body[: found.start('verb')]}{found['adverb']} {found['verb']}{body[found.end() :]}"
    found = _CLAUSES.match(body) or _CLAUSES_OF_NOUNS.match(body)
    if found is not None and len(found["first"].split()) > 3:
        second = found["second"]
        if found["join"].lower() == "but":
            if "," not in found["first"] and _may_stand_within(found["first"]):
                yield f"Although {_lowered(found['first'])}, {second}"
            yield (
                f"{found['first']}; {second.removeprefix('yet ')}, however"
                if "," not in second
                else (f"{found['first']}. But {second}")
            )
        else:
            yield f"{found['first']}; {second.removeprefix('yet ')}"
            yield f"{found['first']}. {_raised(second)}"


def _told(sentence: str) -> Iterator[str]:
    """Whoever says something stands before "said", and when she does before all of it."""
    said = _SAID.match(sentence)
    if said is None:
        return
    words = said["words"]
    timed = _SAYING_TIME.match(said["who"])
    who = timed["who"] if timed is not None else said["who"]
    if len(who.split()) > _MOST_SAYING:
        return
    if timed is None:
        yield f"{words} {who} said."
        return
    yield f"{words} {who} said {timed['time']}."
    inner = words[1:-1]
    yield f'{_raised(timed["time"])} {who} said, "{inner[:-1] + "." if inner.endswith(",") else inner}"'


def _may_move(main: str, sub: str) -> bool:
    """The part belongs to all of what stands before it, and neither is too short to stand so."""
    words = main.split()
    is_long = len(words) > 1 and len(sub.split()) > 1
    return is_long and _may_stand_within(main) and not _OF_TELLING.search(main.lower())


def _refers_back(sub: str, main: str) -> bool:
    """What stands first names somebody for whom a pronoun stands in the other part."""
    first = main.split()[0].lower()
    subject = sub.split()[1].lower() if len(sub.split()) > 1 else ""
    speaks = first in ("i", "we", "you") or subject in _PRONOUN.split("|")
    return first in _PRONOUN.split("|") and not speaks and bool(re.match(rf"(?:{_JOINS})\b", sub, re.IGNORECASE))


def _with_other_words(sentence: str) -> Iterator[str]:
    """The sentence with other words for some of its own: each alone, and at last all of them."""
    whole = sentence
    count = 0
    for pattern, new in _RULES:
        found = pattern.search(sentence)
        if found is None:
            continue
        yield _replaced(found, new)
        also = pattern.search(whole)
        if also is not None and count < _MOST_TOGETHER:
            whole = _replaced(also, new)
            count += 1
    if count > 1:
        yield whole


def _replaced(found: re.Match[str], new: str) -> str:
    """The text with other words for those that were found, a capital and an article as they want them."""
    put_in = found.expand(new)
    before = found.string[: found.start()]
    article = _ARTICLE.search(before)
    if article is not None:
        before = f"{before[: article.end(1)]}{'n' if put_in[0] in _VOWELS else ''} "
    return f"{before}{_raised(put_in) if found[0][:1].isupper() else put_in}{found.string[found.end() :]}"


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _may_stand_within(text: str) -> bool:
    """What begins a sentence is known to be a name, or to be none."""
    first = text.split(" ")[0]
    return first.lower() in _SMALL or bool(told_by(first))


def _lowered(text: str) -> str:
    """Without the capital of a sentence's first word, unless that is a name."""
    first = text.split(" ")[0]
    return text[:1].lower() + text[1:] if first.lower() in _SMALL and first != "I" else text
