"""What is asked of a voice and what comes back: plain values that cross from one thread to another."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from pandemonium.settings import WritingSettings
from pandemonium.text.typography import Typography
from pandemonium.writing.reading.origins import Origin

_SEED_BITS = 49  # with room for its neighbours it survives JSON in every language
_LARGEST_SEED = 2**63 - 1


def draw_seed() -> int:
    """A new seed, drawn by chance."""
    return secrets.randbits(_SEED_BITS) + 1


def seeds_from(first: int, count: int) -> tuple[int, ...]:
    """The seeds of `count` texts that are written side by side, from 1."""
    return tuple((first + i - 1) % _LARGEST_SEED + 1 for i in range(count))


def for_choices(settings: WritingSettings, count: int) -> WritingSettings:
    """The settings for `count` texts to choose from: half the candidates for each, since she chooses herself."""
    return replace(settings, alternatives=count, candidates=(settings.candidates + 1) // 2)


@dataclass(frozen=True)
class Person:
    """Somebody, or something, that is in the scene.

    Attributes:
        name: as the draft mostly calls her.
        pronoun: "she", "he", "they" or "it"; empty where nobody said.
        also: her other names.
    """

    name: str
    pronoun: str = ""
    also: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every name that she has."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class Remix:
    """Other shares of mixed voices, taken while a text was being written.

    Attributes:
        step: how many steps of the network went before, from 0.
        mix: the shares from there on, as in `WritingSettings`.
    """

    step: int
    mix: tuple[str, ...]


@dataclass(frozen=True)
class ContinueRequest:
    """One Continue.

    Attributes:
        number: grows with every request of the window; late chunks of another number are dropped.
        revision: the document's, when it was asked.
        before: the text up to the cursor, in the document's own typography. Paragraphs are separated as
            the document separates them: by a newline or a blank line.
        after: the text behind the cursor, as far as it matters (a few hundred characters).
        settings: how to write.
        paragraph: what the document puts between two paragraphs: one newline or two.
        original: a passage between both that is to be said in other words, in the document's own typography; empty
            where the text is to be continued.
        usual: how the page types what the text has no example of, such as quotation marks in a draft without any.
        cast: who is in the scene: they are named again, and strangers stay out; empty leaves all as it is.
        known: other names of the draft, also of what `before` leaves out; where a cast is given, they are no strangers.
        remixes: what was made of the settings' mix while the text was written, where it is to be written again; in the
            order of the steps.
    """

    number: int
    revision: int
    before: str
    after: str = ""
    settings: WritingSettings = field(default_factory=WritingSettings)
    paragraph: str = "\n\n"
    usual: Typography = field(default_factory=Typography)
    cast: tuple[Person, ...] = ()
    known: tuple[str, ...] = ()
    original: str = ""
    remixes: tuple[Remix, ...] = ()


@dataclass(frozen=True)
class Chunk:
    """A chunk of text that has just been written, ready to stand in the document.

    Attributes:
        number: the request's.
        alternative: which of the continuations it belongs to, from 0.
        text: characters to append, never half a one; the document's own typography.
        origins: words of the continuation, up to the end of this chunk, that owe themselves to the draft; each comes
            once.
        remixes: other shares of mixed voices that were heeded up to here.
    """

    number: int
    alternative: int
    text: str
    origins: tuple[Origin, ...] = ()
    remixes: tuple[Remix, ...] = ()


@dataclass(frozen=True)
class Continuation:
    """A finished (or stopped) continuation: all that was written for one request.

    Attributes:
        number: the request's.
        texts: each alternative's whole text.
        seeds: each alternative's; the first, asked again for as many alternatives, writes all of them again.
        voice: the voice's name.
        seconds: from the request's being taken up to its end.
        tokens: sub-words written, all alternatives together.
        stopped: it was asked to stop before its end.
        notes: sentences about the text before the cursor that its writer should know: what the voice does not know of
            it.
    """

    number: int
    texts: tuple[str, ...]
    seeds: tuple[int, ...]
    voice: str
    seconds: float
    tokens: int
    stopped: bool = False
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The first alternative."""
        return self.texts[0]

    @property
    def characters_per_second(self) -> float:
        """Characters written in all alternatives together, a second."""
        return sum(map(len, self.texts)) / self.seconds if self.seconds > 0 else 0.0
