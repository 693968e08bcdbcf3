"""Which voices are mixed in and how much, in plain Python: what the desk shows and the settings keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pandemonium.errors import PandemoniumError
from pandemonium.writing.mixing import parse_mix
from pandemonium.writing.runtimes.mixed_runtime import MOST_VOICES

WHOLE = 100  # percent


@dataclass(frozen=True)
class VoiceMix:
    """The voices beside the first one.

    Attributes:
        names: of them, empty where none is chosen; always `MOST_VOICES - 1`.
        percents: the share of each, together at most `WHOLE`.
    """

    names: tuple[str, ...] = ("",) * (MOST_VOICES - 1)
    percents: tuple[int, ...] = (0,) * (MOST_VOICES - 1)

    @classmethod
    def of(cls, setting: Sequence[str], mixable: Sequence[str]) -> VoiceMix:
        """Reads the setting, of which only voices that can be mixed count."""
        try:
            mix: Mapping[str, float] = parse_mix(setting)
        except PandemoniumError:  # written by hand
            mix = {}
        made = cls()
        for place, name in enumerate([name for name in mix if name in mixable][: len(made.names)]):
            made = made.with_name(place, name).with_percent(place, round(WHOLE * mix[name]))
        return made

    @classmethod
    def proposed(cls, mixture: Mapping[str, object], mixable: Sequence[str]) -> VoiceMix:
        """The mixture that a voice's card names, of which only what makes sense and can be mixed counts."""
        shares = {name: share for name, share in mixture.items() if isinstance(share, float) and 0 < share < 1}
        return cls.of([f"{name}={share:.2f}" for name, share in shares.items()], mixable)

    def setting(self) -> tuple[str, ...]:
        """What the settings keep."""
        pairs = zip(self.names, self.percents, strict=True)
        return tuple(f"{name}={percent / WHOLE:.2f}" for name, percent in pairs if name)

    @property
    def first(self) -> int:
        """The share of the first voice."""
        return WHOLE - sum(self.percents)

    def with_name(self, place: int, name: str) -> VoiceMix:
        """Another voice at a place; it stands nowhere else, and keeps the place's share."""
        names = ["" if each == name else each for each in self.names]
        names[place] = name
        percents = [percent if names[at] else 0 for at, percent in enumerate(self.percents)]
        return replace(self, names=tuple(names), percents=tuple(percents))

    def with_percent(self, place: int, percent: int) -> VoiceMix:
        """Another share for a voice: the first gives or takes, and then the other one beside it."""
        percents = list(self.percents)
        percents[place] = max(0, min(WHOLE, percent)) if self.names[place] else 0
        for other in range(len(percents)):
            if other != place:
                percents[other] = min(percents[other], WHOLE - percents[place])
        return replace(self, percents=tuple(percents))

    def with_first(self, percent: int) -> VoiceMix:
        """Another share for the first voice: the others share the rest as they did, or alike where they had nothing."""
        chosen = [at for at, name in enumerate(self.names) if name]
        if not chosen:
            return self
        rest = WHOLE - max(0, min(WHOLE, percent))
        before = sum(self.percents)
        percents = [0] * len(self.percents)
        for at in chosen:
            percents[at] = rest * self.percents[at] // before if before else rest // len(chosen)
        percents[chosen[0]] += rest - sum(percents)
        return replace(self, percents=tuple(percents))
