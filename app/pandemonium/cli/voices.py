"""`pandemonium voices`: the voice library on the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

NAME = "voices"
HELP = "lists, shows, imports, exports, renames, duplicates and removes voices"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the sub-commands; none lists."""
    parser.add_argument("--json", action="store_true", help="one object")
    parts = parser.add_subparsers(dest="action", metavar="ACTION")

    def action(name: str, help_text: str, *arguments: str) -> argparse.ArgumentParser:
        part = parts.add_parser(name, help=help_text)
        for argument in arguments:
            part.add_argument(argument)
        part.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one object")
        return part

    action("show", "shows a voice's card", "name")
    action("import", "takes a voice file into the library", "file").add_argument("--name", default="")
    export = action("export", "copies a voice to a file, or writes a web page that runs it", "name")
    target = export.add_mutually_exclusive_group(required=True)
    target.add_argument("file", nargs="?", help="the file to write")
    target.add_argument("--web", metavar="FOLDER", help="a new or empty folder for a page that runs in a browser")
    export.add_argument(
        "--with-names",
        action="store_true",
        help="keeps the names of your files that it learned from in the copy",
    )
    action("rename", "gives an own voice another name", "name", "new_name")
    action("duplicate", "copies a voice under a new name", "name", "new_name")
    action("remove", "sets an own voice aside", "name")
    action("restore", "brings a removed voice back", "name")


def run(arguments: argparse.Namespace) -> int:
    """Carries the action out."""
    from pandemonium.cli.texts import library

    voices = library()
    match arguments.action:
        case "show":
            _show(voices.find(arguments.name), as_json=arguments.json)
        case "import":
            _say(
                arguments,
                f"Imported as {(entry := voices.import_file(Path(arguments.file), arguments.name)).name}.",
                entry.name,
            )
        case "export" if arguments.web:
            _export_page(arguments, voices.find(arguments.name))
        case "export":
            voices.export(arguments.name, Path(arguments.file), with_names=arguments.with_names)
            _say(arguments, f"Exported to {arguments.file}.", arguments.name)
        case "rename":
            voices.rename(arguments.name, arguments.new_name)
            _say(arguments, f"Renamed to {arguments.new_name}.", arguments.new_name)
        case "duplicate":
            voices.duplicate(arguments.name, arguments.new_name)
            _say(arguments, f"Duplicated as {arguments.new_name}.", arguments.new_name)
        case "remove":
            voices.remove(arguments.name)
            _say(arguments, f"Removed; 'pandemonium voices restore {arguments.name}' brings it back.", arguments.name)
        case "restore":
            voices.restore(arguments.name)
            _say(arguments, f"{arguments.name} is back.", arguments.name)
        case _:
            _list(as_json=arguments.json)
    return 0


def _say(arguments: argparse.Namespace, sentence: str, name: str) -> None:
    print(json.dumps({"voice": name, "done": arguments.action}) if arguments.json else sentence)


def _export_page(arguments: argparse.Namespace, path: Path) -> None:
    from pandemonium.voice.file import load_voice
    from pandemonium.web.page import export_page

    page = export_page(load_voice(path), Path(arguments.web).expanduser())
    if arguments.json:
        print(
            json.dumps(
                {
                    "voice": arguments.name,
                    "done": arguments.action,
                    "index": str(page.index),
                    "bytes": page.bytes,
                    "words_left_out": page.left_out,
                }
            )
        )
        return
    print(f"The page is written: open {page.index} in a browser, or share the whole folder ({page.bytes:,} bytes).")
    if page.left_out:
        print(
            f"This voice recalls {page.left_out:,} words of your own texts. They are not on the page, where every "
            "visitor could read them; it writes there as if it had never read them."
        )


def _list(*, as_json: bool) -> None:
    from pandemonium.cli.texts import library
    from pandemonium.errors import VoiceError

    rows = []
    for entry in library().entries():
        try:
            card = entry.card()
            about = card.description or card.trained_on
            bits = card.bits_per_character
        except VoiceError as error:
            about = str(error)
            bits = 0.0
        rows.append(
            {"name": entry.name, "bundled": entry.bundled, "path": str(entry.path), "about": about, "bits": bits}
        )
    if as_json:
        print(json.dumps({"voices": rows}, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['name']:<20} {'comes with the program' if row['bundled'] else 'your own':<24} {row['about']}")


def _show(path: Path, *, as_json: bool) -> None:
    from pandemonium.text.sentences import capitalized
    from pandemonium.voice.file import load_voice

    voice = load_voice(path)
    card = voice.card.to_dict()
    if as_json:
        extra = {"name": voice.name, "files_bytes": path.stat().st_size, "weights": voice.architecture.weights}
        print(json.dumps({**card, **extra, "architecture": voice.architecture.to_dict()}, ensure_ascii=False))
        return
    card.pop("title")  # what its maker called it, which a copy or another name leaves as it was
    print(f"{capitalized(voice.name)}\n")
    for name, value in card.items():
        if value:
            print(f"{name.replace('_', ' '):<20} {value}")
    print(f"{'size':<20} {path.stat().st_size:,} bytes, {voice.architecture.weights:,} weights")
