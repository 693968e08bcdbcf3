"""`pandemonium voices`: lists, shows, and keeps the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pandemonium.cli.main import main
from pandemonium.voice.file import load_voice


@pytest.fixture
def imported(tiny_voice_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "import", str(tiny_voice_path)]) == 0
    capsys.readouterr()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["voices", *arguments]) == 0
    return capsys.readouterr().out


def names(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [voice["name"] for voice in json.loads(said(capsys, "--json"))["voices"]]


def test_lists(capsys: pytest.CaptureFixture[str], imported: None) -> None:
    lines = said(capsys).splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["lovecraft", "classics", "tiny"]
    assert all("comes with the program" in line for line in lines[:2])
    assert "your own" in lines[2]


def test_lists_a_damaged_voice_as_damaged(capsys: pytest.CaptureFixture[str], pandemonium_home: Path) -> None:
    (pandemonium_home / "data" / "voices").mkdir(parents=True)
    (pandemonium_home / "data" / "voices" / "broken.voice").write_bytes(b"broken")
    assert "broken.voice is not a voice" in said(capsys)


def test_shows_a_card(capsys: pytest.CaptureFixture[str]) -> None:
    card = json.loads(said(capsys, "show", "lovecraft", "--json"))
    assert {
        "title",
        "bits_per_character",
        "device",
        "files_bytes",
        "licence",
        "trained_on",
        "architecture",
    } <= card.keys()
    assert card["files_bytes"] > 1_000_000
    assert card["title"] in said(capsys, "show", "lovecraft")


def test_imports_renames_duplicates_exports_removes_and_restores(
    capsys: pytest.CaptureFixture[str], imported: None, tiny_voice_path: Path, tmp_path: Path
) -> None:
    said(capsys, "import", str(tiny_voice_path), "--name", "Second")
    said(capsys, "rename", "Second", "Third")
    said(capsys, "duplicate", "lovecraft", "Howard")
    assert names(capsys) == ["lovecraft", "classics", "Howard", "Third", "tiny"]
    said(capsys, "export", "Third", str(tmp_path / "out.voice"))
    assert load_voice(tmp_path / "out.voice").card.title == "Tiny"
    said(capsys, "remove", "Third")
    assert names(capsys) == ["lovecraft", "classics", "Howard", "tiny"]
    said(capsys, "restore", "Third")
    assert names(capsys) == ["lovecraft", "classics", "Howard", "Third", "tiny"]


def test_each_action_can_answer_in_json(capsys: pytest.CaptureFixture[str], tiny_voice_path: Path) -> None:
    assert json.loads(said(capsys, "import", str(tiny_voice_path), "--json")) == {"voice": "tiny", "done": "import"}
    assert json.loads(said(capsys, "--json", "remove", "tiny")) == {"voice": "tiny", "done": "remove"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "nobody"],
        ["import", "/nowhere.voice"],
        ["rename", "lovecraft", "Mine"],
        ["remove", "lovecraft"],
        ["duplicate", "lovecraft", "a/b"],
        ["duplicate", "lovecraft", "tiny"],
        ["restore", "nobody"],
        ["export", "lovecraft", "/"],
    ],
)
def test_what_cannot_be_is_one_sentence_and_1(
    capsys: pytest.CaptureFixture[str], imported: None, arguments: list[str]
) -> None:
    assert main(["voices", *arguments]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1
    assert "Something went wrong" not in answer.err


@pytest.mark.parametrize("arguments", [["dance"], ["rename", "one"], ["show"]])
def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["voices", *arguments])
    assert ending.value.code == 2
    assert "usage: pandemonium voices" in capsys.readouterr().err
