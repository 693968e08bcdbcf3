"""CommonMark's rules for paragraphs and for headings that are underlined, as one: each line is looked at once."""

from __future__ import annotations

from typing import Any

# What a line begins with that may end the paragraph before it; a table's second line tells of its first.
_MAY_END = frozenset("`~>*-_+<#|:[0123456789")
_TABLE_RULE = frozenset("|-:")


def paragraph_or_heading(state: Any, start: int, end: int, silent: bool) -> bool:
    """Reads a paragraph, or a heading that is underlined.

    Signature as markdown-it wants its rules: the block parser's state, the first line, the line behind the last one,
    and whether only a yes or no is asked for.
    """
    outer = state.parentType
    state.parentType = "paragraph"  # the rules that may end one ask for it
    line = start + 1
    level = 0
    while line < end and not state.isEmpty(line):
        # An indented line goes on, whatever it looks like; one of a quotation was looked at by that rule.
        is_behind = state.sCount[line] - state.blkIndent <= 3
        if is_behind and not state.is_code_block(start) and (level := _underlines(state, line)):
            break
        if is_behind and state.sCount[line] >= 0 and _ends_paragraph(state, line, end):
            break
        line += 1
    state.parentType = outer
    kind, tag = ("heading", f"h{level}") if level else ("paragraph", "p")
    state.line = line + bool(level)
    opening = state.push(f"{kind}_open", tag, 1)
    opening.map = [start, state.line]
    content = state.push("inline", "", 0)
    content.content = state.getLines(start, line, state.blkIndent, False).strip()
    content.map = [start, line]
    content.children = []
    closing = state.push(f"{kind}_close", tag, -1)
    opening.markup = closing.markup = ("", "=", "-")[level]
    return True


def _first(state: Any, line: int) -> str:
    """The first character of a line that is no white space; "" if there is none."""
    place = state.bMarks[line] + state.tShift[line]
    return str(state.src[place]) if place < state.eMarks[line] else ""


def _underlines(state: Any, line: int) -> int:
    """The level of the heading that a line underlines; 0 if it does not."""
    sign = _first(state, line)
    if sign not in ("-", "=") or state.sCount[line] < state.blkIndent:
        return 0
    place = state.skipCharsStr(state.bMarks[line] + state.tShift[line], sign)
    return ("", "=", "-").index(sign) if state.skipSpaces(place) >= state.eMarks[line] else 0


def _ends_paragraph(state: Any, line: int, end: int) -> bool:
    """Tells whether another block begins with a line."""
    if _first(state, line) not in _MAY_END and not (line + 1 < end and _first(state, line + 1) in _TABLE_RULE):
        return False
    return any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("paragraph"))
