"""The voice library: the voices that come with the program and the writer's own, by name."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pandemonium.atomic import one_at_a_time_in, sweep, write_atomically
from pandemonium.errors import VoiceError
from pandemonium.text.controls import one_line
from pandemonium.voice.card import Card
from pandemonium.voice.file import SUFFIX, parse_voice, read_card, read_voice_bytes, save_voice

DEFAULT = "lovecraft"
_SIGN = r"[^\x00-\x1f\x7f/\\:*?\"<>|\ud800-\udfff]"
_NAME = re.compile(rf"(?!\.){_SIGN}{{1,80}}")
_JOINERS = dict.fromkeys((0x200C, 0x200D))  # no letters, but Persian and Hindi are spelled with them
_LONGEST = 200  # bytes; file systems allow 255, and a voice that is being copied has a longer name


@dataclass(frozen=True)
class VoiceEntry:
    """A voice in the library.

    Attributes:
        name: how it is asked for.
        path: its file.
        bundled: it came with the program and cannot be changed.
    """

    name: str
    path: Path
    bundled: bool

    def card(self) -> Card:
        """The voice's card.

        Raises:
            VoiceError: the file is damaged.
        """
        return read_card(self.path)


class VoiceLibrary:
    """Two folders of voice files, one of them the writer's."""

    def __init__(self, bundled: Path, own: Path) -> None:
        self._bundled = bundled
        self._own = own

    def entries(self) -> list[VoiceEntry]:
        """Every voice: the default one, the other bundled ones by name, the writer's by name.

        An own voice hides a bundled one of its name.
        """
        own = [VoiceEntry(path.stem, path, False) for path in _voices(self._own)]
        hidden = {entry.name for entry in own}
        bundled = [VoiceEntry(path.stem, path, True) for path in _voices(self._bundled) if path.stem not in hidden]
        return [*sorted(bundled, key=lambda entry: entry.name != DEFAULT), *own]

    def find(self, name_or_file: str) -> Path:
        """The file of a voice, by its name in the library or by its path.

        Raises:
            VoiceError: there is none.
        """
        by_name = {entry.name.casefold(): entry.path for entry in self.entries()}
        if (path := by_name.get(name_or_file.casefold())) is not None:
            return path
        try:
            if (path := Path(name_or_file).expanduser()).is_file():
                return path
        except (OSError, RuntimeError):  # too long a name, or a home that nobody has
            pass
        names = ", ".join(entry.name for entry in self.entries()) or "none"
        raise VoiceError(
            f"There is no voice '{one_line(name_or_file)}'.",
            f"Voices here: {names}; or give the path of a .voice file.",
        )

    def import_file(self, source: Path, name: str = "") -> VoiceEntry:
        """Takes a copy of a voice file into the writer's folder, after verifying all of it.

        Raises:
            VoiceError: the file is no sound voice, or the name is taken or impossible.
        """
        data = read_voice_bytes(source)
        parse_voice(source, data)
        return self._put(data, name or source.stem)

    def export(self, name: str, target: Path, *, with_names: bool = False) -> None:
        """Copies a voice to a file of the writer's choice.

        Args:
            name: of the voice.
            target: the file.
            with_names: the names of the texts that it learned from go with it, on its card and in `voice.sources`; they
                are the writer's own files' and are left out else.

        Raises:
            VoiceError: there is no such voice, or the file cannot be written.
        """
        path = self.find(name)
        data = read_voice_bytes(path)
        if with_names or not _names_texts(data):
            _write(target, data)
            return
        voice = parse_voice(path, data)
        assert voice.profile is not None
        assert voice.profile.sources is not None
        texts = len(voice.profile.sources.names)
        card = replace(voice.card, trained_on="one text" if texts == 1 else f"{texts} texts")
        save_voice(replace(voice, card=card, profile=replace(voice.profile, sources=None)), target)

    def duplicate(self, name: str, new_name: str) -> VoiceEntry:
        """Copies a voice, bundled or own, under a new name into the writer's folder.

        Raises:
            VoiceError: see `import_file`.
        """
        return self._put(read_voice_bytes(self.find(name)), new_name)

    def rename(self, name: str, new_name: str) -> VoiceEntry:
        """Gives an own voice another name.

        Raises:
            VoiceError: it is bundled or missing, or the name is taken or impossible.
        """
        with one_change_at_a_time(self._own):
            entry = self._own_entry(name)
            target = self._free(new_name, but=entry)
            _move(entry.path, target)
        return VoiceEntry(new_name, target, False)

    def remove(self, name: str) -> Path:
        """Sets an own voice aside in the folder's bin, from where `restore` brings it back.

        Returns:
            where it lies now.

        Raises:
            VoiceError: it is bundled or missing.
        """
        with one_change_at_a_time(self._own):
            path = self._own_entry(name).path
            target = self._own / "removed" / path.name
            if target.exists():  # removed earlier under this name: that one stays, too
                older = (target.with_stem(f"{target.stem} ({number})") for number in itertools.count(2))
                _move(target, next(each for each in older if not each.exists()))
            _move(path, target)
        return target

    def restore(self, name: str) -> VoiceEntry:
        """Brings back the voice last removed under `name`.

        Raises:
            VoiceError: none was, or the name is taken by now.
        """
        check_name(name)
        source = self._own / "removed" / f"{name}{SUFFIX}"
        with one_change_at_a_time(self._own):
            if not source.is_file():
                raise VoiceError(f"No voice '{name}' was removed.", "See the list of voices.")
            target = self._free(name)
            _move(source, target)
        return VoiceEntry(name, target, False)

    def _own_entry(self, name: str) -> VoiceEntry:
        for entry in self.entries():
            if entry.name.casefold() == name.casefold():
                if entry.bundled:
                    raise VoiceError(
                        f"The voice '{name}' comes with the program.", "Duplicate it, then change the copy."
                    )
                return entry
        raise VoiceError(f"There is no voice '{name}'.", "See the list of voices.")

    def _free(self, name: str, but: VoiceEntry | None = None) -> Path:
        check_name(name)
        if any(entry.name.casefold() == name.casefold() and entry != but for entry in self.entries()):
            raise VoiceError(f"There is a voice '{name}' already.", "Choose another name.")
        return self._own / f"{name}{SUFFIX}"

    def _put(self, data: bytes, name: str) -> VoiceEntry:
        with one_change_at_a_time(self._own):
            target = self._free(name)
            _write(target, data)
        return VoiceEntry(name, target, False)


@contextlib.contextmanager
def one_change_at_a_time(folder: Path) -> Iterator[None]:
    """Lets one process after the other change the writer's voices: of two that want a name, one gets it.

    Raises:
        VoiceError: the folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(one_at_a_time_in(folder))
        except OSError as error:
            raise VoiceError(
                f"Nothing can be changed in {folder}: {error.strerror}.", "See whose folder it is."
            ) from error
        yield


def sweep_voices(folder: Path) -> None:
    """Takes away what killed processes, also of earlier versions, left half copied in the writer's folder of voices."""
    sweep(folder)
    with contextlib.suppress(OSError):
        for path in folder.glob(f".*{SUFFIX}.part"):
            path.unlink()


def check_name(name: str) -> None:
    """Makes sure that a voice can have this name: its file is called so on every system.

    At most 80 characters and 200 bytes, printable, none that a file system keeps for itself, no white space at
    either end, no dot first.

    Raises:
        VoiceError: it cannot.
    """
    shown = name.translate(_JOINERS)
    sound = _NAME.fullmatch(name) and name == name.strip() and shown.isprintable()
    if not sound or len(name.encode()) > _LONGEST:
        shown = one_line(name, 80)
        raise VoiceError(f"A voice cannot be called '{shown}'.", "Use up to 80 letters, digits, spaces and hyphens.")


def _names_texts(data: bytes) -> bool:
    """Tells whether the bytes of a voice file name the texts that it learned from."""
    return b'"profile.runs"' in data[8 : 8 + int.from_bytes(data[:8], "little")]


def _voices(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((p for p in folder.glob(f"*{SUFFIX}") if not p.name.startswith(".")), key=lambda p: p.name.casefold())


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
    except OSError as error:
        raise VoiceError(
            f"The voice could not be moved to {target}: {error.strerror}.", "See whose folder it is."
        ) from error


def _write(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, data)
    except IsADirectoryError as error:
        raise VoiceError(f"{target} is a folder.", "Name a file in it.") from error
    except OSError as error:
        raise VoiceError(
            f"The voice could not be copied to {target}: {error.strerror}.", "Make room or choose another folder."
        ) from error
