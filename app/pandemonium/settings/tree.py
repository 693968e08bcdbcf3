"""Every setting: one tree of frozen tables, whose field names are the settings file's and the command line's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pandemonium.settings.declaring import Table, choice, number, several, switch, words


@dataclass(frozen=True)
class WritingSettings(Table):
    """How a continuation is written. The field names are the command line's and the settings file's."""

    temperature: float = number(0.55, 0.1, 2.0, "how daring the choice of words is")
    words: int = number(60, 1, 2000, "how many words before the sentence is closed")
    candidates: int = number(
        16,
        1,
        32,
        "how many candidates of each sentence are written, of which the best stays",
        title="Candidates a sentence",
    )
    alternatives: int = number(1, 1, 8, "how many continuations are written at once", title="Alternatives")
    top_p: float = number(
        0.9, 0.05, 1.0, "keeps the likeliest pieces up to this sum (nucleus)", title="Top-p", step=0.05
    )
    top_k: int = number(0, 0, 100_000, "keeps at most so many pieces; 0 keeps all", title="Top-k")
    min_p: float = number(0.02, 0.0, 1.0, "drops pieces below this share of the likeliest", title="Min-p", step=0.05)
    typical: float = number(
        1.0, 0.05, 1.0, "keeps pieces of typical information up to this sum; 1 is off", title="Typical", step=0.05
    )
    spelling: float = number(
        0.2,
        0.0,
        1.0,
        "inside a word, drops pieces below this share of the likeliest; 0 is off",
        title="Strict spelling",
        step=0.05,
    )
    balance: float = number(
        0.9,
        0.0,
        2.0,
        "how far rare words are brought back that truncation takes away; 0 is off",
        title="Rare words",
        step=0.05,
    )
    newcomers: float = number(
        1.0,
        0.0,
        10.0,
        "how much a name is held back that the text does not have yet; 0 is off",
        title="Against new names",
        step=0.05,
    )
    names: float = number(
        2.0,
        0.0,
        5.0,
        "how much the people of the passage are called by their names again; 0 is off",
        title="Names of the passage",
        step=0.05,
    )
    dry_multiplier: float = number(
        0.8,
        0.0,
        10.0,
        "how hard repeated runs and words are punished; 0: off",
        title="Against loops (DRY)",
        step=0.05,
    )
    dry_base: float = number(1.75, 1.0, 4.0, "how fast the punishment grows with the run")
    dry_allowed: int = number(4, 1, 50, "how many pieces may repeat unpunished")
    memory: float = number(
        0.1,
        0.0,
        0.9,
        "how much the draft's own words are called back to mind; 0 is off",
        title="Memory of the draft",
        step=0.05,
    )
    seed: int = number(0, 0, 2**63 - 1, "0 draws a new one each time")
    join: bool = switch(
        True,
        "whether what is written leads to what stands behind the cursor",
        title="Lead to what follows",
        hint="With text behind the cursor, a continuation is chosen by how well that follows, and ends where it does.",
    )
    copy_guard: bool = switch(
        True,
        "whether eight words on end of the voice's training text are never written",
        title="Never copy",
        hint="A voice does not write eight words on end as they stand in the texts that it learned from.",
    )
    mix: tuple[str, ...] = several("voices that are mixed in, each with its share: classics=0.3")
    wanted: tuple[str, ...] = several("words that come more easily", title="Words wanted")
    banned: tuple[str, ...] = several("phrases that never appear", title="Words unwanted")


@dataclass(frozen=True)
class PanelSettings(Table):
    """What the panel beside the page was last set to."""

    voice: str = words("", "the voice's name; empty takes the one that comes with the program")
    device: str = choice(
        "auto",
        {
            "auto": ("Automatic", ""),
            "cpu": ("Processor", ""),
            "gpu": ("Graphics card", ""),
        },
        "what the voice runs on",
        title="Device",
    )
    arrival: str = choice(
        "brisk",
        {
            "at once": ("At once", "Prose appears as fast as it is written."),
            "brisk": ("Brisk", "Prose appears somewhat faster than one reads."),
            "reading": ("To read", "Prose appears at reading pace."),
        },
        "how fast prose appears on the page",
        title="Display speed",
    )
    choices: int = number(
        3,
        2,
        8,
        "how many continuations Continue with choices shows beside the page",
        title="Choices",
        hint="How many continuations are written beside the page to choose from.",
    )
    shown: bool = switch(True, "whether the panel is open")
    more: bool = switch(False, "whether the fold with the finer settings is open")
    mixing: bool = switch(False, "whether the fold with the mixing desk is open")


@dataclass(frozen=True)
class EditorSettings(Table):
    """How the page looks."""

    theme: str = choice(
        "system",
        {
            "system": ("System", "As light or dark as your system is."),
            "light": ("Light", "Dark ink on light paper."),
            "sepia": ("Sepia", "Brown ink on yellowed paper."),
            "dark": ("Dark", "Light ink on dark paper."),
            "contrast": ("High contrast", "Black on white, or white on black."),
        },
        "paper and ink",
        title="Paper",
    )
    font: str = words("Literata", "the page's font", title="Font")
    font_size: float = number(13.0, 6.0, 48.0, "the page's font, in points", title="Size", unit="points", step=0.5)
    zoom: int = number(
        100,
        50,
        300,
        "how large the page is shown, in percent; leaves the font size alone",
        title="Zoom",
        hint="How large it is shown; the size stays.",
        unit="%",
        step=10,
    )
    line_spacing: float = number(
        1.5, 1.0, 3.0, "the distance of lines, in sizes of the font", title="Line spacing", step=0.05
    )
    measure: int = number(
        66, 30, 140, "the width of the page, in characters", title="Width of a line", unit="characters"
    )
    paragraphs: str = choice(
        "spaced",
        {
            "spaced": ("Spaced", "A little room between paragraphs."),
            "indented": ("Indented", "The first line is indented, as in a book."),
        },
        "how one paragraph is told from the next",
        title="Paragraphs",
    )
    marks: bool = switch(True, "whether the text from voices is underlined", title="Underline what voices wrote")
    copied: bool = switch(
        False,
        "whether eight words on end of what a voice wrote are underlined where its training text has them",
        title="Underline what was copied",
        hint="Where it is not avoided: hover over it to see which text it stands in, as far as the voice knows that.",
    )
    spelling: bool = switch(
        True,
        "whether words that spelling does not know are marked",
        title="Mark words that the dictionary does not know",
    )
    spelling_language: str = words(
        "en_US", "the dictionary that words are looked up in, as in en_GB", title="Dictionary"
    )
    spelling_capitals: bool = switch(
        False, "whether words in CAPITALS are looked up too", title="Look up words in CAPITALS too"
    )


@dataclass(frozen=True)
class WindowSettings(Table):
    """Where the window stood."""

    width: int = number(1180, 400, 20_000, "in pixels")
    height: int = number(820, 300, 20_000, "in pixels")
    maximized: bool = switch(False, "whether it filled the screen")


@dataclass(frozen=True)
class FileSettings(Table):
    """Where documents were last opened and saved."""

    folder: str = words("", "the folder that the next dialog opens in; empty is the home folder")
    export_folder: str = words("", "the folder that was exported to last; empty is the document's own")
    export_format: str = words("docx", "the format that was exported to last")
    recent: bool = switch(
        True,
        "whether the documents that were open last are listed",
        title="List the documents that were open last",
        hint="In File, Open recent; off forgets them.",
    )
    reopen: bool = switch(
        False,
        "whether the program starts with the document that was open last",
        title="Start with the document that was open last",
    )


@dataclass(frozen=True)
class HabitSettings(Table):
    """How the writer likes to sit at the page."""

    outline: bool = switch(False, "whether the outline is open")
    cast: bool = switch(False, "whether the cast is open")
    typewriter: bool = switch(
        False,
        "whether the line that is written stays at one height",
        title="Typewriter scrolling",
        hint="The line that you write stays at one height. Only typing moves the page; a click never does.",
    )
    dims: str = choice(
        "sentence",
        {
            "sentence": ("Sentence", "All but the sentence of the cursor is dimmed."),
            "paragraph": ("Paragraph", "All but the paragraph of the cursor is dimmed."),
            "nothing": ("Everything", "Nothing is dimmed."),
        },
        "what stays bright in focus mode",
        title="What stays bright",
    )
    hides_panel: bool = switch(
        True, "whether focus mode puts the panel and the outline away", title="Hide the panel and the outline"
    )
    hides_foot: bool = switch(True, "whether focus mode puts the status bar away", title="Hide the status bar")
    hides_menus: bool = switch(
        True,
        "whether focus mode puts the menus away",
        title="Hide the menus",
        hint="Their keys still work, and Esc brings all back.",
    )
    hints: bool = switch(True, "whether the three hints of the first start are still to be shown")
    goal_day: int = number(
        0, 0, 100_000, "words to write on a day; 0 is no goal", title="For a day", unit="words", step=50, lowest="none"
    )
    goal_sitting: int = number(
        0,
        0,
        100_000,
        "words to write in one sitting; 0 is no goal",
        title="For one sitting",
        unit="words",
        step=50,
        lowest="none",
    )


@dataclass(frozen=True)
class TypingSettings(Table):
    """What happens while the writer types."""

    quotes: bool = switch(
        True,
        "whether quotes and apostrophes become curly",
        title="Curly quotes and apostrophes",
        hint="One Ctrl+Z gives back what you typed, and no more.",
    )
    dashes: bool = switch(
        True,
        "whether two hyphens become a dash and three dots an ellipsis",
        title="Dashes for two hyphens, an ellipsis for three dots",
    )
    custom: str = choice(
        "system",
        {
            "system": ("The system's language", ""),
            "en": ("English, American", "\u201ca \u2018b\u2019\u201d \u2014"),
            "en-GB": ("English, British", "\u201ca \u2018b\u2019\u201d \u2013"),
            "de": ("German", "\u201ea \u201ab\u2018\u201c \u2013"),
            "de-books": ("German, as in books", "\u00bba \u203ab\u2039\u00ab \u2013"),
            "fr": ("French", "\u00ab\u202fa \u201cb\u201d\u202f\u00bb \u2014"),
            "fr-CH": ("Swiss", "\u00aba \u2039b\u203a\u00bb \u2013"),
            "nl": ("Dutch", "\u201ca \u2018b\u2019\u201d \u2013"),
            "es": ("Spanish", "\u00aba \u201cb\u201d\u00bb \u2014"),
            "it": ("Italian", "\u00aba \u201cb\u201d\u00bb \u2014"),
            "pl": ("Polish", "\u201ea \u00abb\u00bb\u201d \u2013"),
            "sv": ("Swedish", "\u201da \u2019b\u2019\u201d \u2013"),
        },
        "the language whose quotes and dashes are written",
        title="As written in",
    )
    suggests: bool = switch(
        False,
        "whether the voice suggests the next words, in grey, when the writer pauses",
        title="Suggest the next words when I pause",
        hint="In grey, and no text until you take it: Tab takes it, Ctrl+Right a word of it. Alt+Return asks for one.",
    )


@dataclass(frozen=True)
class MachineSettings(Table):
    """What the program asks of the machine."""

    threads: int = number(
        0,
        0,
        64,
        "how many threads a voice writes with, from the next start on; 0 is its own choice",
        title="Threads",
        hint="Fewer leave more of the processor to other programs. From the next start on.",
        lowest="as many as help",
    )
    reading_room: int = number(
        320,
        0,
        100_000,
        "how many megabytes of the disk may hold what voices have read of manuscripts; 0 keeps nothing",
        title="Room for what was read",
        hint="So Continue begins at once anywhere in a long manuscript, also tomorrow. From the next start on.",
        unit="MB",
        step=10,
        lowest="keep nothing",
    )


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
