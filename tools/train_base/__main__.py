"""Trains a base voice on the corpus and then on Lovecraft: one resumable command, on a CPU or a GPU.

    python -m tools.train_base train --minutes 90
    python -m tools.train_base foundation --output models/classics.voice
    python -m tools.train_base finish --foundation models/classics.voice --output models/lovecraft.voice

`train` learns at a constant rate for as long as it is given, however often it is stopped and started;
`foundation` and `finish` each take a copy of where that stands through stages of their own, whose rate falls to
nothing, and write a voice: the one that personal trainings begin from, and the bundled one. More `train`ing
later makes better ones. `prepare` makes the token file alone, `weights` writes half-precision weights in pieces to
carry back (`tools.gpu` has what is carried there), `voice` turns these or the checkpoint into a voice, `trial` measures
a change of the recipe. `merge` moves a part's weights towards those of a voice that lies beside it (`--with`), and says
on dev what that brings.
Where the checkpoints are gone, `train --start models/lovecraft.voice` goes on from the voice itself.
Under `torchrun` several processes or machines share each batch: `torchrun --nproc-per-node 2 -m ...`.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path

import torch

from pandemonium import paths
from pandemonium.errors import PandemoniumError, TrainingError
from pandemonium.training.personal import machine
from pandemonium.voice.file import Voice, load_voice
from tools.train_base.recipe import PARTS, Recipe
from tools.train_base.training import TOKENS, BaseTraining, say
from tools.train_base.weights import write_weights


def prepare(corpus: Path, work: Path, recipe: Recipe, start: Voice | None = None) -> None:
    """Makes the token file in `work`, unless it is there; with the pieces of `start`, if that is given.

    Raises:
        TrainingError: there is no corpus.
    """
    if (work / TOKENS).exists():
        return
    if not (corpus / "lovecraft").is_dir():
        raise TrainingError(f"There is no corpus in {corpus}.", "Name its folder with --corpus.")
    from tools.train_base import corpus as base_corpus

    tokenizer = start.tokenizer if start is not None else None
    base_corpus.write_tokens(corpus, work / TOKENS, recipe.network.vocabulary, say, tokenizer)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.train_base", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "part", choices=("prepare", "train", "foundation", "finish", "trial", "merge", "weights", "voice")
    )
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"), help="read once, by prepare")
    parser.add_argument(
        "--work", type=Path, default=Path.home() / ".cache" / "pandemonium" / "base", help="token file and checkpoints"
    )
    parser.add_argument("--recipe", type=Path, default=paths.resources() / "recipes" / "lovecraft.toml")
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        default=[],
        metavar="TABLE.KEY=VALUE",
        help="changes the recipe; finish.0.dropout=0.3 reaches into a list",
    )
    parser.add_argument(
        "--start", type=Path, metavar="VOICE", help="what `train` begins with where no checkpoint is left"
    )
    parser.add_argument(
        "--teacher",
        dest="teachers",
        type=Path,
        action="append",
        default=[],
        metavar="VOICE",
        help="what the recipe's stages with a share for a teacher learn from; several share it",
    )
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument(
        "--by-minutes",
        action="store_true",
        help="the part's stages share the --minutes, however many tokens those bring",
    )
    parser.add_argument("--tokens", type=float, default=1.2e6, help="of a trial")
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument(
        "--from", dest="source", choices=PARTS, default="finish", help="voice, weights, merge: which part's checkpoint"
    )
    parser.add_argument(
        "--with",
        dest="merged",
        type=_voice_and_share,
        action="append",
        default=[],
        metavar="VOICE=SHARE",
        help="merge: a voice file and its share, 0 to 1; of several one after the other",
    )
    parser.add_argument("--weights", type=Path, help="voice: a folder that `weights` wrote; weights: where to")
    parser.add_argument("--foundation", type=Path, metavar="VOICE", help="the voice file that the card will name")
    parser.add_argument("--output", type=Path, help="the voice file to write")
    return parser


def _voice_and_share(argument: str) -> tuple[Path, float]:
    path, _, share = argument.rpartition("=")
    try:
        value = float(share)
    except ValueError:
        value = math.nan
    if not path or not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"no voice file with a share between 0 and 1: {argument!r}")
    return Path(path), value


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    chosen = _parser().parse_args(arguments)
    torch.set_flush_denormal(True)
    machine.keep_memory()
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    try:
        _run(chosen)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(chosen: argparse.Namespace) -> None:
    recipe = Recipe.read(chosen.recipe, chosen.changes)
    gpu = torch.cuda.is_available() if chosen.device == "auto" else chosen.device == "gpu"
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if gpu else torch.device("cpu")
    chosen.work.mkdir(parents=True, exist_ok=True)
    start = load_voice(chosen.start) if chosen.start else None
    prepare(chosen.corpus, chosen.work, recipe, start)
    if chosen.part == "prepare":
        return
    if chosen.part == "trial":
        BaseTraining(chosen.work, recipe, "main", device, resume=False).trial(
            int(chosen.tokens), " ".join(chosen.changes)
        )
        return
    learned = {"train": "main", "foundation": "foundation", "finish": "finish"}.get(chosen.part)
    part = learned or chosen.source
    resume = not (chosen.part == "voice" and chosen.weights)
    teachers = [load_voice(path) for path in chosen.teachers]
    training = BaseTraining(chosen.work, recipe, part, device, resume=resume, start=start, teachers=teachers)
    if learned:
        training.run(chosen.minutes, by_minutes=chosen.by_minutes)
    elif chosen.part == "merge":
        if not training.checkpoint.exists():
            raise TrainingError(f"There is no {training.checkpoint}.", "Train first, or name another --work or --from.")
        say(f"dev {training.bits_per_character('dev'):.4f} bits per character")
        for path, share in chosen.merged:
            training.merge(load_voice(path), share)
            say(f"dev {training.bits_per_character('dev'):.4f} bits per character with {share:g} of {path}")
        training.save()
    elif chosen.part == "weights":
        write_weights(chosen.weights or chosen.work / "weights", training.trainer.average, training.facts())
    elif chosen.weights:
        training.take_weights(chosen.weights)
    if chosen.output and training.trainer.parallel.writes:
        training.write_voice(chosen.output, chosen.foundation)
    training.trainer.parallel.close()


if __name__ == "__main__":
    sys.exit(main())
