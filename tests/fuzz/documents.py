"""Breaks small documents of every format at random, opens, edits, saves and reads them again, and checks what holds.

    python tests/fuzz/documents.py [--seed N] [--rounds N | --seconds N] [--keep FOLDER]

What holds for any bytes: they are opened or refused in a sentence; opening them costs no more calls than their size
allows; what was not touched is saved byte for byte, or it is said; no word of the page is lost by an edit, by a
conversion or on the way into a training. A round is known by its number: the same seed breaks the same documents.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from pandemonium.documents.exporting import EXPORTS, export_bytes
from pandemonium.documents.formats import SUFFIXES, read_document, write_document
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import OBJECT, Passage, join
from pandemonium.documents.reading.reader import read_text
from pandemonium.documents.rich import rich
from pandemonium.errors import PandemoniumError

MARKDOWN = """\
# The House & the Sea

It was **old**, *very old* and `coded`[^1], a [link](https://example.org/a b "title").

5. first
6. second
   - deeper

> Quoted *prose*.

* * *

| a | b |
| - | - |
| c | d |

<div>
words 3 < 5
</div>

[^1]: A note.

    Its second paragraph.
"""
PLAIN = "One line.\n\n\u201cAnother,\u201d she said \u2014 caf\u00e9.\n* star *\n    indented\n1986. A year.\n"
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 A;}}{\stylesheet{\s1 heading 1;}}\pard\s1 The\par"
    rb"\pard {\b bold} Caf\'e9 \u8212?so\line on.{\footnote Note.}\par\trowd\intbl a\cell b\cell\row\pard"
    rb"{\pntext 1.\tab}\ls1 one\par{\field{\*\fldinst HYPERLINK "
    rb'"http://x"}{\fldrslt link}}{\pict 00}\par}'
)
BOOK = """<?xml version="1.0"?><FictionBook>
<description><title-info><book-title>T</book-title></title-info></description>
<body><title><p>The</p><p>House</p></title><section><title><p>One</p></title><p>It <emphasis>was</emphasis> old<a
href="#n" type="note">1</a>.</p><poem><stanza><v>One line,</v><v>another.</v></stanza></poem><subtitle>* * *</subtitle>
<cite><p>Quoted.</p></cite></section></body>
<body name="notes"><section id="n"><title><p>1</p></title><p>Note.</p></section>
</body></FictionBook>"""
LETTER = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
NOTES = """<?xml version="1.0"?><en-export><note><title>A note</title><content><![CDATA[<en-note><div>It <b>was</b> old.
</div><ul><li>first</li></ul></en-note>]]></content></note><note><title>Another</title></note></en-export>"""
TOKENS = [
    b"<",
    b">",
    b"&",
    b"&amp;",
    b"\0",
    b"\xff",
    b"\xe9",
    b"\r\n",
    b"\n\n",
    b"    ",
    b"{",
    b"}",
    b"\\par ",
    b"\\u-1?",
    b"**",
    b"[^1]",
    b"](",
    b"```\n",
    b"> ",
    b"- ",
    b"1. ",
    b"---\n",
    b"<w:p>",
    b"</w:p>",
    b"<text:p/>",
    b"]]>",
    b"<!--",
    b"99999999999999999999",
    b"-1",
    b"\xe2\x80\xa8",
    b"\xef\xbf\xbc",
    b"<!DOCTYPE a [",
    b"\\'",
    b"\\bin9 ",
    b"PK",
]
_WORD = re.compile(r"[^\W_]+")
CALLS_A_BYTE = 400
CALLS_AT_LEAST = 300_000


@dataclass(frozen=True)
class Find:
    """A document of which something does not hold."""

    round: int
    name: str
    data: bytes
    what: str


class TooMuchWorkError(BaseException):
    """A document costs more calls than its size allows; no reader may take this for a damaged file."""


# Errors in the program, which a reader that takes any error for a damaged file would hide.
_OURS = (AssertionError, AttributeError, IndexError, KeyError, NameError, RecursionError, TypeError, UnboundLocalError)


def seeds() -> dict[str, bytes]:
    """A small document of every format."""
    source = Manuscript(Passage(MARKDOWN), "md", title="Tales", author="Me", language="en")
    made = {f"{name}.{name}": export_bytes(source, name) for name in sorted(set(EXPORTS.values()))}
    encodings = {"utf8": "utf-8", "mark": "utf-8-sig", "wide": "utf-16", "western": "cp1252"}
    made |= {f"{name}.txt": PLAIN.encode(encoding) for name, encoding in encodings.items()}
    japanese = "\u3053\u308c\u306f\u6d77\u306e\u5e95\u306e\u8a71\u3067\u3042\u308b\u3002\n" * 9
    made |= {"book.fb2": BOOK.encode(), "page.mht": LETTER + made["html.html"], "notes.enex": NOTES.encode()}
    return made | {"japanese.txt": japanese.encode("cp932"), "source.md": MARKDOWN.encode(), "rich.rtf": RTF}


def broken(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, taken out, doubled or put in; a zip file's inside of its parts."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.9:
        return _broken_zip(data, chance)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 10, 80)))
        match chance.randrange(5):
            case 0:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:at] + data[at:end] * chance.choice((2, 3, 40)) + data[end:]
            case 3:
                other = chance.randrange(len(data) + 1)
                data = data[:at] + data[other : other + end - at] + data[at:]
            case _:
                data = data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 3, 200)) + data[at:]
    return data


def _broken_zip(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith(("ml", "opf", "rels"))])
        for name in names:
            part = old.read(name)
            if name == chosen:
                if chance.random() < 0.05:
                    continue
                part = broken(part, chance)
            new.writestr(name, part)
    return made.getvalue()


def check(name: str, data: bytes, folder: Path, chance: random.Random) -> str:
    """What does not hold of a document; "" if everything does."""
    path = folder / name
    path.write_bytes(data)
    manuscript: Manuscript | None = None
    for work in (read_document, read_text):
        try:
            result = _bounded(partial(work, path), len(data))
            manuscript = result if isinstance(result, Manuscript) else manuscript
        except PandemoniumError as error:
            if isinstance(error.__cause__, _OURS):
                return f"an error of the program's own: {''.join(traceback.format_exception(error.__cause__))}"
    if manuscript is None:
        return ""
    if path.suffix in SUFFIXES and manuscript.path is not None:
        return _untouched(manuscript, path, data) or _edited(manuscript, path, chance)
    return _converted(manuscript, folder, chance)


def _untouched(manuscript: Manuscript, path: Path, data: bytes) -> str:
    written = write_document(manuscript, path)
    said = manuscript.notice or written.notice
    return "" if path.read_bytes() == data or said else "an untouched save is not byte for byte, and nothing is said"


def _edited(manuscript: Manuscript, path: Path, chance: random.Random) -> str:
    paragraphs = manuscript.content.paragraphs()
    at = chance.randrange(len(paragraphs))
    paragraphs[at] = paragraphs[at] + Passage(" addedword")
    edited = replace(manuscript, content=join(paragraphs))
    write_document(edited, path)
    return _missing(edited, path, "an edit")


def _converted(manuscript: Manuscript, folder: Path, chance: random.Random) -> str:
    path = folder / f"converted.{chance.choice(('docx', 'odt', 'md', 'txt'))}"
    write_document(manuscript, path)
    return _missing(manuscript, path, f"a conversion to {path.suffix}")


def _missing(before: Manuscript, path: Path, by: str) -> str:
    """Which words of the page the file does not have."""
    after = read_document(path)
    if after.format == "md" and before.format != "md":
        after = rich(after)
    there = Counter(_words(after, everything=True))
    if after.path is None and path.suffix == ".txt":  # the text of a web page, and said to be one: its tags are words
        there = Counter(_WORD.findall(path.read_text("utf-8")))
    gone = Counter(_words(before)) - there
    return f"lost by {by}: {', '.join(sorted(gone)[:5])}" if gone else ""


def _words(manuscript: Manuscript, *, everything: bool = False) -> Iterator[str]:
    used = {span.object_key for span in manuscript.content.spans if span.object_key}
    texts = [manuscript.text]
    for key, inline_object in manuscript.objects.items():
        if key in used and isinstance(inline_object, Note):
            texts.append(inline_object.content.text)
        elif isinstance(inline_object, EmbeddedObject) and everything:
            texts.append(inline_object.text)
    for text in texts:
        text = text if manuscript.content.spans else text.replace(OBJECT, "")  # a sign of the text's own
        text = re.sub(r"[\x0b-\x0d\x1c-\x1f\x85]", " ", text)  # controls that part words
        yield from _WORD.findall(re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "", text))


def _bounded(work: Callable[[], Any], size: int) -> Any:
    """Does work that may call no more functions than a document of that size deserves."""
    left = CALLS_AT_LEAST + CALLS_A_BYTE * size

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            sys.setprofile(None)
            raise TooMuchWorkError(f"more than {CALLS_AT_LEAST + CALLS_A_BYTE * size} calls for {size} bytes")

    sys.setprofile(count)
    try:
        return work()
    finally:
        sys.setprofile(None)


def run(seed: int, rounds: int, seconds: float = 0.0) -> Iterator[Find]:
    """Breaks and checks documents.

    Args:
        seed: of all chances.
        rounds: how many documents; with `seconds` as many as go into these.
    """
    begun = time.monotonic()
    documents = seeds()
    with tempfile.TemporaryDirectory() as folder:
        number = 0
        while (time.monotonic() - begun < seconds) if seconds else (number < rounds):
            chance = random.Random(f"{seed} {number}")
            name = chance.choice(sorted(documents))
            data = broken(documents[name], chance)
            try:
                what = check(name, data, Path(folder), chance)
            except (Exception, TooMuchWorkError):  # noqa: BLE001
                what = traceback.format_exc()
            if what:
                yield Find(number, name, data, what)
            number += 1


def main() -> int:
    """Runs as the command line says, prints what it finds, and keeps the documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=0.0, help="instead of rounds")
    parser.add_argument("--keep", type=Path, help="a folder for the documents that are found")
    arguments = parser.parse_args()
    finds = 0
    for find in run(arguments.seed, arguments.rounds, arguments.seconds):
        finds += 1
        print(f"round {find.round}, {find.name}: {find.what}", flush=True)
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / f"{arguments.seed}-{find.round}-{find.name}").write_bytes(find.data)
    print(f"{finds} found")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
