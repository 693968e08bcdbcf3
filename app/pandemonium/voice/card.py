"""A voice's card: what it was trained on, when, by what, and how well it does."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pandemonium.text.controls import one_line
from pandemonium.text.distributions import checked_number

_LONGEST_TITLE = 200
_LONGEST_TEXT = 4000
_MOST = 1e15


@dataclass(frozen=True)
class Card:
    """What a person may want to know about a voice before she trusts it.

    Attributes:
        title: the voice's name as its maker gave it.
        description: one or two sentences.
        trained_on: what texts, in words.
        characters: how many characters of them.
        held_out: what texts were kept out of training, in words.
        bits_per_character: of the int8 voice on the held-out texts.
        trained_at: ISO 8601, UTC.
        program: version of the program that made it.
        device: the machine it was trained on.
        hours: of training, its base voice's not counted.
        tokens: sub-words learned from, repeats counted.
        base: the title of the voice that it went on from; empty for none.
        base_sha256: that file's hash; empty for none.
        foundation: the bundled voice that trainings of this one may begin from, before it turned to one author; empty
            for none.
        foundation_sha256: that file's hash; empty for none.
        licence: of the voice.
        language: ISO 639-1 of what it writes.
        limits: what it does badly.
        mixture: the shares of other voices, by their names, together with which its training found it best; empty for
            none.
        recipe: settings of the training, by name.
    """

    title: str
    description: str = ""
    trained_on: str = ""
    characters: int = 0
    held_out: str = ""
    bits_per_character: float = 0.0
    trained_at: str = ""
    program: str = ""
    device: str = ""
    hours: float = 0.0
    tokens: int = 0
    base: str = ""
    base_sha256: str = ""
    foundation: str = ""
    foundation_sha256: str = ""
    licence: str = ""
    language: str = ""
    limits: str = ""
    mixture: dict[str, Any] = field(default_factory=dict)
    recipe: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The fields, for the voice file and for `--json`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Card:
        """Reads a card; fields that a later version may have added are passed over, wrong types fall back.

        Every text comes out as one line of plain words, whatever was in it.

        Raises:
            KeyError: there is no title.
            ValueError: a number is none that a card could have.
        """
        known: dict[str, Any] = {"title": one_line(str(values["title"]), _LONGEST_TITLE)}
        for each in fields(cls):
            value = values.get(each.name)
            match str(each.type):
                case "str" if isinstance(value, str) and each.name != "title":
                    known[each.name] = one_line(value, _LONGEST_TEXT)
                case "int" if isinstance(value, int):
                    known[each.name] = int(checked_number(value, _MOST))
                case "float" if isinstance(value, (int, float)):
                    known[each.name] = checked_number(value, _MOST)
                case "dict[str, Any]" if isinstance(value, dict):
                    known[each.name] = value
        return cls(**known)
