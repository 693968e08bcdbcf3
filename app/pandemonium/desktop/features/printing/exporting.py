"""Export, print and print preview: the document's ways out of the window, of which none changes the document."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPaintEngine, QPainter
from PySide6.QtWidgets import QFileDialog

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.core.fitting import open_at
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.printing.export_dialog import ExportDialog
from pandemonium.desktop.features.printing.long_work import Answer, LongWork, Steps, done
from pandemonium.desktop.features.printing.paper import Paper, set_on_pages, usual_page
from pandemonium.desktop.features.printing.pdf import export_pdf
from pandemonium.documents.exporting import export_document, export_loss
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.rich import proposed_title
from pandemonium.errors import DocumentError


class Exporting(Feature):
    """Writes copies of the document, and puts it on paper.

    Signals:
        noted(str): a sentence that the writer should know.
    """

    noted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._window = context.window
        self._store = context.settings
        self._loop = context.tasks.loop
        self._start = context.tasks.start
        self._current = context.feature(DocumentFiles).current
        self._say = context.messages.show_sentence
        self.noted.connect(self._say)
        self._worker = ThreadPoolExecutor(1, "export")

    def commands(self) -> Iterable[Command]:
        """Export, preview, print."""
        menu = "file/export"
        yield Command("exportAction", self.tr("Export…"), self.export, menu, ("Ctrl+Shift+E",))
        yield Command("printPreviewAction", self.tr("Print preview…"), self.preview, menu)
        yield Command("printAction", self.tr("Print…"), self.print_, menu, ("Ctrl+P",))

    def close(self) -> None:
        """Lets a copy that is being written be finished, and begins no other."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def export(self) -> None:
        """Asks for a format and a place, and writes a copy there."""
        self._start(self._export())

    def print_(self) -> None:
        """Asks for a printer, and prints."""
        self._start(self._print())

    def preview(self) -> None:
        """Shows the pages as they would be printed."""
        self._start(self._preview())

    async def _export(self) -> None:
        manuscript = self._current()
        dialog = ExportDialog(
            self._window, self._store.values.files.export_format, lambda format: export_loss(manuscript, format)
        )
        if not await self.context.dialogs.done(dialog):
            return
        format = dialog.format
        as_manuscript = dialog.manuscript_format
        path = await self._place(manuscript, format, dialog.format_name)
        if path is None:
            return
        if manuscript.path is not None and _are_same(path, manuscript.path):
            raise DocumentError(
                self.tr("{name} is the document itself.").format(name=path.name),
                self.tr("Save it with Ctrl+S, or export it under another name."),
            )
        self._store.update("files", export_folder=str(path.absolute().parent), export_format=format)
        self._say(self.tr("{name} is being written…").format(name=path.name))
        lost = await self._loop.run_in_executor(self._worker, _write, manuscript, path, as_manuscript)
        done = self.tr("A copy was written to {name}.").format(name=path.name)
        self.noted.emit(f"{done} {lost}".strip())

    async def _place(self, manuscript: Manuscript, format: str, name: str) -> Path | None:
        dialog = QFileDialog(self._window, self.tr("Export"), str(self._folder(manuscript)))
        dialog.setObjectName("exportPlaceDialog")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{name} (*.{format})"])
        dialog.setDefaultSuffix(format)
        dialog.selectFile(f"{_file_name(manuscript) or self.tr('Untitled')}.{format}")
        accepted = await self.context.dialogs.done(dialog)
        files = dialog.selectedFiles()
        if not accepted or not files:
            return None
        path = Path(files[0])
        return path if path.suffix.lower() == f".{format}" else path.with_name(f"{path.name}.{format}")

    async def _print(self) -> None:
        printer = self._printer()
        dialog = self._printing().QPrintDialog(printer, self._window)
        dialog.setObjectName("printDialog")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setOption(self._printing().QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        if await self.context.dialogs.done(dialog):
            await self._print_on(printer)

    async def _preview(self) -> None:
        printer = self._printer()
        paper = await self._set(printer)
        if paper is None:
            return
        dialog = self._printing().QPrintPreviewDialog(printer, self._window)
        dialog.setObjectName("printPreviewDialog")
        dialog.setWindowTitle(self.tr("Print preview"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        open_at(dialog, 980, 820)
        seen = dialog.findChild(self._printing().QPrintPreviewWidget)

        async def set_anew() -> None:
            nonlocal paper
            if (made := await self._set(printer)) is not None:
                paper = made
                seen.updatePreview()

        def paint(printer: Any) -> None:
            assert paper is not None
            if printer.paintEngine().type() is not QPaintEngine.Type.Picture:  # that is no preview any more
                self._start(self._print_on(printer))
            elif paper.layout == printer.pageLayout():
                done(paper.paint(printer))
            else:
                _paint_words(printer, self.tr("The pages are being set\u2026"))
                self._start(set_anew())

        dialog.paintRequested.connect(paint)
        await self.context.dialogs.done(dialog)

    async def _set(self, printer: Any) -> Paper | None:
        """The document set for a printer's pages; None where the writer stopped it."""
        words = self.tr("The pages are being set\u2026")
        work = LongWork(self._window, self._loop, "settingDialog", words)
        return await work.in_slices(set_on_pages(self._current(), printer.pageLayout()))

    async def _print_on(self, printer: Any) -> None:
        """Prints beside the window; nothing comes of what the writer stops."""
        manuscript = self._current()
        name = proposed_title(manuscript) or "Pandemonium"
        printer.setDocName(name)
        words = self.tr("{name} is being printed\u2026").format(name=name)
        work = LongWork(self._window, self._loop, "printingDialog", words)
        printed = await work.on_thread(lambda: _printed(manuscript, printer))
        if printed is None:
            self._say(self.tr("Printing was stopped."))
        elif not printed:
            raise DocumentError(
                self.tr("{name} could not be printed.").format(name=name),
                self.tr("See whether the printer is there, or export a PDF and print that."),
            )

    def _printer(self) -> Any:
        made = self._printing().QPrinter(self._printing().QPrinter.PrinterMode.HighResolution)
        usual = usual_page()
        if not made.printerName():
            made.setPageSize(usual.pageSize())
        made.setPageMargins(QMarginsF(usual.margins()), QPageLayout.Unit.Point)
        return made

    def _printing(self) -> Any:
        """Qt's printing, which is loaded when something is printed."""
        try:
            from PySide6 import QtPrintSupport
        except ImportError as error:
            raise DocumentError(f"Nothing can be printed here: {error}.", "Export a PDF and print that.") from error
        return QtPrintSupport

    def _folder(self, manuscript: Manuscript) -> Path:
        remembered = Path(self._store.values.files.export_folder or "")
        if self._store.values.files.export_folder and remembered.is_dir():
            return remembered
        return manuscript.path.parent if manuscript.path else Path.home()


def _printed(manuscript: Manuscript, printer: Any) -> Steps[bool]:
    """Sets a document and prints it; where that is given up, the printer hears so."""
    first = max(0, printer.fromPage() - 1)
    last = printer.toPage() or None
    setting = set_on_pages(manuscript, printer.pageLayout())
    paper = yield from _half(setting, 0.0)
    try:
        printed = yield from _half(paper.paint(printer, first, last), 0.5)
    except GeneratorExit:
        printer.abort()
        raise
    return printed


def _half(steps: Steps[Answer], done: float) -> Steps[Answer]:
    """The same steps as half of the work."""
    while True:
        try:
            share = next(steps)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        yield done + share / 2


def _paint_words(printer: Any, words: str) -> None:
    painter = QPainter(printer)
    painter.drawText(painter.viewport(), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()


def _write(manuscript: Manuscript, path: Path, as_manuscript: bool) -> str:
    if path.suffix.lower() == ".pdf":
        return export_pdf(manuscript, path)
    return export_document(manuscript, path, manuscript_format=as_manuscript)


def _are_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _file_name(manuscript: Manuscript) -> str:
    if manuscript.path is not None:
        return manuscript.path.stem
    title = proposed_title(manuscript)
    return " ".join("".join(c if c.isalnum() or c in " -'" else " " for c in title).split())[:60]
