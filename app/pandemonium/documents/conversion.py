"""Turns a manuscript's content from the form of one format into that of another, and says what that costs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pandemonium.documents.authorship import aligned
from pandemonium.documents.collecting import without_collecting
from pandemonium.documents.model.composing import LINE_END, counted, styled, words_of
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Manuscript, Note
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.paragraphing import paragraph_break
from pandemonium.documents.model.passage import BODY, BREAK, CharFormat, Mark, ParagraphStyle, Passage, join, lines_of
from pandemonium.documents.model.scenes import is_scene_sign

if TYPE_CHECKING:
    from pandemonium.documents.formats.format import Form

_CHAR_FORMATS = {
    CharFormat.BOLD: "bold",
    CharFormat.ITALIC: "italics",
    CharFormat.UNDERLINE: "underlining",
    CharFormat.STRIKE: "struck text",
    CharFormat.SUPERSCRIPT: "raised text",
    CharFormat.SUBSCRIPT: "lowered text",
    CharFormat.SMALL_CAPS: "small capitals",
}
AS_TYPED = "what the signs mean in passages that are hardly anything else"
_WORD = re.compile(r"[^\W_]+")
_SYNTAX = re.compile(
    r"\[\^[^\]\n]+\]:?|\]\([^)\n]*\)|^[ \t>]*\d+[.)][ \t]|</?\w[^>\n]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);", re.M
)


def form_of(manuscript: Manuscript) -> Form:
    """The form of its content; what is called plain is rich as soon as it has a look or an object."""
    form = _form_named(manuscript.format)
    formatted = manuscript.content.is_formatted or manuscript.objects
    return "rich" if form == "plain" and formatted else form


def _form_named(format: str) -> Form:
    from pandemonium.documents.formats.lookup import form_named

    return form_named(format)


def converted(manuscript: Manuscript, format: str) -> Manuscript:
    """The manuscript in another format, its content in that format's form; the same where it is in it already.

    Who wrote what comes along. Plain text becomes Markdown that says the same words: its signs are none of Markdown's.
    What the new format cannot keep is gone; `lost` says what.
    """
    form = form_of(manuscript)
    target = _form_named(format)
    if format in ("docx", "odt") and manuscript.format == format:
        return manuscript
    result = replace(manuscript, format=format, package=None, notice="")
    if form == target or (form, target) == ("markdown", "plain"):
        return result
    if target == "markdown":
        from pandemonium.documents.formats.markdown.writing import from_rich

        text = from_rich(_from_plain(manuscript.content) if form == "plain" else manuscript.content, manuscript.objects)
        return replace(result, content=Passage(text, carried(manuscript.content, text)), objects={})
    if target == "plain":
        return replace(result, content=_plainly(manuscript), objects={})
    if form == "markdown":
        return replace(result, **_read_markdown(manuscript.content) | {"as_typed": False})
    return replace(result, content=_from_plain(manuscript.content), objects={})


def lost(manuscript: Manuscript, format: str) -> str:
    """What a manuscript loses in another format, in one sentence; "" if nothing.

    It is converted to see what comes of it.
    """
    from pandemonium.documents.formats.lookup import format_named

    form = form_of(manuscript)
    if format == manuscript.format and (form != "rich" or format in ("docx", "odt")):
        return ""
    if form == "plain" or (form, _form_named(format)) == ("markdown", "plain"):
        return ""
    before = replace(manuscript, **_read_markdown(manuscript.content)) if form == "markdown" else manuscript
    after = converted(manuscript, format)
    if _form_named(format) == "markdown":
        after = replace(after, **_read_markdown(Passage(after.text)))
    missing = [*_char_formats(before, after), *_settings(before, after), *_objects(before, after, format)]
    if before.as_typed:
        missing.append(AS_TYPED)
    if manuscript.package is not None:
        missing.append(
            "what the page does not show (headers, footers, comments, numbers before headings, the looks of styles)"
        )
    if _words(before) - _words(after):
        missing.append("some of its words")
    if not missing:
        return ""
    listed = ", ".join(missing[:-1]) + " and " + missing[-1] if len(missing) > 1 else missing[0]
    return f"{format_named(format).title} cannot keep {listed}."


def _read_markdown(source: Passage) -> dict[str, Any]:
    """Content and objects of Markdown's source, with its marks."""
    from pandemonium.documents.formats.markdown.reading import read_markdown

    with without_collecting():
        content, objects, as_typed = read_markdown(source.text)
    marks = carried(source, content.text, from_markdown=True)
    return {"content": replace(content, marks=marks), "objects": objects, "as_typed": as_typed}


def carried(old: Passage, new: str, *, from_markdown: bool = False) -> tuple[Mark, ...]:
    """The marks of `old` on a text that says the same with other signs: on the same letters and digits.

    Where the letters of the whole are not the same, marks are carried in the lines whose letters are.

    Args:
        old: the text with its marks.
        new: the text that says the same.
        from_markdown: `old` is Markdown's source; else `new` is.
    """
    if not old.marks:
        return ()
    before = _masked(old.text) if from_markdown else old.text
    after = new if from_markdown else _masked(new)
    left = _letters(before)
    right = _letters(after)
    if left.startswith(right) or right.startswith(left):  # notes stand at the end of Markdown's source
        return tuple(_on_letters(old, before, after, new, 0))
    lines = old.paragraphs()
    masked = before.split(BREAK)
    others = after.split(BREAK)
    ours = [index for index, line in enumerate(masked) if _letters(line)]
    theirs = [index for index, line in enumerate(others) if _letters(line)]
    places = aligned([_letters(masked[index]) for index in ours], [_letters(others[index]) for index in theirs])
    shown = new.split(BREAK)
    starts = [0]
    for line in shown:
        starts.append(starts[-1] + len(line) + 1)
    marks: list[Mark] = []
    for index, place in zip(theirs, places, strict=True):
        if place >= 0:
            at = ours[place]
            marks += _on_letters(lines[at], masked[at], others[index], shown[index], starts[index])
    return tuple(marks)


def _on_letters(old: Passage, before: str, after: str, new: str, start: int) -> list[Mark]:
    """The marks of `old` on the same letters of `new`, and on what stands the same way between and beside these.

    `before` and `after` are the two texts without the letters of Markdown's own signs.
    """
    here = [at for at, sign in enumerate(before) if sign.isalnum()]
    there = [at for at, sign in enumerate(after) if sign.isalnum()]
    found: list[Mark] = []
    end = 0
    for mark in old.marks:
        low = bisect_left(here, mark.start)
        high = min(bisect_left(here, mark.end), len(there))
        if low >= high:
            continue
        first = there[low]
        last = there[high - 1] + 1
        left = here[low]
        right = here[high - 1] + 1
        while left > mark.start and first > end and new[first - 1] == old.text[left - 1]:
            left = left - 1
            first = first - 1
        while right < mark.end and last < len(new) and new[last] == old.text[right]:
            right = right + 1
            last = last + 1
        end = last
        for begin, stop in lines_of(new[first:last]):  # the end of a line has no author
            piece = Mark(start + first + begin, start + first + stop, mark.voice)
            if found and found[-1].end == piece.start and found[-1].voice == piece.voice:
                piece = piece.at(found.pop().start, piece.end)
            found.append(piece)
    return found


def _masked(source: str) -> str:
    """Markdown's source with its signs that have letters as blanks."""
    return _SYNTAX.sub(lambda match: "".join(sign if sign == BREAK else " " for sign in match[0]), source)


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _from_plain(content: Passage) -> Passage:
    """Plain text as paragraphs: blank lines that part them go, and lines within one stay lines."""
    if paragraph_break(content.text) != BREAK * 2:
        return join([each.with_style(_style(each.text)) for each in Passage(content.text, content.marks).paragraphs()])
    paragraphs: list[Passage] = []
    blank = True
    for line in Passage(content.text, content.marks).paragraphs():
        if not line.text.strip():
            blank = True
        elif blank:
            paragraphs.append(line)
            blank = False
        else:
            paragraphs[-1] = paragraphs[-1] + Passage(LINE_END) + line
    return join([each.with_style(_style(each.text)) for each in paragraphs or [Passage()]])


def _style(text: str) -> ParagraphStyle:
    return ParagraphStyle("scene") if is_scene_sign(text) else BODY


def _plainly(manuscript: Manuscript) -> Passage:
    """Rich content as plain text: signs for lists, numbers for notes, which come at the end."""
    notes: list[Passage] = []
    paragraphs: list[Passage] = []
    numbers = PageNumbers()
    texts = styled(manuscript.content)
    for paragraph, style in texts:
        line = _without_objects(paragraph, manuscript.objects, notes)
        number = numbers.take(style)
        if style.kind in ("bullet", "number"):
            sign = "-" if style.kind == "bullet" else f"{number}."
            line = Passage(f"{'  ' * (max(style.level, 1) - 1)}{sign} ") + line
        paragraphs.append(line)
    airy = (
        not manuscript.format
        or _form_named(manuscript.format) == "plain"
        or any(not each.text.strip() for each, _ in texts[:-1])
    )
    for number, note in enumerate(notes, 1):  # notes within these come behind them
        parts = [_without_objects(each, manuscript.objects, notes) for each in note.paragraphs()]
        paragraphs.append(Passage(f"[{number}] ") + join(parts))
    text = paragraphs[0]
    for (_, before), (index, line) in zip(texts, enumerate(paragraphs[1:], 1), strict=False):
        listed = before.kind in ("bullet", "number") and index < len(texts) and texts[index][1].kind == before.kind
        text_break = BREAK if airy or listed else BREAK * 2
        line = Passage(text_break) + line
        paragraphs[index] = line
    return _concatenated([text, *paragraphs[1:]])


def _concatenated(parts: Iterable[Passage]) -> Passage:
    texts: list[str] = []
    marks: list[Mark] = []
    start = 0
    for each in parts:
        texts.append(each.text)
        marks += [mark.at(mark.start + start, mark.end + start) for mark in each.marks]
        start += len(each.text)
    return Passage("".join(texts), tuple(marks))


def _without_objects(paragraph: Passage, objects: Mapping[str, InlineObject], notes: list[Passage]) -> Passage:
    """A paragraph's text and marks; objects are what they say, notes their numbers."""
    result = Passage()
    start = 0
    plain = Passage(paragraph.text, paragraph.marks)
    for span in paragraph.spans:
        if not span.object_key:
            continue
        inline_object = objects.get(span.object_key)
        said = ""
        if isinstance(inline_object, Note):
            notes.append(inline_object.content)
            said = f"[{len(notes)}]"
        elif isinstance(inline_object, EmbeddedObject):
            said = words_of(inline_object)
        result = result + plain.part(start, span.start) + Passage(said)
        start = span.end
    whole = result + plain.part(start, len(plain))
    return Passage(whole.text.replace(LINE_END, BREAK), whole.marks)


def _char_formats(before: Manuscript, after: Manuscript) -> list[str]:
    def char_formats(manuscript: Manuscript) -> CharFormat:
        found = CharFormat.PLAIN
        for passage in _passages(manuscript):
            for span in passage.spans:
                found |= span.char_format if not span.object_key else CharFormat.PLAIN
        return found

    gone = char_formats(before) & ~char_formats(after)
    found = [name for char_format, name in _CHAR_FORMATS.items() if gone & char_format]
    if any(span.link for span in before.content.spans) and not any(span.link for span in after.content.spans):
        found.append("links")
    return found


def _settings(before: Manuscript, after: Manuscript) -> list[str]:
    def settings(manuscript: Manuscript) -> Counter[str]:
        found: Counter[str] = Counter()
        for _, style in styled(manuscript.content):
            found["headings"] += style.kind == "heading"
            found["quotes"] += style.kind == "quote"
            found["alignment"] += style.alignment not in ("", "left") and style.kind != "scene"
            found["page breaks"] += style.page_break
        return found

    was = settings(before)
    is_now = settings(after)
    return [name for name, count in was.items() if count and not is_now[name]]


def _objects(before: Manuscript, after: Manuscript, format: str) -> list[str]:
    def labels(manuscript: Manuscript) -> Counter[str]:
        objects = [each for each in _used(manuscript.content, manuscript) if isinstance(each, EmbeddedObject)]
        # A word processor's file keeps another's objects by their words alone.
        kept = format not in ("docx", "odt") or manuscript is before
        return Counter(each.label for each in objects if each.label and kept)

    gone = labels(before) - labels(after)
    return [counted(label, count) for label, count in sorted(gone.items())]


def _words(manuscript: Manuscript) -> Counter[str]:
    """How often each word stands in it, in its notes and its objects."""
    texts: list[str] = []
    for passage in _passages(manuscript):
        texts.append(passage.text)
        texts += [each.text for each in _used(passage, manuscript) if isinstance(each, EmbeddedObject)]
    return Counter(word for text in texts for word in _WORD.findall(text))


def _passages(manuscript: Manuscript) -> list[Passage]:
    """The text and its notes, those within notes among them."""
    found = [manuscript.content]
    met: set[int] = set()
    for passage in found:
        for each in _used(passage, manuscript):
            if isinstance(each, Note) and id(each) not in met:
                met.add(id(each))
                found.append(each.content)
    return found


def _used(content: Passage, manuscript: Manuscript) -> Iterator[InlineObject]:
    """The objects that stand in a text."""
    for span in content.spans:
        if span.object_key in manuscript.objects:
            yield manuscript.objects[span.object_key]
