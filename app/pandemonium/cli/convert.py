"""`pandemonium convert`: reads one document and writes another, exactly as the window does."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandemonium.documents.model.manuscript import Manuscript

NAME = "convert"
HELP = "reads one document and writes another, by their suffixes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the files and the options."""
    parser.description = (
        "Reads IN, whatever it is called, if the window opens such (txt, md, docx, docm, dotx, odt, ott, fodt, rtf, "
        "epub, fb2, html, mht, eml, enex, pdf), and writes OUT as the window exports (txt, md, docx, odt, html, epub, "
        "pdf). "
        "An OUT that exists is replaced, whole or not at all; IN is never changed. What OUT does not "
        "have is said on standard error."
    )
    parser.add_argument("source", metavar="IN", type=Path, help="the document to read")
    parser.add_argument("target", metavar="OUT", type=Path, help="the document to write; its suffix names the format")
    parser.add_argument("--manuscript", action="store_true", help="set a docx as publishers want submissions")
    parser.add_argument("--keep", action="store_true", help="write nothing where OUT exists already")


def run(arguments: argparse.Namespace) -> int:
    """Converts the document."""
    from pandemonium.documents.exporting import EXPORTS, export_document, export_format
    from pandemonium.documents.formats import read_document
    from pandemonium.errors import DocumentError

    source = arguments.source
    target = arguments.target
    is_pdf = target.suffix.lower() == ".pdf"
    if not is_pdf:
        export_format(target)
    if arguments.manuscript and EXPORTS.get(target.suffix.lower()) != "docx":
        raise DocumentError("Only a docx can be set as a manuscript for publishers.", "Name OUT with .docx.")
    if _are_same(source, target):
        raise DocumentError(f"{target.name} is the document itself, which is never replaced.", "Choose another name.")
    if arguments.keep and target.exists():
        raise DocumentError(f"{target.name} exists already.", "Leave --keep out to replace it.")
    manuscript = read_document(source)
    if is_pdf:
        lost = _write_pdf(manuscript, target)
    else:
        lost = export_document(manuscript, target, manuscript_format=arguments.manuscript)
    for sentence in (manuscript.notice, lost):
        if sentence:
            print(sentence, file=sys.stderr)
    return 0


def _are_same(source: Path, target: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:
        return False


def _write_pdf(manuscript: Manuscript, target: Path) -> str:
    """Borrows the window's pages, without a screen."""
    from pandemonium.errors import DocumentError

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtGui import QGuiApplication

        from pandemonium import paths
        from pandemonium.desktop.core.fonts import load_fonts
        from pandemonium.desktop.features.printing.pdf import export_pdf
    except ImportError as error:
        raise DocumentError(f"PDFs cannot be written here: {error}.", "Convert to docx or odt instead.") from error
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    load_fonts(paths.resources() / "fonts")
    lost = export_pdf(manuscript, target)
    assert application is not None
    return lost
