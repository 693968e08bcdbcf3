"""`evaluate` scores a text and sets its figures beside those of the voice's training text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.cli.main import main
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.tokenizer import SubwordTokenizer

TALE = (
    'The door of the Zannhouse opened slowly, and I heard a sound. "Who is there?" cried the old man from the '
    "stair.\n\nNobody answered him, for in the Zannhouse nobody had lived since the year of the comet. "
)


@pytest.fixture(scope="module")
def voice() -> Voice:
    tokenizer = SubwordTokenizer.train([TALE * 30], 300)
    architecture = PlainArchitecture(tokenizer.size, 8, 8, 1)
    chance = np.random.default_rng(1)
    weights = {
        name: chance.normal(scale=0.1, size=shape).astype(np.float32) for name, shape in architecture.shapes().items()
    }
    profile = StyleProfile.of([TALE * 30, TALE * 20])
    return quantize_voice("little", architecture, tokenizer, weights, Card("Little"), profile)


@pytest.fixture
def files(tmp_path: Path, voice: Voice) -> tuple[str, str, str]:
    text = tmp_path / "draft.txt"
    text.write_text(TALE.upper().lower() + "A wind was rising over xyzzq.", "utf-8")
    save_voice(voice, tmp_path / "little.voice")
    save_voice(replace(voice, profile=None), tmp_path / "old.voice")
    return str(text), str(tmp_path / "little.voice"), str(tmp_path / "old.voice")


def test_json_has_the_figures(files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    text, voice, _ = files
    assert main(["evaluate", text, "--voice", voice, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["bits_per_character"] > 0
    assert result["characters"] == len(Path(text).read_text("utf-8"))
    style = result["style"]
    # Both houses and xyzzq stand in no dictionary; the houses stand in the training text.
    assert style["words"] == 44
    assert style["dictionary_words"] == pytest.approx(41 / 44, abs=1e-5)
    assert style["real_words"] == pytest.approx(43 / 44, abs=1e-5)
    assert style["copied"]["longest_run"] == 38
    assert style["copied"]["grams_8"] == pytest.approx(31 / 37, abs=1e-5)
    assert set(style["distances"]["letters"]) == {
        "total_variation",
        "jensen_shannon",
        "halves",
        "within_twice_halves",
    }
    assert style["voice"]["words"] == 50 * 38


def test_people_get_a_table(files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    text, voice, _ = files
    assert main(["evaluate", text, "--voice", voice]) == 0
    out = capsys.readouterr().out
    for words in ("bits per character (little)", "real words", "distinct-2", "word lengths", "runs of eight words"):
        assert words in out
    assert '"the door of the zannhouse' in out
    assert max(len(line) for line in out.splitlines() if "longest run" not in line and text not in line) <= 110


def test_a_voice_without_a_profile_gives_the_text_s_own_figures(
    files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    text, _, old = files
    assert main(["evaluate", text, "--voice", old]) == 0
    out = capsys.readouterr().out
    assert "words of the dictionary" in out
    assert "copied" not in out
    assert main(["evaluate", text, "--voice", old, "--json"]) == 0
    assert "copied" not in json.loads(capsys.readouterr().out)["style"]


@pytest.mark.long
def test_each_word_has_its_bits_and_worn_phrases_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    text = "He could not help but look.\n\nShe could not help but wait for the spreadsheet. I could not help but go.\n"
    draft.write_text(text, "utf-8")
    assert main(["evaluate", "--words", "--json", str(draft)]) == 0
    read = json.loads(capsys.readouterr().out)["files"][0]
    assert [each["word"] for each in read["words"]][:3] == ["He", "could", "not"]
    assert max(read["words"], key=lambda each: each["bits"])["word"] == "spreadsheet"
    assert {"words": "could not help but", "count": 3} in read["runs"]
    assert main(["evaluate", "--words", str(draft)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.endswith("  spreadsheet") for line in lines)
    assert "    3  could not help but" in lines


@pytest.mark.long
def test_words_of_another_language_are_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Das Haus hatte lange leer gestanden, und niemand wollte sagen, warum das so war.", "utf-8")
    assert main(["evaluate", "--words", str(draft)]) == 1
    assert "German" in capsys.readouterr().err
