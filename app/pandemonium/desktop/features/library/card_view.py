"""A voice's card, set to be read."""

from __future__ import annotations

import html
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTextBrowser

from pandemonium.errors import PandemoniumError
from pandemonium.text.language import language_name
from pandemonium.text.sentences import capitalized
from pandemonium.voice.card import Card
from pandemonium.voice.library import VoiceEntry


def _tr(text: str) -> str:
    return QCoreApplication.translate("VoiceCard", text)


class CardView(QTextBrowser):
    """Shows one card, or why it cannot be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("voiceCard")
        self.setAccessibleName(_tr("The voice's card"))
        self.setProperty("role", "prose")

    def show_entry(self, entry: VoiceEntry | None) -> None:
        """Shows a voice of the library; nothing where there is none."""
        if entry is None:
            self.clear()
            return
        try:
            # The card's own title is what its maker called it, which a copy or another name leaves as it was.
            card = replace(entry.card(), title=capitalized(entry.name))
            self.setHtml(card_html(card, entry.path.stat().st_size))
        except PandemoniumError as error:
            self.setPlainText(str(error))
        except OSError as error:
            self.setPlainText(_tr("The file cannot be read: {reason}.").format(reason=error.strerror))


def card_html(card: Card, size: int) -> str:
    """A card as a heading, a description and a list of what is known; `size` in bytes."""
    rows = [
        (_tr("Learned from"), _shortened(card.trained_on)),
        (_tr("Characters"), f"{card.characters:,}" if card.characters else ""),
        (_tr("Held out"), _shortened(card.held_out)),
        (_tr("Bits per character"), _bits(card)),
        (_tr("Started from"), card.base),
        (_tr("Writes"), language_name(card.language) if card.language else ""),
        (_tr("Trained"), _trained(card)),
        (_tr("Weak at"), card.limits),
        (_tr("Licence"), card.licence),
        (_tr("Size"), _tr("{n} MB").format(n=f"{size / 1e6:.1f}")),
    ]
    body = "".join(
        f'<tr><td style="padding-right:18px"><i>{html.escape(name)}</i></td><td>{html.escape(text)}</td></tr>'
        for name, text in rows
        if text
    )
    return (
        f'<p style="font-size:18pt">{html.escape(card.title)}</p><p>{html.escape(card.description)}</p>'
        f'<table cellspacing="0" cellpadding="3">{body}</table>'
    )


def _bits(card: Card) -> str:
    if not card.bits_per_character:
        return ""
    return _tr("at {n} bits a character").format(n=f"{card.bits_per_character:.2f}")


def _trained(card: Card) -> str:
    day = card.trained_at[:10]
    minutes = card.hours * 60
    if not minutes:
        return day
    time = (
        _tr("{n} minutes").format(n=f"{minutes:.0f}")
        if minutes < 120
        else _tr("{n} hours").format(n=f"{card.hours:.1f}")
    )
    return f"{day}, {time}" if day else time


def _shortened(text: str, most: int = 400) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
