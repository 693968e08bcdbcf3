"""A recipe in the window's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from pandemonium.desktop.core.setting_widgets import translated
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.desktop.features.generation.attempt_place import TAIL
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import capitalized
from pandemonium.writing.mixing import parse_mix
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import Person

_ALWAYS = ("temperature", "words")  # the others are told where they are not as usual
_NOT_TOLD = ("seed", "alternatives", "mix")  # these are told in a line of their own
_LAST_WORDS = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recipe", text)


def format_time(recipe: Recipe) -> str:
    """When it was written; empty where that is not known."""
    try:
        at = datetime.fromisoformat(recipe.at)
    except ValueError:
        return ""
    return f"{QLocale().toString(at.date(), QLocale.FormatType.LongFormat)}, {at:%H:%M}"  # type: ignore[call-overload]


def format_lead(attempt: Attempt) -> str:
    """Who has written it, and when, in a sentence."""
    voice = capitalized(attempt.voice)
    when = format_time(attempt.recipe) if attempt.recipe is not None else ""
    if not when:
        return _tr("{voice} wrote this.").format(voice=voice)
    return _tr("{voice} wrote this on {when}.").format(voice=voice, when=when)


def format_short(attempt: Attempt) -> str:
    """How it was written, on one line: the voice, how daring, and the seed."""
    parts = [capitalized(attempt.voice)]
    asked = attempt.recipe.asked.get("settings") if attempt.recipe is not None else None
    if isinstance(asked, dict) and isinstance(asked.get("temperature"), (int, float)):
        parts.append(_tr("temperature {value}").format(value=f"{asked['temperature']:.2f}"))
    if attempt.seed:
        parts.append(_tr("seed {value}").format(value=attempt.seed))
    return ", ".join(filter(None, parts))


def format_recipe(attempt: Attempt, tail: str) -> Iterator[tuple[str, str]]:
    """What it was written with: names and values.

    Args:
        attempt: that has a recipe.
        tail: the text before its place.
    """
    recipe = attempt.recipe
    assert recipe is not None
    yield _tr("Voice's file"), recipe.voice_sha256
    for beside in recipe.mixed:
        yield _tr("File of {voice}").format(voice=capitalized(beside.name)), beside.sha256
    try:
        settings = recipe.settings
        cast = recipe.cast
    except PandemoniumError:
        yield _tr("Settings"), _tr("of another version of the program")
        return
    yield from _settings(settings)
    yield from _shares(recipe, settings)
    if cast:
        yield _tr("In the scene"), ", ".join(map(_format_person, cast))
    yield _tr("Seed"), str(attempt.seed or settings.seed)
    if settings.alternatives > 1:
        which = _tr("{n} of {count}").format(n=recipe.alternative + 1, count=settings.alternatives)
        yield _tr("Written together"), which
    device = {"cpu": _tr("Processor"), "gpu": _tr("Graphics card")}.get(recipe.device, recipe.device)
    yield _tr("Device"), device
    words = (tail.split(" ", 1)[-1] if len(tail) >= TAIL else tail).split()  # the first may be a part of one
    yield _tr("Behind"), "… " + " ".join(words[-_LAST_WORDS:]) if words else _tr("the document's beginning")


def _format_person(person: Person) -> str:
    """A name, with its pronoun where it has one."""
    return f"{person.name} ({person.pronoun})" if person.pronoun else person.name


def _shares(recipe: Recipe, settings: WritingSettings) -> Iterator[tuple[str, str]]:
    """How voices were mixed, and what was made of it while they wrote."""
    if settings.mix:
        yield _tr("Mixed in"), _format_mix(settings.mix)
    moved = recipe.asked.get("remixes")
    if isinstance(moved, list) and moved and isinstance(moved[-1], dict):
        yield (
            _tr("Shares moved"),
            _tr("{n} times, at last to {mix}").format(
                n=len(moved), mix=_format_mix(tuple(map(str, moved[-1].get("mix", ()))))
            ),
        )


def _format_mix(mix: Sequence[str]) -> str:
    """Shares as a writer reads them; as they stand where they cannot be read."""
    try:
        shares = parse_mix(mix)
    except PandemoniumError:
        return ", ".join(mix)
    return ", ".join(f"{capitalized(name)} {round(100 * share)} %" for name, share in shares.items())


def _settings(settings: WritingSettings) -> Iterator[tuple[str, str]]:
    for each in fields(settings):
        value = getattr(settings, each.name)
        if each.name in _NOT_TOLD or (value == each.default and each.name not in _ALWAYS):
            continue
        title = translated(each.metadata.get("title", "")) or capitalized(each.name.replace("_", " "))
        if each.name == "words":
            title = _tr("Length")
            value = _tr("{n} words").format(n=value)
        elif isinstance(value, bool):
            value = _tr("on") if value else _tr("off")
        elif isinstance(value, tuple):
            value = ", ".join(map(str, value))
        yield title, str(value)
