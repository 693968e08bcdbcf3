"""What is known of a training, gathered from its events; and reading those as they are written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Points = list[tuple[float, float]]  # seconds of learning, bits per character


class EventTail:
    """Reads the events that a growing file has got since the last reading.

    Args:
        path: of a file of JSON lines; it may not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0

    def read(self) -> list[dict[str, Any]]:
        """The new events; a line that is still being written is left for later."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
        except OSError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        found = []
        for line in whole.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and "event" in event:
                found.append(event)
        return found


@dataclass
class Progress:
    """A training as far as it has told.

    Attributes:
        phase: "starting", "reading", "beginning", "replay", "learning", "paused", "tuning", "judging", "done", "failed"
            or "lost".
        training, held_out: the two curves.
        minutes: planned; 0 until it stops improving, None while it is not known.
        seconds: of learning so far.
        seconds_left: of learning, None where nobody knows.
        eased_at: seconds of learning after which nothing was gained any more; since then it is polished from its best
            state. None before.
        share: of the phase that is over, from 0 to 1; None where nobody knows.
        speed: sub-words a second.
        passes: how often the texts will be read.
        between: the two voices that it began between; empty where it began with one.
        note: why something is done otherwise than asked, as a sentence.
        waits_for: why it waits, as a sentence; "" where the writer asked for it.
        sample: opening and continuation of the last sample.
        result: as in `result.json`.
        failure: what went wrong, and what to do.
    """

    phase: str = "starting"
    training: Points = field(default_factory=list)
    held_out: Points = field(default_factory=list)
    minutes: float | None = None
    seconds: float = 0.0
    seconds_left: float | None = None
    eased_at: float | None = None
    share: float | None = None
    speed: float = 0.0
    passes: float = 0.0
    between: tuple[str, ...] = ()
    note: str = ""
    waits_for: str = ""
    sample: tuple[str, str] | None = None
    result: dict[str, Any] | None = None
    failure: tuple[str, str] = ("", "")

    @property
    def is_over(self) -> bool:
        """Nothing more will come unless it is started again."""
        return self.phase in ("done", "failed", "lost")

    def take(self, event: dict[str, Any]) -> None:
        """Takes an event in; kinds and fields that are not known are passed over."""
        match event["event"]:
            case "plan":
                self.minutes = float(event.get("minutes") or 0.0)
                self.passes = float(event.get("passes") or 0.0)
                self.speed = float(event.get("tokens_per_second") or 0.0)
                self.note = str(event.get("why") or "")
                ends = str(event.get("base") or ""), str(event.get("foundation") or "")
                self.between = ends if event.get("foundation_share") and all(ends) else ()
            case "progress":
                self.phase = str(event.get("phase") or self.phase)
                self.share = _number(event.get("share"))
                self.waits_for = str(event.get("why") or "") if self.phase == "paused" else ""
                if self.phase == "learning":
                    self._learn(event)
            case "evaluation":
                self._add(self.held_out, event, "held_out_bits_per_character")
            case "sample":
                self.sample = (str(event.get("opening") or ""), str(event.get("text") or ""))
            case "done" | "stopped":
                self.phase = "done"
                self.result = event
            case "failed":
                self.phase = "failed"
                self.failure = (str(event.get("message") or ""), str(event.get("hint") or ""))

    def _learn(self, event: dict[str, Any]) -> None:
        self._add(self.training, event, "training_bits_per_character")
        self.seconds = float(event.get("seconds") or 0.0)
        self.seconds_left = _number(event.get("seconds_left"))
        self.eased_at = _number(event.get("eased_at"))
        self.speed = float(event.get("tokens_per_second") or self.speed)

    def _add(self, points: Points, event: dict[str, Any], name: str) -> None:
        value = event.get(name)
        if isinstance(value, (int, float)):
            seconds = float(event.get("seconds") or 0.0)
            while points and points[-1][0] > seconds:  # it was resumed from an earlier moment
                points.pop()
            points.append((seconds, float(value)))


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
