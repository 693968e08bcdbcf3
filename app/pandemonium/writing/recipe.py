"""The recipe of a text that a voice wrote: all it takes to have it written again, letter for letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from typing import Any, get_args, get_origin, get_type_hints

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.writing.request import ContinueRequest, Person

# The text before the cursor is the document's: of it a hash is kept. The others mean something in one window alone.
_NOT_KEPT = ("number", "revision", "before")


@dataclass(frozen=True)
class MixedVoice:
    """A voice that stood beside the one that wrote.

    Attributes:
        name: of the voice.
        sha256: the hash of its file, hexadecimal.
    """

    name: str
    sha256: str


@dataclass(frozen=True)
class Recipe:
    """How one text was written. The same voice writes the same text from it, on the same machine.

    Attributes:
        voice: its name.
        voice_sha256: the hash of its file, hexadecimal.
        device: "cpu" or "gpu".
        asked: the request as plain values by its fields' names, but for the text before the cursor; its seed is the
            first alternative's.
        alternative: which of the request's texts this is, from 0.
        before_length: characters that stood before the cursor and went with the request.
        before_sha256: their hash.
        at: when it was written, in ISO 8601.
        mixed: the voices beside it, in the order in which they were loaded; whatever their shares, all of them read.
    """

    voice: str
    voice_sha256: str
    device: str
    asked: Mapping[str, Any]
    alternative: int
    before_length: int
    before_sha256: str
    at: str
    mixed: tuple[MixedVoice, ...] = ()

    @classmethod
    def of(
        cls,
        request: ContinueRequest,
        voice: str,
        voice_sha256: str,
        device: str,
        at: str,
        alternative: int = 0,
        mixed: Sequence[MixedVoice] = (),
    ) -> Recipe:
        """The recipe of what `request` writes; its settings must name a seed."""
        kept = {name: value for name, value in asdict(request).items() if name not in _NOT_KEPT}
        asked = json.loads(json.dumps(kept))  # as it comes out of a file
        length = len(request.before)
        before = _hash(request.before)
        return cls(voice, voice_sha256, device, asked, alternative, length, before, at, tuple(mixed))

    @property
    def settings(self) -> WritingSettings:
        """How it was written.

        Raises:
            PandemoniumError: this program does not know such settings.
        """
        found: WritingSettings = _restored(WritingSettings, self.asked.get("settings", {}))
        return found

    @property
    def cast(self) -> tuple[Person, ...]:
        """Who was in the scene.

        Raises:
            PandemoniumError: another version of the program tells of people otherwise.
        """
        found: tuple[Person, ...] = _restored(tuple[Person, ...], self.asked.get("cast", ()))
        return found

    def other(self, alternative: int) -> Recipe:
        """The recipe of another text of the same request."""
        return replace(self, alternative=alternative)

    def fits(self, before: str) -> bool:
        """Tells whether `before` is the text that stood before the cursor."""
        return len(before) == self.before_length and _hash(before) == self.before_sha256

    def request(self, number: int, revision: int, before: str) -> ContinueRequest:
        """What is to be asked to have it written again.

        Args:
            number, revision: as in a `ContinueRequest`.
            before: the text before the cursor; see `fits`.

        Raises:
            PandemoniumError: another version of the program has written it with what this one does not know.
        """
        hints = get_type_hints(ContinueRequest)
        values = {name: _restored(hints[name], value) for name, value in self.asked.items() if name in hints}
        return ContinueRequest(**{**values, "number": number, "revision": revision, "before": before})

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: object) -> Recipe:
        """Reads what `to_dict` gave.

        Raises:
            PandemoniumError: it is no recipe.
        """
        kinds: dict[str, type] = {"asked": dict, "alternative": int, "before_length": int}
        names = [each.name for each in fields(cls) if each.name != "mixed"]
        if not isinstance(values, dict) or any(
            not isinstance(values.get(name), kinds.get(name, str)) for name in names
        ):
            raise PandemoniumError("This is no recipe of a continuation.", "Take what `continue --json` has printed.")
        mixed = values.get("mixed", ())  # a recipe of before voices were told of has none
        return cls(**{name: values[name] for name in names}, mixed=_restored(tuple[MixedVoice, ...], mixed))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _restored(kind: Any, value: Any) -> Any:
    """Plain values as `kind` again: a dataclass of such fields, a tuple, or a plain value itself."""
    try:
        if is_dataclass(kind) and isinstance(kind, type):
            hints = get_type_hints(kind)
            return kind(**{name: _restored(hints[name], each) for name, each in value.items() if name in hints})
        if get_origin(kind) is tuple:
            (inner, *_) = get_args(kind)
            return tuple(_restored(inner, each) for each in value)
        return value
    except (AttributeError, TypeError, ValueError) as error:
        raise PandemoniumError(
            "This was written by another version of the program, and cannot be written again.", "Have it written anew."
        ) from error
