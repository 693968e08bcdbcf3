"""A file is known by its prose, and a bad one stops nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pandemonium.documents.reading import plain, reader
from pandemonium.errors import DocumentError
from pandemonium.text.language import LanguageIdentifier
from pandemonium.training.reading.examining import Examined, examine, preview, read_prose


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier()


def known(root: Path, identifier: LanguageIdentifier) -> dict[str, Examined]:
    return {file.path.name: file for file in examine([root], identifier)}


@pytest.mark.long
def test_what_is_known_of_files(tmp_path: Path, invented: Callable[..., str], identifier: LanguageIdentifier) -> None:
    (tmp_path / "english.txt").write_text(invented(1))
    (tmp_path / "dutch.md").write_text(invented(2, language="nl"))
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "blank.txt").write_text("  \n\n ")
    (tmp_path / "short.txt").write_text("Only a few words.")
    (tmp_path / "code.txt").write_text("def f():\n    return 1\n" * 30)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "README.md").write_text(invented(3))
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    files = known(tmp_path, identifier)
    english = files["english.txt"]
    assert (english.language, english.format, english.is_prose) == ("en", "txt", True)
    assert english.words == len(invented(1).split())
    assert english.sketch is not None
    assert (files["dutch.md"].language, files["dutch.md"].format) == ("nl", "md")
    assert "empty" in files["empty.txt"].refusal
    assert "no words" in files["blank.txt"].doubt
    assert (files["short.txt"].words, files["short.txt"].is_short, english.is_short) == (4, True, False)
    assert "not prose" in files["code.txt"].doubt
    assert "picture" in files["picture.txt"].refusal
    assert "files around it" in files["README.md"].doubt
    assert "damaged" in files["broken.docx"].refusal
    assert sum(file.is_prose for file in files.values()) == 3


NOTES = (
    "De lamp brandde nog in het huis aan de haven.",
    "Hij had al weken niets meer van zijn broer gehoord.",
    "Toen zij terugkwam was de deur van het slot.",
    "Niemand wist wie de brief geschreven had.",
)


def test_the_language_of_short_notes_is_told_by_all_of_them(tmp_path: Path, identifier: LanguageIdentifier) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"{number} {NOTES[number % 4]}")
    languages = [file.language for file in examine([tmp_path], identifier)]
    assert set(languages[4:]) == {"nl"}
    assert set(languages[:4]) <= {"nl", "und"}


@pytest.mark.long
def test_what_was_cut_is_told_by_its_kind(tmp_path: Path, invented: Callable[..., str]) -> None:
    header = "From: anna@example.org\nTo: ben@example.org\nSubject: The lamp\nMessage-ID: <1@example.org>\n\n"
    (tmp_path / "letter.txt").write_text(header + invented(1))
    (tmp_path / "plain.txt").write_text(invented(2))
    files = known(tmp_path, LanguageIdentifier())
    assert files["letter.txt"].cuts == ("mail headers, quotations and signatures",)
    assert files["plain.txt"].cuts == ()


def test_a_licence_alone_is_nothing(tmp_path: Path, identifier: LanguageIdentifier) -> None:
    (tmp_path / "terms.txt").write_text(
        "The Full Project Gutenberg License\n" + "You may copy Project Gutenberg eBooks.\n" * 30
    )
    assert "licence" in known(tmp_path, identifier)["terms.txt"].doubt


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read")
def test_a_locked_file_is_a_sentence(tmp_path: Path, identifier: LanguageIdentifier) -> None:
    (tmp_path / "locked.txt").write_text("x")
    (tmp_path / "locked.txt").chmod(0)
    assert "not allowed" in known(tmp_path, identifier)["locked.txt"].refusal


def test_a_missing_root_is_an_error(tmp_path: Path, identifier: LanguageIdentifier) -> None:
    with pytest.raises(DocumentError, match="no file or folder"):
        examine([tmp_path / "none"], identifier)


def test_a_large_text_is_read_in_parts(
    tmp_path: Path, invented: Callable[..., str], identifier: LanguageIdentifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = invented(1, 300)
    path = tmp_path / "long.txt"
    path.write_text(text)
    whole = known(tmp_path, identifier)["long.txt"]
    monkeypatch.setattr(reader, "PART_BYTES", 10_000)
    monkeypatch.setattr(plain.read_plain_parts, "__defaults__", (10_000,))
    parts = known(tmp_path, identifier)["long.txt"]
    assert (parts.words, parts.language) == (whole.words, "en")
    read = list(read_prose(path))
    assert len(read) > 3
    assert "\n\n".join(read) == text
    assert preview(path, 100) == text[:100]
