"""LibreOffice opens what is written here, and what it writes is opened here: with the real program, both ways."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import OBJECT, CharFormat, ParagraphStyle, Passage, Span, join

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here: apt-get install libreoffice-writer-nogui"),
]
Convert = Callable[[list[Path], str], list[Path]]
WORDS = (
    "the lamp burned low and nobody spoke of what had gone by the gate at \u201cdusk\u201d, na\u00efve, 1928".split()
)
LOOKS = (
    CharFormat.BOLD,
    CharFormat.ITALIC,
    CharFormat.BOLD | CharFormat.ITALIC,
    CharFormat.UNDERLINE,
    CharFormat.STRIKE,
    CharFormat.SUPERSCRIPT,
    CharFormat.SMALL_CAPS,
)
STYLES = (
    *(ParagraphStyle() for _ in range(6)),
    ParagraphStyle("heading", 1),
    ParagraphStyle("heading", 3),
    ParagraphStyle("quote"),
    ParagraphStyle("bullet", 1),
    ParagraphStyle("bullet", 2),
    ParagraphStyle("number", 1),
    ParagraphStyle("scene"),
    ParagraphStyle("body", 0, "center"),
    ParagraphStyle("body", 0, "justify"),
    ParagraphStyle("body", 0, "", True),
)


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Has LibreOffice save files in another format."""
    home = tmp_path_factory.mktemp("office")

    def run(paths: list[Path], suffix: str) -> list[Path]:
        folder = home / f"out{len(list(home.iterdir()))}"
        command = [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{home}/profile", "--convert-to", suffix]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=300
        )
        return [folder / f"{path.stem}.{suffix}" for path in paths]

    return run


def document(seed: int) -> Manuscript:
    """A document of some pages, with a little of everything."""
    chance = random.Random(seed)
    objects: dict[str, Note] = {}
    paragraphs: list[Passage] = []
    for _ in range(chance.randint(4, 40)):
        style = chance.choice(STYLES)
        if style.kind == "scene":
            paragraphs.append(Passage("* * *").with_style(style))
            continue
        paragraph = Passage(" ".join(chance.choices(WORDS, k=chance.randint(2, 40))))
        if chance.random() < 0.5:
            text = " ".join(chance.choices(WORDS, k=3))
            paragraph = paragraph + Passage(" ") + Passage(text, (), (Span(0, len(text), chance.choice(LOOKS)),))
        if chance.random() < 0.15:
            key = f"n{len(objects)}"
            objects[key] = Note(Passage(" ".join(chance.choices(WORDS, k=6))), at_end=chance.random() < 0.5)
            paragraph = paragraph + Passage(OBJECT, (), (Span(0, 1, object_key=key),)) + Passage(" after.")
        if chance.random() < 0.15:
            paragraph = paragraph + Passage(" a") + Passage("link", (), (Span(0, 4, link="https://example.org/a"),))
        if chance.random() < 0.1:
            paragraph = paragraph + Passage("\u2028and a line\twith a tab")
        if not paragraphs:  # no program keeps a new page before the first
            style = replace(style, page_break=False)
        paragraphs.append(paragraph.with_style(style))
    return Manuscript(join(paragraphs), objects=dict(objects), title="A title", author="A. Writer")


def said(manuscript: Manuscript) -> list[tuple[object, ...]]:
    """What a document says, as far as programs agree on how to say it."""
    found: list[tuple[object, ...]] = []
    for paragraph, style in styled(manuscript.content):
        notes = [
            (inline_object.at_end, inline_object.content.text.strip())
            for span in paragraph.spans
            if isinstance(inline_object := manuscript.objects.get(span.object_key), Note)
        ]
        spans = [
            (span.start, span.end, span.char_format, span.link.rstrip("/"))
            for span in paragraph.spans
            if not span.object_key
        ]
        alignment = "" if style.kind == "scene" or style.alignment == "left" else style.alignment
        found.append((paragraph.text, notes, spans, replace(style, alignment=alignment, origin=-1)))
    return found


@pytest.mark.parametrize("written", ["docx", "odt"])
@pytest.mark.parametrize("wanted", ["docx", "odt"])
def test_twenty_documents_go_through_it_and_come_back(
    tmp_path: Path, convert: Convert, written: str, wanted: str
) -> None:
    documents = [document(seed) for seed in range(20)]
    paths = [tmp_path / f"{seed}.{written}" for seed in range(20)]
    for manuscript, path in zip(documents, paths, strict=True):
        write_document(manuscript, path)
    for manuscript, path in zip(documents, convert(paths, wanted), strict=True):
        assert said(read_document(path)) == said(manuscript)


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_it_opens_its_own_file_after_an_edit_here(tmp_path: Path, convert: Convert, suffix: str) -> None:
    original = document(99)
    write_document(original, tmp_path / f"a.{suffix}")
    [its] = convert([tmp_path / f"a.{suffix}"], suffix)
    read = read_document(its)
    paragraphs = read.content.paragraphs()
    paragraphs[1] = Passage("Put in here: ") + paragraphs[1]
    paragraphs.insert(3, Passage("A new paragraph.").with_style(ParagraphStyle("heading", 2)))
    edited = replace(read, content=join(paragraphs))
    write_document(edited, tmp_path / f"b.{suffix}")
    [again] = convert([tmp_path / f"b.{suffix}"], suffix)
    assert said(read_document(again)) == said(edited)
