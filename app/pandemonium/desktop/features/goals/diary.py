"""The words written on each of the last thirty days: one small file in the user's data."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from pandemonium.atomic import write_atomically
from pandemonium.errors import PandemoniumError

DAYS = 30


class Diary:
    """A file of words by day.

    Several windows may write in it: each adds what it has not added yet to what the file says then.

    Args:
        file: it may not be there yet; a broken one counts as empty.
        today: gives the date.
    """

    def __init__(self, file: Path, today: Callable[[], date] = date.today) -> None:
        self._file = file
        self._today = today
        self._days = self._read()
        self._pending: dict[str, int] = {}

    def add(self, words: int) -> None:
        """Counts words written now; negative for words taken out again. A day never has less than none."""
        key = self._today().isoformat()
        self._pending[key] = max(self._pending.get(key, 0) + words, -self._days.get(key, 0))

    def words_on(self, day: date) -> int:
        """How many words were written on a day."""
        key = day.isoformat()
        return max(0, self._days.get(key, 0) + self._pending.get(key, 0))

    @property
    def today(self) -> int:
        """How many words were written today."""
        return self.words_on(self._today())

    def last_days(self) -> list[tuple[date, int]]:
        """The last thirty days and their words, today last."""
        today = self._today()
        days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
        return [(day, self.words_on(day)) for day in days]

    def save(self) -> None:
        """Writes the file, where there is something new.

        Raises:
            PandemoniumError: it cannot be written; what is new is kept for the next time.
        """
        if not any(self._pending.values()):
            return
        days = self._read()
        for key, words in self._pending.items():
            days[key] = max(0, days.get(key, 0) + words)
        oldest = (self._today() - timedelta(days=DAYS - 1)).isoformat()
        days = {key: days[key] for key in sorted(days) if key >= oldest and days[key]}
        try:
            write_atomically(self._file, (json.dumps(days, indent=1) + "\n").encode())
        except OSError as error:
            raise PandemoniumError(
                f"The words that you wrote today could not be taken down: {error.strerror}.", "Make room on the disk."
            ) from error
        self._days = days
        self._pending = {}

    def _read(self) -> dict[str, int]:
        try:
            values = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(values, dict):
            return {}
        return {
            key: words for key, words in values.items() if _is_day(key) and type(words) is int and 0 <= words < 10**7
        }


def _is_day(key: str) -> bool:
    try:
        date.fromisoformat(key)
    except ValueError:
        return False
    return True
