"""What the words around a name say of it: whoever speaks or acts is a person, and to a place one goes."""

from __future__ import annotations

import re

_FEW = 60  # characters before and behind a name that are looked at
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SPEECH = frozenset(
    (
        "said says say asked asks replied answered cried called whispered muttered murmured shouted exclaimed added "
        "continued began agreed admitted insisted explained suggested observed remarked repeated returned demanded "
        "inquired enquired protested sighed laughed snapped growled screamed told sagte fragte rief antwortete "
        "murmelte meinte erwiderte dit demanda murmura dijo disse chiese rispose zei vroeg antwoordde riep"
    ).split()
)
_DEEDS = _SPEECH | frozenset(
    (
        "nodded smiled grinned shrugged frowned looked glanced stared gazed turned walked ran sat knelt stepped "
        "leaned leant spoke spoken knew known thought felt wanted wished hoped remembered forgot forgotten believed "
        "understood took taken put picked poured drank ate wore pulled pushed wrote written read heard listened saw "
        "watched waited wept hesitated swallowed blinked winced reached handed held lifted kissed touched decided "
        "tried loved hated feared noticed shivered coughed paused refused promised lied"
    ).split()
)
# What may stand between a name and what it does: "Edwin has never written".
_BETWEEN = frozenset("has had have did would will could can never only just still then also not always".split())
_FOND = frozenset("dear poor".split())
# Behind one of these, "at", "in" or "into" leads to a person as well: "looked at Carter", "believed in Carter".
_REGARD = frozenset(
    (
        "look looks looked looking glance glanced glancing gaze gazed gazing stare stared staring peer peered glare "
        "glared glaring smile smiled smiling grin grinned nod nodded nodding frown frowned laugh laughed laughing "
        "shout shouted yelled screamed swore cursed snapped barked point pointed pointing wink winked wave waved "
        "waving blinked scowled sneered snarled threw aimed angry mad furious annoyed surprised believe believed "
        "trust trusted confide confided faith interest interested ran bumped"
    ).split()
)
_MOTION = frozenset(
    (
        "go goes going gone went come comes coming came travel travelled traveled drive driving drove driven ride "
        "rode sail sailed sailing return returned returning back journey journeyed way road train coach boat ship "
        "ferry bus flight miles moved arrived left leave leaving bound started down up home"
    ).split()
)
_PLACE_OF = frozenset(
    (
        "street streets city town village port harbour harbor island isle coast county parish university outskirts "
        "suburbs roofs lights people north south east west bay gates walls ruins"
    ).split()
)
_LED = frozenset("to from toward towards for".split())
# How much a word before a name says that it is a place, whatever stands before that.
_OF_PLACES = {
    **dict.fromkeys("in near outside within throughout across aus nach dans en desde hacia nei nel".split(), 1.0),
    **dict.fromkeys("at into through around beyond".split(), 0.6),
    **dict.fromkeys("to from toward towards above over of".split(), 0.1),
}
_TRAVELLED = 0.4
_NOUN_OF_PLACE = 0.8


def is_of_places(word: str) -> bool:
    """Tells whether a small word often leads to a place."""
    return word in _OF_PLACES


def place_weight(before: str, lead: str = "", *, owns: bool = False) -> float:
    """How much is said for a place.

    Args:
        before: the word right before the name, in small letters.
        lead: of what stands before that; see `lead_of`.
        owns: something is said to be the name's: "in Carter's room" tells nothing.

    Returns:
        from 0 (nothing) to 1 (a person would hardly stand there).
    """
    if owns or lead == "regard":
        return 0.0
    if lead == "motion" and before in _LED:
        return _TRAVELLED
    if lead == "place" and before == "of":
        return _NOUN_OF_PLACE
    return _OF_PLACES.get(before, 0.0)


def lead_of(text: str, start: int, before: str) -> str:
    """What leads to a name at `start`, before the word right before it.

    Returns:
        "regard" for looking at and believing in, "motion" for coming and going, "place" for a street or a town of that
        name, and nothing for anything else.
    """
    if before not in _OF_PLACES and before not in _LED:
        return ""
    words = [word.lower() for word in _WORDS.findall(text[max(0, start - _FEW) : start])][:-1]
    if before == "of":
        return "place" if words[-1:] and words[-1] in _PLACE_OF else ""
    if before in _LED:
        return "motion" if any(word in _MOTION for word in words[-3:]) else ""
    return "regard" if any(word in _REGARD for word in words[-2:]) else ""


def owns(text: str, end: int) -> bool:
    """Tells whether the sign of possession follows."""
    return text[end : end + 2] in ("'s", "\u2019s")


def acts(text: str, start: int, end: int, before: str) -> bool:
    """Tells whether the name at [start, end) speaks or acts, as people do, or is spoken of fondly."""
    if before in _SPEECH or before in _FOND:
        return True
    if text[end : end + 1] != " ":
        return False
    for word in _WORDS.findall(text[end : end + _FEW])[:3]:
        small = word.lower()
        if small in _DEEDS:
            return True
        if small not in _BETWEEN and not small.endswith("ly"):
            break
    return False
