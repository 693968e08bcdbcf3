"""The texts of a training, read part by part: nothing is lost on the way, and no more is in memory than a part."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.language import LanguageIdentifier
from pandemonium.training.job import Job
from pandemonium.training.material import material
from pandemonium.training.material.material import Material
from pandemonium.training.reading import texts
from pandemonium.training.reading.examining import examine
from pandemonium.training.reading.selection import Survey
from pandemonium.training.reading.splitting import Documents, halves, split
from pandemonium.training.reading.store import ProseStore
from pandemonium.training.reading.texts import Texts, find_texts, forget_handed_on, hand_on, handed_on
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


def read_all(texts: Texts) -> dict[str, list[str]]:
    return {name: list(texts.read(index)) for index, name in enumerate(texts.names)}


def folder_of_texts(root: Path, invented: Callable[..., str]) -> Path:
    folder = root / "texts"
    (folder / "notes").mkdir(parents=True)
    (folder / "long.txt").write_text(invented(1))
    (folder / "other.md").write_text(invented(2))
    for number in range(5):
        (folder / "notes" / f"{number}.txt").write_text(f"The lamp went out for the time number {number}, he said.")
    return folder


@pytest.mark.long
def test_short_texts_of_a_folder_are_read_as_one(tmp_path: Path, invented: Callable[..., str]) -> None:
    folder = folder_of_texts(tmp_path, invented)
    found = find_texts(Job("a", [str(folder)], ""))
    assert [Path(name).name for name in found.names] == ["long.txt", "notes", "other.md"]
    for index, (_, text) in enumerate(found.whole()):
        assert len(text) == found.sizes[index]
    assert len(read_all(found)[str(folder / "notes")]) == 5


@pytest.mark.long
def test_what_a_survey_read_is_handed_on_and_not_read_again(
    tmp_path: Path, invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of_texts(tmp_path, invented)
    expected = read_all(find_texts(Job("a", [str(folder)], "")))
    store = ProseStore.temporary(tmp_path / "trainings")
    selection = Survey(examine([folder], LanguageIdentifier(), store), store).select()
    job = tmp_path / "job"
    job.mkdir()
    hand_on(selection, store, job)
    assert list((tmp_path / "trainings").iterdir()) == []
    monkeypatch.setattr(texts, "read_prose", lambda path: pytest.fail(f"{path} is read again"))
    taken = handed_on(job)
    assert taken is not None
    assert (taken.language, read_all(taken)) == ("en", expected)
    (folder / "long.txt").unlink()
    assert read_all(taken) == expected
    del taken
    forget_handed_on(job)
    assert handed_on(job) is None
    assert list(job.iterdir()) == []


@pytest.mark.long
def test_a_training_without_a_survey_reads_once(
    tmp_path: Path, invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of_texts(tmp_path, invented)
    expected = read_all(find_texts(Job("a", [str(folder)], "")))
    monkeypatch.setattr(texts, "read_prose", lambda path: pytest.fail(f"{path} is read again"))
    assert read_all(find_texts(Job("a", [str(folder)], ""), tmp_path)) == expected


@pytest.mark.parametrize("damage", ["{", "[]", '{"texts": [{}]}', '{"language": 1, "texts": [], "parts": {"a": 1}}'])
def test_a_damaged_hand_over_is_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / "texts.index").write_text(damage)
    (tmp_path / "texts.prose").write_text("")
    assert handed_on(tmp_path) is None
