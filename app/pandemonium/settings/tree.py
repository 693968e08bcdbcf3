"""Every setting: one tree of frozen tables, whose field names are the settings file's and the command line's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pandemonium.settings.declaring import check, choice, number, several, switch, words


@dataclass(frozen=True)
class WritingSettings:
    """How a continuation is written. The field names are the command line's and the settings file's."""

    temperature: float = number(0.55, 0.1, 2.0, "how daring the choice of words is")
    words: int = number(60, 1, 2000, "how many words before the sentence is closed")
    top_p: float = number(0.9, 0.05, 1.0, "keeps the likeliest pieces up to this sum (nucleus)")
    top_k: int = number(0, 0, 100_000, "keeps at most so many pieces; 0 keeps all")
    min_p: float = number(0.02, 0.0, 1.0, "drops pieces below this share of the likeliest")
    typical: float = number(1.0, 0.05, 1.0, "keeps pieces of typical information up to this sum; 1 is off")
    spelling: float = number(0.2, 0.0, 1.0, "inside a word, drops pieces below this share of the likeliest; 0 is off")
    balance: float = number(0.9, 0.0, 2.0, "how far rare words are brought back that truncation takes away; 0 is off")
    newcomers: float = number(1.0, 0.0, 10.0, "how much a name is held back that the text does not have yet; 0 is off")
    names: float = number(
        2.75, 0.0, 5.0, "how much the people of the passage are called by their names again; 0 is off"
    )
    dry_multiplier: float = number(0.8, 0.0, 10.0, "how hard a repeated run is punished; 0 is off")
    dry_base: float = number(1.75, 1.0, 4.0, "how fast the punishment grows with the run")
    dry_allowed: int = number(4, 1, 50, "how many pieces may repeat unpunished")
    memory: float = number(0.1, 0.0, 0.9, "how much the draft's own words are called back to mind; 0 is off")
    candidates: int = number(8, 1, 16, "how many candidates of each sentence are written, of which the best stays")
    alternatives: int = number(1, 1, 8, "how many continuations are written at once")
    seed: int = number(0, 0, 2**63 - 1, "0 draws a new one each time")
    copy_guard: bool = switch(True, "whether eight words on end of the voice's training text are never written")
    banned: tuple[str, ...] = several("phrases that never appear")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class PanelSettings:
    """What the panel beside the page was last set to."""

    voice: str = words("", "the voice's name; empty takes the one that comes with the program")
    device: str = choice("auto", ("auto", "cpu", "gpu"), "what the voice runs on")
    arrival: str = choice("brisk", ("at once", "brisk", "reading"), "how fast prose appears on the page")
    shown: bool = switch(True, "whether the panel is open")
    more: bool = switch(False, "whether the fold with the finer settings is open")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class EditorSettings:
    """How the page looks."""

    theme: str = choice("system", ("system", "light", "dark", "sepia"), "paper and ink")
    font: str = words("Literata", "the page's font")
    font_size: float = number(13.0, 6.0, 48.0, "the page's font, in points")
    zoom: int = number(100, 50, 300, "how large the page is shown, in percent; leaves the font size alone")
    line_spacing: float = number(1.5, 1.0, 3.0, "the distance of lines, in sizes of the font")
    measure: int = number(66, 30, 140, "the width of the page, in characters")
    paragraphs: str = choice("spaced", ("spaced", "indented"), "how one paragraph is told from the next")
    marks: bool = switch(True, "whether the text from voices is underlined")
    spelling: bool = switch(True, "whether words that spelling does not know are marked")
    spelling_language: str = words("en_US", "the dictionary that words are looked up in, as in en_GB")
    spelling_capitals: bool = switch(False, "whether words in CAPITALS are looked up too")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class WindowSettings:
    """Where the window stood."""

    width: int = number(1180, 400, 20_000, "in pixels")
    height: int = number(820, 300, 20_000, "in pixels")
    maximized: bool = switch(False, "whether it filled the screen")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class FileSettings:
    """Where documents were last opened and saved."""

    folder: str = words("", "the folder that the next dialog opens in; empty is the home folder")
    export_folder: str = words("", "the folder that was exported to last; empty is the document's own")
    export_format: str = choice(
        "docx", ("docx", "odt", "pdf", "epub", "html", "md", "txt"), "the format that was exported to last"
    )
    recent: bool = switch(True, "whether the documents that were open last are listed")
    reopen: bool = switch(False, "whether the program starts with the document that was open last")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class HabitSettings:
    """How the writer likes to sit at the page."""

    outline: bool = switch(False, "whether the outline is open")
    typewriter: bool = switch(False, "whether the line that is written stays at one height")
    dims: str = choice("sentence", ("sentence", "paragraph", "nothing"), "what stays bright in focus mode")
    hides_panel: bool = switch(True, "whether focus mode puts the panel and the outline away")
    hides_foot: bool = switch(True, "whether focus mode puts the foot away")
    hides_menus: bool = switch(True, "whether focus mode puts the menus away")
    goal_day: int = number(0, 0, 100_000, "words to write on a day; 0 is no goal")
    goal_sitting: int = number(0, 0, 100_000, "words to write in one sitting; 0 is no goal")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class TypingSettings:
    """What happens while the writer types."""

    quotes: bool = switch(True, "whether quotes and apostrophes become curly")
    dashes: bool = switch(True, "whether two hyphens become a dash and three dots an ellipsis")
    custom: str = choice(
        "system",
        ("system", "en", "en-GB", "de", "de-books", "fr", "fr-CH", "nl", "es", "it", "pl", "sv"),
        "the language whose quotes and dashes are written",
    )
    suggests: bool = switch(False, "whether the voice suggests the next words, in grey, when the writer pauses")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class MachineSettings:
    """What the program asks of the machine."""

    threads: int = number(0, 0, 64, "how many threads a voice writes with, from the next start on; 0 is its own choice")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class Shortcuts:
    """The writer's own keys.

    Attributes:
        keys: of each action that has other keys than the usual ones, by its name; keys are parted by "; ", and
            none at all is an empty text.
    """

    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """The whole tree; each field is a table of the settings file."""

    writing: WritingSettings = field(default_factory=WritingSettings)
    panel: PanelSettings = field(default_factory=PanelSettings)
    editor: EditorSettings = field(default_factory=EditorSettings)
    window: WindowSettings = field(default_factory=WindowSettings)
    files: FileSettings = field(default_factory=FileSettings)
    habits: HabitSettings = field(default_factory=HabitSettings)
    typing: TypingSettings = field(default_factory=TypingSettings)
    machine: MachineSettings = field(default_factory=MachineSettings)
    shortcuts: Shortcuts = field(default_factory=Shortcuts)
