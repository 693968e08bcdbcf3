"""What `evaluate` counts: code points of the file, each file cold, and a whole that is the sum of its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pandemonium.cli.main import main


@pytest.fixture
def files(tmp_path: Path, prose: str) -> dict[str, Path]:
    """A tale with LF, the same with CRLF, one line, and nothing."""
    texts = {
        "lf": prose[:900],
        "crlf": prose[:900].replace("\n", "\r\n"),
        "line": "e\u0301tude \u2014 \u201cno\u201d",
        "empty": "",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_bytes(text.encode())
    return {name: tmp_path / f"{name}.txt" for name in texts}


def evaluated(
    capsys: pytest.CaptureFixture[str], voice: Path, *files: Path, options: tuple[str, ...] = ()
) -> dict[str, Any]:
    assert main(["evaluate", *map(str, files), "--voice", str(voice), "--json", *options]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


@pytest.mark.long
def test_the_whole_is_the_sum_of_the_files(
    capsys: pytest.CaptureFixture[str], tiny_voice_path: Path, files: dict[str, Path]
) -> None:
    whole = evaluated(capsys, tiny_voice_path, *files.values())
    bits = sum(each["bits_per_character"] * each["characters"] for each in whole["files"])
    assert whole["bits_per_character"] * whole["characters"] == pytest.approx(bits, rel=1e-4)
    assert whole["characters"] == sum(each["characters"] for each in whole["files"])
    assert whole["tokens"] == sum(each["tokens"] for each in whole["files"])
    for each, path in zip(whole["files"], files.values(), strict=True):
        alone = evaluated(capsys, tiny_voice_path, path)
        assert alone["bits_per_character"] == each["bits_per_character"]


def test_line_ends_make_no_difference(
    capsys: pytest.CaptureFixture[str], tiny_voice_path: Path, files: dict[str, Path]
) -> None:
    lf, crlf = (evaluated(capsys, tiny_voice_path, files[name]) for name in ("lf", "crlf"))
    assert (lf["bits_per_character"], lf["characters"], lf["tokens"]) == (
        crlf["bits_per_character"],
        crlf["characters"],
        crlf["tokens"],
    )
    assert lf["characters"] == 900


def test_characters_are_those_of_nfc(
    capsys: pytest.CaptureFixture[str], tiny_voice_path: Path, files: dict[str, Path]
) -> None:
    assert evaluated(capsys, tiny_voice_path, files["line"])["characters"] == len("\u00e9tude \u2014 \u201cno\u201d")


def test_without_memory_is_another_number(
    capsys: pytest.CaptureFixture[str], tiny_voice_path: Path, files: dict[str, Path]
) -> None:
    without = evaluated(capsys, tiny_voice_path, files["lf"], options=("--no-memory",))
    assert without["bits_per_character"] != evaluated(capsys, tiny_voice_path, files["lf"])["bits_per_character"]


def test_what_is_missing_is_one_sentence_and_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", tmp_path):
        assert main(["evaluate", str(path)]) == 1
        said = capsys.readouterr()
        assert len(said.err.splitlines()) == 1
        assert "Something went wrong" not in said.err
    with pytest.raises(SystemExit) as ending:
        main(["evaluate"])
    assert ending.value.code == 2
