"""Whether things may move on the screen: not where the system asks for stillness."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QStyle

_WINDOWS_ASKS = 0x1042  # SPI_GETCLIENTAREAANIMATION


def wants_motion() -> bool:
    """Tells whether a short movement is welcome."""
    style = QApplication.style()
    if style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0:
        return False
    if sys.platform == "win32":
        import ctypes

        wanted = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_WINDOWS_ASKS, 0, ctypes.byref(wanted), 0)
        return bool(wanted.value)
    return True
