"""The selftest: a line for each part, and exit code 1 with a sentence where one does not work."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from pandemonium import paths
from pandemonium.cli import selftest
from pandemonium.cli.main import main
from pandemonium.documents.formats import SUFFIXES

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.long
def test_a_sound_installation_passes(capsys: pytest.CaptureFixture[str], pandemonium_home: Path) -> None:
    assert main(["selftest"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert said.err == ""
    assert all(line.startswith("ok ") for line in lines)
    for part in (
        "resources",
        "voices: lovecraft",
        "continuing",
        "training: 2 steps",
        *(f"documents, {s}:" for s in SUFFIXES),
        *(f"export, {s}:" for s in (".html", ".epub", ".pdf")),
        "spelling: en_GB, en_US",
    ):
        assert part in said.out
    assert [path.name for path in (pandemonium_home / "data").rglob("*") if path.is_file()] == []


def test_without_torch_training_is_passed_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    find: Any = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "torch" else find(name, *rest))
    monkeypatch.setattr(selftest, "_checks", lambda: iter([("training", selftest._training)]))
    assert main(["selftest"]) == 0
    assert "not part of this installation" in capsys.readouterr().out


@pytest.mark.long
def test_a_broken_voice_and_a_broken_font_are_told_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    resources = tmp_path / "resources"
    models.mkdir()
    (resources / "fonts").mkdir(parents=True)
    (resources / "fonts" / "broken.ttf").write_bytes(b"no font")
    whole = (paths.models() / "lovecraft.voice").read_bytes()
    (models / "lovecraft.voice").write_bytes(whole[:-1])
    monkeypatch.setattr(paths, "models", lambda: models)
    monkeypatch.setattr(paths, "resources", lambda: resources)
    assert main(["selftest"]) == 1
    said = capsys.readouterr()
    assert "FAILED  voices: lovecraft.voice" in said.out
    assert "FAILED  resources: broken.ttf is no font." in said.out
    assert "ok      documents, .txt" in said.out
    assert said.err == (
        "This installation is not sound: resources, voices, continuing, spelling. Install Pandemonium again.\n"
    )


def test_what_nobody_foresaw_does_not_end_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> str:
        raise ZeroDivisionError("the angles are wrong")

    monkeypatch.setattr(selftest, "_checks", lambda: iter([("angles", fail), ("folder", str)]))
    assert main(["selftest"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "FAILED  angles: ZeroDivisionError: the angles are wrong"
    assert out[1].startswith("ok      folder")
