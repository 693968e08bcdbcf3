"""Writes rich text as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pandemonium.documents.formats.markdown.containers import (
    Block,
    Nesting,
    Path,
    first_entered,
    may_touch,
    parted_list,
)
from pandemonium.documents.formats.markdown.inline import Inline, bracketed, titled
from pandemonium.documents.formats.markdown.normal import form_of_block, normal, parts_of_entry
from pandemonium.documents.formats.markdown.syntax import parser
from pandemonium.documents.model.composing import LINE_END, Composer, InlineObjects, runs, styled
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.passage import CharFormat, ParagraphStyle, Passage, Span

_EMPTY_HEADING = re.compile(r"#{1,6}")
_STARS = re.compile(r"[ \t]*\*(?:[ \t]*\*){2,}[ \t]*")
_SIGNS = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|$)|&(?=#|[A-Za-z]|$)|~(?=~|$)|(?<=~)~|^~|[!^]$", re.ASCII
)
_OPENS_BLOCK = re.compile(r"(?:#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t-]|$)|=|[-:|][-:| \t]*$|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_TAGS = {
    CharFormat.BOLD: ("<strong>", "</strong>"),
    CharFormat.ITALIC: ("<em>", "</em>"),
    CharFormat.STRIKE: ("<del>", "</del>"),
    CharFormat.UNDERLINE: ("<u>", "</u>"),
    CharFormat.SUPERSCRIPT: ("<sup>", "</sup>"),
    CharFormat.SUBSCRIPT: ("<sub>", "</sub>"),
    CharFormat.SMALL_CAPS: ('<span class="smallcaps">', "</span>"),
}
_STARRED = _TAGS | {CharFormat.BOLD: ("**", "**"), CharFormat.ITALIC: ("*", "*"), CharFormat.STRIKE: ("~~", "~~")}
_UNDERSCORED = _STARRED | {CharFormat.ITALIC: ("_", "_")}


def from_rich(content: Passage, objects: Mapping[str, InlineObject]) -> str:
    """Writes a passage as Markdown, paragraph by paragraph, its notes at the end.

    `to_rich` gives back what `normal` says. Looks that Markdown has no signs for are written as HTML tags, and
    bold and italic likewise where their signs would not be taken for such.

    Args:
        content: rich text, which is no Markdown source.
        objects: what the content's OBJECTs stand for; an object that came from Markdown is written as it was.
    """
    content, kept = normal(content, objects)
    labels: dict[str, int] = {}
    for span in content.spans:
        if isinstance(kept.get(span.object_key), Note):
            labels[span.object_key] = len(labels) + 1
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
class _Open:
    """A list or a quotation that is written into: the sign before it, how wide that is, and what its list counts."""

    kind: str
    sign: str = "> "
    count: int = 0
    is_loose: bool = False

    @property
    def margin(self) -> str:
        """What stands before every line but the first of an entry."""
        return self.sign if self.kind == "quote" else " " * len(self.sign)


@dataclass(frozen=True)
class _Link:
    """Where characters lead."""

    address: str
    title: str


@dataclass
class _Blocks:
    objects: Mapping[str, InlineObject]
    labels: Mapping[str, int]
    open: list[_Open] = field(default_factory=list)

    def write(self, content: Passage) -> str:
        """Writes paragraph after paragraph."""
        self.open.clear()
        nesting = Nesting()
        pieces: list[str] = []
        before = Block("body", ())
        for paragraph, style in styled(content):
            path = nesting.path(style)
            block = Block(style.kind, path, style.start, form_of_block(paragraph, self.objects))
            stays = first_entered(path)
            margins = [each.margin for each in self.open[:stays]]
            if pieces:
                touches = may_touch(before, block) and not self._is_parted(path)
                pieces.append("\n" if touches else f"\n{''.join(margins).rstrip()}\n")
            signs = self._enter(path, stays, style)
            first = "".join(margins + signs)
            rest = "".join(each.margin for each in self.open)
            lines = self._block(paragraph, style).split("\n")
            lines = [
                first + lines[0] if lines[0] else first.rstrip(),
                *((rest + line) if line else rest.rstrip() for line in lines[1:]),
            ]
            pieces.append("\n".join(lines))
            nesting.enter(path)
            before = block
        return "".join(pieces)

    def _is_parted(self, path: Path) -> bool:
        """Tells whether a blank line stands before a paragraph because its list is a loose one."""
        at = parted_list(path)
        if at is None:
            return False
        return path[at].is_loose if path[at].part == "next" else self.open[at].is_loose

    def _enter(self, path: Path, stays: int, style: ParagraphStyle) -> list[str]:
        """Opens what begins with a paragraph, closes what ended, and gives the signs before it."""
        signs: list[str] = []
        for at in range(stays, len(path)):
            each = path[at]
            was = self.open[at] if at < len(self.open) else None
            del self.open[at:]
            if each.kind == "quote":
                self.open.append(_Open("quote"))
            elif each.kind == "bullet":
                sign = was.sign if was is not None and each.part == "next" else "- "
                if was is not None and was.kind == "bullet" and each.part == "new":
                    sign = "+ " if was.sign == "- " else "- "  # another sign begins another list
                self.open.append(_Open("bullet", sign, is_loose=each.is_loose))
            else:
                dot = was.sign[-2] if was is not None and was.kind == "number" else "."
                if was is not None and each.part == "next":
                    count = was.count + 1
                else:
                    count = style.start if style.start is not None and at == len(path) - 1 else 1
                    if was is not None and was.kind == "number":
                        dot = ")" if dot == "." else "."
                self.open.append(_Open("number", f"{min(count, 999_999_999)}{dot} ", count, each.is_loose))
            signs.append(self.open[-1].sign)
        del self.open[len(path) :]
        return signs

    def _block(self, paragraph: Passage, style: ParagraphStyle) -> str:
        match style.kind:
            case "heading":
                text = self._inline(paragraph, "<br>")
                closing = re.search(r"(?<!\\)#+$", text)
                text = text[: closing.start()] + "\\#" * len(closing.group()) if closing else text
                return f"{'#' * style.level} {text}"
            case "scene" if _STARS.fullmatch(paragraph.text) or _EMPTY_HEADING.fullmatch(paragraph.text):
                return paragraph.text.strip()
            case "bullet" | "number":
                return "\n\n".join(self._inline(part, "\\\n") for part in parts_of_entry(paragraph))
            case _:
                return self._inline(paragraph, "\\\n")

    def _inline(self, paragraph: Passage, line_end: str) -> str:
        """The paragraph's text in the plainest form that is read as what it is."""
        whole = list(runs(paragraph))
        if not any(span.char_format or span.link for _, span in whole):
            return self._marked(whole, _STARRED, line_end)
        for signs in (_STARRED, _UNDERSCORED):
            written = self._marked(whole, signs, line_end)
            if self._is_read_as(written, paragraph):
                return written
        return self._marked(whole, _TAGS, line_end)

    def _marked(self, parts: list[tuple[str, Span]], signs: Mapping[CharFormat, tuple[str, str]], line_end: str) -> str:
        """The parts with the signs of their looks and links, each around as much as it holds for."""
        wanted = [_wanted(span, signs) for _, span in parts]
        ends = _run_ends(wanted)
        pieces: list[str] = []
        opened: list[CharFormat | _Link] = []
        for index, (text, span) in enumerate(parts):
            stays = 0
            while stays < len(opened) and opened[stays] in wanted[index]:
                stays += 1
            link = next((each for each in wanted[index] if isinstance(each, _Link)), None)
            if link is not None and link not in opened[:stays]:
                while stays and ends[index][opened[stays - 1]] < ends[index][link]:
                    stays -= 1  # nothing that ends before the link does may hold its beginning
            pieces += [_sign(each, signs)[1] for each in reversed(opened[stays:])]
            del opened[stays:]
            new = [each for each in wanted[index] if each not in opened]
            for each in sorted(new, key=lambda each: (-ends[index][each], not isinstance(each, _Link))):
                pieces.append(_sign(each, signs)[0])
                opened.append(each)
            last = index + 1 == len(parts)
            pieces.append(self._text(text, span, line_end, first=index == 0, last=last, linked=link is not None))
        pieces += [_sign(each, signs)[1] for each in reversed(opened)]
        return "".join(pieces)

    def _text(self, text: str, span: Span, line_end: str, *, first: bool, last: bool, linked: bool) -> str:
        if span.object_key:
            inline_object = self.objects[span.object_key]
            return (
                inline_object.source
                if isinstance(inline_object, EmbeddedObject)
                else f"[^{self.labels[span.object_key]}]"
            )
        lines = text.split(LINE_END)
        escaped = [_escaped(line, starts=(first and not linked) or at > 0) for at, line in enumerate(lines)]
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
        Inline(composer, InlineObjects(), lambda token: "note").read(tokens[0].children if tokens else [])
        read = composer.passage()
        return read.text == paragraph.text and _outline(read.spans) == _outline(paragraph.spans)


def _outline(spans: Iterable[Span]) -> list[Any]:
    return [(span.start, span.end, span.char_format, span.link, span.title, bool(span.object_key)) for span in spans]


def _wanted(span: Span, signs: Mapping[CharFormat, tuple[str, str]]) -> list[CharFormat | _Link]:
    found: list[CharFormat | _Link] = [char_format for char_format in signs if char_format & span.char_format]
    return [*found, _Link(span.link, span.title)] if span.link else found


def _run_ends(wanted: Sequence[Sequence[CharFormat | _Link]]) -> list[dict[CharFormat | _Link, int]]:
    """For each part, the number of the part at which each of its looks and its link ends."""
    ends: list[dict[CharFormat | _Link, int]] = [{}] * len(wanted)
    after: dict[CharFormat | _Link, int] = {}
    for index in range(len(wanted) - 1, -1, -1):
        after = {each: after.get(each, index + 1) for each in wanted[index]}
        ends[index] = after
    return ends


def _sign(each: CharFormat | _Link, signs: Mapping[CharFormat, tuple[str, str]]) -> tuple[str, str]:
    """What stands before and behind characters of a look or a link."""
    if isinstance(each, _Link):
        return "[", f"]({bracketed(each.address)}{titled(each.title)})"
    return signs[each]


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
