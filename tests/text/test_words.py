"""The word list knows English, whatever the case, and names what it cannot read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pandemonium import paths
from pandemonium.errors import PandemoniumError
from pandemonium.text.words import WORDS, WordList, real_share, words_of


@pytest.fixture(scope="module")
def english() -> WordList:
    return WordList.read(paths.resources() / WORDS)


def test_the_list_knows_both_englishes(english: WordList) -> None:
    text = "The colour of Arkham's grey tower, the color of MY neighbour's door: he don\u2019t see it, H. said."
    unknown = [word for word in words_of(text) if word not in english]
    assert unknown == ["Arkham's"]
    assert len(english) > 130_000


@pytest.mark.parametrize("word", ["e", "x", "hte", "ttttt", "wsof", "", "'s"])
def test_it_knows_no_noise(english: WordList, word: str) -> None:
    assert word not in english


def test_letters_part_words() -> None:
    assert words_of("_He_ saw 3 o'clock-men\u2014d\u2019Auseil!") == ["He", "saw", "o'clock", "men", "d\u2019Auseil"]


def test_shares_of_all_and_of_long_words() -> None:
    known = WordList(["he", "was", "there"])
    assert real_share(["He", "was", "xx", "there", "whrre"], known) == (0.6, 0.5)
    assert real_share([], known) == (0.0, 0.0)


@pytest.mark.parametrize(
    "data", [b"no gzip", gzip.compress(b"word\n", mtime=0)[:-9], gzip.compress(b"\xff\xfe", mtime=0)]
)
def test_a_damaged_list_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "words.gz"
    path.write_bytes(data)
    with pytest.raises(PandemoniumError, match=r"words\.gz cannot be read"):
        WordList.read(path)


def test_a_missing_list_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PandemoniumError, match="cannot be read"):
        WordList.read(tmp_path / "missing.gz")
