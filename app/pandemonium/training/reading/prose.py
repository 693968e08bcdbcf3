"""Makes canonical prose of a reading, and tells whether it is prose at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pandemonium.documents.reading.reader import read_parts
from pandemonium.documents.reading.result import Reading
from pandemonium.text.boilerplate import cut_boilerplate
from pandemonium.text.cleaning import clean

LEAST_WORDS = 20

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Scripts without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese. A word has about two of their letters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
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


def prose_parts(path: Path) -> Iterator[tuple[str, Reading]]:
    """Reads a document again and gives each part's canonical prose, and the reading that it comes from.

    Raises:
        DocumentError: it cannot be read.
    """
    for reading in read_parts(path):
        yield clean(cut_boilerplate(reading.text), unwrapped=reading.unwrapped), reading


def count_words(text: str) -> int:
    """How many words `text` has; two letters count as a word in scripts that set no spaces."""
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() else 0
    if not unspaced:
        return len(_WORD.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def is_about_folder(name: str) -> bool:
    """Tells by a file's name that it speaks about the files around it: a README, a licence, a list of changes."""
    return bool(_ABOUT_FOLDER.match(name))


def why_no_prose(text: str) -> str:
    """Why `text` is not prose to learn from, as a sentence; "" if it is.

    Args:
        text: canonical prose; its first pages are enough.
    """
    sample = text[:20_000]
    lines = [line for line in sample.split("\n") if line.strip()]
    if _UNSPACED.search(sample):
        plain = sum(map(str.isalpha, sample)) + sum(map(str.isspace, sample)) >= 0.7 * len(sample)
    else:
        tokens = sample.split()
        plain = sum(1 for token in tokens if _PLAIN.match(token)) >= 0.7 * len(tokens)
    if not plain:
        return "This is mostly figures and signs, not prose."
    if sum(1 for line in lines if _CODE_LINE.search(line)) > 0.3 * len(lines):
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
