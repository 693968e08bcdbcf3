"""Reads JSON out of a voice file, which a stranger may have written: of a sane length, and with sane numbers only."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

_LARGEST_NUMBER = 1 << 63


def read_json(text: str, most: int) -> Any:
    """Parses `text`.

    Args:
        text: JSON.
        most: characters that it may have.

    Raises:
        ValueError: it is too long, no JSON, nested too deeply, or holds NaN, an infinity or a number beyond 2^63.
    """
    if len(text) > most:
        raise ValueError(f"longer than {most:,} characters")
    try:
        return json.loads(text, parse_constant=_refuse, parse_int=_whole, parse_float=_fraction)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _whole(digits: str) -> int:
    if len(digits) > 20 or abs(value := int(digits)) > _LARGEST_NUMBER:
        raise ValueError("a number is too large")
    return value


def _fraction(digits: str) -> float:
    if not math.isfinite(value := float(digits)) or abs(value) > _LARGEST_NUMBER:
        raise ValueError("a number is too large")
    return value
