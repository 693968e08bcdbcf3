from __future__ import annotations

from pathlib import Path
from typing import Any

from pandemonium.desktop.features.library.card_view import CardView, card_html
from pandemonium.voice.card import Card
from pandemonium.voice.library import VoiceEntry


def test_a_card_is_read_with_care() -> None:
    card = Card(
        "Novels",
        "<b>Learned</b>.",
        trained_on="word " * 200,
        characters=412000,
        bits_per_character=1.9,
        trained_at="2026-11-22T05:00:00Z",
        hours=0.35,
        language="en",
        base="Lovecraft",
    )
    page = card_html(card, 13_300_000)
    for part in ("&lt;b&gt;", "412,000", "at 1.90 bits", "2026-11-22, 21 minutes", "English", "13.3 MB", "…"):
        assert part in page
    assert "Licence" not in page


def test_a_broken_voice_is_a_sentence(qtbot: Any, tmp_path: Path, small_voice: Path) -> None:
    view = CardView()
    qtbot.addWidget(view)
    view.show_entry(VoiceEntry("small", small_voice, False))
    assert "Random weights." in view.toPlainText()
    bad = tmp_path / "bad.voice"
    bad.write_bytes(b"nothing")
    view.show_entry(VoiceEntry("bad", bad, False))
    assert "bad.voice" in view.toPlainText()
    view.show_entry(None)
    assert view.toPlainText() == ""
