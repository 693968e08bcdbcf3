"""Prose is told from code, tables, lists and signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.training.reading.prose import is_about_folder, prose_parts, why_no_prose


@pytest.mark.parametrize("name", ["README", "readme.rst", "LICENSE", "Licence.txt", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_files_about_files(name: str) -> None:
    assert is_about_folder(name)


@pytest.mark.parametrize(
    "name", ["license to kill.txt", "chapter.txt", "readings.txt", "news.txt", "authors i met.docx"]
)
def test_texts_with_like_names(name: str) -> None:
    assert not is_about_folder(name)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return x + 1\n\nclass A:\n    pass\n\nimport os\n" * 5,
        'int main() {\n  puts("hello");\n  return 0;\n}\n' * 5,
        "name,age,town\n" + "Ann,12,Bern\n" * 20,
        "12 34 56 78\n" * 20,
        "/noteheads.s2 /noteheads.s1/dots.dot " * 20,
        "3f8a9c 77b1e0 a9d3f2 11c0de " * 20,
    ],
    ids=["python", "c", "table", "figures", "glyphs", "hashes"],
)
def test_what_is_no_prose(text: str) -> None:
    assert why_no_prose(text).endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "It was a dark night; the lamp burned low; nobody spoke;\n\nHe said: “No.”\n\n“Never?” — “Never!”\n\n" * 5,
        "Robin Hood and little John,\nThey both are gone to fair, O!\n" * 10,
        "話說天下大勢，分久必合，合久必分。周末七國分爭，併入於秦。" * 5,
        "ABASEMENT, n. A decent and customary attitude.\n\nABATIS, n. Rubbish in front of a fort.\n\n" * 5,
        "HAMLET. To be, or not to be?\n\nOPHELIA. Good my lord, how does your honour?\n\n" * 5,
        "ANNA: 'What was that?'\n\nPAUL: 'The lamp, I think'\n\nANNA: 'It cannot be'\n\n" * 5,
        "3 May. Bistritz.—Left Munich at 8:35 P. M., on 1st May, arriving at Vienna early next morning.\n\n" * 5,
    ],
    ids=["dialogue", "verse", "chinese", "dictionary", "play", "screenplay", "diary"],
)
def test_what_is(text: str) -> None:
    assert why_no_prose(text) == ""


def test_a_file_becomes_canonical_prose(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("The _lamp_[1] burned\u00a0low.\r\n\r\n[Illustration]\r\n\r\nShe said \u201cno\u201d.".encode())
    assert [part.prose for part in prose_parts(path)] == ['The lamp burned low.\n\nShe said "no".']


def test_a_word_that_a_line_end_cut_in_two_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("He had no pa-\ntience with the ferry- man, and no well- to-do friends.")
    assert [part.prose for part in prose_parts(path)] == [
        "He had no patience with the ferryman, and no well- to-do friends."
    ]


CODE = "{% highlight ruby %}\ndef lcs(a, b)\n  a.size > b.size ? a : b\nend\n{% endhighlight %}"
LIQUID = '{% include figure.html src="/a.jpg" %}\n\n{% youtube abc %}\n\n{{ site.data.walk }}'


@pytest.mark.parametrize("template", [CODE, LIQUID], ids=["highlighted", "liquid"])
@pytest.mark.parametrize("name", ["post.md", "post.markdown", "post.txt"])
def test_a_post_is_its_prose(tmp_path: Path, template: str, name: str) -> None:
    prose = "They walked along the shore until the tide turned, and none of them had anything to say."
    path = tmp_path / name
    path.write_text(f"---\nlayout: post\ntitle: A walk\n---\n\n{prose}\n\n{template}\n\n{prose}\n")
    (part,) = prose_parts(path)
    assert part.prose == f"{prose}\n\n{prose}"
    assert why_no_prose(part.prose) == ""
    assert list(part.cut) in (
        ["templates and settings"],
        ["templates and settings", "marks of emphasis, tags and code"],
    )


def test_a_few_lines_of_code_do_not_make_a_long_text_code() -> None:
    paragraph = "They walked along the shore until the tide turned, and none of them had anything to say. " * 4
    assert why_no_prose("\n\n".join([paragraph, "def f(x):", "return x", "}", paragraph])) == ""
    assert "code" in why_no_prose("\n".join(["def run(self):", "return the_other_one", "it goes on and on here"] * 20))


@pytest.mark.parametrize(
    "name", ["colophon.xhtml", "imprint.xhtml", "titlepage.xhtml", "halftitle-page.html", "toc.xhtml"]
)
def test_pages_of_an_unpacked_book_are_about_it(name: str) -> None:
    assert is_about_folder(name)


@pytest.mark.parametrize("name", ["colophon.txt", "covered.html", "chapter-1.xhtml", "the imprint.xhtml"])
def test_pages_with_like_names(name: str) -> None:
    assert not is_about_folder(name)
