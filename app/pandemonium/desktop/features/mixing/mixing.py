"""The mixing desk's feature: loads the voices that are mixed, and keeps the words and the presets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from pandemonium import paths
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.core.controls import Fold
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.mixing.mixing_panel import MixingPanel
from pandemonium.desktop.features.mixing.voice_mix import VoiceMix
from pandemonium.errors import PandemoniumError
from pandemonium.settings.own_presets import SUFFIX, OwnPreset, OwnPresets, read_preset, write_preset
from pandemonium.text.sentences import capitalized
from pandemonium.voice.vocabulary import read_vocabulary
from pandemonium.writing.mixing import parse_mix

_SHOWN = 3  # voices that are named of those that cannot be mixed


class Mixing(Feature):
    """The desk of one window.

    Attributes:
        panel: what is seen.
        presets: the writer's own.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._voices = context.feature(Writing).voices
        self._generation = context.feature(Writing).generation
        self._vocabularies: dict[tuple[Path, int], str] = {}
        self._loaded: tuple[str, ...] = ()  # what the voice was loaded with
        self._is_open = False
        self.presets = OwnPresets(paths.user_config() / "presets")
        self.panel = MixingPanel()
        self._fold = Fold(self.tr("Mix, words, presets"), self.panel)
        self._connect()

    def commands(self) -> Iterable[Command]:
        """A way to the desk for the keyboard."""
        yield Command("mixingAction", self.tr("Mix voices"), self.open, "write/voices", ("Ctrl+M",))

    def panel_folds(self) -> Iterable[Fold]:
        """The desk."""
        yield self._fold

    def open(self) -> None:
        """Shows the desk and goes there, or puts it away."""
        store = self.context.settings
        if store.value("panel.mixing") and store.value("panel.shown") and self.panel.isVisible():
            store.set("panel.mixing", False)
            self.context.editor.setFocus()
            return
        store.update("panel", mixing=True, shown=True)
        self.panel.first_control.setFocus()
        QTimer.singleShot(0, self._fold, self._fold.sought.emit)

    def _connect(self) -> None:
        store = self.context.settings
        panel = self.panel
        self._voices.others = self._others
        self._fold.toggled.connect(lambda opened: store.set("panel.mixing", opened))
        store.watch("panel.mixing", self._open_fold)
        store.watch("writing.mix", lambda _: self._mix_changed(), now=False)
        store.watch("writing.wanted", panel.wanted.show_words)
        store.watch("writing.banned", panel.unwanted.show_words)
        panel.mix_changed.connect(lambda mix: store.set("writing.mix", mix.setting()))
        panel.words_changed.connect(lambda name, words: store.set(f"writing.{name}", words))
        panel.preset_chosen.connect(self._apply)
        panel.save_asked.connect(lambda: self.context.tasks.start(self._save()))
        panel.remove_asked.connect(self._remove)
        panel.export_asked.connect(lambda: self.context.tasks.start(self._export()))
        panel.import_asked.connect(lambda: self.context.tasks.start(self._import()))
        self._voices.listed.connect(self._show_mix)
        self._voices.loaded.connect(lambda _: self._show_mix())

    def _open_fold(self, opened: bool) -> None:
        self._fold.open(opened)
        if self._is_open:
            self.context.settings.changed.disconnect(self._settings_changed)
        self._is_open = opened
        if opened:
            self.context.settings.changed.connect(self._settings_changed)
            self._show_mix()
            self._show_presets()

    def _settings_changed(self, table: str) -> None:
        if table == "writing":
            self._show_presets()

    # Voices.

    def _others(self, first: str) -> list[Path]:
        """The files of the voices that are mixed with `first`: those that are here and have its vocabulary."""
        mix = self._mix(first)
        by_name = {entry.name: entry.path for entry in self._voices.entries()}
        self._loaded = tuple(name for name in mix.names if name)
        return [by_name[name] for name in self._loaded]

    def _mix(self, first: str) -> VoiceMix:
        """What is mixed with `first`."""
        setting = self.context.settings.values.writing.mix
        # Which voices fit is read from their files, and a window that mixes none need not wait for that.
        return VoiceMix.of(setting, self._mixable(first)[0]) if setting else VoiceMix()

    def _mixable(self, first: str) -> tuple[list[str], list[str]]:
        """The voices that can be mixed with `first`, and those that cannot."""
        entries = {entry.name: entry.path for entry in self._voices.entries()}
        own = self._vocabulary(entries[first]) if first in entries else ""
        fits: list[str] = []
        others: list[str] = []
        for name, path in entries.items():
            if name != first:
                (fits if own and self._vocabulary(path) == own else others).append(name)
        return fits, others

    def _vocabulary(self, path: Path) -> str:
        """The digest of a voice's vocabulary, read once; empty for a file that is none."""
        try:
            key = (path, path.stat().st_mtime_ns)
            if key not in self._vocabularies:
                self._vocabularies[key] = read_vocabulary(path)
            return self._vocabularies[key]
        except (OSError, PandemoniumError):
            return ""

    def _mix_changed(self) -> None:
        self._show_mix()
        self._generation.remix(self.context.settings.values.writing.mix)
        if set(self._mix(self._voices.chosen).names) - {""} != set(self._loaded):
            self._voices.load_again()

    def _show_mix(self) -> None:
        if not self.context.settings.value("panel.mixing"):
            return
        first = self._voices.chosen
        mixable, others = self._mixable(first)
        mix = VoiceMix.of(self.context.settings.values.writing.mix, mixable)
        loaded = self._voices.current
        named = loaded.card.mixture if loaded is not None and loaded.name == first else {}
        self.panel.show_mix(
            mix, first, mixable, self._why_not(first, mixable, others), VoiceMix.proposed(named, mixable)
        )

    def _why_not(self, first: str, mixable: list[str], others: list[str]) -> str:
        """A sentence about the voices that are not offered."""
        if not first:
            return ""
        if not others:
            return "" if mixable else self.tr("There is no other voice here yet that could be mixed in.")
        named = ", ".join(map(capitalized, others[:_SHOWN])) + (" …" if len(others) > _SHOWN else "")
        return self.tr("Not offered: {voices}. Only voices that were trained from the same base can be mixed.").format(
            voices=named
        )

    # Presets.

    def _show_presets(self) -> None:
        if not self.context.settings.value("panel.mixing"):
            return
        presets = self.presets.all()
        writing = self.context.settings.values.writing
        chosen = next((preset.name for preset in presets if preset.fits(writing)), "")
        self.panel.show_presets([preset.name for preset in presets], chosen)

    def _apply(self, name: str) -> None:
        store = self.context.settings
        preset = next((each for each in self.presets.all() if each.name == name), None)
        if preset is not None:
            store.set_table("writing", preset.apply(store.values.writing))
            self._tell_missing(preset.name)
        self._show_presets()

    def _tell_missing(self, name: str) -> None:
        """Says which of the voices that a preset mixes are not mixed, since they are not here or do not fit."""
        first = self._voices.chosen
        wanted = _mixed(self.context.settings.values.writing.mix)
        missing = [each for each in wanted if each not in (first, *self._mixable(first)[0])]
        if missing:
            self.context.messages.offer(
                self.tr("{name} mixes in {voices}, which cannot be mixed here. The rest of it holds.").format(
                    name=name, voices=", ".join(map(capitalized, missing[:_SHOWN]))
                ),
                {},
            )

    async def _save(self) -> None:
        context = self.context
        proposed = self.panel.preset
        name = await context.dialogs.ask_name(self.tr("A name for these settings"), proposed, context.window)
        if not name:
            return
        known = {preset.name.casefold(): preset.name for preset in self.presets.all()}
        if name.casefold() in known and not await self._may_replace(known[name.casefold()]):
            return
        self._try(lambda: self.presets.save(OwnPreset.of(name, context.settings.values.writing)))

    async def _may_replace(self, name: str) -> bool:
        answer = await self.context.dialogs.ask(
            "replacePresetBox",
            self.tr("There is a preset called {name}.").format(name=name),
            self.tr("Saving puts the settings of now in its place."),
            {"replace": self.tr("Replace"), "keep": self.tr("Keep it")},
        )
        return answer == "replace"

    def _remove(self) -> None:
        preset = next((each for each in self.presets.all() if each.name == self.panel.preset), None)
        if preset is None or not self._try(lambda: self.presets.remove(preset.name)):
            return
        self.context.messages.offer(
            self.tr("{name} is removed.").format(name=preset.name),
            {self.tr("Bring it back"): lambda: self._try(lambda: self.presets.save(preset))},
        )

    async def _export(self) -> None:
        context = self.context
        writing = context.settings.values.writing
        shown = self.panel.preset
        preset = next((each for each in self.presets.all() if each.name == shown), None)
        preset = preset or OwnPreset.of(self.tr("My settings"), writing)
        name = f"{preset.name.replace('/', '-')}{SUFFIX}"
        kinds = self.tr("Presets") + f" (*{SUFFIX})"
        target = await context.dialogs.choose_target(self.tr("Export the preset"), context.window, name, kinds)
        if target is not None and self._try(lambda: write_preset(preset, target)):
            said = self.tr("'{name}' is in the file {file}, in the folder {folder}.")
            context.messages.show_sentence(
                said.format(name=preset.name, file=target.name, folder=target.absolute().parent), lasting=True
            )

    async def _import(self) -> None:
        context = self.context
        kinds = self.tr("Presets") + f" (*{SUFFIX})"
        for file in await context.dialogs.choose_files(self.tr("Import a preset"), context.window, kinds):
            self.import_file(file)

    def import_file(self, file: Path) -> None:
        """Takes a preset's file in, under another name where there is one of its name, and lets it hold."""

        def act() -> None:
            preset = read_preset(file)
            taken = {each.name.casefold() for each in self.presets.all() if each != preset}
            number = 2
            name = preset.name
            while name.casefold() in taken:
                name = f"{preset.name} {number}"
                number += 1
            preset = OwnPreset(name, preset.values)
            self.presets.save(preset)
            store = self.context.settings
            store.set_table("writing", preset.apply(store.values.writing))
            said = self.tr("'{name}' is among your presets, and holds now.").format(name=name)
            self.context.messages.show_sentence(said, lasting=True)
            self._tell_missing(name)

        self._try(act)

    def _try(self, act: Callable[[], object]) -> bool:
        """Does something with the presets; says why not where it cannot be."""
        try:
            act()
        except PandemoniumError as error:
            self.context.messages.show_error(error)
            return False
        finally:
            self._show_presets()
        return True


def _mixed(setting: Sequence[str]) -> list[str]:
    """The voices that a setting mixes in."""
    try:
        return list(parse_mix(setting))
    except PandemoniumError:  # written by hand
        return []
