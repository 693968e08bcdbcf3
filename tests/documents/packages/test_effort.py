"""What unfolds to far more than a text could hold is refused in a sentence; what a writer has is not."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from tests.documents.formats.docx.test_document import package

from pandemonium.documents.formats import read_document
from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.formats.odt.template import empty_parts
from pandemonium.documents.model.passage import CharFormat
from pandemonium.documents.packages.archive import unfolds_too_far
from pandemonium.documents.packages.effort import Effort
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError

PARAGRAPH = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
CONTAINER = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
BOOK = (
    '<package><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)


def packed(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def docx(unit: str, size: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package(unit * (size // len(unit))))) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def odt(unit: str, size: int) -> bytes:
    names = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    text = f"<office:body><office:text>{unit * (size // len(unit))}</office:text></office:body>"
    return packed(
        {**empty_parts(), "content.xml": f"<office:document-content {names}>{text}</office:document-content>"}
    )


def epub(unit: str, size: int) -> bytes:
    page = f"<html><body>{unit * (size // len(unit))}</body></html>"
    return packed({"META-INF/container.xml": CONTAINER, "p.opf": BOOK, "a.xhtml": page})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx("<w:p/>", 4_000_000)),
        ("a.docx", docx(PARAGRAPH + " " * 3_000, 20_000_000)),
        ("a.odt", odt("<text:p/>", 6_000_000)),
        ("a.epub", epub("<img/>", 2_000_000)),
    ],
    ids=["paragraphs", "space", "odt", "epub"],
)
def test_an_absurd_file_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert len(data) < 200_000
    for read in (read_document, read_text):
        with pytest.raises(DocumentError, match="unfolds to far more than a text could hold"):
            read(path)


def test_a_short_text_that_says_the_same_again_and_again_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(PARAGRAPH, 20_000))
    assert read_document(path).text.count("a") == 20_000 // len(PARAGRAPH)


def test_what_may_be_done_grows_with_the_file() -> None:
    words = 500_000  # a long novel, a third as many bytes as characters, each paragraph of three runs
    effort = Effort(words * 2)
    effort.spend(words // 12 * (3 + 3))
    with pytest.raises(DocumentError):
        Effort(1_000).spend(words // 2)
    effort.check(b"<w:r>" * 1_900_000)
    with pytest.raises(DocumentError):
        effort.check(b"<w:r>" * 2_100_000)


def test_pictures_of_one_colour_do_not_make_a_file_absurd() -> None:
    picture = zipfile.ZipInfo("word/media/a.bmp")
    picture.file_size = 100 << 20
    assert not unfolds_too_far([picture], 200_000)
    assert unfolds_too_far([picture, picture], 200_000)


INSIDE = {
    "a.docx": [
        "<w:p><w:r>" + "<w:tab/>" * 40_000 + "</w:r></w:p>",
        "<w:p>" + "<w:r/>" * 40_000 + "</w:p>",
        "<w:tbl>" + "<w:tr/>" * 40_000 + "</w:tbl>",
        "<w:sdt><w:sdtContent>" * 40 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 40,
        "<w:p>" + "<w:ins>" * 40 + "<w:r><w:t>a</w:t></w:r>" + "</w:ins>" * 40 + "</w:p>",
    ],
    "a.odt": [
        "<text:list/>",
        "<text:p>" + "<text:span>" * 40 + "a" + "</text:span>" * 40 + "</text:p>",
        "<text:p>" + "<x>" * 40 + "a" + "</x>" * 40 + "</text:p>",
        "<text:section>" * 40 + "<text:p/>" + "</text:section>" * 40,
        "<text:p>" + "a " * 40_000 + "</text:p>",
    ],
}


@pytest.mark.parametrize(("name", "unit"), [(name, unit) for name, units in INSIDE.items() for unit in units])
def test_whatever_repeats_counts_toward_what_reading_may_cost(tmp_path: Path, name: str, unit: str) -> None:
    path = tmp_path / name
    times = max(1, 400_000 // len(unit))
    path.write_bytes((docx if name == "a.docx" else odt)(unit, len(unit) * times))
    spent = 0
    real = Effort.spend

    def counting(effort: Effort, units: int) -> None:
        nonlocal spent
        spent += units
        real(effort, units)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Effort, "spend", counting)
        with contextlib.suppress(DocumentError):
            read_document(path)
    assert 8 * spent >= times * (unit.count("<") + len(unit) // 20)


@pytest.mark.parametrize("family", ["paragraph", "text"])
def test_styles_that_are_based_on_each_other_are_each_read_once(family: str) -> None:
    count = 2_000
    looks = '<style:text-properties fo:font-weight="bold" text:display="none"/>'
    made = "".join(
        f'<style:style style:family="{family}" style:name="a{each}" style:parent-style-name="a{(each + 1) % count}">'
        f"{looks if each == count - 1 else ''}</style:style>"
        for each in range(count)
    )
    names = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    content = etree.fromstring(f"<a {names}><office:automatic-styles>{made}</office:automatic-styles></a>")
    styles = Styles(content, None)
    assert styles.hides(family, "a7")
    if family == "text":
        assert styles.declared_format("a7") == (CharFormat.BOLD, CharFormat.BOLD)
    else:
        assert styles.meaning("a7").char_format == CharFormat.BOLD
