"""Short names for the parts of a window, for those who drive it from outside: tests, pictures, measurements."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from pandemonium.desktop.features.authorship.authorship import AuthorshipController
from pandemonium.desktop.features.cast.cast import Cast
from pandemonium.desktop.features.choices.choices import Choices
from pandemonium.desktop.features.choices.recipes import Recipes
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.copied.copied import Copied
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.document_words import DocumentWords
from pandemonium.desktop.features.files.recent_files import RecentFiles
from pandemonium.desktop.features.find.find import Find
from pandemonium.desktop.features.first_start.empty_page import EmptyPage
from pandemonium.desktop.features.first_start.first_hints import FirstHints
from pandemonium.desktop.features.formatting.format_menu import Format
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.generation_panel.panel import Panel
from pandemonium.desktop.features.goals.goals import Goals
from pandemonium.desktop.features.help.help import Help
from pandemonium.desktop.features.insight.how_it_reads import HowItReads
from pandemonium.desktop.features.insight.surprise_map import SurpriseMap
from pandemonium.desktop.features.library.library import Library
from pandemonium.desktop.features.mixing.mixing import Mixing
from pandemonium.desktop.features.next_words.next_words import NextWordsAtCursor
from pandemonium.desktop.features.outline.outline import Outline
from pandemonium.desktop.features.page.page import Page
from pandemonium.desktop.features.preferences.preferences import Preferences
from pandemonium.desktop.features.printing.exporting import Exporting
from pandemonium.desktop.features.recovery.safekeeping import Safekeeping
from pandemonium.desktop.features.spelling.spelling_menu import Spelling
from pandemonium.desktop.features.suggestions.suggestions import Suggestions
from pandemonium.desktop.features.training.drops import Drops
from pandemonium.desktop.features.training.training_controller import TrainingController
from pandemonium.desktop.features.writing_aids.writing_aids import WritingAids

_SERVICES: Mapping[str, str] = {
    "window": "window",
    "editor": "editor",
    "highlighter": "editor.highlighter",
    "store": "settings",
    "theme": "theme",
    "actions": "commands",
    "message_bar": "messages",
    "status_bar": "status_bar",
    "tasks": "tasks",
}
_OF_FEATURES: Mapping[str, tuple[type[Feature], str]] = {
    "page": (Page, ""),
    "files": (DocumentFiles, ""),
    "words": (DocumentWords, ""),
    "recent_files": (RecentFiles, ""),
    "outline": (Outline, ""),
    "goals": (Goals, ""),
    "writing_aids": (WritingAids, ""),
    "find_bar": (Find, "bar"),
    "generation": (Writing, "generation"),
    "bridge": (Writing, "bridge"),
    "voices": (Writing, "voices"),
    "suggestions": (Suggestions, ""),
    "next_words": (NextWordsAtCursor, ""),
    "choices": (Choices, ""),
    "recipes": (Recipes, ""),
    "cast": (Cast, ""),
    "copied": (Copied, ""),
    "panel": (Panel, "widget"),
    "mixing": (Mixing, ""),
    "spelling": (Spelling, "marks"),
    "spelling_menu": (Spelling, ""),
    "own_words": (Spelling, "own_words"),
    "format": (Format, ""),
    "authorship": (AuthorshipController, ""),
    "surprise": (SurpriseMap, ""),
    "how_it_reads": (HowItReads, ""),
    "safekeeping": (Safekeeping, ""),
    "offers": (Safekeeping, "offers"),
    "library": (Library, ""),
    "training": (TrainingController, ""),
    "drops": (Drops, ""),
    "exporting": (Exporting, ""),
    "preferences": (Preferences, ""),
    "help": (Help, ""),
    "empty_page": (EmptyPage, ""),
    "first_hints": (FirstHints, ""),
}


def part(context: Context, name: str) -> Any:
    """The part of that name.

    Raises:
        AttributeError: there is none.
    """
    if name in _SERVICES:
        return attrgetter(_SERVICES[name])(context)
    if name not in _OF_FEATURES:
        raise AttributeError(name)
    kind, attribute = _OF_FEATURES[name]
    feature = context.feature(kind)
    return getattr(feature, attribute) if attribute else feature
