"""The Format menu: what can be set, its keys, and which of it holds where the cursor is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pandemonium.desktop.core.commands import Command, Submenu
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.formatting.formatting_commands import Formatting
from pandemonium.desktop.features.formatting.note_dialog import NoteDialog
from pandemonium.documents.model.passage import Alignment, CharFormat, Kind


class Format(Feature):
    """Characters, paragraphs, scene breaks and notes of one page.

    Attributes:
        formatting: does it.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.formatting = Formatting(context.editor)
        self.formatting.refused.connect(context.messages.show_sentence)
        self.formatting.note_wanted.connect(self._ask_for_note)
        context.editor.note_asked.connect(self.formatting.edit_note)

    def commands(self) -> Iterable[Command | Submenu]:
        """All of it; ticks are set when the menu is opened."""
        yield from self._characters()
        yield from self._paragraphs()
        yield from self._alignments()
        formatting = self.formatting
        yield Command(
            "sceneBreakAction",
            self.tr("Scene break"),
            formatting.insert_scene_break,
            "format/insert",
            ("Ctrl+Shift+Return",),
        )
        yield Command(
            "footnoteAction", self.tr("Footnote\u2026"), formatting.ask_for_note, "format/insert", ("Ctrl+Alt+F",)
        )

    def _characters(self) -> Iterable[Command]:
        for name, text, keys, char_format in (
            ("boldAction", self.tr("Bold"), "Ctrl+B", CharFormat.BOLD),
            ("italicAction", self.tr("Italic"), "Ctrl+I", CharFormat.ITALIC),
            ("underlineAction", self.tr("Underline"), "Ctrl+U", CharFormat.UNDERLINE),
            ("strikeAction", self.tr("Strike through"), "", CharFormat.STRIKE),
            ("smallCapsAction", self.tr("Small capitals"), "", CharFormat.SMALL_CAPS),
            ("superscriptAction", self.tr("Superscript"), "", CharFormat.SUPERSCRIPT),
            ("subscriptAction", self.tr("Subscript"), "", CharFormat.SUBSCRIPT),
        ):
            yield Command(
                name,
                text,
                partial(self.formatting.toggle, char_format),
                "format/characters",
                (keys,) if keys else (),
                checked=partial(self.formatting.has, char_format),
            )

    def _paragraphs(self) -> Iterable[Command]:
        kinds: tuple[tuple[str, str, str, Kind, int], ...] = (
            ("bodyAction", self.tr("Body text"), "Ctrl+Shift+N", "body", 0),
            ("heading1Action", self.tr("Heading 1"), "Ctrl+1", "heading", 1),
            ("heading2Action", self.tr("Heading 2"), "Ctrl+2", "heading", 2),
            ("heading3Action", self.tr("Heading 3"), "Ctrl+3", "heading", 3),
            ("quoteAction", self.tr("Block quotation"), "Ctrl+Shift+9", "quote", 0),
            ("bulletAction", self.tr("List"), "Ctrl+Shift+8", "bullet", 1),
            ("numberAction", self.tr("Numbered list"), "Ctrl+Shift+7", "number", 1),
        )
        for name, text, keys, kind, level in kinds:
            yield Command(
                name,
                text,
                partial(self.formatting.set_kind, kind, level),
                "format/paragraphs",
                (keys,),
                checked=partial(self._is_kind, kind, level),
            )

    def _alignments(self) -> Iterable[Command | Submenu]:
        yield Submenu("alignmentMenu", self.tr("Alignment"), "format/alignment")
        alignments: tuple[tuple[str, str, Alignment], ...] = (
            ("alignDefaultAction", self.tr("As the page has it"), ""),
            ("alignLeftAction", self.tr("Left"), "left"),
            ("alignCenterAction", self.tr("Centred"), "center"),
            ("alignRightAction", self.tr("Right"), "right"),
            ("alignJustifyAction", self.tr("Both sides"), "justify"),
        )
        for name, text, alignment in alignments:
            yield Command(
                name,
                text,
                partial(self.formatting.set_alignment, alignment),
                "alignmentMenu/alignment",
                checked=partial(self._is_aligned, alignment),
            )

    def _is_kind(self, kind: Kind, level: int) -> bool:
        style = self.formatting.style
        return (style.kind, style.level) == (kind, level)

    def _is_aligned(self, alignment: Alignment) -> bool:
        return self.formatting.style.alignment == alignment

    def _ask_for_note(self, key: str, text: str) -> None:
        NoteDialog(self.context.window, text, lambda written: self.formatting.write_note(key, written)).open()
