"""Markdown as rich text, and back: `to_rich`, `from_rich`, and what of a passage Markdown can say, `normal`."""

from __future__ import annotations

from pandemonium.documents.markdown.normal import normal
from pandemonium.documents.markdown.reading import front_matter, to_rich
from pandemonium.documents.markdown.writing import from_rich

__all__ = ["from_rich", "front_matter", "normal", "to_rich"]
