"""What Word shows for a field whose words stand in its code alone, in docx and in RTF."""

from __future__ import annotations

import re

from pandemonium.documents.formats.sign_fonts import sign_of

# What a button says, what is quoted, what an equation of old is set from, and a sign by its number.
_SHOWN_CODE = re.compile(
    r"\s*(?:(?:MACROBUTTON|GOTOBUTTON)\s+(?:\"[^\"]*\"|\S+)\s+(?P<button>.*)|EQ\s+(?P<equation>.*)"
    r"|QUOTE\s+(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<word>[^\s\\]+))"
    r"|SYMBOL\s+(?P<sign>\w+)(?P<switches>.*))",
    re.IGNORECASE | re.DOTALL,
)
_EQUATION_SWITCH = re.compile(r"\\\*\s*\S+|\\[a-z]+\s*-?\d*", re.IGNORECASE)
_EQUATION_SIGNS = re.compile(r"[(),;\s]+")
_FONT_SWITCH = re.compile(r'\\f\s*(?:"([^"]*)"|(\S+))', re.IGNORECASE)


def said_by_code(code: str) -> str:
    """What is shown for a field of that code; "" for one that shows nothing, as an index's entry, or its result."""
    match = _SHOWN_CODE.match(code)
    if match is None:
        return ""
    if match["button"] is not None:
        return match["button"].strip()
    if match["quoted"] is not None or match["word"] is not None:
        return re.sub(r"\\(.)", r"\1", match["quoted"] or match["word"] or "").strip()
    if match["equation"] is not None:
        return _EQUATION_SIGNS.sub(" ", _EQUATION_SWITCH.sub(" ", match["equation"])).strip()
    try:
        value = int(match["sign"], 0)
    except ValueError:
        return ""
    font = _FONT_SWITCH.search(match["switches"])
    return sign_of((font[1] or font[2] or "") if font else "", value)
