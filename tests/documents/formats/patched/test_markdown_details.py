"""What Markdown says and a word processor's file cannot comes back from it, unless its words were changed there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from pandemonium.documents.conversion import converted
from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.formats.odt.document import read_odt, write_odt
from pandemonium.documents.formats.patched.markdown_details import restore_details, save_details
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript
from pandemonium.documents.model.passage import Passage, join

Read = Callable[[bytes], Manuscript]
Write = Callable[[Manuscript], bytes]
FORMATS = [("docx", read_docx, write_docx), ("odt", read_odt, write_odt)]
both = pytest.mark.parametrize(("format", "read", "write"), FORMATS, ids=["docx", "odt"])
SOURCE = """\
Some `code` and ``more ` of it``, a ![picture](a.png "titled") and a [link](http://a.b "what it is").

```python
def lamp():
    return 1
```

> A quotation
>
> - with a list
>
>   of two paragraphs

- an entry
  > quoted
- another <b class="x">bold</b> one

<div>
words
</div>

| a | b |
| - | - |
| 1 | 2 |

The end.
"""


def as_markdown(manuscript: Manuscript) -> str:
    return converted(manuscript, "md").content.text


@both
def test_markdown_comes_back(format: str, read: Read, write: Write) -> None:
    rich = converted(Manuscript(Passage(SOURCE), "md"), format)
    data = write(rich)
    back = read(data)
    assert as_markdown(back) == as_markdown(rich)
    assert write(back) == data


@both
def test_words_stand_in_the_file_for_those_who_know_no_markdown(format: str, read: Read, write: Write) -> None:
    data = write(converted(Manuscript(Passage(SOURCE), "md"), format))
    part = "word/document.xml" if format == "docx" else "content.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        xml = opened.read(part).decode()
    for words in ("code", "return 1", "picture", "words"):
        assert words in xml
    assert "```" not in xml


@both
def test_an_edit_beside_them_leaves_them(format: str, read: Read, write: Write) -> None:
    back = read(write(converted(Manuscript(Passage(SOURCE), "md"), format)))
    paragraphs = back.content.paragraphs()
    paragraphs[0] = Passage("Now ") + replace(paragraphs[0], styles=())
    paragraphs.pop()
    edited = replace(back, content=join(paragraphs))
    assert as_markdown(read(write(edited))) == as_markdown(edited)


@both
def test_a_paragraph_changed_elsewhere_is_its_words(format: str, read: Read, write: Write) -> None:
    data = write(converted(Manuscript(Passage("One `code` here.\n\nTwo `code` away.\n"), "md"), format))
    part = "word/document.xml" if format == "docx" else "content.xml"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"here.", b"gone.") if name == part else content)
    changed = buffer.getvalue()
    assert as_markdown(read(changed)) == "One code gone.\n\nTwo `code` away.\n"
    assert write(read(changed)) == changed


KEPT = '{"pandemonium-markdown":1,"paragraphs":["x"],"kept":%s}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        KEPT % "[]",
        KEPT % '{"0":1}',
        KEPT % '{"0":[[[1,0,"","","",0,"",""]],null]}',
        KEPT % '{"0":[[],["body",0,null,[["table","new"]]]]}',
        KEPT % '{"0":[[[0,1,"a","b","<w:p/>",0,"",""]],null]}',
    ],
)
def test_what_is_not_sound_is_nothing(text: str) -> None:
    restore_details([], text)


def test_a_text_that_is_no_markdown_keeps_nothing() -> None:
    assert save_details(Passage("a\nb"), {"k": EmbeddedObject("table", "a", "<w:tbl/>")}) == ""


@both
def test_loose_lists_and_empty_entries_come_back(format: str, read: Read, write: Write) -> None:
    source = "- one\n\n- two\n1. three\n2.\n3. four\n"
    there = converted(Manuscript(Passage(source), "md"), format)
    assert converted(read(write(there)), "md").text == source
