"""Finds what of a page is no prose: menus, captions, notes, page numbers, licences, by what it is named and does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pandemonium.documents.formats.html.elements import kind_of_element, plain_name, tag_of

_TAGS = frozenset("nav footer video svg math figcaption caption title noscript template rt".split())
_TELLING = _TAGS | {"img", "sup", "pre", ""}  # tags that say something even where there are no attributes
_CLASSES = re.compile(
    r"(?:^|\s)(?:page-?num(?:ber)?s?|page_?no|pgnum|pgno|pagebreak|fnanchor|fn-?ref|noteref|footnotes?|fndef|endnotes?|"
    r"captions?|caption\w*|wp-caption-text|toc\d?|tocentry|contents|nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|sidenote|"
    r"t-?note|tn|transnote|trans-?note|transcriber\S*|transcribers?-?notes?|mynote|tnotes?|pg-boilerplate|errata|"
    r"cookie\S*|share\S*|social\S*|advert\S*|comments?|related|noprint|screen-reader-text|visually-hidden)(?=\s|$)",
    re.IGNORECASE,
)
_IDS = re.compile(
    r"^(?:pg-(?:header|footer|machine-header|start-separator|end-separator)|toc|nav\w*|menu|sidebar|comments?|respond"
    r"|disqus_thread)$",
    re.IGNORECASE,
)
_TYPES = re.compile(
    r"\b(?:toc|landmarks|page-list|pagebreak|noteref|footnotes?|rearnotes?|endnotes?|index|cover|titlepage|copyright-page|"
    r"colophon|doc-toc|doc-pagebreak|doc-noteref|doc-footnote|doc-endnotes?|doc-index|navigation|banner|contentinfo|search)\b",
    re.IGNORECASE,
)
_FOOTNOTE_MARK = re.compile(r"^\s*[\[({]?(?:\d{1,3}|[*\u2020\u2021\u00a7]|[a-z])[\])}]?\s*$")
_LONGEST_MARK = 40  # characters
_FIGURE = re.compile(r"(?:^|\s)(?:fig|illus|image|plate)\w*(?=\s|$)", re.IGNORECASE)
_NO_PAGE = re.compile(r"\.(?:midi?|mp3|ogg|ly|mxl|png|jpe?g|gif|pdf)$", re.IGNORECASE)
_ORNAMENT = ("chap", "full")  # rules that part chapters, as Project Gutenberg names them
_SHORT = 160  # characters


@dataclass(frozen=True)
class Prose:
    """Where a page's prose stands.

    Attributes:
        part: the element that holds it.
        left_out: the elements inside of it that are no prose.
        is_preformatted: most of it has line breaks of its own, as typed text has.
    """

    part: Any
    left_out: frozenset[Any]
    is_preformatted: bool


@dataclass(slots=True)
class _Held:
    """What is inside of an element.

    Attributes:
        letters: all characters.
        signs: characters that are no white space.
        linked: of these, such as stand in links into the page.
        typed: characters of typed text.
        image: there is a picture.
        sheet: there is a link to a picture, a sound or the like.
    """

    letters: int = 0
    signs: int = 0
    linked: int = 0
    typed: int = 0
    image: bool = False
    sheet: bool = False

    def add(self, other: _Held) -> None:
        """Takes in what is inside of a child."""
        self.letters += other.letters
        self.signs += other.signs
        self.linked += other.linked
        self.typed += other.typed
        self.image |= other.image
        self.sheet |= other.sheet

    def add_own(self, element: Any, tag: str) -> None:
        """Takes in what the element itself is, when all that is inside of it is in."""
        if tag == "img":
            self.image = True
        elif tag == "a":
            href = element.get("href", "")
            self.linked = self.signs if href.startswith("#") else self.linked
            self.sheet |= bool(_NO_PAGE.search(href))

    def add_text(self, text: str | None) -> None:
        """Takes in characters."""
        if text:
            length = len(text)
            self.letters += length
            self.signs += length if text.isalnum() else sum(map(len, text.split()))


def find_prose(root: Any) -> Prose:
    """Finds where a page's prose stands, looking at each element once."""
    part = _main_part(root)
    whole = sum(map(len, part.itertext()))
    left_out: set[Any] = set()
    typed = 0
    for element, tag, held in _contents(part, left_out):
        if _is_editorial(element, tag, held) or (
            # What is only named like editorial matter may be the page's very frame.
            tag not in ("body", "html") and held.letters * 2 <= whole and _is_named_editorial(element)
        ):
            left_out.add(element)
        elif tag == "pre":
            held.typed = held.letters
        typed = held.typed
    return Prose(part, frozenset(left_out), typed * 2 > whole)


def is_editorial_page(root: Any) -> bool:
    """Tells whether a page of a book says that all of it is editorial matter: a contents page, a cover, an imprint."""
    pages = (each for each in root.iter("{*}body", "{*}section"))
    first = [each for _, each in zip(range(2), pages, strict=False)]
    return any(_TYPES.search(each.get("epub:type") or each.get(_EPUB_TYPE) or "") for each in first)


_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def _main_part(root: Any) -> Any:
    """The page's main part where it names one that holds most of the words, else the whole page."""
    for tag in ("main", "article"):
        found = root.findall(f".//{tag}")
        if len(found) == 1 and sum(map(len, found[0].itertext())) * 2 > sum(map(len, root.itertext())):
            return found[0]
    return root


def _contents(root: Any, pictures: set[Any]) -> Iterator[tuple[Any, str, _Held]]:
    """Each element that may be editorial matter with its tag and what is inside of it, those inside first.

    Whoever gets what is inside of an element may add to it. An element without attributes that holds words alone,
    and is of no tag that tells anything, is none of these: in dense pages most are. Pictures go to `pictures` at once.
    """
    held = _Held()
    held.add_text(root.text)
    opened: list[tuple[Any, str, _Held, Iterator[Any]]] = [(root, tag_of(root), held, iter(root))]
    while opened:
        element, tag, held, children = opened[-1]
        for child in children:
            child_tag = plain_name(child.tag)
            if len(child):
                inner = _Held()
                inner.add_text(child.text)
                opened.append((child, child_tag, inner, iter(child)))
                break
            if child_tag == "img":
                held.image = True
                pictures.add(child)
            elif child_tag in _TELLING or child.attrib:
                inner = _Held()
                inner.add_text(child.text)
                inner.add_own(child, child_tag)
                yield child, child_tag, inner
                held.add(inner)
            elif text := child.text:
                held.add_text(text)
            if tail := child.tail:
                held.add_text(tail)
        else:
            opened.pop()
            held.add_own(element, tag)
            yield element, tag, held
            if opened:
                opened[-1][2].add(held)
                if tail := element.tail:
                    opened[-1][2].add_text(tail)


def _is_editorial(element: Any, tag: str, held: _Held) -> bool:
    """Tells by what an element does that it is no prose: a note's number, code, a list of links into the page."""
    if tag in _TAGS:
        return True
    if tag == "hr":
        return any(name in element.get("class", "") for name in _ORNAMENT)
    if tag == "sup":
        return held.letters < _LONGEST_MARK and bool(_FOOTNOTE_MARK.match("".join(element.itertext())))
    if tag == "pre":
        return len(element) == 1 and tag_of(element[0]) == "code"
    # A paragraph that only leads to another place of the page, or shortly to sheets and sounds.
    is_mere_link = 0 < held.signs <= held.linked or (held.sheet and held.letters < _SHORT)
    if tag in ("p", "li") and is_mere_link:
        return True
    if held.image and _FIGURE.search(element.get("class", "")):
        return True
    return "hidden" in element.attrib or element.get("aria-hidden") == "true"


def _is_named_editorial(element: Any) -> bool:
    """Tells by an element's class, identity or role that it is no prose."""
    attributes = element.attrib
    if not attributes:
        return False
    return bool(
        _CLASSES.search(attributes.get("class", ""))
        or _IDS.match(attributes.get("id", ""))
        or _TYPES.search(kind_of_element(element).removeprefix(attributes.get("class", "")))
    )
