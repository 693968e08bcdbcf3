"""Sampling: each function keeps exactly what its definition says, and chance is reproducible everywhere."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pandemonium.settings import WritingSettings
from pandemonium.writing import sampling
from pandemonium.writing.sampling import NEVER, Logits

vectors = hnp.arrays(np.float32, st.integers(1, 60), elements=st.floats(-12, 12, width=32))
shares = st.floats(0.01, 0.999)


def kept(logits: Logits) -> set[int]:
    return set(np.flatnonzero(np.isfinite(logits)).tolist())


def unchanged_where_kept(before: Logits, after: Logits) -> bool:
    return all(after[i] == before[i] for i in kept(after))


@given(vectors, shares)
def test_top_p_keeps_the_smallest_set_that_reaches_p(logits: Logits, p: float) -> None:
    after = sampling.keep_top_p(logits, p)
    probabilities = sampling.softmax(logits)
    inside = sorted((probabilities[i] for i in kept(after)), reverse=True)
    outside = [probabilities[i] for i in range(len(logits)) if i not in kept(after)]
    assert sum(inside) >= p - 1e-9
    assert sum(inside[:-1]) < p + 1e-9
    assert max(outside, default=0.0) <= inside[-1] * (1 + 1e-6)  # float32 knows no less
    assert unchanged_where_kept(logits, after)


def test_top_p_sorts_no_more_than_it_must_and_is_right_all_the_same() -> None:
    logits = np.random.default_rng(3).normal(0, 0.5, 8192).astype(np.float32)
    probabilities = sampling.softmax(logits)
    for p in (0.05, 0.5, 0.9, 0.999):
        found = kept(sampling.keep_top_p(logits, p))
        order = np.argsort(-probabilities)
        size = int(np.searchsorted(np.cumsum(probabilities[order]), p)) + 1
        assert found == set(order[:size].tolist())


@given(vectors, st.integers(1, 70))
def test_top_k_keeps_the_likeliest_and_their_equals(logits: Logits, k: int) -> None:
    after = sampling.keep_top_k(logits, k)
    least = sorted(logits, reverse=True)[min(k, len(logits)) - 1]
    assert kept(after) == {i for i, value in enumerate(logits) if value >= least}
    assert unchanged_where_kept(logits, after)


@given(vectors, st.floats(0.001, 1))
def test_min_p_keeps_what_is_likely_beside_the_likeliest(logits: Logits, share: float) -> None:
    after = sampling.keep_min_p(logits, share)
    probabilities = sampling.softmax(logits)
    for i, probability in enumerate(probabilities):
        ratio = probability / probabilities.max()
        if not math.isclose(ratio, share, rel_tol=1e-4):
            assert (i in kept(after)) == (ratio > share)


@given(vectors, shares)
def test_typical_keeps_what_is_nearest_the_entropy(logits: Logits, mass: float) -> None:
    after = sampling.keep_typical(logits, mass)
    probabilities = sampling.softmax(logits)
    entropy = -(probabilities * np.log(probabilities)).sum()
    distance = np.abs(-np.log(probabilities) - entropy)
    inside = sorted(kept(after), key=lambda i: distance[i])
    outside = [distance[i] for i in range(len(logits)) if i not in kept(after)]
    assert probabilities[inside].sum() >= mass - 1e-9
    assert probabilities[inside[:-1]].sum() < mass + 1e-9
    assert min(outside, default=np.inf) >= distance[inside[-1]]


@given(vectors)
def test_settings_that_are_off_change_nothing(logits: Logits) -> None:
    off = WritingSettings(top_p=1.0, top_k=0, min_p=0.0, typical=1.0)
    assert sampling.truncate(logits, off) is logits


@given(
    vectors,
    st.builds(
        WritingSettings,
        top_p=st.floats(0.05, 1),
        top_k=st.integers(0, 50),
        min_p=st.floats(0, 1),
        typical=st.floats(0.05, 1),
    ),
)
def test_truncation_never_leaves_nothing(logits: Logits, settings: WritingSettings) -> None:
    assert kept(sampling.truncate(logits, settings))


@given(hnp.arrays(np.float32, 1500, elements=st.floats(-12, 12, width=32)), shares, st.sampled_from([0.0, 1e-4, 0.02]))
def test_a_nucleus_that_skips_what_min_p_drops_leaves_the_same(logits: Logits, p: float, share: float) -> None:
    short = sampling.keep_min_p(sampling.keep_top_p(logits, p, share), share)
    np.testing.assert_array_equal(short, sampling.keep_min_p(sampling.keep_top_p(logits, p), share))


@given(vectors, st.data())
def test_bans_and_permissions(logits: Logits, data: st.DataObject) -> None:
    before = logits.copy()
    chosen = data.draw(st.sets(st.integers(0, len(logits) - 1)))
    assert kept(sampling.ban(logits, sorted(chosen))) == set(range(len(logits))) - chosen
    assert kept(sampling.allow_only(logits, np.array(sorted(chosen), dtype=np.int64))) == chosen
    np.testing.assert_array_equal(logits, before)


def punished(
    history: list[int], *, size: int = 12, allowed: int = 2, breakers: tuple[int, ...] = ()
) -> dict[int, float]:
    logits = np.zeros(size, dtype=np.float32)
    after = sampling.punish_repeats(logits, history, multiplier=0.8, base=2.0, allowed=allowed, breakers=breakers)
    assert not logits.any()
    return {int(i): round(float(-after[i]), 3) for i in np.flatnonzero(after)}


def test_dry_punishes_exactly_the_repeat() -> None:
    assert punished([1, 2, 3, 4, 1, 2]) == {3: 0.8}
    assert punished([1, 2, 3, 4, 1, 2, 3]) == {4: 1.6}
    assert punished([9, 1, 2, 3, 5, 1, 2, 4, 6, 1, 2]) == {3: 0.8, 4: 0.8}
    assert punished([1, 2, 3, 0, 2, 3, 5, 1, 2, 3]) == {0: 1.6, 5: 0.8}


def test_dry_leaves_short_and_broken_runs_alone() -> None:
    assert punished([1, 2, 3, 4, 5, 2]) == {}
    assert punished([1, 2, 3]) == {}
    assert punished([]) == {}
    assert punished([1, 7, 2, 3, 4, 1, 7, 2], breakers=(7,)) == {}
    assert punished([1, 2, 7, 4, 1, 2], breakers=(7,)) == {}
    assert punished([2, 7, 3, 2, 7], breakers=(7,), allowed=1) == {}


def test_dry_can_be_off_and_never_overflows() -> None:
    logits = np.zeros(4, dtype=np.float32)
    off = sampling.punish_repeats(logits, [1, 2, 3, 1, 2], multiplier=0.0, base=2.0, allowed=1, breakers=())
    assert off is logits
    after = sampling.punish_repeats(logits, [1] * 2000, multiplier=10.0, base=4.0, allowed=1, breakers=())
    assert np.isfinite(after).all()
    assert kept(after) == {0, 1, 2, 3}


@given(st.lists(st.integers(0, 4), max_size=40), st.integers(1, 4))
def test_dry_agrees_with_a_plain_search(history: list[int], allowed: int) -> None:
    expected: dict[int, float] = {}
    for end in range(len(history) - 1):
        run = 0
        while run <= end and history[end - run] == history[-1 - run]:
            run += 1
        if run >= allowed:
            follower = history[end + 1]
            expected[follower] = max(expected.get(follower, 0.0), 0.8 * 2.0 ** (min(run, 50) - allowed))
    found = punished(history, size=5, allowed=allowed)
    if len(history) > allowed:
        assert found.keys() == expected.keys()
        for token, loss in expected.items():
            assert found[token] == pytest.approx(loss, rel=1e-3)


@given(vectors, st.floats(0.1, 2.0), st.floats(0, 1, exclude_max=True))
def test_drawing_takes_a_possible_piece_and_the_same_again(logits: Logits, temperature: float, uniform: float) -> None:
    logits[logits < 0] = NEVER
    if kept(logits):
        token = sampling.draw(logits, temperature, uniform)
        assert token in kept(logits)
        assert sampling.draw(logits.copy(), temperature, uniform) == token


def test_drawing_follows_the_distribution_at_its_temperature() -> None:
    logits = np.log(np.array([0.1, 0.6, 0.3], dtype=np.float32))
    counts = np.bincount([sampling.draw(logits, 0.5, (i + 0.5) / 10_000) for i in range(10_000)], minlength=3)
    np.testing.assert_allclose(counts / 10_000, np.array([1, 36, 9]) / 46, atol=2e-4)
    assert sampling.draw(logits, 0.5, 0.0) == 1
    assert sampling.draw(logits, 1e-9, 0.999999) == 1


@given(st.integers(0, 2**63 - 1), st.integers(0, 10**6))
def test_uniform_numbers_lie_between_0_and_1(seed: int, counter: int) -> None:
    value = sampling.uniform(seed, counter)
    assert 0 <= value < 1
    assert value * 2**53 == int(value * 2**53)


def test_uniform_numbers_are_splitmix64s() -> None:
    # The first outputs of the published generator from the state 1234567.
    published = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    seed = 1234567 * pow(0xD1342543DE82EF95, -1, 2**64) % 2**64
    assert [sampling.uniform(seed, i) for i in range(5)] == [(value >> 11) / 2**53 for value in published]


def test_uniform_numbers_of_neighbouring_seeds_have_nothing_in_common() -> None:
    table = np.array([[sampling.uniform(seed, i) for i in range(200)] for seed in range(1, 51)])
    assert abs(table.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(table)[~np.eye(50, dtype=bool)]).max() < 0.35
    for first, second in pairwise(table):
        assert not np.intersect1d(first, second).size


INSIDE = np.array([0, 1, 2])


def spelled(probabilities: list[float], **values: float) -> tuple[dict[int, float], WritingSettings]:
    """What `spell` draws from, by id."""
    chosen = WritingSettings(**{"top_p": 1.0, "min_p": 0.0, "temperature": 1.0, "spelling": 0.1, **values})  # type: ignore[arg-type]
    with np.errstate(divide="ignore"):
        logits = np.log(np.array(probabilities, dtype=np.float32))
    after = sampling.softmax(sampling.spell(logits, INSIDE, chosen) / np.float32(chosen.temperature))
    return {int(i): round(float(after[i]), 4) for i in np.flatnonzero(after)}, chosen


def test_spelling_drops_what_hardly_goes_on_with_the_word() -> None:
    assert spelled([0.5, 0.02, 0.08, 0.2, 0.1, 0.1])[0] == {0: 0.5102, 2: 0.0816, 3: 0.2041, 4: 0.102, 5: 0.102}


def test_spelling_does_not_end_a_word_that_must_go_on() -> None:
    assert spelled([0.9, 0.07, 0.0, 0.01, 0.01, 0.01])[0] == {0: 1.0}


def test_spelling_does_not_end_a_beginning_that_goes_on_in_many_ways() -> None:
    # None of them is much likelier than the end; all of them together are.
    assert spelled([0.3, 0.3, 0.25, 0.15, 0.0, 0.0], spelling=0.2)[0] == {0: 0.3529, 1: 0.3529, 2: 0.2941}
    assert set(spelled([0.3, 0.3, 0.2, 0.2, 0.0, 0.0], spelling=0.2)[0]) == {0, 1, 2, 3}


def test_spelling_ends_a_word_that_is_whole_and_then_chooses_freely() -> None:
    assert spelled([0.01, 0.02, 0.0, 0.6, 0.3, 0.07], min_p=0.2)[0] == {3: 0.6667, 4: 0.3333}


def test_the_temperature_is_for_words_and_not_for_their_spelling() -> None:
    cold, _ = spelled([0.3, 0.2, 0.0, 0.4, 0.1, 0.0], temperature=0.5)
    assert cold[0] == pytest.approx(0.3, abs=1e-3)
    assert cold[1] == pytest.approx(0.2, abs=1e-3)
    assert cold[3] == pytest.approx(0.5 * 16 / 17, abs=1e-3)


@given(
    hnp.arrays(np.float32, 6, elements=st.floats(-12, 12, width=32)),
    st.floats(0, 1), st.floats(0.1, 2), st.sets(st.integers(0, 5), max_size=5),
)  # fmt: skip
def test_spelling_never_leaves_nothing_and_allows_nothing_banned(
    logits: Logits, spelling: float, temperature: float, banned: set[int]
) -> None:
    settings = WritingSettings(spelling=spelling, temperature=temperature)
    after = sampling.spell(sampling.ban(logits, sorted(banned)), INSIDE, settings, np.ones(6, dtype=np.float32))
    assert kept(after)
    assert not kept(after) & banned
    assert sampling.draw(after, temperature, 0.5) in kept(after)


def test_without_spelling_a_piece_is_a_piece() -> None:
    logits = np.arange(6, dtype=np.float32)
    settings = WritingSettings(spelling=0.0)
    expected = sampling.truncate(logits + 1, settings)
    np.testing.assert_array_equal(sampling.spell(logits, INSIDE, settings, np.ones(6, dtype=np.float32)), expected)


def test_moves_leave_alone_what_the_memory_recalls() -> None:
    logits = np.log(np.array([0.5, 0.3, 0.2], dtype=np.float32))
    mixed = np.log(np.array([0.45, 0.27 + 0.1, 0.18], dtype=np.float32))  # a tenth is the memory's, all for the second
    raised, shares = sampling.own_shares(logits, mixed)
    assert raised.tolist() == [1]
    assert shares[0] == pytest.approx(0.27 / 0.37, rel=1e-5)
    moved = sampling.move_own(np.log(np.array([2, 4, 1], dtype=np.float32)), raised, shares)
    assert np.exp(mixed + moved) == pytest.approx([0.9, 4 * 0.27 + 0.1, 0.18], rel=1e-5)
