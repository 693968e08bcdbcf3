"""Of a page only the prose is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.reading.html import html_text, read_html


def test_paragraphs_headings_and_line_breaks() -> None:
    page = "<h1>One</h1><p>It  was\n a <i>dark</i> night.</p><p>A line<br>another</p><ul><li>first<li>second</ul>"
    assert html_text(page) == "One\n\nIt was a dark night.\n\nA line\nanother\n\nfirst\n\nsecond"


@pytest.mark.parametrize(
    "noise",
    [
        "<script>var x = 1</script>",
        "<style>p {}</style>",
        "<nav>Home</nav>",
        "<footer>Imprint</footer>",
        "<!-- hidden -->",
        '<p class="caption">A picture</p>',
        '<div class="figure"><img src="a.png"><br>The picture</div>',
        '<p><span class="pagenum">[12]</span></p>',
        '<div class="footnote"><p>[1] A note.</p></div>',
        '<aside epub:type="footnote">A note.</aside>',
        '<p><a href="#c1">Chapter the First</a></p>',
        '<p><a href="music/1.midi">Listen</a></p>',
        '<div class="transnote">Spelling was kept.</div>',
        '<section id="pg-header">The header</section>',
        '<div style="display: none">hidden</div>',
        "<pre><code>x = 1</code></pre>",
        "<figure><img><figcaption>caption</figcaption></figure>",
    ],
)
def test_what_is_no_prose_is_left_out(noise: str) -> None:
    prose = "The lamp burned low that night, and nobody in the house would speak of it until the morning came."
    page = f"<html><head><title>T</title></head><body><p>{prose}</p>{noise}<p>{prose}</p></body></html>"
    assert html_text(page) == f"{prose}\n\n{prose}"


def test_note_numbers_go_and_other_superscripts_stay() -> None:
    text = 'He spoke<a class="fnanchor" href="#f">[1]</a> on the 5<sup>th</sup> day<sup>2</sup>.'
    assert html_text(f"<p>{text}</p>") == "He spoke on the 5th day."


def test_notes_in_tables_are_no_prose() -> None:
    mark = '<a class="noteref" href="#fn{0}">{0}</a>'
    inner = f"<table><tr><td>inner{mark.format(2)}</td></tr></table>"
    table = (
        f"<table><tr><td>{mark.format(1)} (one)</td><td>two</td></tr><tr><td>{inner}</td><td>three</td></tr></table>"
    )
    notes = '<ol><li id="fn1">First<br>note.</li><li id="fn2">Second note.</li></ol>'
    assert html_text(f"<p>It was old.</p>{table}{notes}") == "It was old.\n\n(one)  two\ninner  three"


def test_a_picture_in_a_line_parts_words_and_nothing_else() -> None:
    page = "<p>be<img>fore<img>, a <img> b<img>; <b>c<img></b>d<img> e<img><br>f</p>"
    assert html_text(page) == "be fore, a b; c d e\nf"


def test_a_frame_that_is_named_like_apparatus_is_read() -> None:
    assert (
        html_text('<div class="contents"><p>All of the prose stands here.</p></div>') == "All of the prose stands here."
    )


def test_verse_keeps_its_lines_and_stanzas() -> None:
    stanzas = ["<p>One, </p>\n <p>two,</p>", "<p>three.</p>"]
    page = "".join(f'<div class="stanza">{lines}</div>' for lines in stanzas)
    assert html_text(page) == "One,\ntwo,\n\nthree."


def test_a_rule_between_paragraphs_is_a_scene_break_and_beside_a_heading_nothing() -> None:
    assert html_text("<hr><p>a</p><hr/><p>b</p><hr><hr><h2>C</h2><hr><p>d</p><hr>") == "a\n\n* * *\n\nb\n\nC\n\nd"


def test_a_table_of_contents_stays_together_for_the_text_to_judge() -> None:
    rows = "".join(f'<tr><td><a href="#{n}">Chapter {n}</a></td><td>{n * 10}</td></tr>' for n in range(1, 5))
    lines = html_text(f"<table>{rows}</table><p>Prose.</p>").split("\n\n")[0].split("\n")
    assert [line.split() for line in lines] == [["Chapter", str(n), str(n * 10)] for n in range(1, 5)]


def test_xhtml_that_closes_itself_is_not_swallowed() -> None:
    head = '<title/><script src="x"/>'
    body = '<a id="x"/><p>Read&nbsp;me.</p>'
    page = f'<?xml version="1.0"?><html><head>{head}</head><body>{body}</body></html>'
    assert html_text(page) == "Read\xa0me."


def test_the_main_part_is_read_where_a_page_names_it() -> None:
    page = "<header>Site</header><main><p>The story itself, which is long.</p></main><p>Ads</p>"
    assert html_text(page) == "The story itself, which is long."


def test_declared_encodings_are_believed_unless_wrong() -> None:
    assert read_html('<meta charset="koi8-r"><p>Да, это он.</p>'.encode("koi8-r")).text == "Да, это он."
    assert read_html('<meta charset="ascii"><p>Cæsar’s</p>'.encode("cp1252")).text == "Cæsar’s"
    assert read_html('<meta charset="ascii"><p>naïve — “so”</p>'.encode()).text == "naïve — “so”"
    assert read_html("<p>naïve</p>".encode("utf-16")).text == "naïve"


def test_typed_text_in_a_page_keeps_its_wrapping_for_the_cleaner() -> None:
    page = "<html><body><pre>" + "A typed line of about that width\n" * 9 + "</pre><p>End.</p></body></html>"
    assert not read_html(page.encode()).unwrapped
    assert read_html(b"<p>Prose.</p>").unwrapped


@pytest.mark.parametrize("page", ["", "   ", "\0", "<", "<html>", "<p", "<![CDATA[", "<div>" * 5000, "</p>" * 50])
def test_broken_pages_do_no_harm(page: str) -> None:
    assert not html_text(page).strip("<p ")


@given(st.text())
def test_any_text_is_taken(page: str) -> None:
    assert isinstance(html_text(page), str)
