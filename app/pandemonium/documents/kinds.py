"""Tells what a file is: by its first bytes, and where these say nothing, by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pandemonium.documents.decoding import looks_binary
from pandemonium.documents.packages.archive import Archive

HEAD_BYTES = 8192


@dataclass(frozen=True)
class Kind:
    """What a file is.

    Attributes:
        format: "zip", or the name of the format by which it is read; "" if it cannot be read.
        reason: why it cannot be read, or why a text is no prose to learn from, as a sentence; "" if it is.
        hint: what to do about it, as a sentence; may be empty.
    """

    format: str
    reason: str = ""
    hint: str = ""


_PICTURE = "This is a picture."
_SOUND = "This is music or sound."
_FILM = "This is a film."
_FONT = "This is a font."
_PROGRAM = "This is a program."
_ARCHIVE = "This is a packed archive."
_DATA = "This is data for programs, not prose."
_CODE = "This is code, not prose."
_TABLE = "This is a table, not prose."
_STYLE = "This describes how something looks; it is no prose."
_SHEET = "This is a spreadsheet."
_SLIDES = "These are slides for a talk."
_UNPACK = "Unpack it to have its texts read."
_SAVE_AS = "Save it as docx or odt to have it read."
_AS_EPUB = "Convert it to epub to have it read."

_OLD_OFFICE = "This was saved by an old Office program."
_WORD_PERFECT = "This was saved by WordPerfect."
_PAGES = "This was saved by Apple's Pages."
_OLD_OPEN_OFFICE = "This was saved by an old OpenOffice."
_XML_OF_OFFICE = "This was saved as XML by an Office program."
_FINAL_DRAFT = "This was saved by Final Draft."
_ABIWORD = "This was saved by AbiWord."
_LOCKED = "This is locked with a password, or was saved by an old Word."
_ELSEWHERE = "This only leads to a text that lies elsewhere."
_KINDLE = "This is a book in Kindle's format."
_LETTER = "This is a letter that a mail program saved."
_COPY = "Open it and save its words as a text to have them read."

_OLE = b"\xd0\xcf\x11\xe0"
_MAGIC: dict[str, tuple[bytes, ...]] = {
    _PICTURE: (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"8BPS", b"AT&TFORM", b"\0\0\1\0"),
    _SOUND: (b"MThd", b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3"),
    _FILM: (b"\x1aE\xdf\xa3",),
    _FONT: (b"\0\1\0\0\0", b"OTTO", b"wOFF", b"wOF2"),
    _PROGRAM: (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\0asm"),
    _ARCHIVE: (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"(\xb5/\xfd"),
    _OLD_OFFICE: (_OLE,),
    _WORD_PERFECT: (b"\xffWPC",),
    _DATA: (b"bplist00", b"SQLite format 3"),
    "This is a page for a printer (PostScript).": (b"%!PS",),
}
_SHORT_MAGIC = frozenset((b"BM", b"MZ"))
_RIFF = {b"WEBP": _PICTURE, b"WAVE": _SOUND, b"AVI ": _FILM}

_SUFFIXES = {
    _PICTURE: "png jpg jpeg gif bmp tif tiff webp svg svgz ico psd heic heif avif xcf eps djvu",
    _SOUND: "mp3 wav ogg flac m4a aac opus mid midi ly mscz musicxml abc",
    _FILM: "mp4 mkv avi mov webm m4v mpg mpeg",
    _FONT: "ttf otf woff woff2",
    _CODE: """py pyc pyw ipynb js mjs cjs ts tsx jsx c h cc cpp hpp cs java kt go rs rb php pl pm lua r jl swift m mm
        scala hs ml clj ex exs erl sh bash zsh fish ps1 bat cmd vb vbs sql asm s f90 pas d nim zig el lisp scm make mk
        cmake gradle""",
    _STYLE: "css scss sass less xsl xslt",
    _DATA: """json jsonl xml rdf yaml yml toml ini cfg conf plist opf ncx log lock pem key crt dat bin db sqlite pickle
        npy npz pt safetensors voice onnx torrent ics vcf mbox msg bib po pot mo srt vtt sub
        ass dic aff""",
    _TABLE: "csv tsv tab ods xls xlsx xlsm numbers",
    _SLIDES: "ppt pptx odp",
    _ARCHIVE: "zip gz tgz bz2 xz 7z rar tar zst iso dmg cab jar apk deb rpm",
    _PROGRAM: "exe dll so dylib msi app class o a wasm",
    _KINDLE: "mobi azw azw3 kfx prc",
    _PAGES: "pages",
    _ELSEWHERE: "gdoc url webloc lnk desktop",
    "This is a text in LaTeX's code.": "tex sty cls ltx",
}
_REASONS = {suffix: reason for reason, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_HINTS = {
    _ARCHIVE: _UNPACK,
    _KINDLE: _AS_EPUB,
    _OLD_OFFICE: _SAVE_AS,
    _WORD_PERFECT: _SAVE_AS,
    _PAGES: _SAVE_AS,
    _OLD_OPEN_OFFICE: _SAVE_AS,
    _XML_OF_OFFICE: _SAVE_AS,
    _FINAL_DRAFT: "Export it as rich text or plain text to have it read.",
    _ABIWORD: _SAVE_AS,
    _LOCKED: "Save a copy as docx without a password in the program that made it.",
    _ELSEWHERE: "Open it there, and download it as docx or odt.",
}
_XML_FORMATS = {b"<office:document": "fodt", b"<FictionBook": "fb2", b"<en-export": "enex"}
_XML_DOCUMENTS = {
    b"<pkg:package": _XML_OF_OFFICE,
    b"<w:wordDocument": _XML_OF_OFFICE,
    b"<FinalDraft": _FINAL_DRAFT,
    b"<abiword": _ABIWORD,
}
_MAIL_HEAD = re.compile(rb"[A-Za-z-]{2,40}:[ \t]")
_MAIL_PARTS = re.compile(rb"^Content-Type:\s{0,20}multipart/related\b", re.I | re.M)
_WORD_MAIN = re.compile(rb"(?:wordprocessingml|ms-word)\.[\w.]{1,60}\bmain\+xml")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_XML = re.compile(rb"\s*<\?xml\b|\s*<!DOCTYPE (?!html)|\s*<(?:rdf|rss|feed|svg|package|ncx)\b", re.I)
_MARKDOWN = frozenset(("md", "markdown", "mkd", "mdown"))
_WEB = frozenset(("html", "htm", "xhtml", "xht"))
_PACKED_WEB = frozenset(("mht", "mhtml"))
_WORD = frozenset(("docx", "docm", "dotx", "dotm"))


def kind_of_file(head: bytes, name: str, source: Path | BinaryIO) -> Kind:
    """Tells what a file is, looking into it where it is a zip file.

    Args:
        head: its first HEAD_BYTES bytes (or all of it).
        name: its file name.
        source: where it lies, or all of its bytes.

    Raises:
        DocumentError: it is a damaged zip file.
        OSError: it cannot be read.
    """
    kind = kind_of(head, name)
    if kind.format != "zip":
        return kind
    with Archive(source) as archive:
        declared = next((archive.read(each) for each in ("mimetype", "[Content_Types].xml") if each in archive), b"")
        return zip_kind(archive.names, declared, name)


def kind_of(head: bytes, name: str) -> Kind:
    """Tells what a file is.

    Args:
        head: its first HEAD_BYTES bytes (or all of it).
        name: its file name.
    """
    suffix = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
    if head.lstrip(b"\xef\xbb\xbf\0 \r\n\t")[:5] == b"%PDF-":
        return Kind("pdf")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return Kind("zip")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf"):
        return Kind("rtf")
    if suffix in _WORD and head.startswith(_OLE):
        return _refused(_LOCKED)
    if binary := _by_magic(head):
        return binary
    if not looks_binary(head):
        return _text_kind(head, suffix)
    reason = _REASONS.get(suffix, "")
    return (
        _refused(reason) if reason and reason != _CODE else Kind("", "This is not a text: only a program can read it.")
    )


def zip_kind(names: frozenset[str], declared: bytes, name: str) -> Kind:
    """Tells what kind of document a zip file is.

    Args:
        names: the names of its parts.
        declared: its part "mimetype", or that which tells the kinds of its parts, or nothing.
        name: the file's own name.
    """
    suffix = name.rpartition(".")[2].lower()
    if declared.startswith(b"application/epub") or "META-INF/container.xml" in names:
        return Kind("epub")
    if declared.startswith(b"application/vnd.oasis.opendocument"):
        if b"opendocument.text" in declared:
            return Kind("odt")
        return Kind("", _SHEET if b"spreadsheet" in declared else "This OpenDocument file is no text document.")
    if declared.startswith(b"application/vnd.sun.xml"):
        return _refused(_OLD_OPEN_OFFICE)
    if "word/document.xml" in names or _WORD_MAIN.search(declared):
        return Kind("docx")
    if "xl/workbook.xml" in names:
        return Kind("", _SHEET)
    if "ppt/presentation.xml" in names:
        return Kind("", _SLIDES)
    if "_rels/.rels" in names and suffix in _WORD:
        return Kind("docx")
    if suffix == "epub" and any(each.lower().endswith(".opf") for each in names):
        return Kind("epub")
    if "content.xml" in names and suffix in ("odt", "ott"):
        return Kind("odt")
    if len(names) == 1 and next(iter(names)).lower().endswith(".fb2"):
        return Kind("fb2")
    if suffix == "pages":
        return _refused(_PAGES)
    return _refused(_ARCHIVE)


def _by_magic(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12].lower()
        return Kind("", _PICTURE if brand in (b"heic", b"avif", b"mif1") else _SOUND if brand == b"m4a " else _FILM)
    if head.startswith(b"RIFF"):
        return Kind("", _RIFF.get(head[8:12], _SOUND))
    for reason, magics in _MAGIC.items():
        for magic in magics:
            # Two letters may open a text as well.
            if head.startswith(magic) and (magic not in _SHORT_MAGIC or looks_binary(head)):
                return _refused(reason)
    return None


def _text_kind(head: bytes, suffix: str) -> Kind:
    start = head.replace(b"\0", b"")[:2048]
    begins = start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if suffix == "fodt":
        return Kind("fodt")
    for sign, format in _XML_FORMATS.items():
        if begins.startswith(b"<") and sign in start:
            return Kind(format)
    # Markdown may begin with HTML, and may be all HTML.
    if suffix in _WEB or (suffix not in _MARKDOWN and begins.startswith(b"<") and _HTML.search(start)):
        return Kind("html")
    if suffix == "eml":  # it may be anybody's
        return Kind("mhtml", _LETTER, _COPY)
    if suffix in _PACKED_WEB or (_MAIL_HEAD.match(begins) and b"MIME-Version:" in start and _MAIL_PARTS.search(start)):
        return Kind("mhtml")
    if begins.startswith(b"<"):
        for sign, reason in _XML_DOCUMENTS.items():
            if sign in start:
                return _refused(reason)
    format = "md" if suffix in _MARKDOWN else "txt"
    if _XML.match(start):
        return Kind(format, _DATA)
    if reason := _REASONS.get(suffix, ""):
        return _refused(reason) if reason == _ELSEWHERE else Kind(format, reason, _HINTS.get(reason, ""))
    return Kind(format, _CODE if format == "txt" and start.startswith(b"#!") else "")


def _refused(reason: str) -> Kind:
    return Kind("", reason, _HINTS.get(reason, ""))
