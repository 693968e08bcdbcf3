"""Nothing from outside is markup: every place of a window that is full of hostile names is looked at."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.core.plain_text import plain_label, plain_text
from pandemonium.desktop.shell.name_dialog import NameDialog
from pandemonium.training.recipe import Recipe, known_recipes
from pandemonium.voice.file import load_voice, save_voice

pytestmark = pytest.mark.long

HOSTILE = "<img src='secret.png'>"
TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
APP = Path(__file__).resolve().parents[2] / "app" / "pandemonium" / "desktop"


def shown(text: str) -> str:
    """What Qt shows of `text` where it decides by itself whether it is markup."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def is_markup(text: str) -> bool:
    return "img" in text and "<img" not in shown(text)


def tips_of(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    pending = [QModelIndex()]
    while pending and model is not None:
        parent = pending.pop()
        for row in range(model.rowCount(parent)):
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
                index = model.index(row, column, parent)
                yield from (str(model.data(index, role) or "") for role in TIPS)
                if not isinstance(model, QAbstractListModel) and model.hasChildren(index):
                    pending.append(index)


def faults() -> list[str]:
    """Every place of every window where words from outside would be obeyed."""
    found = []
    for widget in QApplication.allWidgets():
        name = f"{type(widget).__name__} {widget.objectName()}"
        texts = [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
        texts += [tip for action in widget.actions() for tip in (action.toolTip(), action.statusTip())]
        if isinstance(widget, QAbstractItemView):
            texts += tips_of(widget)
        if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.AutoText:
            texts.append(widget.text())
        found += [f"{name}: {text}" for text in texts if is_markup(text)]
    return found


@pytest.fixture
def hostile_desk(make_desk: Callable[..., Desk], small_voice: Path, pandemonium_home: Path, tmp_path: Path) -> Desk:
    """A desk with a document, headings, an own voice, a recipe and recent documents of hostile names."""
    document = tmp_path / f"{HOSTILE} book.md"
    document.write_text(f"# {HOSTILE} One\n\nIt was dark.\n\n# {HOSTILE} Two\n\n{HOSTILE} end.\n", "utf-8")
    (pandemonium_home / "data" / "voices").mkdir(parents=True, exist_ok=True)
    voice = load_voice(small_voice)
    card = replace(voice.card, title=HOSTILE, description=HOSTILE, trained_on=HOSTILE)
    save_voice(replace(voice, card=card), tmp_path / "small.voice")
    desk = make_desk(document)
    shutil.copy(tmp_path / "small.voice", pandemonium_home / "data" / "voices" / "hostile.voice")
    return desk


def test_nothing_in_the_window_is_markup(hostile_desk: Desk, qtbot: Any) -> None:
    desk = hostile_desk
    desk.window.show()
    desk.panel.show_card(HOSTILE)
    desk.panel.show_attempts([f"{HOSTILE} one", "two"], 0)
    desk.message_bar.show_sentence(HOSTILE)
    recent = desk.window.findChild(QMenu, "recentMenu")
    recent.aboutToShow.emit()
    qtbot.wait(50)
    assert any(HOSTILE in shown(each.toolTip()) for each in recent.actions())
    assert HOSTILE in shown(desk.panel.voice_box.toolTip())
    assert faults() == []


def obeyed(window: QWidget) -> list[str]:
    """The pages of a window in which a picture of a stranger's was looked for."""
    return [each.objectName() for each in window.findChildren(QTextEdit) if 'src="secret.png"' in each.toHtml()]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("action", ["voicesAction", "versionsAction", "preferencesAction", "exportAction"])
def test_no_dialog_is_markup(hostile_desk: Desk, qtbot: Any, action: str) -> None:
    desk = hostile_desk
    desk.tasks.start(desk.files.write_to(desk.files.manuscript.path))
    qtbot.waitUntil(lambda: desk.files.is_safe and bool(desk.files.vault.versions.list(desk.files.manuscript.path)))
    before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    desk.actions[action].trigger()

    def opened() -> list[QDialog]:
        made = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
        return [each for each in made if isinstance(each, QDialog)]

    qtbot.waitUntil(lambda: bool(opened()))
    window = opened()[0]
    qtbot.wait(50)
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        # A stranger's words stand among the first rows: the long lists are of fonts and keys.
        for row in range(min(model.rowCount(), 20) if model is not None else 0):
            view.setCurrentIndex(model.index(row, 0))
            qtbot.wait(1)
            assert faults() == []
            assert obeyed(window) == []
    assert faults() == []
    assert obeyed(window) == []
    window.reject()


def test_no_question_is_markup(hostile_desk: Desk, loop: asyncio.AbstractEventLoop, qtbot: Any) -> None:
    dialogs = hostile_desk.files._dialogs

    async def asked() -> None:
        for question in (
            dialogs.ask("box", HOSTILE, HOSTILE, {"yes": "Yes", "no": "No"}),
            dialogs.ask_to_save(HOSTILE),
            dialogs.ask_name(HOSTILE, HOSTILE, hostile_desk.window),
        ):
            task = asyncio.ensure_future(question)
            await asyncio.sleep(0.05)
            boxes = [each for each in QApplication.topLevelWidgets() if isinstance(each, (QMessageBox, NameDialog))]
            open_ones: list[QDialog] = [each for each in boxes if each.isVisible()]
            (box,) = open_ones
            words = [label.text() for label in box.findChildren(QLabel)]
            assert any(HOSTILE in each for each in words)
            assert faults() == []
            box.reject()
            await task

    loop.run_until_complete(asked())


def test_a_label_shows_what_it_is_given(qapp: QApplication) -> None:
    label = plain_label(HOSTILE)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance("secret.png")


@pytest.mark.parametrize(
    "text", [HOSTILE, "a <b>b</b>\nc", "<!-- x", "&lt;b&gt;", "plain", "x < y", "<?xml", "a&lt;b", "\n<img src=x>"]
)
def test_a_tooltip_shows_what_it_is_given(text: str, qapp: QApplication) -> None:
    assert shown(plain_text(text)).split() == text.split()


def test_every_label_is_made_where_it_is_made_plain() -> None:
    made = re.compile(r"(?<!\w)(QLabel|QErrorMessage|QMessageBox\.(about|critical|information|question|warning))\(")
    for path in APP.rglob("*.py"):
        if path.name != "plain_text.py":
            assert not made.search(path.read_text("utf-8")), path


def test_recipes_tell_of_themselves_in_plain_words(hostile_desk: Desk) -> None:
    recipe: Recipe = replace(known_recipes()[0], title=HOSTILE, about=HOSTILE)
    hostile_desk.training.open()
    wizard = hostile_desk.training.wizard
    assert wizard is not None
    wizard.plan.show_recipes([recipe])
    assert faults() == []


def test_a_widget_that_obeys_is_found(qtbot: Any) -> None:
    """The walk itself would see it."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setToolTip(f"{HOSTILE}")
    label = QLabel(HOSTILE, widget)
    assert len(faults()) == 2
    label.deleteLater()
