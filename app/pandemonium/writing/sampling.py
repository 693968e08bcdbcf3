"""Choosing the next piece: pure functions from logits to logits, and a counter-based generator.

Order: bans and DRY, the voice's balance, truncation (top-k, top-p, min-p, typical), temperature, then one draw.
Truncation comes before the temperature, so a high one varies among the plausible pieces only. Inside a word the
choice is another: whether the word ends and else how it is spelled on, which leaves no room for fancy (`spell`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from pandemonium.settings import WritingSettings

Logits = NDArray[np.float32]
NEVER = np.float32(-np.inf)
_RAISED = np.float32(1e-3)  # of a logit, from which on a memory has a part in it


def softmax(logits: Logits) -> NDArray[np.float64]:
    """Probabilities of `logits` [n], in float64."""
    shifted = np.exp(logits.astype(np.float64) - logits.max())
    result: NDArray[np.float64] = shifted / shifted.sum()
    return result


def ban(logits: Logits, tokens: Sequence[int] | NDArray[np.int64]) -> Logits:
    """Makes `tokens` impossible."""
    banned = logits.copy()
    banned[np.asarray(tokens, dtype=np.int64)] = NEVER
    return banned


def allow_only(logits: Logits, tokens: NDArray[np.int64]) -> Logits:
    """Makes everything but `tokens` impossible."""
    allowed = np.full_like(logits, NEVER)
    allowed[tokens] = logits[tokens]
    return allowed


def keep_top_k(logits: Logits, k: int) -> Logits:
    """Keeps the `k` likeliest pieces (Fan et al. 2018); 0 keeps all. Ties with the last are kept."""
    if k <= 0 or k >= len(logits):
        return logits
    least = np.partition(logits, -k)[-k]
    return np.where(logits >= least, logits, NEVER)


def keep_top_p(logits: Logits, p: float, share: float = 0.0) -> Logits:
    """Keeps the likeliest pieces up to the first whose sum reaches `p` (nucleus, Holtzman et al. 2020).

    Args:
        logits: [vocabulary].
        p: the sum; 1 keeps all.
        share: drops pieces less than so many times as likely as the likeliest too (`keep_min_p`), in one go.
    """
    if p >= 1:
        return logits
    largest = logits.max()
    weights = np.exp(logits - largest)
    mass = p * float(weights.sum(dtype=np.float64))
    order = _likeliest_first(weights, mass, share)
    kept = order[: int(np.searchsorted(np.cumsum(weights[order], dtype=np.float64), mass)) + 1]
    return allow_only(logits, kept[logits[kept] >= _least(largest, share)])


def keep_min_p(logits: Logits, share: float) -> Logits:
    """Keeps pieces at least `share` times as likely as the likeliest (min-p, Nguyen et al. 2024)."""
    if share <= 0:
        return logits
    return allow_only(logits, np.flatnonzero(logits >= _least(logits.max(), share)))


def keep_typical(logits: Logits, mass: float) -> Logits:
    """Keeps the pieces whose information is nearest the entropy, up to `mass` (Meister et al. 2023)."""
    if mass >= 1:
        return logits
    probabilities = softmax(logits)
    possible = np.flatnonzero(probabilities)
    information = -np.log(probabilities[possible])
    entropy = float((probabilities[possible] * information).sum())
    order = possible[np.argsort(np.abs(information - entropy), kind="stable")]
    kept = int(np.searchsorted(np.cumsum(probabilities[order]), mass)) + 1
    return allow_only(logits, order[:kept])


def punish_repeats(
    logits: Logits, history: Sequence[int], *, multiplier: float, base: float, allowed: int, breakers: Collection[int]
) -> Logits:
    """Makes a piece that would lengthen a repeated run less likely (DRY, pew 2024).

    For every earlier place that ends as `history` ends, over a run of `n >= allowed` pieces, the piece that
    followed there loses `multiplier * base ** (n - allowed)`. A run never reaches across a breaker.

    Args:
        logits: [vocabulary].
        history: the ids up to here, the last one newest.
        multiplier: 0 turns it off.
        base: growth of the punishment with each further piece of the run.
        allowed: the shortest run that is punished.
        breakers: ids that no run crosses (newlines, quotes).
    """
    if multiplier <= 0 or len(history) <= allowed:
        return logits
    recent = np.asarray(history, dtype=np.int64)
    last = int(recent[-1])
    if last in breakers:
        return logits
    longest: dict[int, int] = {}
    for end in np.flatnonzero(recent[:-1] == last):
        follower = int(recent[end + 1])
        if follower in breakers:
            continue
        run = _run_length(recent, int(end), breakers)
        if run >= allowed:
            longest[follower] = max(run, longest.get(follower, 0))
    if not longest:
        return logits
    punished = logits.copy()
    for token, run in longest.items():
        punished[token] -= np.float32(multiplier * base ** min(run - allowed, 50))
    return punished


def own_shares(logits: Logits, mixed: Logits) -> tuple[NDArray[np.int64], Logits]:
    """Which pieces a memory has raised, and how much of each one's probability is still the model's own.

    Args:
        logits: [vocabulary], the model's.
        mixed: [vocabulary], what the memory made of them.

    Returns:
        ids [n], and shares between 0 and 1 [n].
    """
    gains = mixed - logits
    gains -= gains.min()
    raised = np.flatnonzero(gains > _RAISED)
    return raised, np.exp(-gains[raised])


def move_own(moves: Logits, raised: NDArray[np.int64], shares: Logits) -> Logits:
    """Moves [vocabulary] that touch only the model's `shares` of the pieces `raised`, not what a memory recalls.

    Without that a rare word of the draft would be called back twice: by the memory, and as a rare word.
    """
    moved = moves.copy()
    moved[raised] = np.log1p(shares * np.expm1(moves[raised]))
    return moved


def truncate(logits: Logits, settings: WritingSettings) -> Logits:
    """Applies the settings' top-k, top-p, min-p and typical, in this order."""
    logits = keep_top_k(logits, settings.top_k)
    if settings.top_p < 1:
        logits = keep_top_p(logits, settings.top_p, settings.min_p)
    else:
        logits = keep_min_p(logits, settings.min_p)
    return keep_typical(logits, settings.typical)


def spell(
    logits: Logits, going_on: NDArray[np.int64], settings: WritingSettings, balance: Logits | None = None
) -> Logits:
    """Truncates where a word stands unfinished: strictly what spells it on, and as ever what follows it.

    What may come is a few pieces that go on with the word, and its end as one event more, whatever follows. Of
    these only those stay that are at least `settings.spelling` times as likely as the likeliest, at their own
    shares whatever the temperature: "uninj" must not become "uninjjant", and a rare word is not cut short for a
    common one. The end must be as likely beside all that goes on together, or a beginning such as "s" would be left
    standing. If it is the end, the next word is chosen as freely as ever.

    Args:
        logits: [vocabulary].
        going_on: pieces that spell on, ids.
        settings: with `spelling` at 0 the piece is chosen like any other.
        balance: what is added to the logits of what does not spell on, [vocabulary].

    Returns:
        logits to be drawn from at `settings.temperature`.
    """
    balanced = logits if balance is None else logits + balance
    if settings.spelling <= 0:
        return truncate(balanced, settings)
    weights = np.exp(logits - logits.max())
    within = weights[going_on]
    ends = max(0.0, float(weights.sum()) - float(within.sum()))
    least = settings.spelling * max(float(within.max(initial=0.0)), ends)
    ends_here = ends > 1e-6 and ends >= settings.spelling * float(within.sum())
    kept = within >= max(least, 1e-12)
    spelling, within = going_on[kept], within[kept]
    if not len(within):
        return truncate(ban(balanced, going_on), settings)
    result = np.full_like(logits, NEVER)
    if ends_here:
        free = truncate(ban(balanced, going_on), settings)
        possible = np.flatnonzero(free > NEVER)
        chosen = free[possible] / np.float32(settings.temperature)
        result[possible] = chosen - _log_sum(chosen) + np.float32(np.log(ends))
    result[spelling] = np.log(within)
    spelled: Logits = result * np.float32(settings.temperature)
    return spelled


def draw(logits: Logits, temperature: float, uniform: float) -> int:
    """Draws an id at `temperature` with `uniform` in [0, 1) as the only chance.

    The likeliest pieces lie first, so that one `uniform` gives the same piece on machines whose sums differ
    in the last bit, except at a border.
    """
    possible = np.flatnonzero(logits > NEVER)
    if len(possible) == 1:
        return int(possible[0])
    values = logits[possible].astype(np.float64) / max(temperature, 1e-4)
    weights = np.exp(values - values.max())
    order = np.argsort(-weights, kind="stable")
    sums = np.cumsum(weights[order])
    place = int(np.searchsorted(sums, uniform * sums[-1], side="right"))
    return int(possible[order[min(place, len(order) - 1)]])


def uniform(seed: int, counter: int) -> float:
    """The `counter`-th number in [0, 1) of `seed`: SplitMix64 (Steele et al. 2014) at that place.

    Counter-based: no state to carry, the same in every language with 64-bit integers.
    """
    mask = (1 << 64) - 1
    z = (seed * 0xD1342543DE82EF95 + (counter + 1) * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return float((z ^ (z >> 31)) >> 11) * 2.0**-53


def _least(largest: np.float32, share: float) -> np.float32:
    """The logit of what is `share` times as likely as the likeliest."""
    return largest + np.float32(np.log(share)) if share > 0 else NEVER


def _log_sum(logits: Logits) -> np.float32:
    largest = logits.max()
    return np.float32(largest + np.log(np.exp(logits - largest).sum()))


def _likeliest_first(weights: Logits, mass: float, share: float) -> NDArray[np.int64]:
    """Ids by falling weight, as many as sum to `mass` or weigh at least `share`; sorts only the head that matters."""
    for least in (max(share, 1e-3), max(share, 1e-6)):
        head = np.flatnonzero(weights >= least)
        if least == share or float(weights[head].sum(dtype=np.float64)) >= mass:
            return head[np.argsort(-weights[head], kind="stable")]
    return np.argsort(-weights, kind="stable")


def _run_length(recent: NDArray[np.int64], end: int, breakers: Collection[int]) -> int:
    """How many pieces up to `end` equal those up to the end of `recent`."""
    run = 0
    tail = len(recent) - 1
    while run <= end and run < 50 and recent[end - run] == recent[tail - run] and recent[tail - run] not in breakers:
        run += 1
    return run
