"""Reads Markdown's source as rich text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pandemonium.documents.formats.markdown.containers import LISTS, Nesting, Path, empty_quotation
from pandemonium.documents.formats.markdown.inline import Inline
from pandemonium.documents.formats.markdown.syntax import (
    STAYS,
    front_matter,
    has_more_details,
    parser,
    split_dense,
    split_front_matter,
    words_of_html,
)
from pandemonium.documents.model.composing import LINE_END, UNUSED_ADDRESSES, Composer, InlineObjects, all_words
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.passage import Container, Kind, Passage
from pandemonium.documents.model.scenes import SCENE_SIGN, is_scene_sign

__all__ = ["front_matter", "has_more_details", "read_markdown", "to_rich", "without_front_matter"]

_STARS = re.compile(r"[ \t]*\*(?:[ \t]*\*){2,}[ \t]*")
_OPENERS = re.compile(r"^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\n]+\]:))*[ \t]*")
_QUOTE_MARK = re.compile(r"^[ \t]*>[ ]?")
_CELL_END = re.compile(r"(?<!\\)\|")
_DEEPEST_NOTES = 20  # in each other
_MOST_TOLD_AGAIN = 500_000  # characters
_RAW_TAG = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_HTML_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


def to_rich(text: str) -> tuple[Passage, dict[str, InlineObject]]:
    """Reads Markdown's source as a passage and the objects in it."""
    return read_markdown(text)[:2]


def read_markdown(text: str) -> tuple[Passage, dict[str, InlineObject], bool]:
    """Reads Markdown's source as a passage and the objects in it; and tells whether some of it stands as it was typed.

    A line's end inside a paragraph is a space, as Markdown has it; a hard one is a line separator (U+2028). What
    the page cannot edit (tables, code, HTML, pictures) is kept with its source. Of a quotation inside a list, and
    the like, the inner kind counts, and the style's containers say the rest. Two paragraphs of one list entry are one
    with an empty line between them.
    """
    objects = InlineObjects()
    composer = Composer()
    source = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    details, source = split_front_matter(source)
    if details:
        composer.add_object(objects.add(EmbeddedObject("details about the text", "", details.rstrip("\n"))))
        composer.end_paragraph()
    env: dict[str, Any] = {}
    source, rest = split_dense(source)
    tokens = parser().parse(source, env)
    _Blocks(tokens, source.split("\n"), env, composer, objects).read()
    for paragraph in rest:
        composer.add(paragraph)
        composer.end_paragraph()
    return composer.passage(), objects.by_key, bool(rest) or STAYS in env


def without_front_matter(text: str) -> str:
    """A Markdown text without what it says about itself at its head."""
    return split_front_matter(text.removeprefix("\ufeff"))[1]


@dataclass
class _Open:
    """A quotation or a list's entry around the walk; `start` is the number that its list begins with."""

    container: Container
    start: int | None = None


class _Blocks:
    """Walks the blocks of one text once."""

    def __init__(
        self, tokens: Sequence[Any], lines: list[str], env: dict[str, Any], composer: Composer, objects: InlineObjects
    ) -> None:
        self._lines = lines
        self._env = env
        self._composer = composer
        self._objects = objects
        self._notes: dict[str, Sequence[Any]] = {}
        self._tokens_of_all = tokens
        self._tokens = self._without_notes(tokens)
        self._reading: list[str] = []  # the labels of the notes around
        self._told: dict[str, Passage] = {}
        self._told_again = 0  # characters of notes to which several marks lead

    def read(self) -> None:
        self._walk(self._tokens, self._composer)
        for label, tokens in self._notes.items():
            if label not in self._told and tokens:
                source = "\n".join(self._lines[slice(*tokens[0].map)]).rstrip()
                words = self._words(tokens[1:-1])
                self._composer.add_object(self._objects.add(EmbeddedObject("note without a mark", words, source)))
                self._composer.end_paragraph()
        if addresses := self._unused_addresses():
            self._composer.add_object(self._objects.add(EmbeddedObject(UNUSED_ADDRESSES, "", addresses)))
            self._composer.end_paragraph()

    def _unused_addresses(self) -> str:
        """The lines that say what labels stand for, of those that no link leads to; many a writer's comment is one."""
        named = [*self._env.get("references", {}).values(), *self._env.get("duplicate_refs", [])]
        if not named:
            return ""
        used: set[str] = set()
        for token in self._tokens_of_all:
            for each in token.children or ():
                used.add(str(each.attrGet("href" if each.type == "link_open" else "src")))
        lines: list[str] = []
        for each in sorted(named, key=lambda each: each["map"][0]):
            if each["href"] not in used:
                lines += [_OPENERS.sub("", line) for line in self._lines[slice(*each["map"])]]
        return "\n".join(lines).rstrip()

    def _words(self, tokens: Sequence[Any]) -> str:
        """What a note says that no mark leads to, in words alone."""
        composer = Composer()
        self._reading = [""] * _DEEPEST_NOTES  # a note that only it names stands on its own, too
        self._walk(self._without_notes(tokens), composer)
        self._reading = []
        passage = composer.passage()
        said = all_words(passage, self._objects.by_key)
        for span in passage.spans:
            if span.object_key:
                self._objects.take(span.object_key)
        return said

    def _without_notes(self, tokens: Sequence[Any]) -> list[Any]:
        """Sets the notes' own tokens aside, by label; the first of several of one label counts."""
        rest: list[Any] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type != "footnote_reference_open":
                rest.append(token)
                at += 1
                continue
            end = at + 1
            depth = 1
            while depth:
                depth += {"footnote_reference_open": 1, "footnote_reference_close": -1}.get(tokens[end].type, 0)
                end += 1
            label = token.meta["label"]
            # The first of several notes of one label counts; no mark names the key of another.
            key = f"{label}\0{len(self._notes)}" if label in self._notes else label
            self._notes[key] = tokens[at:end]
            at = end
        return rest

    def _walk(self, tokens: Sequence[Any], composer: Composer) -> None:  # noqa: C901 (one case a kind of token)
        nesting = Nesting()
        around: list[_Open] = []
        starts: list[int | None] = []  # what the open lists begin with; None where entries came already
        loose: list[bool] = []
        loose_lists = _loose_lists(tokens)
        inline = Inline(composer, self._objects, self._note)
        goes_on = False

        def end(kind: Kind, level: int = 0, *, empty: bool = False) -> None:
            path, start = _entered(around)
            style = nesting.style(kind, path, level=level, start=start)
            composer.end_paragraph(empty_quotation(style, path) if empty else style)
            nesting.enter(path)

        for index, token in enumerate(tokens):
            match token.type:
                case "blockquote_open":
                    around.append(_Open(Container("quote", "new")))
                    if tokens[index + 1].type == "blockquote_close":
                        end("quote", empty=True)
                case "bullet_list_open":
                    starts.append(1)
                    loose.append(index in loose_lists)
                case "ordered_list_open":
                    loose.append(index in loose_lists)
                    starts.append(int(token.attrGet("start") if token.attrGet("start") is not None else 1))
                case "list_item_open":
                    kind = "number" if token.markup in (".", ")") else "bullet"
                    part = "next" if starts[-1] is None else "new"
                    container = Container(kind, part, loose[-1])  # type: ignore[arg-type]
                    around.append(_Open(container, starts[-1]))
                    starts[-1] = None
                    if tokens[index + 1].type == "list_item_close":
                        end(container.kind)
                case "list_item_close" | "blockquote_close":
                    if around.pop().container.part == "new" and token.type == "list_item_close":
                        starts[-1] = 1  # nothing stood in the entry: the next begins the list
                case "bullet_list_close" | "ordered_list_close":
                    starts.pop()
                    loose.pop()
                case "heading_open":
                    if tokens[index + 1].content.strip():
                        inline.read(tokens[index + 1].children or [])
                        end("heading", int(token.tag[1:]))
                    else:
                        composer.add("#" * int(token.tag[1:]))
                        end("scene")
                case "paragraph_open":
                    if goes_on:
                        composer.add(LINE_END * 2)
                    inline.read(tokens[index + 1].children or [])
                    # What follows in the same entry of a list is put behind it, as the page has no other way.
                    inner = around[-1].container.kind if around else ""
                    goes_on = inner in LISTS and _next_in_entry(tokens, index)
                    if not goes_on:
                        end(_kind(composer.open_text, around))
                case "hr":
                    line = self._lines[token.map[0]].strip() if token.map else ""
                    composer.add(line if _STARS.fullmatch(line) and not around else SCENE_SIGN)
                    end("scene")
                case "fence" | "code_block" | "html_block" | "table_open":
                    composer.add_object(self._objects.add(self._kept(token, index, tokens, around)))
                    end("body")

    def _kept(self, token: Any, index: int, tokens: Sequence[Any], around: Sequence[_Open]) -> EmbeddedObject:
        """A block that the page only keeps, with its source as it stands outside of lists and quotations."""
        match token.type:
            case "table_open":
                lines = self._lines[slice(*token.map)] if token.map else []
                if around or self._reading:
                    for each in around:
                        if each.container.kind == "quote":
                            lines = [_QUOTE_MARK.sub("", line) for line in lines]
                    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
                    lines = [_OPENERS.sub("", line) if at == 0 else line[margin:] for at, line in enumerate(lines)]
                source = "\n".join(lines).rstrip()
                return EmbeddedObject("table", _table_text(tokens, index, source), source)
            case "html_block":
                source = _closed(token.content.rstrip())
                return EmbeddedObject("HTML", words_of_html(source), source)
            case _:
                content = token.content.removesuffix("\n")
                return EmbeddedObject("code", content, fenced(content, token.info, token.markup))

    def _note(self, token: Any) -> str:
        """Reads the note that a reference names, and gives its key; "" where the reference stays as it is typed.

        A note within a note is told once, so that no web of notes can grow without end; and to a long one no more marks
        lead than a text can hold.
        """
        known = self._env.get("footnotes", {}).get("list", {}).get(token.meta["id"], {})
        label = str(known.get("label", f"\0{token.meta['id']}"))
        content = self._told.get(label)
        if content is not None:
            self._told_again += len(content)
            if self._reading or self._told_again > _MOST_TOLD_AGAIN:
                return ""
        elif "tokens" not in known and (label in self._reading or len(self._reading) >= _DEEPEST_NOTES):
            return ""
        else:
            composer = Composer()
            self._reading.append(label)
            if "tokens" in known:
                Inline(composer, self._objects, self._note).read(known["tokens"])
            else:
                self._walk(self._without_notes(self._notes.get(label, [])[1:-1]), composer)
            self._reading.pop()
            content = self._told[label] = composer.passage()
        return self._objects.add(Note(content))


def fenced(content: str, info: str = "", fence: str = "") -> str:
    """Code between fences that are longer than any of their signs inside."""
    sign = fence[:1] if fence[:1] in ("`", "~") and fence else "`"
    longest = max((len(run) for run in re.findall(re.escape(sign) + "+", content)), default=0)
    fence = max(fence if fence[:1] == sign else "", sign * max(3, longest + 1), key=len)
    return f"{fence}{info}\n{content}\n{fence}" if content else f"{fence}{info}\n{fence}"


def _closed(source: str) -> str:
    """A block of HTML that ends by itself, so that it does not swallow what is written behind it."""
    start = source.lstrip()
    if tag := _RAW_TAG.match(start):
        end = f"</{tag.group(1).lower()}>"
        return source if end in source.lower() else source + end
    end = next((end for opening, end in _HTML_ENDS if start.startswith(opening)), "")
    return source if not end or end in start else source + end


def _entered(around: Iterable[_Open]) -> tuple[Path, int | None]:
    """The containers around a paragraph, in which what follows goes on, and the number that its list begins with."""
    path: list[Container] = []
    start = None
    for each in around:
        path.append(each.container)
        start = each.start if each.container.part == "new" else None
        each.container = Container(each.container.kind, "same")
    return tuple(path), start


def _kind(text: str, around: Sequence[_Open]) -> Kind:
    """What a paragraph of this text is."""
    if not around:
        return "scene" if is_scene_sign(text) else "body"
    container = around[-1].container
    if container.kind == "quote":
        return "quote"
    return "body" if container.part == "same" else container.kind


def _loose_lists(tokens: Sequence[Any]) -> set[int]:
    """The tokens that open lists whose entries stand apart, by their numbers."""
    found: set[int] = set()
    opened: list[int | None] = []  # lists, and quotations as None
    for index, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                opened.append(index)
            case "blockquote_open":
                opened.append(None)
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                opened.pop()
            case "paragraph_open" if opened and opened[-1] is not None and not token.hidden:
                found.add(opened[-1])
    return found


def _next_in_entry(tokens: Sequence[Any], opening: int) -> bool:
    """Tells whether another paragraph follows directly in the same entry."""
    closing = opening + 2
    return closing + 1 < len(tokens) and tokens[closing + 1].type == "paragraph_open"


def _cell_text(token: Any) -> str:
    if token.type == "html_inline":
        return " " if token.content.lower().startswith("<br") else ""
    return str(token.content)


def _table_text(tokens: Sequence[Any], start: int, source: str) -> str:
    """What a table says, with the cells that are more than its columns, which Markdown shows nowhere."""
    rows: list[list[str]] = []
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append("".join(_cell_text(each) for each in token.children or []))
    lines = source.split("\n")
    for row, line in zip(rows[1:], lines[2:], strict=False):
        cells = _CELL_END.split(line.strip().removeprefix("|").removesuffix("|"))
        row += [each.strip() for each in cells[len(row) :]]
    return "\n".join("\t".join(row) for row in rows)
