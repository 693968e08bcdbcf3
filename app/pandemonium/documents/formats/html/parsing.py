"""Takes the markup of a page apart, whatever encoding it is in."""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree

from pandemonium.documents.decoding import decode
from pandemonium.errors import DocumentError

_IN_HEAD = frozenset(("title", "meta", "link", "style", "script", "base", "noscript", "template", "object"))
_DOCTYPE = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)?<!DOCTYPE\s", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+[\"']([^<>&%\"']{1,100})[\"']\s*>")
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,40});")
_MOST_ENTITIES = 200
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,400}\?>", re.IGNORECASE)
_WIDE = ("utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "unicode")
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SELF_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>",
    re.I,
)

_NAMES = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote
    body br button canvas caption center cite code col colgroup command content data datalist dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6
    head header hgroup hr html i iframe image img input ins isindex kbd keygen label layer legend li link
    listing main map mark marquee math menu menuitem meta meter multicol nav nobr noembed noframes noscript
    object ol optgroup option output p param picture plaintext pre progress q rb rbc rp rt rtc ruby s samp
    script search section select slot small source spacer span strike strong style sub summary sup svg table
    tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp xml""".split()
)
_TAG_NAMES = re.compile(r"<([A-Za-z][^\s/<>]*)")
_WHOLE_TAG = re.compile(r"<([A-Za-z][^\s/<>]*)([^<>]*)")
_OWN_NAME = re.compile(r"[A-Za-z][\w:.-]*")
_CLOSING_NAME = re.compile(r"</([A-Za-z][\w:.-]*)")
_OPENS_VALUE = re.compile(r"<[A-Za-z][^<>\"']*=\s{0,9}([\"'])")
_OPENS_NEXT_VALUE = re.compile(r"[^<>\"']*=\s{0,9}([\"'])")

# What closes a page closes it by itself: behind it another page may follow, as where two files were put together.
_CLOSING = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/][^<>]*>")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_FLATTENED = "pandemonium-flattened"
_KEPT_FLAT = frozenset("script style title br hr img".split())
_BLOCKS_FLAT = frozenset(
    "p div li td th dd dt h1 h2 h3 h4 h5 h6 blockquote center section article ul ol dl table tr body pre".split()
)


def parse_html(markup: str) -> Any:
    """The page's root element, or None for a page of nothing.

    Elements may be 2,045 deep, as the parser has it; of a deeper page only words, paragraphs and pictures are kept, and
    `is_flattened` tells so.

    Raises:
        DocumentError: it cannot be taken apart.
    """
    markup = _expanded(_DECLARATION.sub("", markup.replace("\0", "")))
    markup = _with_words_of_no_tag(_with_closed_quotes(markup))
    markup = _SELF_CLOSED.sub(r"<\1\2></\1>", markup) if "/>" in markup else markup
    markup = _with_plain_sections(_CLOSING.sub("\n", markup))
    if not markup.strip():
        return None
    try:
        root, is_too_deep = _parsed(markup)
        if is_too_deep:
            root, _ = _parsed(_flattened(markup))
            if root is not None:
                root.set(_FLATTENED, "")
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise DocumentError("This page is damaged and cannot be read.") from error
    if root is not None:
        _mend_head(root)
    return root


def _with_plain_sections(markup: str) -> str:
    """The markup with sections of plain characters as the text that they are in XHTML; the parser would drop them."""
    pieces: list[str] = []
    at = 0
    while (start := markup.find("<![CDATA[", at)) >= 0 and (end := markup.find("]]>", start)) >= 0:
        pieces += [markup[at:start], html.escape(markup[start + 9 : end], quote=False)]
        at = end + 3
    return "".join([*pieces, markup[at:]])


def _with_closed_quotes(markup: str) -> str:
    """The markup with an end of each attribute's value; one whose quote never closes would swallow the text behind it.

    Such a one holds the end of its tag, and what seems to close it opens another: no space and no end of a tag follows.
    """
    pieces: list[str] = []
    at = 0
    opening = _OPENS_VALUE.search(markup)
    while opening:
        start = opening.end()
        end = markup.find(opening[1], start)
        behind = markup[end + 1 : end + 2]
        tag_end = markup.find(">", start, end if end >= 0 else len(markup))
        if tag_end >= 0 and (end < 0 or not (behind.isspace() or behind in "/>")):
            pieces += [markup[at:tag_end], opening[1]]
            at = tag_end
            opening = _OPENS_VALUE.search(markup, at)
        elif end < 0:
            break
        else:
            opening = _OPENS_NEXT_VALUE.match(markup, end + 1) or _OPENS_VALUE.search(markup, end + 1)
    return "".join([*pieces, markup[at:]])


def _with_words_of_no_tag(markup: str) -> str:
    """The markup with what only looks like a tag as the text that it is: "x<y then", "<a@b.org>", "<she and he>".

    No tag of HTML is called so; and it does not end as one, has words in the place of attributes, or nothing closes it.
    """
    if all(name.lower() in _NAMES for name in set(_TAG_NAMES.findall(markup))):
        return markup
    closed = {name.lower() for name in _CLOSING_NAME.findall(markup)}

    def mended(match: re.Match[str]) -> str:
        name, rest = match.groups()
        if name.lower() in _NAMES:
            return match[0]
        ends = markup.startswith(">", match.end())
        if "=" in rest and (ends or '"' in rest or "'" in rest):
            return match[0]
        is_closed = rest.endswith("/") or "-" in name or ":" in name or name.lower() in closed
        if ends and is_closed and not rest.strip(" \t\r\n/") and _OWN_NAME.fullmatch(name):
            return match[0]
        return "&lt;" + match[0][1:]

    return _WHOLE_TAG.sub(mended, markup)


def is_flattened(root: Any) -> bool:
    """Tells whether a page was too deep, so that nothing but words, paragraphs and pictures is left of it."""
    return _FLATTENED in root.attrib


def _parsed(markup: str) -> tuple[Any, bool]:
    """The root of a page, and whether it is so deep that the parser did not read all of it.

    A picture within the page may be larger than all that the parser takes for sane, and so it is told to take any.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=True
    )
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    last = parser.error_log.last_error
    return root, last is not None and last.type_name == "ERR_RESOURCE_LIMIT"


def _flattened(markup: str) -> str:
    """The markup with paragraphs and pictures alone."""

    def flat(match: re.Match[str]) -> str:
        name = _TAG_NAME.match(match[0])
        tag = name[1].lower() if name else ""
        return match[0] if tag in _KEPT_FLAT else "<p>" if tag in _BLOCKS_FLAT else ""

    return _TAG.sub(flat, markup)


def _mend_head(root: Any) -> None:
    """Moves into the body what the parser left in the head: it knows no element that is younger than HTML 4."""
    head = next((child for child in root if child.tag == "head"), None)
    first = next((child for child in head if child.tag not in _IN_HEAD), None) if head is not None else None
    if head is None or first is None:
        return
    moved = [first, *first.itersiblings()]
    body = next((child for child in root if child.tag == "body"), None)
    if body is None:
        body = etree.SubElement(root, "body")
    text = body.text
    body.text = None
    for place, each in enumerate(moved):
        body.insert(place, each)
    if text:
        moved[-1].tail = (moved[-1].tail or "") + text


def _expanded(markup: str) -> str:
    """The markup without its document type's own declarations, and with the words that these give names to."""
    match = _DOCTYPE.match(markup)
    if match is None:
        return markup
    start = markup.find("[", match.end())
    close = markup.find(">", match.end())
    if start < 0 or 0 <= close < start:
        return markup
    end = markup.find("]", start)
    behind = markup.find(">", end) + 1 if end >= 0 else 0
    if not behind:
        return markup
    entities = dict(_ENTITY.findall(markup[start:end])[:_MOST_ENTITIES])
    rest = markup[behind:]
    if not entities:
        return rest
    return _REFERENCE.sub(
        lambda reference: html.escape(entities.get(reference[1], ""), quote=False) or reference[0], rest
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page itself names, if Python knows it and the page is not marked otherwise."""
    head = data[:4096]
    match = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    if match is None or data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:3] == b"\xef\xbb\xbf" or b"\0" in head:
        return None
    name = match.group(1).decode("ascii").lower()
    if name.startswith(_WIDE):  # what says so in letters of a byte each is not; some programs write it all the same
        name = "utf-8"
    # What pages call Latin-1 and ASCII has been Windows' Western encoding in every browser.
    name = {
        "iso-8859-1": "cp1252",
        "latin1": "cp1252",
        "us-ascii": "cp1252",
        "ascii": "cp1252",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "shift_jis": "cp932",
        "utf8": "utf-8",
    }.get(name, name)
    if name == "cp1252" and not data.isascii() and _decodes(data, "utf-8"):  # which no Western text does by chance
        return "utf-8"
    return name if _decodes(data, name) else None


def in_utf8(data: bytes) -> bytes:
    """An XML file in UTF-8, without what it says of its encoding, which need not be true.

    Raises:
        DocumentError: it is no text.
    """
    text = decode(data, declared_encoding(data)).text
    return _XML_DECLARATION.sub("", text, count=1).encode("utf-8", "replace")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True
