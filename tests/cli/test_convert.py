"""`pandemonium convert` reads and writes by suffixes, replaces no document by itself, and says what is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pandemonium.cli.main import main
from pandemonium.documents.formats import read_document

pytestmark = pytest.mark.usefixtures("qapp")  # one of the right kind, for the windows of later tests

SOURCE = "# One\n\nA *b* **c**.[^1]\n\n* * *\n\n- x\n- y\n\n[^1]: Note.\n"


@pytest.fixture
def tale(tmp_path: Path) -> Path:
    path = tmp_path / "tale.md"
    path.write_text(SOURCE, "utf-8")
    return path


@pytest.mark.parametrize("format", ["docx", "odt", "html", "epub"])
def test_there_and_back(tale: Path, tmp_path: Path, format: str) -> None:
    copy = tmp_path / f"copy.{format}"
    again = tmp_path / "again.md"
    assert main(["convert", str(tale), str(copy)]) == 0
    assert main(["convert", str(copy), str(again)]) == 0
    assert again.read_text("utf-8") == SOURCE


def test_markdown_to_plain_text(tale: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(tale), str(tmp_path / "tale.txt")]) == 0
    assert (tmp_path / "tale.txt").read_text("utf-8") == "One\n\nA b c.[1]\n\n* * *\n\n- x\n- y\n\n[1] Note.\n"
    told = capsys.readouterr()
    assert told.out == ""
    assert "bold" in told.err


@pytest.mark.long
def test_to_pdf_without_a_screen(tale: Path, tmp_path: Path) -> None:
    target = tmp_path / "tale.pdf"
    environment = {key: value for key, value in os.environ.items() if key not in ("QT_QPA_PLATFORM", "DISPLAY")}
    command = [sys.executable, "-m", "pandemonium", "convert", str(tale), str(target)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, ""), told.stderr
    assert target.read_bytes().startswith(b"%PDF")
    assert "Note." in read_document(target).text


def test_the_source_is_never_replaced(tale: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(tale), str(tale)]) == 1
    assert "never replaced" in capsys.readouterr().err
    assert tale.read_text("utf-8") == SOURCE


def test_an_old_target_is_replaced_or_kept_as_asked(tale: Path, tmp_path: Path) -> None:
    target = tmp_path / "tale.txt"
    target.write_text("old", "utf-8")
    assert main(["convert", "--keep", str(tale), str(target)]) == 1
    assert target.read_text("utf-8") == "old"
    assert main(["convert", str(tale), str(target)]) == 0
    assert target.read_text("utf-8").startswith("One")


@pytest.mark.parametrize("names", [("gone.md", "a.txt"), ("tale.md", "a.doc"), ("tale.md", "nowhere/a.epub")])
def test_an_error_is_one_sentence(
    tale: Path, tmp_path: Path, names: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", str(tale.parent / names[0]), str(tmp_path / names[1])]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_manuscript_format_is_for_docx(tale: Path, tmp_path: Path) -> None:
    assert main(["convert", "--manuscript", str(tale), str(tmp_path / "a.odt")]) == 1
    assert main(["convert", "--manuscript", str(tale), str(tmp_path / "a.docx")]) == 0
    assert main(["convert", str(tale), str(tmp_path / "b.docx")]) == 0
    assert (tmp_path / "a.docx").read_bytes() != (tmp_path / "b.docx").read_bytes()


def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["convert", "one.md"])
    assert caught.value.code == 2
    assert "OUT" in capsys.readouterr().err
