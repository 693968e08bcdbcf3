"""Markdown's grammar as this program reads it: CommonMark, tables, struck text, footnotes, indented prose."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from pandemonium.documents.formats.markdown.inline_rules import install
from pandemonium.documents.formats.markdown.lists import plain_list
from pandemonium.documents.formats.markdown.paragraphs import paragraph_or_heading
from pandemonium.documents.model.scenes import is_scene_sign

_KEY_LINE = {"---": re.compile(r"[A-Za-z_][\w .-]{0,60}:(?:[ \t]|$)"), "+++": re.compile(r"[\w.\"'-]{1,60}[ \t]*=|\[")}
_FOLLOWING = re.compile(r"[ \t]|#|-(?:[ \t]|$)|[\])}]")
_MOST_LINES = 200
_FIELD = re.compile(r"(title|author|lang|language)[ \t]*[:=][ \t]*(.*)", re.IGNORECASE)
_PROSE_END = re.compile(r"[.,;:!?\u2026\u2014\u2013\"'\u201d\u2019\u00bb][*_]*$")
_TITLE = re.compile(r"[*_\"\u201c\u2018\u00ab]*[^\W\d_a-z][\w'\u2019 .-]*[*_]*")
_NAMED = re.compile(r"\[((?:[^\[\]\\]|\\.){1,300})\](?!:)", re.DOTALL)
_DEFINES = re.compile(r"\[(?:[^\[\]\\]|\\.){1,1500}\]:", re.DOTALL)
_SPOKEN = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*[.,;:!?\u2026]*")
_NAMES = "labels that links may name"
_INLINE_SIGNS = "*_`[]<&\\~"
_DEAR_SIGN = "<"  # it counts twice
_MOST_SIGNS = 40_000  # of a text
_MOST_AT_ONCE = 2_000  # of a paragraph: to some of them the parser comes back at each
_DENSE = 6  # characters for each sign in a paragraph that is no writing
_DENSE_IN_ALL = 12  # and in a text of many such
_FEW_BRACKETS = 8
_DEEP_BRACKET_COST = 8  # signs
_BRACKET = re.compile(r"\\.|[\[\]]")  # and what only looks like one
# A line, and what begins blocks at its head: of a list in a list and the like there are several.
_LINE = re.compile(
    r"^[ \t]*((?:\[\^|[-+*>#|=~`\n\[]|\d{1,9}[.)])(?:[ \t]{1,9}(?:[-+*>]|\d{1,9}[.)])(?=[ \t])){0,40})?", re.M
)
# What reading a text costs, in lines of a paragraph.
_BLOCK_COST = 5
_NEXT_COST = 3  # of an entry that follows one of its list
_NOTE_COST = 12
_PARAGRAPH = re.compile(r"[^\s].*(?:\n[ \t]*[^\s].*)*")
_MOST_COST = 80_000  # of a text that is no writing
_DEAR = 8  # characters for each of the cost in such a text
# What has a meaning within a paragraph, besides the ends of its lines.
_INLINE_SIGN = re.compile(r"[!&*<\[\\\]^_`~]")
_SOFT_BREAK = re.compile(r" ?\n[ \t]*")
STAYS = "some of it stays as it stands"
_SPACES = re.compile(r"[ \t\r\n]+")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,30})")
# What the lines begin with at which a rule may find its block; the others look at every line.
_BEGINS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "footnote_def": "[",
    "list": "*+-0123456789",
    "plain_list": "*+-0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
_WITHIN_LINES = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
_TAG_OPENS = re.compile(r"<(?:!--|!\[CDATA\[|[A-Za-z/!?])")


@cache
def parser() -> Any:
    """Markdown as CommonMark has it, with tables, strike-through and footnotes.

    Indented lines that read like prose are paragraphs that a writer indented, no code. Where signs are as many and as
    dense as nobody writes them, the rest of such paragraphs stays as it stands.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    made.block.ruler.at("code", _indented_code)
    made.block.ruler.at("reference", _address)
    made.block.ruler.at("lheading", paragraph_or_heading)
    parse = made.inline.parse

    def parse_inline(source: str, md: MarkdownIt, env: Any, tokens: list[Any]) -> list[Any]:
        if not (_INLINE_SIGN.search(source) or "  \n" in source):  # words alone, as most paragraphs are
            return _with_text(_SOFT_BREAK.sub(" ", source), tokens)
        if _is_too_dense(source, env):
            env[STAYS] = True
            return _with_text(source, tokens)
        return parse(source, md, env, tokens)

    made.inline.parse = parse_inline  # type: ignore[method-assign, assignment]
    made.use(footnote_plugin, move_to_end=False)
    install(made)
    made.block.ruler.before("list", "plain_list", plain_list)
    for rule in list(made.block.ruler.__rules__):
        if signs := _BEGINS.get(rule.name):
            made.block.ruler.at(rule.name, _only_at(signs, rule.fn), {"alt": rule.alt})
    # Addresses come and go as they are written; nobody follows one here.
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return made


def _only_at(signs: str, rule: Callable[[Any, int, int, bool], bool]) -> Callable[[Any, int, int, bool], bool]:
    """A rule that looks at the lines alone that begin with one of these signs."""

    def checked(state: Any, start: int, end: int, silent: bool) -> bool:
        place = state.bMarks[start] + state.tShift[start]
        return state.src[place : place + 1] in signs and rule(state, start, end, silent)

    return checked


def split_front_matter(source: str) -> tuple[str, str]:
    """What a text says about itself at its head, with its fences, and the rest.

    Between two lines of "---" or "+++" stands nothing but keys, what hangs on them, and comments: the first line is a
    key and none is blank. Anything else at the head of a text is a scene break and what follows it.
    """
    opening, _, rest = source.partition("\n")
    fence = opening.rstrip(" \t")
    key = _KEY_LINE.get(fence)
    if key is None:
        return "", source
    lines = rest.split("\n", _MOST_LINES)
    for number, line in enumerate(lines[:_MOST_LINES]):
        if number and line.rstrip(" \t") in (fence, "..." if fence == "---" else fence):
            length = len(opening) + 1 + sum(len(each) + 1 for each in lines[: number + 1])
            return source[:length], source[length:]
        if not line.strip() or not (key.match(line) or (number and _FOLLOWING.match(line))):
            break
    return "", source


def split_dense(source: str) -> tuple[str, list[str]]:
    """The part of a text that is parsed, and the paragraphs behind it whose lines stay as they stand.

    There are such where lines, lists, headings and the like are as short and as many as nobody writes them.
    """
    if len(source) < _MOST_COST:
        return source, []
    cost = 0
    cut = 0
    before = None
    for match in _LINE.finditer(source):
        begins = match[1]
        if not begins:
            cost += 1
        elif begins == "[^":
            cost += _NOTE_COST
        elif begins in ("-", "+", "*") and begins == before:
            cost += _NEXT_COST
        else:
            cost += _BLOCK_COST * len(begins.split() or " ")
        before = begins
        if cost >= _MOST_COST and not cut:
            cut = match.start()
    if not cut or cost * _DEAR < len(source):
        return source, []
    return source[:cut], _PARAGRAPH.findall(source, cut)


def front_matter(source: str) -> dict[str, str]:
    """What a Markdown text says about itself at its head: "title", "author", "language", where it does."""
    found: dict[str, str] = {}
    for line in split_front_matter(source)[0].split("\n"):
        if (match := _FIELD.fullmatch(line)) and (value := match.group(2).strip().strip("\"'")):
            found[match.group(1).lower()] = value
    if "lang" in found:
        found.setdefault("language", found.pop("lang"))
    return found


def has_more_details(source: str) -> bool:
    """Tells whether a text says more about itself at its head than `front_matter` gives."""
    lines = split_front_matter(source.removeprefix("\ufeff"))[0].split("\n")[1:-2]
    return any(line.strip() and not _FIELD.fullmatch(line) for line in lines)


def words_of_html(source: str) -> str:
    """What HTML says: its text without tags, comments and scripts, a line for each of its blocks.

    A sign "<" that opens no tag is text.
    """
    pieces: list[str] = []
    at = 0
    while match := _TAG_OPENS.search(source, at):
        start = match.start()
        pieces.append(_on_one_line(source[at:start]))
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            at = len(source) if end < 0 else end + 3
        elif source.startswith("<![CDATA[", start):
            end = source.find("]]>", start)
            end = len(source) if end < 0 else end
            pieces.append(source[start + 9 : end])
            at = min(len(source), end + 3)
        else:
            end = source.find(">", start)
            at = len(source) if end < 0 else end + 1
            if name := _TAG_NAME.match(source, start):
                tag = name[1].lower()
                pieces.append("" if tag in _WITHIN_LINES else "\n")
                if tag in ("script", "style") and source[start + 1] != "/":
                    closing = re.compile(f"</{tag}", re.IGNORECASE).search(source, at)
                    at = len(source) if closing is None else closing.start()
    pieces.append(_on_one_line(source[at:]))
    lines = (line.strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _on_one_line(text: str) -> str:
    return html.unescape(_SPACES.sub(" ", text))


def _is_too_dense(source: str, env: dict[str, Any]) -> bool:
    """Tells whether the inside of a paragraph is nearly all signs, and long, or behind many such in the same text."""
    signs = sum(map(source.count, _INLINE_SIGNS + _DEAR_SIGN))
    if source.count("[") > _FEW_BRACKETS:
        signs += _DEEP_BRACKET_COST * _deep_brackets(source)
    if signs * _DENSE_IN_ALL < len(source):
        return False
    env["signs"] = env.get("signs", 0) + signs
    is_dense = signs * _DENSE >= len(source)
    return bool((is_dense and signs > _MOST_AT_ONCE) or env["signs"] > _MOST_SIGNS)


def _deep_brackets(source: str) -> int:
    """How many brackets open within several others, or behind several that never close, and are read from each."""
    found = 0
    depth = 0
    for bracket in _BRACKET.findall(source):
        if bracket == "[":
            found += depth >= _FEW_BRACKETS
            depth += 1
        elif bracket == "]" and depth:
            depth -= 1
    return found


def _with_text(source: str, tokens: list[Any]) -> list[Any]:
    from markdown_it.token import Token

    tokens.append(Token("text", "", 0, content=source))
    return tokens


def _indented_code(state: Any, start: int, end: int, silent: bool) -> bool:
    """CommonMark's rule for indented code, for lines that do not read like prose.

    Signature as markdown-it wants its rules: the block parser's state, the first line, the line behind the last one,
    and whether only a yes or no is asked for.
    """
    if not state.is_code_block(start):
        return False
    last = line = start + 1
    while line < end:
        if state.isEmpty(line):
            line += 1
        elif state.is_code_block(line):
            line += 1
            last = line
        else:
            break
    content = state.getLines(start, last, 4 + state.blkIndent, False)
    if any(_is_prose(each.strip()) for each in content.split("\n")):
        return False
    state.line = last
    token = state.push("code_block", "code", 0)
    token.content = content + "\n"
    token.map = [start, state.line]
    return True


def _address(state: Any, start: int, end: int, silent: bool) -> bool:
    """CommonMark's rule for the address that a label stands for, but for a line of a play or a chat ("[Anna]: Yes.").

    That is a line whose address is a word, and whose label no link names.
    """
    from markdown_it.common.utils import normalizeReference
    from markdown_it.rules_block import reference

    if not _DEFINES.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    if not reference(state, start, end, silent) or silent:
        return bool(silent)
    duplicates = state.env.get("duplicate_refs", [])
    label, known = next(reversed(state.env["references"].items()))
    is_first = not duplicates or known["map"][0] == start
    if not is_first:
        known = duplicates[-1]
        label = known["label"]
    if not _SPOKEN.fullmatch(known["href"]):
        return True
    names = state.env.get(_NAMES)
    if names is None:
        names = state.env[_NAMES] = {normalizeReference(each) for each in _NAMED.findall(state.src)}
    if label in names:
        return True
    if is_first:
        del state.env["references"][label]
    else:
        duplicates.pop()
    state.line = start
    return False


def _is_prose(line: str) -> bool:
    """A line that a writer of prose or verse may have indented: a sentence, its beginning or end, a title, a sign."""
    if is_scene_sign(line) or line.count(" ") >= 5:
        return True
    return bool(_TITLE.fullmatch(line) or (_PROSE_END.search(line) and line[:1].isalpha() and " " in line))
