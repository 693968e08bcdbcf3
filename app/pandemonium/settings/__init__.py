"""Every setting, declared once with type, default, range and meaning; kept as TOML in the user's folder."""

from pandemonium.settings.declaring import check, choice, number
from pandemonium.settings.file import VERSION, SettingsFile
from pandemonium.settings.tree import (
    EditorSettings,
    FileSettings,
    PanelSettings,
    Settings,
    WindowSettings,
    WritingSettings,
)

__all__ = [
    "VERSION",
    "EditorSettings",
    "FileSettings",
    "PanelSettings",
    "Settings",
    "SettingsFile",
    "WindowSettings",
    "WritingSettings",
    "check",
    "choice",
    "number",
]
