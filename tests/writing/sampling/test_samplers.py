"""The chain of samplers: each one keeps exactly what its definition says, and chance is reproducible everywhere."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.reading.memory import Recalled
from pandemonium.writing.runtimes.runtime import Floats as Logits
from pandemonium.writing.sampling.chain import draw_by_chain, make_chain, run_chain, word_choice
from pandemonium.writing.sampling.drawing import draw, softmax, uniform
from pandemonium.writing.sampling.dry import Dry
from pandemonium.writing.sampling.in_word import InWordFilter, InWordJoin
from pandemonium.writing.sampling.name_samplers import NewNamePenalty
from pandemonium.writing.sampling.presence import PresencePenalty, content_words
from pandemonium.writing.sampling.rows import NEVER, NetworkLogits, Row, Rows, Sampler
from pandemonium.writing.sampling.samplers import Bans, LogitBias, Prefix
from pandemonium.writing.sampling.token_table import TokenTable
from pandemonium.writing.sampling.truncation import MinP, Temperature, TopK, TopP, Typical

vectors = hnp.arrays(np.float32, st.integers(1, 60), elements=st.floats(-12, 12, width=32))
shares = st.floats(0.01, 0.999)


def one(sampler: Sampler, logits: Logits, rows: Rows | None = None) -> Logits:
    """What a sampler makes of a single row."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return sampler(logits[None].copy(), rows or Rows([Row()]))[0]


def kept(logits: Logits) -> set[int]:
    return set(np.flatnonzero(np.isfinite(logits)).tolist())


def unchanged_where_kept(before: Logits, after: Logits) -> bool:
    return all(after[i] == before[i] for i in kept(after))


def test_presence_holds_back_the_words_of_a_moment_ago_and_no_others(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    encode = tokenizer.encode
    (stone,), (house,), (of,) = map(encode, (" stone", " house", " of"))
    logits = np.zeros(tokenizer.size, dtype=np.float32)
    near = Row(history=encode(" stone of the stone house stood there"))
    lowered = one(PresencePenalty.of(1.5, tokenizer), logits, Rows([near]))
    assert (lowered[stone], lowered[house], lowered[of]) == (-1.5, -1.5, 0)
    far = Row(history=encode(" stone" + " and then" * 12))
    for row, penalty in ((far, 1.5), (near, 0.0), (Row(history=near.history, spelled=True), 1.5)):
        assert not one(PresencePenalty.of(penalty, tokenizer), logits, Rows([row])).any()


def test_presence_holds_back_the_kin_of_a_word(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    near = Row(history=tokenizer.encode(" stone that screamed"))
    lowered = one(PresencePenalty.of(1.5, tokenizer), np.zeros(tokenizer.size, dtype=np.float32), Rows([near]))
    held_back = {tokenizer.pieces[token].decode(): float(lowered[token]) for token in np.flatnonzero(lowered)}
    said = {" stone": -1.5, " screamed": -1.5}
    assert held_back == said | dict.fromkeys((" stones", " scream", " screaming"), -0.75)


def test_no_word_is_joined_to_itself_but_one_that_grows(bundled_voice: Voice) -> None:
    tokenizer = bundled_voice.tokenizer
    penalty = PresencePenalty.of(1.5, tokenizer)
    logits = np.zeros(tokenizer.size, dtype=np.float32)
    for text in (" steep and", " stone or"):
        history = tokenizer.encode(text)
        assert np.flatnonzero(np.isneginf(one(penalty, logits, Rows([Row(history=history)])))).tolist() == history[:1]
    for text in (" higher and", " miles and", " again and", " steep but", " and", ""):
        assert np.isfinite(one(penalty, logits, Rows([Row(history=tokenizer.encode(text))]))).all(), text


def test_words_with_a_meaning_of_their_own(bundled_voice: Voice) -> None:
    pieces = bundled_voice.tokenizer.pieces
    content = {pieces[i].decode() for i in content_words(bundled_voice.tokenizer).nonzero()[0]}
    assert {" house", " family", " stone", " seemed"} <= content
    assert not {" himself", " behind", " that", " would", " said", " old", " Carter", "ness"} & content


@given(vectors, shares)
def test_top_p_keeps_the_smallest_set_that_reaches_p(logits: Logits, p: float) -> None:
    after = one(TopP(p), logits)
    probabilities = softmax(logits)
    inside = sorted((probabilities[i] for i in kept(after)), reverse=True)
    outside = [probabilities[i] for i in range(len(logits)) if i not in kept(after)]
    assert sum(inside) >= p - 1e-9
    assert sum(inside[:-1]) < p + 1e-9
    assert max(outside, default=0.0) <= inside[-1] * (1 + 1e-6)  # float32 knows no less
    assert unchanged_where_kept(logits, after)


def test_top_p_sorts_no_more_than_it_must_and_is_right_all_the_same() -> None:
    logits = np.random.default_rng(3).normal(0, 0.5, 8192).astype(np.float32)
    probabilities = softmax(logits)
    for p in (0.05, 0.5, 0.9, 0.999):
        found = kept(one(TopP(p), logits))
        order = np.argsort(-probabilities)
        size = int(np.searchsorted(np.cumsum(probabilities[order]), p)) + 1
        assert found == set(order[:size].tolist())


@given(vectors, st.integers(1, 70))
def test_top_k_keeps_the_likeliest_and_their_equals(logits: Logits, k: int) -> None:
    after = one(TopK(k), logits)
    least = sorted(logits, reverse=True)[min(k, len(logits)) - 1]
    assert kept(after) == {i for i, value in enumerate(logits) if value >= least}
    assert unchanged_where_kept(logits, after)


@given(vectors, st.floats(0.001, 1))
def test_min_p_keeps_what_is_likely_beside_the_likeliest(logits: Logits, share: float) -> None:
    after = one(MinP(share), logits)
    probabilities = softmax(logits)
    for i, probability in enumerate(probabilities):
        ratio = probability / probabilities.max()
        if not math.isclose(ratio, share, rel_tol=1e-4):
            assert (i in kept(after)) == (ratio > share)


@given(vectors, shares)
def test_typical_keeps_what_is_nearest_the_entropy(logits: Logits, mass: float) -> None:
    after = one(Typical(mass), logits)
    probabilities = softmax(logits)
    entropy = -(probabilities * np.log(probabilities)).sum()
    distance = np.abs(-np.log(probabilities) - entropy)
    inside = sorted(kept(after), key=lambda i: distance[i])
    outside = [distance[i] for i in range(len(logits)) if i not in kept(after)]
    assert probabilities[inside].sum() >= mass - 1e-9
    assert probabilities[inside[:-1]].sum() < mass + 1e-9
    assert min(outside, default=np.inf) >= distance[inside[-1]]


@given(vectors)
def test_samplers_that_are_off_change_nothing(logits: Logits) -> None:
    for off in (TopP(1.0), TopK(0), MinP(0.0), Typical(1.0), LogitBias(None), NewNamePenalty(0.0), Dry(0.0, 2.0, 1)):
        np.testing.assert_array_equal(one(off, logits), logits)


@pytest.mark.long
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
    for sampler in (TopK(settings.top_k), TopP(settings.top_p), MinP(settings.min_p), Typical(settings.typical)):
        logits = one(sampler, logits)
    assert kept(logits)


@given(hnp.arrays(np.float32, 1500, elements=st.floats(-12, 12, width=32)), shares, st.sampled_from([0.0, 1e-4, 0.02]))
def test_a_nucleus_that_skips_what_min_p_drops_leaves_the_same(logits: Logits, p: float, share: float) -> None:
    short = one(MinP(share), one(TopP(p, share), logits))
    np.testing.assert_array_equal(short, one(MinP(share), one(TopP(p), logits)))


@given(vectors, st.data())
def test_a_prefix_allows_only_what_spells_it(logits: Logits, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(logits) - 1), min_size=1))
    rows = Rows([Row(allowed=(np.array(sorted(chosen), dtype=np.int64), None))])
    after = one(Prefix(), logits, rows)
    assert kept(after) == chosen
    assert unchanged_where_kept(logits, after)


def test_bans_hold_for_their_row_alone(tiny_voice: Voice) -> None:
    tokens = TokenTable(tiny_voice.tokenizer)
    rows = Rows([Row(bans=[np.array([tokens.full_stop])]), Row()])
    after = Bans(tokens)(np.zeros((2, tiny_voice.tokenizer.size), dtype=np.float32), rows)
    assert after[0, tokens.full_stop] == NEVER
    assert after[1, tokens.full_stop] == 0
    assert (after[:, tokens.never] == NEVER).all()
    assert tiny_voice.tokenizer.separator in tokens.never


@pytest.mark.parametrize("with_another", [False, True])
@pytest.mark.parametrize("wish", [WritingSettings(), WritingSettings(typical=0.5), WritingSettings(top_k=3, min_p=0.0)])
def test_where_everything_is_banned_nothing_is_drawn(
    tokens: TokenTable, wish: WritingSettings, with_another: bool
) -> None:
    everything = np.arange(tokens.tokenizer.size)
    rows = Rows([Row(bans=[everything]), *([Row()] if with_another else [])])
    network = NetworkLogits.of(np.random.default_rng(1).normal(0, 5, (len(rows.each), len(everything))).astype("f4"))
    drawn = draw_by_chain(make_chain(wish, tokens), network, rows, [0.5] * len(rows.each))
    assert drawn[0] is None
    assert all(each is not None for each in drawn[1:])


@given(st.integers(1, 5), st.floats(0.1, 2.0), st.integers(0, 2**31))
def test_a_row_is_sampled_as_if_it_were_alone(tokens: TokenTable, count: int, temperature: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    size = tokens.tokenizer.size
    network = generator.normal(0, 3, (count, size)).astype(np.float32)
    in_word = generator.random(count) < 0.5
    chain = word_choice(
        WritingSettings(temperature=temperature), tokens, generator.normal(0, 1, size).astype(np.float32)
    )
    together = run_chain(chain, network, Rows([Row(in_word=bool(each)) for each in in_word]))
    for row in range(count):
        alone = run_chain(chain, network[row : row + 1], Rows([Row(in_word=bool(in_word[row]))]))
        np.testing.assert_array_equal(together[row], alone[0])


@pytest.fixture(scope="module")
def tokens(tiny_voice: Voice) -> TokenTable:
    return TokenTable(tiny_voice.tokenizer)


def punished(
    history: list[int], *, size: int = 12, allowed: int = 2, breakers: tuple[int, ...] = ()
) -> dict[int, float]:
    rows = Rows([Row(history=history)])
    after = one(Dry(0.8, 2.0, allowed, frozenset(breakers)), np.zeros(size, dtype=np.float32), rows)
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


def test_a_frame_is_a_run_with_another_token_in_it() -> None:
    frame = [1, 2, 3, 4]
    history = [*frame, 10, 0, *frame, 11, 0, 1, 2, 3]
    assert Dry(0.8, 2.0, 3).repeated(history) == {4: 4}
    assert Dry(0.8, 2.0, 3, frame=5).repeated(history) == {4: 6}
    apart = [1, 2, 3, 10, 4, 5, 6, 7, 1, 2, 3, 11, 4, 5, 6]
    assert Dry(0.8, 2.0, 4).repeated(apart) == {}
    assert Dry(0.8, 2.0, 4, frame=6).repeated(apart) == {7: 4}
    assert Dry(0.8, 2.0, 4, breakers=frozenset({11}), frame=6).repeated(apart) == {}


def test_three_tokens_do_not_stand_there_for_the_third_time() -> None:
    history = [1, 2, 3, 9, 1, 2, 3, 8, 1, 2, 4, 7, 1, 2]
    dry = Dry(0.8, 2.0, 9, often=True)
    assert dry.third_times(history) == {3: 2}
    assert dry.third_times(history[:-5]) == {}
    assert Dry(0.8, 2.0, 9, frozenset({2}), often=True).third_times(history) == {}
    rows = Rows([Row(history=history)])
    after = one(dry, np.zeros(12, dtype=np.float32), rows)
    assert np.flatnonzero(after).tolist() == [3]
    assert after[3] == pytest.approx(-1.2)


def test_dry_never_overflows() -> None:
    rows = Rows([Row(history=[1] * 2000)])
    after = one(Dry(10.0, 4.0, 1), np.zeros(4, dtype=np.float32), rows)
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


@given(vectors, st.floats(0, 1, exclude_max=True))
def test_drawing_takes_a_possible_token_and_the_same_again(logits: Logits, chance: float) -> None:
    logits[logits < 0] = NEVER
    [token] = draw(logits[None], [chance])
    assert token in kept(logits) if kept(logits) else token is None
    assert draw(logits[None].copy(), [chance]) == [token]


def test_drawing_follows_the_distribution_at_its_temperature() -> None:
    logits = np.log(np.array([0.1, 0.6, 0.3], dtype=np.float32))
    cool = one(Temperature(0.5), logits)
    drawn = draw(np.repeat(cool[None], 10_000, axis=0), [(i + 0.5) / 10_000 for i in range(10_000)])
    counts = np.bincount([int(token or 0) for token in drawn], minlength=3)
    np.testing.assert_allclose(counts / 10_000, np.array([1, 36, 9]) / 46, atol=2e-4)
    assert draw(cool[None], [0.0]) == [1]
    assert draw(one(Temperature(1e-9), logits)[None], [0.999999]) == [1]
    assert draw(np.full((1, 3), NEVER), [0.5]) == [None]


@given(st.integers(0, 2**63 - 1), st.integers(0, 10**6))
def test_uniform_numbers_lie_between_0_and_1(seed: int, counter: int) -> None:
    value = uniform(seed, counter)
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
    assert [uniform(seed, i) for i in range(5)] == [(value >> 11) / 2**53 for value in published]


def test_uniform_numbers_of_neighbouring_seeds_have_nothing_in_common() -> None:
    table = np.array([[uniform(seed, i) for i in range(200)] for seed in range(1, 51)])
    assert abs(table.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(table)[~np.eye(50, dtype=bool)]).max() < 0.35
    for first, second in pairwise(table):
        assert not np.intersect1d(first, second).size


class SixTokens:
    """Three tokens that spell on, and three that do not."""

    going_on = np.array([0, 1, 2])


def spell(logits: Logits, settings: WritingSettings, bias: Logits | None = None) -> Logits:
    """What is drawn from where a word stands unfinished."""
    chain: list[Sampler] = [
        InWordFilter(SixTokens(), settings.spelling),  # type: ignore[arg-type]
        LogitBias(bias),
        TopP(settings.top_p, settings.min_p),
        MinP(settings.min_p),
        Temperature(settings.temperature),
        InWordJoin(),
    ]
    return run_chain(chain, logits[None], Rows([Row(in_word=True)]))[0]


def spelled(probabilities: list[float], **values: float) -> tuple[dict[int, float], WritingSettings]:
    """What is drawn from, by id."""
    chosen = WritingSettings(**{"top_p": 1.0, "min_p": 0.0, "temperature": 1.0, "spelling": 0.1, **values})  # type: ignore[arg-type]
    with np.errstate(divide="ignore"):
        logits = np.log(np.array(probabilities, dtype=np.float32))
    after = softmax(spell(logits, chosen))
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
    st.floats(0, 1),
    st.floats(0.1, 2),
    st.sets(st.integers(0, 5), max_size=5),
)
def test_spelling_never_leaves_nothing_and_allows_nothing_banned(
    logits: Logits, share: float, temperature: float, banned: set[int]
) -> None:
    settings = WritingSettings(spelling=share, temperature=temperature)
    logits[sorted(banned)] = NEVER
    after = spell(logits, settings, np.ones(6, dtype=np.float32))
    assert kept(after)
    assert not kept(after) & banned
    [token] = draw(after[None], [0.5])
    assert token in kept(after)


def test_without_spelling_a_token_is_a_token() -> None:
    logits = np.arange(6, dtype=np.float32)
    settings = WritingSettings(spelling=0.0, temperature=1.0, top_p=1.0, min_p=0.0)
    np.testing.assert_array_equal(spell(logits, settings, np.ones(6, dtype=np.float32)), logits + 1)


def test_the_bias_leaves_alone_what_the_memory_recalls() -> None:
    mixed = np.log(np.array([0.45, 0.27 + 0.1, 0.18], dtype=np.float32))  # a tenth is the memory's, all for the second
    rows = Rows([Row()])
    own = np.array([0.27 / 0.37], dtype=np.float32)
    rows.recalled = [Recalled(np.array([0]), np.array([1]), own)]
    moved = one(LogitBias(np.log(np.array([2, 4, 1], dtype=np.float32))), mixed, rows)
    assert np.exp(moved) == pytest.approx([0.9, 4 * 0.27 + 0.1, 0.18], rel=1e-5)
