"""The program of test_writing_hour: a writing hour by real keys and clicks, in a window on a real screen.

`python writing_hour.py PART FOLDER [PICTURES]`: "begin" types until it is killed, "go_on" recovers and ends the hour;
documents go to FOLDER, and a picture of each stage to PICTURES.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QListWidget,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

import qasync  # isort: skip

from pandemonium import desktop

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
RETURN = Qt.Key.Key_Return
ESCAPE = Qt.Key.Key_Escape
END = Qt.Key.Key_End
FIRST = 'The house had stood empty since my grandfather\'s time--and no one would say "why". I came in '
NIGHT = "That first night I slept in the library, beleived that I was alone, and then I heard"


class Hour:
    """One window and the hands that use it."""

    def __init__(self, folder: Path, pictures: Path | None) -> None:
        self.folder = folder
        self.pictures = pictures
        self._taken = 0
        self.window = desktop.create_window(None)
        self.window.show()
        self.editor = self.find(QTextEdit, "documentEditor")

    def find(self, kind: type[Any], name: str) -> Any:
        """The widget of that name in any window."""
        for top in QApplication.topLevelWidgets():
            if isinstance(top, kind) and top.objectName() == name:
                return top
            found = top.findChild(kind, name)
            if found is not None:
                return found
        return None

    async def until(self, what: Callable[[], Any], said: str, seconds: float = 300) -> Any:
        """Waits for it, and gives it."""
        for _ in range(int(seconds / 0.02)):
            if found := what():
                return found
            await asyncio.sleep(0.02)
        raise SystemExit(f"it never came that {said}: {self.text!r}")

    async def opened(self, kind: type[Any], name: str) -> Any:
        """Waits for a dialog or a window to be seen."""

        def visible() -> Any:
            found = self.find(kind, name)
            return found if found is not None and found.isVisible() else None

        found = await self.until(visible, f"{name} opens")
        await asyncio.sleep(0.1)
        return found

    async def gone(self, kind: type[Any], name: str) -> None:
        """Waits for it to be closed."""
        await self.until(lambda: (found := self.find(kind, name)) is None or not found.isVisible(), f"{name} closes")

    @property
    def text(self) -> str:
        """What the page says."""
        return str(self.editor.toPlainText())

    def type(self, text: str) -> None:
        """Types into the page."""
        QTest.keyClicks(self.editor, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key on the page."""
        QTest.keyClick(self.editor, key, modifiers)

    def click(self, widget: QWidget) -> None:
        """Clicks on a widget, in its middle."""
        at = QPoint(10, widget.height() // 2) if isinstance(widget, QCheckBox) else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def click_button(self, text: str, inside: QWidget | None = None) -> bool:
        """Clicks on the visible button that says so; tells whether there was one."""
        for button in (inside or self.window).findChildren(QPushButton):
            if button.text().replace("&", "") == text and button.isVisible() and button.isEnabled():
                self.click(button)
                return True
        return False

    def choose(self, action: str) -> None:
        """Chooses an entry of a menu."""
        self.window.desk.actions[action].trigger()

    async def picture(self, name: str, of: QWidget | None = None) -> None:
        """Takes a picture for whoever wants to look."""
        if self.pictures is not None:
            await asyncio.sleep(0.35)
            self._taken += 1
            shown = (of or self.window).window()
            path = self.pictures / f"{self._taken:02}-{name}.png"
            shown.screen().grabWindow(shown.winId()).save(str(path))

    async def answer_file_dialog(self, name: str, path: Path, kind: str = "") -> None:
        """Types a path into a file dialog, chooses the kind of file, and accepts."""
        dialog = await self.opened(QDialog, name)
        if kind:
            box = dialog.findChild(QComboBox, "fileTypeCombo")
            index = next(index for index in range(box.count()) if kind in box.itemText(index))
            box.setCurrentIndex(index)
            box.textActivated.emit(box.itemText(index))
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, str(path))
        await self.picture(name, dialog)
        QTest.keyClick(field, RETURN)
        await self.gone(QDialog, name)

    async def menu_at_word(self, word: str) -> QMenu:
        """Opens the page's menu on a word by the right button."""
        cursor = self.editor.textCursor()
        cursor.setPosition(self.text.index(word) + 2)
        at = self.editor.cursorRect(cursor).center()
        self.editor.menu_asked.emit(self.editor.viewport().mapToGlobal(at))
        return await self.until(lambda: QApplication.activePopupWidget(), "the page's menu opens")

    async def begin(self) -> None:
        """A new document, formatted by keys, found and replaced in, spelt, and gone on with by the voice; then nothing.

        It prints what the page says once that can be lost no more, and waits to be killed.
        """
        await self.until(lambda: self.window.desk.voices.current, "the voice is there")
        self.editor.setFocus()
        await self.picture("first-start")
        self.press(Qt.Key.Key_1, CTRL)
        self.type("The Lamp at Greywater")
        self.press(RETURN)
        self.type(FIRST)
        self.press(Qt.Key.Key_I, CTRL)
        self.type("October")
        self.press(Qt.Key.Key_I, CTRL)
        self.type(", with a single trunk and a ")
        self.press(Qt.Key.Key_B, CTRL)
        self.type("letter")
        self.press(Qt.Key.Key_B, CTRL)
        self.type(".")
        self.press(RETURN)
        self.press(Qt.Key.Key_8, CTRL | SHIFT)
        for entry in ("a trunk", "a letter"):
            self.type(entry)
            self.press(RETURN)
        self.press(RETURN)
        self.press(Qt.Key.Key_9, CTRL | SHIFT)
        self.type("The sea gives nothing back.")
        self.press(Qt.Key.Key_F, CTRL | ALT)
        note = (await self.opened(QDialog, "noteDialog")).findChild(QPlainTextEdit, "noteText")
        QTest.keyClicks(note, "So the fishermen say.")
        await self.picture("footnote", note)
        QTest.keyClick(note, RETURN, CTRL)
        await self.gone(QDialog, "noteDialog")
        self.press(RETURN)
        self.press(Qt.Key.Key_N, CTRL | SHIFT)
        self.press(RETURN, CTRL | SHIFT)
        self.type(NIGHT)
        await self.picture("formatted")
        assert "grandfather\u2019s time\u2014and no one would say \u201cwhy\u201d." in self.text, self.text

        await self._spell()
        await self._find()
        await self._continue()
        await self.until(self._is_kept, "it is kept")
        print(self.text, flush=True)
        await asyncio.sleep(600)

    def _is_kept(self) -> bool:
        return not self.window.desk.safekeeping.autosaver.is_waiting

    async def _spell(self) -> None:
        await self.until(lambda: self.window.desk.spelling.misspelt_at(self._place("beleived")), "a word is marked")
        menu = await self.menu_at_word("beleived")
        await self.picture("spelling-menu", menu)
        suggestion = next(each for each in menu.actions() if each.text() == "believed")
        suggestion.trigger()
        menu.close()
        assert "library, believed that" in self.text, self.text
        await self.until(lambda: self.window.desk.spelling.misspelt_at(self._place("Greywater")), "a name is marked")
        menu = await self.menu_at_word("Greywater")
        next(each for each in menu.actions() if each.objectName() == "addWordAction").trigger()
        menu.close()
        await self.until(
            lambda: not self.window.desk.spelling.misspelt_at(self._place("Greywater")), "it is her own word"
        )

    def _place(self, word: str) -> QPoint:
        cursor = self.editor.textCursor()
        cursor.setPosition(self.text.index(word) + 2)
        return QPoint(self.editor.cursorRect(cursor).center())

    async def _find(self) -> None:
        before = self.text
        self.press(Qt.Key.Key_H, CTRL)
        field = await self.opened(QLineEdit, "findField")
        QTest.keyClicks(field, r"a (trunk|letter)$")
        QTest.keyClick(field, Qt.Key.Key_Tab)
        put = self.find(QLineEdit, "replaceField")
        assert self.window.focusWidget() is put, "Tab leads from what is sought to what comes there"
        QTest.keyClicks(put, "my $1")
        self.click(self.find(QCheckBox, "regexBox"))
        count = self.find(QWidget, "findCount")
        await self.until(lambda: count.text() in ("2 found", "1 of 2", "2 of 2"), "two are found")
        await self.picture("find")
        self.click(self.find(QPushButton, "replaceAllButton"))
        await self.until(lambda: "my trunk\nmy letter" in self.text, "both are replaced")
        await self.picture("replaced")
        QTest.keyClick(put, ESCAPE)
        self.editor.setFocus()
        self.press(Qt.Key.Key_Z, CTRL)
        assert self.text == before, "one Ctrl+Z takes all replacements back"

    async def _continue(self) -> None:
        generation = self.window.desk.generation
        self.press(END, CTRL)
        length = len(self.text)
        for key, modifiers in ((RETURN, CTRL), (Qt.Key.Key_R, ALT)):
            self.press(key, modifiers)
            await self.until(lambda: len(self.text) > length + 20, "the voice writes")
            await self.until(lambda: not generation.writing, "the voice ends")
            await asyncio.sleep(0.1)
        second = self.text
        self.press(Qt.Key.Key_Up, ALT)
        assert self.text != second
        await self.picture("attempts")
        self.press(Qt.Key.Key_Down, ALT)
        assert self.text == second
        cursor = self.editor.textCursor()
        cursor.setPosition(length + 12)
        self.editor.setTextCursor(cursor)
        self.type("[HERS]")
        await self.picture("edited-inside")

    async def go_on(self) -> None:
        """Restores, saves as docx, goes back to an earlier version, exports, and opens what was saved again."""
        await self.until(lambda: self.window.desk.voices.current, "the voice is there")
        self.editor.setFocus()
        await self.until(lambda: self.click_button("Restore"), "the lost text is offered")
        await self.until(lambda: "[HERS]" in self.text, "it is back")
        await self.picture("restored")
        restored = self.text
        path = self.folder / "The Lamp.docx"
        self.press(Qt.Key.Key_S, CTRL)
        await self.answer_file_dialog("saveDialog", path)
        await self.until(path.exists, "it is saved")
        await self.until(lambda: not self.window.isWindowModified(), "it is saved")
        print(restored, flush=True)

        await self._look_around()
        self.press(END, CTRL)
        self.type(" Too much.")
        self.press(Qt.Key.Key_S, CTRL)
        await self.until(lambda: not self.window.isWindowModified(), "it is saved again")
        await self._go_back(restored)
        self.press(Qt.Key.Key_S, CTRL)
        await self.until(lambda: not self.window.isWindowModified(), "it is saved as it was")
        await self._save_elsewhere()
        await self._export()
        await self._another_program(path, restored)
        assert self.text == restored, self.text
        assert self.window.close()
        await self.until(lambda: not self.window.isVisible(), "it closes")

    async def _look_around(self) -> None:
        self.press(Qt.Key.Key_F4)
        outline = await self.opened(QListView, "outlineList")
        assert outline.model().index(0, 0).data() == "The Lamp at Greywater"
        await self.picture("outline")
        self.press(Qt.Key.Key_F4)
        self.editor.setFocus()
        self.choose("typewriterAction")
        self.press(Qt.Key.Key_F8)
        await asyncio.sleep(0.2)
        assert not self.window.menuBar().isVisible()
        self.press(END, CTRL)
        await self.picture("focus")
        self.press(Qt.Key.Key_F11)
        await self.until(self.window.isFullScreen, "it fills the screen")
        await self.picture("full-screen")
        self.press(ESCAPE)
        self.press(ESCAPE)
        await self.until(lambda: not self.window.isFullScreen() and self.window.menuBar().isVisible(), "all is back")
        self.choose("typewriterAction")
        for theme in ("dark", "sepia", "light"):
            self.choose(f"theme-{theme}")
            await self.picture(theme)
        for _ in range(10):
            self.press(Qt.Key.Key_Plus, CTRL)
        await self.picture("200-percent")
        self.press(Qt.Key.Key_0, CTRL)

    async def _go_back(self, restored: str) -> None:
        self.choose("versionsAction")
        window = await self.opened(QWidget, "versionsWindow")
        versions = self.find(QListWidget, "versionsList")
        await self.until(lambda: versions.count() >= 2, "the versions are listed")
        versions.setCurrentRow(1)
        await asyncio.sleep(0.5)
        await self.picture("versions", window)
        await self.until(lambda: self.click_button("Restore", window), "it can be restored")
        await self.until(lambda: self.text == restored, "the earlier version is on the page")
        window.close()
        self.editor.setFocus()
        await self.picture("version-restored")

    async def _save_elsewhere(self) -> None:
        """Saves as odt and as plain text; what plain text loses is asked first."""
        for suffix in ("odt", "md"):
            self.press(Qt.Key.Key_S, CTRL | SHIFT)
            path = self.folder / f"The Lamp.{suffix}"
            await self.answer_file_dialog("saveDialog", path)
            if suffix == "md":
                await self._accept_loss()
            await self.until(path.exists, f"{suffix} is saved")
            await self.until(lambda path=path: path.name in self.window.windowTitle(), "its name is shown")
            await self.picture(f"as-{suffix}")
        self.press(Qt.Key.Key_S, CTRL | SHIFT)
        path = self.folder / "The Lamp.txt"
        await self.answer_file_dialog("saveDialog", path)
        await self.until(path.exists, "txt is saved")
        await self.picture("as-txt")
        self.press(Qt.Key.Key_O, CTRL)
        await self.answer_file_dialog("openDialog", self.folder / "The Lamp.docx")
        await self.until(lambda: "The Lamp.docx" in self.window.windowTitle(), "the docx is open again")

    async def _accept_loss(self) -> None:
        for _ in range(40):
            box = self.find(QMessageBox, "lossBox")
            if box is not None and box.isVisible():
                await self.picture("loss", box)
                self.click_button("Save without it", box)
                return
            await asyncio.sleep(0.02)

    async def _export(self) -> None:
        for suffix in ("html", "epub", "pdf", "docx"):
            self.press(Qt.Key.Key_E, CTRL | SHIFT)
            dialog = await self.opened(QDialog, "exportDialog")
            box = dialog.findChild(QComboBox, "exportFormatBox")
            box.setCurrentIndex(box.findData(suffix))
            if suffix == "docx":
                self.click(dialog.findChild(QCheckBox, "manuscriptFormatBox"))
            await self.picture(f"export-{suffix}", dialog)
            self.click(dialog.findChild(QPushButton, "exportGoOnButton"))
            path = self.folder / f"Copy.{suffix}"
            await self.answer_file_dialog("exportPlaceDialog", path)
            await self.until(path.exists, f"{suffix} is exported")
        self.choose("printPreviewAction")
        preview = await self.opened(QDialog, "printPreviewDialog")
        await asyncio.sleep(1)
        await self.picture("print-preview", preview)
        preview.reject()
        await self.gone(QDialog, "printPreviewDialog")

    async def _another_program(self, path: Path, restored: str) -> None:
        """Another program writes the file: the line above the page says so, and it is read again."""
        other = self.folder / "Other.txt"
        self.press(Qt.Key.Key_S, CTRL | SHIFT)
        await self.answer_file_dialog("saveDialog", other)
        await self._accept_loss()
        await self.until(other.exists, "it is saved")
        await asyncio.sleep(0.6)
        other.write_text("Somebody else was here.\n", "utf-8")
        await self.until(lambda: self.click_button("Read it again") or "Somebody" in self.text, "it is noticed")
        await self.until(lambda: "Somebody" in self.text, "it is read again")
        await self.picture("changed-outside")
        self.press(Qt.Key.Key_O, CTRL)
        await self.answer_file_dialog("openDialog", path)
        await self.until(lambda: self.text == restored, "the docx is open again")


def main() -> None:
    """Runs the part of the hour that the command line names."""
    part = sys.argv[1]
    folder = Path(sys.argv[2])
    pictures = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    application = QApplication([])
    assert application.platformName() == os.environ["QT_QPA_PLATFORM"], application.platformName()
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        hour = Hour(folder, pictures)
        loop.run_until_complete({"begin": hour.begin, "go_on": hour.go_on}[part]())


if __name__ == "__main__":
    main()
