"""A list of one line an entry is what the parser's own rule makes of it, and costs little."""

from __future__ import annotations

import random
from typing import Any

import pytest
from markdown_it.token import Token
from tests.documents.test_worst_cases import calls

from pandemonium.documents.formats.markdown.reading import read_markdown
from pandemonium.documents.formats.markdown.syntax import parser

LINES = [
    *(
        "- a\n",
        "- *b* c\n",
        "- **Bold**: d\n",
        "- [ ] t\n",
        "- [x] u\n",
        "- 'q' e\n",
        "* a\n",
        "+ b\n",
        "1. a\n",
        "2. b\n",
    ),
    *("7) c\n", "- \n", "-\n", "- 1\n", "- # h\n", "- - a\n", "\n", "\n\n", "word\n", "  cont\n", "   - in\n", "> q\n"),
    *(
        "---\n",
        "===\n",
        "- a  \n",
        "- a\\\n",
        "|a|b|\n",
        "|-|-|\n",
        "[x]: y\n",
        "[^1]: n\n",
        "- a[^1]\n",
        "<div>\n",
        "```\n",
    ),
    *("# h\n", "-a\n", "- \tword\n", "-  two\n", "\t- tab\n", "- ~~~a\n", "- [a]: b\n", "    code\n"),
]


def said(token: Token) -> dict[str, Any]:
    """What a token says; blank lines behind a list are of no matter."""
    return {key: value for key, value in token.as_dict().items() if key != "map" or token.tag not in ("ul", "ol", "li")}


def test_it_is_what_the_parser_makes_of_it() -> None:
    rules = parser.__wrapped__()
    rules.disable("plain_list")
    for number in range(400):
        chance = random.Random(number)
        text = ""
        for _ in range(chance.randrange(1, 6)):
            text += chance.choice(LINES) * chance.choice((1, 1, 2, 8, 9, 12))
            text += chance.choice(("", "- abc\n", "1. one\n2. two\n", "* s\n")) * chance.choice((5, 8, 10))
        made, own = (each.parse(text, {}) for each in (rules, parser()))
        assert [said(each) for each in own] == [said(each) for each in made], text


@pytest.mark.parametrize(("entry", "most"), [("- twenty-six characters x\n", 5), ("1. twenty-six characters x\n", 5)])
def test_a_long_one_costs_little(entry: str, most: float) -> None:
    text = entry * 500
    read_markdown(text)
    assert calls(lambda: read_markdown(text)) <= most * len(text)
