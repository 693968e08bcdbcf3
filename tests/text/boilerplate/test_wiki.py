"""A page of MediaWiki is its prose; links of any note are their words; brackets and apostrophes of prose stay."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.wiki import cut_wiki, is_wiki

PAGE = """{{Infobox town|name=Wells|map={{Map|1}}}}
'''Wells''' is a ''small'' [[city]] in [[Somerset|the county of Somerset]].<ref>Smith, 1990</ref>

== History ==
The [https://example.org old road] ran here.<ref name="a" />
* It was long.

{| class="wikitable"
| a || b
|}

== References ==
<references />

[[Category:Cities]]
[[File:Wells.jpg|thumb|The [[church]] at dusk]]
"""


def test_a_page_is_its_prose() -> None:
    assert "\n".join(line for line in cut_wiki(PAGE).split("\n") if line.strip()) == (
        "Wells is a small city in the county of Somerset.\nHistory\nThe old road ran here.\nIt was long."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She met [[Anna]].", "She met Anna."),
        ("She met [[people/Anna|her]].", "She met her."),
        ("See [[Town#The quay]] and [[#Below]].", "See Town and Below."),
        ("A.\n![[map.png]]\nB.", "A.\n\nB."),
    ],
)
def test_links_are_their_words(text: str, expected: str) -> None:
    assert cut_wiki(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He said ''so'' and ''thus'' in ``quotes''.",
        "It was ''''tis'' and 'twas.",
        "a == b == c\nHe wrote [sic] and [[",
        "* * *\n\n# Chapter\n\n: a",
        "[[Illustration: The moor]]",
        "The list:\n* one\n* two",
    ],
)
def test_prose_with_like_signs_stays(text: str) -> None:
    assert not is_wiki(text)
    assert cut_wiki(text) == text


def test_hostile_marks_take_no_time() -> None:
    for mark in ("'''a", "[[", "{{", "<ref>", "== a ", "{|", "[http://a ", "''a"):
        cut_wiki("'''a''' [[b]] " + mark * 30_000)


def test_lists_of_other_pages_go() -> None:
    page = "'''Wells''' is a [[city]].\n\n== See also ==\n* [[Bath]]\n\n== History ==\nIt is old.\n"
    assert cut_wiki(page).split() == "Wells is a city. History It is old.".split()
