"""A rule for the lists that most writers make, one line an entry: a long one is read at once, not entry by entry.

The parser's own rule tries every other rule at each of its entries, since any block may stand in one.
"""

from __future__ import annotations

import re
from typing import Any

# An entry that holds a line of words: what these begin with begins no block.
_WORDS = r"[ ](?=(?:\*{1,3}|_{1,3}|~~|\[[ xX]\][ ])?[\"'(\u2018\u2019\u201c\u201d]*[^\W\d_])([^\n]*)"
_ENTRY = re.compile(rf"(?:([-+*])|(\d{{1,9}})([.)])){_WORDS}(?:\n|\Z)")
_ENTRY_BEGINS = re.compile(r"[-+*]|\d{1,9}[.)]")
_LEAST = 8  # entries


def plain_list(state: Any, start: int, end: int, silent: bool) -> bool:
    """Reads a list whose every entry is one line of words, and behind which a blank line and another paragraph stand.

    Signature as markdown-it wants its rules: the block parser's state, the first line, the line behind the last one,
    and whether only a yes or no is asked for.
    """
    if silent or state.level or state.blkIndent or state.tShift[start]:
        return False
    entries: list[re.Match[str]] = []
    position = state.bMarks[start]
    sign = ""
    while match := _ENTRY.match(state.src, position):
        if entries and (match[1] or match[3]) != sign:
            return False
        sign = match[1] or match[3]
        entries.append(match)
        position = match.end()
    line = start + len(entries)
    if len(entries) < _LEAST or line > end or not _is_over(state, line, end):
        return False
    _push(state, start, entries, sign)
    return True


def _is_over(state: Any, line: int, end: int) -> bool:
    """Tells whether a list that reached a line ends before it: nothing goes on in it, and no other entry comes."""
    if line == end:
        return True
    if not state.isEmpty(line):
        return False
    line = state.skipEmptyLines(line)
    return bool(line == end or not (state.tShift[line] or _ENTRY_BEGINS.match(state.src, state.bMarks[line])))


def _push(state: Any, start: int, entries: list[re.Match[str]], sign: str) -> None:
    kind, tag = ("ordered", "ol") if entries[0][2] else ("bullet", "ul")
    opening = state.push(f"{kind}_list_open", tag, 1)
    if entries[0][2] and int(entries[0][2]) != 1:
        opening.attrs = {"start": int(entries[0][2])}
    opening.map = [start, start + len(entries)]
    opening.markup = sign
    for line, match in enumerate(entries, start):
        place = [line, line + 1]
        item = state.push("list_item_open", "li", 1)
        item.map = place
        item.markup = sign
        item.info = match[2] or ""
        paragraph = state.push("paragraph_open", "p", 1)
        paragraph.map = place
        paragraph.hidden = True
        inline = state.push("inline", "", 0)
        inline.content = match[4].strip()
        inline.map = place
        inline.children = []
        state.push("paragraph_close", "p", -1).hidden = True
        state.push("list_item_close", "li", -1).markup = sign
    state.push(f"{kind}_list_close", tag, -1).markup = sign
    state.line = start + len(entries)
