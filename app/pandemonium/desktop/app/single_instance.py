"""One running window for each user: who starts the program again hands the file over, without loading Qt at all.

The window that runs holds a lock, which the system lifts when its process ends, however it ends. A later start leaves
a request in the folder beside it, and the window that takes the request away has answered: no socket is opened, none
can be left behind by a dead process, and a request that nobody takes is withdrawn by the one who left it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from pandemonium import paths
from pandemonium.documents.safekeeping.locks import FileLock
from pandemonium.errors import PandemoniumError
from pandemonium.regular_files import read_regular

PATIENCE = 10.0  # seconds that a running window gets: it may be starting itself, on a slow disk
TOKEN = "XDG_ACTIVATION_TOKEN"  # the environment variable in which a desktop hands it to a program that it starts
_LOCK = "window.lock"
_REQUEST = ".request"
_LARGEST_REQUEST = 1 << 16  # bytes


@dataclass(frozen=True)
class Request:
    """What a later start asks of the window.

    Attributes:
        file: the document to open, absolute; None asks for the window alone.
        token: the desktop's leave to come to the front (Wayland's activation token); may be empty.
    """

    file: Path | None = None
    token: str = ""


class Place:
    """The one place of the running window, in the user's data folder. The lock is held until `leave`.

    Attributes:
        folder: where requests arrive.
    """

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self._lock = lock

    def requests(self) -> list[Request]:
        """Takes the requests that have arrived, the oldest first; whoever left them knows that they were heard."""
        taken = []
        for path in sorted(self.folder.glob(f"*{_REQUEST}"), key=_age):
            request = _read(path)
            try:
                path.unlink()
            except OSError:
                continue  # withdrawn a moment ago: another window opens the file
            if request is not None:
                taken.append(request)
        return taken

    def leave(self) -> None:
        """Gives the place up; a second time does nothing."""
        self._lock.release()


@dataclass(frozen=True)
class Arrival:
    """How a start of the program found things.

    Attributes:
        place: the window's place, where it was free: this process shall be the window.
        heard: a running window has taken the request, and nothing is left to do here.
    """

    place: Place | None = None
    heard: bool = False


def arrive(file: Path | None) -> Arrival:
    """Takes the one window's place, or hands `file` to the window that has it.

    Where neither can be had (nobody answers, the folder cannot be written) this process is one more window, without
    a place: nothing must keep a writer from her text.
    """
    try:
        folder = _folder()
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        return _arrive(folder, file)
    except (OSError, PandemoniumError):
        return Arrival()


def _arrive(folder: Path, file: Path | None) -> Arrival:
    until = time.monotonic() + PATIENCE
    left: Path | None = None
    wait = 0.005
    while (lock := FileLock.take(folder / _LOCK)) is None:
        if left is None:
            left = _leave_request(folder, file)
        elif not left.exists():
            return Arrival(heard=True)
        elif time.monotonic() >= until:
            return Arrival(heard=not _withdraw(left))
        time.sleep(wait)
        wait = min(wait * 1.5, 0.1)
    if left is not None and not _withdraw(left):  # taken just before that window closed
        lock.release()
        return Arrival(heard=True)
    _forget_old_requests(folder)
    return Arrival(Place(folder, lock))


def _folder() -> Path:
    """One folder for each screen: a window on another screen than the one she looks at helps nobody."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or os.environ.get("SESSIONNAME", "")
    key = f"{platform.node()}\n{screen}"
    return paths.user_data() / "windows" / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _leave_request(folder: Path, file: Path | None) -> Path:
    asked = {"file": None if file is None else os.path.abspath(file), "token": os.environ.get(TOKEN, "")}
    name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    draft = folder / f"{name}.part"
    request = folder / f"{name}{_REQUEST}"
    draft.write_text(json.dumps(asked), "ascii")
    draft.replace(request)
    return request


def _withdraw(request: Path) -> bool:
    """Takes a request back; False where it was heard."""
    try:
        request.unlink()
    except FileNotFoundError:
        return False
    return True


def _forget_old_requests(folder: Path) -> None:
    """Takes away what a start left that was killed while it waited; those that still wait will be heard."""
    oldest = time.time_ns() - int(PATIENCE * 1e9)
    for path in folder.iterdir():
        if path.suffix in (_REQUEST, ".part") and path.name < f"{oldest:020d}":
            with contextlib.suppress(OSError):
                path.unlink()


def _read(path: Path) -> Request | None:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        asked = json.loads(read_regular(path, _LARGEST_REQUEST).decode("ascii"))
        file = asked["file"]
        token = asked["token"]
        if isinstance(token, str) and "\0" not in token and "\0" not in (file or ""):
            return Request(Path(file) if file else None, token)
    return None


def _age(path: Path) -> str:
    return path.name
