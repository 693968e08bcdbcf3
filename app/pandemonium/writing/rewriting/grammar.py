"""What rules about English sentences know of words: pasts and participles, nouns, places, what keeps its capital."""

from __future__ import annotations

import re
from collections.abc import Collection

from pandemonium.text.first_names import told_by
from pandemonium.text.function_words import AUXILIARIES, FUNCTION_WORDS

PRONOUN = "he|she|it|they|we|you|i"
SUBJECTS = frozenset(PRONOUN.split("|"))
NOUN = r"(?:the|a|an|his|her|its|their|my|our|your|this|that|these|those)"
PART = r'[^,;:"\u2014()]+'  # what stands between two signs
_QUALITY = (
    "(?:back|black|broad|cold|dark|deep|distant|eastern|far|farther|first|front|golden|great|green|grey|high|inner|iron|"
    "last|left|little|long|low|lower|main|narrow|next|northern|old|open|opposite|other|outer|red|right|second|short|"
    "silver|small|southern|stone|tall|third|top|upper|warm|western|white|whole|wide|wooden|young)"
)
PLACED = rf"{NOUN} (?:{_QUALITY} )?[a-z-]+(?: of (?:{NOUN} )?(?:{_QUALITY} )?[a-z-]+)?"
"""What something is at or in, with all that belongs to it and no more."""
PLACE = (
    "(?:at|in|on|under|behind|before|beside|above|below|beneath|near|within|inside|outside|between|among|against) "
    f"{PLACED}"
)
"""Where something is."""
TITLES = frozenset("Mr Mrs Miss Lady Lord Sir Dr Doctor Captain Colonel Professor Madame Monsieur".split())
SMALL_WORDS = FUNCTION_WORDS | frozenset("everything little no old poor young".split())
VOWELS = frozenset("aeiou")
_ARTICLE = re.compile(r"\b([Aa])n? $")
_PARTICIPLES = {
    "ate": "eating",
    "began": "beginning",
    "bent": "bending",
    "blew": "blowing",
    "bought": "buying",
    "broke": "breaking",
    "brought": "bringing",
    "built": "building",
    "came": "coming",
    "caught": "catching",
    "chose": "choosing",
    "drank": "drinking",
    "drew": "drawing",
    "drove": "driving",
    "fell": "falling",
    "felt": "feeling",
    "fled": "fleeing",
    "flew": "flying",
    "forgot": "forgetting",
    "found": "finding",
    "gave": "giving",
    "got": "getting",
    "grew": "growing",
    "heard": "hearing",
    "held": "holding",
    "hid": "hiding",
    "kept": "keeping",
    "knelt": "kneeling",
    "knew": "knowing",
    "laid": "laying",
    "lay": "lying",
    "led": "leading",
    "left": "leaving",
    "lent": "lending",
    "lit": "lighting",
    "lost": "losing",
    "made": "making",
    "met": "meeting",
    "paid": "paying",
    "put": "putting",
    "ran": "running",
    "rang": "ringing",
    "rode": "riding",
    "rose": "rising",
    "said": "saying",
    "sang": "singing",
    "sank": "sinking",
    "sat": "sitting",
    "saw": "seeing",
    "sent": "sending",
    "set": "setting",
    "shook": "shaking",
    "shot": "shooting",
    "shut": "shutting",
    "slept": "sleeping",
    "slid": "sliding",
    "sold": "selling",
    "spent": "spending",
    "spoke": "speaking",
    "sprang": "springing",
    "stole": "stealing",
    "stood": "standing",
    "struck": "striking",
    "swam": "swimming",
    "swept": "sweeping",
    "swore": "swearing",
    "taught": "teaching",
    "thought": "thinking",
    "threw": "throwing",
    "told": "telling",
    "took": "taking",
    "tore": "tearing",
    "understood": "understanding",
    "went": "going",
    "wept": "weeping",
    "woke": "waking",
    "won": "winning",
    "wore": "wearing",
    "wrote": "writing",
}


def may_be_past(word: str) -> bool:
    """A word that may be a verb's past, or helps to make one."""
    word = word.lower()
    return word in AUXILIARIES or word in _PARTICIPLES or (word.endswith("ed") and len(word) > 3)


def present_participle(past: str) -> str:
    """ "taking" of "took"; empty of what is no past that is known."""
    if past in _PARTICIPLES:
        return _PARTICIPLES[past]
    if not past.endswith("ed") or len(past) < 4:
        return ""
    stem = past[:-2]
    if past.endswith("eed"):
        return f"{past[:-1]}ing"
    if past in ("died", "lied", "tied"):
        return f"{stem[:-1]}ying"
    return f"{stem[:-1]}ying" if stem.endswith("i") else f"{stem}ing"


def with_article(before: str, following: str) -> str:
    """What stands before a word, with the article as that wants it."""
    found = _ARTICLE.search(before)
    if found is None:
        return before
    return f"{before[: found.end(1)]}{'n' if following[:1].lower() in VOWELS else ''} "


def raised(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Without the capital of a sentence's first word, unless that is a name."""
    first = text.split(" ")[0]
    return text[:1].lower() + text[1:] if first.lower() in SMALL_WORDS and first != "I" else text


def may_stand_within(text: str, names: Collection[str]) -> bool:
    """What begins a sentence is known to be a name, or to be none."""
    first = text.split(" ")[0].removesuffix("'s")
    return first.lower() in SMALL_WORDS or first in names or first.rstrip(".") in TITLES or bool(told_by(first))
