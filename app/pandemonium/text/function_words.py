"""English function words: prepositions and pronouns as the write-ups counted them, and the other small ones."""

from __future__ import annotations

from collections.abc import Iterable

PREPOSITIONS = frozenset(
    "about above across after against along amid among around as at before behind below beneath beside besides between "
    "beyond but by concerning despite down during except for from in inside into like near of off on onto out outside "
    "over past per since than through throughout till to toward towards under underneath until unto up upon via with "
    "within without".split()
)
PRONOUNS = frozenset(
    "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we "
    "us our ours ourselves they them their theirs themselves thou thee thy thine who whom whose which what that this "
    "these those one oneself each other another anyone anybody anything someone somebody something everyone everybody "
    "everything none nobody nothing".split()
)
AUXILIARIES = frozenset(
    "am is are was were be been being have has had having do does did done can could may might must shall should will "
    "would".split()
)
OTHER_SMALL_WORDS = frozenset(
    "a an the and or nor so yet if because although while when where why how then there here not never ever only just "
    "even still also again very much more most such some any all both many few every either neither too".split()
)
FUNCTION_WORDS = PREPOSITIONS | PRONOUNS | AUXILIARIES | OTHER_SMALL_WORDS


def function_word_shares(words: Iterable[str]) -> tuple[float, float]:
    """What share of `words`, whatever their case, are prepositions, and what share pronouns; 0 where there is none."""
    total = prepositions = pronouns = 0
    for word in words:
        folded = word.lower()
        total += 1
        prepositions += folded in PREPOSITIONS
        pronouns += folded in PRONOUNS
    return prepositions / max(1, total), pronouns / max(1, total)


NUMBERS = tuple(
    (
        "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen "
        "Eighteen Nineteen Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety Hundred Thousand Million"
    ).split()
)
"""As they are written within names: "Number Fourteen"."""
