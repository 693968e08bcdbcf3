"""Has sentences marked by readers: sheets of what a voice could write next, and the collecting of the marks.

python -m tools.marking make --work FOLDER --folder SHEETS --places 600
python -m tools.marking collect SHEETS

`make` draws places from the texts of a base training (its token file is in --work), has a voice write there as it
writes in the window, and puts some candidates of one sentence on a sheet. A reader marks each by
docs/reading-protocol.md in a file beside the sheet (sheet-01.txt): a line a place, its number, a colon, the marks in
order ("17: 2 0 3 1"). `collect` adds them to what the judge is fitted on (`tools.fit_judge`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.sentences import ends_sentence
from pandemonium.training.material.tokens import TokenDataset, read_token_file
from pandemonium.voice.library import DEFAULT
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.decoding.candidates import SentenceWriter
from pandemonium.writing.decoding.judge import CandidateJudge
from pandemonium.writing.decoding.sequence import DecodingSequence
from pandemonium.writing.reading.context import prepare
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.runtime import Floats
from tools.marked import BEHIND, MARKED, Marked, read_marked, write_marked
from tools.train_base.training import TOKENS
from tools.writer import open_writer

_SHARES = {"lovecraft": 5, "weird": 7, "tales": 5, "modern": 3}  # of the places
_CONTEXT = 1500  # tokens before a place
_LEAST = 500
_SHOWN = 620  # characters of the passage
_ON_A_SHEET = 60
_BEST = 6  # of a place's candidates, by the voice's own judge
_OTHERS = 2
_SENTENCES = (0, 1, 1, 2, 3)  # which sentence of a continuation is looked at, one as likely as the other
_TEMPERATURES = (0.55, 0.55, 0.65)
_STOP = re.compile(r"[.!?][\"')]*(?= )")
_ITEMS = "items.jsonl"


@dataclass(frozen=True)
class _Item:
    """What stands on a sheet under a number: the passage's end, and what is to be marked."""

    passage: str
    marked: Marked

    def lines(self, number: int) -> Iterator[str]:
        """On the sheet."""
        passage = (self.passage + self.marked.own)[-_SHOWN:].partition(" ")[2]
        yield f"## {number}\n...{passage.replace(PARAGRAPH, ' ¶ ')}\n"
        for letter, sentence in zip("abcdefgh", self.marked.sentences, strict=False):
            yield f"{letter}) {sentence.replace(PARAGRAPH, '¶ ').strip()}"
        yield ""


class _Recorder(CandidateJudge):
    """Remembers what it was asked about last, the best first, and what it has chosen."""

    def __init__(self, voice: Continuer, passage: Floats) -> None:
        super().__init__(voice.judge, voice.runtime.architecture, passage)
        self.asked: list[str] = []
        self.chosen: list[str] = []

    def choose(self, candidates: Sequence[DecodingSequence]) -> DecodingSequence:
        """See `CandidateJudge.choose`."""
        self.asked = [candidates[i].sentence for i in np.argsort(-self.scores(candidates), kind="stable")]
        self.chosen.append(self.asked[0])
        return super().choose(candidates)


def write_candidates(voice: Continuer, request: ContinueRequest, number: int) -> tuple[str, list[str]]:
    """The candidates of a continuation's sentence, the best first, and what was written before it; none if it ended."""
    context = prepare(request.before, voice.voice.tokenizer, request.paragraph)
    _, passage, _ = voice.read_before(request)
    judge = _Recorder(voice, passage)
    writer = SentenceWriter(voice.begin(request, context, request.settings.seed), request.settings.candidates, judge)
    chooser = voice.chooser(request)
    while len(judge.chosen) <= number and (active := writer.active):
        chooser.step(active)
        writer.settle()
    if len(judge.chosen) <= number:
        return "", []
    return "".join(judge.chosen[:number]), list(dict.fromkeys(judge.asked))


def draw_items(voice: Continuer, datasets: Mapping[str, TokenDataset], seed: int) -> Iterator[_Item]:
    """Places from all over the datasets, with candidates there, without end."""
    chance = random.Random(seed)
    tokenizer = voice.voice.tokenizer
    while True:
        kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        number = chance.randrange(len(datasets[kind].starts))
        document = datasets[kind].document(number)[:-1].astype(int)
        if len(document) < 2 * _LEAST:
            continue
        place = chance.randrange(_LEAST, len(document))
        text = tokenizer.decode(document[max(0, place - _CONTEXT) : place])
        ends = [match.end() for match in _STOP.finditer(text) if ends_sentence(text[: match.end()][-40:])]
        if not ends or ends[-1] < _LEAST:
            continue
        before = text[: ends[-1]]
        settings = WritingSettings(
            words=110, seed=chance.randrange(1, 1 << 30), candidates=16, temperature=chance.choice(_TEMPERATURES)
        )
        request = ContinueRequest(0, 0, before, settings=settings, paragraph=PARAGRAPH)
        own, sentences = write_candidates(voice, request, chance.choice(_SENTENCES))
        if len(sentences) < _BEST:
            continue
        others = sentences[_BEST:]
        shown = sentences[:_BEST] + chance.sample(others, min(_OTHERS, len(others)))
        chance.shuffle(shown)
        yield _Item(before[-2 * _SHOWN :], Marked(kind, number, before[-BEHIND:], own, tuple(shown), ()))


def make(chosen: argparse.Namespace) -> None:
    """Writes the sheets, and what they were made of."""
    datasets, _ = read_token_file(chosen.work / TOKENS)
    drawn = draw_items(open_writer(chosen.voice), datasets, chosen.seed)
    items = [next(drawn) for _ in range(chosen.places)]
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with (chosen.folder / _ITEMS).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(item.marked), ensure_ascii=False) + "\n" for item in items)
    for start in range(0, len(items), _ON_A_SHEET):
        sheet = chosen.folder / f"sheet-{start // _ON_A_SHEET + 1:02}.md"
        lines = [line for n, item in enumerate(items[start:][:_ON_A_SHEET], start + 1) for line in item.lines(n)]
        sheet.write_text("\n".join(lines), "utf-8")


def collect(folder: Path, path: Path = MARKED) -> int:
    """Adds what was marked on a folder's sheets; gives how many places that were."""
    rows = [json.loads(line) for line in (folder / _ITEMS).read_text("utf-8").splitlines()]
    marked = []
    for sheet in sorted(folder.glob("sheet-*.txt")):
        for line in sheet.read_text("utf-8").splitlines():
            number, _, marks = line.partition(":")
            item = Marked(**rows[int(number) - 1])
            values = tuple(map(float, marks.split()))
            if len(values) == len(item.sentences):
                marked.append(replace(item, sentences=tuple(item.sentences), marks=values))
    both = [*(read_marked(path) if path.exists() else []), *marked]
    write_marked(sorted(both, key=lambda each: (each.dataset, each.document)), path)
    return len(marked)


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.marking", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="writes sheets")
    making.add_argument("--work", type=Path, required=True, help="the folder of a base training, for its token file")
    making.add_argument("--folder", type=Path, required=True, help="where the sheets go")
    making.add_argument("--voice", default=DEFAULT)
    making.add_argument("--places", type=int, default=600)
    making.add_argument("--seed", type=int, default=1)
    collecting = commands.add_parser("collect", help="adds the marks of a folder's sheets")
    collecting.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "make":
            make(chosen)
        else:
            print(f"{collect(chosen.folder)} places were marked")
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
