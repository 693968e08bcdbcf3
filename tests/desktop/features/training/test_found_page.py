from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem

from pandemonium.desktop.features.training.found_model import NAME
from pandemonium.desktop.features.training.found_page import FoundPage
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Survey

ROOT = Path("/texts")


def test_what_was_found(qtbot: Any) -> None:
    page = FoundPage()
    qtbot.addWidget(page)
    page.show_reading(3, ROOT / "a.txt")
    assert page.summary == "Reading: 3 texts so far. a.txt"
    survey = Survey(
        [
            Examined(ROOT / "a.txt", words=1500, characters=9000, language="en"),
            Examined(ROOT / "b.txt", words=300, characters=900, language="nl"),
            Examined(ROOT / "c.png", refusal="This is a picture."),
        ]
    )
    asked: list[Path] = []
    page.preview_asked.connect(asked.append)
    page.show_selection(survey.select(), [ROOT], ["en", "nl"])
    assert page.summary.startswith("1 text kept, 1,500 words, in English. 2 left out")
    assert asked == [ROOT / "a.txt"]
    box = page.findChild(QComboBox, "languageBox")
    with qtbot.waitSignal(page.language_chosen) as heard:
        box.setCurrentIndex(1)
    assert heard.args == ["nl"]
    page.table.setCurrentIndex(page.model.index(2, 0))
    assert asked == [ROOT / "a.txt"]
    page.show_preview("a.txt", "It was late.")
    page.forget()
    assert page.model.rowCount() == 0
    page.show_failure("There is nothing.")
    assert page.summary == "There is nothing."


def test_of_a_long_path_the_end_is_seen(qtbot: Any) -> None:
    page = FoundPage()
    qtbot.addWidget(page)
    option = QStyleOptionViewItem()
    page.table.itemDelegateForColumn(NAME).initStyleOption(option, page.model.index(0, NAME))
    assert option.textElideMode == Qt.TextElideMode.ElideMiddle
