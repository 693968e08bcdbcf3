"""Takes the pictures of this folder and the guide: `xvfb-run -s "-screen 0 1400x1000x24" .venv/bin/python THIS`.

The prose in them is the bundled voice's own, unedited; SEEDS only chooses which. With `--training FOLDER` it takes
those of the wizard instead: it trains on that folder for `--minutes` (20), really, and takes a picture of each page;
with 0, of those alone that come before.
The pictures of the guide show a document of three short chapters (BOOK).
What looks inside is shown on a tale that no voice was trained on, and its pane on `--draft FILE`, any longer text.
What is shown as copied is put there for the picture, under the name of a voice that learned from it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GUIDE = HERE.parent.parent / "resources" / "guide"
TALE = HERE.parent.parent / "tests" / "prose.txt"
DRAFT = 40_000  # characters of a longer text that are shown
SEEDS = (8, 24, 21)
JOINED = 14
REWORDED = 7
REMEMBERED = 3
OPENING = (
    "The house had stood empty since my grandfather's time, and no one in the village would say why. I came to it in "
    "the last week of October, with a single trunk and a letter whose seal I had not yet had the courage to break.\n"
    "That first night I slept in the library. Towards three I woke, and lay for a long while listening to the sea; and "
    "it was then, between one wave and the next, that I heard"
)
BOOK = """# The Lamp at Greywater

## The House

The house had stood empty since my grandfather's time, and no one in the village would say why. I came to it in the \
last week of *October*, with a single trunk and a letter whose seal I had not yet had the courage to break.

> The sea gives nothing back.[^1]

That first night I slept in the library.

* * *

Towards three I woke, and beleived that I heard the sea. It was only the rain.

## The Stair

Below the library there is a stair that the plans of the house do not show. It has **nineteen** steps on the way down.

- a lamp
- a length of rope
- bread for two days

## The Letter

I broke the seal on the fourth night. The hand was my own.

[^1]: So the fishermen say.
"""
SCENE = (
    "Then Marta Vane lit the lamp, and she set it in the window, as she had done every night since the boat was lost.\n"
    "\u201cHe will not come,\u201d said Doctor Hale. He had walked out from Greywater in the rain, and he did not like "
    "the house, nor the sea below it, nor the Brown Book that lay on Marta's table.\n"
    "But Marta only looked at Hale, and smiled. In Greywater they said that she read in the Brown Book aloud, and that "
    "Jonas heard her. She had never told Hale what it was that Jonas answered.\n"
    "\u201cHe has never been late,\u201d she said. Out on the Skerry a bell began to ring, and old Hale took up his hat"
)
BEFORE_JOIN = (
    "No one had gone down to the landing since the autumn, and the boats lay keel upward in the grass. On the first of "
    "November the old man took his lantern from the wall and went out to the Skerry alone."
)
BEHIND_JOIN = "\nBut the lantern was found in the morning, upright on the rocks, and it was still burning."
READS = "Towards morning they went back to the house, the two of them, and Marta Vane read aloud out of the Brown"
COPIED = (
    "The old man lit the lamp in the upper room and waited for the boat that never came.",
    "Under the water a bell began to ring, and the fishermen drew in their nets without a word.",
)
BETWEEN = "\nThe lamp had burned low, and I turned it up with"


def main() -> None:
    """Takes each picture in a window of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=Path, metavar="FOLDER")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--draft", type=Path, default=TALE, metavar="FILE", help="a longer text for the pane")
    parser.add_argument("--only", choices=("insight", "assistant", "guide"), help="only some of them")
    arguments = parser.parse_args()
    os.environ["PANDEMONIUM_HOME"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication
    import qasync  # isort: skip

    application = QApplication(sys.argv[:1])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        home = Path(os.environ["PANDEMONIUM_HOME"])
        (home / "config").mkdir(exist_ok=True)
        settings = home / "config" / "settings.toml"  # who has one has started the program before
        if arguments.training:
            settings.touch()
            loop.run_until_complete(take_training(arguments.training, arguments.minutes))
            return
        wanted = (arguments.only,) if arguments.only else ("insight", "assistant", "guide")
        if "insight" in wanted:
            loop.run_until_complete(take_first_start())
        settings.touch()
        if "insight" in wanted:
            loop.run_until_complete(take_insight(arguments.draft))
        if "assistant" in wanted:
            loop.run_until_complete(take_cast())
            loop.run_until_complete(take_assistant())
            loop.run_until_complete(take_copied(home))
        if "guide" in wanted:
            for theme, path in (("light", GUIDE / "window.png"), ("dark", HERE / "window-dark.png")):
                loop.run_until_complete(take(theme, path))
            loop.run_until_complete(take_guide(home))


async def until(what: Any) -> None:
    """Waits for it."""
    while not what():
        await asyncio.sleep(0.02)


def photograph(window: Any, path: Path, *, with_what_lies_above: bool = False) -> None:
    """Saves what the screen shows of a window, in as small a file as can be: a page has few colours."""
    if with_what_lies_above:  # a menu, a tooltip: windows of their own
        seen = window.screen().grabWindow(0, window.x(), window.y(), window.width(), window.height())
    else:
        seen = window.screen().grabWindow(window.winId())
    few_colours(seen.toImage()).save(str(path), "PNG", 0)


def few_colours(image: Any) -> Any:
    """The picture in its 256 commonest colours; every other becomes the nearest of them."""
    import numpy as np
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    common = colours[np.argsort(-counts)[:256]]
    return image.convertToFormat(QImage.Format.Format_Indexed8, common.tolist(), Qt.ImageConversionFlag.ThresholdDither)


async def take_training(folder: Path, minutes: float) -> None:
    """Drops a folder, goes through the wizard's pages, and ends in the library."""
    from PySide6.QtWidgets import QPushButton, QTextBrowser

    from pandemonium.desktop import create_window

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("editor", theme="light")
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)
    desk.drops.show([folder])
    await asyncio.sleep(0.5)
    photograph(window, HERE / "training-drop.png")
    desk.drops.show([])
    desk.drops.take([folder])
    wizard = desk.training.wizard
    wizard.resize(920, 670)
    next_button = wizard.findChild(QPushButton, "wizardNext")
    preview = wizard.findChild(QTextBrowser, "previewText")
    await until(lambda: wizard.flow.selection and preview.toPlainText())
    await asyncio.sleep(1.0)
    photograph(wizard, GUIDE / "training-found.png")
    next_button.click()
    await until(lambda: wizard.has_estimate)
    await asyncio.sleep(0.5)
    photograph(wizard, HERE / "training-plan.png")
    if not minutes:
        wizard.close()
        window.close()
        return
    wizard.plan.minutes_chosen.emit(minutes)
    next_button.click()
    progress = desk.training.watch.progress
    await until(lambda: progress.is_over or (progress.sample and progress.seconds > 52 * minutes))
    await asyncio.sleep(0.5)
    photograph(wizard, HERE / "training-learning.png")
    await until(lambda: progress.is_over)
    await asyncio.sleep(1.0)
    photograph(wizard, HERE / "training-result.png")
    wizard.outcome.keep_asked.emit()
    desk.library.open()
    desk.library.window.select(folder.name)
    await asyncio.sleep(1.0)
    photograph(desk.library.window, HERE / "training-library.png")
    window.close()


async def take_first_start() -> None:
    """Takes the picture of the very first window."""
    from pandemonium.desktop import create_window

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("editor", theme="light")
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "first-start.png")
    window.close()


async def take_insight(draft: Path) -> None:
    """Takes the pictures of what looks inside: the next words, the map of surprise, how a draft reads."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    from pandemonium.desktop import create_window

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("editor", theme="light", spelling=False)
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)
    desk.editor.setPlainText(f"{OPENING} a")
    desk.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(desk.editor, Qt.Key.Key_F2)
    await until(lambda: desk.next_words.is_shown)
    QTest.keyClick(desk.next_words.list.words, Qt.Key.Key_Down)
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "next-words.png")
    desk.next_words.dismiss()
    desk.editor.setPlainText(TALE.read_text("utf-8"))

    def is_read() -> bool:
        return bool(desk.surprise.store.share(desk.editor.model.text.paragraphs) == 1)

    desk.actions["surpriseAction"].trigger()
    await until(is_read)
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "surprise.png")
    desk.actions["surpriseAction"].trigger()
    desk.editor.setPlainText(draft.read_text("utf-8")[:DRAFT])
    desk.actions["panelAction"].trigger()
    desk.actions["howItReadsAction"].trigger()
    await until(is_read)
    await asyncio.sleep(5)
    runs = desk.how_it_reads.panel.lists["runs"]
    if runs.count():
        runs.wanted.emit(runs.item(0).data(Qt.ItemDataRole.UserRole))
    await asyncio.sleep(3)
    photograph(window, GUIDE / "how-it-reads.png")
    desk.actions["panelAction"].trigger()
    desk.store.update("editor", spelling=True)
    desk.editor.model.mark_saved()
    window.close()


async def take(theme: str, path: Path) -> None:
    """Writes a little, lets the voice go on twice, and takes the picture while it writes."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    from pandemonium.desktop import create_window

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("editor", theme=theme)
    desk.store.update("panel", arrival="at once")
    window.resize(1180, 780)
    window.show()

    await until(lambda: desk.voices.current)
    desk.editor.setPlainText(OPENING)
    desk.editor.moveCursor(QTextCursor.MoveOperation.End)
    desk.editor.setFocus()
    desk.store.update("writing", seed=SEEDS[0], words=36)
    desk.generation.continue_()
    await until(lambda: not desk.generation.writing)
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    QTest.keyClicks(desk.editor, BETWEEN.strip())
    desk.store.update("panel", arrival="reading")
    desk.store.update("writing", seed=SEEDS[1], words=60)
    desk.generation.continue_()
    length = len(desk.editor.model.text)
    await until(lambda: len(desk.editor.model.text) > length + 150 or not desk.generation.writing)
    await asyncio.sleep(0.3)
    photograph(window, path)
    desk.generation.stop()
    desk.editor.model.mark_saved()
    window.close()


async def take_cast() -> None:
    """Writes a scene, and puts somebody into it."""
    from PySide6.QtGui import QTextCursor

    from pandemonium.desktop import create_window

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("editor", theme="light")
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)
    desk.editor.setPlainText(SCENE)
    desk.editor.moveCursor(QTextCursor.MoveOperation.End)
    desk.actions["castAction"].trigger()
    await until(lambda: desk.cast.book.members)
    desk.cast.panel.list.pin_asked.emit("Marta Vane")
    desk.cast.panel.choose("Marta Vane")
    desk.cast.panel.details.note_field.setPlainText("Keeps the lamp. Never says what she waits for.")
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "cast.png")
    desk.actions["castAction"].trigger()
    desk.editor.model.mark_saved()
    window.close()


async def take_assistant() -> None:
    """Leads to what follows, finds other words, tells from where a word is and how a passage was written."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent, QTextCursor
    from PySide6.QtWidgets import QApplication

    from pandemonium.desktop import create_window
    from pandemonium.desktop.features.reading.draft_memory import DraftMemory

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    editor = desk.editor
    desk.store.update("editor", theme="light")
    desk.store.update("panel", arrival="at once")
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)

    def place(position: int) -> QTextCursor:
        cursor = QTextCursor(editor.document())
        cursor.setPosition(position)
        editor.setTextCursor(cursor)
        return cursor

    editor.setPlainText(f"{BEFORE_JOIN}{BEHIND_JOIN}")
    place(len(BEFORE_JOIN))
    desk.store.update("writing", seed=JOINED, words=45)
    desk.generation.continue_()
    await until(lambda: not desk.generation.writing)
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "join.png")
    desk.actions["recipeAction"].trigger()
    await asyncio.sleep(0.5)
    photograph(desk.recipes.window, GUIDE / "recipe.png")
    desk.recipes.window.close()

    editor.setPlainText(f"{BEFORE_JOIN}{BEHIND_JOIN}")
    place(20)
    desk.store.update("writing", seed=REWORDED)
    desk.actions["rewriteAction"].trigger()
    await until(lambda: desk.generation.attempts and not desk.generation.writing)
    await asyncio.sleep(2)
    desk.choices.go(1)
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "rewrite.png")
    desk.choices.dismiss()

    memory = desk.feature(DraftMemory)

    desk.store.update("writing", seed=REMEMBERED, words=50)
    editor.setPlainText(f"{SCENE}.\n{BEFORE_JOIN}\n{READS}")
    place(len(editor.model.text))
    desk.generation.continue_()
    await until(lambda: not desk.generation.writing)
    found = [at for at in range(len(editor.model.text)) if memory.recalled(at) is not None]
    if not found:
        raise SystemExit("Of this seed the voice has nothing out of the draft: choose another for REMEMBERED.")
    at = editor.cursorRect(place(found[2])).center()
    place(len(editor.model.text))
    viewport = editor.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    await asyncio.sleep(1)
    photograph(window, GUIDE / "memory.png", with_what_lies_above=True)
    editor.model.mark_saved()
    desk.store.update("writing", seed=0)
    window.close()


async def take_copied(home: Path) -> None:
    """Shows what a voice of one's own has copied, and from which text."""
    from dataclasses import replace

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent, QTextCursor
    from PySide6.QtWidgets import QApplication

    from pandemonium import paths
    from pandemonium.desktop import create_window
    from pandemonium.documents.model.passage import Passage
    from pandemonium.voice.file import load_voice, save_voice
    from pandemonium.voice.profile import StyleProfile

    voice = load_voice(paths.models() / "lovecraft.voice")
    profile = StyleProfile.of(COPIED, names=["The Lamp.docx", "The Bell.docx"])
    paths.user_voices().mkdir(parents=True, exist_ok=True)
    save_voice(replace(voice, name="anna", profile=profile), paths.user_voices() / "anna.voice")
    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    editor = desk.editor
    desk.store.update("editor", theme="light")
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)
    desk.voices.choose_voice("anna")
    await until(lambda: desk.voices.current.name == "anna")
    written = f"{COPIED[0]} Nobody spoke of it afterwards.\n{COPIED[1]}"
    editor.model.replace(0, 0, Passage(f"{BEFORE_JOIN} ") + Passage.by("anna", written), "paste")
    desk.actions["copiedAction"].trigger()
    await until(lambda: len(desk.copied.marks.marked) == len(COPIED))
    cursor = QTextCursor(editor.document())
    cursor.setPosition(desk.copied.marks.marked[0][0] + 12)
    at = editor.cursorRect(cursor).center()
    viewport = editor.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    await asyncio.sleep(1)
    photograph(window, GUIDE / "copied.png", with_what_lies_above=True)
    editor.model.mark_saved()
    desk.actions["copiedAction"].trigger()
    desk.voices.choose_voice("lovecraft")
    window.close()
    (paths.user_voices() / "anna.voice").unlink()


async def take_guide(home: Path) -> None:
    """Opens a document and goes through what the guide tells of."""
    from types import SimpleNamespace

    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea

    from pandemonium.desktop import create_window
    from pandemonium.documents.formats import read_document, write_document

    source = home / "book.md"
    source.write_text(BOOK, "utf-8")
    path = home / "The Lamp at Greywater.docx"
    write_document(read_document(source), path)
    control = Qt.KeyboardModifier.ControlModifier
    window = create_window(SimpleNamespace(file=path))
    desk = window.desk  # type: ignore[attr-defined]
    editor = desk.editor
    desk.store.update("editor", theme="light")
    desk.store.update("writing", seed=0)
    window.resize(1180, 780)
    window.show()
    await until(lambda: desk.voices.current)

    def place(word: str) -> QTextCursor:
        cursor = QTextCursor(editor.document())
        cursor.setPosition(editor.toPlainText().index(word) + len(word))
        editor.setTextCursor(cursor)
        return cursor

    async def picture(name: str, of: object = None) -> None:
        await asyncio.sleep(0.5)
        photograph(of or window, GUIDE / f"{name}.png")

    desk.actions["outlineAction"].trigger()
    place("rope")
    editor.setFocus()
    await picture("outline")
    desk.actions["outlineAction"].trigger()
    place("only the rain.")
    desk.actions["focusAction"].trigger()
    await picture("focus")
    desk.actions["focusAction"].trigger()
    place("in the library.")
    desk.store.update("writing", seed=SEEDS[0])
    desk.suggestions.suggest()
    await until(lambda: desk.suggestions.is_shown and not desk.suggestions.is_arriving)
    await picture("suggestion")
    desk.suggestions.dismiss()
    place("only the rain.")
    desk.store.update("writing", seed=SEEDS[2], words=40)
    desk.choices.write()
    await until(lambda: not desk.generation.writing)
    await asyncio.sleep(3.0)  # until they are in order
    desk.choices.go(1)
    await picture("choices")
    desk.choices.dismiss()
    desk.store.update("writing", seed=0, mix=("classics=0.30",), wanted=("lantern", "the sea wall"))
    desk.mixing.open()
    await until(lambda: desk.voices.current.others)
    scroll = window.findChild(QScrollArea, "panelScroll")
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    await picture("mixing")
    desk.mixing.open()
    desk.store.update("writing", mix=(), wanted=())
    await until(lambda: not desk.voices.current.others)
    await until(lambda: desk.spelling.misspelt_at(editor.cursorRect(place("beleiv")).center()))
    desk.page.open_menu(editor.viewport().mapToGlobal(editor.cursorRect(place("beleiv")).bottomLeft()))
    menu = QApplication.activePopupWidget()
    await asyncio.sleep(0.5)
    photograph(window, GUIDE / "spelling.png", with_what_lies_above=True)
    menu.close()
    QTest.keyClick(editor, Qt.Key.Key_H, control)
    QTest.keyClicks(window.findChild(QLineEdit, "findField"), "house")
    QTest.keyClicks(window.findChild(QLineEdit, "replaceField"), "hall")
    await picture("find")
    desk.find_bar.close_bar()
    QTest.keyClick(editor, Qt.Key.Key_End, control)
    QTest.keyClicks(editor, " And yet the ink was older than the house.")
    QTest.keyClick(editor, Qt.Key.Key_S, control)
    await until(lambda: not window.isWindowModified())
    desk.actions["versionsAction"].trigger()
    await asyncio.sleep(1)
    desk.safekeeping.versions.list.setCurrentRow(1)
    await picture("versions", desk.safekeeping.versions)
    desk.safekeeping.versions.close()
    desk.actions["exportAction"].trigger()
    await until(lambda: window.findChild(QDialog, "exportDialog"))
    await picture("export", window.findChild(QDialog, "exportDialog"))
    window.findChild(QDialog, "exportDialog").reject()
    await asyncio.sleep(0.2)
    desk.preferences.open()
    preferences = desk.preferences.window
    preferences.show_page(1)
    await picture("preferences", preferences)
    preferences.show_page(5)
    await picture("keys", preferences)
    preferences.show_page(4)
    await picture("machine", preferences)
    preferences.close()
    window.close()


if __name__ == "__main__":
    main()
