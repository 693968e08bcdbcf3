"""Turns a manuscript's content from the form of one format into that of another, and says what that costs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pandemonium.documents.authorship import aligned
from pandemonium.documents.composing import LINE_END, styled
from pandemonium.documents.manuscript import Foreign, Manuscript, Note, Thing
from pandemonium.documents.paragraphing import paragraph_break
from pandemonium.documents.passage import BODY, BREAK, Look, Mark, ParagraphStyle, Passage, join, lines_of
from pandemonium.documents.scenes import is_scene_sign

_LOOKS = {
    Look.BOLD: "bold",
    Look.ITALIC: "italics",
    Look.UNDERLINE: "underlining",
    Look.STRIKE: "struck text",
    Look.SUPERSCRIPT: "raised text",
    Look.SUBSCRIPT: "lowered text",
    Look.SMALL_CAPS: "small capitals",
}
_IN_MARKDOWN = Look.BOLD | Look.ITALIC | Look.STRIKE
_NAMES = {"txt": "A plain text file", "md": "Markdown", "docx": "A Word document", "odt": "An OpenDocument text"}
_SYNTAX = re.compile(
    r"\[\^[^\]\n]+\]:?|\]\([^)\n]*\)|^[ \t>]*\d+[.)][ \t]|</?\w[^>\n]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);", re.M
)


def form_of(manuscript: Manuscript) -> str:
    """The form of its content: "md" for Markdown's source, "txt" for plain, "rich" for anything else."""
    if manuscript.format == "md":
        return "md"
    formatted = manuscript.content.is_formatted or manuscript.things
    return "txt" if manuscript.format == "txt" and not formatted else "rich"


def converted(manuscript: Manuscript, format: str) -> Manuscript:
    """The manuscript in another format, its content in that format's form; the same where it is in it already.

    Who wrote what comes along. What the new format cannot keep is gone; `lost` says what.
    """
    form, target = form_of(manuscript), format if format in ("md", "txt") else "rich"
    if format in ("docx", "odt") and manuscript.format == format:
        return manuscript
    result = replace(manuscript, format=format, package=None, notice="")
    if form == target or {form, target} == {"md", "txt"}:
        return result
    if target == "md":
        from pandemonium.documents.formats.markdown.writing import from_rich

        text = from_rich(manuscript.content, manuscript.things)
        return replace(result, content=Passage(text, carried(manuscript.content, text)), things={})
    if target == "txt":
        return replace(result, content=_plainly(manuscript), things={})
    if form == "md":
        from pandemonium.documents.formats.markdown.reading import to_rich

        content, things = to_rich(manuscript.text)
        marks = carried(manuscript.content, content.text, from_markdown=True)
        return replace(result, content=replace(content, marks=marks), things=things)
    return replace(result, content=_from_plain(manuscript.content), things={})


def lost(manuscript: Manuscript, format: str) -> str:
    """What a manuscript loses in another format, in one sentence; "" if nothing."""
    form = form_of(manuscript)
    content, things = manuscript.content, manuscript.things
    if format == manuscript.format and (form == format or format in ("docx", "odt")):
        return ""
    if form == "md" and format in ("docx", "odt"):
        if not re.search(r"[|<]|```|^ {4}|!\[", content.text, re.M):
            return ""
        content, things = converted(manuscript, format).content, converted(manuscript, format).things
    elif form != "rich":
        return ""
    missing = [*_looks(content, format), *_settings(content, format), *_things(things, content, manuscript, format)]
    if not missing:
        return ""
    listed = ", ".join(missing[:-1]) + " and " + missing[-1] if len(missing) > 1 else missing[0]
    return f"{_NAMES[format]} cannot keep {listed}."


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
    left, right = _letters(before), _letters(after)
    if left.startswith(right) or right.startswith(left):  # notes stand at the end of Markdown's source
        return tuple(_on_letters(old, before, after, new, 0))
    lines, masked, others = old.paragraphs(), before.split(BREAK), after.split(BREAK)
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
        low, high = bisect_left(here, mark.start), min(bisect_left(here, mark.end), len(there))
        if low >= high:
            continue
        first, last = there[low], there[high - 1] + 1
        left, right = here[low], here[high - 1] + 1
        while left > mark.start and first > end and new[first - 1] == old.text[left - 1]:
            left, first = left - 1, first - 1
        while right < mark.end and last < len(new) and new[last] == old.text[right]:
            right, last = right + 1, last + 1
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
    counters: dict[int, int] = {}
    texts = styled(manuscript.content)
    for paragraph, style in texts:
        line = _without_things(paragraph, manuscript.things, notes)
        if style.kind in ("bullet", "number"):
            counters = {level: count for level, count in counters.items() if level <= style.level}
            counters[style.level] = counters.get(style.level, 0) + 1
            sign = "-" if style.kind == "bullet" else f"{counters[style.level]}."
            line = Passage(f"{'  ' * (max(style.level, 1) - 1)}{sign} ") + line
        else:
            counters = {}
        paragraphs.append(line)
    airy = manuscript.format in ("", "txt") or any(not each.text.strip() for each, _ in texts[:-1])
    for number, note in enumerate(notes, 1):
        inner: list[Passage] = []
        parts = [_without_things(each, manuscript.things, inner) for each in note.paragraphs()]
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


def _without_things(paragraph: Passage, things: Mapping[str, Thing], notes: list[Passage]) -> Passage:
    """A paragraph's text and marks; things are what they say, notes their numbers."""
    result, start = Passage(), 0
    plain = Passage(paragraph.text, paragraph.marks)
    for span in paragraph.spans:
        if not span.thing:
            continue
        thing = things.get(span.thing)
        said = ""
        if isinstance(thing, Note):
            notes.append(thing.content)
            said = f"[{len(notes)}]"
        elif isinstance(thing, Foreign):
            said = thing.text or f"[{thing.label}]"
        result = result + plain.part(start, span.start) + Passage(said)
        start = span.end
    whole = result + plain.part(start, len(plain))
    return Passage(whole.text.replace(LINE_END, BREAK), whole.marks)


def _looks(content: Passage, format: str) -> list[str]:
    if format in ("docx", "odt"):
        return []
    looks = Look.PLAIN
    for span in content.spans:
        looks |= span.look
    if format == "md":
        looks &= ~_IN_MARKDOWN
    found = [name for look, name in _LOOKS.items() if looks & look]
    if format == "txt" and any(span.link for span in content.spans):
        found.append("links")
    return found


def _settings(content: Passage, format: str) -> list[str]:
    if format in ("docx", "odt"):
        return []
    styles = [style for style in content.styles if style is not None]
    found: list[str] = []
    if format == "txt":
        found += [f"{name}s" for name in ("heading", "quote") if any(style.kind == name for style in styles)]
    if any(style.alignment not in ("", "left") and style.kind != "scene" for style in styles):
        found.append("alignment")
    if any(style.page_break for style in styles):
        found.append("page breaks")
    return found


def _things(things: Mapping[str, Thing], content: Passage, manuscript: Manuscript, format: str) -> list[str]:
    used = {span.thing for span in content.spans if span.thing}
    labels = Counter(each.label for key, each in things.items() if key in used and isinstance(each, Foreign))
    if format == "md" and manuscript.format == "md":
        labels.clear()
    found = [f"{count} {label}s" if count > 1 else f"a {label}" for label, count in sorted(labels.items()) if label]
    found = [f"an{each[1:]}" if re.match(r"a [aeiou]", each) else each for each in found]
    if manuscript.package is not None:
        found.append("what the page does not show (headers, footers, comments, the looks of styles)")
    return found
