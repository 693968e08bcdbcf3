"""What this program is: its version, where it keeps what is hers, and whose work is in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from pandemonium import __version__
from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.fitting import make_scrollable, open_at


class AboutWindow(QDialog):
    """A few sentences that can be selected and copied."""

    def __init__(self, parent: QWidget, data: Path, settings: Path) -> None:
        """Makes the window.

        Args:
            parent: the window that it stands before.
            data: the folder of voices, recovered documents and earlier versions.
            settings: the folder of settings.
        """
        super().__init__(parent)
        self.setObjectName("aboutWindow")
        self.setWindowTitle(self.tr("About Pandemonium"))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 28, 36, 24)
        layout.setSpacing(12)
        layout.addWidget(label("Pandemonium", "title"))
        layout.addWidget(self._value_label("aboutVersion", self.tr("Version {n}").format(n=__version__)))
        layout.addWidget(
            self._value_label(
                "aboutSaid",
                self.tr(
                    "A page to write on, and a voice that goes on when you stop. It runs on this computer alone and "
                    "uses no network."
                ),
            )
        )
        layout.addWidget(label(self.tr("Your voices, recovered documents and earlier versions"), "caption"))
        layout.addWidget(self._value_label("aboutData", str(data)))
        layout.addWidget(label(self.tr("Your settings"), "caption"))
        layout.addWidget(self._value_label("aboutSettings", str(settings)))
        layout.addWidget(label(self.tr("Licences"), "caption"))
        layout.addWidget(
            self._value_label(
                "aboutLicences",
                self.tr(
                    "Pandemonium is free software under the MIT licence, and so are its voices. It uses Qt {qt} and "
                    "PySide6 under the LGPL 3, which lets you put other builds of them in their place, and PyTorch, "
                    "NumPy, ONNX Runtime and other free packages; each brings its licence along. The letters are "
                    "Literata (SIL OFL), the icons Lucide (ISC)."
                ).format(qt=qVersion()),
            )
        )
        close = QPushButton(self.tr("Close"))
        close.setObjectName("aboutClose")
        close.clicked.connect(self.reject)
        layout.addSpacing(8)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        height = layout.heightForWidth(560)
        make_scrollable(self)
        open_at(self, 560, height)

    def _value_label(self, name: str, words: str) -> QLabel:
        said = label(words, "value")
        said.setObjectName(name)
        said.setWordWrap(True)
        said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return said
