"""Exports one self-contained HTML page that reads well in light and dark, on paper, and aloud."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from pandemonium.documents.formats.html.markup import STYLES, Markup, clean
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.rich import proposed_title, rich

_LOOK = """\
:root { color-scheme: light dark; --paper: #FBF8F1; --ink: #23201C; --accent: #2F6F62; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181A; --ink: #D9D3C5; --accent: #74B9A8; } }
html { background: var(--paper); color: var(--ink); font-size: 1.15rem; }
body { margin: 0; }
main { max-width: 33em; margin: 4em auto 6em; padding: 0 1.2em; }
a { color: var(--accent); }
.footnotes { margin-top: 4em; border-top: 1px solid; font-size: 0.85em; }
@media print { :root { --paper: #fff; --ink: #000; --accent: #000; } main { max-width: none; margin: 0; } }
"""


def html_page(manuscript: Manuscript) -> str:
    """The document as one HTML page, without scripts and without anything from elsewhere."""
    manuscript = rich(manuscript)
    title = clean(proposed_title(manuscript)) or "Untitled"
    language = f" lang={quoteattr(clean(manuscript.language))}" if manuscript.language else ""
    markup = Markup(manuscript.objects)
    body = markup.blocks(styled(manuscript.content))
    notes = "\n".join(
        f'<li id="note-{number}">{text}\n<p class="plain"><a href="#mark-{number}" class="footnote-back" '
        f'role="doc-backlink" aria-label="Back to mark {number}">\u21a9\ufe0e</a></p></li>'
        for number, text in markup.take_notes()
    )
    if notes:
        notes = (
            f'\n<section class="footnotes" role="doc-endnotes" aria-label="Notes">\n<ol>\n{notes}\n</ol>\n</section>'
        )
    author = f'<meta name="author" content={quoteattr(clean(manuscript.author))}/>\n' if manuscript.author else ""
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n{author}'
        f"<title>{escape(title)}</title>\n<style>\n{STYLES}{_LOOK}</style>\n</head>\n<body>\n<main>\n{body}{notes}\n"
        "</main>\n</body>\n</html>\n"
    )
