"""Turns the bytes of a text file into text, whatever encoding they were written in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pandemonium.documents.old_encodings import is_western, old_encoding
from pandemonium.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x08\x1a\x1b")) + b"\x7f"
_TEXT_BYTES = bytes(set(range(256)) - set(_CONTROL))
_COMMON = frozenset(" \r\n,.;:!?'\"-—–“”‘’«»()、。，！？「」：；")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_ISO_2022 = re.compile(rb"\x1b[$(][@-JB]")
_ISO_2022_KOREAN = b"\x1b$)C"
_LEAST_CHINESE = 4  # signs, for a text to be taken for Chinese in ASCII
_SAMPLE = 64 * 1024


@dataclass(frozen=True)
class Decoded:
    """Text and the name of the codec that it was written in; line ends are as they were."""

    text: str
    encoding: str


def looks_binary(data: bytes) -> bool:
    """Tells whether `data` is no text: more than one byte in a hundred is a control character that no text has."""
    if not data or _marked(data) or _wide(data) or _ISO_2022_KOREAN in data[:_SAMPLE]:
        return False
    return len(data) - len(data.translate(None, _CONTROL)) > max(2, len(data) // 100)


def detect_encoding(data: bytes) -> str:
    """Names the Python codec of `data`, a whole text file or the first part of one.

    Byte order marks come first, then UTF-16 without one, UTF-8 (a stray byte or a cut-off end is forgiven),
    and at last the old encodings of one language, judged by what they would spell.

    Raises:
        DocumentError: this is no text.
    """
    if mark := _marked(data):
        return mark
    if wide := _wide(data):
        return wide
    if _ISO_2022_KOREAN in data[:_SAMPLE]:
        return "iso2022_kr"
    if looks_binary(data):
        raise DocumentError("This is not a text: it holds bytes that only a program can read.")
    if _ISO_2022.search(data):
        return "iso2022_jp"
    if _is_chinese_in_ascii(data):
        return "hz"
    if _is_utf8(data):
        return "utf-8"
    return old_encoding(_telling(data))[0]


def is_uncertain(data: bytes) -> bool:
    """Tells whether nothing in `data` says for certain in which old encoding it is."""
    if _marked(data) or _wide(data) or _ISO_2022.search(data) or _ISO_2022_KOREAN in data or _is_utf8(data):
        return False
    return not old_encoding(_telling(data))[1]


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decodes a whole text file.

    Bytes that are wrong in a UTF-8 file are taken for Windows' Western ones; elsewhere they become U+FFFD.

    Args:
        data: the file.
        encoding: a codec that is known already; None detects it.

    Raises:
        DocumentError: this is no text.
    """
    name = encoding or detect_encoding(data)
    try:
        if name in ("utf-8", "utf-8-sig"):
            text = stray_as_western(data.decode(name, "surrogateescape"))
        else:
            text = data.decode(name, "replace")
    except LookupError as error:
        raise DocumentError(f"The encoding '{name}' is not known.") from error
    return Decoded(text, name)


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """Names UTF-16 or UTF-32 written without a mark.

    Every other byte of Western text is zero in UTF-16, and every fourth of any text is in UTF-32, nearly always its
    neighbour too.
    """
    sample = data[:4096]
    if len(sample) < 8 or not sample.translate(None, _TEXT_BYTES):
        return None
    for name, first, second in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if len(data) % 4 == 0 and not any(sample[first::4]) and sample[second::4].count(0) * 5 > len(sample):
            return name if _is_wide_text(sample, name) else None
    half = len(sample) // 2
    even = sample[::2].count(0) / half
    odd = sample[1::2].count(0) / half
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.4 and others < 0.05:
            return name if _is_wide_text(sample[: len(sample) & ~1], name) else None
    return next((name for name in ("utf-16-le", "utf-16-be") if _spells(sample, name)), None)


def _is_wide_text(sample: bytes, encoding: str) -> bool:
    """Tells whether hardly anything in a wide encoding is a control character, as much is in tables of numbers."""
    text = sample.decode(encoding, "replace")
    if text.count("\ufffd") * 100 > len(text):
        return False
    return sum(1 for sign in text if sign < " " and sign not in "\t\n\r\f") * 100 <= len(text)


def _spells(sample: bytes, encoding: str) -> bool:
    """Tells whether `sample` is nearly all letters and spaces in `encoding`."""
    try:
        text = sample[: len(sample) & ~3].decode(encoding)
    except UnicodeDecodeError:
        return False
    fitting = sum(1 for character in text if character.isalpha() or character in _COMMON)
    return fitting >= 0.97 * len(text) and not _COMMON.isdisjoint(text)


def _is_chinese_in_ascii(data: bytes) -> bool:
    """Tells whether Chinese stands in ASCII between "~{" and "~}", as mail and news carried it."""
    if b"~{" not in data or b"~}" not in data or not data.isascii():
        return False
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return False
    return sum(1 for sign in text if "\u4e00" <= sign <= "\u9fff") >= _LEAST_CHINESE


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Old encodings hardly ever spell two signs of UTF-8 for each byte that is none.
        beyond = _BEYOND_ASCII.findall(data[: 4 * _SAMPLE].decode("utf-8", "surrogateescape"))
        wrong = sum(1 for sign in beyond if "\udc80" <= sign <= "\udcff")
        return len(beyond) - wrong >= 2 * wrong or _is_mixed(data)
    return True


def _is_mixed(data: bytes) -> bool:
    """Tells whether parts of a text are in UTF-8 and others in Windows' Western encoding, as pasting makes them.

    It must be Western throughout that way, and not be so in one encoding.
    """
    sample = _telling(data)
    text = sample.decode("utf-8", "surrogateescape")
    if len(text) == len(sample) or is_western(sample, "cp1252"):
        return False
    try:
        return is_western(stray_as_western(text).encode("cp1252"), "cp1252")
    except UnicodeEncodeError:
        return False


def stray_as_western(text: str) -> str:
    """Takes bytes that were no UTF-8, and stand in `text` as lone surrogates, for Windows' Western signs."""
    return _ESCAPED.sub(
        lambda match: match.group().encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text
    )


def _telling(data: bytes) -> bytes:
    """The first lines that tell encodings apart: those with high bytes."""
    sample = b"\n".join(line for line in data[: 16 * _SAMPLE].split(b"\n") if not line.isascii())
    if len(sample) <= _SAMPLE:
        return sample
    space = max(sample.rfind(b" ", 0, _SAMPLE), sample.rfind(b"\n", 0, _SAMPLE))
    return sample[: space if space > 0 else _SAMPLE]
