"""What must be decided about the writer's words: a line above the page of its own, that no other message replaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pandemonium.desktop.shell.message_bar import MessageBar


@dataclass(frozen=True)
class _Offer:
    key: str
    sentence: str
    acts: Mapping[str, Callable[[], object]]


class Offers(MessageBar):
    """A message bar for several sentences, one shown after the other, each until something was done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("safetyBanner")
        self.setAccessibleName(self.tr("About your text"))
        self._waiting: list[_Offer] = []
        self._close.clicked.connect(self._dismiss)

    def put(self, key: str, sentence: str, acts: Mapping[str, Callable[[], object]], *, first: bool = False) -> None:
        """Says something once its turn has come.

        Args:
            key: what it is about; a sentence of the same key is replaced.
            sentence: what to say.
            acts: what each button does; each takes the sentence away.
            first: before all others.
        """
        waiting = [each for each in self._waiting if each.key != key]
        at = next((index for index, each in enumerate(self._waiting) if each.key == key), len(waiting))
        waiting.insert(0 if first else at, _Offer(key, sentence, acts))
        self._waiting = waiting
        self._show_next()

    def settle(self, key: str) -> None:
        """It needs no saying any more."""
        self._waiting = [each for each in self._waiting if each.key != key]
        self._show_next()

    def _show_next(self) -> None:
        if not self._waiting:
            self.hide()
            return
        shown = self._waiting[0]
        self.offer(shown.sentence, {words: self._act(shown, act) for words, act in shown.acts.items()})

    def _act(self, offer: _Offer, act: Callable[[], object]) -> Callable[[], None]:
        def done() -> None:
            if offer in self._waiting:
                self._waiting.remove(offer)
            act()
            self._show_next()

        return done

    def _dismiss(self) -> None:
        if self._waiting:
            self._waiting.pop(0)
        self._show_next()
