"""The writer's own presets: how a voice writes, saved under a name, each a small TOML file that can be sent on.

    pandemonium = "preset"
    name = "Storm at sea"

    [writing]
    temperature = 0.7
    wanted = ["lantern", "mast"]

`writing` has settings by their names, all but the seed; what it leaves out stays as it is.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from pandemonium.atomic import write_atomically
from pandemonium.errors import SettingsError
from pandemonium.regular_files import read_regular
from pandemonium.settings.declaring import fault_of
from pandemonium.settings.presets import PRESETS
from pandemonium.settings.tree import WritingSettings

SUFFIX = ".toml"
LARGEST = 2 << 20
"""Bytes that a preset's file may have."""
LONGEST_NAME = 60
_LONGEST_LIST = 50_000
_LONGEST_ENTRY = 200
_KIND = "preset"
_NOT_KEPT = ("seed",)
_ANOTHER = "Choose another file."


@dataclass(frozen=True)
class OwnPreset:
    """A preset of the writer's.

    Attributes:
        name: that it has.
        values: settings of writing by their names, each within its range.
    """

    name: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, name: str, settings: WritingSettings) -> OwnPreset:
        """What `settings` say, under a name.

        Raises:
            SettingsError: the name cannot be one.
        """
        check_preset_name(name)
        kept = {each.name: getattr(settings, each.name) for each in fields(settings) if each.name not in _NOT_KEPT}
        return cls(name, kept)

    def apply(self, settings: WritingSettings) -> WritingSettings:
        """The settings with this preset's values."""
        return replace(settings, **self.values)

    def fits(self, settings: WritingSettings) -> bool:
        """Tells whether the settings are this preset's."""
        return all(getattr(settings, name) == value for name, value in self.values.items())


class OwnPresets:
    """The folder of the writer's presets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[OwnPreset]:
        """Those that can be read, by their names."""
        found: dict[str, OwnPreset] = {}
        for path in sorted(self.folder.glob(f"*{SUFFIX}")) if self.folder.is_dir() else []:
            try:
                preset = read_preset(path)
            except SettingsError:
                continue
            found.setdefault(preset.name.casefold(), preset)
        return sorted(found.values(), key=lambda preset: preset.name.casefold())

    def save(self, preset: OwnPreset) -> None:
        """Keeps a preset, in the place of the one that has its name.

        Raises:
            SettingsError: it cannot be written.
        """
        write_preset(preset, self._path(preset.name))

    def remove(self, name: str) -> None:
        """Forgets a preset.

        Raises:
            SettingsError: its file cannot be removed.
        """
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(f"'{name}' could not be removed: {error.strerror or error}.") from error

    def find(self, name_or_file: str) -> Mapping[str, Any]:
        """The values of a preset that comes with the program, of the writer's own, or of a file.

        Raises:
            SettingsError: there is none, or the file is no preset.
        """
        asked = name_or_file.strip().casefold()
        for shipped in PRESETS:
            if shipped.key == asked:
                return shipped.values()
        for preset in self.all():
            if preset.name.casefold() == asked:
                return preset.values
        path = Path(name_or_file).expanduser()
        try:
            is_there = path.exists()
        except (OSError, ValueError):
            is_there = False
        if is_there:
            return read_preset(path).values
        names = ", ".join([*(each.key for each in PRESETS), *(each.name for each in self.all())])
        raise SettingsError(
            f"There is no preset '{name_or_file[:LONGEST_NAME]}'.", f"Choose one of {names}, or a file."
        )

    def _path(self, name: str) -> Path:
        """Where a preset lies: a file name that every system takes, whatever the name."""
        plain = re.sub(r"[^a-z0-9]+", "-", name.casefold())[:30].strip("-")
        digest = hashlib.sha256(name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return self.folder / f"{plain or 'preset'}-{digest}{SUFFIX}"


def write_preset(preset: OwnPreset, path: Path) -> None:
    """Writes a preset's file, whole or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    writing = {name: list(value) if isinstance(value, tuple) else value for name, value in preset.values.items()}
    data = tomli_w.dumps({"pandemonium": _KIND, "name": preset.name, "writing": writing})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data.encode("utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(f"The preset could not be saved to {path}: {reason}.", "Choose another place.") from error


def read_preset(path: Path) -> OwnPreset:
    """Reads a preset's file, which anybody may have made.

    Raises:
        SettingsError: it is none, or a value lies outside its range.
    """
    try:
        data = read_regular(path, LARGEST)
        raw = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise SettingsError(f"{path.name} is no preset, or it is damaged.", _ANOTHER) from error
    except OSError as error:
        raise SettingsError(f"{path.name} cannot be read: {error.strerror or error}.", _ANOTHER) from error
    name = raw.get("name")
    writing = raw.get("writing")
    if raw.get("pandemonium") != _KIND or not isinstance(name, str) or not isinstance(writing, dict):
        raise SettingsError(f"{path.name} is no preset.", _ANOTHER)
    check_preset_name(name)
    return OwnPreset(name, _values(writing, path.name))


def _values(writing: Mapping[str, Any], file: str) -> dict[str, Any]:
    usual = WritingSettings()
    values: dict[str, Any] = {}
    for each in fields(usual):
        if each.name not in writing or each.name in _NOT_KEPT:
            continue
        value = writing[each.name]
        default = getattr(usual, each.name)
        if isinstance(value, list):
            value = tuple(value)
        elif isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if isinstance(default, int) and not isinstance(default, bool) and not isinstance(value, int):
            raise SettingsError(f"In {file}, {each.name.replace('_', '-')} must be a whole number.", _ANOTHER)
        if fault := fault_of(each.name, value, each.metadata) or _too_long(each.name, value):
            raise SettingsError(f"In {file}, {fault[:300]}", _ANOTHER)
        values[each.name] = value
    return values


def _too_long(name: str, value: Any) -> str:
    if not isinstance(value, tuple):
        return ""
    if len(value) > _LONGEST_LIST:
        return f"{name} has more than {_LONGEST_LIST:,} entries."
    if any(len(each) > _LONGEST_ENTRY or not each.isprintable() for each in value):
        return f"{name} has an entry that is too long, or has signs that cannot be printed."
    return ""


def check_preset_name(name: str) -> None:
    """Checks that a preset can be called so.

    Raises:
        SettingsError: it cannot.
    """
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise SettingsError("A preset needs a name of one line.", f"Give it one of at most {LONGEST_NAME} characters.")
    if any(preset.key == name.casefold() for preset in PRESETS):
        raise SettingsError(f"'{name}' comes with the program.", "Give your preset another name.")
