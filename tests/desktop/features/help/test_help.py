"""The guide and the about window, as she opens them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pandemonium import __version__, paths
from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.help.guide_window import GuideWindow


@pytest.fixture
def guide(desk: Desk, qtbot: QtBot) -> GuideWindow:
    desk.window.show()
    QTest.keyClick(desk.editor, Qt.Key.Key_F1)
    assert desk.help.guide is not None
    assert desk.help.guide.isVisible()
    return desk.help.guide


def test_f1_opens_the_guide_with_all_its_chapters(guide: GuideWindow) -> None:
    written = (paths.resources() / "guide" / "guide.md").read_text("utf-8")
    chapters = re.findall(r"^## (.+)$", written, re.MULTILINE)
    assert [guide.chapters.item(row).text() for row in range(guide.chapters.count())] == chapters
    assert len(chapters) > 8


def test_a_chapter_comes_to_the_top(guide: GuideWindow) -> None:
    row = guide.chapters.count() // 2
    guide.chapters.setCurrentRow(row)
    QTest.qWait(20)
    bar = guide.text.verticalScrollBar()
    assert 0 < bar.value() < bar.maximum()
    seen = guide.text.cursorForPosition(QPoint(40, 40)).block()
    assert seen.text() == guide.chapters.item(row).text()


@pytest.mark.long
def test_no_picture_is_missing_or_wider_than_the_window(guide: GuideWindow) -> None:
    def widths() -> list[float]:
        found = []
        block = guide.text.document().firstBlock()
        while block.isValid():
            found += [
                picture.width() for at in block if (picture := at.fragment().charFormat().toImageFormat()).isValid()
            ]
            block = block.next()
        return found

    written = (paths.resources() / "guide" / "guide.md").read_text("utf-8")
    for width in (1100, 700):
        guide.resize(width, 600)
        QTest.qWait(200)
        room = guide.text.viewport().width()
        assert len(widths()) == written.count("![")
        assert all(0 < each < room for each in widths())
        assert max(widths()) > 0.8 * room


def test_escape_closes_it_and_it_opens_again(guide: GuideWindow, desk: Desk) -> None:
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()
    desk.actions["guideAction"].trigger()
    assert guide.isVisible()


def test_about_says_version_places_and_licences(desk: Desk) -> None:
    desk.actions["aboutAction"].trigger()
    about = desk.help.about
    assert about is not None

    def said(name: str) -> str:
        found = about.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text()

    assert __version__ in said("aboutVersion")
    assert said("aboutData") == str(paths.user_data())
    assert said("aboutSettings") == str(paths.user_config())
    assert "LGPL" in said("aboutLicences")
