"""Measures how fast this machine would learn from a base voice, for the plan's estimate."""

from __future__ import annotations

from pathlib import Path

import torch

from pandemonium.training.personal.planning import Plan, measure_speed
from pandemonium.voice.file import load_voice
from pandemonium.writing.runtimes.cpu_runtime import physical_cores


def measure_machine(base: Path, threads: int = 0) -> float:
    """Learns noise for five seconds with a network like the base voice's; gives sub-words a second.

    Args:
        base: a voice file.
        threads: of the processor; 0 takes one for each physical core.

    Raises:
        VoiceError: the file is no sound voice.
    """
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads or physical_cores())
    return round(measure_speed(load_voice(base).architecture, Plan()), 1)
