"""What is asked of a voice for a place of the page: the text around the place, and how to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pandemonium.desktop.editor.document_model import DocumentModel
from pandemonium.desktop.features.generation.read_before import prose_of, read_before
from pandemonium.desktop.features.generation.writing_bridge import WritingBridge
from pandemonium.settings import WritingSettings
from pandemonium.text.typography import Typography
from pandemonium.writing.reading.context import BEHIND, gap_behind, to_word_end
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import ContinueRequest, draw_seed

LONGEST_WORD = 40  # characters


class Requests:
    """Makes the requests of one page.

    Attributes:
        format: of the document, "md" where its text has Markdown's signs.
        usual_typography: how a page types what it has no example of.
    """

    def __init__(self, model: DocumentModel, bridge: WritingBridge) -> None:
        self._model = model
        self._bridge = bridge
        self.format = "txt"
        self.usual_typography: Callable[[], Typography] = Typography

    def between(self, start: int, end: int, settings: WritingSettings, original: str = "") -> ContinueRequest:
        """What is to be asked for what stands between two positions, and was `original` at first."""
        before, paragraph = self.before(start)
        return ContinueRequest(
            number=self._bridge.next_number,
            revision=self._model.revision,
            before=before,
            after=self.behind(end),
            settings=replace(settings, seed=settings.seed or draw_seed()),
            paragraph=paragraph,
            usual=self.usual_typography(),
            original=original,
            cast=self._bridge.cast,
            known=self._bridge.known,
        )

    def again(self, recipe: Recipe, position: int) -> ContinueRequest | None:
        """What is to be asked to have a text of that place written again.

        Returns:
            None where another text stands before the place than was read then.

        Raises:
            PandemoniumError: another version of the program has written it.
        """
        before, _ = self.before(position)
        if not recipe.fits(before):  # the same text may stand farther on in the document now
            before = self.prose(position - recipe.before_length, position)
        if not recipe.fits(before):
            return None
        return recipe.request(self._bridge.next_number, self._model.revision, before)

    def before(self, position: int) -> tuple[str, str]:
        """What the voice reads before a position, and what the document puts between paragraphs."""
        return read_before(self._model.text_between, position, self.format)

    def behind(self, position: int) -> str:
        """The prose behind a position."""
        return self.prose(position, position + BEHIND)

    def prose(self, start: int, end: int) -> str:
        """The document's prose between two positions."""
        return prose_of(self._model.text_between(start, end), self.format)

    def gap_behind(self, start: int, end: int) -> str:
        """White space that is wanting between what was written from `start` to `end` and what follows it."""
        before, paragraph = self.before(start)
        return gap_behind(before, self.behind(end), paragraph)

    def behind_word(self, position: int) -> int:
        """The end of the word that a position stands in the midst of: nobody wants another word in it."""
        text = self._model.text
        before = text.part(max(0, position - 2), position).text
        after = text.part(position, min(len(text), position + LONGEST_WORD)).text
        return position + to_word_end(before, after)
