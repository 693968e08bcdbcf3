"""A recipe: a small TOML file that says what a voice from scratch is made of and how it learns. Knows no torch.

Recipes lie in the program's `resources/recipes/` and in the user's `recipes/`; a file anywhere else is named by its
path. A recipe may have variants, tables of changes: `strika-2019:published`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

from pandemonium import paths
from pandemonium.errors import TrainingError
from pandemonium.regular_files import read_regular
from pandemonium.voice.units import UNITS, Unit

Cell = Literal["lstm", "gru", "bidirectional"]
Framing = Literal["next", "one-to-one", "many-to-one", "one-to-many", "blocks"]
Reset = Literal["window", "paragraph", "chapter", "text"]
Method = Literal["adam", "adamw", "rmsprop", "adadelta", "sgd"]
Shape = Literal["constant", "linear", "cosine", "exponential"]

SUFFIX = ".toml"
_LARGEST = 1 << 20  # bytes of a recipe
_HINT = "See resources/recipes/ for recipes to start from."
_CHOICES: dict[str, tuple[str, ...]] = {
    "unit": UNITS,
    "cell": get_args(Cell),
    "framing": get_args(Framing),
    "reset": get_args(Reset),
    "name": get_args(Method),
    "shape": get_args(Shape),
}
_LIMITS: dict[str, tuple[float, float]] = {
    "layers": (1, 8),
    "width": (1, 4096),
    "embedding": (1, 4096),
    "vocabulary": (300, 60_000),
    "least": (1, 1000),
    "window": (1, 1024),
    "batch": (1, 1024),
    "dropout": (0, 0.9),
    "weight_decay": (0, 1),
    "average": (1, 1e9),
    "rate": (1e-7, 10),
    "share": (0.01, 1),
    "end": (1e-6, 1),
    "temperature": (0.1, 2),
    "top_p": (0.05, 1),
}


@dataclass(frozen=True)
class Network:
    """What is built.

    Attributes:
        unit: what a piece is.
        layers: how many recurrent layers.
        width: units of each.
        embedding: width of a piece's vector; the output layer shares it.
        cell: "lstm"; "gru" and "bidirectional" are experiments, of which no voice can be made.
        vocabulary: pieces at most; characters take what they need.
        least: how often a word must occur to be a piece; rarer ones are spelled.
    """

    unit: Unit
    layers: int
    width: int
    embedding: int
    cell: Cell = "lstm"
    vocabulary: int = 8192
    least: int = 2


@dataclass(frozen=True)
class Learning:
    """How it reads.

    Attributes:
        framing: what is predicted from what. "next": after each piece the next one. "one-to-one": the same, but no
            gradient goes further back than one piece. "many-to-one": after a whole window the one piece behind it.
            "one-to-many": from one piece a whole window, each step fed with the network's own guess. "blocks": from a
            window all of the next one, an experiment.
        window: pieces a sequence and step.
        batch: sequences.
        reset: where the state is forgotten: behind each window, paragraph, chapter, or text.
        dropout: between the layers.
        weight_decay: of the weights, a step and unit of rate.
        average: pieces that the averaged weights look back over; 1 takes the weights as they are.
    """

    framing: Framing
    window: int
    batch: int
    reset: Reset = "window"
    dropout: float = 0.0
    weight_decay: float = 0.0
    average: float = 1.0


@dataclass(frozen=True)
class Phase:
    """One optimizer, for a share of the time.

    Attributes:
        name: of the method.
        rate: its learning rate where the phase begins.
        share: of the training's time.
        shape: how the rate goes to its end.
        end: the rate's factor where the phase ends.
    """

    name: Method
    rate: float
    share: float = 1.0
    shape: Shape = "constant"
    end: float = 1.0

    def factor(self, progress: float) -> float:
        """The rate's factor at `progress` (0 to 1) of the phase."""
        from math import cos, pi

        match self.shape:
            case "linear":
                return 1 + (self.end - 1) * progress
            case "cosine":
                return self.end + (1 - self.end) * (1 + cos(pi * progress)) / 2
            case "exponential":
                return float(self.end**progress)
        return 1.0


@dataclass(frozen=True)
class Sampling:
    """How a voice of this recipe is let write when nothing else is asked for."""

    temperature: float = 0.8
    top_p: float = 0.9


@dataclass(frozen=True)
class Recipe:
    """A recipe, read and checked.

    Attributes:
        name: of its file, with its variant.
        title: what it comes from.
        about: what it is, in a sentence or two.
        network: what is built.
        training: how it reads.
        phases: its optimizers, one after the other.
        sampling: how it writes.
    """

    name: str
    title: str
    about: str
    network: Network
    training: Learning
    phases: tuple[Phase, ...]
    sampling: Sampling = Sampling()

    @property
    def why_no_voice(self) -> str:
        """Why no voice can come of it, as a sentence; empty where one can."""
        if self.network.cell == "bidirectional":
            return (
                "A bidirectional network reads what comes next as well, and that is not written yet: it cannot go on."
            )
        if self.network.cell == "gru":
            return "A voice is an LSTM; a GRU is trained here only to be compared."
        if self.training.framing == "blocks":
            return (
                "It foresees a whole block at once, each character without knowing the one before it: it cannot go on."
            )
        return ""

    def to_dict(self) -> dict[str, Any]:
        """For the job folder and the card."""
        values = asdict(self)
        values["phases"] = list(values["phases"])
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        """Reads what `to_dict` gave.

        Raises:
            TrainingError: it is no recipe.
        """
        return _Maker(str(values.get("name", ""))).make(values)

    @classmethod
    def read(cls, path: Path, variant: str = "") -> Recipe:
        """Reads a recipe's file.

        Raises:
            TrainingError: it is missing, is no TOML, has a wrong key or an impossible value, or no such variant.
        """
        name = path.stem + (f":{variant}" if variant else "")
        values = _table(path)
        variants = values.pop("variants", {})
        if variant:
            if variant not in variants:
                known = ", ".join(f"{path.stem}:{each}" for each in variants) or "none"
                raise TrainingError(f"The recipe '{path.stem}' has no variant '{variant}'.", f"Its variants: {known}.")
            for key, value in variants[variant].items():
                values[key] = {**values[key], **value} if isinstance(value, dict) and key in values else value
        return _Maker(name).make({**values, "name": name})


def find_recipe(name: str) -> Recipe:
    """Reads the recipe called `name`, with its variant behind a colon, or the file at a path that ends in .toml.

    Raises:
        TrainingError: there is none, or it cannot be used.
    """
    stem = name
    variant = ""
    if not name.endswith(SUFFIX) and ":" in name:
        stem, _, variant = name.rpartition(":")
    if stem.endswith(SUFFIX):
        return Recipe.read(Path(stem), variant)
    for folder in _folders():
        if stem and (path := folder / f"{Path(stem).name}{SUFFIX}").is_file() and _is_recipe(path):
            return Recipe.read(path, variant)
    known = ", ".join(path.stem for path in _files())
    raise TrainingError(f"There is no recipe '{name}'.", f"There are {known}; or name a {SUFFIX} file.")


def known_recipes() -> list[Recipe]:
    """The recipes of which a voice can be made, the program's own first; a broken file of the user's is passed over."""
    found = []
    for path in _files():
        try:
            recipe = Recipe.read(path)
        except TrainingError:
            continue
        if not recipe.why_no_voice:
            found.append(recipe)
    return found


def recipe_names() -> list[str]:
    """The names of all recipes and of their variants."""
    names = []
    for path in _files():
        names += [path.stem, *(f"{path.stem}:{variant}" for variant in _table(path).get("variants", {}))]
    return names


def _folders() -> list[Path]:
    return [paths.resources() / "recipes", paths.user_data() / "recipes"]


def _files() -> list[Path]:
    return [path for folder in _folders() for path in sorted(folder.glob(f"*{SUFFIX}")) if _is_recipe(path)]


def _is_recipe(path: Path) -> bool:
    """The bundled voice's own recipe is one of another kind."""
    try:
        return "main" not in _table(path)
    except TrainingError:
        return True


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_regular(path, _LARGEST).decode("utf-8"))
    except FileNotFoundError as error:
        raise TrainingError(f"There is no recipe {path}.", "Check its name.") from error
    except OSError as error:
        raise TrainingError(f"The recipe {path} cannot be read: {error.strerror}.", "Check the file.") from error
    except (ValueError, RecursionError) as error:  # no TOML, or no UTF-8
        raise TrainingError(f"The recipe {path.name} is no TOML file: {error}.", _HINT) from error


class _Maker:
    """Makes a recipe of a table of values, and says what is wrong with it in one sentence."""

    def __init__(self, name: str) -> None:
        self._name = name

    def make(self, values: dict[str, Any]) -> Recipe:
        known = {each.name for each in fields(Recipe)}
        for key in values:
            if key not in known:
                self._fail(f"does not know '{key}'", f"It has {', '.join(sorted(known - {'name'}))}.")
        phases = values.get("phases")
        if not isinstance(phases, list) or not phases:
            self._fail("has no [[phases]]", "Each is an optimizer's name and rate.")
        recipe = Recipe(
            self._name,
            self._text(values, "title"),
            self._text(values, "about"),
            self._part(Network, values, "network"),
            self._part(Learning, values, "training"),
            tuple(self._fields(Phase, phase, "phases") for phase in phases),
            self._part(Sampling, {"sampling": {}, **values}, "sampling"),
        )
        if abs(sum(phase.share for phase in recipe.phases) - 1) > 0.01:
            self._fail("has phases whose shares do not sum to 1", "Mend their 'share'.")
        if recipe.training.framing == "many-to-one" and recipe.training.reset != "window":
            self._fail("is many-to-one, which reads each window anew", 'Write reset = "window".')
        return recipe

    def _text(self, values: dict[str, Any], key: str) -> str:
        value = values.get(key, "")
        if not isinstance(value, str):
            self._fail(f"has a '{key}' that is no text", "Put it into quotes.")
        return str(value)

    def _part(self, kind: type[Any], values: dict[str, Any], key: str) -> Any:
        if key not in values:
            self._fail(f"has no [{key}]", _HINT)
        return self._fields(kind, values[key], key)

    def _fields(self, kind: type[Any], values: Any, table: str) -> Any:
        if not isinstance(values, dict):
            self._fail(f"has a '{table}' that is no table", _HINT)
        known = {each.name: each for each in fields(kind)}
        for key in values:
            if key not in known:
                self._fail(f"does not know '{key}' in [{table}]", f"It has {', '.join(known)}.")
        for key, each in known.items():
            if key not in values and each.default is MISSING:
                self._fail(f"has no '{key}' in [{table}]", _HINT)
        return kind(**{key: self._value(key, value, known[key].type) for key, value in values.items()})

    def _value(self, key: str, value: Any, kind: Any) -> Any:
        if key in _CHOICES:
            if value not in _CHOICES[key]:
                self._fail(f"cannot have {key} = {value!r}", f"It is one of {', '.join(_CHOICES[key])}.")
            return value
        low, high = _LIMITS[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            self._fail(f"cannot have {key} = {value!r}", f"It lies between {low:,g} and {high:,g}.")
        if kind == "int" and value != int(value):
            self._fail(f"cannot have {key} = {value!r}", "It is a whole number.")
        convert: Callable[[Any], Any] = int if kind == "int" else float
        return convert(value)

    def _fail(self, what: str, hint: str) -> NoReturn:
        raise TrainingError(f"The recipe '{self._name}' {what}.", hint)
