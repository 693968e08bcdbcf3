"""Cuts what note programs put into a text: tags, properties, references to blocks, callouts, boxes, drawers.

Obsidian, Logseq, Roam, Notion, Evernote, Bear, Joplin, Zim and Org mode write their own signs into plain text; their
[[links]] are `wiki`'s matter.
"""

from __future__ import annotations

import re

from pandemonium.text.boilerplate.spans import without

_TAG = r"#(?=[^\s#]{0,80}[^\W\d_])[\w/&+-]{1,80}#?"
# Lines of tags and properties; what is longer than any is prose.
_MARK = re.compile(
    r"^(?![^\n]{2001})(?:"
    r"(?i:[ \t]*(?:[-*+][ \t]+)?(?:(?:tags?|keywords|topics)[ ]?:{1,2}[ \t]*)?"
    rf"{_TAG}(?:[ \t,;]+{_TAG}){{0,40}}[ \t,;]*$)"
    r"|[ \t]*(?:[-*+][ \t]+)?"
    r"(?:[a-z][\w-]{0,40}::(?:[ \t][^\n]{0,300})?|:[A-Z][A-Z-]{1,30}:(?:[ \t][^\n]{0,200})?)[ \t]*$"
    r"|[ \t]*#\+[A-Za-z_]{2,30}(?::|[ \t]|$)[^\n]*"
    r"|[ \t]*(?:CLOSED|SCHEDULED|DEADLINE|CLOCK):[ \t]*[\[<]\d{4}-\d\d-\d\d\b[^\n]{0,120}$"
    r"|(?![^\n]{220})(?i:[ \t]*(?:tags|keywords)[ ]?:{1,2}[ \t]*[^\n.!?]{0,200}$)"
    r")",
    re.MULTILINE,
)
_TAGS_AT_END = re.compile(rf"(?<=[.!?\u2026\"'\u201d\u2019)])(?:[ \t]+{_TAG}){{2,20}}[ \t]*$", re.MULTILINE)
_BLOCK_REFERENCE = re.compile(
    r"\(\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)\)|\(\((?=[\w-]{0,8}[\dA-Z])[\w-]{9}\)\)"
)
_BLOCK_NAME = re.compile(r"[ \t]+\^(?=[\w-]{0,30}\d)[A-Za-z0-9-]{4,30}[ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(r"^([ \t]*(?:>[ \t]?){0,4})\[![\w-]{2,20}\][+-]?[ \t]*", re.MULTILINE)
# Where a reader has joined the lines of a block, its own properties stand behind its words.
_INLINE_PROPERTY = re.compile(
    r"[ \t]*(?<!\S)(?:id:: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:collapsed|heading):: (?:true|false|\d))(?!\S)"
)
_DRAWER = re.compile(r"[ \t]*(?<!\S):(?:LOGBOOK|PROPERTIES):[ \t](?:(?!:END:)[^\n]){0,600}:END:(?!\S)")
_ORG_BLOCK = re.compile(r"^[ \t]*#\+(begin|end)_(comment|src|export|example)\b", re.IGNORECASE)
# What Joplin writes beneath a note, and Zim above it; a reader may have joined the lines.
_JOPLIN = re.compile(
    r"(?:^|\n)[ \t]*id: [0-9a-f]{32}\s+(?:[a-z_]{2,40}:(?:[ ]\S{1,200}(?<!:))?\s+){2,60}type_: ?\d{1,2}\s*$"
)
_ZIM = re.compile(r"[\s\ufeff]*Content-Type: text/x-zim-wiki\b(?:[^\n]{0,200}\n?){1,4}?(?:\n|$)")
_EMBEDDED = re.compile(
    r"^[ \t]*!?[^\n/:.?!\"]{1,100}\.(?:png|jpe?g|gif|webp|svg|heic|pdf|mp3|mp4|m4a|wav|canvas|excalidraw)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_BOX = re.compile(r"^([ \t]*)(?:[-*+][ \t]+)?\[[ xX/>-]\][ \t]+(?=\S)", re.MULTILINE)
_COMMENT = re.compile(r"%%(?:(?!%%)[\s\S]){0,2000}%%")
_HIGHLIGHT = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]{1,300}?)(?<=[^\s=])==(?![=\w])")
_ORG_LINK = re.compile(r"\[\[[^\[\]\n]{1,300}\]\[([^\[\]\n]{1,300})\]\]")
_PROPERTIES = re.compile(
    r"\b(?:Created(?: time| by| at)?|Updated|Last (?:edited|updated)(?: time| by)?|Tags|Status|Source(?: URL)?|URL"
    r"|Author|Reviewed|Location|Notebook|Date|Type|Assign(?:ee)?|Property):[ \t]*(?=\S|$)"
)
_DATED = re.compile(r"\b(?:Created|Updated|Last (?:edited|updated))(?: time| by| at)?:", re.IGNORECASE)
_HEAD_BLOCKS = 4
_LONGEST_PROPERTIES = 500


def cut_note_programs(text: str) -> str:
    """Gives `text` without lines of tags, properties and drawers, block names and references, comments and boxes.

    A word with a "#" within a sentence stays, as does one alone behind it.

    Args:
        text: LF line ends.
    """
    if "%%" in text:
        text = _COMMENT.sub("", text)
    if ":END:" in text:
        text = _DRAWER.sub("", text)
    if "#+" in text:
        text = _without_org_blocks(text)
    if "type_:" in text[-200:]:
        text = text[:-4_000] + _JOPLIN.sub("", text[-4_000:])
    if match := _ZIM.match(text):
        text = text[match.end() :]
    if "((" in text:
        text = _BLOCK_REFERENCE.sub("", text)
    if "^" in text:
        text = _BLOCK_NAME.sub("", text)
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\1", text)
    text = _EMBEDDED.sub("", text)
    if "][" in text:
        text = _ORG_LINK.sub(r"\1", text)
    if "[" in text:
        text = _BOX.sub(r"\1", _CALLOUT.sub(r"\1", text))
    if "#" in text:
        text = _TAGS_AT_END.sub("", text)
    if "#" in text or ":" in text:
        text = _without_lines(text)
    if "::" in text:
        text = _INLINE_PROPERTY.sub("", text)
    return _without_page_properties(text)


def _without_org_blocks(text: str) -> str:
    """Leaves out Org mode's comments, code and the like, from the line that begins one to the one that ends it."""
    kept: list[str] = []
    begun: tuple[str, int] | None = None  # which kind, and how many lines stood before it
    for line in text.split("\n"):
        kept.append(line)
        match = _ORG_BLOCK.match(line)
        if match is None:
            continue
        if match[1].lower() == "begin":
            begun = match[2].lower(), len(kept) - 1
        elif begun is not None and begun[0] == match[2].lower():
            del kept[begun[1] :]
            begun = None
    return "\n".join(kept)


def _without_lines(text: str) -> str:
    marks = [match.span() for match in _MARK.finditer(text)]
    kept = without(text, ((start, end + 1) for start, end in marks))
    return kept.removesuffix("\n") if marks and marks[-1][1] == len(text) else kept


def _without_page_properties(text: str) -> str:
    """Leaves out what Notion and Evernote say of a page beneath its title: "Created: ... Tags: ...", two at least."""
    head = text[:4_000]
    if not _DATED.search(head):
        return text
    blocks = re.split(r"(\n(?:[ \t]*\n)+)", head)
    for index in range(0, min(len(blocks), 2 * _HEAD_BLOCKS), 2):
        block = blocks[index]
        if len(block) > _LONGEST_PROPERTIES or not _DATED.search(block):
            continue
        found = list(_PROPERTIES.finditer(block))
        lines = [line for line in block.strip().split("\n") if line.strip()]
        in_lines = all(_PROPERTIES.match(line.strip()) for line in lines)
        if len(found) >= 2 and found[0].start() == len(block) - len(block.lstrip()) and (in_lines or len(lines) == 1):
            blocks[index] = ""
    return "".join(blocks) + text[4_000:]
