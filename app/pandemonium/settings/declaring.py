"""Declares a setting once, with its default, range and meaning, and checks that a value keeps to them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any

from pandemonium.errors import SettingsError


def number(
    default: float,
    low: float,
    high: float,
    meaning: str,
    *,
    title: str = "",
    hint: str = "",
    unit: str = "",
    step: float = 1,
    lowest: str = "",
) -> Any:
    """Declares a number between `low` and `high`, both allowed.

    Args:
        default, low, high: the number, and its range.
        meaning: for the command line and the settings file.
        title, hint: what it is called where it is shown, and a sentence below it.
        unit: behind the number.
        step: of one click.
        lowest: what its lowest value is called, where that is no number.
    """
    shown = {"title": title, "hint": hint, "unit": unit, "step": step, "lowest": lowest}
    return field(default=default, metadata={"low": low, "high": high, "meaning": meaning, **shown})


def choice(
    default: str,
    allowed: tuple[str, ...] | Mapping[str, tuple[str, str]],
    meaning: str,
    *,
    title: str = "",
    hint: str = "",
) -> Any:
    """Declares one of a few words; a mapping says what each is called where it is shown, and what it is."""
    choices = dict(allowed) if isinstance(allowed, Mapping) else {key: (key, "") for key in allowed}
    shown = {"title": title, "hint": hint, "choices": choices}
    return field(default=default, metadata={"allowed": tuple(choices), "meaning": meaning, **shown})


def switch(default: bool, meaning: str, *, title: str = "", hint: str = "") -> Any:
    """Declares something that is on or off."""
    return field(default=default, metadata={"switch": True, "meaning": meaning, "title": title, "hint": hint})


def words(default: str, meaning: str, *, title: str = "", hint: str = "") -> Any:
    """Declares free text on one line: a name, a path."""
    return field(default=default, metadata={"words": True, "meaning": meaning, "title": title, "hint": hint})


def several(meaning: str, *, title: str = "") -> Any:
    """Declares a list of texts, empty at first."""
    return field(default=(), metadata={"several": True, "meaning": meaning, "title": title})


class Table:
    """A table of settings, whose values are checked when it is made.

    Raises:
        SettingsError: a value lies outside its range.
    """

    def __post_init__(self) -> None:
        check(self)


def check(settings: Any) -> None:
    """Checks every declared range.

    Raises:
        SettingsError: a value lies outside.
    """
    for each in fields(settings):
        if fault := fault_of(each.name, getattr(settings, each.name), each.metadata):
            raise SettingsError(fault)


def fault_of(name: str, value: Any, meta: Any) -> str:
    """Says in one sentence why `value` does not keep to its declaration; empty if it does."""
    label = name.replace("_", "-")
    if "low" in meta and not _is_number_between(value, meta["low"], meta["high"]):
        return f"{label} must lie between {meta['low']} and {meta['high']}, not {value!r}."
    if "allowed" in meta and value not in meta["allowed"]:
        return f"{label} must be one of {', '.join(meta['allowed'])}, not {value!r}."
    if "switch" in meta and not isinstance(value, bool):
        return f"{label} must be true or false, not {value!r}."
    if "words" in meta and not isinstance(value, str):
        return f"{label} must be text, not {value!r}."
    if "several" in meta and not (isinstance(value, tuple) and all(isinstance(each, str) for each in value)):
        return f"{label} must be a list of texts, not {value!r}."
    return ""


def _is_number_between(value: Any, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return math.isfinite(value) and low <= value <= high
