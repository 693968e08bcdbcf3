"""Every format that is exported has every word, and says what else it has not."""

from __future__ import annotations

import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pandemonium.documents.exporting import EXPORTS, export_bytes, export_document, export_loss
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.composing import all_words, styled
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import CharFormat, Mark, Passage
from pandemonium.documents.rich import rich
from pandemonium.errors import DocumentError

FORMATS = sorted(set(EXPORTS.values()))


def words_of_all(manuscript: Manuscript) -> list[str]:
    texts = [manuscript.text, *(each.content.text for each in manuscript.objects.values() if isinstance(each, Note))]
    return re.findall(r"[^\W\d_]+", " ".join(texts).replace("\ufffc", " "))


def outline(manuscript: Manuscript) -> list[tuple[str, str, int]]:
    return [(p.text.replace("\ufffc", ""), style.kind, style.level) for p, style in styled(manuscript.content)]


def char_formats(manuscript: Manuscript) -> list[tuple[str, CharFormat, str]]:
    found = []
    for span in manuscript.content.spans:
        if not span.object_key:
            found.append((manuscript.text[span.start : span.end], span.char_format, span.link))
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_no_word_is_missing(everything: Manuscript, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"copy.{format}"
    export_document(everything, path)
    again = read_document(path)
    there = words_of_all(again)
    for word in words_of_all(everything):
        assert word in there
        there.remove(word)


@pytest.mark.parametrize("format", ["html", "epub"])
def test_a_page_and_a_book_come_back_as_they_were(everything: Manuscript, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"copy.{format}"
    assert "pictures" in export_document(everything, path)
    again = read_document(path)
    written = [each for each in outline(everything) if each[0]]
    read = [each for each in outline(again) if each[0]]
    assert [each for each in read if each[0] in {text for text, _, _ in written}] == [
        each for each in written if not each[0].startswith("A picture")
    ]
    assert char_formats(again) == char_formats(everything)
    notes = [each.content.text for each in again.objects.values() if isinstance(each, Note)]
    assert notes == [each.content.text for each in everything.objects.values() if isinstance(each, Note)]
    assert [style.alignment for _, style in styled(again.content)].count("center") == 1
    assert (again.title, again.author, again.language) == ("The House & the Sea", "A. Writer", "en")


def test_a_page_is_self_contained_and_runs_nothing(everything: Manuscript) -> None:
    hostile = Passage("<script>alert(1)</script>")
    linked = replace(
        everything.content,
        spans=tuple(
            replace(each, link="javascript:alert(1)" if each.link else "") for each in everything.content.spans
        ),
    )
    for manuscript in (replace(everything, content=hostile), replace(everything, content=linked)):
        page = export_bytes(manuscript, "html").decode("utf-8")
        assert "<script" not in page
        assert "javascript:" not in page
        assert not re.search(r'(?:src|<link[^>]*href)="', page)


def test_plain_text_has_signs_for_lists_and_notes(everything: Manuscript) -> None:
    text = export_bytes(everything, "txt").decode("utf-8")
    assert "- bread\n  - white\n  - brown\n- salt\n1. first\n2. second\n  - of these" in text
    assert "dark.[1] And a\nnew line." in text
    assert "[1] A note, in full.\n\nIts second paragraph." in text
    assert "\n\n* * *\n\n" in text
    assert "the house by night" in text


def test_markdown_becomes_what_it_means(tmp_path: Path) -> None:
    source = "---\ntitle: Tales\nauthor: Me\n---\n# One\n\nA *b* c.[^1]\n\n[^1]: Note.\n"
    manuscript = Manuscript(Passage(source), "md")
    assert export_bytes(manuscript, "txt").decode() == "One\n\nA b c.[1]\n\n[1] Note.\n"
    assert "<title>Tales</title>" in export_bytes(manuscript, "html").decode()
    assert export_bytes(manuscript, "md").decode() == source


def test_plain_text_of_cut_lines_becomes_paragraphs() -> None:
    paragraph = "The old house stood upon the hill and nobody had lived in it for more than\n" * 6
    text = f"{paragraph}\n***\n\n{paragraph}"
    page = export_bytes(Manuscript(Passage(text), "txt"), "html").decode()
    assert page.count("<p>") == 2
    assert '<p class="scene">***</p>' in page


def test_what_is_lost_is_said(everything: Manuscript) -> None:
    said = export_loss(everything, "txt")
    for words in ("bold", "headings", "pictures", "alignment", "links"):
        assert words in said
    assert "bold" not in export_loss(everything, "md")
    marked = replace(everything, content=replace(everything.content, marks=(Mark(0, 3, "lovecraft"),)))
    assert "voices" in export_loss(marked, "pdf")
    assert export_loss(Manuscript(Passage("Words."), "txt"), "epub") == ""


def test_an_unknown_suffix_is_a_sentence_and_writes_nothing(everything: Manuscript, tmp_path: Path) -> None:
    for name in ("tale.doc", "tale"):
        with pytest.raises(DocumentError, match="cannot write"):
            export_document(everything, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_leaves_the_old_file(everything: Manuscript, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="folder is gone"):
        export_document(everything, tmp_path / "nowhere" / "tale.epub")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", ["", "\n\n\n", "\x00\x0b\ufffe\ud800 words", "\u2028", "א ב ג\n日本語"])
def test_odd_texts_are_exported(tmp_path: Path, format: str, text: str) -> None:
    path = tmp_path / f"odd.{format}"
    export_document(Manuscript(Passage(text)), path)
    kept = [word for word in ("words", "א", "日本語") if word in text]
    again = read_document(path).text
    assert [word for word in kept if word not in again] == []


def test_the_document_itself_is_not_changed(everything: Manuscript, tmp_path: Path) -> None:
    before = repr(everything)

    for format in FORMATS:
        export_document(everything, tmp_path / f"x.{format}")
    assert repr(everything) == before


@pytest.mark.parametrize("format", sorted(set(EXPORTS.values()) - {"md"}))
def test_a_note_within_a_note_keeps_its_words(tmp_path: Path, format: str) -> None:
    source = Manuscript(Passage("One[^a].\n\n[^a]: Outer[^b] words.\n\n[^b]: The inner ones.\n"), "md")
    path = tmp_path / f"a.{format}"
    export_document(source, path)
    read = read_document(path)
    said = " ".join([read.text, *(each.content.text for each in read.objects.values() if isinstance(each, Note))])
    assert "Outer" in said
    assert "inner" in said


NESTED = "One[^a].\n\n[^a]: Outer[^b].\n\n[^b]: Inner[^c].\n\n[^c]: Deepest.\n\n| cell[^d] |\n| - |\n\n[^d]: Tabled.\n"


@pytest.mark.parametrize("format", sorted(set(EXPORTS.values())))
def test_notes_within_each_other_and_in_tables_keep_their_words(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"a.{format}"
    read = rich(Manuscript(Passage(NESTED), "md"))
    export_document(replace(read, format="html"), path)
    again = rich(read_document(path))
    said = all_words(again.content, again.objects)
    assert all(said.count(word) == 1 for word in ("Outer", "Inner", "Deepest", "cell", "Tabled"))


@pytest.mark.parametrize(
    ("head", "is_said"),
    [("title: Tales\n", False), ("title: Tales\ndate: 2020\n", True), ("He said: nothing\n", True)],
)
def test_what_a_text_says_about_itself_is_lost_aloud(head: str, is_said: bool) -> None:
    manuscript = Manuscript(Passage(f"---\n{head}---\nWords.\n"), "md")
    for format in ("docx", "html", "epub", "txt"):
        assert ("at its head" in export_loss(manuscript, format)) == is_said


def test_a_book_is_written_where_its_language_cannot_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    path = tmp_path / "tale.epub"
    export_document(Manuscript(Passage("The old house stood upon the hill, and nobody would speak of it.")), path)
    with zipfile.ZipFile(path) as book:
        opf = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    assert "<dc:language>und</dc:language>" in opf
