"""Cuts from a text what its author did not write: publishers' headers, notes, contents, programs' signs, markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pandemonium.text.boilerplate.authoring import cut_authoring
from pandemonium.text.boilerplate.downloads import cut_downloads
from pandemonium.text.boilerplate.editorial_notes import cut_editorial_notes
from pandemonium.text.boilerplate.gutenberg import cut_gutenberg
from pandemonium.text.boilerplate.mail import cut_mail
from pandemonium.text.boilerplate.markup import cut_markup
from pandemonium.text.boilerplate.note_programs import cut_note_programs
from pandemonium.text.boilerplate.page_headers import cut_page_headers
from pandemonium.text.boilerplate.sites import cut_sites
from pandemonium.text.boilerplate.templates import cut_templates
from pandemonium.text.boilerplate.title_pages import cut_title_page
from pandemonium.text.boilerplate.transcripts import cut_transcripts
from pandemonium.text.boilerplate.wiki import cut_wiki


@dataclass(frozen=True)
class Cut:
    """One kind of what is cut: what a writer would call it, and the function that cuts it."""

    name: str
    function: Callable[[str], str]


CUTS = (
    Cut("Project Gutenberg's header and licence", cut_gutenberg),
    Cut("a download's own pages", cut_downloads),
    Cut("what libraries and sites print into a text", cut_sites),
    Cut("a title page", cut_title_page),
    Cut("mail headers, quotations and signatures", cut_mail),
    Cut("times and names of a transcript", cut_transcripts),
    Cut("wiki markup", cut_wiki),
    Cut("templates and settings", cut_templates),
    Cut("settings and signs of an authors' markup", cut_authoring),
    Cut("tags and properties of notes", cut_note_programs),
    Cut("page numbers and running heads", cut_page_headers),
    Cut("captions, editors' notes, contents and imprints", cut_editorial_notes),
    Cut("marks of emphasis, tags and code", cut_markup),
)


def cut_and_count(text: str) -> tuple[str, Counter[str]]:
    """Gives the prose of `text` alone, and how many letters and digits were cut by each kind.

    Paragraphs, verse and line ends stay, for `clean` to set. It is idempotent: each cut is made until nothing is left
    for any of them.

    Args:
        text: a whole document, or its beginning and end at least; any line ends.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    counts: Counter[str] = Counter()
    unchanged = turn = 0
    while unchanged < len(CUTS):
        kind = CUTS[turn % len(CUTS)]
        cut = kind.function(text)
        if cut == text:
            unchanged += 1
        else:
            unchanged = 0
            counts[kind.name] += max(0, _written(text) - _written(cut))
        text = cut
        turn += 1
    return text, +counts


def _written(text: str) -> int:
    """How many letters and digits there are: white space and marks alone are no loss to speak of."""
    return sum(map(str.isalnum, text))
