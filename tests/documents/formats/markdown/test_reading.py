"""What stands in Markdown is read as meant, and what is written says it again."""

from __future__ import annotations

import re

import pytest

from pandemonium.documents.conversion import converted, lost
from pandemonium.documents.exporting import export_loss
from pandemonium.documents.formats.markdown.reading import front_matter, read_markdown, to_rich, without_front_matter
from pandemonium.documents.formats.markdown.syntax import parser, words_of_html
from pandemonium.documents.formats.markdown.writing import from_rich
from pandemonium.documents.model.composing import all_words, styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import Passage


@pytest.mark.long
@pytest.mark.parametrize("unit", ["*a* ", "**a ", "_a_ ", "[a](b) ", "`a` ", "<b>a</b> ", "&amp;a ", "\\*a ", "~~a~~ "])
@pytest.mark.parametrize("between", ["", "\n\n"])
def test_a_text_of_nothing_but_signs_costs_no_more_tokens_than_some(unit: str, between: str) -> None:
    count = 120_000 // len(unit)
    block = unit * 100 + between
    tokens = parser().parse(block * (count // 100), {})
    assert sum(len(each.children or ()) for each in tokens) < 130_000
    content, objects = to_rich(block * (count // 100))
    words = [content.text, *(each.text for each in objects.values() if isinstance(each, EmbeddedObject))]
    assert sum(each.count("a") for each in words) >= count // 100 * 100
    assert again("*a* " * 100) == ("*a* " * 100).rstrip() + "\n"


def again(source: str) -> str:
    return from_rich(*to_rich(source))


def foreign(source: str) -> list[EmbeddedObject]:
    return [each for each in to_rich(source)[1].values() if isinstance(each, EmbeddedObject)]


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nThe first words.\n\nMore of them.\n\n---\n\nAnother scene.\n",
        "---\nThe first words.\n---\n\nMore.\n",
        "---\ntitle: A\n\nWords.\n---\n",
        "---\nShe said: no.\nThen she went.\n---\n",
        "+++\nwords\n+++\n",
        "---\n# only a comment\n---\n",
        "---\ntitle: never closed\n\nWords.\n",
    ],
)
def test_what_only_looks_like_front_matter_is_text(source: str) -> None:
    assert without_front_matter(source) == source
    assert not [each for each in foreign(source) if each.label.startswith("details")]


@pytest.mark.parametrize(
    ("source", "details"),
    [
        (
            "---\ntitle: Tales\nauthor: 'Me'\ntags:\n  - a\n- b\n# note\n---\nWords.\n",
            {"title": "Tales", "author": "Me"},
        ),
        ("---\nlang: en\n...\nWords.\n", {"language": "en"}),
        ('+++\ntitle = "Tales"\n[extra]\nx = [\n 1,\n]\n+++\nWords.\n', {"title": "Tales"}),
    ],
)
def test_front_matter_is_kept_and_read(source: str, details: dict[str, str]) -> None:
    assert front_matter(source) == details
    assert without_front_matter(source) == "Words.\n"
    assert again(source).startswith(source.partition("Words")[0].rstrip())


@pytest.mark.parametrize(
    "source",
    [
        "1. one\n2. two\n\nBetween.\n\n3. three\n4. four\n",
        "1986. A great year.\n",
        "5. five\n6. six\n",
        "0. nothing\n1. one\n",
        "- a\n- b\n+ c\n",
        "> quoted\n\n> again\n",
        "> # Heading\n>\n> - entry\n>   - deeper\n",
        "- a\n  > quoted\n- b\n  ```py\n  x = 1\n\n  y\n  ```\n- c\n",
        "- a\n\n  > quoted\n\n- b\n\n  ```py\n  x = 1\n\n  y\n  ```\n",
        "- a\n\n- b\n\n  - tight\n  - in it\n\n- c\n",
        "- a\n-\n- c\n",
        "1. a\n2.\n3. c\n",
        "-\n\ntext\n",
        "- a\n\n  -\n  - c\n",
        "> - a\n> - b\n",
        "> > deep\n>\n> less\n",
        "- - both\n",
        "[see `main` here](https://example.org)\n",
        '[plans](</my papers/plan (2).docx> "a title") and [b](a%20b.md)\n',
        "*all of [this](/x) leans*, **and `code` too**\n",
    ],
)
def test_what_nests_is_written_as_it_was(source: str) -> None:
    assert again(source) == source


def test_numbers_are_where_the_page_can_show_them() -> None:
    content, _ = to_rich("5) five\n6) six\n\nWords.\n\n7. seven\n")
    assert [(style.kind, style.start) for _, style in styled(content)] == [
        ("number", 5),
        ("number", None),
        ("body", None),
        ("number", 7),
    ]


def test_a_note_without_a_mark_keeps_its_words() -> None:
    note = foreign("One[^gone].\n\n[^unused]: Words of an *unused* note.\n")[0]
    assert (note.label, note.text) == ("note without a mark", "Words of an unused note.")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<div>\nif 3 < 5 and she waited then 7 > 2 was true\n</div>", "if 3 < 5 and she waited then 7 > 2 was true"),
        ("<![CDATA[\nif (a < b && a < 0) then words\n]]>", "if (a < b && a < 0) then words"),
        ("<p>Tom &amp; <!-- no -->Jerry</p>", "Tom & Jerry"),
        ("<!-- never closed", ""),
        ("a <b", "a"),
        ("<p>One\nline.</p><p>Another <i>one</i>.", "One line.\nAnother one."),
        ("<script>let x = 1 < 2</script>Words<style>p {}</STYLE> here", "Words\nhere"),
    ],
)
def test_html_keeps_its_words(source: str, words: str) -> None:
    assert words_of_html(source) == words


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("    She went out.\n\n    And never came back.\n", ["body", "body"]),
        ("    Chapter One\n", ["body"]),
        ("    * * *\n", ["scene"]),
        ("    O Captain my Captain\nour fearful trip is done\n", ["body"]),
    ],
)
def test_indented_prose_is_prose(source: str, kinds: list[str]) -> None:
    content, objects = to_rich(source)
    assert not objects
    assert [style.kind for _, style in styled(content)] == kinds


def test_indented_code_is_code() -> None:
    assert [(each.label, each.text) for each in foreign("Words.\n\n    x = f(1)\n\n    y\n")] == [
        ("code", "x = f(1)\n\ny")
    ]


@pytest.mark.parametrize("inner", ["```\naaa", "<!-- a", "<script>\na"])
def test_what_is_not_closed_swallows_nothing(inner: str) -> None:
    source = "".join(f"> {line}\n" for line in inner.split("\n")) + "\nWords behind.\n"
    content, _ = to_rich(again(source))
    assert content.text.endswith("Words behind.")


@pytest.mark.long
@pytest.mark.parametrize("source", ["- word\n" * 30_000 + "\nThe end.\n", "*a* " * 3_000 + "\n\nThe end.\n"])
def test_what_is_too_dense_to_read_keeps_its_words_and_is_said(source: str) -> None:
    manuscript = Manuscript(Passage(source), "md")
    assert "hardly anything else" in lost(manuscript, "docx")
    assert "hardly anything else" in export_loss(manuscript, "html")
    content, _ = to_rich(source)
    letters = re.compile(r"\w+")
    assert letters.findall(content.text) == letters.findall(source)
    assert not converted(manuscript, "docx").as_typed


def test_many_notes_of_one_label_are_read_once_each() -> None:
    source = "One[^1].\n\n" + "".join(f"[^1]: note {number}\n\n" for number in range(2_000))
    content, objects = to_rich(source)
    said = [each.content.text if isinstance(each, Note) else each.text for each in objects.values()]
    assert content.text.startswith("One")
    assert said == [f"note {number}" for number in range(2_000)]


def test_a_web_of_notes_is_told_once() -> None:
    """Each note has two marks that lead to the next."""
    notes = "".join(f"[^{number}]: word{number} [^{number + 1}] [^{number + 1}]\n\n" for number in range(400))
    _, objects, _ = read_markdown(f"x[^0]\n\n{notes}[^400]: end")
    assert len(objects) <= 401
    said = " ".join(all_words(each.content, {}) if isinstance(each, Note) else each.text for each in objects.values())
    assert all(said.split().count(f"word{number}") == 1 for number in range(400))


def test_a_long_note_is_not_told_as_often_as_marks_lead_to_it() -> None:
    content, objects, _ = read_markdown("a b c d e f g h[^a]\n\n" * 200 + "[^a]: " + "word " * 2000)
    assert 0 < len(objects) < 200
    assert content.text.endswith("h[^a]")


@pytest.mark.parametrize("around", ["> ", "> > ", "- ", "> - ", "- - > ", "> - > "])
def test_a_table_is_kept_as_it_stands_outside_of_lists_and_quotations(around: str) -> None:
    behind = "".join(sign if sign == ">" else " " for sign in around)
    objects = to_rich(f"{around}| a | b |\n{behind}| - | - |\n{behind}| c | d |\n")[1]
    assert [each.source for each in objects.values()] == ["| a | b |\n| - | - |\n| c | d |"]


@pytest.mark.parametrize("source", ["a [](http://x) b\n", '[](<a b> "t")\n', "a []() b\n"])
def test_links_without_words_stay(source: str) -> None:
    assert from_rich(*to_rich(source)) == source
    assert "HTML" in lost(Manuscript(Passage(source), "md"), "docx")


def test_a_table_says_also_the_cells_that_are_more_than_its_columns() -> None:
    source = "| a | b |\n| - | - |\n| c | d | more |\n| e \\| f |\n"
    table = next(iter(to_rich(source)[1].values()))
    assert isinstance(table, EmbeddedObject)
    assert table.text == "a\tb\nc\td\tmore\ne | f\t"


def test_who_speaks_is_no_label_of_an_address() -> None:
    """Lines of a play or a chat look like addresses that labels stand for."""
    source = "[Anna]: Yes.\n\n[Bob]: No!\n\n[Anna]:\nPerhaps\n"
    content, objects = to_rich(source)
    assert content.text == "[Anna]: Yes.\n[Bob]: No!\n[Anna]: Perhaps"
    assert not objects
    assert to_rich(again(source))[0] == content
    linked, _ = to_rich("See [it] there.\n\n[it]: page\n")
    assert (linked.text, [span.link for span in linked.spans]) == ("See it there.", ["page"])


def test_addresses_that_no_link_uses_are_kept_and_said() -> None:
    source = "One [a].\n\n[a]: /used\n[//]: # (a comment)\n\n> [b]: /c 'd'\n"
    kept = [each.source for each in foreign(source)]
    assert kept == ["[//]: # (a comment)\n[b]: /c 'd'"]
    assert again(source) == "One [a](/used).\n\n>\n\n[//]: # (a comment)\n[b]: /c 'd'\n"
    manuscript = Manuscript(Passage(source), "md")
    assert "addresses that no link uses" in lost(manuscript, "docx")
    assert converted(converted(manuscript, "docx"), "txt").text.strip() == "One a."
    assert not lost(Manuscript(Passage("One [a].\n\n[a]: /used\n"), "md"), "docx")


def test_control_characters_that_part_words_are_spaces() -> None:
    assert from_rich(Passage("one\vtwo\fthree\x1cfour\x85five\x00six"), {}).strip() == "one two three four fivesix"
