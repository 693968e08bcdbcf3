"""Sets docs/lineage.md: what every recipe came to, beside the bundled voice and what the write-ups report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.distributions import Distance
from pandemonium.writing.measuring.comparison import Compared, Counts

_SAMPLE = 420  # characters
_INTRODUCTION = """\
# Lineage

The program descends from published write-ups of generative LSTMs. Each of their systems is a recipe here
(`resources/recipes/`, one readable file each), trained by one command:

    pandemonium train FOLDER --name NAME --from-scratch --recipe strika-2019

| recipe | from | what it is | what its author reports |
| --- | --- | --- | --- |
| `strika-2019` | "LSTM: How to Train Neural Networks to Write like Lovecraft" | characters, two layers of 150 units, \
windows of 50; `:125`, `:100` the smaller ones; `:published` foresees the next block from the last | 28 to 34 % of the \
words it writes are words |
| `scifi-2018` | "Computer, Write me Sci-fi" | characters, windows of 140, two layers, Adadelta and then SGD, written \
at temperature 0.4; `:words` its first attempt; `:gru` and `:bidirectional`, which failed there | 65 to 67 % of the \
next characters foreseen, in the text it was trained on, after days on three GPUs |
| `vanilla-2017` | "Gentle Introduction to Generative LSTM Networks" | one layer, one-to-one, the state kept to the \
end of the paragraph; `:chapter`, `:many-to-one`, `:one-to-many`, `:words` | no figure |
| `words-2018` | the two-layer, 512-unit word LSTM | RMSProp with a decaying rate, a dictionary of words | no figure |

What a write-up leaves open is chosen here and stands in the recipe's file. Three things differ in all of them: the
output layer shares the embedding's weights, gradients are clipped, and the weights are kept as int8. A word that is too
rare for the dictionary is not dropped: it is spelled by its characters, and so is one that was never read.
"""
_MEASURES = """\
*Bits* are bits per character on the three held-out test tales, each read cold, without the draft's memory.
*Foreseen* is the share of the first 20,000 characters of each at which the voice held the right one for the likeliest;
for pieces larger than a character it is summed over all pieces that go on so, and one further
(`writing/measuring/foresight.py`).
*Learned* is the same on "Dagon", which all of them were trained on: it is what the write-up's 65 to 67 % compare with.
*Words* is the share of what it writes that stands in the dictionary, *once* that of different words that occur once;
*lengths* and *letters* are the distances (total variation) from the held-out tales. The samples are of the same twenty
openings, at the recipe's own temperature.
"""


@dataclass(frozen=True)
class Line:
    """A voice's row, and what it foresees of a tale that it has learned from."""

    row: Compared
    learned_accuracy: float


def page(lines: Sequence[Line], outcomes: Sequence[dict[str, Any]], author: Counts, command: str) -> str:
    """The whole page as Markdown.

    Args:
        lines: the voices, the bundled one last.
        outcomes: the experiments.
        author: of the held-out tales.
        command: that printed it.
    """
    parts = [_INTRODUCTION, f"Printed by `{command}`.", *_shortness(lines), "## On one scale", _table(lines, author)]
    parts += [_MEASURES.rstrip(), "## The write-ups' counts", _counts(lines, author)]
    if outcomes:
        parts += ["## What failed, and why", *_failures(outcomes)]
    parts += ["## One sample each", *(_sample(line.row) for line in lines)]
    return PARAGRAPH.join(part.rstrip() for part in parts) + "\n"


def _shortness(lines: Sequence[Line]) -> Iterator[str]:
    minutes = [line.row.minutes for line in lines[:-1]]
    if minutes and min(minutes) < 9:
        yield (
            f"**These trainings were short:** {min(minutes):.0f} to {max(minutes):.0f} minutes each. They show the "
            "order of things, not what a recipe can come to."
        )


def _table(lines: Sequence[Line], author: Counts) -> str:
    titles = "voice piece weights minutes bits foreseen learned characters/s words once lengths letters"
    head = f"| {' | '.join(titles.split())} |"
    rows = [head, "| --- | --- |" + " ---: |" * 10]
    for line in lines:
        row = line.row
        figures = line.row.counts.figures
        lengths = Distance.between(figures.word_lengths, author.figures.word_lengths).total_variation
        letters = Distance.between(figures.letters, author.figures.letters).total_variation
        rows.append(
            f"| {_name(row)} | {row.unit} | {row.weights:,} | {row.minutes:.1f} | {row.bits_per_character:.3f} | "
            f"{row.next_character_accuracy:.1%} | {line.learned_accuracy:.1%} | {row.characters_per_second:,.0f} | "
            f"{figures.dictionary_words:.1%} | {figures.once:.1%} | {lengths:.3f} | {letters:.3f} |"
        )
    return "\n".join(rows)


def _counts(lines: Sequence[Line], author: Counts) -> str:
    rows = [
        "| | letters a word | capitals after spaces | the | -ing | -tion | -ed | prepositions | pronouns |",
        "| --- |" + " ---: |" * 8,
    ]
    for name, counts in (*((_name(line.row), line.row.counts) for line in lines), ("*the held-out tales*", author)):
        figures = counts.figures
        shares = (
            figures.capitals_after_spaces,
            figures.the,
            figures.ing,
            figures.tion,
            figures.ed,
            counts.prepositions,
            counts.pronouns,
        )
        rows.append(f"| {name} | {figures.word_length:.2f} | " + " | ".join(f"{each:.2%}" for each in shares) + " |")
    return "\n".join(rows)


def _failures(outcomes: Sequence[dict[str, Any]]) -> Iterator[str]:
    for each in outcomes:
        yield (
            f"**`{each['recipe']}`**, after {each['minutes']:g} min. {each['sentence']} Of the words that it writes "
            f"{each['real_words']:.1%} stand in the dictionary:"
        )
        yield _quoted(each["sample"])


def _sample(row: Compared) -> str:
    name = f"**`{row.recipe or row.voice}`**"
    return f"{name}, at temperature {row.temperature:g}:" + PARAGRAPH + _quoted(row.sample)


def _name(row: Compared) -> str:
    return f"`{row.recipe}`" if row.recipe else f"**{row.voice}**"


def _quoted(text: str) -> str:
    """The first characters of a sample, up to a space, as a quotation."""
    text = " ".join(text[: 2 * _SAMPLE].split())
    if len(text) > _SAMPLE:
        text = text[:_SAMPLE].rpartition(" ")[0] + " \u2026"
    plain = "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in text)
    return f"> {plain}"
