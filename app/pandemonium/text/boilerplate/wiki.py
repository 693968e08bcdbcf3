"""Cuts MediaWiki's markup and takes the brackets off the links of wikis and note programs."""

from __future__ import annotations

import re

from pandemonium.text.boilerplate.spans import Span, balanced, without

_FILES = (
    "file|image|media|datei|bild|fichier|archivo|imagen|bestand|afbeelding|immagine|ficheiro|plik|fil|файл|изображение"
)
_CATEGORIES = "category|kategorie|catégorie|categoría|categorie|categoria|kategoria|kategori|категория"
_NO_WORDS = re.compile(rf"\[\[[ ]?(?:{_FILES}|{_CATEGORIES})[ ]?:", re.IGNORECASE)
_LINK = re.compile(
    r"(?P<embedded>!)?\[\[(?![ ]?(?:illustration|footnote|sidenote|plate|transcriber)\b)(?P<target>[^\[\]|\n]{1,300})"
    r"(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\]",
    re.IGNORECASE,
)
_BOLD = re.compile(r"'''(?=[^\s'])([^\n]{1,400}?)(?<=[^\s'])'''(?!')")
_ITALIC = re.compile(r"(?<!')''(?=[^\s'])([^\n]{1,400}?)(?<=[^\s'])''(?!')")
_HEADING = re.compile(r"^(?P<level>={2,6})[ \t]*(?P<words>[^=\n]{1,200}?)[ \t]*(?P=level)[ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(
    r"<ref\b[^<>\n]{0,300}/>|<ref\b[^<>\n]{0,300}>(?:(?!</?ref\b)[\s\S]){0,3000}</ref>", re.IGNORECASE
)
_BLOCK = re.compile(
    r"<(?P<name>gallery|math|nowiki|syntaxhighlight|timeline|references)\b[^<>\n]{0,300}"
    r"(?:/>|>(?:(?!</?(?P=name)\b)[\s\S]){0,5000}</(?P=name)>)",
    re.IGNORECASE,
)
_OTHER_WIKI = re.compile(r"^\[\[:?[a-z]{2,3}(?:-[a-z]{2,8})?:[^\[\]|\n]{1,200}\]\][ \t]*$", re.MULTILINE)
_OUTSIDE = re.compile(r"\[(?:https?|ftp)://[^\s\[\]]{1,300}(?:[ ](?P<words>[^\[\]\n]{0,300}))?\]")
_SWITCH = re.compile(r"__[A-Z]{3,20}__|^#REDIRECT[ ]?\[\[[^\[\]\n]{1,300}\]\][ \t]*$", re.MULTILINE)
_LIST = re.compile(r"^[*#:;]{1,6}[ \t]*(?=\S)", re.MULTILINE)
_LISTS = frozenset(("see also", "external links", "references", "further reading", "bibliography", "sources"))
_LONGEST_TEMPLATE = 20_000
_LONGEST_FILE = 3_000
_SURE = (re.compile(r"'''[^'\n]"), _HEADING, re.compile(r"<ref\b", re.I), re.compile(r"^\{\|", re.M), _NO_WORDS)
_SIGNS = (*_SURE, re.compile(r"\{\{[^{}\n]"), re.compile(r"\[\[[^\[\]\n]"))


def cut_wiki(text: str) -> str:
    """Gives `text` without what a wiki's page has around its words.

    Where several signs say that this is a page of MediaWiki, its templates, tables, references, categories, files and
    marks of emphasis go; in any text the brackets of [[links]] do, and embedded files with theirs.

    Args:
        text: LF line ends.
    """
    if is_wiki(text):
        text = _without_page_marks(text)
    return _LINK.sub(_words_of_link, text) if "[[" in text else text


def is_wiki(text: str) -> bool:
    """Tells whether a text is MediaWiki's source: two kinds of its signs, one of which nothing else has."""
    return any(sign.search(text) for sign in _SURE) and sum(1 for sign in _SIGNS if sign.search(text)) >= 2


def _without_page_marks(text: str) -> str:
    text = _OTHER_WIKI.sub("", _BLOCK.sub("", _REFERENCE.sub("", text)))
    text = without(text, balanced(text, "{{", "}}", _LONGEST_TEMPLATE))
    text = without(text, _tables(text))
    links = balanced(text, "[[", "]]", _LONGEST_FILE)
    text = without(text, [(start, end) for start, end in links if _NO_WORDS.match(text, start)])
    text = _OUTSIDE.sub(lambda match: match["words"] or "", _SWITCH.sub("", text))
    text = _LIST.sub("", _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text)))
    return _without_empty_sections(text)


def _tables(text: str) -> list[Span]:
    found = balanced(text, "{|", "|}", _LONGEST_TEMPLATE)
    return [(start, end) for start, end in found if start == 0 or text[start - 1] == "\n"]


def _without_empty_sections(text: str) -> str:
    """Takes the marks off headings; one with nothing under it goes, as do lists of references and other pages."""
    matches = list(_HEADING.finditer(text))
    pieces: list[str] = []
    position = 0
    for index, match in enumerate(matches):
        following = matches[index + 1] if index + 1 < len(matches) else None
        end = following.start() if following else len(text)
        deeper = following is not None and len(following["level"]) > len(match["level"])
        is_kept = bool(text[match.end() : end].strip()) or deeper
        is_list = match["words"].casefold() in _LISTS
        pieces += [text[position : match.start()], match["words"] if is_kept and not is_list else ""]
        position = end if is_list else match.end()
    return "".join([*pieces, text[position:]])


def _words_of_link(match: re.Match[str]) -> str:
    """What a link shows: its own words, else the page's name, else that of the place in it."""
    if match["embedded"]:
        return ""
    if match["words"]:
        return match["words"].rsplit("|", 1)[-1]
    page, _, place = match["target"].partition("#")
    return page.strip().rsplit("/", 1)[-1] or place.lstrip("^")
