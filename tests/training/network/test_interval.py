"""Interval: what is due, and how dear things wait longer."""

from __future__ import annotations

from pandemonium.training.network.interval import Interval


def test_is_due_every_so_often() -> None:
    interval = Interval(10.0, last=100.0)
    assert not interval.is_due(109.0)
    assert interval.is_due(110.0)
    interval.done(110.0, 111.0)
    assert not interval.is_due(120.0)
    assert interval.is_due(121.0)


def test_what_is_dear_waits_for_its_share_of_the_time() -> None:
    interval = Interval(10.0, share=0.05)
    interval.done(100.0, 104.0)
    assert not interval.is_due(183.0)
    assert interval.is_due(184.0)
