"""Sentences above the page that no other feature says, and Esc, which dismisses them."""

from __future__ import annotations

from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles


class Messages(Feature):
    """Says what the settings file has to say."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.messages.follow(context.theme, context.icons)
        context.settings.failed.connect(context.messages.show_error)
        context.feature(DocumentFiles).shown.connect(context.messages.leave_document)

    def start(self) -> None:
        """Says what could not be read of the settings."""
        if self.context.settings.notes:
            self.context.messages.show_sentence(" ".join(self.context.settings.notes), lasting=True)

    def dismiss(self) -> bool:
        """Hides the sentence."""
        was_there = self.context.messages.isVisible()
        self.context.messages.hide()
        return was_there
