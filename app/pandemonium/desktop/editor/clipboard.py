"""Passages on the clipboard: plain text for everyone, and for this program how it looks and who wrote what of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData

from pandemonium.desktop.editor.units import passage_from_units, passage_to_units
from pandemonium.documents.model.passage import BODY, OBJECT, ParagraphStyle, Passage
from pandemonium.documents.model.serial import passage_from_json, passage_to_json

PASSAGE_TYPE = "application/x-pandemonium-passage"


def put_passage(data: QMimeData, passage: Passage, *, starts_paragraph: bool = False) -> None:
    """Puts `passage`, in the editor's units, into `data`; its first paragraph keeps its style if it is there whole."""
    passage = passage_from_units(replace(passage, styles=_of_no_file(passage, starts_paragraph)))
    data.setText(passage.text.replace("\u2028", "\n").replace(OBJECT, ""))
    if passage.marks or passage.spans or passage.styles:
        data.setData(PASSAGE_TYPE, QByteArray(json.dumps(passage_to_json(passage)).encode("ascii")))


def passage_from(data: QMimeData) -> Passage | None:
    """The passage in `data`, in the editor's units; None where there is none, or nothing that can be believed."""
    if not data.hasFormat(PASSAGE_TYPE):
        return None
    try:
        values: Any = json.loads(bytes(data.data(PASSAGE_TYPE).data()))
        return passage_to_units(passage_from_json(values))
    except (ValueError, RecursionError):
        return None


def _of_no_file(passage: Passage, starts_paragraph: bool) -> tuple[ParagraphStyle | None, ...]:
    styles = [style and replace(style, origin=-1, page_break=False) for style in passage.styles]
    if styles and not starts_paragraph:
        styles[0] = None
    return tuple(styles) if any(style not in (None, BODY) for style in styles) else ()
