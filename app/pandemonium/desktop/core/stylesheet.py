"""The window's style sheet, made of a theme's colours."""

from __future__ import annotations

from string import Template

from pandemonium.desktop.core.theme import Colours

_SHEET = Template(
    """
QMainWindow, QDialog, QMessageBox { background: $board; }
QWidget { color: $ink; }
QToolTip { background: $field; color: $ink; border: 1px solid $line; padding: 5px 7px; }

QMenuBar { background: $paper; color: $quiet; padding: 2px 8px; border: none; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $board; color: $ink; }
QMenu { background: $field; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 22px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 10px; }
QMenu::indicator { width: 12px; height: 12px; left: 6px; }
QMenu::indicator:checked { background: $accent; border-radius: 6px; width: 6px; height: 6px; left: 9px; }

#documentEditor { background: $paper; color: $ink; border: none; selection-background-color: $selection;
    selection-color: $ink; }
#foot { background: $paper; border-top: 1px solid $line; }
#statusLine { color: $quiet; padding: 0 18px 9px 18px; }
#banner, #safetyBanner { background: $board; border: none; border-bottom: 1px solid $line; }
#bannerText { color: $ink; }
#bannerText[tone="warning"] { color: $warning; }
#findBar { background: $board; border: none; border-top: 1px solid $line; border-bottom: 7px solid $paper; }
#findMessage { color: $quiet; }
#surpriseLegend { background: $paper; border: none; border-top: 1px solid $line; }
#findMessage[tone="warning"] { color: $warning; }

#outline { background: $board; border: none; border-right: 1px solid $line; }
#outlineList { background: transparent; border: none; outline: none; }
#readingPanel { background: $board; border: none; border-right: 1px solid $line; }
#readingPanel QListWidget::item { border: none; padding: 0; margin: 0; }
QPushButton#openingButton { border: none; padding: 2px 0; color: $quiet; text-align: left; }
QPushButton#openingButton:hover { color: $accent; background: transparent; }
#hintsInMargin { background: transparent; border: none; }
#hintStrip { background: $paper; border: none; border-top: 1px solid $line; padding: 5px 10px; }
QFrame[role="note"] { background: transparent; border: none; border-left: 2px solid $accent; }
#castPanel { background: $board; border: none; border-right: 1px solid $line; }
#castList { background: transparent; border: none; outline: none; }
#castDetails { border-top: 1px solid $line; }
#castNote { background: $field; border: 1px solid $line; border-radius: 5px; padding: 2px 4px; }
#castNote:focus { border-color: $accent; }
#castFirst { padding: 5px 8px; }
#castPrevious, #castNext { border-color: $line; padding: 3px 9px; }
#goalRing { border: none; padding: 0; }

#panel { background: $board; border: none; border-left: 1px solid $line; }
#panelBody, #panelScroll, #panelScroll > QWidget { background: transparent; border: none; }
QLabel[role="caption"] { color: $quiet; }
QLabel[role="value"] { color: $ink; }
QLabel[role="hint"] { color: $quiet; }

QComboBox, QLineEdit { background: $field; border: 1px solid $line; border-radius: 5px;
    padding: 5px 8px; min-height: 18px; selection-background-color: $selection; selection-color: $ink; }
QComboBox:hover, QLineEdit:hover { border-color: $faint; }
QComboBox:focus, QLineEdit:focus { border-color: $accent; }
QPlainTextEdit[role="words"] { background: $field; border: 1px solid $line; border-radius: 5px; padding: 2px 4px;
    selection-background-color: $selection; selection-color: $ink; }
QPlainTextEdit[role="words"]:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url($arrow); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $field; border: 1px solid $line; outline: none; padding: 4px;
    selection-background-color: $selection; selection-color: $ink; }

QSlider { min-height: 22px; }
QSlider::groove:horizontal { height: 3px; border-radius: 1px; background: $line; }
QSlider::sub-page:horizontal { height: 3px; border-radius: 1px; background: $accent; }
QSlider::handle:horizontal { width: 13px; height: 13px; margin: -6px 0; border-radius: 7px; background: $field;
    border: 1px solid $accent; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: $accent; }

QPushButton { background: transparent; border: 1px solid $line; border-radius: 6px; padding: 7px 14px; color: $ink;
    outline: none; }
QPushButton:hover { border-color: $faint; background: $field; }
QPushButton:focus { border-color: $accent; }
QDialog QPushButton:default { border-color: $accent; color: $accent; }
QPushButton:disabled { color: $faint; background: transparent; }
QDialog QPushButton:default:disabled { border-color: $line; color: $faint; }
QPushButton#continueButton { background: $accent; border: 1px solid $accent; color: $on_accent; padding: 11px 14px;
    font-weight: 600; }
QPushButton#continueButton:hover, QPushButton#continueButton:focus { border-color: $ink; }
QPushButton#continueButton:disabled { background: $field; border-color: $line; color: $faint; }
QPushButton#stopButton { background: $field; border: 1px solid $accent; color: $accent; padding: 11px 14px;
    font-weight: 600; }
QPushButton#stopButton:hover, QPushButton#stopButton:focus { border-color: $ink; }

QPushButton[role="segment"] { background: $field; border: 1px solid $line; border-radius: 0; padding: 5px 2px;
    color: $quiet; margin-left: -1px; }
QPushButton[role="segment"]:hover { color: $ink; }
QPushButton[role="segment"]:focus { border-color: $accent; }
QPushButton[role="segment"]:checked { background: $selection; color: $ink; border-color: $accent; }
QPushButton[role="segment"][place="first"] { border-top-left-radius: 5px; border-bottom-left-radius: 5px; }
QPushButton[role="segment"][place="last"] { border-top-right-radius: 5px; border-bottom-right-radius: 5px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 4px; color: $quiet; }
QToolButton#foldHead { padding-left: 0; }
QToolButton:hover { color: $ink; background: $field; }
QToolButton:focus { border-color: $accent; }

QListWidget { background: transparent; border: none; outline: none; }
QListWidget::item { border-left: 2px solid $line; padding: 6px 8px; margin-bottom: 4px; color: $quiet; }
QListWidget::item:hover { color: $ink; }
QListWidget::item:selected { border-left: 2px solid $accent; color: $ink; background: $field; }
QListWidget:focus { border: none; }
#nextWords { background: $field; border: 1px solid $line; border-radius: 5px; }
#nextWordsList::item { border: none; padding: 0; margin: 0; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QGroupBox::indicator, QListView::indicator, QTreeView::indicator { width: 13px; height: 13px;
    border: 1px solid $faint; border-radius: 3px; background: $field; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QListView::indicator:checked,
QTreeView::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QCheckBox::indicator:disabled { border-color: $line; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QRadioButton::indicator { width: 13px; height: 13px; border: 1px solid $faint; border-radius: 7px; background: $field; }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea[role="bare"], QScrollArea[role="bare"] > QWidget, QWidget[role="bare"] { background: transparent; }

#preferences, #goalsWindow { background: $paper; }
#preferencesSide { background: $board; border: none; border-right: 1px solid $line; }
#preferencesPages::item { border-left: 2px solid transparent; padding: 7px 10px; margin-bottom: 2px; }
#preferencesPages::item:selected { border-left: 2px solid $accent; background: $field; }
#preferencesBody, #preferencesScroll, #preferencesScroll > QWidget { background: transparent; border: none; }
QLabel[role="part"] { color: $accent; font-weight: 600; padding-top: 2px; }
#goalsWindow QSpinBox, #preferences QSpinBox, #preferences QDoubleSpinBox { min-height: 27px; }
#daysChart:focus { border-bottom: 1px solid $accent; }

#trainingWizard, #voiceLibrary, #openings, #versionsWindow, #authorshipWindow { background: $paper; }
QLabel[role="title"] { font-family: "Literata", "Georgia", serif; font-size: 21pt; color: $ink; }
QLabel[role="lead"] { font-family: "Literata", "Georgia", serif; font-size: 12.5pt; color: $ink; }
QLabel[role="step"] { color: $faint; padding-bottom: 4px; border-bottom: 2px solid transparent; }
QLabel[role="step"][now="true"] { color: $accent; border-bottom: 2px solid $accent; }
QLabel[tone="notice"] { color: $ink; background: $field; border-left: 2px solid $accent; padding: 10px 14px; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; padding: 8px 22px;
    font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus { border-color: $ink; background: $accent; }
QPushButton[role="primary"]:disabled { background: $field; border-color: $line; color: $faint; }
QPushButton[role="offer"] { color: $accent; border-color: $accent; padding: 3px 12px; }
QPushButton[role="offer"]:focus { border-color: $ink; background: $selection; }
QTextBrowser[role="prose"], QLabel[role="prose"] { background: $field; border: 1px solid $line; border-radius: 4px;
    padding: 8px 12px; font-family: "Literata", "Georgia", serif;
    selection-background-color: $selection; selection-color: $ink; }
#versionPreview[role="prose"] { padding: 14px 20px; }
#guideText[role="prose"] { padding: 0; font-size: 11.5pt; }
#voiceCard[role="prose"] { padding: 14px 20px; }
#sampleText[role="prose"] { padding: 12px 18px; font-size: 12pt; }
QTreeView { background: $field; border: 1px solid $line; border-radius: 4px; outline: none;
    selection-background-color: $selection; selection-color: $ink; }
QTreeView::item { padding: 4px 3px; }
QTreeView::item:selected { background: $selection; color: $ink; }
QTreeView:focus { border-color: $accent; }
QHeaderView { background: $field; border: none; }
QHeaderView::section { background: $field; color: $quiet; border: none; border-bottom: 1px solid $line; padding: 5px; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: transparent; }
QScrollArea#openingsScroll { background: transparent; border: none; }
#sourcesList { background: $field; border: 1px solid $line; border-radius: 4px; padding: 6px; }
QToolButton#voiceMenuButton { padding: 3px 6px; }
QToolButton::menu-indicator { image: none; width: 0; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 36px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $faint; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 36px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; width: 0;
    height: 0; border: none; }
"""
)

# What has the keyboard must be seen by who sees no shades.
_HIGH_CONTRAST = Template(
    """
QPushButton:focus, QPushButton[role]:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus,
QPlainTextEdit[role="words"]:focus, QTreeView:focus, QListWidget:focus, QListView:focus, #castNote:focus,
#castList:focus, #outlineList:focus { border: 2px solid $ink; }
QPushButton#continueButton:focus, QPushButton[role="primary"]:focus { border: 2px dashed $on_accent; }
QPushButton#openingButton:focus { border: 2px solid $ink; }
QCheckBox:focus, QRadioButton:focus { color: $ink; border: 2px solid $ink; border-radius: 3px; }
QSlider::handle:horizontal:focus { background: $accent; border: 3px solid $ink; }
QListWidget::item:selected, QMenuBar::item:selected { background: $selection; }
QListWidget::item:selected { border-left: 4px solid $ink; }
"""
)


def style_sheet(colours: Colours, arrow: str) -> str:
    """The sheet for `colours`; `arrow` is the path of the picture on a box that opens downwards."""
    values = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    arrow = arrow.replace("\\", "/")
    sheet = _SHEET.substitute(values, arrow=arrow, check=arrow.replace("arrow-", "check-"))
    return sheet + _HIGH_CONTRAST.substitute(values) if colours.is_high_contrast else sheet
