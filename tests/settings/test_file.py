"""The settings file: what is unknown stays, what is wrong falls back, what is broken is set aside."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import SettingsError
from pandemonium.settings import Settings, SettingsFile, Shortcuts, WritingSettings, file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str) -> SettingsFile:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return SettingsFile(path)


def test_no_file_gives_the_defaults(path: Path) -> None:
    settings = SettingsFile(path)
    assert settings.load() == Settings()
    assert settings.notes == []


def test_what_is_saved_is_loaded(path: Path) -> None:
    settings = replace(Settings(), writing=WritingSettings(temperature=1.1, words=90, banned=("eldritch",)))
    SettingsFile(path).save(settings)
    assert SettingsFile(path).load() == settings


def test_unknown_keys_stay(path: Path) -> None:
    settings = written(path, 'version = 1\nlater = 3\n[writing]\nwords = 30\nmood = "grim"\n[harvest]\nmoon = true\n')
    loaded = settings.load()
    assert loaded.writing.words == 30
    settings.save(loaded)
    raw = tomllib.loads(path.read_text("utf-8"))
    assert (raw["later"], raw["writing"]["mood"], raw["harvest"]) == (3, "grim", {"moon": True})


def test_values_out_of_range_fall_back_and_are_told(path: Path) -> None:
    settings = written(path, '[writing]\ntemperature = 9\nwords = 40\n[editor]\ntheme = "pink"\nfont_size = 14\n')
    loaded = settings.load()
    assert (loaded.writing.temperature, loaded.writing.words) == (WritingSettings().temperature, 40)
    assert (loaded.editor.theme, loaded.editor.font_size) == ("system", 14.0)
    assert len(settings.notes) == 2


def test_a_broken_file_is_set_aside(path: Path) -> None:
    settings = written(path, "[writing\nwords = ")
    assert settings.load() == Settings()
    assert (path.parent / "settings.toml.broken").read_text("utf-8").startswith("[writing")
    assert settings.notes == ["The settings file could not be read; it was set aside as settings.toml.broken."]
    settings.save(Settings())
    assert SettingsFile(path).load() == Settings()


def test_old_files_are_upgraded_step_by_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "VERSION", 3)
    monkeypatch.setattr(
        file,
        "UPGRADES",
        {1: lambda raw: {**raw, "writing": {"words": raw["length"]}}, 2: lambda raw: {**raw, "seen": True}},
    )
    settings = written(path, "version = 1\nlength = 77\n")
    loaded = settings.load()
    assert loaded.writing.words == 77
    settings.save(loaded)
    assert tomllib.loads(path.read_text("utf-8"))["version"] == 3


def test_a_newer_file_is_told_of_and_keeps_its_version(path: Path) -> None:
    settings = written(path, "version = 99\n[writing]\nwords = 50\n")
    loaded = settings.load()
    assert loaded.writing.words == 50
    assert "newer" in settings.notes[0]
    settings.save(loaded)
    assert tomllib.loads(path.read_text("utf-8"))["version"] == 99


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(SettingsError, match="could not be saved"):
        SettingsFile(tmp_path / "config" / "settings.toml").save(Settings())


@given(st.binary(max_size=200))
def test_no_file_stops_the_program(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_bytes(data)
    assert isinstance(SettingsFile(path).load(), Settings)


def test_own_keys_are_kept_by_the_name_of_their_action(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('[shortcuts]\nretryAction = "Alt+T"\nbroken = 3\n', "utf-8")
    file = SettingsFile(path)
    settings = file.load()
    assert settings.shortcuts.keys == {"retryAction": "Alt+T"}
    file.save(replace(settings, shortcuts=Shortcuts({"stopAction": ""})))
    assert SettingsFile(path).load().shortcuts.keys == {"stopAction": ""}


def test_who_wrote_with_a_preset_writes_on_with_the_preset_of_that_name(path: Path) -> None:
    def upgraded(text: str) -> WritingSettings:
        return written(path, text).load().writing

    balanced = "[writing]\ntemperature = 0.8\ntop_p = 0.9\nmin_p = 0.02\nbalance = 1.45\nnewcomers = 2.0\n"
    assert upgraded(f"version = 1\n{balanced}") == WritingSettings(newcomers=2.0)
    by_hand = upgraded(f"version = 1\n{balanced}".replace("0.9", "0.95"))
    assert (by_hand.temperature, by_hand.top_p, by_hand.balance) == (0.8, 0.95, 1.45)
    assert upgraded("version = 1\n[writing]\nwords = 30\n") == WritingSettings(words=30)
    assert upgraded(f"version = 2\n{balanced}").balance == 1.45
