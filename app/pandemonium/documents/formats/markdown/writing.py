"""Writes rich text as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pandemonium.documents.composing import LINE_END, Composer, Things, runs, styled
from pandemonium.documents.formats.markdown.inline import Inline, bracketed, parser
from pandemonium.documents.formats.markdown.normal import normal
from pandemonium.documents.manuscript import Foreign, Note, Thing
from pandemonium.documents.passage import Look, ParagraphStyle, Passage, Span

_STARS = re.compile(r"[ \t]*\*(?:[ \t]*\*){2,}[ \t]*")
_SIGNS = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|$)|&(?=#|[A-Za-z]|$)|~(?=~|$)|(?<=~)~|^~|[!^]$", re.ASCII
)
_OPENS_BLOCK = re.compile(r"(?:#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t-]|$)|=|[-:|][-:| \t]*$|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_TAGS = {
    Look.BOLD: ("<strong>", "</strong>"),
    Look.ITALIC: ("<em>", "</em>"),
    Look.STRIKE: ("<del>", "</del>"),
    Look.UNDERLINE: ("<u>", "</u>"),
    Look.SUPERSCRIPT: ("<sup>", "</sup>"),
    Look.SUBSCRIPT: ("<sub>", "</sub>"),
    Look.SMALL_CAPS: ('<span class="smallcaps">', "</span>"),
}
_STARRED = _TAGS | {Look.BOLD: ("**", "**"), Look.ITALIC: ("*", "*"), Look.STRIKE: ("~~", "~~")}
_UNDERSCORED = _STARRED | {Look.ITALIC: ("_", "_")}


def from_rich(content: Passage, things: Mapping[str, Thing]) -> str:
    """Writes a passage as Markdown, paragraph by paragraph, its notes at the end.

    `to_rich` gives back what `normal` says. Looks that Markdown has no signs for are written as HTML tags, and
    bold and italic likewise where their signs would not be taken for such.

    Args:
        content: rich text, which is no Markdown source.
        things: what the content's THINGs stand for; a thing that came from Markdown is written as it was.
    """
    content, kept = normal(content, things)
    labels: dict[str, int] = {}
    for span in content.spans:
        if isinstance(kept.get(span.thing), Note):
            labels[span.thing] = len(labels) + 1
    blocks = _Blocks(kept, labels)
    text = blocks.write(content)
    notes: list[str] = []
    for key, number in labels.items():
        note = kept[key]
        assert isinstance(note, Note)
        lines = blocks.write(note.content).split("\n")
        if len(lines) > 1:  # what is no plain paragraph begins on a line of its own
            lines.insert(0, "")
        indented = [lines[0], *(f"    {line}" if line else "" for line in lines[1:])]
        notes.append(f"[^{number}]: {chr(10).join(indented)}".rstrip(" "))
    whole = "\n\n".join(part for part in (text, *notes) if part)
    return whole + "\n" if whole else ""


@dataclass
class _List:
    kind: str
    width: int
    count: int = 0


@dataclass
class _Blocks:
    things: Mapping[str, Thing]
    labels: Mapping[str, int]
    lists: list[_List] = field(default_factory=list)

    def write(self, content: Passage) -> str:
        """Writes paragraph after paragraph."""
        self.lists.clear()
        pieces: list[str] = []
        before = ""
        for paragraph, style in styled(content):
            block = self._block(paragraph, style)
            if pieces:
                both_lists = before in ("bullet", "number") and style.kind in ("bullet", "number")
                both_quotes = before == style.kind == "quote"
                pieces.append("\n" if both_lists else "\n>\n" if both_quotes else "\n\n")
            pieces.append(block)
            before = style.kind
        return "".join(pieces)

    def _block(self, paragraph: Passage, style: ParagraphStyle) -> str:
        if style.kind not in ("bullet", "number"):
            self.lists.clear()
        match style.kind:
            case "heading":
                text = self._inline(paragraph, "<br>")
                closing = re.search(r"#+$", text)
                text = text[: closing.start()] + "\\#" * len(closing.group()) if closing else text
                return f"{'#' * style.level} {text}"
            case "quote":
                return "\n".join(f"> {line}".rstrip(" ") for line in self._inline(paragraph, "\\\n").split("\n"))
            case "bullet" | "number":
                return self._entry(paragraph, style)
            case "scene" if _STARS.fullmatch(paragraph.text) or paragraph.text == "#":
                return paragraph.text.strip()
            case _:
                return self._inline(paragraph, "\\\n")

    def _entry(self, paragraph: Passage, style: ParagraphStyle) -> str:
        del self.lists[style.level :]
        if len(self.lists) == style.level and self.lists[-1].kind != style.kind:
            self.lists.pop()
        if len(self.lists) < style.level:
            self.lists.append(_List(style.kind, 0))
        own = self.lists[-1]
        own.count += 1
        sign = "- " if style.kind == "bullet" else f"{own.count}. "
        own.width = len(sign)
        margin = " " * sum(each.width for each in self.lists[:-1])
        inner = margin + " " * own.width
        if paragraph.spans or LINE_END * 3 in paragraph.text:
            text = self._inline(paragraph, "\\\n")
        else:
            parts = [self._inline(Passage(part), "\\\n") for part in paragraph.text.split(LINE_END * 2)]
            text = "\n\n".join(parts)
        lines = text.split("\n")
        return "\n".join([margin + sign + lines[0], *(inner + line if line else "" for line in lines[1:])])

    def _inline(self, paragraph: Passage, line_end: str) -> str:
        """The paragraph's text in the plainest form that is read as what it is."""
        whole = list(runs(paragraph))
        if not any(span.look or span.link for _, span in whole):
            return self._marked(whole, _STARRED, line_end)
        for signs in (_STARRED, _UNDERSCORED):
            written = self._marked(whole, signs, line_end)
            if self._is_read_as(written, paragraph):
                return written
        return self._marked(whole, _TAGS, line_end)

    def _marked(self, whole: list[tuple[str, Span]], signs: Mapping[Look, tuple[str, str]], line_end: str) -> str:
        pieces: list[str] = []
        first = True
        for link, group in groupby(whole, key=lambda each: each[1].link):
            parts = list(group)
            inner = self._looks(parts, signs, line_end, first=first and not link)
            pieces.append(f"[{inner}]({bracketed(link)})" if link else inner)
            first = False
        return "".join(pieces)

    def _looks(
        self, parts: list[tuple[str, Span]], signs: Mapping[Look, tuple[str, str]], line_end: str, *, first: bool
    ) -> str:
        pieces: list[str] = []
        opened: list[Look] = []
        for index, (text, span) in enumerate(parts):
            stays = 0
            while stays < len(opened) and opened[stays] & span.look:
                stays += 1
            pieces += [signs[look][1] for look in reversed(opened[stays:])]
            del opened[stays:]
            new = [look for look in signs if look & span.look and look not in opened]
            for look in sorted(new, key=lambda each: -_extent(parts, index, each)):
                pieces.append(signs[look][0])
                opened.append(look)
            last = index + 1 == len(parts)
            pieces.append(self._text(text, span, line_end, first=first and index == 0, last=last))
        pieces += [signs[look][1] for look in reversed(opened)]
        return "".join(pieces)

    def _text(self, text: str, span: Span, line_end: str, *, first: bool, last: bool) -> str:
        if span.thing:
            thing = self.things[span.thing]
            return thing.source if isinstance(thing, Foreign) else f"[^{self.labels[span.thing]}]"
        lines = text.split(LINE_END)
        escaped = [_escaped(line, starts=first or at > 0) for at, line in enumerate(lines)]
        if first:
            escaped[0] = _guarded(escaped[0], 0)
        if last:
            escaped[-1] = _guarded(escaped[-1], -1)
        return line_end.join(escaped)

    def _is_read_as(self, written: str, paragraph: Passage) -> bool:
        """Tells whether a line is read as it was meant."""
        env = {"footnotes": {"refs": {f":{number}": -1 for number in self.labels.values()}, "list": {}}}
        tokens = parser().parseInline(written, env)
        composer = Composer()
        Inline(composer, Things(), lambda token: "note").read(tokens[0].children if tokens else [])
        read = composer.passage()
        return read.text == paragraph.text and _outline(read.spans) == _outline(paragraph.spans)


def _outline(spans: Iterable[Span]) -> list[Any]:
    return [(span.start, span.end, span.look, span.link, bool(span.thing)) for span in spans]


def _extent(parts: list[tuple[str, Span]], index: int, look: Look) -> int:
    end = index
    while end < len(parts) and parts[end][1].look & look:
        end += 1
    return end - index


def _escaped(line: str, *, starts: bool) -> str:
    text = _SIGNS.sub(lambda match: "\\" + match.group(), line)
    if not starts:
        return text
    if _OPENS_BLOCK.match(text):
        return "\\" + text
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text


def _guarded(text: str, end: int) -> str:
    """Keeps white space at a paragraph's end that is more than a space, as a wide or a fixed one."""
    if text and text[end].isspace() and text[end] not in " \t":
        sign = "&nbsp;" if text[end] == "\u00a0" else f"&#{ord(text[end])};"
        return sign + text[1:] if end == 0 else text[:-1] + sign
    return text
