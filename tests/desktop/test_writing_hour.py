"""A writing hour of the whole program: typed, set, found, spelt, gone on with, killed, recovered, saved, compared."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Note
from pandemonium.documents.model.passage import OBJECT

APP = Path(__file__).resolve().parents[2] / "app"
PROGRAM = Path(__file__).with_name("writing_hour.py")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home of its own and a real screen, on an X server that goes when the test ends."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    reads, writes = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writes), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        pass_fds=[writes],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    made = {
        **os.environ,
        "PYTHONPATH": str(APP),
        "PANDEMONIUM_HOME": str(tmp_path / "home"),
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONIOENCODING": "utf-8",
    }
    made.pop("WAYLAND_DISPLAY", None)
    try:
        with os.fdopen(reads) as answer:
            yield {**made, "DISPLAY": f":{answer.readline().strip()}"}
    finally:
        process.terminate()
        process.wait()


@pytest.mark.long
def test_a_writing_hour(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    typed = type_until_killed(environment, folder, tmp_path / "complaints")
    child = subprocess.run(
        [sys.executable, str(PROGRAM), "go_on", str(folder)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert child.returncode == 0, child.stdout + child.stderr
    assert child.stdout.rstrip("\n") == typed, "nothing that was typed is lost"
    holds_what_was_written(folder / "The Lamp.docx", typed)
    keeps_who_wrote_what(folder, typed)
    assert {each.suffix for each in folder.glob("Copy.*")} == {".html", ".epub", ".pdf", ".docx"}
    assert (folder / "Copy.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.ZipFile(folder / "Copy.epub").testzip() is None
    assert "<h1" in (folder / "Copy.html").read_text("utf-8")
    copied = "\n".join(each.text for each in Document(str(folder / "Copy.docx")).paragraphs)
    assert "The sea gives nothing back." in copied


def type_until_killed(environment: dict[str, str], folder: Path, complaints: Path) -> str:
    """Runs the first part; gives what the page said when it was killed."""
    with complaints.open("w+", encoding="utf-8") as said:
        child = subprocess.Popen(
            [sys.executable, str(PROGRAM), "begin", str(folder)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        )
        assert child.stdout is not None
        lines = []
        for line in child.stdout:
            lines.append(line)
            if "[HERS]" in line:  # in the last paragraph
                break
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.wait()
        child.stdout.close()
        said.seek(0)
        typed = ("".join(lines) + rest).rstrip("\n")
        assert "[HERS]" in typed, said.read()
        return typed


def holds_what_was_written(path: Path, typed: str) -> None:
    """Compares the document, as another program reads it, with what was typed."""
    paragraphs = Document(str(path)).paragraphs
    assert [each.text for each in paragraphs] == typed.replace(OBJECT, "").split("\n")
    kinds = [each.style.name for each in paragraphs if each.style is not None]
    assert kinds[0] == "Heading 1"
    assert [kind for kind in kinds[2:4] if kind.startswith("List")] == kinds[2:4]
    assert "Quote" in kinds[4]
    bold = [run.text for each in paragraphs for run in each.runs if run.bold]
    italic = [run.text for each in paragraphs for run in each.runs if run.italic]
    assert (bold, italic) == (["letter"], ["October"])
    with zipfile.ZipFile(path) as package:
        assert "So the fishermen say." in package.read("word/footnotes.xml").decode()


def keeps_who_wrote_what(folder: Path, typed: str) -> None:
    """Reads the marks out of each kind of file: the voice's words are its own, what was typed among them is hers."""
    docx = read_document(folder / "The Lamp.docx")
    assert docx.text == typed
    assert [each.content.text for each in docx.objects.values() if isinstance(each, Note)] == ["So the fishermen say."]
    begins = typed.index("and then I heard") + len("and then I heard")
    theirs = "".join(typed[mark.start : mark.end] for mark in docx.content.marks)
    assert theirs == typed[begins:].replace("[HERS]", "").replace("\n", "")
    assert {mark.voice for mark in docx.content.marks} == {"lovecraft"}
    for other in ("The Lamp.odt", "The Lamp.md"):
        read = read_document(folder / other)
        assert sum(mark.end - mark.start for mark in read.content.marks) >= len(theirs), other
