"""Shows what comes from outside as plain words: Qt takes for markup whatever looks like it, and opens what it names."""

from __future__ import annotations

import html
import textwrap

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QMessageBox

_LONGEST = 2000  # characters of a tooltip
_LINE = 80  # and of a line in one


def plain_text(text: str) -> str:
    """`text` for a place where Qt decides by its look whether it is markup (tooltips); it is shown as it stands.

    Args:
        text: of any kind: a heading, a card, an attempt, a file's name.
    """
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\u2026"
    if "<" not in shown and "&" not in shown:  # what Qt looks for
        return "\n".join(map(_folded, shown.split("\n")))  # Qt breaks no line that is not markup
    return f"<qt>{html.escape(shown)}</qt>".replace("\n", "<br>")


def plain_label(text: str = "") -> QLabel:
    """A label that shows every text as it stands."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return made


def fill_box(box: QMessageBox, text: str, more: str) -> None:
    """Gives a message box its question and what it means, as they stand."""
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(" ")  # makes its label, which the box's own format does not reach
    make_labels_plain(box.findChildren(QLabel))
    box.setInformativeText(more)


def make_labels_plain(labels: list[QLabel]) -> None:
    """Lets labels that Qt has made show every text as it stands."""
    for each in labels:
        each.setTextFormat(Qt.TextFormat.PlainText)


def _folded(line: str) -> str:
    if len(line) <= _LINE:
        return line
    return textwrap.fill(line, _LINE, break_long_words=False, break_on_hyphens=False)


def in_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """A text in as many lines as so many pixels need."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
