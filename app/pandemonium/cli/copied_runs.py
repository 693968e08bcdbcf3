"""What a continuation has copied, for the command line: as values for JSON, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandemonium.voice.file import Voice


def copied_runs(voices: Sequence[Voice], text: str) -> list[dict[str, Any]]:
    """The runs of eight words and more of `text` that stand so in what one of `voices` learned from.

    Returns:
        for each, its `start` and `end` in characters, its words, the `voice`, and the `source`: the text that it stands
        in, empty where the voice does not keep that.
    """
    from pandemonium.writing.insight.copied import find_copied

    found = [(run, voice.name) for voice in voices if voice.profile for run in find_copied(voice.profile, text)]
    found.sort(key=lambda each: (each[0].start, each[0].end))
    return [
        {"start": run.start, "end": run.end, "text": text[run.start : run.end], "voice": name, "source": run.source}
        for run, name in found
    ]


def as_lines(runs: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A line for each run, and one sentence where there is none."""
    if not runs:
        yield "Copied: nothing."
    for run in runs:
        words = " ".join(run["text"].split())
        yield f"Copied from {run['source'] or 'a text of ' + run['voice']}: {words}"
