"""Where the program's parts and the user's files lie."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import ModuleType

from pandemonium.errors import PandemoniumError

MANIFEST = "MANIFEST.json"
_APP = "pandemonium"
_OWN = 0o700  # copies of her texts lie there: no other user of the machine needs to see them


def _bundled(folder: str) -> Path:
    """Finds `resources` or `models`: beside the package, beside its parent or its grandparent.

    That holds in a wheel and a frozen build (inside the package), in a checkout and an editable install
    (two levels up).
    """
    package = Path(__file__).resolve().parent
    places = [package, package.parent, package.parent.parent]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        places.insert(0, Path(frozen))
    for place in places:
        if (place / folder / MANIFEST).is_file():
            return place / folder
    raise PandemoniumError(f"The program's folder '{folder}' is missing.", "Install Pandemonium again.")


def resources() -> Path:
    """The folder of fonts, icons, word lists and recipes.

    Raises:
        PandemoniumError: the installation is incomplete.
    """
    return _bundled("resources")


def models() -> Path:
    """The folder of voices that come with the program.

    Raises:
        PandemoniumError: the installation is incomplete.
    """
    return _bundled("models")


def home() -> Path | None:
    """The folder that PANDEMONIUM_HOME names for all user data (tests, portable use), or None."""
    value = os.environ.get("PANDEMONIUM_HOME", "")
    return Path(value).expanduser() if value else None


def user_data() -> Path:
    """The user's data folder (voices, autosaves, earlier versions, trainings); made if it is not there."""
    base = home()
    return _made(base / "data" if base else Path(_platformdirs().user_data_dir(_APP, appauthor=False)))


def user_config() -> Path:
    """The user's configuration folder; made if it is not there."""
    base = home()
    return _made(base / "config" if base else Path(_platformdirs().user_config_dir(_APP, appauthor=False)))


def user_voices() -> Path:
    """The user's own voices; made if it is not there."""
    return _made(user_data() / "voices")


def _platformdirs() -> ModuleType:
    # Imported when needed: the machine that trains the bundled voice may not have it.
    import platformdirs

    return platformdirs


def _made(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True, mode=_OWN)
        if os.name == "posix" and path.stat().st_mode & 0o077:  # made by an earlier version
            with contextlib.suppress(OSError):
                path.chmod(_OWN)
    except OSError as error:
        raise PandemoniumError(
            f"The folder {path} cannot be made: {error.strerror}.", "Set PANDEMONIUM_HOME to a folder you may write to."
        ) from error
    return path
