"""A manuscript as bytes, with nothing lost: JSON that a person can read in an emergency.

The package of a docx or odt file is not in it: it is named by its hash, and whoever keeps the snapshot keeps it beside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Manuscript, Note, PlainForm, PlainLine
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.model.serial import passage_from_json, passage_to_json
from pandemonium.errors import DocumentError

Packages = Callable[[str], bytes | None]


def to_bytes(manuscript: Manuscript) -> bytes:
    """The manuscript as JSON; its package is named by its hash alone."""
    package = None if manuscript.package is None else hash_of(manuscript.package)
    return dumped({"manuscript": about(manuscript, package), "content": from_passage(manuscript.content)})


def from_bytes(data: bytes, package: Packages = lambda _: None) -> Manuscript:
    """Reads what `to_bytes` wrote.

    Args:
        data: the bytes.
        package: gives the package of a hash, None where it is lost.

    Raises:
        DocumentError: these bytes are no snapshot.
    """
    try:
        tree = json.loads(data.decode("utf-8", "surrogatepass"))
        return manuscript_from(tree["manuscript"], to_passage(tree["content"]), package)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError("This snapshot of a document is broken.", "Take another version of it.") from error


def dumped(tree: Any) -> bytes:
    """A tree of plain values as JSON, surrogates as they are."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def hash_of(data: bytes) -> str:
    """The name under which `data` is kept."""
    return hashlib.sha256(data).hexdigest()[:40]


def about(manuscript: Manuscript, package: str | None) -> dict[str, Any]:
    """All of a manuscript but its content, as plain values; `package` is the hash of its package, if it has one."""
    plain = manuscript.plain
    return {
        "format": manuscript.format,
        "path": None if manuscript.path is None else str(manuscript.path),
        "things": {key: _from_object(inline_object) for key, inline_object in manuscript.objects.items()},
        "plain": [plain.encoding, plain.errors, plain.mark.hex(), plain.newline],
        "stood": [[line.text, line.data.hex(), line.end] for line in plain.lines],
        "package": package,
        "title": manuscript.title,
        "author": manuscript.author,
        "language": manuscript.language,
        "notice": manuscript.notice,
        "as_typed": manuscript.as_typed,
    }


def manuscript_from(tree: dict[str, Any], content: Passage, package: Packages) -> Manuscript:
    """Puts a manuscript together again, from `about` and its content."""
    encoding, errors, mark, newline = tree["plain"]
    lines = tuple(PlainLine(text, bytes.fromhex(data), end) for text, data, end in tree.get("stood", ()))
    return Manuscript(
        content,
        format=tree["format"],
        path=None if tree["path"] is None else Path(tree["path"]),
        objects={key: _to_object(inline_object) for key, inline_object in tree["things"].items()},
        plain=PlainForm(encoding, errors, bytes.fromhex(mark), newline, lines),
        package=None if tree["package"] is None else package(tree["package"]),
        title=tree["title"],
        author=tree["author"],
        language=tree["language"],
        notice=tree["notice"],
        as_typed=bool(tree.get("as_typed")),  # a snapshot of before it was kept has none
    )


def from_passage(passage: Passage) -> Any:
    """A passage as plain values: a text where nothing more is known of it."""
    if not (passage.marks or passage.spans or passage.styles):
        return passage.text
    return passage_to_json(passage)


def to_passage(tree: Any) -> Passage:
    """The passage that `from_passage` gave; its text alone where the rest is unsound: words come first.

    Raises:
        ValueError: there is no text.
    """
    if isinstance(tree, str):
        return Passage(tree)
    try:
        return passage_from_json(tree)
    except ValueError:
        if isinstance(tree, dict) and isinstance(tree.get("text"), str):
            return Passage(tree["text"])
        raise


def _from_object(inline_object: InlineObject) -> dict[str, Any]:
    if isinstance(inline_object, Note):
        return {
            "note": from_passage(inline_object.content),
            "at_end": inline_object.at_end,
            "origin": inline_object.origin,
        }
    return {
        "label": inline_object.label,
        "text": inline_object.text,
        "source": inline_object.source,
        "notes": list(inline_object.notes),
    }


def _to_object(tree: dict[str, Any]) -> InlineObject:
    if "note" in tree:
        return Note(to_passage(tree["note"]), tree["at_end"], tree["origin"])
    return EmbeddedObject(tree["label"], tree["text"], tree["source"], tuple(tree.get("notes", ())))
