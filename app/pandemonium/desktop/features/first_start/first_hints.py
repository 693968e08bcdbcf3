"""Three hints at the first start, in the margin of the page: each goes when it was used, all with the first session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QKeySequence

from pandemonium import paths
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.first_start.hint_notes import HintNotes
from pandemonium.desktop.features.generation.writing import Writing

HINTS = ["continue", "attempts", "train"]
_SETTING = "habits.hints"
_LEAST_MARGIN = 118  # pixels: in less, words would stand one below the other
_WIDEST = 190
_SIDE = 10
_TOP = 56


class FirstHints(Feature):
    """The hints of one window; there are none where the program has settings already.

    Attributes:
        margin: the notes beside the text.
        strip: the one below the page, where the margin is too narrow.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._editor = context.editor
        self._generation = context.feature(Writing).generation
        is_first = not (paths.user_config() / "settings.toml").exists()
        self._left: list[str] = list(HINTS) if is_first and context.settings.value(_SETTING) else []
        self.margin = HintNotes("hintsInMargin", HINTS, context.theme, context.icons, context.editor)
        self.strip = HintNotes("hintStrip", HINTS, context.theme, context.icons)
        if not self._left:
            return
        context.window.add_under_page(self.strip)
        context.window.add_over_page(self.margin)
        for notes in (self.margin, self.strip):
            notes.put_away.connect(self.put_away)
        self._editor.resized.connect(self._place)
        self._editor.page_style_changed.connect(self._place)
        self._generation.attempts_changed.connect(self._heard)
        context.window.dragged_over.connect(self._dragged)

    def commands(self) -> list[Command]:
        """All hints put away, by a menu, as long as there are any."""
        if not self._left:
            return []
        return [
            Command(
                "hintsAwayAction",
                self.tr("Put the hints away"),
                self._put_all_away,
                "help/help",
                enabled=lambda: bool(self._left),
            )
        ]

    def start(self) -> None:
        """Says what the hints say, with the writer's own keys."""
        if not self._left:
            return
        self.context.commands.keys_changed.connect(self._say)
        self.context.commands["trainAction"].triggered.connect(lambda: self.put_away("train"))
        self.context.commands["retryAction"].triggered.connect(lambda: self.put_away("attempts"))
        self._say()
        self._place()

    @property
    def left(self) -> list[str]:
        """The names of the hints that are still there."""
        return list(self._left)

    def put_away(self, name: str) -> None:
        """Takes a hint away for good."""
        if name not in self._left:
            return
        had_keyboard = self._has_keyboard()
        self._left.remove(name)
        if not self._left:
            self.context.settings.set(_SETTING, False)
            self.context.commands.refresh("hintsAwayAction")
        self._place()
        if had_keyboard and not any(notes.take_keyboard() for notes in (self.margin, self.strip)):
            self._editor.setFocus()

    def dismiss(self) -> bool:
        """Gives the keyboard back to the page."""
        had_keyboard = self._has_keyboard()
        if had_keyboard:
            self._editor.setFocus()
        return had_keyboard

    def _has_keyboard(self) -> bool:
        return self.margin.has_keyboard or self.strip.has_keyboard

    def close(self) -> None:
        """The first session is over."""
        if self._left:
            self.context.settings.set(_SETTING, False)

    def _put_all_away(self) -> None:
        for name in self.left:
            self.put_away(name)

    def _dragged(self, paths: Sequence[Path]) -> None:
        if paths:
            self.put_away("train")

    def _heard(self) -> None:
        if self._generation.writing:
            self.put_away("continue")
        if len(self._generation.attempts) > 1:
            self.put_away("attempts")

    def _say(self) -> None:
        commands = self.context.commands
        texts = {
            "continue": self.tr("{keys}: the voice goes on where you stop.").format(
                keys=_keys(commands["continueAction"].shortcut())
            ),
            "attempts": self.tr("{keys}: another attempt. All of them stay in the list beside the page.").format(
                keys=_keys(commands["retryAction"].shortcut())
            ),
            "train": self.tr("Drop a folder of your texts on the page, and a voice learns to write like you."),
        }
        for name, words in texts.items():
            self.margin.say(name, words)
            self.strip.say(name, words)

    def _place(self) -> None:
        """Puts the notes into the margin where it has room for them, else the first of them below the page."""
        room = self._editor.viewportMargins().left()
        fits = room >= _LEAST_MARGIN
        self.margin.show_hints(self._left if fits else [])
        self.strip.show_hints([] if fits else self._left[:1])
        if fits and self._left:
            width = min(_WIDEST, room - 2 * _SIDE)
            self.margin.setFixedWidth(width)
            layout = self.margin.layout()
            height = layout.totalHeightForWidth(width) if layout is not None else 0
            self.margin.setGeometry(_SIDE, _TOP, width, height)


def _keys(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
