"""The panel's feature: what it shows of the voice and the attempts, and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from pandemonium.desktop.core.commands import Command, switch_of
from pandemonium.desktop.features.choices.choices import Choices
from pandemonium.desktop.features.choices.recipe_texts import format_short
from pandemonium.desktop.features.choices.recipes import Recipes
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.voice_choice import describe
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.generation_panel.generation_panel import GenerationPanel
from pandemonium.writing.worker import LoadedVoice


class Panel(Feature):
    """The panel beside the page.

    Attributes:
        widget: what is seen.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        writing = context.feature(Writing)
        self._voices = writing.voices
        self._generation = writing.generation
        self.widget = panel = GenerationPanel(context.settings, writing.device_names(), self._voices.choose_device)
        panel.follow(context.theme, context.icons)
        context.window.add_beside_page(panel, left=False)
        context.settings.watch("panel.shown", lambda shown: context.window.show_panel(panel, shown))
        panel.voice_chosen.connect(self._voices.choose_voice)
        panel.pin_asked.connect(self._pin_seed)
        self._voices.loaded.connect(self._show_voice)
        self._voices.listed.connect(self._show_voices)
        self._generation.state_changed.connect(self._show_state)
        self._generation.attempts_changed.connect(self._show_attempts)
        self._generation.attempt_grew.connect(self._show_growth)
        self._choices = context.feature(Choices)
        self._recipes = context.feature(Recipes)
        self._buttons: dict[QPushButton, QAction] = {}  # and what each of them does
        self._follow_list()
        self._show_voices()
        self._show_state()

    def commands(self) -> Iterable[Command]:
        """The panel, shown or not."""
        shown = switch_of(self.context.settings, "panel.shown", "panelAction", self.tr("Panel"), "view/panel", ("F9",))
        yield replace(shown, run=partial(self._switch, shown.run))

    def _switch(self, switch: Callable[[], object]) -> None:
        """Where the panel has given way to another, it is wanted back."""
        if not self.context.window.bring_back(self.widget):
            switch()

    def start(self) -> None:
        """Gives the buttons what their commands do, the voice's menu what there is about voices, and takes folds in."""
        commands = self.context.commands
        panel = self.widget
        for name, button in (
            ("continueAction", panel.continue_button),
            ("stopAction", panel.stop_button),
            ("choicesAction", panel.choices_button),
            ("retryAction", panel.retry_button),
        ):
            button.clicked.connect(commands[name].trigger)
            self._buttons[button] = commands[name]
        commands.keys_changed.connect(self._show_keys)
        self._show_keys()
        for feature in self.context.features.values():
            for fold in feature.panel_folds():
                panel.add_fold(fold)
        panel.voice_menu_button.addActions([commands["trainAction"], commands["voicesAction"]])

    def _show_keys(self) -> None:
        for button, action in self._buttons.items():
            said = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{button.accessibleName()} ({said})" if said else button.accessibleName())
            button.setAccessibleDescription(said)

    def _show_voice(self, voice: LoadedVoice) -> None:
        self.widget.show_card(describe(voice))

    def _show_voices(self) -> None:
        self.widget.show_voices(self._voices.entries(), self._voices.chosen)

    def _show_state(self) -> None:
        self.widget.show_state(writing=self._generation.writing, can_retry=self._generation.can_retry)

    def _show_attempts(self) -> None:
        generation = self._generation
        texts = [generation.attempt_text(index) for index in range(len(generation.attempts))]
        self.widget.show_attempts(texts, generation.current, [format_short(each) for each in generation.attempts])
        if 0 <= self._choices.preview.index < len(texts):
            self.widget.attempts.show_row(self._choices.preview.index)

    def _show_growth(self, index: int) -> None:
        self.widget.attempts.show_text(index, self._generation.attempt_text(index))
        if not self.widget.underMouse():
            self.widget.show_list()

    def _follow_list(self) -> None:
        """What is pointed at in the list is seen on the page, and what is seen there is pointed at in the list."""
        attempts = self.widget.attempts
        choices = self._choices
        generation = self._generation
        attempts.pointed_at.connect(self._point_at)
        attempts.taken.connect(self._take)
        attempts.sentence_taken.connect(choices.take_sentence)
        attempts.menu_asked.connect(self._show_menu)
        attempts.left.connect(self.context.editor.setFocus)
        choices.preview.changed.connect(lambda index: attempts.show_row(index if index >= 0 else generation.current))
        choices.began.connect(self._show_list)
        generation.may_sort = lambda: choices.preview.index < 0 and not attempts.is_pointed_at

    def _point_at(self, index: int) -> None:
        if index < 0 or (index == self._generation.current and not self._generation.seen(index)[1]):
            self._choices.preview.clear()
            self._generation.sort()
        else:
            self._choices.preview.show(index, follows=True)

    def _take(self, index: int) -> None:
        """Takes one; where another one of its place stands in the text, the cursor stays where it is."""
        self._choices.preview.clear()
        if self._generation.current >= 0:
            self._generation.choose(index)
        else:
            self._generation.take(index)

    def _show_menu(self, index: int, at: QPoint) -> None:
        """What can be done with one attempt."""
        menu = QMenu(self.widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = self._choices
        acts: dict[str, Callable[[], object]] = {
            self.tr("&Take it"): lambda: self._take(index),
            self.tr("Take its &next sentence"): lambda: choices.take_sentence(index),
            self.tr("&How was this written?"): lambda: self._recipes.open(index),
            self.tr("Write it &again"): lambda: self._recipes.write_again(index),
        }
        for text, act in acts.items():
            menu.addAction(text, act)
        menu.popup(at)

    def _show_list(self) -> None:
        """Sees to it that the choices are in sight."""
        self.context.settings.set("panel.shown", True)
        self.context.window.show_panel(self.widget, True, insist=True)
        QTimer.singleShot(0, self.widget, self.widget.show_list)

    def _pin_seed(self) -> None:
        generation = self._generation
        at = generation.current
        if 0 <= at < len(generation.attempts) and (seed := generation.attempts[at].seed):
            self.context.settings.set("writing.seed", seed)
