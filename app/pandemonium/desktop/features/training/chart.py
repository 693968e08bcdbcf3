"""The result's chart: letters and word lengths of what the new voice writes, beside those of the writer's texts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from pandemonium.desktop.core.theme import Colours
from pandemonium.text.charts import HEIGHT, WIDTH, Charted, Palette, style_chart
from pandemonium.text.distributions import Distance


class ChartView(QWidget):
    """Shows an SVG of a fixed shape, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("styleChart")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._renderer = QSvgRenderer(self)

    def show_svg(self, svg: str, description: str) -> None:
        """Shows a chart; `description` is what a screen reader says of it."""
        self._renderer.load(QByteArray(svg.encode()))
        self.setAccessibleName(description)
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The shape stays."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that goes with a width."""
        return round(min(width, WIDTH) * HEIGHT / WIDTH)

    def sizeHint(self) -> QSize:
        """Its own size."""
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Half of that can still be read."""
        return QSize(WIDTH // 2, HEIGHT // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints it in the middle."""
        width = min(self.width(), WIDTH, round(self.height() * WIDTH / HEIGHT))
        height = width * HEIGHT / WIDTH
        painter = QPainter(self)
        self._renderer.render(painter, QRectF((self.width() - width) / 2, 0, width, height))
        painter.end()


def result_chart(result: dict[str, Any], colours: Colours) -> tuple[str, str]:
    """Gives the SVG of a training's result and its description; two empty strings where it knows no such figures."""
    style = result.get("style")
    if not isinstance(style, dict) or not {"own", "author"} <= style.keys():
        return "", ""
    try:
        own, author = (
            Charted(name, *(_shares(style[key][kind]) for kind in ("letters", "word_lengths")))
            for key, name in (
                ("own", _tr("What {voice} writes").format(voice=str(result.get("voice") or ""))),
                ("author", _tr("Your texts")),
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return "", ""
    palette = Palette(
        paper=colours.paper,
        ink=colours.ink,
        quiet=colours.quiet,
        line=colours.line,
        first=colours.accent,
        second=colours.underline,
    )
    svg = style_chart(own, author, palette, letters=_tr("Letters"), lengths=_tr("Word lengths, in letters"))
    said = _tr("Its letters lie {letters} % from those of your texts, its word lengths {lengths} %.")
    apart = [
        100 * Distance.between(getattr(own, kind), getattr(author, kind)).total_variation
        for kind in ("letters", "word_lengths")
    ]
    return svg, said.format(letters=f"{apart[0]:.1f}", lengths=f"{apart[1]:.1f}")


def _shares(values: Any) -> dict[str, float]:
    return {str(key): float(share) for key, share in values.items()}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ResultChart", text)
