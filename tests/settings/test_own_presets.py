"""Own presets: kept under a name, sent as a file, and a stranger's file is believed as far as it keeps to ranges."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import SettingsError
from pandemonium.settings import WritingSettings
from pandemonium.settings.own_presets import LARGEST, OwnPreset, OwnPresets, read_preset, write_preset

STORM = WritingSettings(temperature=0.7, words=120, wanted=("lantern", "mast"), banned=("very",), mix=("classics=0.3",))
HEAD = 'pandemonium = "preset"\nname = "x"\n[writing]\n'


@pytest.fixture
def presets(tmp_path: Path) -> OwnPresets:
    return OwnPresets(tmp_path / "presets")


def test_a_preset_is_kept_and_found_by_its_name(presets: OwnPresets) -> None:
    assert presets.all() == []
    presets.save(OwnPreset.of("Storm at sea", STORM))
    presets.save(OwnPreset.of("\u00c4ther / \u4f60", WritingSettings(top_k=40)))
    assert [each.name for each in presets.all()] == ["Storm at sea", "\u00c4ther / \u4f60"]
    assert WritingSettings(**presets.find("storm AT sea")) == STORM
    assert OwnPreset.of("a", STORM).fits(STORM)
    assert not OwnPreset.of("a", STORM).fits(WritingSettings())
    presets.save(OwnPreset.of("storm at sea", WritingSettings()))
    assert [each.name for each in presets.all()] == ["storm at sea", "\u00c4ther / \u4f60"]
    presets.remove("Storm at sea")
    presets.remove("Storm at sea")
    assert [each.name for each in presets.all()] == ["\u00c4ther / \u4f60"]


def test_the_seed_is_no_part_of_it(presets: OwnPresets) -> None:
    preset = OwnPreset.of("a", WritingSettings(seed=7, temperature=1.0))
    assert preset.apply(WritingSettings(seed=3)) == WritingSettings(seed=3, temperature=1.0)


def test_those_that_come_with_the_program_are_found_too(presets: OwnPresets) -> None:
    assert presets.find("Wild")["temperature"] == 0.8
    for name in ("wild", "Careful"):
        with pytest.raises(SettingsError, match="comes with the program"):
            OwnPreset.of(name, STORM)
    with pytest.raises(SettingsError, match="no preset 'nobody'") as told:
        presets.find("nobody")
    assert "careful" in told.value.hint


def test_a_file_is_found_by_its_path(presets: OwnPresets, tmp_path: Path) -> None:
    file = tmp_path / "sent.toml"
    write_preset(OwnPreset.of("Storm", STORM), file)
    assert read_preset(file) == OwnPreset.of("Storm", STORM)
    assert WritingSettings(**presets.find(str(file))) == STORM


@pytest.mark.parametrize("name", ["", "  ", " a", "a\nb", "a\x00", "x" * 61, "\u202eabc"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(SettingsError, match="needs a name"):
        OwnPreset.of(name, STORM)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml [",
        "name = 3",
        'pandemonium = "preset"\nname = "x"',
        'pandemonium = "other"\nname = "x"\n[writing]\n',
        'pandemonium = "preset"\nname = ""\n[writing]\n',
        'pandemonium = "preset"\nname = ["x"]\n[writing]\n',
        'pandemonium = "preset"\nname = "x"\nwriting = 3\n',
        HEAD + "temperature = 20.0",
        HEAD + "temperature = nan",
        HEAD + "temperature = true",
        HEAD + "words = 3.5",
        HEAD + "words = 1979-05-27",
        HEAD + 'temperature = "hot"',
        HEAD + "copy_guard = 1",
        HEAD + "banned = [1, 2]",
        HEAD + 'banned = "all"',
        HEAD + 'banned = ["a\\nb"]',
        HEAD + f'wanted = ["{"a" * 300}"]',
        HEAD + "wanted = [" + '"a",' * 50_001 + "]",
        "a = " + "[" * 100_000,
    ],
)
def test_a_hostile_file_gets_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "stranger.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as told:
        read_preset(file)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 500


def test_what_is_no_file_gets_one_sentence(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"name = '\xff'")
    for path in (pipe, large, latin, tmp_path, tmp_path / "nothing.toml"):
        with pytest.raises(SettingsError):
            read_preset(path)


def test_what_this_version_does_not_know_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "newer.toml"
    file.write_text(HEAD + "temperature = 1\nmood = 'dark'\nseed = 5\n", "utf-8")
    assert read_preset(file).values == {"temperature": 1.0}


def test_a_broken_file_among_others_is_passed_over(presets: OwnPresets) -> None:
    presets.save(OwnPreset.of("a", STORM))
    (presets.folder / "broken.toml").write_text("[", "utf-8")
    assert [each.name for each in presets.all()] == ["a"]


def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(SettingsError, match="could not be saved"):
        OwnPresets(tmp_path / "file").save(OwnPreset.of("a", STORM))


@given(st.binary(max_size=200))
def test_no_bytes_do_harm(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("presets") / "any.toml"
    file.write_bytes(data)
    with pytest.raises(SettingsError):
        read_preset(file)
