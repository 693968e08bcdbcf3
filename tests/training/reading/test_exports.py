"""What other programs export is read as text: notes with their titles, subtitles as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.errors import DocumentError
from pandemonium.training.reading.exports import is_export, read_export
from pandemonium.training.reading.prose import prose_parts

ENEX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd">
<en-export export-date="20240305T100000Z" application="Evernote">
<note><title>The lamp &amp; the sea</title><created>20240305T100000Z</created><tag>draft</tag>
<content><![CDATA[<?xml version="1.0"?><en-note><div>It rained all day.</div><div>Nobody came.<br/></div>
<en-media hash="1" type="image/png"/></en-note>]]></content>
<resource><data encoding="base64">AAAA</data></resource></note>
<note><title>Second</title><content>&lt;en-note&gt;It cleared.&lt;/en-note&gt;</content></note>
</en-export>"""


def test_notes_have_titles_and_words(tmp_path: Path) -> None:
    path = tmp_path / "notes.enex"
    path.write_text(ENEX)
    assert is_export(path)
    assert [part.prose for part in prose_parts(path)] == [
        "The lamp & the sea\n\nIt rained all day.\n\nNobody came.\n\nSecond\n\nIt cleared."
    ]


def test_subtitles_are_what_is_spoken(tmp_path: Path) -> None:
    path = tmp_path / "walk.srt"
    path.write_bytes(
        b"".join(b"%d\r\n00:00:0%d,000 --> 00:00:0%d,500\r\nIt rained.\r\n\r\n" % (n, n, n) for n in range(1, 5))
    )
    assert [part.prose for part in prose_parts(path)] == ["\n\n".join(["It rained."] * 4)]


@pytest.mark.parametrize("content", ["", "<notes/>", "plain words"])
def test_what_is_no_export_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "notes.enex"
    path.write_text(content)
    with pytest.raises(DocumentError, match="no export"):
        list(read_export(path))


@pytest.mark.parametrize(
    "content", ["<en-export><note>", "<en-export><note><title>a<content><![CDATA[<p>b", "<en-export>" + "<note>" * 50]
)
def test_a_cut_off_export_ends_where_it_does(tmp_path: Path, content: str) -> None:
    path = tmp_path / "notes.enex"
    path.write_text(content)
    list(prose_parts(path))
