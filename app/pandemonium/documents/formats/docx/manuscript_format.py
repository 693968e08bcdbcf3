"""Sets a text as publishers ask for manuscripts: double-spaced, with a running head and the count of words."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

from pandemonium.documents.formats.docx.file import open_docx
from pandemonium.documents.formats.docx.names import MAIN, SECTPR, VAL, child, make, r, w
from pandemonium.documents.formats.docx.properties import place
from pandemonium.documents.formats.docx.relations import declare
from pandemonium.documents.formats.docx.template import CONTENT, new_docx
from pandemonium.documents.formats.docx.writing import DocxWriter
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, ParagraphStyle, Passage, join
from pandemonium.documents.packages.package import parsed

_SCENE = "#"
_TITLE_DROP = "4800"  # twentieths of a point: a third of the page down


def write_manuscript_format(manuscript: Manuscript) -> bytes:
    """Gives the bytes of a docx file in manuscript format.

    12 points, double-spaced, margins of an inch; the author's name, the title and the count of words on the first
    page; chapters on new pages; "#" between scenes; italics underlined as typesetters ask for; a running head
    "Name / Title / page" from the second page on.
    """
    author = sayable(manuscript.author).strip()
    title = sayable(manuscript.title).strip()
    title = title or _first_heading(manuscript.content)
    file = open_docx(new_docx(title, author, sayable(manuscript.language)).to_bytes())
    _restyle(file.styles.root)
    file.styles.is_changed = True
    content = _set(manuscript.content, title)
    writer = DocxWriter(file, replace(manuscript, format="docx", package=None, content=content))
    writer.write()
    section = file.body.find(SECTPR)
    for index, each in enumerate(_title_page(author, title, words_rounded(manuscript.content.text))):
        file.body.insert(index, each)
    head = " / ".join(each for each in (_surname(author), _keyword(title)) if each)
    file.package.write("word/header1.xml", _header(f"{head} / " if head else ""))
    declare(file.package, "word/header1.xml", f"{CONTENT}header+xml")
    reference = make("headerReference", type="default")
    reference.set(r("id"), file.relations.add("header", "header1.xml"))
    for each in section.findall(w("footerReference")):
        section.remove(each)
    section.insert(0, reference)
    section.append(make("titlePg"))
    file.package.write(file.main, file.root)
    return file.package.to_bytes()


def words_rounded(text: str) -> int:
    """How many words a text has, rounded as on title pages: to hundreds, from 20,000 on to thousands."""
    count = len(re.findall(r"\w+(?:['\u2019-]\w+)*", text))
    unit = 1000 if count >= 20_000 else 100 if count >= 1000 else 10
    return max(unit, round(count / unit) * unit) if count else 0


def _set(content: Passage, title: str) -> Passage:
    """The text with its scene breaks as "#", its chapters on new pages, and italics underlined."""
    paragraphs: list[Passage] = []
    for index, (paragraph, style) in enumerate(styled(content)):
        style = replace(style, origin=-1)
        if index == 0 and style.kind == "heading" and paragraph.text.strip() == title:
            continue
        if style.kind == "scene":
            paragraph = Passage(_SCENE)
            style = ParagraphStyle("scene")
        elif style.kind == "heading":
            style = replace(style, page_break=style.level == 1 or style.page_break, alignment="center")
        spans = tuple(
            replace(span, char_format=span.char_format & ~CharFormat.ITALIC | CharFormat.UNDERLINE)
            if span.char_format & CharFormat.ITALIC
            else span
            for span in paragraph.spans
        )
        paragraphs.append(replace(paragraph, spans=spans).with_style(style))
    if paragraphs and paragraphs[0].styles and (first := paragraphs[0].styles[0]):
        paragraphs[0] = paragraphs[0].with_style(replace(first, page_break=False))
    return join(paragraphs) if paragraphs else Passage()


def _title_page(author: str, title: str, words: int) -> list[Any]:
    tab = make("tabs", make("tab", val="right", pos="9026"))
    plain = make("spacing", line="240", lineRule="auto")
    flush = make("ind", firstLine="0")
    count = f"about {words:,} words" if words else ""
    head = make(
        "p", make("pPr", tab, plain, flush), make("r", make("t", text=author), make("tab"), make("t", text=count))
    )
    middle = make("pPr", make("spacing", before=_TITLE_DROP), copy.deepcopy(flush), make("jc", val="center"))
    lines = [head, make("p", middle, make("r", make("t", text=title)))]
    if author:
        below = make("pPr", make("spacing", after="480"), copy.deepcopy(flush), make("jc", val="center"))
        lines.append(make("p", below, make("r", make("t", text=f"by {author}"))))
    return lines


def _restyle(styles: Any) -> None:
    """Makes every style one of 12 points and double-spaced, without bold."""
    for style in styles.iterfind(w("style")):
        if style.get(w("type")) != "paragraph":
            continue
        letters = child(style, w("rPr"))
        if letters is not None:
            style.remove(letters)
        properties = child(style, w("pPr"))
        if properties is None:
            style.append(properties := make("pPr"))
        above = "2400" if style.get(w("styleId")) == "Heading1" else "0"
        place(properties, make("spacing", before=above, after="0", line="480", lineRule="auto"))
        if style.get(w("styleId")) == "Normal":
            place(properties, make("ind", firstLine="720"))
    for each in styles.iter(w("sz"), w("szCs")):
        each.set(VAL, "24")


def _header(head: str) -> Any:
    header = parsed(
        f'<w:hdr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr><w:r>'
        '<w:t xml:space="preserve"></w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
    )
    header.find(f".//{w('t')}").text = head
    return header


def _first_heading(content: Passage) -> str:
    paragraph, style = styled(content)[0]
    return sayable(paragraph.text).strip() if style.kind == "heading" and style.level == 1 else ""


def _surname(author: str) -> str:
    return author.split()[-1] if author.split() else ""


def _keyword(title: str) -> str:
    """The title, or its beginning where it is long."""
    words = title.split()
    return " ".join(words) if len(title) <= 30 else " ".join(words[:3])
