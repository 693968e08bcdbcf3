"""Reads Markdown's source as rich text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pandemonium.documents.composing import LINE_END, Composer, Things
from pandemonium.documents.formats.markdown.inline import Inline, parser
from pandemonium.documents.manuscript import Foreign, Note, Thing
from pandemonium.documents.passage import BODY, ParagraphStyle, Passage
from pandemonium.documents.scenes import SCENE_SIGN, is_scene_sign

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n){0,200}?\1[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^(title|author|lang|language)[ \t]*[:=][ \t]*(\S.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TAGS = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_STARS = re.compile(r"[ \t]*\*(?:[ \t]*\*){2,}[ \t]*")
_OPENERS = re.compile(r"^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\n]+\]:))*[ \t]*")
_QUOTE_MARK = re.compile(r"^[ \t]{0,3}>[ ]?")


def to_rich(text: str) -> tuple[Passage, dict[str, Thing]]:
    """Reads Markdown's source as a passage and the things in it.

    A line's end inside a paragraph is a space, as Markdown has it; a hard one is a line separator (U+2028). What
    the page cannot edit (tables, code, HTML, pictures) is kept with its source. Of a quotation inside a list, and
    the like, the inner kind counts. Two paragraphs of one list entry are one with an empty line between them.
    """
    things = Things()
    composer = Composer()
    source = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if match := _FRONT_MATTER.match(source):
        key = things.add(Foreign("details about the text", "", match.group().rstrip("\n")))
        composer.add_thing(key)
        composer.end_paragraph()
        source = source[match.end() :]
    env: dict[str, Any] = {}
    tokens = parser().parse(source, env)
    _Blocks(tokens, source.split("\n"), env, composer, things).read()
    return composer.passage(), things.by_key


def front_matter(text: str) -> dict[str, str]:
    """What a Markdown text says about itself at its head: "title", "author", "language", where it does."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}
    found = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(match.group())}
    if "lang" in found:
        found.setdefault("language", found.pop("lang"))
    return found


class _Blocks:
    """Walks the blocks of one text once."""

    def __init__(
        self, tokens: Sequence[Any], lines: list[str], env: dict[str, Any], composer: Composer, things: Things
    ) -> None:
        self._lines, self._env, self._composer, self._things = lines, env, composer, things
        self._notes: dict[str, Sequence[Any]] = {}
        self._tokens = self._without_notes(tokens)
        self._reading: set[str] = set()

    def read(self) -> None:
        self._walk(self._tokens, self._composer)
        used = {each.get("label") for each in self._env.get("footnotes", {}).get("list", {}).values()}
        for label, tokens in self._notes.items():
            if label not in used:
                source = "\n".join(self._lines[slice(*tokens[0].map)]).rstrip() if tokens else ""
                self._block(self._composer, "note that nothing points to", "", source)

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
            while label in self._notes:
                label += "\0"
            self._notes[label] = tokens[at:end]
            at = end
        return rest

    def _walk(self, tokens: Sequence[Any], composer: Composer) -> None:
        containers: list[str] = []
        goes_on = False
        inline = Inline(composer, self._things, self._note)
        for index, token in enumerate(tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open" | "blockquote_open":
                    containers.append(token.type.partition("_")[0])
                case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                    containers.pop()
                case "heading_open":
                    self._heading(composer, inline, token, tokens[index + 1])
                case "paragraph_open":
                    style = _style(containers)
                    if goes_on:
                        composer.add(LINE_END * 2)
                    inline.read(tokens[index + 1].children or [])
                    # What follows in the same entry of a list is put behind it, as the page has no other way.
                    goes_on = style.kind in ("bullet", "number") and _next_in_entry(tokens, index)
                    if not goes_on:
                        text = composer.open_text
                        scene = style == BODY and is_scene_sign(text)
                        composer.end_paragraph(ParagraphStyle("scene") if scene else style)
                case "hr":
                    line = self._lines[token.map[0]].strip() if token.map else ""
                    composer.add(line if _STARS.fullmatch(line) else SCENE_SIGN)
                    composer.end_paragraph(ParagraphStyle("scene"))
                case "fence" | "code_block" | "html_block" | "table_open":
                    self._keep(composer, token, index, tokens, containers)

    def _heading(self, composer: Composer, inline: Inline, token: Any, content: Any) -> None:
        level = int(token.tag[1:])
        if not content.content.strip():
            composer.add("#" * level)
            composer.end_paragraph(ParagraphStyle("scene"))
            return
        inline.read(content.children or [])
        composer.end_paragraph(ParagraphStyle("heading", level))

    def _keep(self, composer: Composer, token: Any, index: int, tokens: Sequence[Any], containers: list[str]) -> None:
        lines = self._lines[slice(*token.map)] if token.map else []
        if containers or self._reading:
            # Inside of a list, a quotation or a note: what the container puts before each line goes.
            lines = [re.sub(_QUOTE_MARK, "", line) if "blockquote" in containers else line for line in lines]
            margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
            lines = [_OPENERS.sub("", line) if at == 0 else line[margin:] for at, line in enumerate(lines)]
        source = "\n".join(lines).rstrip()
        match token.type:
            case "table_open":
                self._block(composer, "table", _table_text(tokens, index), source)
            case "html_block":
                self._block(composer, "HTML", _TAGS.sub("", source).strip(), source)
            case _:
                self._block(composer, "code", token.content.rstrip("\n"), source)

    def _block(self, composer: Composer, label: str, text: str, source: str) -> None:
        composer.add_thing(self._things.add(Foreign(label, text, source)))
        composer.end_paragraph()

    def _note(self, token: Any) -> str:
        """Reads the note that a reference names; a note inside of itself is left out."""
        known = self._env.get("footnotes", {}).get("list", {}).get(token.meta["id"], {})
        label = str(known.get("label", f"\0{token.meta['id']}"))
        composer = Composer()
        if label not in self._reading:
            self._reading.add(label)
            if "tokens" in known:
                Inline(composer, self._things, self._note).read(known["tokens"])
            else:
                self._walk(self._without_notes(self._notes.get(label, [])[1:-1]), composer)
            self._reading.discard(label)
        return self._things.add(Note(composer.passage()))


def _style(containers: list[str]) -> ParagraphStyle:
    lists = [each for each in containers if each != "blockquote"]
    if not containers:
        return BODY
    match containers[-1]:
        case "bullet":
            return ParagraphStyle("bullet", len(lists))
        case "ordered":
            return ParagraphStyle("number", len(lists))
        case _:
            return ParagraphStyle("quote")


def _next_in_entry(tokens: Sequence[Any], opening: int) -> bool:
    """Tells whether another paragraph follows directly in the same entry."""
    closing = opening + 2
    return closing + 1 < len(tokens) and tokens[closing + 1].type == "paragraph_open"


def _table_text(tokens: Sequence[Any], start: int) -> str:
    rows: list[list[str]] = []
    for token in tokens[start:]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append("".join(each.content for each in token.children or []))
    return "\n".join("\t".join(row) for row in rows)


def without_front_matter(text: str) -> str:
    """A Markdown text without what it says about itself at its head."""
    return _FRONT_MATTER.sub("", text.removeprefix("\ufeff"))
