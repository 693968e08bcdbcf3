"""A training reads the words that the window shows, of every format and every odd file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pandemonium.documents.exporting import export_document
from pandemonium.documents.formats import read_document
from pandemonium.documents.manuscript import Foreign, Manuscript
from pandemonium.documents.passage import Passage
from pandemonium.documents.reading.reader import read_text
from pandemonium.documents.rich import rich

MARKDOWN = """\
# The House & the Sea

It was **old**, *very old* and `coded`[^1], a [link](https://example.org "title").

1986. A great year.

> Quoted *prose*.
>
> - entry
>   - deeper

* * *

<div>
if 3 < 5 and she waited then 7 > 2
</div>

    An indented paragraph, as writers write it.

[^1]: A note.
"""
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title T}}\pard\b The\b0  house\par Caf\'e9 \u8212?so\line"
    rb" and on.{\object{\result shown}}\par\trowd\intbl a\cell b\cell\row\pard{\pntext 1.\tab}\ls1 one\par"
    rb"{\v hidden}\u-99999999999999999999?end}"
)
TEXTS: dict[str, bytes] = {
    "plain.txt": "One line.\n\n\u201cAnother,\u201d she said.\n* star *\n".encode(),
    "stray.txt": "Caf\u00e9, \u201cthe\u201d na\u00efve caf".encode() + b"\xe9.\n",
    "old.txt": "\u041e\u043d\u0430 \u0432\u044b\u0448\u043b\u0430 \u0438\u0437 \u0434\u043e\u043c\u0430. ".encode(
        "cp1251"
    )
    * 20,
    "japanese.txt": "\u3053\u308c\u306f\u6d77\u306e\u5e95\u306e\u8a71\u3067\u3042\u308b\u3002\n".encode("cp932") * 20,
    "wide.txt": "Wide words.\r\nAnd more.\r\n".encode("utf-16"),
    "marked.md": MARKDOWN.encode(),
    "scene.md": b"---\n\nThe first words.\n\n---\n\nAnother scene.\n",
    "tale.rtf": RTF,
    "article.html": b"<!DOCTYPE html><title>T</title><article><h1>The Bell</h1><p>It <q>tolled</q>.</p></article>",
}
EXPORTS = ("docx", "odt", "html", "epub", "md", "txt")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def words_shown(manuscript: Manuscript) -> list[str]:
    """The words on the page: its text, and what things that stand for words say."""
    if manuscript.format == "md":
        manuscript = rich(manuscript)
    pieces: list[str] = []
    at = 0
    for span in manuscript.content.spans:
        thing = manuscript.things.get(span.thing)
        if span.thing:
            pieces.append(manuscript.text[at : span.start])
            at = span.end
        if isinstance(thing, Foreign) and thing.label not in ("code", "HTML", "picture", "note without a mark"):
            pieces.append(f" {thing.text} ")
    return words("".join([*pieces, manuscript.text[at:]]))


@pytest.mark.parametrize("name", TEXTS)
def test_window_and_training_read_the_same_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXTS[name])
    shown = words_shown(read_document(path))
    assert shown
    assert words(read_text(path).text) == shown


@pytest.mark.parametrize("suffix", EXPORTS)
def test_they_agree_on_what_is_written_here(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    source = MARKDOWN.replace("[^1]: A note.\n", "").replace("[^1]", "")
    export_document(Manuscript(Passage(source), "md"), path)
    assert words(read_text(path).text) == words_shown(read_document(path))
