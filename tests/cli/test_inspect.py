"""The command shows a messy folder file by file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pandemonium.cli.main import main

SCENES = [
    "The lamp burned low on the {} night, and nobody in the house would speak of the {} stair.",
    "She had come back to the {} river with a letter, and with her was the {} captain of the ship.",
    "When the {} bells had ceased he waited for the doctor, who was afraid of the {} rain.",
]
TALE = "\n\n".join(SCENES[n % 3].format(f"number{n}", f"other{n * 7 % 11}") for n in range(30))
DUTCH = "\n\n".join(
    f"Het oude huis stond op de {n}e heuvel en niemand in het dorp wilde er over spreken." for n in range(9)
)
GUTENBERG = (
    "The Project Gutenberg EBook of The Lamp\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***\n\n"
    f"{TALE}\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***\n\nProject Gutenberg-tm License\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "texts"
    root.mkdir()
    (root / "lamp.txt").write_text(GUTENBERG)
    (root / "lamp.html").write_text("".join(f"<p>{each}</p>" for each in TALE.split("\n\n")))
    (root / "huis.txt").write_text(DUTCH)
    for number in range(12):
        (root / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(["inspect", *map(str, arguments)]) == 0
    return capsys.readouterr().out


@pytest.mark.long
def test_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = json.loads(printed(capsys, folder, "--json"))
    assert [(each["path"], each["language"]) for each in result["kept"]] == [(str(folder / "lamp.html"), "en")]
    assert result["kept"][0]["words"] == len(TALE.split())
    reasons = {Path(each["path"]).name: each["reason"] for each in result["left_out"]}
    assert reasons["lamp.txt"] == "This is the same text as 'lamp.html'."
    assert reasons["huis.txt"] == "This is in Dutch; the folder is mostly in English."
    assert reasons["3.png"] == "This is a picture."


@pytest.mark.long
def test_the_text_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, folder, "--text") == TALE + "\n"
    assert printed(capsys, folder / "lamp.txt", "--text") == TALE + "\n"


@pytest.mark.long
def test_a_table_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, folder)
    assert "Kept: 1 text, " in shown
    assert "in English" in shown
    assert "lamp.html" in shown
    assert "and 6 more" in shown
    assert "11.png" in printed(capsys, folder, "--all")
    assert all(len(line) <= 120 for line in shown.split("\n"))


@pytest.mark.long
def test_overrules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(
        capsys, folder, "--include", folder / "huis.txt", "--exclude", folder / "lamp.html", "--language", "en"
    )
    assert "(Dutch)  (as you asked)" in shown
    assert "You left this out." in shown
    assert "lamp" not in printed(capsys, folder, "--language", "nl", "--text")


def test_nothing_to_keep(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing is kept." in printed(capsys, tmp_path)


@pytest.mark.parametrize("arguments", [["{}/none"], ["{}", "--language", "tlh"]])
def test_wrong_wishes_are_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["inspect", *(each.format(tmp_path) for each in arguments)]) == 1
    assert capsys.readouterr().err.strip().endswith(".")
