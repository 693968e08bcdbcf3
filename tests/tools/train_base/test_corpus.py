"""The corpus: what is held out is never trained on, and comes into the token file apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from tools.train_base.corpus import (
    COLLECTIONS,
    closed_runs,
    hashed_runs,
    held_out,
    known_words,
    read_work,
    read_works,
    training_works,
    without_shared_runs,
    without_title_page,
)

from pandemonium.text.hyphens import join_hyphens
from pandemonium.training.material.tokens import Batches, read_token_file
from pandemonium.voice.tokenizer import SubwordTokenizer
from tools.train_base import corpus as base_corpus


@pytest.fixture
def token_file(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # In this process: the pool's children would load torch again.
    works = {collection: [read_work(path) for path in paths] for collection, paths in training_works(corpus).items()}
    monkeypatch.setattr(base_corpus, "read_works", lambda folder, say: works)
    base_corpus.write_tokens(corpus, tmp_path / "tokens.npz", 400, lambda text: None)
    return tmp_path / "tokens.npz"


def test_held_out_works_are_no_training_works(corpus: Path) -> None:
    closed = {path for paths in held_out(corpus).values() for path in paths}
    assert len(closed) == 14
    assert all(path.is_file() for path in closed)
    works = training_works(corpus)
    assert works.keys() == COLLECTIONS.keys()
    assert all(len(paths) == 2 for paths in works.values())
    assert not closed & {path for paths in works.values() for path in paths}


def test_a_work_is_clean_and_without_marks_of_emphasis(corpus: Path) -> None:
    text = read_work(corpus / "lovecraft" / "work-0.txt")
    assert "lovecraft" in text
    assert "_" not in text


@pytest.mark.long
def test_the_token_file_holds_each_collection_and_the_held_out_tales_apart(token_file: Path, corpus: Path) -> None:
    datasets, header = read_token_file(token_file)
    assert datasets.keys() == {*COLLECTIONS, "dev", "test"}
    tokenizer = SubwordTokenizer(header["tokenizer"])
    assert tokenizer.size == header["vocabulary"] == 400
    for number, collection in enumerate(COLLECTIONS):
        text = tokenizer.decode(datasets[collection].tokens.tolist())
        assert f"Zq{number}x0" in text
        assert f"Zq{number}x1" in text
        assert "unseen" not in text
    assert "Zq0x2" in tokenizer.decode(datasets["dev"].tokens.tolist())
    assert "Zq0x3" in tokenizer.decode(datasets["test"].tokens.tolist())
    originals = {
        part: len((corpus / "lovecraft" / f"{name}.txt").read_text("utf-8"))
        for part, name in (("dev", "work-2"), ("test", "work-3"))
    }
    assert header["characters"] == originals


def test_no_window_of_a_training_shows_a_held_out_work(token_file: Path) -> None:
    datasets, header = read_token_file(token_file)
    for part in ("dev", "test"):
        datasets.pop(part)
    tokenizer = SubwordTokenizer(header["tokenizer"])
    batches = Batches(datasets, separator=tokenizer.separator, batch=4, length=32, windows=8, seed=1)
    seen = set()
    for _ in range(120):
        window, _ = batches.next()
        for sequence in range(4):
            text = tokenizer.decode(window[:, sequence].tolist())
            assert "unseen" not in text
            seen.add(text)
    assert len(seen) > 100


def test_a_title_page_is_cut_and_prose_is_not() -> None:
    prose = "It was in the autumn of that year, when the rains had made the lower road impassable, that " * 2
    assert without_title_page(f"THE HOUSE\n\nBY A. N. OTHER\n\nCHAPTER I\n\n{prose}\n\n“Yes.”") == f"{prose}\n\n“Yes.”"
    assert without_title_page("Short.\n\nShorter.") == "Short.\n\nShorter."


def test_words_that_a_lines_end_had_parted_are_joined_where_the_whole_is_known() -> None:
    known = {"together": 9, "together,": 9, "patience": 5, "underhill": 1}
    mended = join_hyphens(
        "They stood to- gether in pa- tience, first- and second-born, at under- hill.", known_words(known)
    )
    assert mended == "They stood together in patience, first- and second-born, at under- hill."


def test_what_shares_a_run_of_words_with_a_held_out_work_stays_out() -> None:
    closed_text = " ".join(f"closed{i}" for i in range(60))
    closed = np.unique(hashed_runs(closed_text))
    verse = " ".join(closed_text.split()[3:18])
    clean_part = " ".join(f"open{i}" for i in range(40))
    assert without_shared_runs(clean_part, closed) == clean_part
    assert without_shared_runs(f"{clean_part}\n\nHe read: {verse.upper()}!\n\nEnd.", closed) == f"{clean_part}\n\nEnd."
    assert without_shared_runs(f"{clean_part} {closed_text}", closed) == ""


def test_no_training_text_shares_a_run_of_words_with_a_held_out_work(corpus: Path, tmp_path: Path) -> None:
    copy = tmp_path / "corpus"
    shutil.copytree(corpus, copy)
    stolen = (copy / "lovecraft" / "work-3.txt").read_text("utf-8")
    (copy / "more" / "novels" / "work-1.txt").write_text(stolen, "utf-8")
    works = read_works(copy)
    closed = closed_runs(copy)
    assert len(works["classics"]) == 1
    for texts in works.values():
        for text in texts:
            assert not np.isin(hashed_runs(text), closed).any()
