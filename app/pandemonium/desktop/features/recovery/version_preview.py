"""Shows what differs between a version and the page: what has gone since is struck out, what has come is underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from pandemonium.desktop.core.theme import Colours
from pandemonium.documents.safekeeping.differences import Stretch

_AROUND = 160  # characters of what is the same that are shown on either side of a difference
_MOST = 400_000  # characters that are shown at all


def show_differences(browser: QTextBrowser, stretches: Sequence[Stretch], colours: Colours, *, whole: bool) -> None:
    """Fills `browser`.

    Args:
        browser: is emptied first.
        stretches: from the version to the page.
        colours: of the theme.
        whole: shows all that is the same too; without it, only what is around the differences.
    """
    browser.clear()
    cursor = QTextCursor(browser.document())
    cursor.beginEditBlock()
    looks = _looks(colours)
    left = _MOST
    for index, each in enumerate(stretches):
        text = each.text
        if each.change == "same" and not whole and len(stretches) > 1:
            text = _shortened(text, first=index == 0, last=index == len(stretches) - 1)
        cursor.insertText(text[:left], looks[each.change])
        left -= len(text)
        if left <= 0:
            said = QCoreApplication.translate("Safekeeping", "The rest is not shown here; restoring brings all of it.")
            cursor.insertBlock()
            cursor.insertText(said, looks["note"])
            break
    block = QTextBlockFormat()
    block.setBottomMargin(7)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(block)
    cursor.endEditBlock()
    browser.moveCursor(QTextCursor.MoveOperation.Start)


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """The ends of a long stretch, with a sign for what was left out between them; cut between words."""
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    if len(text) <= len(head) + len(tail) + 40:
        return text
    head = head.rpartition(" ")[0] or head
    tail = tail.partition(" ")[2] or tail
    return f"{head} …\n" * bool(head) + f"… {tail}" * bool(tail)


def _looks(colours: Colours) -> dict[str, QTextCharFormat]:
    same, added, removed, note = (QTextCharFormat() for _ in range(4))
    same.setForeground(QColor(colours.ink))
    added.setForeground(QColor(colours.accent))
    added.setFontUnderline(True)
    removed.setForeground(QColor(colours.warning))
    removed.setFontStrikeOut(True)
    note.setForeground(QColor(colours.quiet))
    note.setFontItalic(True)
    return {"same": same, "added": added, "removed": removed, "note": note}
