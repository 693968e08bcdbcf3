from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import BODY, Mark, ParagraphStyle, Passage, Span
from pandemonium.documents.safekeeping.autosave import Autosaves, content_of
from pandemonium.documents.safekeeping.disk import Stamp

APP = Path(__file__).resolve().parents[3] / "app"
RICH = Passage(
    "One\nThe sea\ufffc\n",
    (Mark(4, 7, "lovecraft"),),
    (Span(11, 12, object_key="n1"),),
    (ParagraphStyle("heading", 1), BODY, BODY),
)
WRITER = """
import sys
from pathlib import Path
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.autosave import Autosaves
slot = Autosaves(Path(sys.argv[1])).new()
slot.write(Manuscript(), "Untitled", None, [Passage("It was dark.")])
print("kept", flush=True)
sys.stdin.read()
"""


def test_what_was_left_comes_back_whole(tmp_path: Path) -> None:
    saves = Autosaves(tmp_path / "autosaves")
    slot = saves.new()
    manuscript = Manuscript(
        format="docx", path=tmp_path / "a.docx", objects={"n1": Note(Passage("See Dagon."))}, package=b"PK" * 99
    )
    stamp = Stamp(1, 2, "3")
    slot.write(manuscript, "a.docx", stamp, list(AuthoredText(RICH).paragraphs))
    slot.leave()
    [lost] = saves.lost()
    assert lost.manuscript.content == RICH
    assert lost.manuscript.objects == manuscript.objects
    assert (lost.manuscript.path, lost.manuscript.package) == (manuscript.path, manuscript.package)
    assert (lost.name, lost.words, lost.stamp, lost.is_torn) == ("a.docx", 3, stamp, False)
    assert saves.lost() == []  # it is ours now
    lost.slot.discard()
    assert list((tmp_path / "autosaves").iterdir()) == []


def test_a_package_that_was_damaged_is_not_handed_on(tmp_path: Path) -> None:
    saves = Autosaves(tmp_path)
    slot = saves.new()
    slot.write(Manuscript(package=b"PK"), "a.docx", None, [Passage("x")])
    next(slot.folder.glob("*.package")).write_bytes(b"PX")
    slot.leave()
    [lost] = saves.lost()
    assert lost.manuscript.package is None
    assert "were not kept" in lost.manuscript.notice


def test_body_text_between_headings_stays_body_text() -> None:
    text = AuthoredText(RICH)
    assert AuthoredText(content_of(text.paragraphs)).paragraphs == text.paragraphs
    assert content_of([]) == Passage()


def test_a_living_window_keeps_its_own(tmp_path: Path) -> None:
    saves = Autosaves(tmp_path)
    slot = saves.new()
    slot.write(Manuscript(), "Untitled", None, [Passage("mine")])
    assert Autosaves(tmp_path).lost() == []
    slot.leave()


def test_an_empty_slot_and_a_broken_one_are_not_offered(tmp_path: Path) -> None:
    saves = Autosaves(tmp_path)
    saves.new().leave()
    broken = saves.new()
    (broken.folder / "journal").write_bytes(b"nothing")
    broken.leave()
    assert saves.lost() == []
    assert [each.name for each in tmp_path.iterdir()] == [broken.folder.name]


def test_a_killed_process_leaves_its_text(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(APP)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"kept\n"
        assert Autosaves(tmp_path).lost() == []
        child.send_signal(signal.SIGKILL)
    [lost] = Autosaves(tmp_path).lost()
    assert lost.manuscript.text == "It was dark."
