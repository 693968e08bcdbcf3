"""The figures as a table for docs/performance.md: goal, measured, and the alternative of the same run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: is measured.
        goal: in words.
        part, name: where the figure lies.
        met: tells whether the goal is met, from the figure and all others.
        alternative: says beside what it was measured; its figure stands under `beside`.
        unit: of both.
        beside: the name of the alternative's figure in the same part; empty where there is none.
    """

    what: str
    goal: str
    part: str
    name: str
    met: Callable[[float, Figures], bool]
    alternative: str = ""
    unit: str = ""
    beside: str = ""


def _under(most: float) -> Callable[[float, Figures], bool]:
    return lambda value, _: value < most


def _other(part: str, name: str, share: float) -> Callable[[float, Figures], bool]:
    """The figure is at most `share` of another one."""
    return lambda value, all_: value <= share * all_[part].get(name, float("inf"))


ROWS = (
    Row(
        "one step, beside the memory floor",
        "at most 1.3 floors",
        "writing",
        "step_ms",
        _other("writing", "floor_ms", 1.3),
        "int8 bytes at the memory's rate",
        "ms",
        "floor_ms",
    ),
    Row(
        "one step, beside plain torch",
        "a twelfth of it",
        "writing",
        "step_ms",
        _other("writing", "torch_float_step_ms", 1 / 12),
        "float32 torch",
        "ms",
        "torch_float_step_ms",
    ),
    Row(
        "one step, with another number of threads",
        "not slower",
        "writing",
        "step_ms",
        _other("writing", "other_thread_count_step_ms", 1.1),
        "the other number",
        "ms",
        "other_thread_count_step_ms",
    ),
    Row(
        "writing, a page as it is set at first",
        "600 characters/s",
        "writing",
        "characters_per_second",
        lambda value, _: value >= 600,
        "one candidate a sentence",
        "characters/s",
        "single_characters_per_second",
    ),
    Row(
        "a sentence with its candidates",
        "-",
        "writing",
        "sentence_ms",
        lambda *_: True,
        "one candidate",
        "ms",
        "single_sentence_ms",
    ),
    Row("four alternatives, to one", "at most 1.6", "writing", "four_alternatives_ratio", _under(1.6001)),
    Row("eight, to one", "at most 2", "writing", "eight_alternatives_ratio", _under(2.0001)),
    Row("three choices, to one continuation", "-", "writing", "three_choices_ratio", lambda *_: True),
    Row(
        "one step, beside the first voices' network",
        "-",
        "writing",
        "step_ms",
        lambda *_: True,
        "two plain layers of 768",
        "ms",
        "plain_network_step_ms",
    ),
    Row("sampling and decoding, a sub-word", "under 0.4 ms", "writing", "overhead_ms", _under(0.4), unit="ms"),
    Row("Continue to first piece, 500 words", "under 400 ms", "first_piece", "cold_ms", _under(400), unit="ms"),
    Row("the same, nothing changed", "under 30 ms", "first_piece", "unchanged_ms", _under(30), unit="ms"),
    Row("the same, of a page as it is set at first", "under 400 ms", "first_piece", "page_ms", _under(400), unit="ms"),
    Row("the same, as long as is ever read", "under 400 ms", "first_piece", "longest_cold_ms", _under(400), unit="ms"),
    Row(
        "elsewhere in a manuscript of 500,000 words that was read",
        "under 100 ms",
        "first_piece",
        "jump_ms",
        _under(100),
        "not read",
        "ms",
        "jump_unread_ms",
    ),
    Row(
        "the same, of a page as it is set at first, led to the text behind",
        "under 400 ms",
        "first_piece",
        "jump_page_ms",
        _under(400),
        unit="ms",
    ),
    Row(
        "such a jump in a new process",
        "under 100 ms",
        "first_piece",
        "jump_new_process_ms",
        _under(100),
        "not read",
        "ms",
        "jump_unread_ms",
    ),
    Row(
        "500 words behind an edit",
        "-",
        "first_piece",
        "after_edit_ms",
        lambda *_: True,
        "not read",
        "ms",
        "jump_unread_ms",
    ),
    Row(
        "bits a character of the guide, with the draft's memory",
        "less than without",
        "draft_memory",
        "bits_per_character",
        _other("draft_memory", "bits_per_character_without", 1.0),
        "without",
        "",
        "bits_per_character_without",
    ),
    Row("what that costs a sub-word", "under 1 ms", "draft_memory", "cost_ms", _under(1), unit="ms"),
    Row(
        "reading",
        "4 times step by step",
        "reading",
        "tokens_per_second",
        lambda value, all_: value >= 4 * all_["reading"]["step_by_step_tokens_per_second"],
        "step by step",
        "sub-words/s",
        "step_by_step_tokens_per_second",
    ),
    Row("start to a window that takes typing", "under 1.0 s", "start", "window_s", _under(1.0), unit="s"),
    Row("until the voice is there", "under 0.5 s", "start", "voice_s", _under(0.5), unit="s"),
    Row("window, 2,000 words, voice", "under 300 MB", "memory", "window_mb", _under(300), unit="MB"),
    Row(
        "the same after a training",
        "back at that",
        "memory",
        "after_training_mb",
        lambda value, all_: value < 1.1 * all_["memory"]["after_writing_mb"],
        "after writing",
        "MB",
        "after_writing_mb",
    ),
    Row(
        "longest stall, by the clock",
        "under 50 ms",
        "window",
        "longest_stall_ms",
        _under(50),
        "processor time",
        "ms",
        "longest_stall_cpu_ms",
    ),
    Row(
        "a key, median",
        "under 16 ms",
        "window",
        "typing_median_ms",
        _under(16),
        "processor time",
        "ms",
        "typing_median_cpu_ms",
    ),
    Row(
        "training",
        "the plain loop's",
        "training",
        "tokens_per_second",
        lambda value, all_: value >= all_["training"]["plain_lstm_tokens_per_second"],
        "plain nn.LSTM loop",
        "sub-words/s",
        "plain_lstm_tokens_per_second",
    ),
    *(
        row
        for kind, seconds in (("txt", 3), ("md", 3), ("docx", 15))
        for row in (
            Row(
                f"500,000 words of {kind}, first page",
                f"under {seconds} s",
                f"editor_{kind}",
                "first_page_s",
                _under(seconds),
                "processor time",
                "s",
                "first_page_cpu_s",
            ),
            Row(
                f"a key in it ({kind}), median",
                "under 16 ms",
                f"editor_{kind}",
                "typing_median_ms",
                _under(16),
                "processor time",
                "ms",
                "typing_median_cpu_ms",
            ),
            Row(
                f"a key in it ({kind}), worst",
                "under 50 ms",
                f"editor_{kind}",
                "typing_worst_ms",
                _under(50),
                "processor time",
                "ms",
                "typing_worst_cpu_ms",
            ),
            Row(
                f"memory with it ({kind}), voice included",
                "under 400 MB",
                f"editor_{kind}",
                "memory_mb",
                _under(400),
                "before it was opened",
                "MB",
                "memory_before_mb",
            ),
        )
    ),
)


def markdown(machine: Mapping[str, object], figures: Figures) -> str:
    """Gives the machine and every figure that was measured as Markdown."""
    lines = ["| what | goal | measured | | beside it |", "| --- | --- | --- | --- | --- |"]
    for row in ROWS:
        part = figures.get(row.part, {})
        if row.name not in part:
            continue
        value = float(part[row.name])
        beside = f"{_format_value(float(part[row.beside]), row.unit)} ({row.alternative})" if row.beside in part else ""
        met = "" if row.goal == "-" else "met" if row.met(value, figures) else "not met"
        lines.append(f"| {row.what} | {row.goal} | {_format_value(value, row.unit)} | {met} | {beside} |")
    about = [f"- {name}: {_plain(value)}" for name, value in machine.items()]
    return "\n".join([*about, "", *lines])


def _format_value(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
