"""A training reads the words that the window shows, of every format and every odd file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from pandemonium.documents.exporting import export_document
from pandemonium.documents.formats import read_document
from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.reading.reader import read_text
from pandemonium.documents.rich import rich

MARKDOWN = """\
# The House & the Sea

It was **old**, *very old* and `coded`[^1], a [link](https://example.org "title").

1986. A great year.

> Quoted *prose*.
>
> - entry
>   - deeper

* * *

<div>
if 3 < 5 and she waited then 7 > 2
</div>

    An indented paragraph, as writers write it.

[^1]: A note.
"""
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title T}}\pard\b The\b0  house\par Caf\'e9 \u8212?so\line"
    rb" and on.{\object{\result shown}}\par\trowd\intbl a\cell b\cell\row\pard{\pntext 1.\tab}\ls1 one\par"
    rb"{\v hidden}\u-99999999999999999999?end}"
)
PAGE = """\
<html><head><title>Elsewhere</title><style>.gone { display: none }</style></head><body><h1>The <i>Bell</i></h1>
<p>It <q>tolled <q>twice</q></q><br>and&nbsp;ceased.<span class="gone">unseen</span></p>
<div class="stanza"><p>One line,</p><p>another.</p></div><ol start="4"><li>entry<ul><li>deeper</ul><li>last</ol>
<hr><blockquote><p>Quoted<sup>th</sup>.</p></blockquote><dl><dt>term<dd>meaning</dl><img alt="a cat">
<p>Noted.<a href="#n1" class="noteref">1</a></p><aside id="n1" class="footnote"><p>The note.</p></aside>
<pre>typed text\n  as it  stood</pre><p hidden>unseen</p><a href="http://x">led</a> loose words</body></html>
"""
APPARATUS = """\
<nav>Home</nav><p class="caption">A picture</p><div class="footnote"><p>[1] A note.</p></div>
<pre><code>x = 1</code></pre>
<div class="figure"><img src="a.png"><br>Shown</div><p><a href="#c1">Chapter the First</a></p><footer>Imprint</footer>
<p>{0}</p><div class="transnote">Spelling was kept.</div><figure><img><figcaption>caption</figcaption></figure>
<table><caption>Titled</caption></table>
<table class="toc"><tr><td><a href="#c2">Chapter</a></td></tr></table><hr class="chap">
<p><a href="a.midi">Listen</a></p>
"""
FLAT = (
    "<office:document "
    + " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    + "><office:body><office:text><text:h text:outline-level='1'>The Lamp</text:h><text:p>It "
    "<text:span>burned</text:span><text:s text:c='2'/>low<text:line-break/>and<text:tab/>out, "
    "<text:sequence-ref>Figure 7</text:sequence-ref>.</text:p>"
    "<text:list><text:list-item><text:p>one</text:p><text:p>more</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
    "</table:table-row></table:table></office:text></office:body></office:document>"
)
TEXTS: dict[str, bytes] = {
    "plain.txt": "One line.\n\n\u201cAnother,\u201d she said.\n* star *\n".encode(),
    "stray.txt": "Caf\u00e9, \u201cthe\u201d na\u00efve caf".encode() + b"\xe9.\n",
    "old.txt": "\u041e\u043d\u0430 \u0432\u044b\u0448\u043b\u0430 \u0438\u0437 \u0434\u043e\u043c\u0430. ".encode(
        "cp1251"
    )
    * 20,
    "japanese.txt": "\u3053\u308c\u306f\u6d77\u306e\u5e95\u306e\u8a71\u3067\u3042\u308b\u3002\n".encode("cp932") * 20,
    "wide.txt": "Wide words.\r\nAnd more.\r\n".encode("utf-16"),
    "marked.md": MARKDOWN.encode(),
    "blocks.md": b"<div align=center>\nProse in a *block*\nof two.\n<p>And more.</p>\n</div>\n\nBehind <b>it</b>.\n",
    "unclosed.md": b"<details><summary>More</summary>\n\nWithin it.\n\n</details>\n<style>p { x: y }</style>\n\nEnd.",
    "scene.md": b"---\n\nThe first words.\n\n---\n\nAnother scene.\n",
    "tale.rtf": RTF,
    "flat.fodt": FLAT.encode(),
    "page.html": PAGE.encode(),
    "typed.html": b"<pre>Typed  text,\n\nas it stood.</pre>",
    "deep.html": b"<div>" * 230 + b"<p>one</p><p>two</p>" + b"</div>" * 230,
    "cells.html": b"<table><tr><td>a<br>b<td><p>c</p><p>d</p><script>no</script><tr><td>e"
    b"<table><tr><td>in<td>ner</table></table>",
    "article.html": b"<!DOCTYPE html><title>T</title><article><h1>The Bell</h1><p>It <q>tolled</q>.</p></article>",
}
EXPORTS = ("docx", "odt", "html", "epub", "md", "txt")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def words_shown(manuscript: Manuscript) -> list[str]:
    """The words on the page: its text, and what things that stand for words say."""
    if manuscript.format == "md":
        manuscript = rich(manuscript)
    pieces: list[str] = []
    at = 0
    for span in manuscript.content.spans:
        inline_object = manuscript.objects.get(span.object_key)
        if span.object_key:
            pieces.append(manuscript.text[at : span.start])
            at = span.end
        if isinstance(inline_object, EmbeddedObject) and inline_object.label not in (
            "code",
            "picture",
            "note without a mark",
        ):
            pieces.append(f" {inline_object.text} ")
    return words("".join([*pieces, manuscript.text[at:]]))


@pytest.mark.parametrize("name", TEXTS)
def test_window_and_training_read_the_same_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXTS[name])
    shown = words_shown(read_document(path))
    assert shown
    assert words(read_text(path).text) == shown


@pytest.mark.parametrize("suffix", EXPORTS)
def test_they_agree_on_what_is_written_here(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    source = MARKDOWN.replace("[^1]: A note.\n", "").replace("[^1]", "")
    export_document(Manuscript(Passage(source), "md"), path)
    assert words(read_text(path).text) == words_shown(read_document(path))


PROSE = "The lamp burned low that night, and nobody in the house would speak of it until the morning came. " * 9


@pytest.mark.parametrize("name", ["a.html", "a.epub"])
def test_training_reads_less_than_the_window_only_where_it_means_to(tmp_path: Path, name: str) -> None:
    """Without its apparatus a page says the same to both, and with it the training hears nothing else."""

    def written(page: str) -> Path:
        if name.endswith("html"):
            (tmp_path / name).write_text(page)
            return tmp_path / name
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(
                "book.opf",
                '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
                '<spine><itemref idref="a"/></spine></package>',
            )
            archive.writestr("a.xhtml", page)
        return tmp_path / name

    bare = written(PAGE.replace("</body>", f"<p>{PROSE}</p><p>{PROSE}</p></body>"))
    shown = words_shown(read_document(bare))
    assert words(read_text(bare).text) == shown
    noisy = written(PAGE.replace("</body>", f"<p>{PROSE}</p>{APPARATUS.format(PROSE)}</body>"))
    assert words(read_text(noisy).text) == shown
    assert len(words_shown(read_document(noisy))) > len(shown)
