"""The panel's feature: what it shows of the voice and the attempts, and what its buttons do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from pandemonium.desktop.core.commands import Command, switch_of
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
        panel.attempt_chosen.connect(self._generation.choose)
        panel.pin_asked.connect(self._pin_seed)
        self._voices.loaded.connect(self._show_voice)
        self._voices.listed.connect(self._show_voices)
        self._generation.state_changed.connect(self._show_state)
        self._generation.attempts_changed.connect(self._show_attempts)
        self._show_voices()
        self._show_state()

    def commands(self) -> Iterable[Command]:
        """The panel, shown or not."""
        yield switch_of(self.context.settings, "panel.shown", "panelAction", self.tr("Panel"), "view/panel", ("F9",))

    def start(self) -> None:
        """Gives the buttons what their commands do, and the voice's menu what there is about voices."""
        commands = self.context.commands
        panel = self.widget
        for name, button in (
            ("continueAction", panel.continue_button),
            ("stopAction", panel.stop_button),
            ("retryAction", panel.retry_button),
        ):
            action = commands[name]
            button.clicked.connect(action.trigger)
            action.changed.connect(lambda button=button, action=action: _show_keys(button, action.shortcuts()))
            _show_keys(button, action.shortcuts())
        panel.voice_menu_button.addActions([commands["trainAction"], commands["voicesAction"]])

    def _show_voice(self, voice: LoadedVoice) -> None:
        self.widget.show_card(describe(voice))

    def _show_voices(self) -> None:
        self.widget.show_voices(self._voices.entries(), self._voices.chosen)

    def _show_state(self) -> None:
        self.widget.show_state(writing=self._generation.writing, can_retry=self._generation.can_retry)

    def _show_attempts(self) -> None:
        generation = self._generation
        texts = [generation.attempt_text(index) for index in range(len(generation.attempts))]
        self.widget.show_attempts(texts, generation.current)

    def _pin_seed(self) -> None:
        generation = self._generation
        at = generation.current
        if 0 <= at < len(generation.attempts) and (seed := generation.attempts[at].seed):
            self.context.settings.set("writing.seed", seed)


def _show_keys(button: QPushButton, keys: list[QKeySequence]) -> None:
    said = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    button.setToolTip(f"{button.accessibleName()} ({said})" if said else button.accessibleName())
    button.setAccessibleDescription(said)
