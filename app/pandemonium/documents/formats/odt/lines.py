"""Writes the characters of an odt file's paragraph as text and spans."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from pandemonium.documents.formats.odt.names import LINK, STYLE_NAME, make, q
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.formats.patched.line import LineWriter, Piece
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.model.composing import LINE_END
from pandemonium.documents.model.passage import CharFormat

_SIGNS = re.compile("([\t\u2028]| {2,}|^ | $|(?<=[\t\u2028]) +)")


class SpanWriter(LineWriter):
    """Writes paragraphs' characters as text and spans.

    Args:
        styles: of the file.
        inline_object: appends the element for an object to another element, or gives the text to stand for it.
        style: the paragraph's.
    """

    def __init__(self, styles: Styles, inline_object: Callable[[Any, str], str], style: str) -> None:
        self._styles = styles
        self._object = inline_object
        self._plain = styles.meaning(style).char_format
        self._last = ""  # the character that was put out last

    def put_text(
        self, container: Any, text: str, char_format: CharFormat, piece: Piece | None, *, linked: bool
    ) -> None:
        """Appends text, in a span of its own where it looks otherwise than what is around it."""
        before = self._around(container)
        if before != char_format:
            container.append(span := make("text:span"))
            span.set(STYLE_NAME, self._styles.text_style(before, char_format))
            container = span
        self._characters(container, text)

    def put_object(self, container: Any, key: str, piece: Piece | None) -> None:
        """Appends a note, or what the file wrote for a picture and the like."""
        before = len(container)
        words = self._object(container, key)
        self._characters(container, words)
        if words or len(container) > before:  # else white space on both sides of it meets
            self._last = words[-1:] or key

    def make_link(self, link: str, title: str) -> Any:
        """A `text:a` that leads to `link`, in the style of links, which the file gets where it has none."""
        element = make("text:a", text__style_name="Internet_20_link")
        element.set(q("xlink:type"), "simple")
        element.set(q("xlink:href"), sayable(link))
        if title:
            element.set(q("office:title"), sayable(title))
        self._styles.id_titled("internet link", "text")
        return element

    def clone(self, shell: Any, *, again: bool) -> tuple[Any, Any]:
        """A copy of a span, or of a link."""
        clone = shell.makeelement(shell.tag, dict(shell.attrib), nsmap=shell.nsmap)
        for each in shell.iterchildren(q("office:event-listeners")):
            clone.append(copy.deepcopy(each))
            clone[-1].tail = None
        return clone, clone

    def is_link(self, shell: Any) -> bool:
        """Tells links from spans."""
        return bool(shell.tag == LINK)

    def _around(self, container: Any) -> CharFormat:
        """How text in an element looks."""
        char_format = self._plain
        chain = []
        while container is not None and container is not self._paragraph:
            chain.append(container)
            container = container.getparent()
        for each in reversed(chain):
            if each.tag == q("text:span"):
                told, on = self._styles.declared_format(each.get(STYLE_NAME) or "")
                char_format = char_format & ~told | on
        return char_format

    def _characters(self, container: Any, text: str) -> None:
        """Appends text: white space that would be lost as elements, which is any that is not between two words."""
        for part in _SIGNS.split(sayable(text)):
            if part == "\t":
                container.append(make("text:tab"))
            elif part == LINE_END:
                container.append(make("text:line-break"))
            elif part and (len(part) > 1 or not self._last.strip()) and not part.strip(" "):
                container.append(make("text:s", text__c=str(len(part))))
            elif part:
                last = next(container.iterchildren(reversed=True), None)  # at once, however many there are
                if last is None:
                    container.text = (container.text or "") + part
                else:
                    last.tail = (last.tail or "") + part
            self._last = part[-1:] or self._last
