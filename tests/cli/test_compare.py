"""`compare` puts voices beside each other, draws a chart, and says in a sentence what it cannot do."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from pandemonium.cli.main import main
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.units import UNITS, train_tokenizer

pytestmark = pytest.mark.usefixtures("qapp")  # one of the right kind, for the windows of later tests

TALE = "The door opened slowly, and I heard a sound. Nobody answered him, for nobody had lived there.\n\n"


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A voice of each unit, that knows how frequent its pieces are and nothing else."""
    folder = tmp_path_factory.mktemp("voices")
    found = {}
    chance = np.random.default_rng(1)
    for unit in UNITS:
        tokenizer = train_tokenizer([TALE * 20], unit, 300)
        shape = PlainArchitecture(tokenizer.size, 8, 8, 1)
        weights = {
            name: chance.normal(scale=0.05, size=size).astype(np.float32) for name, size in shape.shapes().items()
        }
        counts = np.bincount(tokenizer.encode(TALE), minlength=tokenizer.size)
        weights["output.bias"] = np.log(counts + 1e-3).astype(np.float32)
        profile = StyleProfile.of([TALE * 20])
        save_voice(quantize_voice(unit, shape, tokenizer, weights, Card(unit), profile), folder / f"{unit}.voice")
        found[unit] = str(folder / f"{unit}.voice")
    return found


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "held out.txt"
    path.write_text(TALE, "utf-8")
    return str(path)


@pytest.mark.long
def test_voices_of_every_unit_in_one_table(
    voices: dict[str, str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", text, "--voices", ",".join(voices.values()), "--words", "2", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [row["unit"] for row in printed["voices"]] == list(UNITS)
    for row in printed["voices"]:
        assert row["bits_per_character"] > 0
        assert 0 < row["next_character_accuracy"] < 1
        assert row["characters_per_second"] > 0
        assert row["style"]["word_lengths"]
    assert printed["texts"]["style"]["the"] > 0


@pytest.mark.long
def test_the_table_for_people_and_the_chart(
    voices: dict[str, str], text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chart = tmp_path / "chart.svg"
    assert main(["compare", text, "--voices", voices["word"], "--words", "1", "--chart", str(chart)]) == 0
    out = capsys.readouterr().out
    assert "next character foreseen" in out
    assert "prepositions" in out
    assert ElementTree.fromstring(chart.read_text("utf-8")).get("role") == "img"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--voices", "no-such"], "no-such"),
        (["--voices", " , "], "There is no voice to compare."),
        (["--words", "0"], "--words cannot be 0."),
        (["--temperature", "9"], "--temperature cannot be 9."),
        (["--chart", "chart.pdf"], "Name a .svg or a .png file."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    arguments: list[str], said: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", text, *arguments]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.long
def test_a_chart_that_cannot_be_written_is_a_sentence(
    voices: dict[str, str], text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("none/chart.svg", "none/chart.png"):
        arguments = ["compare", text, "--voices", voices["word"], "--words", "1", "--chart", str(tmp_path / name)]
        if name.endswith("png"):
            pytest.importorskip("PySide6.QtSvg")
        assert main(arguments) == 1
        assert "cannot be written" in capsys.readouterr().err


def test_a_missing_file_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "/no/such.txt"]) == 1
    assert "cannot be read" in capsys.readouterr().err
