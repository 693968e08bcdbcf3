"""Finds words and patterns in a text, and says what is to stand in the place of each."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import regex

from pandemonium.errors import PandemoniumError

TIME_LIMIT = 1.0  # seconds of computing that one search may take
_NEXT_LETTER = regex.compile(r"\\(?:(?P<number>\d{1,2})|g<(?P<name>\w+)>|(?P<letter>.)|$)", regex.DOTALL)
_DOLLAR = regex.compile(r"\$(?:(?P<number>\d{1,2})|\{(?P<name>\w+)\}|(?P<sign>[$&]))")
_LETTERS = {"n": "\n", "t": "\t", "\\": "\\", "$": "$"}


@dataclass(frozen=True)
class Query:
    """What is searched for.

    Attributes:
        words: the text, or the pattern.
        match_case: "The" is not "the".
        whole_words: neither a letter nor a digit stands beside what is found.
        pattern: `words` is a regular expression; ^ and $ stand for a paragraph's beginning and end.
    """

    words: str
    match_case: bool = False
    whole_words: bool = False
    pattern: bool = False


@dataclass(frozen=True)
class Replacement:
    """One replacement to be made: `text` in the place of the characters [start, end)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Found:
    """The places [start, end) of everything found, in order; a pattern may find places of no characters."""

    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return self.starts[index], self.ends[index]


class Search:
    """One query, made ready. Searching lets other threads run, and gives up when it takes too long."""

    def __init__(self, query: Query) -> None:
        """Reads the query.

        Raises:
            PandemoniumError: its pattern is no regular expression.
        """
        words = query.words if query.pattern else _plain(query.words)
        if query.whole_words:
            words = rf"(?<!\w)(?:{words})(?!\w)"
        flags = regex.VERSION0 | regex.MULTILINE | (0 if query.match_case else regex.IGNORECASE)
        try:
            self._expression: Any = regex.compile(words, flags)
        except regex.error as error:
            raise _not_a_pattern(str(error.msg)) from error
        except (RecursionError, OverflowError, MemoryError, ValueError) as error:
            raise _not_a_pattern("it is too large") from error
        self._query = query

    def find(
        self, text: str, start: int = 0, end: int | None = None, *, stopped: Callable[[], bool] = lambda: False
    ) -> Found:
        """Gives every place in `text`, or between two positions of it; nothing where it was stopped.

        Raises:
            PandemoniumError: the search takes too long.
        """
        found = Found()
        for index, match in enumerate(self._matches(text, start, end)):
            found.starts.append(match.start())
            found.ends.append(match.end())
            if index % 4096 == 4095 and stopped():
                return Found()
        return found

    def replacements(
        self,
        text: str,
        template: str,
        start: int = 0,
        end: int | None = None,
        *,
        keep_case: bool = False,
        most: int | None = None,
    ) -> list[Replacement]:
        """Gives what is to be replaced by what, in order, none overlapping another.

        Args:
            text: the whole text.
            template: what is to stand there; for a pattern with \\1, $1, \\g<name>, ${name} for its groups, $& or \\0
                for all that was found, \\n for a new paragraph, \\t, and \\\\ and $$ for the signs themselves.
            start, end: only what lies between these positions.
            keep_case: as found: CAPITALS, Capital, or small.
            most: so many and no more; all where None.

        Raises:
            PandemoniumError: the search takes too long, or the template asks for a group that is not there.
        """
        fill = self._filler(template)
        made = []
        for match in islice(self._matches(text, start, end), most):
            new = fill(match)
            made.append(Replacement(match.start(), match.end(), like(match.group(), new) if keep_case else new))
        return made

    def _matches(self, text: str, start: int, end: int | None) -> Any:
        began = time.monotonic()
        try:
            yield from self._expression.finditer(text, start, len(text) if end is None else end, timeout=TIME_LIMIT)
        except (TimeoutError, MemoryError, RecursionError) as error:
            raise PandemoniumError(
                f"This pattern was given up after {max(1, round(time.monotonic() - began))} s.",
                "Make it simpler: a repeat inside a repeat takes longest.",
            ) from error

    def _filler(self, template: str) -> Callable[[Any], str]:
        if not self._query.pattern:
            return lambda match: template
        parts = self._parts(template)

        def fill(match: Any) -> str:
            return "".join(each if isinstance(each, str) else match.group(each[0]) or "" for each in parts)

        return fill

    def _parts(self, template: str) -> list[str | tuple[int | str]]:
        parts: list[str | tuple[int | str]] = []
        at = 0
        while at < len(template):
            sign = template[at]
            reading = {"\\": _NEXT_LETTER, "$": _DOLLAR}.get(sign)
            match = reading.match(template, at) if reading else None
            if match is None:
                parts.append(sign)
                at += 1
                continue
            values = match.groupdict()
            if values["number"]:
                parts.append((self._group(int(values["number"])),))
            elif values["name"]:
                name = values["name"]
                parts.append((self._group(int(name) if name.isdigit() else name),))
            elif values.get("sign") == "&":
                parts.append((0,))
            else:
                letter = values.get("sign") or values.get("letter") or "\\"
                parts.append(_LETTERS.get(letter, match.group()))
            at = match.end()
        return parts

    def _group(self, group: int | str) -> int | str:
        count = self._expression.groups
        if isinstance(group, int) and group > count:
            has = {0: "none", 1: "one"}.get(count, str(count))
            raise PandemoniumError(
                f"The replacement asks for group {group}, and the pattern has {has}.",
                "Groups are the parts of the pattern in round brackets.",
            )
        if isinstance(group, str) and group not in self._expression.groupindex:
            raise PandemoniumError(
                f"The replacement asks for a group '{group}', and the pattern has none of that name.",
                "A named group is written (?P<name>...).",
            )
        return group


def like(found: str, new: str) -> str:
    """Gives `new` in the capitals of `found`: all of them, the first letter, or none at the beginning."""
    letters = [each for each in found if each.isalpha()]
    if not letters:
        return new
    if len(letters) > 1 and all(each.isupper() for each in letters):
        return new.upper()
    first = next((index for index, each in enumerate(new) if each.isalpha()), None)
    if first is None:
        return new
    letter = new[first].upper() if letters[0].isupper() else new[first].lower()
    return new[:first] + letter + new[first + 1 :]


def _plain(words: str) -> str:
    """The pattern for words as they stand; an apostrophe inside a word finds the straight one and the curly one."""
    escaped = str(regex.escape(words, special_only=True))
    return str(regex.sub(r"(?<=\w)['\u2019](?=\w)", "['\u2019]", escaped))


def _not_a_pattern(why: str) -> PandemoniumError:
    return PandemoniumError(
        f"This is no whole pattern yet: {why}.", "Without \u201cPattern\u201d it is found as it stands."
    )
