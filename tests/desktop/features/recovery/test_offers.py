from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from pandemonium.desktop.features.recovery.offers import Offers


@pytest.fixture
def offers(qtbot: Any) -> Offers:
    made = Offers()
    qtbot.addWidget(made)
    return made


def press(offers: Offers, words: str) -> None:
    button = next(each for each in offers.findChildren(QPushButton) if each.text() == words and each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_one_sentence_after_the_other(offers: Offers) -> None:
    done: list[str] = []
    offers.put("disk", "It was changed.", {"Read it again": lambda: done.append("read")})
    offers.put("lost", "There was a crash.", {"Restore": lambda: done.append("restored")}, first=True)
    assert offers.sentence == "There was a crash."
    press(offers, "Restore")
    assert (offers.sentence, offers.isVisible()) == ("It was changed.", True)
    press(offers, "Read it again")
    assert done == ["restored", "read"]
    assert not offers.isVisible()


def test_the_same_is_said_once_and_in_its_place(offers: Offers) -> None:
    offers.put("a", "First.", {})
    offers.put("b", "Second.", {})
    offers.put("a", "First, again.", {})
    assert offers.sentence == "First, again."
    offers.settle("a")
    assert offers.sentence == "Second."
    offers.settle("b")
    offers.settle("b")
    assert not offers.isVisible()


def test_what_is_dismissed_makes_room(offers: Offers) -> None:
    offers.put("a", "First.", {})
    offers.put("b", "Second.", {})
    close = offers.findChild(QToolButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert (offers.sentence, offers.isVisible()) == ("Second.", True)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not offers.isVisible()


def test_an_act_may_say_something_of_its_own(offers: Offers) -> None:
    offers.put("a", "Discarded?", {"Discard": lambda: offers.put("a", "Discarded.", {"Bring it back": lambda: None})})
    press(offers, "Discard")
    assert (offers.sentence, offers.isVisible()) == ("Discarded.", True)


def test_hidden_banners_take_no_room(qtbot: Any) -> None:
    offers = Offers()
    both = QWidget()
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(offers)
    qtbot.addWidget(both)
    both.show()
    assert both.sizeHint().height() <= 0
    offers.put("a", "First.", {})
    assert both.sizeHint().height() > 10
