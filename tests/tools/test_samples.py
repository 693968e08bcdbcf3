"""The page of unedited samples and the plain text that is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.settings.presets import PRESETS
from tools import samples

OPENINGS = '[[opening]]\nsource = "here"\ntext = "The lamp went out, and"\n'


@pytest.fixture
def openings(tmp_path: Path) -> Path:
    path = tmp_path / "openings.toml"
    path.write_text(OPENINGS, "utf-8")
    return path


def test_page_shows_every_opening_at_each_preset(openings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert samples.main(["--openings", str(openings), "--words", "5"]) == 0
    printed = capsys.readouterr().out
    assert "*The lamp went out, and*" in printed
    assert [printed.count(f"**{preset.key.capitalize()}.**") for preset in PRESETS] == [1, 1, 1]


def test_plain_is_the_continuations_alone(openings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--openings", str(openings), "--words", "5", "--plain", "--preset", "careful", "--rounds", "2"]
    assert samples.main(arguments) == 0
    first = capsys.readouterr().out
    assert "The lamp went out" not in first
    assert len(first.split()) >= 10
    assert samples.main(arguments) == 0
    assert capsys.readouterr().out == first


@pytest.mark.long
def test_a_setting_can_be_changed_and_the_page_says_so(openings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--openings", str(openings), "--words", "12", "--preset", "balanced"]
    assert samples.main([*arguments, "--set", "temperature=0.1"]) == 0
    cold = capsys.readouterr().out
    assert "--set temperature=0.1`" in cold
    assert samples.main(arguments) == 0
    assert capsys.readouterr().out.split("**")[-1] != cold.split("**")[-1]
    with pytest.raises(SystemExit):
        samples.main([*arguments, "--set", "colour=1"])


def test_an_unknown_voice_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert samples.main(["--voice", "nobody"]) == 1
    assert "There is no voice 'nobody'." in capsys.readouterr().err
