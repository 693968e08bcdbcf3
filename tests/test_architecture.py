"""Holds the table of docs/architecture.md: who may enter which room, and what each module owes its reader."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from pandemonium.documents.collecting import without_collecting

APP = Path(__file__).resolve().parent.parent / "app"
PACKAGE = APP / "pandemonium"

# pandemonium's own foundation: every room stands on it, and its parts on each other.
FOUNDATION = frozenset({"errors", "paths", "settings", "atomic", "regular_files"})
EVERY_ROOM = frozenset(
    {"text", "documents", "voice", "writing", "training", "benchmark", "web", "desktop", "cli", "pandemonium"}
)
QT = frozenset({"PySide6", "shiboken6", "qasync"})
FORMATS = frozenset({"charset_normalizer", "lxml", "markdown_it", "mdit_py_plugins", "pypdf"})


@dataclass(frozen=True)
class Room:
    """What a room may enter beside itself and the foundation, and which packages of others it may use."""

    rooms: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()


FOUNDATION_ROOM = Room(packages=frozenset({"platformdirs", "tomli_w"}))
TABLE = {
    "pandemonium": Room(),
    "errors": FOUNDATION_ROOM,
    "paths": FOUNDATION_ROOM,
    "settings": FOUNDATION_ROOM,
    "atomic": FOUNDATION_ROOM,
    "regular_files": FOUNDATION_ROOM,
    "text": Room(packages=frozenset({"hunspell", "py3langid", "regex"})),
    "documents": Room(frozenset({"text"}), FORMATS),
    "voice": Room(frozenset({"text"}), frozenset({"numpy", "tokenizers", "safetensors"})),
    "writing": Room(frozenset({"voice", "text"}), frozenset({"numpy", "onnxruntime", "psutil"})),
    "training": Room(
        frozenset({"voice", "text", "documents", "writing"}),
        frozenset({"numpy", "psutil", "safetensors", "torch"}),
    ),
    "benchmark": Room(
        frozenset({"voice", "text", "documents", "writing", "training", "desktop"}),
        QT | {"numpy", "psutil", "torch"},
    ),
    "web": Room(frozenset({"voice", "text", "writing"}), frozenset({"numpy"})),
    "desktop": Room(EVERY_ROOM - {"cli", "benchmark"}, QT | {"numpy", "psutil"}),
    "cli": Room(EVERY_ROOM, QT | {"numpy", "psutil"}),
    "__main__": Room(frozenset({"cli"})),
}
# The parts of the window, the lowest first: each may enter those before it, the shell only `core`. A feature is a
# folder of `features/`, and may enter the features that are named here for it; what all of them share lies in
# `features/`.
PARTS = ("core", "editor", "shell", "features", "app")
FEATURES: dict[str, frozenset[str]] = {
    "page": frozenset(),
    "files": frozenset(),
    "outline": frozenset(),
    "goals": frozenset(),
    "writing_aids": frozenset(),
    "messages": frozenset(),
    "find": frozenset(),
    "generation": frozenset(),
    "joining": frozenset({"generation"}),
    "suggestions": frozenset({"generation"}),
    "reading": frozenset({"generation"}),
    "next_words": frozenset({"generation"}),
    "choices": frozenset({"generation"}),
    "generation_panel": frozenset({"generation", "choices"}),
    "mixing": frozenset({"generation"}),
    "cast": frozenset({"generation"}),
    "copied": frozenset({"generation"}),
    "spelling": frozenset({"cast"}),
    "formatting": frozenset(),
    "authorship": frozenset(),
    "insight": frozenset({"generation", "outline"}),
    "recovery": frozenset(),
    "library": frozenset({"generation"}),
    "training": frozenset({"generation"}),
    "printing": frozenset(),
    "preferences": frozenset(),
    "help": frozenset(),
    "first_start": frozenset({"generation"}),
}
# What lies in other rooms, the lowest first: folders and files, each of which may enter those before it.
FLOORS = {
    "writing": (
        "runtimes",
        "reading",
        "request",
        "mixing",
        "recipe",
        "sampling",
        "decoding",
        "continuer",
        "manuscript",
        "ranking",
        "measuring",
        "insight",
        "rewriting",
        "responding",
        "worker",
    ),
    "training": ("recipe", "network", "job", "reading", "material", "smallest", "personal", "recipes", "running"),
}
# One module is allowed what its room is not.
EXCEPTIONS = {"pandemonium.writing.runtimes.gpu_runtime": frozenset({"torch"})}

# What a class keeps of its own. One that needs more fields than these wants to be two; those that have more today may
# not grow. (A function's ways are counted by ruff, C901.)
MOST_FIELDS = 20
MORE_FIELDS = {
    "pandemonium.desktop.features.find.find_bar.FindBar": 24,
    "pandemonium.desktop.features.training.wizard.TrainingWizard": 25,
    "pandemonium.documents.formats.docx.file.DocxFile": 21,
    "pandemonium.settings.tree.WritingSettings": 22,  # a table: an option of the command line each
    "pandemonium.text.style.StyleFigures": 21,
    "pandemonium.training.personal.loop.PersonalTraining": 24,
    "pandemonium.writing.decoding.sequence.DecodingSequence": 33,
    "pandemonium.writing.sampling.token_table.TokenTable": 22,
}


@dataclass(frozen=True)
class Import:
    """One import: the module that asks, the dotted name asked for, its line, and when it happens."""

    module: str
    target: str
    line: int
    on_import: bool

    def __str__(self) -> str:
        return f"{self.module}, line {self.line}: {self.target}"


def module_name(path: Path) -> str:
    parts = path.relative_to(APP).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@pytest.fixture(scope="module", autouse=True)
def whole_trees() -> Iterator[None]:
    """Half a million nodes that stay: the collector would look at all of them again and again."""
    with without_collecting():
        yield


@cache
def parsed(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and last_name(node.test) == "TYPE_CHECKING"


def last_name(node: ast.AST) -> str:
    """The name that an expression ends with: "c" of `a.b.c`; empty where it is no name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@cache
def imports_of(module: str) -> tuple[Import, ...]:
    """Every import of a module, wherever it stands; `on_import` tells those that run as the module is imported."""
    found: list[Import] = []

    def visit(node: ast.AST, on_import: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend(Import(module, alias.name, node.lineno, on_import) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.append(Import(module, whole if whole in MODULES else str(node.module), node.lineno, on_import))
        elif isinstance(node, ast.Call) and last_name(node.func) == "import_module":
            named = [each.value for each in node.args if isinstance(each, ast.Constant)]
            found.extend(Import(module, str(name), node.lineno, on_import) for name in named)
        later = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) or is_type_checking(node)
        for child in ast.iter_child_nodes(node):
            visit(child, on_import and not later)

    visit(parsed(module), True)
    return tuple(found)


def loaded_by(module: str) -> set[str]:
    """Every module, ours or another's, that importing `module` imports as far as our own code says."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in MODULES:
            waiting += [each.target for each in imports_of(name) if each.on_import]
        if "." in name:
            waiting.append(name.rpartition(".")[0])
    return seen


def allowed(each: Import) -> bool:
    top = each.target.split(".")[0]
    room = TABLE[room_of(each.module)]
    if top == "pandemonium":
        target = room_of(each.target)
        return target in room.rooms | FOUNDATION | {room_of(each.module), "pandemonium"}
    packages = room.packages | EXCEPTIONS.get(each.module, frozenset())
    return top in sys.stdlib_module_names or top in packages


def test_enters_only_the_rooms_it_may() -> None:
    assert {room_of(module) for module in MODULES} <= TABLE.keys(), "a room that the table does not know"
    assert [str(each) for module in MODULES for each in imports_of(module) if not allowed(each)] == []


def test_no_modules_need_each_other_in_a_circle() -> None:
    """Not even where an import waits for a call, or is there for types alone."""
    needs = {module: {each.target for each in imports_of(module)} & MODULES.keys() for module in MODULES}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(reversed(error.args[1]))) from None


def window_part(module: str) -> tuple[str, str]:
    """The part of desktop/ that a module lies in, and the feature where it is one's."""
    names = module.split(".")[2:]
    feature = names[1] if names[:1] == ["features"] and len(names) > 1 and names[1] in FEATURES else ""
    return (names[0] if names else "", feature)


DESKTOP = [name for name in MODULES if room_of(name) == "desktop"]


def test_no_part_of_the_window_reaches_upward() -> None:
    for module in DESKTOP:
        part, feature = window_part(module)
        if module == "pandemonium.desktop":
            continue
        assert part in PARTS, f"desktop/ has no part '{part}'"
        for each in imports_of(module):
            if each.target.startswith("pandemonium.desktop."):
                below, other = window_part(each.target)
                assert PARTS.index(below) <= PARTS.index(part), str(each)
                assert (part, below) != ("shell", "editor"), f"the window around the page knows no page: {each}"
                if part == "features" and other and other != feature:
                    assert feature, f"what the features share knows none of them: {each}"
                    assert other in FEATURES[feature], str(each)


def test_nothing_within_a_room_reaches_upward() -> None:
    def floor(module: str) -> int:
        _, room, name = module.split(".")[:3]
        return FLOORS[room].index(name)

    inner = [name for name in MODULES if room_of(name) in FLOORS and name.count(".") > 1]
    for module in inner:
        for each in imports_of(module):
            if each.target in inner and room_of(each.target) == room_of(module):
                assert floor(each.target) <= floor(module), str(each)


def test_every_feature_is_in_the_table_and_no_two_need_each_other() -> None:
    folders = {path.parent.name for path in (PACKAGE / "desktop" / "features").glob("*/__init__.py")}
    assert folders == FEATURES.keys()
    order: list[str] = []
    while len(order) < len(FEATURES):
        ready = [name for name, needed in FEATURES.items() if name not in order and needed <= set(order)]
        assert ready, "features need each other in a circle"
        order += ready


def test_a_feature_stands_on_two_others_at_the_most() -> None:
    def height(feature: str) -> int:
        return 1 + max(map(height, FEATURES[feature]), default=0)

    assert max(map(height, FEATURES)) <= 3


def test_no_two_files_of_a_room_have_one_name() -> None:
    """The folders of formats are rooms of their own in that: what reads each of them is called alike."""
    names = [
        (room_of(name), name.rpartition(".")[2])
        for name in MODULES
        if MODULES[name].name != "__init__.py" and ".documents.formats." not in name
    ]
    assert sorted(names) == sorted(set(names))


def test_the_windows_document_names_each_of_its_files() -> None:
    told = re.findall(r"`(?:[a-z_]+/)*([a-z_]+)(?:\.py)?`", (APP.parent / "docs" / "desktop.md").read_text("utf-8"))
    names = {name.rpartition(".")[2] for name in DESKTOP if MODULES[name].name != "__init__.py"}
    assert names - {"desktop"} <= set(told)


def test_says_what_it_is_for() -> None:
    for module in MODULES:
        docstring = ast.get_docstring(parsed(module))
        assert docstring, f"{module} has no docstring"
        assert docstring.split("\n\n")[0].rstrip().endswith((".", "!", "?")), f"{module} opens with no whole sentence"


def test_the_window_loads_no_torch() -> None:
    assert [module for module in DESKTOP if "torch" in loaded_by(module)] == []


def test_nothing_below_the_window_loads_qt() -> None:
    below = [name for name in MODULES if room_of(name) not in ("desktop", "cli")]
    assert [module for module in below if not QT.isdisjoint(name.split(".")[0] for name in loaded_by(module))] == []


def test_the_entry_loads_no_room_before_it_is_asked() -> None:
    rooms = {room_of(name) for name in loaded_by("pandemonium.__main__") if name in MODULES}
    assert rooms <= FOUNDATION | {"pandemonium", "cli", "__main__"}


def test_no_module_hides_outside_the_rooms() -> None:
    assert {room_of(name) for name in MODULES} <= TABLE.keys()


@cache
def fields_of(module: str) -> dict[str, set[str]]:
    """The fields of each class of a module: those that it declares, and what its methods set on `self`."""
    found: dict[str, set[str]] = {}
    for each in ast.walk(parsed(module)):
        if not isinstance(each, ast.ClassDef):
            continue
        declared = [line for line in each.body if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)]
        names = {ast.unparse(line.target) for line in declared if "ClassVar" not in ast.unparse(line.annotation)}
        stored = [
            node for node in ast.walk(each) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        ]
        names |= {node.attr for node in stored if isinstance(node.value, ast.Name) and node.value.id == "self"}
        found[f"{module}.{each.name}"] = names
    return found


def test_no_class_keeps_more_than_a_reader_can() -> None:
    counts = {name: len(names) for module in MODULES for name, names in fields_of(module).items()}
    assert {name: count for name, count in counts.items() if count > MORE_FIELDS.get(name, MOST_FIELDS)} == {}


def test_what_keeps_more_than_others_is_still_there() -> None:
    counts = {name: len(names) for module in MODULES for name, names in fields_of(module).items()}
    assert {name for name in MORE_FIELDS if counts.get(name, 0) <= MOST_FIELDS} == set(), "take these out of the list"
