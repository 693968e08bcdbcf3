"""The document's own typography: read off a text, and put back on prose that a voice wrote in canonical form."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAMPLE = 40_000
_DASHES = re.compile(r"\u2014|\u2013|(?<!-)--(?!-)")
_ELISIONS = ("tis", "twas", "twill", "twere", "em", "neath", "round", "bout", "cause", "n'")
_LONGEST_WAIT = 6  # the longest of them and one more


@dataclass(frozen=True)
class Typography:
    """How a document writes what canonical prose writes in one way.

    Attributes:
        curly: quotes and apostrophes are curly.
        dash: what stands for a dash, its spaces included.
        ellipsis: what stands for three dots.
    """

    curly: bool = False
    dash: str = "\u2014"
    ellipsis: str = "..."

    @classmethod
    def of(cls, text: str, usual: Typography | None = None) -> Typography:
        """Reads the typography off the last part of `text`; what does not occur is as usual, or else canonical."""
        usual = usual or cls()
        text = text[-_SAMPLE:]
        curly = sum(text.count(c) for c in "\u2018\u2019\u201c\u201d")
        straight = text.count('"') + text.count("'")
        dashes: dict[str, int] = {}
        end = 0  # of the dash before, its space included
        for match in _DASHES.finditer(text):
            is_before = match.start() > end and text[match.start() - 1] == " "
            is_after = text[match.end() : match.end() + 1] == " "
            following = match.end() + is_after
            if not text[following : following + 1].strip():  # at the end of a line
                continue
            end = following
            dash = f" {match[0]} " if is_before and is_after else match[0]
            if dash != "\u2013":  # between digits, most often: no dash of thought
                dashes[dash] = dashes.get(dash, 0) + 1
        dash = max(dashes, key=lambda d: dashes[d]) if dashes else usual.dash
        one = text.count("\u2026")
        three = text.count("...")
        ellipsis = ("\u2026" if one > three else "...") if one or three else usual.ellipsis
        return cls(curly > straight if curly or straight else usual.curly, dash, ellipsis)


class TypographyWriter:
    """Puts a typography on canonical prose that arrives in pieces.

    A character whose form hangs on what follows (an apostrophe behind a space, a dot that may become an
    ellipsis) waits for it; `finish` gives what is left.
    """

    def __init__(self, typography: Typography, before: str = "") -> None:
        """Begins behind `before`.

        Args:
            typography: the document's.
            before: the document's text up to here; its last characters decide how the first quote looks.
        """
        self._typography = typography
        self._held = ""
        self._last = before[-1:]
        paragraph = before[-4000:].rsplit("\n", 1)[-1]
        self._open = paragraph.count("\u201c") > paragraph.count("\u201d") or (paragraph.count('"') % 2 == 1)

    def add(self, text: str) -> str:
        """Gives what can be shown now of all that has come."""
        self._held += text
        return self._take(final=False)

    def finish(self) -> str:
        """Gives the rest."""
        return self._take(final=True)

    def _take(self, *, final: bool) -> str:
        out: list[str] = []
        text = self._held
        self._held = ""
        i = 0
        while i < len(text):
            character = text[i]
            rest = text[i + 1 : i + 1 + _LONGEST_WAIT]
            if not final and self._waits(character, rest):
                self._held = text[i:]
                break
            width = 3 if character == "." and self._typography.ellipsis != "..." and rest[:2] == ".." else 1
            out.append(self._typography.ellipsis if width == 3 else self._form(character, rest))
            self._last = text[i + width - 1]
            i += width
        return "".join(out)

    def _waits(self, character: str, rest: str) -> bool:
        """Tells whether the form of `character` hangs on more than the `rest` that has come so far."""
        if character == "." and self._typography.ellipsis != "...":
            return len(rest) < 2 and not rest.strip(".")
        if character == "\u2014" and self._typography.dash.endswith(" "):
            return not rest
        if character == "'" and self._typography.curly and self._opens_word:
            return not rest or (len(rest) < _LONGEST_WAIT and rest.replace("'", "").isalpha())
        return False

    @property
    def _opens_word(self) -> bool:
        """What comes next stands at the beginning of a word."""
        return not self._last.strip() or self._last in "([{\u2018\u201c\u2014" or (self._last == '"' and self._open)

    def _form(self, character: str, rest: str) -> str:
        if character == "\u2014":
            return self._dash(rest)
        if character == "\n":
            self._open = False
        elif character == '"':
            self._open = not self._open if self._last == "\u2014" else self._opens_word
            if self._typography.curly:
                return "\u201c" if self._open else "\u201d"
        elif character == "'" and self._typography.curly:
            opens = self._opens_word and (self._last != "\u2014" or self._open)
            return "\u2018" if opens and not _is_elision(rest) else "\u2019"
        return character

    def _dash(self, rest: str) -> str:
        """The dash; one with spaces has none at the edges of a line or of a quotation."""
        dash = self._typography.dash
        if not self._last.strip() or (self._last == '"' and self._open):
            dash = dash.lstrip(" ")
        closes = rest[:1] == '"' and self._open
        return dash.rstrip(" ") if closes or rest[:1] in ("\n", " ") else dash


def _is_elision(rest: str) -> bool:
    lower = rest.lower()
    found = (word for word in _ELISIONS if lower.startswith(word))
    return rest[:1].isdigit() or any(not lower[len(word) : len(word) + 1].isalpha() for word in found)
