"""The wizard's second page: what was found, file by file, with a preview; each decision can be overruled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import ChoiceRow, label
from pandemonium.desktop.features.training.found_model import BECOMES, LANGUAGE, NAME, WORDS, FoundModel
from pandemonium.desktop.features.training.training_texts import format_texts
from pandemonium.text.language import language_name
from pandemonium.training.reading.selection import Selection


class _NamePainter(QStyledItemDelegate):
    """Cuts a path that is too long in its midst: files of one folder differ at the end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class FoundPage(QWidget):
    """Shows the files.

    Signals:
        kept_changed(Path, bool): the writer overrules what becomes of one.
        language_chosen(str): she keeps another language.
        preview_asked(Path): she looks at one.
    """

    kept_changed = Signal(object, bool)
    language_chosen = Signal(str)
    preview_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("This is what was found")
        self._summary = label("", "hint")
        self._summary.setObjectName("foundSummary")
        self._bar = QProgressBar()
        self._bar.setObjectName("scanProgress")
        self._bar.setAccessibleName(self.tr("Reading your texts"))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._filter = ChoiceRow(
            "foundFilter",
            self.tr("Show"),
            (
                ("all", self.tr("All"), self.tr("Every file.")),
                ("kept", self.tr("Kept"), self.tr("What the voice learns from.")),
                ("out", self.tr("Left out"), self.tr("What it does not read, and why.")),
            ),
        )
        self._filter.setMinimumWidth(230)
        self._filter.show_choice("all")
        self._filter.chosen.connect(self._show_filtered)
        self._language = QComboBox()
        self._language.setObjectName("languageBox")
        self._language.setAccessibleName(self.tr("Language to keep"))
        self._language.currentIndexChanged.connect(
            lambda _: self.language_chosen.emit(self._language.currentData() or "")
        )
        self._language_caption = label(self.tr("Keep what is in"), "caption")
        self.model = FoundModel()
        self.model.kept_changed.connect(self.kept_changed)
        self.table = self._make_table()
        self._preview_name = label("", "caption")
        self._preview = QTextBrowser()
        self._preview.setObjectName("previewText")
        self._preview.setAccessibleName(self.tr("Preview of the cleaned text"))
        self._preview.setProperty("role", "prose")
        self._lay_out()

    def show_reading(self, count: int, path: Path | None) -> None:
        """Shows how far the reading is."""
        self._bar.setVisible(True)
        name = path.name if path else ""
        said = self.tr("Reading: {texts} so far. {name}").format(texts=format_texts(count), name=name)
        self._summary.setText(said)

    def show_failure(self, sentence: str) -> None:
        """Says why nothing could be read."""
        self._bar.setVisible(False)
        self._summary.setText(sentence)

    def show_selection(self, selection: Selection, roots: Sequence[Path], languages: Sequence[str]) -> None:
        """Shows what becomes of every file."""
        self._bar.setVisible(False)
        kept = len(selection.kept)
        out = len(selection.left_out)
        said = self.tr("{texts} kept, {words} words, in {language}.").format(
            texts=format_texts(kept), words=f"{selection.words:,}", language=language_name(selection.language)
        )
        if out:
            said += " " + self.tr("{n} left out: click a box to decide otherwise.").format(n=f"{out:,}")
        self._summary.setText(said if kept else self.tr("Nothing is kept. Click a box to decide otherwise."))
        self._show_languages(languages, selection.language)
        row = self.table.currentIndex().row()
        self.model.show_selection(selection, roots)
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(max(0, min(row, self.model.rowCount() - 1)), 0))

    def show_preview(self, name: str, text: str) -> None:
        """Shows the beginning of a text as it will be read."""
        self._preview_name.setText(name)
        self._preview.setPlainText(text)

    def forget(self) -> None:
        """Empties the page."""
        self._preview.clear()
        self._preview_name.clear()
        self.model.show_selection(Selection("und", ()), ())

    def _show_languages(self, languages: Sequence[str], chosen: str) -> None:
        self._language.blockSignals(True)
        self._language.clear()
        for language in languages:
            self._language.addItem(language_name(language), language)
        self._language.setCurrentIndex(self._language.findData(chosen))
        self._language.blockSignals(False)
        for widget in (self._language, self._language_caption):
            widget.setVisible(len(languages) > 1)

    def _show_filtered(self, key: str) -> None:
        self.model.filter({"kept": True, "out": False}.get(key))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        decision = self.model.decision(current.row())
        if decision is None:
            return
        if decision.can_be_kept:
            self.preview_asked.emit(decision.file.path)
        else:
            self.show_preview(decision.file.path.name, decision.reason)

    def _make_table(self) -> QTreeView:
        table = QTreeView()
        table.setObjectName("foundTable")
        table.setAccessibleName(self.tr("Files"))
        table.setModel(self.model)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setItemDelegateForColumn(NAME, _NamePainter(table))
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = table.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        for column, width in ((NAME, 205), (WORDS, 62), (LANGUAGE, 74), (BECOMES, 190)):
            head.resizeSection(column, width)
        table.selectionModel().currentChanged.connect(self._current_changed)
        return table

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._filter)
        row.addStretch()
        row.addWidget(self._language_caption)
        row.addWidget(self._language)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self._preview_name)
        column.addWidget(self._preview, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(side)
        split.setSizes([560, 310])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._summary)
        layout.addWidget(self._bar)
        layout.addLayout(row)
        layout.addWidget(split, 1)

    @property
    def summary(self) -> str:
        """What it says above the table."""
        words: QLabel = self._summary
        return words.text()
