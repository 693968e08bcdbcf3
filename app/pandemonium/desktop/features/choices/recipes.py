"""How was this written, and write it again: the recipe of what stands at the cursor, or of an attempt in the list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.choices.choices import Choices
from pandemonium.desktop.features.choices.recipe_window import RecipeWindow
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.errors import PandemoniumError
from pandemonium.text.sentences import capitalized
from pandemonium.writing.mixing import parse_mix
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.worker import LoadedVoice


class Recipes(Feature):
    """The recipes of one window.

    Attributes:
        window: with the recipe asked for; None until it is opened.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        writing = context.feature(Writing)
        self._generation = writing.generation
        self._voices = writing.voices
        self._choices = context.feature(Choices)
        self.window: RecipeWindow | None = None
        self._repeated: Attempt | None = None  # what is being written again
        self._shown: Attempt | None = None
        self._generation.repeated.connect(self._compare)

    def commands(self) -> Iterable[Command]:
        """The recipe, and having it followed."""
        menu = "write/recipes"
        yield Command("recipeAction", self.tr("How was this written?"), self.open, menu)
        yield Command(
            "writeAgainAction",
            self.tr("Write it again"),
            self.write_again,
            menu,
            at_rest=True,
        )

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Adds the recipe of what a voice wrote where the cursor stands."""
        if self._choices.keeper.find(self.context.editor.textCursor().selectionEnd()) is not None:
            menu.addAction(self.context.commands["recipeAction"])

    def open(self, index: int = -1) -> None:
        """Shows how an attempt in the list was written, or what stands at the cursor."""
        attempt = self._asked_for(index)
        place = self._generation.place
        if attempt is None or place is None:
            self._say_unknown()
            return
        if self.window is None:
            self.window = RecipeWindow(self.context.window)
            self.window.again_asked.connect(lambda: self._begin(self._shown))
            self.window.anew_asked.connect(self._write_anew)
            self.window.stop_asked.connect(self._generation.stop)
            self._generation.state_changed.connect(self._show_state)
        self._shown = attempt
        self.window.show_recipe(attempt, place.tail)
        self._show_state()
        self.window.show()
        self.window.activateWindow()

    def write_again(self, index: int = -1) -> None:
        """Has an attempt in the list written again, or what stands at the cursor; the text stays as it is."""
        attempt = self._asked_for(index)
        if attempt is None:
            self._say_unknown()
        else:
            self._begin(attempt)

    def _asked_for(self, index: int) -> Attempt | None:
        """The attempt that is meant: one of the list, the one seen in grey, or the one that stands at the cursor."""
        generation = self._generation
        if index < 0:
            index = self._choices.preview.index
        if index < 0:
            self._choices.keeper.look()
            position = self.context.editor.textCursor().selectionEnd()
            place = generation.place
            if place is None or not place.span[0] <= position <= place.span[1] + 1:
                return None
            index = generation.current
        attempts = generation.attempts
        found = attempts[index] if 0 <= index < len(attempts) else None
        return found if found is not None and found.recipe is not None else None

    def _begin(self, attempt: Attempt | None) -> None:
        if attempt is None or attempt.recipe is None or self._generation.writing:
            return
        if attempt not in self._generation.attempts:
            self._say(self.tr("The place of this text is not in the document any more."))
            return
        why_not = self._why_not(attempt)
        if not why_not:
            try:
                if self._generation.repeat(attempt.recipe):
                    self._repeated = attempt
                    if self._has_window():
                        self._say(self.tr("It is being written again. Esc stops it."))
                    return
                why_not = self.tr("The text before it has changed since; behind another text it would be another.")
            except PandemoniumError as error:
                why_not = str(error)
        self._say(why_not, may_repeat=False)

    def _why_not(self, attempt: Attempt) -> str:
        """Why the chosen voice cannot write it again; empty if it can."""
        recipe = attempt.recipe
        loaded = self._voices.current
        assert recipe is not None
        voice = capitalized(recipe.voice)
        if loaded is not None and loaded.sha256 == recipe.voice_sha256:
            return self._why_not_mixed(recipe, loaded)
        if recipe.voice not in [entry.name for entry in self._voices.entries()]:
            return self.tr("{voice}, which wrote this, is not here any more.").format(voice=voice)
        if loaded is None or loaded.name != recipe.voice:
            return self.tr("{voice} wrote this: choose that voice, then have it written again.").format(voice=voice)
        return self.tr("{voice} is not the voice that it was: its file has changed.").format(voice=voice)

    def _why_not_mixed(self, recipe: Recipe, loaded: LoadedVoice) -> str:
        """Why the voices beside the chosen one are not those of then; empty where they are."""
        then = {each.name: each.sha256 for each in recipe.mixed} or dict.fromkeys(_mixed(recipe), "")
        now = {each.name: each.sha256 for each in loaded.mixed}
        missing = ", ".join(capitalized(name) for name in then if name not in now)
        if missing:
            return self.tr("{voice} was mixed in, and is not on the mixing desk now.").format(voice=missing)
        changed = ", ".join(capitalized(name) for name, digest in then.items() if digest not in ("", now[name]))
        if changed:
            return self.tr("{voice}, which was mixed in, is not the voice that it was: its file has changed.").format(
                voice=changed
            )
        added = ", ".join(capitalized(name) for name in now if name not in then)
        if added:
            return self.tr("{voice} was not mixed in then: take it off the mixing desk first.").format(voice=added)
        return ""

    def _compare(self, text: str) -> None:
        attempt = self._repeated
        self._repeated = None
        if attempt is None:
            return
        if not text:
            if self._has_window():
                self._say(self.tr("Stopped."))
            return
        if text == attempt.text:
            said = self.tr("Written again, letter for letter the same.")
        elif text.startswith(attempt.text):
            said = self.tr("Written again, letter for letter the same as far as it came then.")
        else:
            said = self.tr("It came out otherwise: this is another machine, or another version of the program.")
        self._say(said)

    def _say(self, sentence: str, *, may_repeat: bool = True) -> None:
        """In the window where that is open, else above the page, with a way to have others written."""
        if self.window is not None and self._has_window():
            self.window.say(sentence, may_repeat=may_repeat)
        elif may_repeat:
            self.context.messages.show_sentence(sentence)
        else:
            self.context.messages.show_sentence(sentence + " " + self.tr("Retry has it written anew."))

    def _has_window(self) -> bool:
        return self.window is not None and self.window.isVisible()

    def _say_unknown(self) -> None:
        position = self.context.editor.textCursor().selectionEnd()
        text = self.context.editor.model.text
        around = text.part(max(0, position - 1), min(len(text), position + 1))
        why = self.tr("it was not kept") if around.marks else self.tr("no voice wrote them here")
        said = self.tr("How the words at the cursor were written is not known: {why}.")
        self.context.messages.show_sentence(said.format(why=why))

    def _write_anew(self) -> None:
        if self._shown is not None and self._shown in self._generation.attempts:
            self._generation.write_others()
            self._choices.began.emit()
        else:
            self._say(self.tr("The place of this text is not in the document any more."))

    def _show_state(self) -> None:
        if self.window is not None:
            self.window.show_state(writing=self._generation.writing)


def _mixed(recipe: Recipe) -> list[str]:
    """The names of the voices that were mixed in; none where nobody can tell."""
    try:
        return list(parse_mix(recipe.settings.mix))
    except PandemoniumError:
        return []
