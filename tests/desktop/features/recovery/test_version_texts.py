from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QLocale

from pandemonium.desktop.features.recovery.version_texts import format_time, format_words


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 6, 15, 14, 3), "14:03"),
        (datetime(2026, 6, 14, 9, 30), "yesterday, 09:30"),
        (datetime(2026, 5, 3, 0, 5), "3 May, 00:05"),
        (datetime(2025, 12, 31, 23, 59), "31 December 2025, 23:59"),
    ],
)
def test_when(at: datetime, said: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    try:
        assert format_time(at, date(2026, 6, 15)) == said
    finally:
        QLocale.setDefault(before)


def test_how_many() -> None:
    assert [format_words(count) for count in (0, 1, 1412)] == ["0 words", "1 word", "1,412 words"]
