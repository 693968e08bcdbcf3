"""Reads pages of HTML as rich text: headings, looks, quotations, lists, scene breaks, alignment and notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lxml import etree

from pandemonium.documents.formats.html.char_formats import alignment_of, char_format_of, declarations, properties
from pandemonium.documents.formats.html.elements import (
    kind_of_element,
    plain_name,
    root_of,
    short_words,
    tag_of,
    words_in,
)
from pandemonium.documents.formats.html.notes import DEEPEST, Page, PageNotes, without_mark
from pandemonium.documents.formats.html.parsing import is_flattened
from pandemonium.documents.model.composing import LINE_END, Composer, InlineObjects, all_words, left_out
from pandemonium.documents.model.manuscript import EmbeddedObject, Note
from pandemonium.documents.model.numbering import LISTED, PageNumbers
from pandemonium.documents.model.passage import BODY, OBJECT, Alignment, CharFormat, Kind, ParagraphStyle, Passage
from pandemonium.documents.model.scenes import SCENE_SIGN, is_scene_sign

_FORMS = "its forms"
_TOO_DEEP = "how its text is set, as it is nested too deep"
# What is passed over, and what the writer is told of it; where nothing is said, there is nothing to read.
_SKIPPED = (
    dict.fromkeys("head title script style link meta rp".split(), "")
    | dict.fromkeys(("nav",), "its menu")
    | dict.fromkeys("button select textarea input".split(), _FORMS)
    | dict.fromkeys(("noscript",), "what it says where scripts do not run")
    | dict.fromkeys(
        "iframe object embed applet audio video canvas map noframes noembed".split(),
        "what it says in place of films, sounds and other pages",
    )
    | dict.fromkeys(("template", "dialog"), "what it hides")
    | dict.fromkeys(("en-crypt",), "what is encrypted in it")
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre search section summary "
    "table tbody td tfoot th thead tr ul".split()
)
# Elements that stand within a line; of others that no page of ours knows, two side by side say two things.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math meter nobr output "
    "picture progress q rb rp rt ruby s samp slot small span strike strong sub sup svg time tt u var wbr".split()
)
_KNOWN = _BLOCKS | _INLINE
_UNSAID = frozenset("title desc metadata annotation annotation-xml style script".split())
_LONG_FORM = 300  # characters
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_PAGE_NUMBER = re.compile(r"(?:^|\s)(?:page-?num(?:ber)?s?|page_?no|pgnum|pgno|pagebreak)(?=\s|$)", re.IGNORECASE)
_STANZA = re.compile(r"(?:^|\s)(?:stanza|linegroup|lg|line-group)(?=\s|$)", re.IGNORECASE)
_POEM = re.compile(r"(?:^|\s)(?:poem|poetry|verse|song)(?=\s|$)", re.IGNORECASE)
_LONGEST_VERSE = 80  # characters
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Attributes that may change what holds within an element; the others say nothing to the walk, or are asked for apart.
_TELLING = frozenset(("class", "style", "align", "hidden", "role", "epub:type", "{http://www.idpf.org/2007/ops}type"))
_WHOLE = frozenset("br form hr img math svg table".split())  # often or always without an inside for the walk
_APART = frozenset(("q", "rt", "td", "th"))
_Key = str | tuple[str, tuple[tuple[str, str], ...]]
_LINES = re.compile(r"[\t\n]")
# How Word says of a paragraph that it is a list's entry, and what its sign is where the list has numbers.
_WORD_LIST = re.compile(r"\blevel([1-9])\b")
_WORD_NUMBER = re.compile(r"[(\[]?(?:(?:\d{1,4}\.)*(\d{1,9})[.)\]]?|(?:[a-z]|[ivxlc]{1,9})[.)\]])", re.IGNORECASE)
_CASES = ("case", "epub:case")
_BLOCK_DISPLAYS = frozenset("block table table-row list-item flex grid flow-root".split())


@dataclass(slots=True, eq=False)
class _Setting:
    """What holds where the walk is, and within elements that were met here: in a page most of them are alike.

    Attributes:
        verse: blocks are lines of one paragraph.
        quotes: how many elements <q> are around.
        entry: of a list with numbers.
        number: of that entry.
        begins_page, ends_page: the element for which it was made begins a page, or the next does behind it.
        is_counted: it was made for such an entry, whose number is still to come.
        known: what holds within an element that is met here, by its tag and what its attributes say about looks.
    """

    char_format: CharFormat = CharFormat.PLAIN
    link: str = ""
    style: ParagraphStyle = BODY
    alignment: Alignment = ""
    pre: bool = False
    verse: bool = False
    lists: int = 0
    quotes: int = 0
    entry: Any = None
    number: int | None = None
    begins_page: bool = False
    ends_page: bool = False
    is_counted: bool = False
    is_block: bool = False  # by its style, as a line of verse may be
    known: dict[_Key, _Setting] = field(default_factory=dict)


class PageReader:
    """Reads pages one after the other onto one passage.

    Args:
        pages: all of them, since a note may stand on another page than its mark.
        objects: takes the notes, tables and pictures.
        left_out: elements that are passed over with all that is inside of them.
    """

    def __init__(self, pages: Iterable[Page], objects: InlineObjects, left_out: Collection[Any] = ()) -> None:
        self._pages = list(pages)
        self._by_root = {page.root: page for page in self._pages}
        self._objects = objects
        self._left_out = left_out
        self._leaves_words_out = any(tag_of(each) != "img" for each in left_out)
        self._composer = Composer()
        # Look and link of white space that is due before the next character, and whether it is between letters alone.
        self._space: tuple[CharFormat, str, bool] | None = None
        self._breaks = False  # the next paragraph begins a page
        self._page = Page("", None)
        self._starts = {page.root: _Setting() for page in self._pages}  # style sheets differ from page to page
        self._open_note: Any = None
        self._numbers = PageNumbers()
        self._counts: dict[Any, int] = {}  # the number of each list's last entry
        self._counted: Any = None  # the entry that bears the last number
        self._found = PageNotes(self._pages, frozenset(_SKIPPED))
        self._notes = self._found.notes
        self._depth = 0  # of cells and notes within each other
        self._with_default: dict[Any, bool] = {}
        self._layouts: dict[Any, frozenset[Any]] = {}
        self._passed_over: dict[str, None] = {}

    def read(self) -> Passage:
        """Gives what all pages say."""
        for page in self._pages:
            self._page = page
            self._walk(page.root if page.part is None else page.part)
            self._end(_START)
        for note in self._found.untold():
            if note in self._found.refused or not self._leaves_words_out:
                del self._notes[note]
                self._page = self._by_root[root_of(note)]
                self._walk(note)
                self._end(_START)
        return self._composer.passage()

    @property
    def notice(self) -> str:
        """What was passed over that says something, in one sentence; "" if nothing."""
        document = "page" if len(self._pages) == 1 else "book"
        deep = any(is_flattened(page.root) for page in self._pages)
        return left_out(document, [*self._passed_over, *([_TOO_DEEP] if deep else [])])

    def _walk(self, root: Any) -> None:
        """Reads an element and what is inside it, however deep."""
        around = self._starts[self._page.root]
        tag = tag_of(root)
        if (inner := self._enter(root, tag, around)) is None:
            return
        opened: list[tuple[Any, str, _Setting, _Setting, Iterator[Any]]] = [(root, tag, around, inner, iter(root))]
        while opened:
            element, tag, around, inner, children = opened[-1]
            for child in children:
                child_tag = plain_name(child.tag)
                deeper = self._enter(child, child_tag, inner)
                if deeper is not None:
                    if len(child):
                        opened.append((child, child_tag, inner, deeper, iter(child)))
                        break
                    self._leave(child_tag, inner, deeper)
                if tail := child.tail:
                    self._add(tail, inner)
            else:
                opened.pop()
                self._leave(tag, around, inner)
                if opened and (tail := element.tail):
                    self._add(tail, opened[-1][3])

    def _enter(self, element: Any, tag: str, around: _Setting) -> _Setting | None:
        """Begins an element and reads what stands before its first child; None where nothing in it is left to read."""
        if element in self._found.marks:
            note = self._found.marks[element]
            if self._found.is_told_at_mark(note, self._depth if self._open_note is not None else 0):
                self._note(note)
                return None
        if not tag or element in self._notes or (element in self._left_out and tag != "img"):
            return None
        if tag in _CASES and self._has_default(element.getparent()):
            return None
        if tag in _SKIPPED and not (tag == "dialog" and "open" in element.attrib):
            self._pass_over(element, _SKIPPED[tag])
            return None
        if tag in _WHOLE and self._is_read_whole(element, tag, around):
            return None
        key = tag if not element.attrib else _key(element, tag)
        is_note = element is self._open_note
        inner = None if is_note else around.known.get(key)
        if inner is None:
            declared = properties(element, tag, self._page.rules)
            # A note that is hidden where it stands is shown at its mark.
            if not is_note and (declared or element.attrib) and self._is_unseen(element, declared, around):
                return None
            inner = self._setting_in(element, tag, declared, around)
            if not is_note and (key is tag or not _depends_on_words(element)):
                around.known[key] = inner
        if (tag in _BLOCKS or inner.is_block) and self._composer.is_open:
            self._end_block(around, is_line=around.verse and tag not in _HEADINGS)
        if inner.begins_page:
            self._breaks = not self._composer.is_empty
        if tag in _APART or tag not in _KNOWN:
            self._stand_apart(element, tag, around)
        if inner.is_counted:
            inner = self._numbered(element, inner)
        if text := element.text:
            self._add(text, inner)
        return inner

    def _is_unseen(self, element: Any, declared: Mapping[str, str], around: _Setting) -> bool:
        """Tells whether an element is hidden, a comment of Word's, or the sign that it writes before a list's entry."""
        if _is_comment_of_word(element, declared):
            self._pass_over(element, "comments")
            return True
        if not _is_hidden(element, declared):
            return declared.get("mso-list") == "ignore" and around.style.kind in LISTED
        self._pass_over(element, "" if _is_page_number(element) else "what it hides")
        return True

    def _leave(self, tag: str, around: _Setting, inner: _Setting) -> None:
        if tag in _BLOCKS or inner.is_block:
            if self._composer.is_open:
                self._end_block(inner, is_line=inner.verse and around.verse)
        elif tag == "q":
            self._close_quotation("\u201d" if around.quotes % 2 == 0 else "\u2019", around)
        elif tag == "rt":
            self._close_quotation(")", around)
        if inner.ends_page:
            self._breaks = not self._composer.is_empty

    def _end_block(self, setting: _Setting, *, is_line: bool) -> None:
        """Ends a paragraph, or a line of a stanza, if anything stands on it."""
        self._space = None
        if not is_line:
            self._end(setting)
        elif self._composer.last not in ("", LINE_END):
            self._composer.add(LINE_END, setting.char_format, setting.link)

    def _is_read_whole(self, element: Any, tag: str, around: _Setting) -> bool:
        """Reads an element that has no inside for the walk, as a picture has none; tells whether it is such a one."""
        alt = element.get("alt") or ""
        if len(alt) == 1 and alt.isupper() and not self._composer.is_open:  # a large letter that is drawn
            self._add(alt, around)
            return True
        if element in self._left_out:  # a picture: the words beside it stay two
            self._space = self._space or (around.char_format, around.link, True)
            return True
        if tag == "form":
            if is_mere_form := _is_mere_form(element):
                self._pass_over(element, _FORMS)
            return is_mere_form
        declared = properties(element, tag, self._page.rules) if element.attrib or self._page.rules else {}
        if tag in ("br", "hr") and (_begins_page(declared) or _ends_page(declared)):
            self._end_block(around, is_line=False)
            self._breaks = not self._composer.is_empty
            return True
        if (element.attrib or self._page.rules) and _is_hidden(element, declared):
            self._pass_over(element, "what it hides")
            return True
        if tag == "br":
            self._space = None
            if self._composer.is_open:
                self._composer.add(LINE_END, around.char_format, around.link)
        elif tag == "hr":
            self._end_block(around, is_line=False)
            if element not in self._found.rules:
                self._composer.add(SCENE_SIGN)
                self._composer.end_paragraph(_SCENE)
        elif tag == "table":
            if self._depth >= DEEPEST or self._is_layout(element):
                return False
            self._end_block(around, is_line=around.verse)
            text, notes = self._table(element)
            self._keep("table", text, notes)
            self._end(_START)
        else:
            self._keep("equation" if tag == "math" else "picture", _described(element))
        return True

    def _setting_in(self, element: Any, tag: str, declared: dict[str, str], around: _Setting) -> _Setting:
        """What holds within an element."""
        inner = _Setting(
            char_format_of(element, tag, declared, around.char_format),
            around.link,
            around.style,
            alignment_of(declared, around.alignment) if declared else around.alignment,
            _keeps_spaces(declared, tag, around.pre) if declared else tag == "pre" or around.pre,
            tag not in _HEADINGS and (around.verse or ("class" in element.attrib and _is_stanza(element))),
            around.lists,
            around.quotes + (tag == "q"),
            around.entry,
            around.number,
            bool(declared) and _begins_page(declared),
            bool(declared) and _ends_page(declared),
            is_block=bool(declared) and _is_block(declared),
        )
        if tag == "a":
            inner.link = _address(element) or around.link
        elif tag in _HEADINGS:
            inner.char_format &= ~CharFormat.BOLD  # headings are bold by themselves
            inner.style = ParagraphStyle("heading", _HEADINGS[tag])
        elif tag == "blockquote":
            inner.style = ParagraphStyle("quote")
        elif tag in ("ul", "ol", "dir", "menu"):
            inner.lists += 1
        elif tag == "li" and element is not self._open_note:
            kind: Kind = "number" if tag_of(element.getparent()) == "ol" else "bullet"
            inner.style = _entry_style(kind, around.lists)
            inner.is_counted = kind == "number"
        elif tag == "p" and (listed := _WORD_LIST.search(declared.get("mso-list", ""))):
            sign = next((words_in(each) for each in element.iter("{*}span") if _is_sign_of_word(each)), "")
            numbered = _WORD_NUMBER.fullmatch(sign)
            if sign:
                inner.style = _entry_style("number" if numbered else "bullet", int(listed[1]))
                inner.entry = element
                inner.number = int(numbered[1]) if numbered and numbered[1] else None
        return inner

    def _numbered(self, entry: Any, setting: _Setting) -> _Setting:
        """What holds within an entry of a list with numbers, of which each bears its own."""
        return _Setting(
            setting.char_format,
            setting.link,
            setting.style,
            setting.alignment,
            setting.pre,
            setting.verse,
            setting.lists,
            setting.quotes,
            entry,
            self._count(entry),
        )

    def _stand_apart(self, element: Any, tag: str, around: _Setting) -> None:
        """Adds what stands between an element and what is before it on the same line."""
        if tag == "q":
            self._add("\u201c" if around.quotes % 2 == 0 else "\u2018", around)
        elif tag == "rt":
            self._add(" (", around)
        elif tag in ("td", "th"):
            if tag_of(element.getprevious()) in ("td", "th"):
                self._space = CharFormat.PLAIN, "", False
        elif tag not in _INLINE and tag not in _BLOCKS and _follows_unknown(element):
            self._space = self._space or (around.char_format, around.link, False)

    def _add(self, text: str | None, setting: _Setting) -> None:
        if not text:
            return
        if setting.pre:
            self._composer.add(text.replace("\r", ""), setting.char_format, setting.link)
            return
        words = text
        space_behind = None
        if not text.isalnum():  # as most texts are in pages of hardly anything but tags
            text = _SPACES.sub(" ", text)
            if text[0] == " " and (self._space is None or self._space[2]):
                self._space = setting.char_format, setting.link, False
            words = text.strip(" ")
            if not words:
                return
            if text[-1] == " ":
                space_behind = setting.char_format, setting.link, False
        if self._space is not None:
            self._add_space(words[0])
        self._space = space_behind
        self._composer.add(words, setting.char_format, setting.link)

    def _add_space(self, following: str = "") -> None:
        if self._space is not None and (last := self._composer.last) not in ("", LINE_END):
            char_format, link, between_letters = self._space
            if not between_letters or (last.isalnum() and following.isalnum()):
                self._composer.add(" ", char_format, link)
        self._space = None

    def _end(self, setting: _Setting) -> None:
        """Ends the paragraph, if there is one."""
        self._space = None
        self._composer.trim()
        text = self._composer.open_text
        if not text:
            return
        alignment = setting.alignment
        if setting.style.kind == "heading" and alignment == "center":
            alignment = ""  # that is how the page sets its headings, and nothing about this one
        style = setting.style
        if alignment or self._breaks or style.alignment:
            style = replace(style, alignment=alignment, page_break=self._breaks)
        if style.kind == "body" and is_scene_sign(text):
            style = ParagraphStyle("scene", page_break=self._breaks)
        self._breaks = False
        if style.kind == "number" and setting.number is not None and self._counted is not setting.entry:
            style = self._numbers.started(style, setting.number)
            self._counted = setting.entry
        else:
            self._numbers.take(style)
        self._composer.end_paragraph(style)

    def _has_default(self, switch: Any) -> bool:
        """Beside a book's words for one kind of reader stand those for all others."""
        known = self._with_default.get(switch)
        if known is None:
            known = tag_of(switch) in ("switch", "epub:switch") and any(
                tag_of(each) in ("default", "epub:default") and len(each) for each in switch
            )
            self._with_default[switch] = known
        return known

    def _count(self, entry: Any) -> int:
        """The number of a list's entry."""
        parent = entry.getparent()
        before = self._counts.get(parent)
        number = _whole(parent.get("start"), 1) if before is None else before + 1
        if entry.attrib:
            number = _whole(entry.get("value"), number)
        self._counts[parent] = number
        return number

    def _close_quotation(self, sign: str, setting: _Setting) -> None:
        """Closes quotation marks directly behind the last word."""
        if self._composer.last:
            self._composer.add(sign, setting.char_format, setting.link)
        else:
            self._add(sign, setting)

    def _keep(self, label: str, text: str, notes: tuple[str, ...] = ()) -> None:
        self._add_space()
        self._composer.add_object(self._objects.add(EmbeddedObject(label, text, notes=notes)))

    def _pass_over(self, element: Any, name: str) -> None:
        if name and name not in self._passed_over and any(not each.isspace() for each in element.itertext()):
            self._passed_over[name] = None

    def _note(self, element: Any) -> None:
        """Reads a note where its mark stands, onto a passage of its own."""
        if element not in self._found.told:
            mark = self._notes.pop(element)
            outer_note = self._open_note
            self._open_note = element
            page = self._page
            self._page = self._by_root[root_of(element)]
            self._found.told[element] = without_mark(self._apart(element), mark, is_numbered=tag_of(element) == "li")
            self._page = page
            self._notes[element] = mark
            self._open_note = outer_note
        self._composer.add_object(self._objects.add(Note(self._found.told[element])))

    def _apart(self, element: Any) -> Passage:
        """Reads an element onto a passage of its own."""
        outer = self._composer
        outer_space = self._space
        outer_breaks = self._breaks
        self._composer = Composer()
        self._space = None
        self._breaks = False
        self._depth += 1
        self._walk(element)
        self._end(_START)
        self._depth -= 1
        passage = self._composer.passage()
        self._composer = outer
        self._space = outer_space
        self._breaks = outer_breaks
        return passage

    def _table(self, table: Any) -> tuple[str, tuple[str, ...]]:
        """What a table says: each row a line, its cells apart by tabs, lines within a cell by line separators.

        Beside it the notes in its cells, as they stand in that.
        """
        notes: list[str] = []
        stray = [table.text or ""]  # what stands in a table and in none of its cells is shown before it
        rows: list[list[str]] = []
        opened = [(table, iter(table))]
        while opened:
            holder, children = opened[-1]
            child = next(children, None)
            if child is None:
                opened.pop()
                stray.append(holder.tail or "" if opened else "")
                continue
            tag = plain_name(child.tag)
            is_cell = tag in ("td", "th", "caption")
            holds_rows = tag in _ROWS or (not is_cell and child.find(".//tr") is not None)
            if holds_rows and child not in self._left_out:
                opened.append((child, iter(child)))
                stray.append(child.text or "")
                if tag == "tr":
                    rows.append([])
                continue
            if is_cell and child not in self._left_out:
                if tag == "caption" or tag_of(holder) != "tr":
                    rows.append([])
                rows[-1].append(self._cell(child, notes))
            else:
                stray.append(self._cell(child, []))
            stray.append(child.tail or "")
        rows.insert(0, [" ".join(" ".join(stray).split())])
        return "\n".join("\t".join(row) for row in rows if any(row)), tuple(notes)

    def _is_layout(self, table: Any) -> bool:
        """Tells whether a table only arranges paragraphs, as old pages do: it has more of them than rows."""
        root = self._page.root
        if root not in self._layouts:  # all tables at once, since tables stand in tables
            found: list[Any] = []
            opened: list[int] = []
            for event, element in etree.iterwalk(root, events=("start", "end"), tag=_ARRANGED):
                tag = element.tag
                if event == "start":
                    if opened:
                        opened[-1] += -1 if tag == "tr" else 1
                    if tag == "table":
                        opened.append(0)
                elif tag == "table":
                    more = opened.pop()
                    if more > 0:
                        found.append(element)
                    if opened:
                        opened[-1] += more
            self._layouts[root] = frozenset(found)
        return table in self._layouts[root]

    def _cell(self, cell: Any, notes: list[str]) -> str:
        """What a cell says; the notes in it are added to `notes`."""
        if not (len(cell) or cell.attrib or self._page.rules or OBJECT in (cell.text or "")):
            return _SPACES.sub(" ", cell.text or "").strip(" " + LINE_END)
        passage = self._apart(cell)
        noted: list[str] = []
        said = all_words(passage, self._objects.by_key, noted)
        notes += [_LINES.sub(LINE_END, each) for each in noted]
        for span in passage.spans:
            if span.object_key:
                self._objects.take(span.object_key)
        return _LINES.sub(LINE_END, said).strip(" " + LINE_END)


_START = _Setting()
_ROWS = frozenset(("tr", "thead", "tbody", "tfoot"))
_ARRANGED = ("p", "h1", "h2", "h3", "blockquote", "table", "pre", "tr")
_SCENE = ParagraphStyle("scene")


def _key(element: Any, tag: str) -> _Key:
    """What an element says about what holds within it, as far as its page's style sheets and its place do not."""
    if not element.attrib:
        return tag
    telling = tuple(each for each in element.items() if each[0] in _TELLING)
    if tag == "a" and (address := _address(element)):
        telling = (*telling, ("href", address))
    return (tag, telling) if telling else tag


def _depends_on_words(element: Any) -> bool:
    """Tells whether an element's words decide what is made of what its attributes say."""
    name = element.get("class") or ""
    in_list_of_word = "mso-list" in (element.get("style") or "")
    return bool(in_list_of_word or _POEM.search(name) or _PAGE_NUMBER.search(kind_of_element(element)))


@cache
def _entry_style(kind: Kind, lists: int) -> ParagraphStyle:
    return ParagraphStyle(kind, max(1, min(9, lists)))


def _whole(text: str | None, otherwise: int) -> int:
    """A number from 0 to 999,999,999 that an attribute names."""
    if text is None:
        return otherwise
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise


def _is_mere_form(form: Any) -> bool:
    """Tells whether a form only asks something; some pages are a form as a whole."""
    prose = next(form.iter("{*}p", "{*}h1", "{*}h2", "{*}h3", "{*}article", "{*}blockquote"), None)
    return prose is None and len(words_in(form)) < _LONG_FORM


def _follows_unknown(element: Any) -> bool:
    """Tells whether the element stands directly behind another that is unknown."""
    before = element.getprevious()
    tag = tag_of(before)
    return bool(tag) and not (before.tail or tag in _INLINE or tag in _BLOCKS or tag in _SKIPPED)


def _described(element: Any) -> str:
    """What stands for a picture or an equation in words."""
    return element.get("alt") or element.get("title") or _drawn_words(element)


def _drawn_words(element: Any) -> str:
    """What a drawing or an equation shows, without what it says about itself."""
    if not len(element):
        return " ".join((element.text or "").split())
    unsaid = {inner for each in element.iter("*") if tag_of(each) in _UNSAID for inner in each.iter("*")}
    texts = (each.text for each in element.iter("*") if each not in unsaid and each.text)
    return " ".join(" ".join(texts).split())


def _begins_page(declared: Mapping[str, str]) -> bool:
    said = declared.get("break-before")
    return declared.get("page-break-before") == "always" or said in ("always", "page", "left", "right")


def _ends_page(declared: Mapping[str, str]) -> bool:
    said = declared.get("break-after")
    return declared.get("page-break-after") == "always" or said in ("always", "page", "left", "right")


def _is_comment_of_word(element: Any, declared: Mapping[str, str]) -> bool:
    """Tells whether an element holds the comments that Word put at a page's end, or is the mark of one."""
    is_mark = declared.get("mso-special-character") == "comment" or element.get("class") == "msocomanchor"
    return is_mark or declared.get("mso-element") == "comment-list"


def _is_sign_of_word(element: Any) -> bool:
    """Tells whether an element is the sign that Word writes before an entry of a list."""
    return declarations(element.get("style") or "").get("mso-list") == "ignore"


def _keeps_spaces(declared: Mapping[str, str], tag: str, before: bool) -> bool:
    said = declared.get("white-space")
    return tag == "pre" or (said in ("pre", "pre-wrap", "break-spaces") if said else before)


def _is_hidden(element: Any, declared: Mapping[str, str]) -> bool:
    if declared and (declared.get("display") == "none" or declared.get("visibility") == "hidden"):
        return True
    return bool(element.attrib) and ("hidden" in element.attrib or _is_page_number(element))


def _is_page_number(element: Any) -> bool:
    return bool(_PAGE_NUMBER.search(kind_of_element(element))) and short_words(element, 19) is not None


def _is_block(declared: dict[str, str]) -> bool:
    """Its style makes a line of its own of an element; one that floats stands beside its line, as a large initial."""
    is_beside = declared.get("float", "none") != "none" or declared.get("position") in ("absolute", "fixed")
    return declared.get("display", "").lower() in _BLOCK_DISPLAYS and not is_beside


def _address(element: Any) -> str:
    href = (element.get("href") or "").strip()
    return href if href.lower().startswith(("http:", "https:", "mailto:")) else ""


def _is_stanza(element: Any) -> bool:
    """Tells whether an element's paragraphs are lines of verse."""
    name = element.get("class", "")
    if not name:
        return False
    if _STANZA.search(name):
        return True
    if not _POEM.search(name):
        return False
    lines = [len(words_in(child)) for child in element if tag_of(child) == "p"]
    return len(lines) > 1 and max(lines) < _LONGEST_VERSE


def page_title(root: Any) -> tuple[str, str, str]:
    """The title, author and language that a page names; empty where it names none."""
    title = next((words_in(each) for each in root.iter("{*}title")), "")
    author = next((each.get("content") or "" for each in root.iter("{*}meta") if each.get("name") == "author"), "")
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return title, author, language


def sheets_of(root: Any) -> str:
    """The style sheets inside of a page."""
    return "\n".join("".join(each.itertext()) for each in root.iter("{*}style"))
