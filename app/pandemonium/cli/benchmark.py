"""`pandemonium benchmark`: this machine's figures, each beside an alternative in the same run."""

from __future__ import annotations

import argparse
import json
import platform

NAME = "benchmark"
HELP = "measures writing, reading and training on this machine"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("--voice", default="lovecraft", help="a name out of the library, or a .voice file")
    parser.add_argument("--json", action="store_true", help="one object")


def run(arguments: argparse.Namespace) -> int:
    """Prints the figures."""
    from pandemonium.benchmark.training import measure_training
    from pandemonium.benchmark.writing import measure_writing
    from pandemonium.cli.texts import library
    from pandemonium.writing.cpu_runtime import physical_cores

    path = library().find(arguments.voice)
    machine = {"system": platform.platform(), "processor": _processor(), "cores": physical_cores()}
    figures = {**measure_writing(path), "training": measure_training(path)}
    rounded = {part: {name: round(value, 3) for name, value in values.items()} for part, values in figures.items()}
    if arguments.json:
        print(json.dumps({"machine": machine, **rounded}))
        return 0
    for name, value in machine.items():
        print(f"{name:<34} {value}")
    for part, values in rounded.items():
        for name, figure in values.items():
            print(f"{part + ' ' + name:<44} {figure:>14,.3f}")
    return 0


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "")
    except OSError:
        return platform.processor()
