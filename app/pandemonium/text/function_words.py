"""English prepositions and pronouns, counted as the write-ups counted them."""

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


def function_word_shares(words: Iterable[str]) -> tuple[float, float]:
    """What share of `words`, whatever their case, are prepositions, and what share pronouns; 0 where there is none."""
    total = prepositions = pronouns = 0
    for word in words:
        folded = word.lower()
        total += 1
        prepositions += folded in PREPOSITIONS
        pronouns += folded in PRONOUNS
    return prepositions / max(1, total), pronouns / max(1, total)
