"""Files of many makes, put together at random: untouched they stay byte for byte, an edit changes one place, and every
word that they show is read once and apart from its neighbours.
"""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.documents.formats.docx.test_document import package as docx_package
from tests.documents.formats.docx.test_structure import LINKS, MAIN, RELATED, alternatives, box, run, table
from tests.documents.formats.odt.test_structure import document as odt_document
from tests.documents.formats.odt.test_structure import table as odt_table

from pandemonium.documents.exporting import export_bytes
from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.formats.odt.document import read_odt, write_odt
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import OBJECT, Passage, join


@dataclass
class Builder:
    """Puts one file together. Words that are shown are numbered "w1", "w2" and so on, those that are not "h1" ..."""

    chance: random.Random
    count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    shown: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def word(self) -> str:
        """A new word that is shown."""
        word = f"w{next(self.count)}"
        self.shown.add(word)
        return word

    def hidden(self) -> str:
        """A new word that is not shown."""
        return f"h{next(self.count)}"

    def some(self, makers: list[Callable[[int], str]], depth: int, most: int) -> str:
        """Some pieces, made by makers that are told how deep they are."""
        return "".join(self.chance.choice(makers)(depth) for _ in range(self.chance.randint(1, most)))

    def build(self) -> bytes:
        """The bytes of a file."""
        raise NotImplementedError


class Docx(Builder):
    """A Word document."""

    def build(self) -> bytes:
        makers = [self.paragraph] * 4 + [
            self.table,
            self.control,
            self.choice,
            self.stretched,
            self.unseen,
            self.cap,
            self.broken,
            self.entry,
        ]
        inner = self.some(makers, 0, 6) + self.paragraph(0)
        notes = "".join(
            f"<w:footnote w:id='{number}'><w:p><w:r><w:footnoteRef/></w:r>{run(' ' + text)}</w:p></w:footnote>"
            for number, text in enumerate(self.notes, 1)
        )
        links = (
            f"<Relationships xmlns='{LINKS}'><Relationship Id='f' Type='{RELATED}/footnotes' Target='footnotes.xml'/>"
            f"<Relationship Id='n' Type='{RELATED}/numbering' Target='numbering.xml'/>"
            f"<Relationship Id='h' Type='{RELATED}/hyperlink' Target='http://a.b' TargetMode='External'/>"
            "</Relationships>"
        )
        levels = "".join(
            f"<w:lvl w:ilvl='{depth}'><w:start w:val='{depth + 1}'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%'/>"
            "</w:lvl>"
            for depth in range(2)
        )
        lists = "".join(f"<w:num w:numId='{id}'><w:abstractNumId w:val='0'/></w:num>" for id in (1, 2))
        numbering = f"<w:numbering xmlns:w='{MAIN}'><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>{lists}"
        return docx_package(
            inner,
            **{
                "word/footnotes.xml": f"<w:footnotes xmlns:w='{MAIN}'>{notes}</w:footnotes>",
                "word/numbering.xml": numbering + "</w:numbering>",
                "word/_rels/document.xml.rels": links,
            },
        )

    def text(self, depth: int) -> str:
        return run(f"{self.word()} ", self.chance.choice(("", "", "<w:b/>", "<w:color w:val='FF0000'/>")))

    def inline(self, depth: int) -> str:
        makers = [self.text] * 5 + [
            self.field,
            self.link_field,
            self.simple,
            self.link,
            self.inserted,
            self.deleted,
            self.box,
            self.ruby,
            self.alternative,
            self.held,
            self.marked,
            self.note,
            self.vanished,
            self.sign,
            self.index_entry,
        ]
        return self.some(makers, depth, 5)

    def paragraph(self, depth: int) -> str:
        return f"<w:p>{self.text(depth)}{self.inline(depth)}</w:p>"

    def codes(self, codes: str, shown: str) -> str:
        parts = ("begin", f"<w:instrText>{codes}</w:instrText>", "separate", "", "end")
        begin, code, separate, _, end = (
            f"<w:r><w:fldChar w:fldCharType='{each}'/></w:r>" if each.isalpha() else f"<w:r>{each}</w:r>"
            for each in parts
        )
        return begin + code + separate + shown + end

    def field(self, depth: int) -> str:
        return self.codes("REF _a", self.text(depth))

    def link_field(self, depth: int) -> str:
        return self.codes("HYPERLINK http://a.b", self.text(depth))

    def index_entry(self, depth: int) -> str:
        begin, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "end"))
        return f"{begin}<w:r><w:instrText>XE {self.hidden()}</w:instrText></w:r>{end}"

    def simple(self, depth: int) -> str:
        return f"<w:fldSimple w:instr='DATE'>{self.text(depth)}</w:fldSimple>"

    def link(self, depth: int) -> str:
        return f"<w:hyperlink r:id='h'>{self.text(depth)}</w:hyperlink>"

    def inserted(self, depth: int) -> str:
        return f"<w:ins w:id='1' w:author='A'>{self.text(depth)}</w:ins>"

    def deleted(self, depth: int) -> str:
        return f"<w:del w:id='1' w:author='A'><w:r><w:delText>{self.hidden()}</w:delText></w:r></w:del>"

    def box(self, depth: int) -> str:
        return box(self.word())

    def ruby(self, depth: int) -> str:
        above, base = (f"<w:r><w:t>{self.word()}</w:t></w:r>" for _ in range(2))
        return f"<w:r><w:ruby><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>{run(' ')}"

    def alternative(self, depth: int) -> str:
        return alternatives(self.text(depth), run(self.hidden()))

    def held(self, depth: int) -> str:
        return f"<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent>{self.text(depth)}</w:sdtContent></w:sdt>"

    def marked(self, depth: int) -> str:
        id = next(self.count)
        inner = self.text(depth)
        return f"<w:bookmarkStart w:id='{id}' w:name='b{id}'/>{inner}<w:bookmarkEnd w:id='{id}'/>"

    def note(self, depth: int) -> str:
        self.notes.append(self.word())
        return f"<w:r><w:footnoteReference w:id='{len(self.notes)}'/></w:r>{run(' ')}"

    def vanished(self, depth: int) -> str:
        return run(self.hidden(), "<w:vanish/>")

    def sign(self, depth: int) -> str:
        inner = self.chance.choice(("<w:tab/>", "<w:br/>", "<w:br w:type='page'/>", "<w:noBreakHyphen/>", "<w:sym/>"))
        return f"<w:r>{inner}</w:r>{run(' ')}"

    def table(self, depth: int) -> str:
        if depth > 1:
            return self.paragraph(depth)
        makers = [self.paragraph, self.paragraph, self.table, self.control]
        rows = [[self.some(makers, depth + 1, 2) for _ in range(2)] for _ in range(self.chance.randint(1, 2))]
        return table(*rows)

    def control(self, depth: int) -> str:
        return (
            f"<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent>{self.paragraph(depth)}</w:sdtContent></w:sdt>"
        )

    def choice(self, depth: int) -> str:
        return alternatives(self.paragraph(depth), f"<w:p>{run(self.hidden())}</w:p>")

    def stretched(self, depth: int) -> str:
        return f"<w:p>{self.codes('TOC', self.text(depth) + '</w:p><w:p>' + self.text(depth))}</w:p>"

    def unseen(self, depth: int) -> str:
        return f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run(self.hidden(), '<w:vanish/>')}</w:p>"

    def cap(self, depth: int) -> str:
        word = self.word()
        frame = "<w:pPr><w:framePr w:dropCap='drop'/></w:pPr>"
        return f"<w:p>{frame}{run(word[:1])}</w:p><w:p>{run(word[1:] + ' ')}{self.inline(depth)}</w:p>"

    def broken(self, depth: int) -> str:
        return f"<w:p>{self.text(depth)}<w:r><w:br w:type='page'/></w:r></w:p>{self.paragraph(depth)}"

    def entry(self, depth: int) -> str:
        level = self.chance.randint(0, 1)
        id = self.chance.randint(1, 2)
        numbered = f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{id}'/></w:numPr></w:pPr>"
        return f"<w:p>{numbered}{self.text(depth)}{self.inline(depth)}</w:p>"


class Odt(Builder):
    """An OpenDocument text."""

    def build(self) -> bytes:
        makers = [self.paragraph] * 3 + [self.heading, self.list, self.list, self.table, self.section, self.unseen]
        return odt_document(self.some(makers, 0, 6) + self.paragraph(0))

    def text(self, depth: int) -> str:
        return f"{self.word()} "

    def inline(self, depth: int) -> str:
        makers = [self.text] * 5 + [
            self.span,
            self.link,
            self.reference,
            self.date,
            self.note,
            self.box,
            self.ruby,
            self.vanished,
            self.comment,
            self.marked,
            self.sign,
        ]
        return self.some(makers, depth, 5)

    def paragraph(self, depth: int) -> str:
        return f"<text:p>{self.text(depth)}{self.inline(depth)}</text:p>"

    def heading(self, depth: int) -> str:
        return f'<text:h text:outline-level="2">{self.text(depth)}{self.inline(depth)}</text:h>'

    def span(self, depth: int) -> str:
        return f'<text:span text:style-name="B">{self.text(depth)}</text:span>'

    def link(self, depth: int) -> str:
        return f'<text:a xlink:href="http://a.b">{self.text(depth)}</text:a>'

    def reference(self, depth: int) -> str:
        name = self.chance.choice(("bookmark-ref", "reference-ref", "note-ref", "sequence-ref"))
        return f"<text:{name}>{self.word()}</text:{name}> "

    def date(self, depth: int) -> str:
        return f"<text:date>{self.word()}</text:date> "

    def note(self, depth: int) -> str:
        body = f"<text:note-body><text:p>{self.word()}</text:p></text:note-body>"
        return f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>{body}</text:note> '

    def box(self, depth: int) -> str:
        return f"<draw:frame><draw:text-box><text:p>{self.word()}</text:p></draw:text-box></draw:frame>"

    def ruby(self, depth: int) -> str:
        base = self.word()
        above = self.word()
        inner = f"<text:ruby-base>{base}</text:ruby-base><text:ruby-text>{above}</text:ruby-text>"
        return f"<text:ruby>{inner}</text:ruby> "

    def vanished(self, depth: int) -> str:
        if self.chance.random() < 0.5:
            return f'<text:span text:style-name="HT">{self.hidden()}</text:span>'
        return f'<text:hidden-text text:is-hidden="true">{self.hidden()}</text:hidden-text>'

    def comment(self, depth: int) -> str:
        return f"<office:annotation><text:p>{self.hidden()}</text:p></office:annotation>"

    def marked(self, depth: int) -> str:
        name = f"b{next(self.count)}"
        return f'<text:bookmark-start text:name="{name}"/>{self.text(depth)}<text:bookmark-end text:name="{name}"/>'

    def sign(self, depth: int) -> str:
        return self.chance.choice(('<text:s text:c="2"/>', "<text:tab/>", "<text:line-break/>"))

    def list(self, depth: int) -> str:
        if depth > 1:
            return self.paragraph(depth)
        header = f"<text:list-header>{self.paragraph(depth)}</text:list-header>" if self.chance.random() < 0.2 else ""
        more = self.chance.choice(("", "", 'text:continue-numbering="true"'))
        items = "".join(self.item(depth) for _ in range(self.chance.randint(1, 3)))
        style = self.chance.choice(("N", "L"))
        return f'<text:list text:style-name="{style}" {more}>{header}{items}</text:list>'

    def item(self, depth: int) -> str:
        start = self.chance.choice(("", "", "", 'text:start-value="7"'))
        makers = [self.paragraph, self.list, self.table]
        inner = self.paragraph(depth) if self.chance.random() < 0.9 else ""
        if inner and self.chance.random() < 0.5:
            inner += self.some(makers, depth + 1, 2)
        return f"<text:list-item {start}>{inner}</text:list-item>"

    def table(self, depth: int) -> str:
        if depth > 1:
            return self.paragraph(depth)
        makers = [self.paragraph, self.paragraph, self.table, self.list]
        rows = [[self.some(makers, depth + 1, 2) for _ in range(2)] for _ in range(self.chance.randint(1, 2))]
        return odt_table(*rows)

    def section(self, depth: int) -> str:
        return f'<text:section text:name="s">{self.paragraph(depth)}{self.list(depth)}</text:section>'

    def unseen(self, depth: int) -> str:
        hidden = f'<text:p text:style-name="H">{self.hidden()}</text:p>'
        return self.chance.choice((hidden, f'<text:section text:display="none">{hidden}</text:section>'))


@dataclass(frozen=True)
class Format:
    """A format under test."""

    builder: type[Builder]
    read: Callable[[bytes], Manuscript]
    write: Callable[[Manuscript], bytes]
    part: str


DOCX = Format(Docx, read_docx, write_docx, "word/document.xml")
ODT = Format(Odt, read_odt, write_odt, "content.xml")
both = pytest.mark.parametrize("format", [DOCX, ODT], ids=["docx", "odt"])


def blocks(data: bytes, part: str) -> list[bytes]:
    """The XML of each block of the body."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        root = etree.fromstring(opened.read(part))
    body = root[0] if part.startswith("word") else root.find("{*}body")[0]
    return [etree.tostring(each, method="c14n", exclusive=True) for each in body]


def shown(manuscript: Manuscript) -> list[tuple[object, ...]]:
    """What the page shows: words, looks, numbers, and what things say."""
    numbers = PageNumbers()
    found: list[tuple[object, ...]] = []
    for line, style in styled(manuscript.content):
        objects = [manuscript.objects.get(span.object_key) for span in line.spans if span.object_key]
        said = [
            each.content.text if isinstance(each, Note) else each and replace(each, text=each.text.strip())
            for each in objects
        ]
        spans = [(span.start, span.end, span.char_format, span.link) for span in line.spans]
        found.append((line.text, spans, said, replace(style, origin=-1, start=numbers.take(style))))
    return found


@both
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_word_is_read_once_and_nothing_else(format: Format, seed: int) -> None:
    builder = format.builder(random.Random(seed))
    words = re.findall(r"\b[wh]\d+\b", export_bytes(format.read(builder.build()), "txt").decode())
    assert sorted(words) == sorted(builder.shown)


@pytest.mark.long
@both
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_untouched_is_byte_for_byte_and_an_edit_changes_one_place(format: Format, seed: int) -> None:
    chance = random.Random(seed)
    data = format.builder(chance).build()
    read = format.read(data)
    assert format.write(read) == data
    paragraphs = read.content.paragraphs()
    index = chance.choice([index for index, each in enumerate(paragraphs) if each.text.strip(OBJECT)])
    at = chance.randint(0, len(paragraphs[index]))
    line = paragraphs[index]
    changed = line.part(0, at) + Passage("Q") + replace(line.part(at, len(line)), styles=())
    paragraphs[index] = replace(changed, styles=line.styles)
    now = replace(read, content=join(paragraphs))
    saved = format.write(now)
    assert shown(format.read(saved)) == shown(now)
    before = blocks(data, format.part)
    after = blocks(saved, format.part)
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) <= 1 + (b"dropCap" in b"".join(before))


@both
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_paragraphs_go_and_come_and_the_rest_is_shown_as_before(format: Format, seed: int) -> None:
    chance = random.Random(seed)
    read = format.read(format.builder(chance).build())
    paragraphs = read.content.paragraphs()
    for _ in range(2):
        index = chance.randrange(max(1, len(paragraphs) - 1))  # Word wants a paragraph at the end
        if chance.random() < 0.5 and len(paragraphs) > 1:
            del paragraphs[index]
        else:
            style = paragraphs[index].styles[0]
            assert style is not None
            paragraphs.insert(index + 1, Passage("New").with_style(style.following()))
    now = replace(read, content=join(paragraphs))
    again = format.read(format.write(now))
    assert shown(again) == shown(now)
    assert all(isinstance(each, (EmbeddedObject, Note)) for each in again.objects.values())


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_a_title_of_two_lines_stays_as_it_stands(format: str) -> None:
    """What this program would not write is no change of the writer's."""
    made = export_bytes(Manuscript(Passage("Words."), "", title="TalesXX"), format)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"TalesXX", b"Tal\nes"))
    data = buffer.getvalue()
    read, write = (read_docx, write_docx) if format == "docx" else (read_odt, write_odt)
    assert write(read(data)) == data
