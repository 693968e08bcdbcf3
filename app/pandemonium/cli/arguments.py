"""Converters for argparse that hold a range, so that wrong usage is told of before anything is begun."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Converts a whole number between `low` and `high`, both allowed."""

    def convert(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must lie between {low} and {high}")
        return value

    convert.__name__ = "number"
    return convert
