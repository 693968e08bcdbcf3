"""How many and when, in a writer's words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def _tr(text: str) -> str:
    return QCoreApplication.translate("Safekeeping", text)


def format_words(count: int) -> str:
    """So many words."""
    return _tr("1 word") if count == 1 else _tr("{n} words").format(n=f"{count:,}")


def format_time(at: datetime, today: date) -> str:
    """When it was: the time alone where that was today."""
    time = at.strftime("%H:%M")
    if at.date() == today:
        return time
    return f"{format_day(at.date(), today)}, {time}"


def format_day(day: date, today: date) -> str:
    """A day in words: "today", "yesterday", else its date, with the year where that is another one."""
    if day == today:
        return _tr("today")
    if day == today - timedelta(days=1):
        return _tr("yesterday")
    pattern = "d MMMM" if day.year == today.year else "d MMMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
