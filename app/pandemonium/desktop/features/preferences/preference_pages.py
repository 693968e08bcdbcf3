"""What stands on each page of the preferences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase

from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.features.preferences.setting_rows import Rows


def _tr(text: str) -> str:
    return QCoreApplication.translate("Preferences", text)


def writing_page(store: SettingsStore, open_words: Callable[[], object]) -> Rows:
    """Goals, focus mode, typewriter scrolling."""
    page = Rows(store, _tr("Writing"))
    page.part(_tr("Goals"))
    page.number("habits", "goal_day", _tr("For a day"), unit=_tr("words"), step=50, none=_tr("none"))
    page.number("habits", "goal_sitting", _tr("For one sitting"), unit=_tr("words"), step=50, none=_tr("none"))
    page.button("openWordsWritten", _tr("What you wrote…"), open_words)
    page.part(_tr("Focus"))
    page.segments(
        "habits",
        "dims",
        _tr("What stays bright"),
        [
            ("sentence", _tr("Sentence"), _tr("All but the sentence of the cursor is dimmed.")),
            ("paragraph", _tr("Paragraph"), _tr("All but the paragraph of the cursor is dimmed.")),
            ("nothing", _tr("Everything"), _tr("Nothing is dimmed.")),
        ],
    )
    page.switch("habits", "hides_panel", _tr("Hide the panel and the outline"))
    page.switch("habits", "hides_foot", _tr("Hide the status bar"))
    page.switch("habits", "hides_menus", _tr("Hide the menus"), _tr("Their keys still work, and Esc brings all back."))
    page.part(_tr("Scrolling"))
    page.switch(
        "habits",
        "typewriter",
        _tr("Typewriter scrolling"),
        _tr("The line that you write stays at one height. Only typing moves the page; a click never does."),
    )
    return page


def look_page(store: SettingsStore, fonts: Sequence[str]) -> Rows:
    """Paper, type and spacing."""
    page = Rows(store, _tr("Page"))
    page.segments(
        "editor",
        "theme",
        _tr("Paper"),
        [
            ("system", _tr("System"), _tr("Light by day and dark by night, if the system does so.")),
            ("light", _tr("Light"), _tr("Dark ink on light paper.")),
            ("sepia", _tr("Sepia"), _tr("Brown ink on yellowed paper.")),
            ("dark", _tr("Dark"), _tr("Light ink on dark paper.")),
        ],
    )
    page.part(_tr("Type"))
    page.list("editor", "font", _tr("Font"), font_choices(fonts))
    page.number("editor", "font_size", _tr("Size"), unit=_tr("points"), step=0.5)
    page.number("editor", "zoom", _tr("Zoom"), unit="%", step=10, hint=_tr("How large it is shown; the size stays."))
    page.part(_tr("Setting"))
    page.number("editor", "measure", _tr("Width of a line"), unit=_tr("characters"))
    page.number("editor", "line_spacing", _tr("Line spacing"), step=0.05)
    page.segments(
        "editor",
        "paragraphs",
        _tr("Paragraphs"),
        [
            ("spaced", _tr("Spaced"), _tr("A little room between paragraphs.")),
            ("indented", _tr("Indented"), _tr("The first line is indented, as in a book.")),
        ],
    )
    page.part(_tr("Who wrote what"))
    page.switch("editor", "marks", _tr("Underline what voices wrote"))
    return page


def typing_page(store: SettingsStore, languages: Mapping[str, str]) -> Rows:
    """Quotes, dashes, spelling."""
    page = Rows(store, _tr("Typing"))
    page.part(_tr("Quotes and dashes"))
    page.switch(
        "typing",
        "quotes",
        _tr("Curly quotes and apostrophes"),
        _tr("One Ctrl+Z gives back what you typed, and no more."),
    )
    page.switch("typing", "dashes", _tr("Dashes for two hyphens, an ellipsis for three dots"))
    page.list("typing", "custom", _tr("As written in"), custom_choices())
    page.part(_tr("Suggestions"))
    page.switch(
        "typing",
        "suggests",
        _tr("Suggest the next words when I pause"),
        _tr("In grey, and no text until you take it: Tab takes it, Ctrl+Right a word of it. Alt+Return asks for one."),
    )
    page.part(_tr("Spelling"))
    page.switch("editor", "spelling", _tr("Mark words that the dictionary does not know"))
    page.list("editor", "spelling_language", _tr("Dictionary"), languages)
    page.switch("editor", "spelling_capitals", _tr("Look up words in CAPITALS too"))
    return page


def files_page(store: SettingsStore, forget_recent: Callable[[], object]) -> Rows:
    """Recent files, reopening, and what is kept without being asked."""
    page = Rows(store, _tr("Files"))
    page.part(_tr("Opening"))
    page.switch("files", "reopen", _tr("Start with the document that was open last"))
    page.switch(
        "files", "recent", _tr("List the documents that were open last"), _tr("In File, Open recent; off forgets them.")
    )
    page.button("forgetRecent", _tr("Forget it"), forget_recent, _tr("The list now"))
    page.part(_tr("Kept for you"))
    page.note(
        _tr(
            "What you type is kept aside within seconds, also in a document that you have never saved. If the program "
            "or the computer stops, the next start offers it to you. It all stays on this computer."
        )
    )
    return page


def machine_page(
    store: SettingsStore,
    devices: Sequence[str],
    choose_device: Callable[[str], object],
    open_voices: Callable[[], object],
) -> Rows:
    """Voices, and what they ask of the machine."""
    page = Rows(store, _tr("Voices & machine"))
    page.part(_tr("Voices"))
    page.segments(
        "panel",
        "arrival",
        _tr("Display speed"),
        [
            ("at once", _tr("At once"), _tr("Prose appears as fast as it is written.")),
            ("brisk", _tr("Brisk"), _tr("Prose appears somewhat faster than one reads.")),
            ("reading", _tr("To read"), _tr("Prose appears at reading pace.")),
        ],
    )
    page.switch(
        "writing",
        "copy_guard",
        _tr("Never copy"),
        _tr("A voice does not write eight words on end as they stand in the texts that it learned from."),
    )
    page.button("openVoices", _tr("Voices…"), open_voices, _tr("Your library"))
    page.part(_tr("Machine"))
    names = {"auto": _tr("Automatic"), "cpu": _tr("Processor"), "gpu": _tr("Graphics card")}
    page.list("panel", "device", _tr("Device"), {key: names[key] for key in ("auto", *devices)}, choose=choose_device)
    page.number(
        "machine",
        "threads",
        _tr("Threads"),
        none=_tr("as many as help"),
        hint=_tr("Fewer leave more of the processor to other programs. From the next start on."),
    )
    return page


def font_choices(shipped: Sequence[str]) -> dict[str, str]:
    """The typefaces that come with the program, then the system's that can set prose."""
    latin = QFontDatabase.WritingSystem.Latin
    others = [
        each
        for each in QFontDatabase.families(latin)
        if each not in shipped and not each.startswith((".", "@")) and not QFontDatabase.isPrivateFamily(each)
    ]
    return {each: each for each in [*sorted(shipped), *others]}


def custom_choices() -> dict[str, str]:
    """The customs of languages, each with a little of how it looks."""
    return {
        "system": _tr("The system's language"),
        "en": _tr("English, American") + "   \u201ca \u2018b\u2019\u201d \u2014",
        "en-GB": _tr("English, British") + "   \u201ca \u2018b\u2019\u201d \u2013",
        "de": _tr("German") + "   \u201ea \u201ab\u2018\u201c \u2013",
        "de-books": _tr("German, as in books") + "   \u00bba \u203ab\u2039\u00ab \u2013",
        "fr": _tr("French") + "   \u00ab\u202fa \u201cb\u201d\u202f\u00bb \u2014",
        "fr-CH": _tr("Swiss") + "   \u00aba \u2039b\u203a\u00bb \u2013",
        "nl": _tr("Dutch") + "   \u201ca \u2018b\u2019\u201d \u2013",
        "es": _tr("Spanish") + "   \u00aba \u201cb\u201d\u00bb \u2014",
        "it": _tr("Italian") + "   \u00aba \u201cb\u201d\u00bb \u2014",
        "pl": _tr("Polish") + "   \u201ea \u00abb\u00bb\u201d \u2013",
        "sv": _tr("Swedish") + "   \u201da \u2019b\u2019\u201d \u2013",
    }
