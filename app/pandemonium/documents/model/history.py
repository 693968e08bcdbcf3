"""One history of edits for two writers: undo takes back whole steps, however their edits came to be interleaved.

A step is what one Ctrl+Z takes away: a run of typing, a paste, or one whole continuation. A continuation stays
open while it arrives, and the writer may type elsewhere meanwhile; her typing is a later step of its own. A piece
that arrives then belongs to a step that is no longer the last, so the later ones are moved aside: their positions
are rewritten as if the piece had been there before them.

The invariant that the tests hold: each step's edits are written for the text as it stands after all earlier steps,
so undoing or redoing never meets a text other than the one that it was recorded on.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pandemonium.documents.model.passage import BREAK, Passage

PAUSE = 5.0  # seconds without a key after which typing becomes a step of its own
_LONGEST_RUN = 80  # characters without a mark of punctuation, after which the next word is a step of its own
# Behind this the next character begins another phrase. Scripts that write no spaces have marks of their own.
_PHRASE_END = re.compile(
    r"(?:[.!?\u2026:;,\u2013\u2014][\"'\u201d\u2019\u00bb)\]]*\s+"
    r"|[\u3002\uff01\uff1f\uff0c\u3001\uff1b\uff1a][\u300d\u300f\u201d\u2019\uff09]*)$"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """At `position`, `removed` was taken out and `inserted` put in."""

    position: int
    removed: Passage
    inserted: Passage

    @property
    def end(self) -> int:
        """Where what it inserted ends, in the text after it."""
        return self.position + len(self.inserted)

    @property
    def growth(self) -> int:
        """How much longer it made the text."""
        return len(self.inserted) - len(self.removed)

    @property
    def is_empty(self) -> bool:
        """It changes nothing."""
        return not (self.removed.text or self.inserted.text) and self.removed.styles == self.inserted.styles

    def inverse(self) -> Edit:
        """What takes it back."""
        return Edit(self.position, self.inserted, self.removed)


@dataclass(eq=False)
class Step:
    """What one undo takes back.

    Attributes:
        kind: "typing" for the writer's keys, "voice" for a continuation, any other word for one act (a paste).
        edits: in the order in which they were made.
        version: grows when the step, or a step below it, grows.
    """

    kind: str
    edits: list[Edit] = field(default_factory=list)
    version: int = 0
    sealed: bool = False
    at: float = 0.0

    @property
    def is_empty(self) -> bool:
        """It changes nothing."""
        return all(each.is_empty for each in self.edits)


Point = tuple[Step | None, int]
"""A state of the text: the last step that changed it, and that step's version."""


class History:
    """The undo and redo steps of one document. It changes no text itself: it says which edits to make."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._saved: Point | None = (None, 0)

    @property
    def can_undo(self) -> bool:
        """There is something to take back."""
        return any(not step.is_empty for step in self._done)

    @property
    def can_redo(self) -> bool:
        """There is something to bring back."""
        return any(not step.is_empty for step in self._undone)

    @property
    def is_modified(self) -> bool:
        """The text is not the one that was saved last."""
        return self._saved != self._state()

    def point(self) -> Point:
        """The text as it stands now, to be named when it is saved; what is typed next is a step of its own."""
        self.seal()
        return self._state()

    def mark_saved(self, point: Point | None = None) -> None:
        """Remembers that the text was saved as it stood at a point, or as it stands now."""
        self._saved = self.point() if point is None else point

    def mark_modified(self) -> None:
        """The text differs from every saved one, whatever is undone."""
        self._saved = None

    def seal(self) -> None:
        """Ends the last step: what is typed next is a step of its own."""
        if self._done and self._done[-1].kind == "typing":
            self._done[-1].sealed = True

    def record(self, edit: Edit, kind: str = "typing") -> Step | None:
        """Takes in an edit that the writer has just made; typing goes on in the last step where it can.

        Returns:
            the step that it became part of; None for an edit that changes nothing.
        """
        if edit.is_empty:
            return None
        self._undone.clear()
        now = self._clock()
        last = self._done[-1] if self._done else None
        if last is not None and kind == last.kind == "typing" and not last.sealed and now - last.at <= PAUSE:
            merged = None if _begins_phrase(last.edits[-1], edit) else _merged(last.edits[-1], edit)
            if merged is not None:
                last.edits[-1] = merged
                last.at = now
                last.version += 1
                return last
        step = Step(kind, [edit], at=now)
        self._done.append(step)
        return step

    def record_many(self, edits: list[Edit], kind: str) -> Step | None:
        """Takes in edits made one after the other as one step; None where they change nothing."""
        self.seal()
        edits = [each for each in edits if not each.is_empty]
        if not edits:
            return None
        self._undone.clear()
        step = Step(kind, edits, sealed=True, at=self._clock())
        self._done.append(step)
        return step

    def begin(self, position: int, removed: Passage | None = None) -> Step:
        """Opens the step of a continuation at `position`; `removed` is what stood there and has been taken out."""
        self.seal()
        self._undone.clear()
        step = Step("voice", [Edit(position, removed or Passage(), Passage())])
        self._done.append(step)
        return step

    def discard_if_empty(self, step: Step) -> None:
        """Forgets a step that came to nothing."""
        if step.is_empty and step in self._done:
            if self._saved is not None and self._saved[0] is step:
                self._saved = None
            self._done.remove(step)

    def extend(self, step: Step, passage: Passage) -> Edit | None:
        """Lets the continuation `step` grow by `passage` at its end, whatever has been done elsewhere since.

        Returns:
            the edit to make now; None if the step was undone, or if the writer has removed the place where it
            was being written.
        """
        if step not in self._done:
            return None
        position = step.edits[-1].end
        shifted = []
        for later, index, edit in self._after(step):
            if position <= edit.position:
                shifted.append((later, index))
            elif position >= edit.position + len(edit.removed):
                position += edit.growth
            else:
                return None
        grow = len(passage)
        for later, index in shifted:
            later.edits[index] = _moved(later.edits[index], grow)
        step.edits[-1] = replace(step.edits[-1], inserted=step.edits[-1].inserted + passage)
        self._touch(step)
        self._move_undone(position, grow)
        return Edit(position, Passage(), passage)

    def retract(self, step: Step) -> Edit | None:
        """Empties the continuation `step`, so that another attempt can be written into it.

        Returns:
            the edit to make now; None if the step was undone, or if the writer has changed something inside it
            or right before it: then another attempt is a step of its own.
        """
        if step not in self._done or len(step.edits) != 1:
            return None
        whole = step.edits[0].inserted
        start = step.edits[0].position
        end = step.edits[0].end
        shifted = []
        for later, index, edit in self._after(step):
            if edit.position < start and edit.position + len(edit.removed) <= start:
                start = start + edit.growth
                end = end + edit.growth
            elif edit.position >= end:
                shifted.append((later, index))
            else:
                return None
        for later, index in shifted:
            later.edits[index] = _moved(later.edits[index], -len(whole))
        step.edits[0] = replace(step.edits[0], inserted=Passage())
        self._touch(step)
        self._undone.clear()
        return Edit(start, whole, Passage())

    def shorten(self, step: Step, length: int) -> Edit | None:
        """Takes the last `length` characters off the continuation `step`.

        Returns:
            the edit to make now; None if the step was undone, is shorter, or if the writer has changed something
            in these characters.
        """
        if step not in self._done or length <= 0 or length > len(step.edits[-1].inserted):
            return None
        last = step.edits[-1]
        removed = last.inserted.part(len(last.inserted) - length, len(last.inserted))
        start = last.end - length
        end = last.end
        shifted = []
        for later, index, edit in self._after(step):
            if edit.position + len(edit.removed) <= start:
                start = start + edit.growth
                end = end + edit.growth
            elif edit.position >= end:
                shifted.append((later, index))
            else:
                return None
        for later, index in shifted:
            later.edits[index] = _moved(later.edits[index], -length)
        step.edits[-1] = replace(last, inserted=last.inserted.part(0, len(last.inserted) - length))
        self._touch(step)
        self._cut_undone(start, end)
        return Edit(start, removed, Passage())

    def span(self, step: Step) -> tuple[int, int] | None:
        """Where the text of `step` stands now, [start, end); None if it was undone.

        What the writer typed inside it is inside; what she typed at its edges is not.
        """
        if step not in self._done or not step.edits:
            return None
        start = step.edits[-1].position
        end = step.edits[-1].end
        for _, _, edit in self._after(step):
            if start == end:
                start = end = _carried(start, edit, forward=False)
            else:
                start = _carried(start, edit, forward=True)
                end = _carried(end, edit, forward=False)
                end = max(start, end)
        return start, end

    def is_done(self, step: Step) -> bool:
        """The step is in the text: it was not undone."""
        return step in self._done

    def is_last(self, step: Step) -> bool:
        """The step is what an undo would take back now."""
        return bool(self._done) and self._done[-1] is step

    def undo(self) -> tuple[Step, list[Edit]] | None:
        """Takes the last step back: gives it and the edits to make now, in order; None if there is nothing."""
        while self._done and self._done[-1].is_empty:
            self.discard_if_empty(self._done[-1])
        if not self._done:
            return None
        step = self._done.pop()
        step.sealed = True
        self._undone.append(step)
        return step, [edit.inverse() for edit in reversed(step.edits)]

    def redo(self) -> tuple[Step, list[Edit]] | None:
        """Brings the step undone last back: gives it and the edits to make now, in order; None if there is nothing."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return step, list(step.edits)

    def _state(self) -> Point:
        for step in reversed(self._done):
            if not step.is_empty:
                return step, step.version
        return None, 0

    def _touch(self, step: Step) -> None:
        for each in [*self._done[self._done.index(step) :], *self._undone]:
            each.version += 1

    def _after(self, step: Step) -> Iterator[tuple[Step, int, Edit]]:
        for later in self._done[self._done.index(step) + 1 :]:
            for index, edit in enumerate(later.edits):
                yield later, index, edit

    def _move_undone(self, position: int, grow: int) -> None:
        """Rewrites what was undone for a text that has grown at `position`; forgets it where that cannot be."""
        for step in reversed(self._undone):
            for index, edit in enumerate(step.edits):
                if position <= edit.position:
                    step.edits[index] = _moved(edit, grow)
                elif position >= edit.position + len(edit.removed):
                    position += edit.growth
                else:
                    self._undone.clear()
                    return

    def _cut_undone(self, start: int, end: int) -> None:
        """Rewrites what was undone for a text that has lost [start, end); forgets it where that cannot be."""
        length = end - start
        for step in reversed(self._undone):
            for index, edit in enumerate(step.edits):
                if edit.position >= end:
                    step.edits[index] = _moved(edit, -length)
                elif edit.position + len(edit.removed) <= start:
                    start = start + edit.growth
                    end = end + edit.growth
                else:
                    self._undone.clear()
                    return


def _begins_phrase(last: Edit, edit: Edit) -> bool:
    """Tells whether what is typed now begins another phrase than what was typed last."""
    before = last.inserted.text
    typed = edit.inserted.text
    if not before or not typed or typed[0].isspace():
        return False
    return bool(_PHRASE_END.search(before[-12:])) or (len(before) >= _LONGEST_RUN and before[-1].isspace())


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, position=edit.position + by)


def _carried(position: int, edit: Edit, *, forward: bool) -> int:
    """Where `position` comes to lie behind `edit`; at its own place it steps behind what is inserted, or not."""
    if position < edit.position or (position == edit.position and not (forward and not edit.removed.text)):
        return position
    if position >= edit.position + len(edit.removed):
        return position + edit.growth
    return edit.end if forward else edit.position


def _merged(last: Edit, edit: Edit) -> Edit | None:
    """One edit for two that follow each other in typing or deleting; None where they are two acts."""
    if edit.removed.styles or edit.inserted.styles:
        return None
    if not edit.removed.text and last.inserted.text:
        goes_on = edit.position == last.end and not edit.inserted.text.startswith(BREAK)
        return replace(last, inserted=last.inserted + edit.inserted) if goes_on else None
    if not edit.inserted.text and not last.inserted.text:
        if edit.position + len(edit.removed) == last.position:
            return Edit(edit.position, edit.removed + last.removed, Passage())
        if edit.position == last.position:
            return replace(last, removed=last.removed + edit.removed)
    return None
