"""Other orders of an English sentence's parts, by rule: where something is comes first or last, deed hangs on deed.

Each rule asks for a sentence of one clause whose parts it can tell apart by their words; where something may belong
elsewhere than the rule would have it ("He saw the man in the grey coat"), there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from pandemonium.text.function_words import AUXILIARIES, FUNCTION_WORDS
from pandemonium.writing.rewriting.grammar import (
    NOUN,
    PART,
    PLACE,
    PLACED,
    PRONOUN,
    SUBJECTS,
    lowered,
    may_be_past,
    may_stand_within,
    present_participle,
    raised,
    with_article,
)

_HANGS = re.compile(
    r"\b(?:after|and|as|because|before|but|for|how|if|lest|or|order|than|that|till|to|until|what|when|where|whether|which|"
    r"while|who|whom|whose|why|of [a-z]+ing)\b"
)
_SOME = r"(?:an?|no|some|two|three|four|many|several|only an?|always an?|another|nothing|something)"
_IS = "(?P<verb>was|were|is|are|had been|stood|lay|hung)"
_THERE = re.compile(rf"^There {_IS} (?P<what>{_SOME} {PART}?) (?P<where>{PLACE})$")
_THERE_BEHIND = re.compile(rf"^(?P<where>{PLACE}),? there {_IS} (?P<what>{_SOME} {PART})$", re.IGNORECASE)
_FEW_THERE = 5  # words of what is there, so that nobody takes the place for a part of it
_NOWHERE = re.compile(r"^(?:no (?:doubt|end|help|need|question|time|use)|nothing|an? (?:knock|ring|tap))\b")
_STANDS = re.compile(
    rf"^(?P<who>(?:An?|Two|Three|Four|Some|Several|Many) {PART}?) (?P<verb>stood|sat|lay|hung) (?P<where>{PLACE})$"
)
_COMES = re.compile(
    rf"^(?P<who>(?:An?|Two|Three|Four|Some|Several|Many) (?:[a-z]+ )?[a-z]+) (?P<verb>blew|came|rose|hung) "
    rf"(?P<where>from {NOUN} (?:[a-z]+ )?[a-z]+)$"
)
_SUBJECT = rf"(?:I|He|She|We|They|Someone|Somebody|Nobody|No one|{NOUN} [a-z]+|[A-Z][a-z]+)"
_FOUND = (
    "(?:buried|could (?:find|hear|see)|discovered|found|had (?:buried|found|heard|hidden|kept|met|seen)|heard|hid|kept|"
    "met|saw)"
)
_FOUND_THERE = re.compile(rf"^(?P<main>{_SUBJECT} {_FOUND} {PART}?) (?P<where>{PLACE}|from {PLACED})$", re.IGNORECASE)
_STIRS = re.compile(
    rf"^(?P<main>(?:Something|Someone|Somebody) (?:breathed|coughed|laughed|moved|rustled|sighed|stirred|whispered)"
    rf"(?: {PART}?)?) (?P<where>{PLACE})$"
)
_NO_PLACE = re.compile(  # what somebody has on, or how, is no place where it happens
    r"\b(?:apron|bonnet|cap|cloak|clothes|coat|dress|glasses|gloves|gown|hat|hood|mask|robe|shawl|shirt|shoes|suit|"
    r"uniform|veil|voice|way|manner|hope|end|fact|name|case|contrary|whole|moment|meantime|time|present|least|last|first)\b"
)
# Nor is what belongs to a person where somebody finds anything, nor a clause something that is found.
_NOT_FOUND = re.compile(
    rf"\b(?:about|ago|arms?|breast|eyes?|face|hands?|head|heart|knees?|lap|mind|mouth|shoulders?|there|{PRONOUN})\b|"
    r"\b(?:among|by|from|in|into|of|on|out|to|with)$",
    re.IGNORECASE,
)
_AS_END = re.compile(
    rf"^(?P<main>{PART}) (?P<sub>as (?:(?:{PRONOUN})|{NOUN} [a-z]+) (?P<verb>[a-z]+)(?: {PART})?)$", re.IGNORECASE
)
_AS_START = re.compile(
    rf"^(?P<sub>As (?:(?:{PRONOUN})|{NOUN} [a-z]+) (?P<verb>[a-z]+)(?: {PART})?), (?P<main>{PART})$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:almost|as|but|even|exactly|far|just|long|much|not|quite|same|so|soon|such|well)\b", re.IGNORECASE
)
_GOES_ON = re.compile(rf" \S+ \S+.* (?:{PRONOUN}) [a-z]", re.IGNORECASE)  # another clause begins in it
_LEADS = AUXILIARIES | frozenset("now perhaps so still then therefore thus yet".split())
_NO_TIME = frozenset(  # "as I found it" tells how, and not when
    (
        "appeared expected found happened knew left liked pleased promised said saw seemed thought told understood "
        "used wanted wished"
    ).split()
)
_GOES_TO = re.compile(
    rf"^(?P<main>(?:He|She|We|They|I|{NOUN} [a-z]+) "
    r"(?:climbed|crossed|drove|hastened|hurried|knelt|ran|returned|rode|stooped|stopped|travelled|walked) "
    r"[^,;:\"]*?[a-z]+) to (?P<aim>(?:ask|bring|bury|buy|call|catch|close|drink|fetch|find|get|greet|hear|help|join|"
    rf"light|look|meet|open|pray|rest|save|search|see|seek|sell|shut|speak|take|tell|visit|warn|wash|watch) {PART})$",
    re.IGNORECASE,
)
_NO_AIM = frozenset("able about chance enough late on out ready reason right time up used way".split())
_SO = re.compile(
    rf"^(?P<main>{PART} so) (?P<how>[a-z]+) that (?P<what>(?:(?:{PRONOUN})|nobody|no one|{NOUN} [a-z]+) {PART})$",
    re.IGNORECASE,
)
_FEW = 8  # words before "so"
_BEGINS_SO = re.compile(r"^(?:I|He|She|It|We|They)\b")
_NEVER = re.compile(r"^(?P<who>I|He|She|It|We|They) (?P<helps>had|have|has) never (?P<rest>.+)$")
_TWO_DEEDS = re.compile(
    rf"^(?P<who>I|He|She|It|We|They|{NOUN} (?:old |young |little |poor )?(?P<noun>[a-z]+)|[A-Z][a-z]+) "
    rf"(?P<deed>[a-z]+)(?P<first> {PART}?)?,? and (?:then )?(?P<second>(?P<other>did not|[a-z]+)(?: {PART})?)$",
    re.IGNORECASE,
)
_ALONE = frozenset(  # deeds that hang on another by a word of their own
    "bent blushed bowed frowned knelt laughed nodded paused rose shrugged sighed smiled stooped stopped turned "
    "wept".split()
)
_STATES = frozenset(  # what is so all the time is no deed that another hangs on
    (
        "became believed belonged considered contained determined died doubted expected feared felt grew hated heard "
        "hoped intended kept knew lacked liked lived looked loved married meant needed owned preferred remained "
        "remembered resembled resolved said seemed stayed thought trusted understood used wanted was were wished "
        "wondered"
    ).split()
)
_FOLLOWS = "and|was|were|had|is|has|in|on|at|from|as|when|that"
_BEHIND = rf"(?= and (?!{NOUN}\b)|[.,;!?]|$)"
_PARTED = re.compile(
    rf"\b(?P<verb>blew|cut|drew|folded|gave|handed|held|laid|lifted|picked|pulled|put|set|shut|threw|took|tore) "
    rf"(?P<how>aside|away|back|down|off|open|out|over|up) "
    rf"(?P<what>{NOUN} (?:(?:old|little|heavy|black|white|long|torn|wet|small|great) )?[a-z]+){_BEHIND}"
)
_TOGETHER = re.compile(
    rf"\b(?P<verb>blew|cut|drew|folded|gave|handed|held|laid|lifted|picked|pulled|put|set|threw|took|tore) "
    rf"(?P<what>{NOUN} (?:(?:old|little|heavy|black|white|long|torn|wet|small|great) )?[a-z]+) "
    rf"(?P<how>aside|away|back|down|off|out|up){_BEHIND}"
)
# Of these one comes first; of the others two say something together only, as "high and dry" does.
_NO_PAIR = FUNCTION_WORDS | frozenset(
    "more less first second third last then good great fine nice one two three four five six seven eight nine ten old "
    "such same other".split()
)
_SAID_TOGETHER = frozenset(
    "black bread butter cold down dry far free high hot long near safe sick sound tear up wear well white wide".split()
)
_BEFORE_PAIR = frozenset("a an the his her its their my our your this that these those some any no".split())
_BEFORE_NOUNS = frozenset("of with by from among between in through over upon on for without".split())
_ALIKE = r"[a-z]+(?:-[a-z]+)?"


def _pair(alike: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w,'\u2019-])(?P<before>[a-z]+) (?P<pair>(?P<first>{alike}) (?P<join>and|or) (?P<second>{alike}))"
        r"(?= (?P<behind>[a-z]+)\b|[.,;:!?]|$)"
    )


_PAIR = _pair(_ALIKE)
_PAIR_OF_TWO = _pair(f"{_ALIKE} {_ALIKE}")
_PERSON = (
    "(?:beast|boy|brother|captain|chief|child|creature|daughter|devil|doctor|father|friend|girl|king|lady|lord|man|master|"
    "mistress|mother|neighbour|old man|old woman|priest|prince|princess|queen|servant|sister|son|stranger|traveller|"
    "uncle|wife|witch|woman|ancestors|brothers|children|companions|fathers|forefathers|friends|men|sailors|"
    "sisters|villagers|women)"
)
_OWNED = (
    "(?:anger|answer|arm|arms|body|books?|chamber|command|coming|cottage|cries|cry|death|departure|eyes|face|fate|fear|fingers|"
    "footsteps|gaze|grave|grief|hair|hand|hands|head|heart|house|laugh|laughter|letter|lips|love|mind|name|palace|presence|"
    "return|room|shadow|shoulder|skull|smile|soul|spirit|story|tale|tears|tombs?|voice|voices|"
    "will|words?|wrath|writings)"
)
_OWNER = re.compile(
    rf"(?P<whole>(?P<who>(?:{NOUN} {_PERSON}|men|women|children|[A-Z][a-z]+))(?:'|\u2019)s "
    rf"(?P<what>(?:[a-z]+ )?{_OWNED}))"
    r"(?![\w'\u2019-])(?= (?P<behind>[a-z]+)|)"
)
_NAMED = re.compile(r"(?:^|[^\w])[A-Z][\w.'-]* $")
_OF_OWNER = re.compile(
    rf"(?P<whole>the (?P<what>(?:[a-z]+ )?{_OWNED}) of (?P<who>(?:the|his|her|my|our|their) {_PERSON}))"
    rf"(?= (?:{_FOLLOWS}) |[.,;!?])"
)
_WAYS: dict[str, str] = {
    "blew": "out",
    "cut": "down off",
    "drew": "aside back",
    "folded": "up",
    "gave": "back up",
    "handed": "back over",
    "held": "out up",
    "laid": "aside down",
    "lifted": "up",
    "picked": "up",
    "pulled": "down off",
    "put": "aside away back down",
    "set": "aside down",
    "shut": "up",
    "threw": "aside away down off",
    "took": "away down off out up",
    "tore": "down off open up",
}


def reordered(body: str, names: Collection[str]) -> Iterator[str]:
    """The sentence with its parts in another order.

    Args:
        body: of it, without the sign at its end.
        names: words that keep their capital within a sentence.
    """
    for rule in (_there, _place_first, _while, _aim_first, _so_that, _never, _hanging):
        yield from rule(body, names)
    yield from particle_moved(body)


def _there(body: str, _: Collection[str]) -> Iterator[str]:
    """ "There was a well behind the chapel", and the other way round."""
    found = _THERE.match(body)
    if found is not None and not _HANGS.search(found["what"]) and not _NOWHERE.match(found["what"]):
        yield f"{raised(found['where'])} there {found['verb']} {found['what']}"
    found = _THERE_BEHIND.match(body)
    if found is None or _HANGS.search(found["what"]) or _NO_PLACE.search(found["where"]):
        return
    if len(found["what"].split()) <= _FEW_THERE:
        yield f"There {found['verb']} {found['what']} {lowered(found['where'])}"


def _place_first(body: str, names: Collection[str]) -> Iterator[str]:
    """ "At the corner stood a woman", "Under the bench I found the glove"."""
    for pattern in (_STANDS, _COMES):
        found = pattern.match(body)
        if found is None or _HANGS.search(found["who"]) or _NO_PLACE.search(found["where"]):
            continue
        if found["who"].split()[-1] not in AUXILIARIES:
            yield f"{raised(found['where'])} {found['verb']} {lowered(found['who'])}"
    found = _FOUND_THERE.match(body) or _STIRS.match(body)
    if found is None or _HANGS.search(found["main"]) or _NO_PLACE.search(found["where"]):
        return
    if found["where"].startswith("from") and not re.search(r"\b(?:hear|heard|saw|see|watched)\b", found["main"]):
        return
    if _NOT_FOUND.search(found["main"].partition(" ")[2]) or _NOT_FOUND.search(found["where"]):
        return
    if len(found["main"].split()) > 2 and may_stand_within(found["main"], names):
        yield f"{raised(found['where'])} {lowered(found['main'])}"


def _while(body: str, names: Collection[str]) -> Iterator[str]:
    """ "As the coffin passed, the crowd grew silent", and the other way round."""
    for pattern in (_AS_END, _AS_START):
        found = pattern.match(body)
        if found is None or not _is_time(found["verb"]) or _GOES_ON.search(found["sub"]):
            continue
        main = found["main"]
        words = main.lower().split()
        is_clause = any(map(may_be_past, words[1:])) and words[0] not in _LEADS
        if not is_clause or _COMPARED.search(main) or _HANGS.search(main) or not may_stand_within(main, names):
            continue
        if pattern is _AS_END:
            yield f"{raised(found['sub'])}, {lowered(main)}"
        elif words[0] not in SUBJECTS or found["sub"].split()[1].lower() in SUBJECTS:
            yield f"{raised(main)} {lowered(found['sub'])}"


def _is_time(verb: str) -> bool:
    return may_be_past(verb) and verb not in _NO_TIME and verb not in AUXILIARIES


def _aim_first(body: str, names: Collection[str]) -> Iterator[str]:
    """ "To meet the carriage, the children ran down the hill"."""
    found = _GOES_TO.match(body)
    if found is None or _HANGS.search(found["main"]) or found["main"].split()[-1] in _NO_AIM:
        return
    if may_stand_within(found["main"], names):
        yield f"To {found['aim']}, {lowered(found['main'])}"


def _so_that(body: str, _: Collection[str]) -> Iterator[str]:
    """ "I could hardly hear her, she spoke so softly"; or without "that"."""
    found = _SO.match(body)
    if found is None or _HANGS.search(found["what"]):
        return
    is_short = len(found["main"].split()) <= _FEW
    if is_short and found["what"].split()[0].lower() in SUBJECTS:
        yield f"{found['main']} {found['how']} {found['what']}"
    if (
        is_short
        and found["how"] not in ("much", "many", "little", "long", "far")
        and _BEGINS_SO.match(found["main"])
        and not _HANGS.search(found["main"])
    ):
        yield f"{raised(found['what'])}, {lowered(found['main'])} {found['how']}"


def _never(body: str, _: Collection[str]) -> Iterator[str]:
    """ "Never had she seen the sea so calm"."""
    found = _NEVER.match(body)
    if found is not None and "never" not in found["rest"].split():
        yield f"Never {found['helps']} {lowered(found['who'])} {found['rest']}"


def _hanging(body: str, names: Collection[str]) -> Iterator[str]:
    """ "Turning the page, he began to read": two deeds of one person."""
    found = _TWO_DEEDS.match(body)
    if found is None or _HANGS.search(found["first"] or "") or (found["noun"] and may_be_past(found["noun"])):
        return
    deed = found["deed"]
    first = found["first"] or ""
    hanging = "" if deed in AUXILIARIES or deed in _STATES else present_participle(deed)
    other = found["other"]
    is_deed = other == "did not" or (may_be_past(other) and other not in AUXILIARIES)
    is_enough = len(first.split()) > 1 or (not first and deed in _ALONE)
    if hanging and is_deed and is_enough and may_stand_within(body, names):
        yield f"{raised(hanging)}{first}, {lowered(found['who'])} {found['second']}"


def particle_moved(body: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """ "She put the letter down", "She put down the letter", where it stands between two places of the body."""
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_PARTED, lambda found: f"{found['verb']} {found['what']} {found['how']}"),
        (_TOGETHER, lambda found: f"{found['verb']} {found['how']} {found['what']}"),
    )
    for pattern, put in ways:
        found = next((each for each in pattern.finditer(body) if is_between(each.span(), start, end)), None)
        if found is None or found["how"] not in _WAYS[found["verb"]].split():
            continue
        if pattern is _TOGETHER or (found["verb"], found["how"]) != ("took", "up"):  # "took up his tale"
            yield f"{body[: found.start()]}{put(found)}{body[found.end() :]}"


def pair_turned(body: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """ "Weary and long" for "long and weary", "the chisel and hammer": two alike, between two places of the body."""
    for found in (*_PAIR.finditer(body), *_PAIR_OF_TWO.finditer(body)):
        first = found["first"]
        second = found["second"]
        if is_between(found.span("pair"), start, end) and _is_pair(found):
            before = with_article(body[: found.start("pair")], second)
            yield f"{before}{second} {found['join']} {first}{body[found.end('pair') :]}"


def _is_pair(found: re.Match[str]) -> bool:
    """Two things, or two adjectives before one: nothing else belongs to one of them only."""
    first = found["first"].split()
    second = found["second"].split()
    words = {*first, *second}
    if (
        words & _NO_PAIR
        or words <= _SAID_TOGETHER
        or len(words) < len(first) + len(second)
        or any(map(may_be_past, words))
    ):
        return False
    if any(word.endswith(("ly", "ing")) for word in words):
        return False
    is_end = not found["behind"] or found["behind"] in FUNCTION_WORDS
    if not is_end:
        return len(words) == 2 and found["before"] in _BEFORE_PAIR  # "a long and weary road"
    several = first[-1].endswith("s"), second[-1].endswith("s")
    return several[0] == several[1] and (found["before"] in _BEFORE_PAIR or found["before"] in _BEFORE_NOUNS)


def owner_turned(body: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """ "The voice of the king" for "the king's voice", and the other way round, between two places of the body."""
    for found in _OWNER.finditer(body):
        behind = found["behind"]
        is_whole = not _NAMED.search(body[: found.start("whole")]) and (not behind or behind in FUNCTION_WORDS)
        if is_whole and is_between(found.span("whole"), start, end):
            yield f"{body[: found.start('whole')]}the {found['what']} of {found['who']}{body[found.end('whole') :]}"
    for found in _OF_OWNER.finditer(body):
        if is_between(found.span("whole"), start, end):
            own = f"{found['who']}'" if found["who"].endswith("s") else f"{found['who']}'s"
            yield f"{body[: found.start('whole')]}{own} {found['what']}{body[found.end('whole') :]}"


def is_between(span: tuple[int, int], start: int, end: int | None) -> bool:
    """A span lies between two places; no second one is the end of all."""
    return span[0] >= start and (end is None or span[1] <= end)
