"""Exports a document to any format that can be written: the one door for what leaves the house."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pandemonium.documents.conversion import AS_TYPED
from pandemonium.documents.formats.format import EVERY_FEATURE, Format
from pandemonium.documents.formats.lookup import form_named, format_named
from pandemonium.documents.formats.markdown.reading import has_more_details
from pandemonium.documents.formats.registry import EXPORTS
from pandemonium.documents.model.composing import counted, styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import CharFormat
from pandemonium.documents.rich import rich
from pandemonium.documents.saving import save_atomically
from pandemonium.errors import DocumentError

__all__ = ["EXPORTS", "export_bytes", "export_document", "export_format", "export_loss"]


def export_format(path: Path) -> str:
    """The format that a file of this name is exported in.

    Raises:
        DocumentError: none is.
    """
    found = EXPORTS.get(path.suffix.lower())
    if found is None:
        what = f"'{path.suffix}' files" if path.suffix else "files without a suffix"
        raise DocumentError(
            f"Pandemonium cannot write {what}.", f"Choose {', '.join(dict.fromkeys(EXPORTS.values()))} or pdf."
        )
    return found


def export_document(manuscript: Manuscript, path: Path, *, manuscript_format: bool = False) -> str:
    """Writes a copy of the document to `path`, in the format that its suffix names; the document is as it was.

    Args:
        manuscript: of any format.
        path: where the copy goes.
        manuscript_format: a docx is set as publishers want submissions.

    Returns:
        A sentence about what the copy does not have, or what it could not keep of the file that it replaced; empty
        where it has everything.

    Raises:
        DocumentError: it cannot be written; what was there before is untouched.
    """
    format = export_format(path)
    data = export_bytes(manuscript, format, manuscript_format=manuscript_format)
    said = save_atomically(path, data)
    return " ".join(filter(None, (export_loss(manuscript, format), said)))


def export_bytes(manuscript: Manuscript, format: str, *, manuscript_format: bool = False) -> bytes:
    """The bytes of a copy in `format`, one of the values of EXPORTS."""
    export = format_named(format).export
    assert export is not None
    return export(manuscript, manuscript_format)


def export_loss(manuscript: Manuscript, format: str) -> str:
    """One sentence about what a copy in `format` ("pdf" among them) does not have; empty where it has everything."""
    target = format_named(format)
    if manuscript.format == format or (form_named(manuscript.format), target.form) == ("plain", "markdown"):
        return ""
    missing = EVERY_FEATURE - target.features
    whole = rich(manuscript)
    lost = Counter[str]()
    for _, style in styled(whole.content):
        lost["alignment"] += "alignment" in missing and bool(style.alignment)
        lost["page breaks"] += "page breaks" in missing and style.page_break
        lost["which lines are headings"] += "headings" in missing and style.kind == "heading"
    for span in whole.content.spans:
        inline_object = whole.objects.get(span.object_key)
        if isinstance(inline_object, EmbeddedObject) and not _carries(inline_object, target):
            lost[_named(inline_object)] += 1
        elif isinstance(inline_object, Note):
            lost["the difference of footnotes and endnotes"] += "endnotes" in missing and inline_object.at_end
        lost["bold, italic and other looks"] += "looks" in missing and bool(span.char_format & ~CharFormat.PLAIN)
        lost["where links lead"] += "links" in missing and bool(span.link)
    if whole.content.marks or manuscript.content.marks:
        lost["the marks of what voices wrote"] += "authors" in missing
    lost["what the text says about itself at its head"] += manuscript.format == "md" and has_more_details(
        manuscript.text
    )
    lost[AS_TYPED] += whole.as_typed
    names = [name for name, count in lost.items() if count]
    if not names:
        return ""
    return f"The {format} file does not have: {', '.join(names)}."


def _named(inline_object: EmbeddedObject) -> str:
    name = counted(inline_object.label, 2).removeprefix("2 ")
    return f"{name} (the words are kept)" if inline_object.text.strip() else name


def _carries(inline_object: EmbeddedObject, format: Format) -> bool:
    """Tells whether a format holds what the page only keeps."""
    if format.form == "markdown":
        from pandemonium.documents.formats.markdown.normal import is_markdown

        return is_markdown(inline_object) or (inline_object.label == "table" and "\t" in inline_object.text)
    return (inline_object.label == "table" and "tables" in format.features) or (
        inline_object.label == "code" and "code" in format.features
    )
