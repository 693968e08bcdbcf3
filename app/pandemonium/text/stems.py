"""What English words of one family have in common: "scream" of "screams", "screamed" and "screaming"."""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
# The longer before the shorter that it ends with; what is put in place of each.
_ENDINGS = {
    "iness": "i",
    "fulness": "",
    "fully": "",
    "ingly": "",
    "ness": "",
    "less": "",
    "edly": "",
    "bly": "bl",
    "ily": "i",
    "ing": "",
    "ied": "i",
    "ies": "i",
    "ful": "",
    "ed": "",
    "ly": "",
    "es": "",
    "s": "",
    "e": "",
    "y": "i",
}
_OF_VERBS = frozenset(["ing", "ed", "ingly", "edly"])
_LEAST = 3  # letters that are left
_DOUBLED = frozenset("bdgmnprt")  # in front of an ending: "stopped"


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The word in small letters without its inflection, and without the endings that make an adverb or a noun of it.

    By endings alone, in the manner of Porter 1980 (An algorithm for suffix stripping), but for fewer of them. What is
    left is no word, and only to be compared. Irregular forms ("knew") stay apart.
    """
    rest = word.lower().removesuffix("'s")
    for ending, instead in _ENDINGS.items():
        left = rest.removesuffix(ending)
        if left == rest or len(left) < _LEAST or not _VOWELS & set(left):
            continue
        if ending == "s" and left[-1] in "su":  # "glass", "famous"
            continue
        if ending in _OF_VERBS and left[-1] == left[-2] and left[-1] in _DOUBLED:
            return left[:-1]
        left += instead
        if left.endswith("y"):
            left = left[:-1] + "i"  # "hurrying", as "hurry" and "hurried"
        # "houses" leaves "hous", and "strangely" "strang", as "house" and "strange" do.
        return left.removesuffix("e") if len(left) > _LEAST else left
    return rest
