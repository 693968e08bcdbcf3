"""Tunes how often a new voice uses its words, in a fair share of the time that it learned for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from pandemonium.training.network.interval import Interval
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Floats, Runtime
from pandemonium.writing.sampling.balance import ROUNDS, find_balance

SHARE = 0.1  # of the time that it learned
LEAST_SECONDS = 15.0
MOST_SECONDS = 90.0
REPORT_SECONDS = 1.0


def tuning_seconds(learned: float) -> float:
    """How long the tuning may take after so many seconds of learning."""
    return min(MOST_SECONDS, max(LEAST_SECONDS, SHARE * learned))


def tune(
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    texts: Sequence[str],
    *,
    seconds: float,
    begin: Floats | None = None,
    on_share: Callable[[float], None] = lambda share: None,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> Floats:
    """Finds a voice's balance (see `writing.sampling.balance`), or as much of it as there is time for, [vocabulary].

    Args:
        runtime: the new voice's network.
        tokenizer: the new voice's.
        texts: what it learned from, or a sample of it.
        seconds: that it may take.
        begin: the balance of the voice that it learned from; from there half the rounds are enough.
        on_share: hears now and then what share of the work or of the time is over.
        stop: looked at all the time; the balance found so far is taken then.
        clock: seconds, from any moment on.
    """
    began = clock()
    reporting = Interval(REPORT_SECONDS, last=began - REPORT_SECONDS)

    def is_enough(share: float) -> bool:
        over = (now := clock()) - began
        if reporting.is_due(now):
            on_share(min(1.0, max(share, over / seconds)))
            reporting.done(now, now)
        return over >= seconds or stop()

    rounds = ROUNDS if begin is None or not len(begin) else ROUNDS // 2
    return find_balance(runtime, tokenizer, texts, begin=begin, rounds=rounds, stop=is_enough)
