from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from pandemonium.desktop.features.training.found_model import BECOMES, NAME, WORDS, FoundModel, below
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Overrules, Survey

ROOT = Path("/texts")
FILES = [
    Examined(ROOT / "a.txt", words=1500, characters=9000, language="en"),
    Examined(ROOT / "old" / "b.txt", words=100, characters=600, language="nl"),
    Examined(ROOT / "c.png", refusal="This is a picture."),
]


def test_rows_say_what_becomes_of_each_file(qtmodeltester: Any) -> None:
    model = FoundModel()
    model.show_selection(Survey(FILES).select(), [ROOT])
    qtmodeltester.check(model)
    assert model.rowCount() == 3
    shown = [[model.data(model.index(row, column)) for column in range(4)] for row in range(3)]
    assert shown[0] == ["a.txt", "1,500", "English", "kept"]
    assert shown[1][NAME] == str(Path("old/b.txt"))
    assert "Dutch" in shown[1][BECOMES]
    assert shown[2] == ["c.png", "", "", "This is a picture."]
    assert model.data(model.index(1, NAME), Qt.ItemDataRole.AccessibleTextRole).startswith("old")
    assert model.headerData(WORDS, Qt.Orientation.Horizontal) == "Words"


def test_a_box_stands_only_before_what_can_be_kept(qtbot: Any) -> None:
    model = FoundModel()
    model.show_selection(Survey(FILES).select(), [ROOT])
    role = Qt.ItemDataRole.CheckStateRole
    boxes = [model.data(model.index(row, NAME), role) for row in range(3)]
    assert boxes == [Qt.CheckState.Checked, Qt.CheckState.Unchecked, None]
    with qtbot.waitSignal(model.kept_changed) as heard:
        model.setData(model.index(1, NAME), Qt.CheckState.Checked.value, role)
    assert heard.args == [ROOT / "old" / "b.txt", True]
    assert not model.setData(model.index(1, WORDS), 1, role)


def test_the_filter_and_a_new_decision() -> None:
    survey = Survey(FILES)
    model = FoundModel()
    model.show_selection(survey.select(), [ROOT])
    model.filter(False)
    assert model.rowCount() == 2
    model.show_selection(survey.select(Overrules(include=frozenset({ROOT / "old" / "b.txt"}))), [ROOT])
    assert model.rowCount() == 1
    model.filter(True)
    assert model.data(model.index(1, BECOMES)) == "kept, as you asked"
    assert model.decision(9) is None


def test_names_below_their_roots() -> None:
    other = Path("/letters")
    assert below(ROOT / "a.txt", [ROOT, other]) == "texts/a.txt"
    assert below(ROOT / "a.txt", [ROOT / "a.txt"]) == "a.txt"
