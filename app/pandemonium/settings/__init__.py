"""Every setting, declared once with type, default, range and meaning; kept as TOML in the user's folder."""

from pandemonium.settings.declaring import check, choice, number
from pandemonium.settings.file import VERSION, SettingsFile
from pandemonium.settings.tree import (
    EditorSettings,
    FileSettings,
    HabitSettings,
    MachineSettings,
    PanelSettings,
    Settings,
    Shortcuts,
    TypingSettings,
    WindowSettings,
    WritingSettings,
)

__all__ = [
    "VERSION",
    "EditorSettings",
    "FileSettings",
    "HabitSettings",
    "MachineSettings",
    "PanelSettings",
    "Settings",
    "SettingsFile",
    "Shortcuts",
    "TypingSettings",
    "WindowSettings",
    "WritingSettings",
    "check",
    "choice",
    "number",
]
