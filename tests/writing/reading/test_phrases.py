"""The memory of the draft: what followed before gains, is always a distribution, and says where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.reading.draft import DraftTokens, parts_of
from pandemonium.writing.reading.phrases import FRESH, Phrases, run_sums
from pandemonium.writing.sampling.drawing import softmax

SIZE = 12
PADDING = [0] * (FRESH + 1)  # what stands right before the cursor is not recalled


def mixed(text: list[int], history: list[int], share: float = 0.1) -> np.ndarray:
    logits = np.random.default_rng(1).normal(0, 1, (1, SIZE)).astype(np.float32)
    found, recalled = Phrases(np.array([*text, *PADDING])).mix(logits, share, [history])
    assert bool(recalled) == (found is not logits)
    return softmax(found)[0] - softmax(logits)[0]


def test_what_followed_gains_and_the_longer_run_gains_more() -> None:
    text = [1, 2, 3, 4, 5, 1, 2, 3, 4, 6]
    one = mixed(text, [9, 9, 2])
    assert one.argmax() == 3
    assert (one[np.arange(SIZE) != 3] < 0).all()
    three = mixed(text, [1, 2, 3])
    assert three.argmax() == 4
    assert three[4] > one[3]
    assert mixed(text, [4, 5, 1])[2] > 0
    both = mixed(text, [2, 3, 4])
    assert both[5] > 0
    assert both[6] > 0


@pytest.mark.parametrize("history", [[], [9], [8, 9, 10], [1, 7]])
def test_what_never_stood_there_changes_nothing(history: list[int]) -> None:
    assert (mixed([1, 2, 3, 4], history) == 0).all()


def test_nothing_is_recalled_where_it_is_switched_off_or_fresh() -> None:
    assert (mixed([1, 2, 3, 4], [1, 2], share=0.0) == 0).all()
    logits = np.zeros((1, SIZE), dtype=np.float32)
    found, recalled = Phrases(np.array([1, 2, 3, 4] * 10)).mix(logits, 0.1, [[1, 2]])
    assert found is logits
    assert recalled == []


@given(
    st.lists(st.integers(0, 5), max_size=150),
    st.lists(st.lists(st.integers(0, 6), max_size=5), min_size=1, max_size=4),
    st.floats(0, 0.9),
    st.integers(1, 3),
)
def test_always_a_distribution_and_a_row_hangs_on_no_other(
    text: list[int], histories: list[list[int]], share: float, stretch: int
) -> None:
    phrases = Phrases(np.array(text, dtype=np.int64), stretch, fresh=8)
    logits = np.random.default_rng(2).normal(0, 4, (len(histories), SIZE)).astype(np.float32)
    before = logits.copy()
    together, recalled = phrases.mix(logits, share, histories)
    assert (logits == before).all()
    assert np.isfinite(together).all()
    for each in recalled:
        assert ((each.own > 0) & (each.own <= 1)).all()
    for row, history in enumerate(histories):
        alone, found = phrases.mix(logits[row : row + 1], share, [history])
        np.testing.assert_allclose(softmax(alone)[0], softmax(together)[row], atol=1e-6)
        if found:
            assert np.exp(alone[0]).sum() == pytest.approx(1, abs=1e-3)


def test_says_where_it_stood_the_last_time() -> None:
    phrases = Phrases(np.array([1, 2, 3, 9, 1, 2, 3, 4, 2, 3, *PADDING]))
    assert phrases.place_of([7, 1, 2], 3) == 6
    assert phrases.place_of([7, 7, 3], 9) == 3
    assert phrases.place_of([1, 2, 3], 9) == 3
    assert phrases.place_of([1, 2, 3], 8) is None
    assert phrases.place_of([], 8) is None


def test_equal_runs_have_equal_sums() -> None:
    tokens = np.random.default_rng(3).integers(0, 4, 500)
    for length in (1, 2, 3, 7):
        runs = {tuple(tokens[at : at + length].tolist()) for at in range(500 - length + 1)}
        assert len(set(run_sums(tokens, length).tolist())) == len(runs)
    assert len(run_sums(tokens[:2], 3)) == 0


def test_an_edit_touches_one_part(prose: str) -> None:
    book = "\n\n".join(f"{number}. {line}" for number, line in enumerate(prose.split("\n") * 12) if line)
    parts = parts_of(book)
    assert len(parts) > 5
    assert "".join(parts).split() == book.split()
    at = len(book) // 2
    edited = parts_of(f"{book[:at]}something else {book[at:]}")
    assert len(set(edited) - set(parts)) <= 2
    assert len(set(parts) - set(edited)) <= 2


def test_parts_are_read_once_also_tomorrow(
    prose: str, tokenizer: SubwordTokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = DraftTokens(tokenizer)
    tokens = draft.of(prose, "\n\n")
    assert "".join(tokenizer.decode(tokens.tolist()).split()) == "".join(prose.split())
    assert draft.changed
    data = draft.dump()
    tomorrow = DraftTokens(tokenizer)
    assert tomorrow.load(data)
    encoded: list[str] = []
    encode = tokenizer.encode
    monkeypatch.setattr(tokenizer, "encode", lambda text: encoded.append(text) or encode(text))
    np.testing.assert_array_equal(tomorrow.of(prose, "\n\n"), tokens)
    assert not encoded
    assert not tomorrow.changed
    tomorrow.of(prose, "\n")
    assert encoded


@pytest.mark.parametrize("harm", [b"", b"abc", b"\xff" * 100])
def test_other_bytes_are_no_tokens(tokenizer: SubwordTokenizer, harm: bytes) -> None:
    draft = DraftTokens(tokenizer)
    draft.of("Some text.", "\n\n")
    data = draft.dump()
    for broken in (harm, data[:-1], data + b"x"):
        assert not DraftTokens(tokenizer).load(broken)
    assert not DraftTokens(tokenizer).load(data[:-4] + b"\xff\xff\xff\x7f")
