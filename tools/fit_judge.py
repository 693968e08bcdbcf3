"""Fits the judge of sentences of a voice file on texts of its author, and writes it into the file.

python -m tools.fit_judge VOICE TEXT... --held-out TEXT...
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from pandemonium.errors import PandemoniumError
from pandemonium.voice.file import load_voice, save_voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling.balance import read_text
from tools.judge import EXAMPLES, accuracy, fit_judge, make_examples

_HELD_OUT = 600  # passages


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_judge", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("voice", type=Path, help="a .voice file; it is replaced")
    parser.add_argument("texts", type=Path, nargs="+", help="plain texts of its author")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="texts that the judge is tried on")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="passages that it learns from")
    chosen = parser.parse_args(arguments)
    try:
        voice = load_voice(chosen.voice)
        runtime = CpuRuntime(voice)
        texts = [read_text(path) for path in chosen.texts]
        judge = fit_judge(runtime, voice.tokenizer, texts, examples=chosen.examples)
        if judge is None:
            print("The texts are too short to fit a judge on. Name more of them.", file=sys.stderr)
            return 1
        if chosen.held_out:
            held_out = [read_text(path) for path in chosen.held_out]
            examples = make_examples(runtime, voice.tokenizer, held_out, examples=_HELD_OUT, seed=2)
            elsewhere, spoiled = accuracy(judge, examples)
            print(
                f"the author's next sentence above one of his from elsewhere in {elsewhere:.1%}, above itself spoiled "
                f"in {spoiled:.1%} of {len(examples)} held-out passages"
            )
        save_voice(replace(voice, judge=judge.tensors), chosen.voice)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
