"""The texts of a training, read part by part: nothing is lost on the way, and no more is in memory than a part."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.training.material import material
from pandemonium.training.material.material import Material
from pandemonium.training.material.splitting import Documents, halves, split
from pandemonium.training.reading import texts
from pandemonium.training.reading.texts import Texts
from pandemonium.voice.tokenizer import SubwordTokenizer


def parts_of(documents: list[list[str]]) -> Texts:
    """Texts that come in several parts each."""

    def read(index: int) -> Iterator[str]:
        return iter(documents[index])

    sizes = tuple(len(PARAGRAPH.join(each)) for each in documents)
    return Texts(tuple(f"{index}.txt" for index in range(len(documents))), sizes, "en", read)


@given(
    st.lists(st.lists(st.integers(1, 400), min_size=1, max_size=12), min_size=1, max_size=14),
    st.sampled_from([" ", "\n", PARAGRAPH]),
    st.integers(0, 3),
)
@settings(max_examples=40, deadline=None)
def test_read_in_pieces_it_is_split_as_in_memory(shape: list[list[int]], gap: str, seed: int) -> None:
    number = iter(range(10**9))
    documents = [[gap.join(f"w{next(number):x}" for _ in range(words)) for words in parts] for parts in shape]
    streamed = parts_of(documents)
    whole = [(name, text) for name, text in streamed.whole()]
    expected = split(whole, seed)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(texts, "PIECE_CHARACTERS", 300)
        held: Documents = []
        learned: dict[int, str] = {}
        for index, piece in streamed.learned(seed, held):
            assert len(piece) <= 4 * 300 + 2 * max(streamed.sizes)
            learned[index] = learned.get(index, "") + piece
    assert [(streamed.names[index], text) for index, text in learned.items()] == expected.train
    assert halves(held) == (expected.development, expected.test)


def test_pieces_are_encoded_as_the_whole_is(
    tmp_path: Path, tokenizer: SubwordTokenizer, invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [(f"{seed}.txt", invented(seed, paragraphs=60)) for seed in range(3)]
    whole = Material.prepare(Texts.of(documents), tokenizer, tmp_path, 1)
    ids = [whole.train.document(index).tolist() for index in range(3)]
    monkeypatch.setattr(texts, "PIECE_CHARACTERS", 700)
    cut = Material.prepare(Texts.of(documents), tokenizer, tmp_path, 1)
    assert [cut.train.document(index).tolist() for index in range(3)] == ids
    assert cut.train_characters == whole.train_characters


@pytest.mark.long
def test_a_long_text_needs_little_memory(
    tmp_path: Path, tokenizer: SubwordTokenizer, invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of six megabytes, five in one text, no more than a few pieces are in memory at a time."""
    monkeypatch.setattr(texts, "PIECE_CHARACTERS", 10_000)
    monkeypatch.setattr(material, "STRETCH_TOKENS", 2048)
    part = invented(1, paragraphs=100)
    sizes = (5_000_000, 500_000, 500_000)

    def read(index: int) -> Iterator[str]:
        return (f"{number}: {part}" for number in range(sizes[index] // len(part)))

    tracemalloc.start()
    try:
        made = Material.prepare(Texts(("long", "a", "b"), sizes, "en", read), tokenizer, tmp_path, 1)
        sample = made.sample(tokenizer.decode, 100_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert made.train_characters > 5_500_000
    assert peak < 4_000_000  # what is held out, and a few pieces
    assert {name for name, _ in sample} == {"long", "a", "b"}
    assert 50_000 < sum(len(text) for _, text in sample) < 200_000


def test_a_short_text_is_sampled_whole_and_a_long_one_from_all_over_it(
    tmp_path: Path, tokenizer: SubwordTokenizer, invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "STRETCH_TOKENS", 100)
    documents = [("a.txt", invented(1, paragraphs=80)), ("b.txt", invented(2, paragraphs=80))]
    made = Material.prepare(Texts.of(documents), tokenizer, tmp_path, 1)
    whole = made.sample(tokenizer.decode, made.train_characters)
    assert [name for name, _ in whole] == ["a.txt", "b.txt"]
    assert all(text.startswith(part) and part for (_, part), (_, text) in zip(whole, documents, strict=True))
    some = made.sample(tokenizer.decode, made.train_characters // 5)
    size = sum(len(text) for _, text in some)
    assert made.train_characters * 0.1 < size < made.train_characters * 0.3
    assert {name for name, _ in some} == {"a.txt", "b.txt"}
    places = [dict(documents)[name].index(text.strip()) for name, text in some if name == "a.txt"]
    assert min(places) < len(documents[0][1]) * 0.3
    assert max(places) > len(documents[0][1]) * 0.5
