"""The tags of HTML that say how characters are set, as pages and Markdown read them alike."""

from __future__ import annotations

from pandemonium.documents.model.passage import CharFormat

CHAR_FORMATS = {
    "strong": CharFormat.BOLD,
    "b": CharFormat.BOLD,
    "em": CharFormat.ITALIC,
    "i": CharFormat.ITALIC,
    "u": CharFormat.UNDERLINE,
    "ins": CharFormat.UNDERLINE,
    "s": CharFormat.STRIKE,
    "del": CharFormat.STRIKE,
    "strike": CharFormat.STRIKE,
    "sup": CharFormat.SUPERSCRIPT,
    "sub": CharFormat.SUBSCRIPT,
}
