"""Fits the judge of sentences of a voice file on sentences that readers have marked, and writes it into the file.

python -m tools.fit_judge VOICE --work FOLDER [--foundation VOICE]

The card of a voice names the file of its foundation by its hash; where that file is another now, name it anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from pandemonium.errors import PandemoniumError
from pandemonium.training.material.tokens import read_token_file
from pandemonium.voice.file import file_sha256, load_voice, save_voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.decoding.judge import Judge
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from tools.judge import Agreement, Example, agreement, fit_information, fit_judge, read_examples
from tools.marked import MARKED, find_texts, read_marked
from tools.train_base.training import TOKENS

_PARTS = 5  # of the places: each is judged by what was fitted on the others


def held_out(examples: Sequence[Example], fit: Callable[[Sequence[Example]], Judge | None]) -> Agreement:
    """How judges agree with the readers of places that they were not fitted on."""
    order = np.random.default_rng(1).permutation(len(examples))
    found = []
    for part in range(_PARTS):
        others = [examples[i] for i in np.setdiff1d(order, order[part::_PARTS])]
        found.append(agreement(fit(others), [examples[i] for i in order[part::_PARTS]]))
    return Agreement(*np.mean(found, axis=0).tolist())


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_judge", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("voice", type=Path, help="a .voice file; it is replaced")
    parser.add_argument("--work", type=Path, required=True, help="the folder of a base training, for its token file")
    parser.add_argument("--foundation", type=Path, metavar="VOICE", help="the voice file that the card will name")
    parser.add_argument("--marked", type=Path, default=MARKED, help="sentences with their marks")
    parser.add_argument("--held-out", action="store_true", help="also says how judges agree on what they have not seen")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        voice = load_voice(chosen.voice)
        datasets, header = read_token_file(chosen.work / TOKENS)
        places = find_texts(read_marked(chosen.marked), datasets, SubwordTokenizer(header["tokenizer"]))
        examples = list(read_examples(CpuRuntime(voice), voice.tokenizer, places))
        judge = fit_judge(examples)
        if judge is None:
            print("Too few of the marked places are in that token file to fit a judge on.", file=sys.stderr)
            return 1
        if chosen.held_out:
            weights = ", ".join(f"{weight:.2f}" for weight in fit_information(examples))
            print(f"{len(examples)} places; what a sentence tells counts {weights}")
            for name, fit in (("without a judge", lambda _: None), ("with one", fit_judge)):
                found = held_out(examples, fit)
                print(
                    f"{name}: the better of two equally long sentences above the worse in {found.pairs:.1%}; mean mark "
                    f"of the first {found.chosen:.2f}, of all {found.mean:.2f}, of the best {found.best:.2f}"
                )
        card = voice.card
        if chosen.foundation:
            name = load_voice(chosen.foundation).name
            card = replace(card, foundation=name, foundation_sha256=file_sha256(chosen.foundation))
        save_voice(replace(voice, card=card, judge=judge.tensors), chosen.voice)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
