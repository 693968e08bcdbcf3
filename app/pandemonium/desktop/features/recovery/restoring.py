"""Puts an earlier version on the page, as one step that Ctrl+Z takes back.

A step, and not a document of its own: the writer sees at once what she has got, everything else about the document
(its file, its voice, its place on the screen) stays, and going back is the key that she knows. Only the paragraphs
that differ are replaced, so those that are the same keep what ties them to their file.
"""

from __future__ import annotations

from dataclasses import replace

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.units import passage_to_units
from pandemonium.documents.model.authored_text import AuthoredText, style_of
from pandemonium.documents.model.manuscript import InlineObject, Manuscript
from pandemonium.documents.model.passage import Passage, join


def put_on_page(editor: DocumentEditor, manuscript: Manuscript) -> None:
    """Makes the page say what `manuscript` says."""
    model = editor.model
    content = _with_own_keys(manuscript, model.objects) if model.is_rich else manuscript.content.plain()
    old = model.text.paragraphs
    new = AuthoredText(passage_to_units(content)).paragraphs
    most = min(len(old), len(new))
    left = next((index for index in range(most) if not _same(old[index], new[index])), most)
    if left == len(old) == len(new):
        return
    right = next((n for n in range(most - left) if not _same(old[-1 - n], new[-1 - n])), most - left)
    middle = [_unbound(each) for each in new[left : len(new) - right]]
    if left + right == most:  # paragraphs are only added, or only taken away: a neighbour is replaced with them
        if left:
            left -= 1
            middle.insert(0, _styled(old[left]))
        else:
            right -= 1
            middle.append(_styled(old[len(old) - 1 - right]))
    start = sum(len(each) + 1 for each in old[:left])
    end = start + sum(len(each) + 1 for each in old[left : len(old) - right]) - 1
    model.replace(start, end, join(middle), "restore")
    cursor = editor.textCursor()
    cursor.setPosition(min(start, editor.document().characterCount() - 1))
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def _with_own_keys(manuscript: Manuscript, objects: dict[str, InlineObject]) -> Passage:
    """The content, with what its objects stand for added to `objects`, under other keys where theirs are taken."""
    keys: dict[str, str] = {}
    for key, inline_object in manuscript.objects.items():
        wanted = key
        while wanted in objects and objects[wanted] != inline_object:
            wanted += "-"
        keys[key] = wanted
        objects[wanted] = inline_object
    spans = tuple(
        replace(each, object_key=keys.get(each.object_key, each.object_key)) for each in manuscript.content.spans
    )
    return replace(manuscript.content, spans=spans)


def _unbound(paragraph: Passage) -> Passage:
    """A paragraph that is tied to no place in a file: its own was another file's."""
    return replace(paragraph, styles=(replace(style_of(paragraph), origin=-1),))


def _styled(paragraph: Passage) -> Passage:
    return replace(paragraph, styles=(style_of(paragraph),))


def _same(one: Passage, other: Passage) -> bool:
    """Two paragraphs that say and look the same, wherever in whatever file they come from."""
    if (one.text, one.marks, one.spans) != (other.text, other.marks, other.spans):
        return False
    return replace(style_of(one), origin=-1) == replace(style_of(other), origin=-1)
