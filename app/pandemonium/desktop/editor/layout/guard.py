"""What Qt calls back into Python must not raise: an error there would end the program and what is on its page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

_log = logging.getLogger(__name__)


class Recovering(Protocol):
    """Something that can begin anew."""

    def recover(self) -> None:
        """Forgets what it held; called when it has failed."""


Owner = TypeVar("Owner", bound=Recovering)
Given = ParamSpec("Given")
Result = TypeVar("Result")


def never_raises(
    otherwise: Callable[[], Result],
) -> Callable[[Callable[Concatenate[Owner, Given], Result]], Callable[Concatenate[Owner, Given], Result]]:
    """Makes an override of Qt's write down its error, begin anew, and give `otherwise()`."""

    def guard(method: Callable[Concatenate[Owner, Given], Result]) -> Callable[Concatenate[Owner, Given], Result]:
        @wraps(method)
        def guarded(self: Owner, /, *given: Given.args, **named: Given.kwargs) -> Result:
            try:
                return method(self, *given, **named)
            except Exception:  # noqa: BLE001 - Qt's own code stands above this one
                _log.exception("%s failed", method.__qualname__)
                self.recover()
                return otherwise()

        return guarded

    return guard
