"""Writes the characters of a docx file's paragraph as runs."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from pandemonium.documents.formats.docx.names import (
    HYPERLINK,
    INS,
    MOVE_TO,
    SDT,
    SDT_CONTENT,
    SPACE,
    T,
    child,
    make,
    r,
    w,
)
from pandemonium.documents.formats.docx.properties import place, run_properties
from pandemonium.documents.formats.docx.styles import Styles
from pandemonium.documents.formats.patched.line import LineWriter, Piece
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.model.composing import LINE_END
from pandemonium.documents.model.passage import OBJECT, CharFormat

_SIGNS = re.compile("([\t\u2028\u2011\u00ad\ufffc])")


class RunWriter(LineWriter):
    """Writes paragraphs' characters as runs.

    Args:
        styles: of the file.
        relate: gives the id of the relation to an address outside.
        inline_object: gives the elements that stand for the object of that key, given the piece that it was.
    """

    def __init__(
        self, styles: Styles, relate: Callable[[str], str], inline_object: Callable[[str, Piece | None], list[Any]]
    ) -> None:
        self._styles = styles
        self._relate = relate
        self._object = inline_object

    def put_text(
        self, container: Any, text: str, char_format: CharFormat, piece: Piece | None, *, linked: bool
    ) -> None:
        """Appends runs."""
        properties = None if piece is None or piece.text == OBJECT else piece.properties
        properties = run_properties(self._styles, properties, char_format)
        if linked:
            properties = make("rPr") if properties is None else properties
            if child(properties, w("rStyle")) is None and (style := self._styles.id_named("hyperlink", "character")):
                place(properties, make("rStyle", val=style))
        container.extend(runs_of(text, properties))

    def put_object(self, container: Any, key: str, piece: Piece | None) -> None:
        """Appends a note's mark, or what the file wrote for a picture and the like."""
        container.extend(self._object(key, piece))

    def make_link(self, link: str, title: str) -> Any:
        """A hyperlink."""
        address, _, anchor = sayable(link).partition("#") if link.startswith("#") else (sayable(link), "", "")
        element = make("hyperlink")
        if anchor:
            element.set(w("anchor"), anchor)
        if title:
            element.set(w("tooltip"), sayable(title))
        if address:
            element.set(r("id"), self._relate(address))
        return element

    def clone(self, shell: Any, *, again: bool) -> tuple[Any, Any]:
        """A copy of a hyperlink, an insertion, a content control."""
        return clone_shell(shell, again=again)

    def is_link(self, shell: Any) -> bool:
        """It is a hyperlink."""
        return bool(shell.tag == HYPERLINK)

    def is_tracked(self, shell: Any) -> bool:
        """It is a tracked insertion."""
        return shell.tag in (INS, MOVE_TO)

    def after_sign(self, paragraph: Any) -> None:
        """A space."""
        paragraph.extend(runs_of(" ", None))


def runs_of(text: str, properties: Any) -> list[Any]:
    """The runs that say `text`."""
    run = make("r")
    if properties is not None:
        run.append(properties)
    for part in _SIGNS.split(sayable(text)):
        if part == "\t":
            run.append(make("tab"))
        elif part == LINE_END:
            run.append(make("br"))
        elif part == "\u2011":
            run.append(make("noBreakHyphen"))
        elif part == "\u00ad":
            run.append(make("softHyphen"))
        elif part:
            run.append(element := make("t", text=part))
            if part != part.strip() or "  " in part:
                element.set(SPACE, "preserve")
    return [run] if run.find(T) is not None or len(run) > (properties is not None) else []


def clone_shell(shell: Any, *, again: bool) -> tuple[Any, Any]:
    """A copy of an element without its text, and the element of the copy that takes the text in."""
    clone = make("sdt") if shell.tag == SDT else shell.makeelement(shell.tag, dict(shell.attrib), nsmap=shell.nsmap)
    if shell.tag != SDT:
        for each in shell:
            if isinstance(each.tag, str) and each.tag.endswith("Pr"):
                clone.append(copy.deepcopy(each))
        return clone, clone
    inner = None
    for each in shell:
        if each.tag == SDT_CONTENT:
            inner = make("sdtContent")
            clone.append(inner)
        else:
            clone.append(copy.deepcopy(each))
    if again:
        for each in clone.iter(w("id")):
            each.getparent().remove(each)
            break
    return clone, inner
