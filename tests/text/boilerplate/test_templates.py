"""Site generators' tags, settings and highlighted code go; a tale that opens with a rule keeps its first page."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.templates import cut_front_matter, cut_templates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.\n\n{% highlight ruby %}\ndef f\n\nend\n{% endhighlight %}\n\nB.", "A.\n\n\n\nB."),
        ("A.\n{% comment %}no prose{% endcomment %}\nB.", "A.\n\nB."),
        ('A.\n{% include figure.html\n   src="a" %}\nB.', "A.\n\nB."),
        ("{{ site.title }} A.", " A."),
        ('{{< figure src="a.jpg" >}}\nA.', "\nA."),
        ("{% if page.long %}A.{% endif %}", "A."),
        ("A <%= link_to x %> B", "A  B"),
        ("A.\n::: {.note}\nB.\n:::", "A.\n\nB.\n"),
        ("# A {#one .two}\nB {: .lead}", "# A\nB"),
        ("A.\n[[_TOC_]]\nB.", "A.\n\nB."),
        ("{{% note %}}A.{{% /note %}} [B]({% post_url c %})", "A. B"),
        ("::: {.epigraph} A.\nB. :::\n::: warning\nC.\n:::: note D. ::::\n::: And E.", "A.\nB. :::\n\nC.\nD.\nAnd E."),
        ("[Small]{.smallcaps} code{.python} raw {=html}{width=50%}", "Small code raw"),
        ("A.\n\\newpage\n\\vspace{2em}\nB.", "A.\n\n\nB."),
        ("---\nlayout: post\ntags:\n  - sea\n- lamp\n---\nA.", "A."),
        ("+++\ntitle = 'A'\n+++\nA.", "A."),
    ],
)
def test_templates_go(text: str, expected: str) -> None:
    assert cut_templates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThe night came.\n\n---\n\nThe day came.",
        "---\nThe night came: it was late.\n---\nA.",
        "---\ntitle: A\n\nThe night came.\n---\nA.",
        "---\ntitle: A",
        "He gave 5% {of it} and 3 % more; {% is no tag.",
        "A set {a, b} and :::",
        "Set a: {x} :: {y}\n{z}",
        "100% of {{ them",
        "He wrote \\newpage in it, [sic]{and} {.5} {=} {a=b}",
    ],
)
def test_what_looks_like_one_stays(text: str) -> None:
    assert cut_templates(text) == text


def test_front_matter_has_an_end_near() -> None:
    text = "---\n" + "key: value\n" * 400 + "---\nA."
    assert cut_front_matter(text) == text


def test_hostile_marks_take_no_time() -> None:
    for mark in (
        "{%",
        "{{",
        "<%",
        "{: ",
        "{#",
        "{% highlight x %}",
        ":::\n",
        "::: ",
        ":::a :::\n",
        "[a]{.b",
        "[a",
        "{.a ",
    ):
        cut_templates(mark * 50_000)
