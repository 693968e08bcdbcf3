"""Continue with choices: several continuations beside the page, seen in place before one of them is taken."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from pandemonium import paths
from pandemonium.desktop.core.announcing import announce
from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.choices.attempt_files import AttemptFiles
from pandemonium.desktop.features.choices.attempt_keeper import AttemptKeeper
from pandemonium.desktop.features.choices.attempt_preview import AttemptPreview
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.generation.writing import Writing


class Choices(Feature):
    """The choices of one window.

    Attributes:
        preview: shows on the page what an attempt would be there.
        keeper: keeps all attempts with their document.

    Signals:
        began(): several are being written; they are to be seen.
    """

    began = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._generation = context.feature(Writing).generation
        self.preview = AttemptPreview(context.editor, self._generation)
        context.theme.follow(self.preview.apply_colours)
        self._files = AttemptFiles(paths.user_data() / "attempts")
        self.keeper = AttemptKeeper(
            context.editor,
            self._generation,
            self._files,
            context.feature(Writing).recalled,
            context.tasks,
            context.messages.show_error,
        )
        self._generation.choices_written.connect(self._announce)
        self._documents = context.feature(DocumentFiles)
        self._documents.changed.connect(lambda: self.keeper.set_document(self._documents.keys))
        self.preview.take_asked.connect(lambda: self.take(self.preview.index))
        self.preview.changed.connect(self._show_keys)

    def commands(self) -> Iterable[Command]:
        """The choices, the way from attempt to attempt, and a sentence of one."""
        generation = self._generation
        follows = (generation.attempts_changed.connect,)
        yield Command(
            "choicesAction",
            self.tr("Continue with choices"),
            self.write,
            "write/continue",
            ("Alt+Shift+Return", "Alt+Shift+Enter"),
            at_rest=True,
        )
        for name, text, step, key in (
            ("nextAttemptAction", self.tr("Next attempt"), 1, "Alt+Down"),
            ("previousAttemptAction", self.tr("Previous attempt"), -1, "Alt+Up"),
        ):
            yield Command(
                name,
                text,
                partial(self.go, step),
                "write/attempts",
                (key,),
                enabled=self._has_others,
                follows=follows,
            )
        yield Command(
            "takeSentenceAction",
            self.tr("Take its next sentence"),
            self.take_sentence,
            "write/attempts",
            ("Alt+Right",),
            enabled=lambda: bool(generation.attempts) and (generation.is_beside or not generation.writing),
            follows=follows,
        )

    def preferences(self) -> Iterable[Section]:
        """How many are written at once."""
        yield Section(self.tr("Voices & machine"), self.tr("Continue with choices"), ("panel.choices",))

    def opened(self) -> None:
        """Removes attempts of long ago."""
        in_thread(self.context.tasks.loop, self._files.sweep)

    def dismiss(self) -> bool:
        """Takes the preview off the page; a voice that writes is stopped first."""
        if self._generation.writing:
            return False
        was_shown = self.preview.index >= 0
        self.preview.clear()
        self._generation.sort()
        return was_shown

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Adds the choices."""
        menu.addAction(self.context.commands["choicesAction"])

    def close(self) -> None:
        """Writes down what is not written yet."""
        self.keeper.close(forget=self._documents.is_unwanted)

    def write(self) -> None:
        """Has several continuations written beside the page."""
        self._generation.write_choices()
        self.began.emit()

    def go(self, by: int) -> None:
        """Goes to the next attempt (1) or the one before (-1).

        Where none was taken yet it is shown in grey, to be taken or left; else it takes the other's place.
        """
        generation = self._generation
        if generation.current >= 0 and self.preview.index < 0:
            generation.choose_next(by)
            return
        at = self.preview.index
        count = len(generation.attempts)
        self.context.editor.setFocus()  # it answers the keys that take an attempt
        self.preview.show((at + by) % count if at >= 0 else 0 if by > 0 else count - 1, follows=True)
        if self.preview.index >= 0:
            announce(self.context.editor, generation.attempt_text(self.preview.index).strip())

    def take(self, index: int) -> None:
        """Puts an attempt into the text, and the cursor behind it."""
        self.preview.clear()
        self._generation.take(index)

    def take_sentence(self, index: int = -1) -> None:
        """Puts the next sentence of an attempt into the text: of the one that is shown, else of the one taken last."""
        generation = self._generation
        if index < 0:
            index = self.preview.index if self.preview.index >= 0 else max(0, generation.current)
        self.preview.clear()
        generation.take(index, sentence=True)
        at = generation.current
        if at >= 0 and not generation.writing and generation.seen(at)[1]:
            self.preview.show(at)  # what is left of it

    def _announce(self) -> None:
        """Tells who cannot see it that the choices are there."""
        count = len(self._generation.attempts)
        if self._generation.current < 0 and count and self.preview.index < 0:
            announce(self.context.editor, self.tr("{n} choices; Alt+Down reads the first.").format(n=count))
            self.context.status_bar.set_part(
                "suggestion", self.tr("Point at a choice, or press Alt+Down, to see it in its place")
            )
            once = Qt.ConnectionType.SingleShotConnection
            self.context.editor.textChanged.connect(lambda: self._show_keys(self.preview.index), once)

    def _has_others(self) -> bool:
        generation = self._generation
        if generation.current < 0:
            return bool(generation.attempts) and (generation.is_beside or not generation.writing)
        return len(generation.attempts) > 1 and not generation.writing

    def _show_keys(self, index: int) -> None:
        """Says in the status bar what can be done with the choice that is seen."""
        keys = self.tr("Enter takes it, Alt+Right a sentence, Esc leaves it")
        self.context.status_bar.set_part("suggestion", keys if index >= 0 else "")
