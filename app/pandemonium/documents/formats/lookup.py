"""The formats by their names. `registry` enters them, so that none of them has to know it to find another."""

from __future__ import annotations

from collections.abc import Iterable

from pandemonium.documents.formats.format import Form, Format

_PLAIN = "txt"
_BY_NAME: dict[str, Format] = {}


def enter(formats: Iterable[Format]) -> None:
    """Makes formats known by their names."""
    _BY_NAME.update((each.name, each) for each in formats)


def format_named(name: str) -> Format:
    """The format of that name; plain text where there is none, as for a document that never had a file."""
    return _BY_NAME.get(name, _BY_NAME[_PLAIN])


def form_named(name: str) -> Form:
    """The form of a text in that format; rich where it has none, as a document that never had a file."""
    return _BY_NAME[name].form if name in _BY_NAME else "rich"
