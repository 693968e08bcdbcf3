"""What the wizard says: obstacles, times, speeds and curves in a writer's words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from pandemonium.desktop.features.training.drop_preview import DropPreview
from pandemonium.desktop.features.training.training_progress import Progress
from pandemonium.desktop.features.training.wizard_flow import Flow, Obstacle, Way
from pandemonium.text.language import language_name
from pandemonium.text.sentences import capitalized
from pandemonium.training.personal.presets import LEAST_CHARACTERS

_AROUND = 3  # minutes that reading, preparing and comparing take


def _tr(text: str) -> str:
    return QCoreApplication.translate("Training", text)


def counted(number: int, one: str, many: str) -> str:
    """ "1 text" or "31 texts"; `many` has an {n}."""
    return one if number == 1 else many.format(n=f"{number:,}")


def format_texts(number: int) -> str:
    """How many texts."""
    return counted(number, _tr("1 text"), _tr("{n} texts"))


def format_drop(found: DropPreview, *, busy: bool) -> str:
    """What would happen if this were dropped; empty where it is a document to open."""
    match found.kind:
        case "voice":
            return _tr("Add the voice '{name}' to your library?").format(name=found.name)
        case "texts" if busy:
            return _tr("A voice is learning already. One at a time.")
        case "texts":
            number = (_tr("more than {texts}") if found.more else "{texts}").format(texts=format_texts(found.texts))
            return _tr("Train a voice on '{name}' ({number})?").format(name=found.name, number=number)
        case _:
            return ""


def format_obstacle(obstacle: Obstacle | None, flow: Flow) -> str:
    """Why one cannot go on, or nothing."""
    match obstacle:
        case Obstacle.NO_TEXTS:
            return _tr("Add a folder of your texts first.")
        case Obstacle.STILL_READING:
            return _tr("Your texts are being read.")
        case Obstacle.NOTHING_KEPT:
            return _tr("Nothing is kept, so there is nothing to learn from.")
        case Obstacle.NO_NAME:
            return _tr("Give the voice a name.")
        case Obstacle.IMPOSSIBLE_NAME:
            return _tr("A voice cannot be called that: use letters, digits, spaces and hyphens.")
        case Obstacle.TAKEN_NAME:
            return _tr("There is a voice of that name already.")
        case Obstacle.NO_BASE:
            return _tr("There is no voice to start from. Install Pandemonium again.")
        case Obstacle.TOO_LITTLE_ALONE:
            return _tr("That is too little text for a voice of its own.")
        case _:
            return ""


def format_way(flow: Flow) -> str:
    """What will happen with these texts where it is not the usual thing."""
    base = flow.base.name if flow.base else ""
    language = language_name(flow.selection.language) if flow.selection else ""
    values = {"n": f"{flow.characters:,}", "least": f"{LEAST_CHARACTERS:,}", "base": base, "language": language}
    values["recipe"] = flow.recipe.about if flow.recipe else ""
    match flow.way:
        case Way.REMEMBERS:
            text = _tr(
                "You have {n} characters here; a voice needs {least} to learn from. So nothing is trained: the new "
                "voice is '{base}' with your texts in its memory, and calls their words and names back as it writes. "
                "That takes a minute. Add more texts, and it can learn."
            )
        case Way.ALONE if flow.alone and flow.recipe is not None:
            text = "{recipe}"
        case Way.ALONE if flow.alone:
            text = _tr(
                "The new voice learns from your texts alone, from nothing: take the longest time, and give it as much "
                "text as you have. '{base}' is only compared with."
            )
        case Way.IMPOSSIBLE if flow.alone:
            text = _tr(
                "{n} characters are too few to learn from alone: a voice of its own needs {least}. Add more texts, or "
                "let it start from '{base}'."
            )
        case Way.ALONE:
            text = _tr(
                "Your texts are in {language}, which '{base}' does not write. The new voice learns from your "
                "texts alone, from nothing: take the longest time, and give it as much text as you have."
            )
        case Way.IMPOSSIBLE:
            text = _tr(
                "Your texts are in {language}, which '{base}' does not write, and {n} characters are too few to "
                "learn a language from: a voice of its own needs {least}. Add more texts, or choose another base voice."
            )
        case _:
            text = ""
    return text.format(**values)


def format_passes(flow: Flow, tokens_per_second: float) -> str:
    """What the planned minutes are worth on this machine."""
    if flow.minutes == 0:
        return _tr("It reads your texts again and again, and stops by itself once your held-out pages gain no more.")
    passes = flow.passes(tokens_per_second)
    ready = _tr("It will be ready at about {time}, or earlier if it stops improving.").format(
        time=(datetime.now() + timedelta(minutes=flow.minutes + _AROUND)).strftime("%H:%M")
    )
    if passes < 0.95:
        said = _tr("In that time this machine reads about {n} % of your texts. Longer would be better.")
        return f"{said.format(n=max(1, round(100 * passes)))} {ready}"
    times = _tr("once") if passes < 1.5 else _tr("{n} times").format(n=f"{passes:.0f}")
    if passes > 40:
        said = _tr("This machine reads your texts {times} in that time: fewer minutes would do, and copy less.")
    else:
        said = _tr("In that time this machine reads your texts about {times}.")
    return f"{said.format(times=times)} {ready}"


def format_time(seconds: float) -> str:
    """A stretch of time in words."""
    minutes = seconds / 60
    if minutes < 0.75:
        return _tr("less than a minute")
    if minutes < 1.5:
        return _tr("about a minute")
    if minutes < 55:
        return _tr("about {n} minutes").format(n=round(minutes))
    hours = minutes / 60
    return _tr("about an hour") if hours < 1.25 else _tr("about {n} hours").format(n=f"{hours:.1f}".removesuffix(".0"))


def format_phase(progress: Progress, *, pausing: bool, stopping: bool) -> str:
    """What the training does at this moment."""
    if stopping and not progress.is_over and progress.phase not in ("judging", "tuning"):
        return _tr("It stops, and keeps the best that it has learned.")
    match progress.phase:
        case "paused":
            return progress.waits_for or _tr("Paused. The processor is yours.")
        case "starting":
            return _tr("It gets ready.")
        case "reading":
            return _tr("It reads your texts.")
        case "beginning":
            return _with_share(_tr("It looks for where to begin."), progress)
        case "replay":
            said = _tr("The base voice writes down what must not be forgotten. That takes a minute or two.")
            return _with_share(said, progress)
        case "learning":
            return _tr("It will pause in a moment.") if pausing else _format_learning(progress)
        case "tuning":
            return _with_share(_tr("Tuning how often it uses your words…"), progress)
        case "judging":
            return _with_share(_tr("It compares both voices on your held-out pages."), progress)
        case "failed":
            return _tr("The training could not go on.")
        case "lost":
            return _tr("The training was cut off. What it had learned is kept; it can go on from there.")
        case "done":
            return _tr("Done.")
        case _:
            return ""


def _format_learning(progress: Progress) -> str:
    """How long it goes on learning."""
    if progress.seconds_left is None:
        return _tr("It learns, and stops by itself once nothing more is gained.")
    time = format_time(progress.seconds_left)
    if progress.eased_at is None:
        return _tr("{time} left").format(time=capitalized(time))
    return _tr("It gains no more, and is polished from its best state: {time} left").format(time=time)


def _with_share(said: str, progress: Progress) -> str:
    """A sentence with how much of its work is done, in percent, where that is known."""
    return said if progress.share is None else f"{said}  {round(100 * progress.share)} %"


def format_speed(progress: Progress) -> str:
    """How fast it learns, how long it has, and what it began with where that may surprise."""
    parts = []
    if progress.speed:
        parts.append(_tr("{n} sub-words a second").format(n=f"{progress.speed:,.0f}"))
    if progress.seconds >= 60:
        parts.append(_tr("{time} of learning so far").format(time=format_time(progress.seconds)))
    if progress.passes >= 1.5:
        parts.append(_tr("your texts about {n} times in all").format(n=f"{progress.passes:.0f}"))
    if progress.between:
        base, foundation = map(capitalized, progress.between)
        parts.append(_tr("begun between {base} and {foundation}").format(base=base, foundation=foundation))
    return "   ·   ".join(parts)


def format_end(result: dict[str, Any], minutes: float) -> str:
    """That the learning ended before its time, and when the gain did; empty where it did not.

    Args:
        result: as in `result.json`.
        minutes: planned; 0 until it stops improving.
    """
    if result.get("ended") != "no gain":
        return ""
    eased = result.get("eased_at")
    after = float(result.get("seconds") or 0.0 if eased is None else eased) / 60
    number = f"{after:.0f}" if after >= 2 else f"{after:.1f}".removesuffix(".0")
    if minutes:
        time = _tr("{n} of {minutes} minutes").format(n=number, minutes=f"{minutes:g}")
    else:
        time = counted(1 if number == "1" else 2, _tr("1 minute"), _tr("{n} minutes").replace("{n}", number))
    if eased is None:
        return _tr("It stopped improving after {time}, and its best state is kept.").format(time=time)
    return _tr("It stopped improving after {time}, and was polished from its best state.").format(time=time)


def format_gain(result: dict[str, Any]) -> str:
    """Before and after in one sentence with its numbers."""
    before = float(result.get("before") or 0)
    after = float(result.get("after") or 0)
    if (counted := result.get("counted")) is not None:
        said = _tr("Your held-out pages: {after} bits a character; counting letters alone gives {counted}.")
        return said.format(after=f"{after:.2f}", counted=f"{float(counted):.2f}")
    said = _tr("Your held-out pages: {before} bits a character before, {after} after ({change}).")
    change = 100 * (after / before - 1) if before else 0.0
    number = f"{change:+.1f} %".replace("-", "\u2212") if abs(change) >= 0.05 else _tr("no change")
    return said.format(before=f"{before:.2f}", after=f"{after:.2f}", change=number)


def format_copying(result: dict[str, Any]) -> str:
    """How much of what it writes stands in the texts it learned from."""
    share = 100 * float(result.get("copied_8") or 0)
    run = int(result.get("longest_run") or 0)
    said = _tr("Of all runs of eight words that it writes, {share} % stand in your texts.").format(share=f"{share:.1f}")
    if run:
        source = str(result.get("longest_from") or "").replace("\\", "/").rsplit("/", 1)[-1]
        words = _tr("The longest run taken over has {n} words: “{run}”").format(n=run, run=result.get("longest") or "")
        said += " " + words + (_tr(" (from {file}).").format(file=source) if source else ".")
    return said
