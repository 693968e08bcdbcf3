"""What an odt file that was begun here is made of: its styles, and the parts around its text."""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.packages.package import Package, new_package, parsed

MIME = "application/vnd.oasis.opendocument.text"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ALL = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
_FONT = "Liberation Serif"


def _style(title: str, paragraph: str, text: str = "", *, parent: str = "Standard", level: int = 0) -> str:
    name = title.replace(" ", "_20_")
    outline = f' style:default-outline-level="{level}"' if level else ""
    letters = f"<style:text-properties {text}/>" if text else ""
    following = ' style:next-style-name="Text_20_body"' if level or title == "Scene Break" else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{title}" style:family="paragraph" '
        f'style:parent-style-name="{parent}" style:class="text"{outline}{following}>'
        f"<style:paragraph-properties {paragraph}/>{letters}</style:style>"
    )


def _heading(level: int) -> str:
    size = (18, 15, 13, 12, 12, 12)[level - 1]
    look = 'fo:font-style="italic"' if level > 4 else 'fo:font-weight="bold"'
    return _style(
        f"Heading {level}",
        f'fo:margin-top="{0.85 if level == 1 else 0.6}cm" fo:margin-bottom="0.3cm" fo:keep-with-next="always" '
        'fo:text-indent="0cm"',
        f'{look} fo:font-size="{size}pt"',
        level=level,
    )


_NAMED = "".join(
    (
        '<style:default-style style:family="paragraph"><style:paragraph-properties style:tab-stop-distance="1.25cm"/>'
        f'<style:text-properties style:font-name="{_FONT}" fo:font-size="12pt"/></style:default-style>',
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:orphans="2" fo:widows="2"/></style:style>',
        _style("Text body", 'fo:line-height="130%" fo:text-indent="0.76cm"'),
        *(_heading(level) for level in range(1, 7)),
        _style("Title", 'fo:text-align="center" fo:margin-bottom="0.6cm"', 'fo:font-size="22pt"'),
        _style(
            "Quotations",
            'fo:margin-left="1.25cm" fo:margin-right="1.25cm" fo:margin-top="0.3cm" '
            'fo:margin-bottom="0.3cm" fo:line-height="130%"',
        ),
        _style("Scene Break", 'fo:text-align="center" fo:margin-top="0.42cm" fo:margin-bottom="0.42cm"'),
        _style("Footnote", 'fo:margin-left="0.6cm" fo:text-indent="-0.6cm"', 'fo:font-size="10pt"'),
        _style("Endnote", 'fo:margin-left="0.6cm" fo:text-indent="-0.6cm"', 'fo:font-size="10pt"'),
        _style("Footer", 'fo:text-align="center"'),
        '<style:style style:name="Internet_20_link" style:display-name="Internet link" style:family="text">'
        '<style:text-properties fo:color="#0563c1" style:text-underline-style="solid" '
        'style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>',
        '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" '
        'text:footnotes-position="page" text:start-numbering-at="document"/>',
        '<text:notes-configuration text:note-class="endnote" style:num-format="i" text:start-value="0"/>',
    )
)
_STYLES = (
    f'<office:document-styles {_ALL} office:version="1.3"><office:font-face-decls>'
    f"<style:font-face style:name=\"{_FONT}\" svg:font-family=\"'{_FONT}', 'Times New Roman'\" "
    'style:font-family-generic="roman" style:font-pitch="variable"/></office:font-face-decls>'
    f"<office:styles>{_NAMED}</office:styles><office:automatic-styles>"
    '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
    'fo:margin-top="2.54cm" fo:margin-bottom="2cm" fo:margin-left="2.54cm" fo:margin-right="2.54cm"/>'
    '<style:footer-style><style:header-footer-properties fo:margin-top="0.5cm" fo:min-height="0.8cm"/>'
    "</style:footer-style></style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer>'
    '<text:p text:style-name="Footer"><text:page-number text:select-page="current">1</text:page-number></text:p>'
    "</style:footer></style:master-page></office:master-styles></office:document-styles>"
)
_CONTENT = (
    f'<office:document-content {_ALL} office:version="1.3"><office:automatic-styles/>'
    "<office:body><office:text/></office:body></office:document-content>"
)
_META = f'<office:document-meta {_ALL} office:version="1.3"><office:meta/></office:document-meta>'
_PARTS = ("content.xml", "styles.xml", "meta.xml")
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{SPACES["manifest"]}" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
    + "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in _PARTS)
    + "</manifest:manifest>"
)


def new_odt(title: str = "", author: str = "", language: str = "") -> Package:
    """An empty document that says these things of itself."""
    told = (("dc:title", title), ("meta:initial-creator", author), ("dc:creator", author), ("dc:language", language))
    meta = (
        f'<office:document-meta {_ALL} office:version="1.3"><office:meta>'
        + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told if text)
        + "</office:meta></office:document-meta>"
    )
    return new_package(empty_parts() | {"meta.xml": (_HEAD + meta).encode()})


def empty_parts() -> dict[str, bytes]:
    """The parts of an empty document, but for what it says of itself."""
    parts = {"content.xml": _CONTENT, "styles.xml": _STYLES, "meta.xml": _META, "META-INF/manifest.xml": _MANIFEST}
    return {"mimetype": MIME.encode()} | {name: (_HEAD + text).encode() for name, text in parts.items()}


@cache
def _template() -> Any:
    return parsed(_STYLES).find(f"{{{SPACES['office']}}}styles")


def template_styles() -> Any:
    """The named styles that such a document has; to be copied from, not changed."""
    return _template()
