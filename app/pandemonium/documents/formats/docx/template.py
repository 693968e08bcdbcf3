"""What a docx file that was begun here is made of: its styles, and the parts around its text."""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from pandemonium.documents.formats.docx.names import MAIN, PACKAGE, RELATED, TYPES
from pandemonium.documents.packages.package import Package, new_package, parsed

CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/"
_FONT = "Times New Roman"


def _style(
    id: str, name: str, properties: str, *, kind: str = "paragraph", based: str = "Normal", rest: str = ""
) -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/>{base}{rest}'
        f"<w:qFormat/>{properties}</w:style>"
    )


def _heading(level: int) -> str:
    size = (36, 30, 26, 24, 24, 24)[level - 1]
    look = "<w:i/>" if level > 4 else "<w:b/>"
    before = "480" if level == 1 else "360"
    properties = (
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="160"/><w:ind w:firstLine="0"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr>{look}<w:sz w:val="{size}"/></w:rPr>'
    )
    return _style(f"Heading{level}", f"heading {level}", properties, rest='<w:next w:val="Normal"/>')


_STYLES = "".join(
    (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
        '<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault>'
        "</w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:spacing w:line="312" w:lineRule="auto"/><w:ind w:firstLine="432"/></w:pPr>'
        "</w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        *(_heading(level) for level in range(1, 7)),
        _style(
            "Title",
            "Title",
            '<w:pPr><w:spacing w:after="360"/><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
            '<w:rPr><w:sz w:val="44"/></w:rPr>',
        ),
        _style(
            "Quote",
            "Quote",
            '<w:pPr><w:spacing w:before="160" w:after="160"/>'
            '<w:ind w:left="720" w:right="720" w:firstLine="0"/></w:pPr>',
        ),
        _style(
            "SceneBreak",
            "Scene Break",
            '<w:pPr><w:spacing w:before="240" w:after="240"/><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>',
            rest='<w:next w:val="Normal"/>',
        ),
        _style("ListBullet", "List Bullet", '<w:pPr><w:ind w:firstLine="0"/><w:contextualSpacing/></w:pPr>'),
        _style("ListNumber", "List Number", '<w:pPr><w:ind w:firstLine="0"/><w:contextualSpacing/></w:pPr>'),
        *(
            _style(
                f"{each}Text",
                f"{each.lower()} text",
                '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/>'
                '<w:ind w:firstLine="0"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr>',
            )
            + _style(
                f"{each}Reference",
                f"{each.lower()} reference",
                '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
                kind="character",
                based="DefaultParagraphFont",
            )
            for each in ("Footnote", "Endnote")
        ),
        _style(
            "Hyperlink",
            "Hyperlink",
            '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>',
            kind="character",
            based="DefaultParagraphFont",
        ),
        _style("Header", "header", '<w:pPr><w:ind w:firstLine="0"/></w:pPr>'),
        _style("Footer", "footer", '<w:pPr><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'),
        "</w:styles>",
    )
)
_FOOTER = (
    f'<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    "</w:p></w:ftr>"
)
_DOCUMENT = (
    f'<w:document xmlns:w="{MAIN}" xmlns:r="{RELATED}"><w:body><w:sectPr>'
    '<w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="709" w:footer="709" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
_PARTS = (
    ("word/document.xml", "document.main+xml"),
    ("word/styles.xml", "styles+xml"),
    ("word/settings.xml", "settings+xml"),
    ("word/numbering.xml", "numbering+xml"),
    ("word/footer1.xml", "footer+xml"),
)
_TYPES = (
    f'<Types xmlns="{TYPES}"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(f'<Override PartName="/{name}" ContentType="{CONTENT}{kind}"/>' for name, kind in _PARTS)
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}officeDocument" '
    f'Target="word/document.xml"/><Relationship Id="rId2" Type="{_CORE}relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_OWN_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}{kind}" Target="{target}"/>'
        for number, kind, target in (
            (1, "styles", "styles.xml"),
            (2, "settings", "settings.xml"),
            (3, "numbering", "numbering.xml"),
            (4, "footer", "footer1.xml"),
        )
    )
    + "</Relationships>"
)
_SETTINGS = (
    f'<w:settings xmlns:w="{MAIN}"><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
CORE_SPACES = (
    f'xmlns:cp="{_CORE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def new_docx(title: str = "", author: str = "", language: str = "") -> Package:
    """An empty document that says these things of itself."""
    told = (("dc:title", title), ("dc:creator", author), ("dc:language", language))
    core = f"<cp:coreProperties {CORE_SPACES}>" + "".join(
        f"<{name}>{escape(text)}</{name}>" for name, text in told if text
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _DOCUMENT,
        "word/_rels/document.xml.rels": _OWN_RELATIONS,
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "word/numbering.xml": f'<w:numbering xmlns:w="{MAIN}"/>',
        "word/footer1.xml": _FOOTER,
        "docProps/core.xml": core + "</cp:coreProperties>",
    }
    return new_package({name: (_HEAD + text).encode() for name, text in parts.items()})


@cache
def _template() -> Any:
    return parsed(_STYLES)


def template_styles() -> Any:
    """The root of the styles that such a document has; to be copied from, not changed."""
    return _template()
