"""The writer's own words are kept as she wrote them, and never lost to a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.errors import PandemoniumError
from pandemonium.text.own_words import add_word, read_words, write_words


def test_no_file_is_no_words(tmp_path: Path) -> None:
    assert read_words(tmp_path / "none.txt") == []


def test_words_are_added_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "new" / "own.txt"
    for word in ("Zadok", "Ammi", " Zadok "):
        add_word(path, word)
    assert path.read_text("utf-8") == "Zadok\nAmmi\n"


def test_a_file_edited_elsewhere_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes("\ufeffAmmi\r\n\r\n  Zo\u0308e \r\nAmmi".encode())
    assert read_words(path) == ["Ammi", "Zöe"]


@given(st.lists(st.text(min_size=1).filter(lambda each: len(each.splitlines()) == 1 and each.strip() == each)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_again(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "own.txt"
    try:
        write_words(path, words)
    except UnicodeEncodeError:
        return  # lone surrogates; no field of ours lets them in
    once = read_words(path)
    write_words(path, once)
    assert read_words(path) == once
    assert len(once) == len(set(once))


def test_a_file_in_another_encoding_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes("Zöe\n".encode("latin-1"))
    with pytest.raises(PandemoniumError, match="UTF-8"):
        add_word(path, "Ammi")
    assert path.read_bytes() == "Zöe\n".encode("latin-1")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PandemoniumError, match="could not be saved"):
        write_words(tmp_path / "file" / "own.txt", ["Ammi"])
