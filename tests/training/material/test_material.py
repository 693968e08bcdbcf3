"""The texts of one training, as they lie in the job folder: whole, cut for scoring, and there again after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pandemonium.errors import TrainingError
from pandemonium.training.material.material import FILE, Material, stretches
from pandemonium.training.reading.splitting import split
from pandemonium.training.reading.texts import Texts
from pandemonium.voice.tokenizer import SubwordTokenizer


def test_what_was_split_comes_back(tmp_path: Path, tokenizer: SubwordTokenizer, invented: Callable[..., str]) -> None:
    documents = [(f"{seed}.txt", invented(seed, paragraphs=30)) for seed in range(3)]
    parts = split(documents, 1)
    made = Material.prepare(Texts.of(documents, "en"), tokenizer, tmp_path, 1)
    found = Material.load(tmp_path)
    assert [tokenizer.decode(found.train.document(i)) for i in range(3)] == [text for _, text in parts.train]
    assert found.train_names == ["0.txt", "1.txt", "2.txt"]
    assert found.train_characters == sum(len(text) for _, text in parts.train)
    assert found.test == parts.test
    assert found.language == "en"
    held = [tokenizer.decode(piece) for piece in found.development_pieces]
    assert "".join(" ".join(held).split()) == "".join(" ".join(text for _, text in parts.development).split())
    assert found.development_characters == sum(map(len, held))
    assert all(piece[-1] == tokenizer.separator for piece in found.development_pieces)
    assert 1 < found.characters_per_token == made.characters_per_token
    assert np.array_equal(made.train.tokens, found.train.tokens)


def test_a_missing_or_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be read"):
        Material.load(tmp_path)
    (tmp_path / FILE).write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(TrainingError, match="cannot be read"):
        Material.load(tmp_path)


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, tokenizer: SubwordTokenizer, invented: Callable[..., str]
) -> None:
    resource = pytest.importorskip("resource")
    texts = Texts.of([("a.txt", invented(1, paragraphs=30))])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
    try:
        with pytest.raises(TrainingError, match="Make room on the disk"):
            Material.prepare(texts, tokenizer, tmp_path, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_stretches_are_short_and_lose_no_word(invented: Callable[..., str]) -> None:
    for text in (
        invented(1, paragraphs=60),
        invented(2, paragraphs=60).replace("\n\n", " "),
        "\u5b57" * 9_000,
        "One.",
        "",
    ):
        found = stretches(text)
        assert "".join("".join(found).split()) == "".join(text.split())
        assert all(0 < len(each) <= 5_000 for each in found)
