"""Cuts the signs of markups that authors type: novelWriter, CriticMarkup, reStructuredText, AsciiDoc, BBCode, Twine."""

from __future__ import annotations

import re

_NOVEL_WRITER = re.compile(r"^(?:%%~\w|@[a-z]{2,12}:[ \t]|%)")
# What readers of a draft put in, take out, and say of it; what they put in the place of something; what they point at.
_CRITIC_SURE = re.compile(r"\{(?:\+\+|--|~~|==|>>)[^{}]{0,4000}(?:\+\+|--|~~|==|<<)\}")
_CRITIC_GONE = re.compile(r"\{>>[^{}]{0,4000}<<\}|\{--[^{}]{0,4000}--\}")
_CRITIC_KEPT = re.compile(
    r"\{\+\+([^{}]{0,4000})\+\+\}|\{~~[^{}]{0,4000}?~>([^{}]{0,4000})~~\}|\{==([^{}]{0,4000})==\}"
)
_DIARY = re.compile(r"^\t(?:Date|Weather|Location|Tags|Photos?|Starred|Activity|Steps):\t.{1,300}$", re.MULTILINE)
_DIRECTIVE = re.compile(r"^\.\.[ \t]+(?:[\w-]{1,40}::|_[^\n:]{1,80}:|\[[^\]\n]{1,40}\]|\|[^|\n]{1,40}\|)")
_FIELD = re.compile(
    r"^:(?:toc|doctype|authors?|email|date|title|version|revnumber|revdate|imagesdir|icons|sectnums|lang|keywords"
    r"|description|copyright|organization|contact|status|source-highlighter|experimental|stem|idprefix|toclevels):"
    r"(?:[ \t].{0,300})?$",
    re.IGNORECASE | re.MULTILINE,
)
_BOARD_QUOTATION = re.compile(
    r"\[quote(?:=[^\[\]\n]{0,100})?\](?:(?!\[/?quote)[\s\S]){0,8000}\[/quote\]", re.IGNORECASE
)
_BOARD_PICTURE = re.compile(r"\[(img|video|youtube)(?:=[^\[\]\n]{0,200})?\][^\[\]\n]{0,500}\[/\1\]", re.IGNORECASE)
_BOARD_ADDRESS = re.compile(r"\[url\](?:https?://)?[^\s\[\]]{1,500}\[/url\]", re.IGNORECASE)
_BOARD_TAG = re.compile(
    r"\[/?(?:b|i|u|s|url|size|color|colour|font|center|centre|left|right|justify|indent|spoiler|list|hr)"
    r"(?:=[^\[\]\n]{1,300})?\]",
    re.IGNORECASE,
)
_BOARD_SURE = re.compile(r"\[/(?:b|i|u|url|quote|size|color|spoiler|center)\]", re.IGNORECASE)
_PASSAGE = re.compile(r"^::[ \t]*(?P<name>[^\s\[{:][^\n\[{]{0,100}).{0,200}$")
_PASSAGES_ABOUT = frozenset(("storytitle", "storydata", "storysettings", "userscript", "userstylesheet", "storyinit"))


def cut_authoring(text: str) -> str:
    """Gives `text` without what such markups say beside the prose.

    Args:
        text: LF line ends.
    """
    if "{" in text and _CRITIC_SURE.search(text):
        text = _CRITIC_KEPT.sub(r"\1\2\3", _CRITIC_GONE.sub("", text))
    if "%%~" in text:
        text = "\n".join(line for line in text.split("\n") if not _NOVEL_WRITER.match(line))
    if "\tDate:\t" in text:
        text = _DIARY.sub("", text)
    if "\n.. " in text or text.startswith(".. "):
        text = _without_directives(text)
    if "\n:" in text or text.startswith(":"):
        text = _FIELD.sub("", text)
    if "[/" in text and _BOARD_SURE.search(text):
        text = _BOARD_ADDRESS.sub("", _BOARD_PICTURE.sub("", _BOARD_QUOTATION.sub("", text)))
        text = _BOARD_TAG.sub("", text)
    return _without_passages(text) if text.lstrip("\ufeff\n ").startswith("::") else text


def _without_directives(text: str) -> str:
    """Leaves out reStructuredText's directives with what is indented directly beneath them."""
    kept: list[str] = []
    within = False
    for line in text.split("\n"):
        within = bool(_DIRECTIVE.match(line)) or (within and line[:1] in (" ", "\t") and bool(line.strip()))
        if not within:
            kept.append(line)
    return "\n".join(kept)


def _without_passages(text: str) -> str:
    """Leaves out the lines that open Twine's passages, and those passages that are about the whole."""
    kept: list[str] = []
    about = False
    for line in text.split("\n"):
        if match := _PASSAGE.match(line):
            about = match["name"].strip().lower() in _PASSAGES_ABOUT
            kept.append("")
        elif not about:
            kept.append(line)
    return "\n".join(kept)
