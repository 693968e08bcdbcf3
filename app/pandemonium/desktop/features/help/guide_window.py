"""The guide in a window: its chapters on the left, text and pictures on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextBlock, QTextCursor, QTextDocument, QTextFragment
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from pandemonium.desktop.core.fitting import open_at

_BLOCK = Qt.ItemDataRole.UserRole
_IMAGE = int(QTextDocument.ResourceType.ImageResource.value)
_MARGIN = 28
_RESTING = 80  # milliseconds without a change of size


class GuideText(QTextBrowser):
    """A Markdown file, whose pictures are as wide as the window lets them be."""

    def __init__(self, file: Path) -> None:
        """Reads the file.

        Raises:
            OSError: it is not there.
        """
        super().__init__()
        self.setObjectName("guideText")
        self.setAccessibleName(self.tr("The guide"))
        self.setProperty("role", "prose")
        self.setOpenLinks(False)
        self._folder = file.parent
        self._pictures: dict[str, QImage] = {}
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_RESTING)
        self._resting.timeout.connect(self._fit)
        document = self.document()
        document.setDocumentMargin(_MARGIN)
        document.setBaseUrl(QUrl.fromLocalFile(f"{file.parent}/"))
        self.setMarkdown(file.read_text("utf-8"))

    def chapters(self) -> list[QTextBlock]:
        """The headings below the title."""
        found = []
        block = self.document().firstBlock()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2:
                found.append(block)
            block = block.next()
        return found

    def show_block(self, number: int) -> None:
        """Scrolls so that a paragraph is at the top."""
        bar = self.verticalScrollBar()
        top = self.cursorRect(QTextCursor(self.document().findBlockByNumber(number))).top()
        bar.setValue(bar.value() + top - _MARGIN // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the pictures: at once when it is first shown, and then once the window is at rest."""
        super().resizeEvent(event)
        if self._pictures:
            self._resting.start()
        else:
            self._fit()

    def _fit(self) -> None:
        """Makes each picture as wide as it is, or as the column where that is narrower."""
        room = self.viewport().width() - 2 * _MARGIN
        block = self.document().firstBlock()
        while block.isValid():
            for fragment in _fragments(block):
                picture = fragment.charFormat().toImageFormat()
                if not picture.isValid():
                    continue
                whole = self._picture(picture.name())
                shown = min(whole.width(), room)
                if shown > 0 and picture.width() != shown:
                    self._show_as_wide_as(picture.name(), shown)
                    picture.setWidth(shown)
                    picture.setHeight(whole.height() * shown / whole.width())
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(picture)
            block = block.next()
        # Qt leaves paragraphs beside a picture that has changed without their lines.
        self.document().markContentsDirty(0, self.document().characterCount())

    def _picture(self, name: str) -> QImage:
        """The picture as it is on the disk; an empty one where it is not."""
        if name not in self._pictures:
            self._pictures[name] = QImage(str(self._folder / name))
        return self._pictures[name]

    def _show_as_wide_as(self, name: str, width: int) -> None:
        """Scales a picture here, because the page would do it roughly."""
        pixels = self.devicePixelRatioF()
        scaled = self._pictures[name].scaledToWidth(round(width * pixels), Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(pixels)
        self.document().addResource(_IMAGE, self.document().baseUrl().resolved(QUrl(name)), scaled)


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found = []
    at = block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


class GuideWindow(QDialog):
    """The guide beside the page; never modal, so that she can try what it says."""

    def __init__(self, parent: QWidget, file: Path) -> None:
        """Reads the guide.

        Raises:
            OSError: it is not there.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("guideWindow")
        self.setWindowTitle(self.tr("Guide"))
        self.setAccessibleName(self.windowTitle())
        self.text = GuideText(file)
        self.chapters = QListWidget()
        self.chapters.setObjectName("guideChapters")
        self.chapters.setAccessibleName(self.tr("Chapters"))
        self.chapters.setFixedWidth(190)
        for block in self.text.chapters():
            item = QListWidgetItem(block.text())
            item.setData(_BLOCK, block.blockNumber())
            self.chapters.addItem(item)
        self.chapters.currentItemChanged.connect(lambda item, _: self.text.show_block(item.data(_BLOCK)))
        self.chapters.itemClicked.connect(lambda item: self.text.show_block(item.data(_BLOCK)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(18)
        layout.addWidget(self.chapters)
        layout.addWidget(self.text, 1)
        self.text.setFocus()
        open_at(self, 920, 720)
