"""Keeps the settings as TOML: unknown keys stay, old files are upgraded by numbered steps, broken ones set aside."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import tomli_w

from pandemonium.atomic import write_atomically
from pandemonium.errors import SettingsError
from pandemonium.settings.declaring import fault_of
from pandemonium.settings.presets import PRESETS
from pandemonium.settings.tree import Settings, Shortcuts

VERSION = 2
_VERSION_KEY = "version"

Table = dict[str, Any]

# The presets as they were before they were chosen anew by reading, by their keys.
_FIRST_PRESETS = {
    "careful": {"temperature": 0.65, "top_p": 0.85, "min_p": 0.03, "balance": 1.0},
    "balanced": {"temperature": 0.8, "top_p": 0.9, "min_p": 0.02, "balance": 1.45},
    "wild": {"temperature": 1.05, "top_p": 0.97, "min_p": 0.01, "balance": 0.8},
}


def _to_version_2(raw: Table) -> Table:
    """Whoever wrote with a preset writes on with the preset of that name; what was set by hand stays."""
    writing = raw.get("writing")
    if not isinstance(writing, dict):
        return raw
    for preset in PRESETS:
        first = _FIRST_PRESETS.get(preset.key, {})
        if first and all(writing.get(name) == value for name, value in first.items()):
            return {**raw, "writing": {**writing, **preset.values()}}
    return raw


# From each version to the next, on the raw tables: {1: to_version_2, ...}.
UPGRADES: Mapping[int, Callable[[Table], Table]] = {1: _to_version_2}


class SettingsFile:
    """The settings file of one user.

    Attributes:
        path: where it lies, or will lie.
        notes: sentences about what could not be taken from the file, for the window to show.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        self._raw: Table = {}

    def load(self) -> Settings:
        """Reads the file; what is missing or outside its range falls back to its default.

        A file that is no TOML is renamed to `settings.toml.broken` and told of in `notes`.
        """
        self.notes = []
        self._raw = self._upgraded(self._read())
        tables = {each.name: self._table(each) for each in fields(Settings)}
        return Settings(**tables)

    def save(self, settings: Settings) -> None:
        """Writes the file atomically; keys that this version does not know stay in it.

        Raises:
            SettingsError: the file cannot be written.
        """
        raw = dict(self._raw)
        raw[_VERSION_KEY] = max(VERSION, _version(raw))
        for each in fields(settings):
            table = getattr(settings, each.name)
            if isinstance(table, Shortcuts):
                raw[each.name] = dict(table.keys)
                continue
            known = {one.name: _plain(getattr(table, one.name)) for one in fields(table)}
            before = raw.get(each.name)
            raw[each.name] = {**(before if isinstance(before, dict) else {}), **known}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, tomli_w.dumps(raw).encode("utf-8"))
        except OSError as error:
            raise SettingsError(
                f"The settings could not be saved to {self.path}: {error.strerror or error}.",
                "Your document is not concerned.",
            ) from error
        self._raw = raw

    def _read(self) -> Table:
        try:
            return tomllib.loads(self.path.read_bytes().decode("utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            aside = self.path.with_name(self.path.name + ".broken")
            try:
                self.path.replace(aside)
                self.notes.append(f"The settings file could not be read; it was set aside as {aside.name}.")
            except OSError:
                self.notes.append("The settings file could not be read; the usual settings are used.")
        except OSError as error:
            self.notes.append(f"The settings file could not be read: {error.strerror or error}.")
        return {}

    def _upgraded(self, raw: Table) -> Table:
        version = _version(raw)
        if version > VERSION:
            self.notes.append("The settings come from a newer Pandemonium; what this one does not know is kept.")
        while version < VERSION and version in UPGRADES:
            raw = UPGRADES[version](raw)
            version += 1
            raw[_VERSION_KEY] = version
        return raw

    def _table(self, declared: Field[Any]) -> Any:
        table = getattr(Settings(), declared.name)
        raw = self._raw.get(declared.name, {})
        if not isinstance(raw, dict):
            self.notes.append(f"The table [{declared.name}] of the settings file was passed over.")
            return table
        if isinstance(table, Shortcuts):
            return Shortcuts({name: keys for name, keys in raw.items() if isinstance(keys, str)})
        values: Table = {}
        for each in fields(table):
            if each.name not in raw:
                continue
            value = _typed(raw[each.name], getattr(table, each.name))
            if fault := fault_of(each.name, value, each.metadata):
                self.notes.append(f"In the settings file, {fault}")
            else:
                values[each.name] = value
        return type(table)(**values)


def _version(raw: Table) -> int:
    version = raw.get(_VERSION_KEY, VERSION)
    return version if isinstance(version, int) else VERSION


def _typed(value: Any, default: Any) -> Any:
    """Gives `value` in the type of `default` where TOML writes it otherwise: 13 for 13.0, a list for a tuple."""
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(default, int) and isinstance(value, float) and math.isfinite(value):
        return round(value)
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
