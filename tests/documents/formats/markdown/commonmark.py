"""Counts what of CommonMark's examples stays as it was on the way through the page and through word processors' files.

python tests/documents/formats/markdown/commonmark.py [--show NUMBER_OF_FAILURES]
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

from pandemonium.documents.conversion import converted
from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.formats.markdown.reading import to_rich
from pandemonium.documents.formats.markdown.writing import from_rich
from pandemonium.documents.formats.odt.document import read_odt, write_odt
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage

EXAMPLES = Path(__file__).with_name("commonmark-0.31.2.json")
_TAG = re.compile(r"<(/?)(em|strong)>")
_COMMON_MARK = MarkdownIt("commonmark")


@dataclass
class Counts:
    """How many examples keep their HTML, and how many their words; those that do not keep the HTML."""

    examples: int = 0
    same: int = 0
    same_words: int = 0
    failures: list[tuple[int, str, str]] = field(default_factory=list)


def through_the_page(source: str) -> str:
    """Markdown read as rich text and written again."""
    return from_rich(*to_rich(source))


def through_docx(source: str) -> str:
    """Markdown written as docx, read, and written as Markdown again."""
    return _through(source, "docx", write_docx, read_docx)


def through_odt(source: str) -> str:
    """Markdown written as odt, read, and written as Markdown again."""
    return _through(source, "odt", write_odt, read_odt)


WAYS: dict[str, Callable[[str], str]] = {"page": through_the_page, "docx": through_docx, "odt": through_odt}


def count(way: Callable[[str], str]) -> Counts:
    """Sends every example one way and compares what CommonMark makes of it before and behind."""
    counts = Counts()
    for number, source in enumerate(json.loads(EXAMPLES.read_text("utf-8"))["examples"], 1):
        written = way(source)
        before = _COMMON_MARK.render(source)
        after = _COMMON_MARK.render(written)
        same = _plainest(before) == _plainest(after)
        counts.examples += 1
        counts.same += same
        counts.same_words += _words(before) == _words(after)
        if not same:
            counts.failures.append((number, source, written))
    return counts


def _through(
    source: str, format: str, write: Callable[[Manuscript], bytes], read: Callable[[bytes], Manuscript]
) -> str:
    manuscript = converted(Manuscript(Passage(source), "md"), format)
    return converted(read(write(manuscript)), "md").text


def _plainest(html: str) -> str:
    """HTML without white space, and with emphasis inside of the same emphasis taken away."""
    depths = {"em": 0, "strong": 0}

    def once(match: re.Match[str]) -> str:
        closes, name = match.groups()
        depths[name] += -1 if closes else 1
        return match.group() if depths[name] == (0 if closes else 1) else ""

    return re.sub(r"\s+", "", _TAG.sub(once, html))


def _words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", html))


def main() -> None:
    """Prints the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="how many failures of each way are printed")
    arguments = parser.parse_args()
    for name, way in WAYS.items():
        counts = count(way)
        print(f"{name}: {counts.same} of {counts.examples} the same HTML, {counts.same_words} the same words")
        for number, source, written in counts.failures[: arguments.show]:
            print(f"  {number}: {source!r}\n    -> {written!r}")


if __name__ == "__main__":
    main()
