"""Held-out openings, and how a voice goes on from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.runtime import Runtime

_WORDS = 40
_LONGEST = 400  # characters
_UNSPACED = 200  # what is taken of a longer one: not every script puts spaces between its words


class Reader:
    """A voice with its runtime, to be listened to.

    Attributes:
        voice: the voice.
        runtime: its network.
    """

    def __init__(self, voice: Voice, runtime: Runtime) -> None:
        self.voice = voice
        self.runtime = runtime
        self._continuer = Continuer(voice, runtime)

    def go_on(self, text: str, settings: WritingSettings, stop: Callable[[], bool] = lambda: False) -> str:
        """How the voice continues `text`; `stop` is looked at between two sub-words."""
        writing = self._continuer.write(ContinueRequest(1, 0, text, settings=settings), stop)
        while True:
            try:
                next(writing)
            except StopIteration as end:
                return str(end.value.text)


def find_openings(texts: Sequence[str], most: int) -> list[str]:
    """The first forty words of up to `most` paragraphs, spread over `texts`; never none where there is any text."""
    paragraphs = [p for text in texts for p in text.split(PARAGRAPH) if _is_long(p)]
    paragraphs = paragraphs or [text for text in texts if text.strip()]
    step = max(1, len(paragraphs) // max(1, most))
    return [_head(paragraph) for paragraph in paragraphs[::step][:most]]


def _is_long(paragraph: str) -> bool:
    return len(paragraph.split()) >= _WORDS or len(paragraph) >= _LONGEST


def _head(paragraph: str) -> str:
    head = " ".join(paragraph.split()[:_WORDS])
    return head if len(head) <= _LONGEST else head[:_UNSPACED]
