"""Passages on the clipboard: plain text for everyone, and for this program who wrote which part of it."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QMimeData

from pandemonium.desktop.units import from_units, to_units
from pandemonium.documents.passage import Mark, Passage

PASSAGE_TYPE = "application/x-pandemonium-passage"


def put_passage(data: QMimeData, passage: Passage) -> None:
    """Puts `passage` into `data`."""
    text = from_units(passage.text)
    data.setText(text)
    if passage.marks:
        marks = [[mark.start, mark.end, mark.voice] for mark in passage.marks]
        data.setData(PASSAGE_TYPE, QByteArray(json.dumps({"text": text, "marks": marks}).encode("ascii")))


def passage_from(data: QMimeData) -> Passage | None:
    """The passage in `data`; None where there is none, or nothing that can be believed."""
    if not data.hasFormat(PASSAGE_TYPE):
        return None
    try:
        values = json.loads(bytes(data.data(PASSAGE_TYPE).data()))
        text = to_units(str(values["text"]))
        marks = tuple(Mark(int(start), int(end), str(voice)) for start, end, voice in values["marks"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    edges = [0, *(edge for mark in marks for edge in (mark.start, mark.end)), len(text)]
    sound = edges == sorted(edges) and all(m.start < m.end and "\n" not in text[m.start : m.end] for m in marks)
    return Passage(text, marks) if sound else None
