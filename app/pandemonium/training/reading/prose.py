"""Makes canonical prose of a reading, and tells whether it is prose at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pandemonium import paths
from pandemonium.documents.reading.reader import read_parts
from pandemonium.documents.reading.result import Reading
from pandemonium.text.boilerplate.cutting import cut_and_count
from pandemonium.text.cleaning import clean
from pandemonium.text.hyphens import join_hyphens
from pandemonium.text.sentences import is_unspaced
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.reading.exports import is_export, read_export

_PLAIN = re.compile(
    r"^\W*[^\W\d_]+(?:['\u2019.\u2014,-]+[^\W\d_]+)*['\u2019]?[.,;:!?\u2026\"\u2014)\]\u201d\u2019*-]*$"
)
_CODE_LINE = re.compile(
    r"\);\s*$|[{}]\s*$|=[^=\n]+;\s*$|^\s*(?:def \w+\(|class \w+[:({]|import \w|from \w+ import|#include|function\b"
    r"|(?:let|const|var) \w+ ?=|return\b|if ?\(|for ?\(|while ?\(|(?:public|private|static) \w+|<\w+[^>]*>|</\w+>"
    r"|\w+\s*=\s*[\[{(\"'\d]|\"\w+\"\s*:|\\\w+\{|@\w+|//|/\*|\$\w+)"
)
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)]*$")
_ABOUT_FOLDER = re.compile(
    r"^(?:readme|licen[sc]e|copying|contributing|contributors|authors|changelog|changes|install|notice|patents|code_of_conduct|"
    r"security|makefile|dockerfile|gemfile|requirements|robots|humans|manifest)(?:[._-][\w.-]*)?$",
    re.IGNORECASE,
)
# Pages of a book that was unpacked, by the names that the makers of EPUBs give them.
_ABOUT_BOOK = re.compile(
    r"^(?:colophon|imprint|uncopyright|copyright(?:[_-]?page)?|(?:half[_-]?)?title[_-]?page|cover(?:[_-]?page)?|toc|nav|loi"
    r"|contents|advert(?:s|isement)?)(?:[_-]?\d{1,3})?\.x?html?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """One part of a document, as a training reads it.

    Attributes:
        prose: canonical.
        reading: that it was made of.
        cut: how many letters and digits were cut, by kind (see `text.boilerplate.cutting`).
    """

    prose: str
    reading: Reading
    cut: Mapping[str, int]


def prose_parts(path: Path) -> Iterator[Part]:
    """Reads a document again and gives each part's canonical prose.

    Raises:
        DocumentError: it cannot be read.
    """
    for reading in read_export(path) if is_export(path) else read_parts(path):
        text, cut = cut_and_count(reading.text)
        yield Part(clean(join_hyphens(text, _dictionary()), unwrapped=reading.unwrapped), reading, cut)


@cache
def _dictionary() -> WordList:
    return WordList.read(paths.resources() / WORDS)


def is_about_folder(name: str) -> bool:
    """Tells by a file's name that it speaks about the files around it: a README, a licence, a book's colophon."""
    return bool(_ABOUT_FOLDER.match(name) or _ABOUT_BOOK.match(name))


def why_no_prose(text: str) -> str:
    """Why `text` is not prose to learn from, as a sentence; "" if it is.

    Args:
        text: canonical prose; its first pages are enough.
    """
    sample = text[:20_000]
    lines = [line for line in sample.split("\n") if line.strip()]
    if is_unspaced(sample):
        plain = sum(map(str.isalpha, sample)) + sum(map(str.isspace, sample)) >= 0.7 * len(sample)
    else:
        tokens = sample.split()
        plain = sum(1 for token in tokens if _PLAIN.match(token)) >= 0.7 * len(tokens)
    if not plain:
        return "This is mostly figures and signs, not prose."
    # By their letters, not by their number: a few lines of code among long paragraphs are an example in a text.
    if sum(len(line) for line in lines if _CODE_LINE.search(line)) > 0.3 * sum(map(len, lines)):
        return "This looks like code, not prose."
    if _is_table(lines):
        return "This looks like a table or a list of data, not prose."
    return ""


def _is_table(lines: list[str]) -> bool:
    """Tells whether (nearly) every line has the same number of separators, and hardly a sentence."""
    if len(lines) < 5 or sum(1 for line in lines if _SENTENCE_END.search(line)) * 2 > len(lines):
        return False
    for separator in (",", ";", "|"):
        counts = sorted(line.count(separator) for line in lines)
        usual = counts[len(counts) // 2]
        same = sum(1 for count in counts if count == usual)
        if usual >= 2 and same > 0.8 * len(lines) and sum(map(len, lines)) < 200 * len(lines):
            return True
    return False
