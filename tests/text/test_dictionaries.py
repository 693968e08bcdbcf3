"""Dictionaries are found where they may lie, and the program's own are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium import paths
from pandemonium.text.dictionaries import FOLDER, HOUSE, find_dictionaries, system_folders
from pandemonium.text.own_words import read_words

BUNDLED = paths.resources() / FOLDER


def put(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("1\nword\n", "utf-8")
    return folder


def test_the_bundled_ones_have_their_licences() -> None:
    assert list(find_dictionaries([BUNDLED])) == ["en_GB", "en_US"]
    assert "Kevin Atkinson" in (BUNDLED / "LICENSE_en_US.txt").read_text("utf-8")
    assert "LGPL" in (BUNDLED / "README_en_GB.txt").read_text("utf-8")
    assert "LESSER GENERAL PUBLIC LICENSE" in (BUNDLED / "LGPL-3.txt").read_text("utf-8")
    assert "Nyarlathotep" in read_words(BUNDLED / HOUSE)


def test_the_earlier_folder_wins(tmp_path: Path) -> None:
    own = put(tmp_path / "own", "en_US.aff", "en_US.dic")
    found = find_dictionaries([own, tmp_path / "missing", BUNDLED])
    assert found["en_US"].words.parent == own
    assert found["en_GB"].words.parent == BUNDLED


def test_what_is_no_dictionary_is_passed_over(tmp_path: Path) -> None:
    folder = put(tmp_path / "some", "hyph_de.dic", "de_DE.aff", "fr-FR.aff", "fr-FR.dic", "READ ME.aff", "READ ME.dic")
    assert list(find_dictionaries([folder])) == ["fr_FR"]


def test_dicpath_is_heeded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert system_folders()[0] == tmp_path
