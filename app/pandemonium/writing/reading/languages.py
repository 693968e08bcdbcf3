"""Tells whether a text is in a language that a voice does not know."""

from __future__ import annotations

import re
from collections.abc import Callable

from pandemonium.text.function_words import PREPOSITIONS, PRONOUNS
from pandemonium.text.language import UNKNOWN, LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 800  # characters before the cursor
_LEAST = 10  # words from which on a language is told
_SURELY_ENGLISH = 0.2  # share of function words; German and French prose has half of that in common with English
_COMMON = PREPOSITIONS | PRONOUNS | frozenset("the a an and or but not was were is are had have has be been".split())


class LanguageCheck:
    """Asks for the language of texts, as seldom as it can: naming one takes half a second the first time."""

    def __init__(self, language: str, identifier: Callable[[], LanguageIdentifier] = LanguageIdentifier) -> None:
        """Begins.

        Args:
            language: ISO 639-1 of what the voice knows; where it is empty, no text is foreign.
            identifier: makes what names languages.
        """
        self._language = language
        self._make = identifier
        self._identifier: LanguageIdentifier | None = None

    def foreign(self, before: str) -> str:
        """The ISO 639-1 code of the language before the cursor if the voice does not know it, else an empty text."""
        text = before[-_LOOKED_AT:]
        words = [word.lower() for word in _WORD.findall(text)]
        if not self._language or len(words) < _LEAST:
            return ""
        if self._language == "en" and sum(word in _COMMON for word in words) >= _SURELY_ENGLISH * len(words):
            return ""
        if self._identifier is None:
            self._identifier = self._make()
        found = self._identifier.identify(text)
        return "" if found in (UNKNOWN, self._language) else found
