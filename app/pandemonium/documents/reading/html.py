"""Reads HTML and XHTML: the prose of the page, without its scripts, menus, captions, notes and page numbers."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.reading.result import Reading

SCENE_BREAK = "* * *"
_SKIPPED = frozenset(
    "head script style noscript template nav footer form button select textarea input iframe object embed applet audio "
    "video canvas map svg math figcaption caption title rp rt dialog menu".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header hr "
    "html legend li main ol p pre section summary table tbody tfoot thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SKIPPED_CLASSES = re.compile(
    r"(?:^|\s)(?:page-?num(?:ber)?s?|page_?no|pgnum|pgno|pagebreak|fnanchor|fn-?ref|noteref|footnotes?|fndef|endnotes?|"
    r"captions?|caption\w*|wp-caption-text|toc\d?|tocentry|contents|nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|sidenote|"
    r"t-?note|tn|transnote|trans-?note|transcriber\S*|transcribers?-?notes?|mynote|tnotes?|pg-boilerplate|errata|"
    r"cookie\S*|share\S*|social\S*|advert\S*|comments?|related|noprint|screen-reader-text|visually-hidden)(?=\s|$)",
    re.IGNORECASE,
)
_SKIPPED_IDS = re.compile(
    r"^(?:pg-(?:header|footer|machine-header|start-separator|end-separator)|toc|nav\w*|menu|sidebar)$", re.I
)
_SKIPPED_TYPES = re.compile(
    r"\b(?:toc|landmarks|page-list|pagebreak|noteref|footnotes?|rearnotes?|endnotes?|index|cover|titlepage|copyright-page|"
    r"colophon|doc-toc|doc-pagebreak|doc-noteref|doc-footnote|doc-endnotes?|doc-index|navigation|banner|contentinfo|search)\b",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_FOOTNOTE_MARK = re.compile(r"^\s*[\[({]?(?:\d{1,3}|[*\u2020\u2021\u00a7]|[a-z])[\])}]?\s*$")
_STANZA = re.compile(r"(?:^|\s)(?:stanza|linegroup|lg|line-group)(?=\s|$)", re.I)
_POEM = re.compile(r"(?:^|\s)(?:poem|poetry|verse|song)(?=\s|$)", re.I)
_FIGURE = re.compile(r"(?:^|\s)(?:fig|illus|image|plate)\w*(?=\s|$)", re.I)
_NO_PAGE = re.compile(r"\.(?:midi?|mp3|ogg|ly|mxl|png|jpe?g|gif|pdf)$", re.I)
_LINE_LENGTH = 80


def read_html(data: bytes) -> Reading:
    """Reads a page.

    Raises:
        DocumentError: it is no text at all.
    """
    decoded = decode(data, declared_encoding(data))
    root = parse_html(decoded.text)
    if root is None:
        return Reading("", "html", True, decoded.encoding)
    prose = _Prose(root)
    return Reading(prose.text(), "html", not prose.is_preformatted, decoded.encoding)


def html_text(markup: str) -> str:
    """The prose of a page or of a fragment of one.

    Args:
        markup: HTML or XHTML, well-formed or not.

    Raises:
        DocumentError: it cannot be taken apart.
    """
    root = parse_html(markup)
    return "" if root is None else _Prose(root).text()


class _Prose:
    """Walks a page once and gathers its blocks."""

    def __init__(self, root: Any) -> None:
        self._root = _main_part(root)
        self._letters = _letters(self._root)
        self._blocks: list[tuple[str, bool]] = []
        self._line: list[str] = []
        self._pre = 0
        self._pre_letters = 0
        self._heading = 0
        self._verse: list[Any] = []

    @property
    def is_preformatted(self) -> bool:
        """Most of the walked page has line breaks of its own, as typed text has."""
        return self._pre_letters * 2 > self._letters

    def text(self) -> str:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            tag = _tag(element)
            if event == "start":
                if self._is_skipped(element, tag):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._open(element, tag)
                continue
            if element is skipped:
                skipped = None
            else:
                self._close(element, tag)
            if element is not self._root:
                self._add(element.tail)
        self._break()
        return self._joined()

    def _is_skipped(self, element: Any, tag: str) -> bool:
        if not tag or tag in _SKIPPED or _is_apparatus(element, tag):
            return True
        # What is only named like apparatus may be the page's very frame.
        return tag not in ("body", "html") and _is_named_apparatus(element) and _letters(element) * 2 <= self._letters

    def _open(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._line.append("\n")
        elif tag in _BLOCKS and not (tag == "tr" and self._row_continues()):
            self._break()
        if tag == "hr" and "chap" not in element.get("class", "") and "full" not in element.get("class", ""):
            self._blocks.append((SCENE_BREAK, False))
        elif tag == "q":
            self._line.append('"')
        elif tag in ("td", "th"):
            self._line.append("  ")
        self._pre += tag == "pre"
        self._heading += tag in _HEADINGS
        if _is_stanza(element):
            self._verse.append(element)
        self._add(element.text)

    def _close(self, element: Any, tag: str) -> None:
        if tag == "tr":
            self._line.append("\n")
        elif tag in _BLOCKS:
            if self._verse and self._verse[-1] is element:
                self._verse.pop()
            self._break()
        elif tag == "q":
            self._line.append('"')
        self._pre -= tag == "pre"
        self._heading -= tag in _HEADINGS

    def _row_continues(self) -> bool:
        """A table's rows are lines of one block, so that what it lists stays together."""
        return bool(self._line) and self._line[-1] == "\n"

    def _add(self, text: str | None) -> None:
        if text:
            self._pre_letters += len(text) if self._pre else 0
            self._line.append(text.replace("\r", "") if self._pre else _SPACES.sub(" ", text))

    def _break(self) -> None:
        if self._verse:
            if not "".join(self._line[-2:]).rstrip(" ").endswith("\n"):
                self._line.append("\n")
            return
        raw = "".join(self._line)
        self._line.clear()
        lines = [line.strip(" \t") if not self._pre else line.rstrip() for line in raw.split("\n")]
        block = "\n".join(lines).strip("\n")
        if block.strip():
            self._blocks.append((block, bool(self._heading)))

    def _joined(self) -> str:
        """Joins the blocks; a rule beside a heading or another rule, or at an end, is ornament and goes."""
        kept: list[tuple[str, bool]] = []
        for block, heading in self._blocks:
            if heading and kept and kept[-1][0] == SCENE_BREAK:
                kept.pop()
            if block == SCENE_BREAK and (not kept or kept[-1][0] == SCENE_BREAK or kept[-1][1]):
                continue
            kept.append((block, heading))
        if kept and kept[-1][0] == SCENE_BREAK:
            kept.pop()
        return "\n\n".join(block for block, _ in kept)


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _main_part(root: Any) -> Any:
    """The page's main part where it names one that holds most of the words, else the whole page."""
    for tag in ("main", "article"):
        found = root.findall(f".//{tag}")
        if len(found) == 1 and _letters(found[0]) * 2 > _letters(root):
            return found[0]
    return root


def _letters(element: Any) -> int:
    return sum(len(text) for text in element.itertext())


def _is_stanza(element: Any) -> bool:
    """Tells whether an element's paragraphs are lines of verse."""
    name = element.get("class", "")
    if not name:
        return False
    if _STANZA.search(name):
        return True
    lines = [len(_content(child)) for child in element if _tag(child) == "p"]
    return bool(_POEM.search(name)) and len(lines) > 1 and max(lines) < _LINE_LENGTH


def _content(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _is_apparatus(element: Any, tag: str) -> bool:
    """Tells by what an element does that it is no prose: a note's number, code, a list of links into the page."""
    if tag == "sup":
        return bool(_FOOTNOTE_MARK.match(_content(element)))
    if tag == "pre":
        return len(element) == 1 and _tag(element[0]) == "code"
    if tag in ("p", "li") and _is_mere_link(element):
        return True
    if _FIGURE.search(element.get("class", "")) and next(element.iter("img"), None) is not None:
        return True
    return "hidden" in element.attrib or element.get("aria-hidden") == "true"


def _is_mere_link(element: Any) -> bool:
    """Tells whether a paragraph only leads to another place of the page, or shortly to sheets and sounds."""
    links = list(element.iter("a"))
    if not links:
        return False
    whole = _content(element)
    inside = "".join(_content(link) for link in links if link.get("href", "").startswith("#"))
    if inside and len(inside) >= len(whole):
        return True
    return len(whole) < 2 * _LINE_LENGTH and any(_NO_PAGE.search(link.get("href", "")) for link in links)


def _is_named_apparatus(element: Any) -> bool:
    """Tells by an element's class, identity or role that it is no prose."""
    attributes = element.attrib
    if not attributes:
        return False
    kind = f"{attributes.get('epub:type', '')} {attributes.get('role', '')}"
    return bool(
        _SKIPPED_CLASSES.search(attributes.get("class", ""))
        or _SKIPPED_IDS.match(attributes.get("id", ""))
        or (kind.strip() and _SKIPPED_TYPES.search(kind))
        or _HIDDEN.search(attributes.get("style", ""))
    )
