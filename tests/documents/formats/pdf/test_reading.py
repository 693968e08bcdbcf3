"""PDF gives its text, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from pandemonium.documents.formats.pdf.reading import read_pdf
from pandemonium.errors import DocumentError


def write_pdf(path: Path, pages: list[list[str]]) -> Path:
    """Writes a PDF by hand: one text object a page, in a font that every reader has."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        text = "\n".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 720 Td\n{text}\nET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode()
    path.write_bytes(data)
    return path


def test_text_of_pages(tmp_path: Path) -> None:
    names = ["lamp", "fire", "moon"]
    pages = [["A Head", f"The {name} burned low,", f"and nobody saw the {name}.", "1"] for name in names]
    text = read_pdf(write_pdf(tmp_path / "a.pdf", pages)).text
    assert "The lamp burned low, and nobody saw the lamp." in text
    assert "A Head" not in text
    assert "1" not in text


def test_pictures_of_pages_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="pictures of its pages"):
        read_pdf(write_pdf(tmp_path / "a.pdf", [[], []]))


def test_a_locked_file_is_a_sentence(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", [["Prose"]])))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    with pytest.raises(DocumentError, match="password"):
        read_pdf(tmp_path / "b.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\nrubbish" * 50])
def test_a_damaged_file_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(DocumentError):
        read_pdf(tmp_path / "a.pdf")
