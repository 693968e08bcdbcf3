"""When a continuation ends: at the end of a sentence after the asked number of words, or soon after by force."""

from __future__ import annotations

import re

from pandemonium.text.sentences import count_words, ends_sentence, has_open_quote

_WORD_AT_END = re.compile(r"[^\W_][^\s]*$")


class SentenceStop:
    """Watches one continuation grow.

    Attributes:
        words: how many were asked for.
        limit: the most there may be: half as many again.
        count: words so far, an unfinished one included.
        at_sentence_end: the text could end here; it is known only when the next piece opens with white space.
    """

    def __init__(self, words: int, before: str = "") -> None:
        """Begins behind `before`.

        Args:
            words: how many were asked for.
            before: canonical text before the continuation, of which the open paragraph matters.
        """
        self.words = words
        self.limit = words + max(1, words // 2)
        self.count = 0
        self.at_sentence_end = False
        self._text = before[-2000:].rsplit("\n", 1)[-1]
        self._start = len(self._text)
        self._settled = 0
        self._counted = self._start

    def add(self, text: str) -> None:
        """Takes in what was written."""
        self._text += text
        # A word that still grows is counted again with what follows.
        match = _WORD_AT_END.search(self._text, self._counted)
        settled = match.start() if match else len(self._text)
        self._settled += count_words(self._text[self._counted : settled])
        self._counted = settled
        self.count = self._settled + count_words(self._text[settled:])
        self.at_sentence_end = len(self._text) > self._start and ends_sentence(self._text)

    @property
    def may_end(self) -> bool:
        """Enough is written, the sentence is closed, and no quotation is left open (or there is no more room)."""
        count = self.count
        if count < self.words or not self.at_sentence_end:
            return False
        return not has_open_quote(self._text) or count >= (self.words + self.limit) / 2

    @property
    def pressure(self) -> float:
        """How strongly the sentence should be brought to its end: 0 up to the asked words, 1 at the limit."""
        late = self.count - self.words
        return min(1.0, max(0.0, late / max(1, self.limit - self.words)))

    @property
    def must_end(self) -> bool:
        """There is no more room."""
        return self.count >= self.limit
