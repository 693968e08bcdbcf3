"""Sets the properties of runs and paragraphs, each in the place that the schema of Word gives it."""

from __future__ import annotations

import copy
from typing import Any

from pandemonium.documents.formats.docx.names import RPR, SECTPR, make, w
from pandemonium.documents.formats.docx.styles import Styles
from pandemonium.documents.model.passage import CharFormat

_RUN_ORDER = {
    w(name): place
    for place, name in enumerate(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath rPrChange".split()
    )
}
_PARAGRAPH_ORDER = {
    w(name): place
    for place, name in enumerate(
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange".split()
    )
}
_SWITCHES = {
    CharFormat.BOLD: "b",
    CharFormat.ITALIC: "i",
    CharFormat.STRIKE: "strike",
    CharFormat.SMALL_CAPS: "smallCaps",
}
_RAISED = CharFormat.SUPERSCRIPT | CharFormat.SUBSCRIPT


def place(properties: Any, element: Any) -> None:
    """Puts a property among the others, in the place of the one of its name."""
    order = _RUN_ORDER if properties.tag == RPR else _PARAGRAPH_ORDER
    drop(properties, element.tag)
    rank = order.get(element.tag, len(order))
    for index, each in enumerate(properties):
        if order.get(each.tag, len(order)) > rank:
            properties.insert(index, element)
            return
    properties.append(element)


def drop(properties: Any, *names: str) -> None:
    """Takes properties of these full names away."""
    for name in names:
        for each in properties.findall(name):
            properties.remove(each)


def run_properties(styles: Styles, base: Any, char_format: CharFormat) -> Any:
    """Run properties like `base` (or None) with that format; None where there is nothing to say."""
    before = styles.char_format(base)
    if before == char_format:
        return None if base is None else copy.deepcopy(base)
    properties = make("rPr") if base is None else copy.deepcopy(base)
    for bit, name in _SWITCHES.items():
        if (before ^ char_format) & bit:
            drop(properties, w(name))
            if bool(styles.char_format(properties) & bit) != bool(char_format & bit):
                place(properties, make(name) if char_format & bit else make(name, val="0"))
    if (before ^ char_format) & CharFormat.UNDERLINE:
        drop(properties, w("u"))
        if bool(styles.char_format(properties) & CharFormat.UNDERLINE) != bool(char_format & CharFormat.UNDERLINE):
            place(properties, make("u", val="single" if char_format & CharFormat.UNDERLINE else "none"))
    if (before ^ char_format) & _RAISED:
        drop(properties, w("vertAlign"))
        if styles.char_format(properties) & _RAISED != char_format & _RAISED:
            raised = (
                "superscript"
                if char_format & CharFormat.SUPERSCRIPT
                else "subscript"
                if char_format & CharFormat.SUBSCRIPT
                else "baseline"
            )
            place(properties, make("vertAlign", val=raised))
    return properties if len(properties) else None


def copied(properties: Any, *, own: bool) -> Any:
    """A copy of paragraph properties (or None), without the end of a section.

    Args:
        properties: to be copied.
        own: for the same paragraph; else for another, without what is only the first one's own: the frame that it
            stands in, and what changes of it are tracked.
    """
    found = make("pPr") if properties is None else copy.deepcopy(properties)
    drop(found, SECTPR)
    if not own:
        drop(found, w("pPrChange"), w("framePr"))
        mark = found.find(RPR)
        if mark is not None:
            drop(mark, *(w(name) for name in ("ins", "del", "moveFrom", "moveTo")))
    return found
