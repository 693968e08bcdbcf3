"""Charts of letters and word lengths as plain SVG: two texts side by side, to be looked at and to be read out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pandemonium.text.distributions import LONGEST_WORD, OTHER, Distance

WIDTH = 760
HEIGHT = 460
_LEFT = 52
_RIGHT = 20
_TOP = 78
_PANEL = 130
_BETWEEN = 72
_MOST_BARS = 26
_FONT = "sans-serif"
_LEGEND_CHARACTER = 7.0


@dataclass(frozen=True)
class Palette:
    """The colours of a chart, each "#rrggbb"; the house's light ones unless told.

    Attributes:
        paper: the ground.
        ink: words.
        quiet: numbers and the axis.
        line: hair lines.
        first: the first text's bars.
        second: the second text's.
    """

    paper: str = "#fbf8f1"
    ink: str = "#23201c"
    quiet: str = "#625b50"
    line: str = "#dcd4c4"
    first: str = "#2f6f62"
    second: str = "#b9ac95"


@dataclass(frozen=True)
class Charted:
    """One text as far as the chart shows it.

    Attributes:
        name: as the legend calls it.
        letters: share of its letters by letter.
        word_lengths: share of its words by their length in letters.
    """

    name: str
    letters: Mapping[str, float]
    word_lengths: Mapping[str, float]


def style_chart(
    first: Charted,
    second: Charted,
    palette: Palette | None = None,
    *,
    letters: str = "Letters",
    lengths: str = "Word lengths, in letters",
) -> str:
    """Gives the chart of two texts as an SVG document, 760 by 460.

    Args:
        first: shown in the strong colour: a voice's sample.
        second: shown beside it: its author's texts.
        palette: its colours.
        letters: heading of the upper panel.
        lengths: heading of the lower one.
    """
    palette = palette or Palette()
    by_letter = _commonest(second.letters, first.letters)
    by_length = [str(length) for length in range(1, _longest(first, second) + 1)]
    panels = (
        (letters, by_letter, first.letters, second.letters),
        (lengths, by_length, first.word_lengths, second.word_lengths),
    )
    described = "; ".join(
        f"{heading}: {100 * Distance.between(one, two).total_variation:.1f} % apart" for heading, _, one, two in panels
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-labelledby="chart-title chart-description" font-family="{_FONT}">',
        f'<title id="chart-title">{escape(first.name)}, {escape(second.name)}</title>',
        f'<desc id="chart-description">{escape(described)}.</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{palette.paper}"/>',
        *_legend(first.name, second.name, palette),
    ]
    for number, panel in enumerate(panels):
        parts += _panel(_TOP + number * (_PANEL + _BETWEEN), *panel, palette=palette)
    return "\n".join([*parts, "</svg>", ""])


def _legend(first: str, second: str, palette: Palette) -> list[str]:
    room = int((WIDTH / 2 - _LEFT - 30) / _LEGEND_CHARACTER)
    parts = []
    for x, colour, name in ((_LEFT, palette.first, first), (WIDTH // 2, palette.second, second)):
        shown = name if len(name) <= room else name[: room - 1] + "\u2026"
        parts.append(f'<rect x="{x}" y="20" width="14" height="14" fill="{colour}"/>')
        parts.append(_text(x + 22, 32, shown, palette.ink, 14))
    return parts


def _panel(
    top: int,
    heading: str,
    keys: Sequence[str],
    first: Mapping[str, float],
    second: Mapping[str, float],
    *,
    palette: Palette,
) -> list[str]:
    highest = max([0.01, *(shares.get(key, 0.0) for shares in (first, second) for key in keys)])
    bottom = top + _PANEL
    width = WIDTH - _LEFT - _RIGHT
    parts = [_text(_LEFT, top - 12, heading, palette.ink, 13, bold=True)]
    for share in _ticks(highest):
        y = bottom - _PANEL * share / highest
        parts.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{palette.line}"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{100 * share:.0f} %", palette.quiet, 11, anchor="end"))
    slot = width / max(1, len(keys))
    bar = slot * 0.38
    for number, key in enumerate(keys):
        middle = _LEFT + slot * (number + 0.5)
        for x, shares, colour in ((middle - bar, first, palette.first), (middle, second, palette.second)):
            tall = _PANEL * shares.get(key, 0.0) / highest
            parts.append(
                f'<rect x="{x:.1f}" y="{bottom - tall:.1f}" width="{bar:.1f}" height="{tall:.1f}" fill="{colour}"/>'
            )
        shown = f"{key}+" if key == str(LONGEST_WORD) else key
        parts.append(_text(middle, bottom + 16, shown, palette.quiet, 12, anchor="middle"))
    parts.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{bottom}" y2="{bottom}" stroke="{palette.quiet}"/>')
    return parts


def _text(x: float, y: float, words: str, colour: str, size: int, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )


def _ticks(highest: float) -> list[float]:
    """Two to four round shares below `highest`."""
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if highest / step <= 4.5)
    return [step * number for number in range(1, int(highest / step) + 1)]


def _commonest(second: Mapping[str, float], first: Mapping[str, float]) -> list[str]:
    """The author's letters in the alphabet's order, the 26 commonest."""
    shares = second or first
    ranked = sorted((key for key in shares if key != OTHER), key=lambda key: -shares[key])
    return sorted(ranked[:_MOST_BARS])


def _longest(first: Charted, second: Charted) -> int:
    """The longest words that are worth a bar."""
    lengths = [
        int(key)
        for each in (first, second)
        for key, share in each.word_lengths.items()
        if key.isdecimal() and share >= 0.0005
    ]
    return min(LONGEST_WORD, max([10, *lengths]))
