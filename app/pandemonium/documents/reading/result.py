"""What reading a file gives: its text, and what is known about the text's lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """The text of one file, or of one part of a large one.

    Attributes:
        text: LF line ends; paragraphs are separated by a blank line where the format knows them.
        format: "txt", "md", "docx", "odt", "fodt", "rtf", "epub", "html" or "pdf".
        unwrapped: the format knows paragraphs, so a single line break in `text` is meant (verse, an address).
        encoding: the codec of a format without one of its own, else "".
    """

    text: str
    format: str
    unwrapped: bool
    encoding: str = ""
