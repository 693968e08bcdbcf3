"""Of the same text the best copy is chosen, and the others say which it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pandemonium.text.language import LanguageIdentifier
from pandemonium.training.reading.copies import choose_copies
from pandemonium.training.reading.examining import examine

DAY = 86_400


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier()


@pytest.fixture
def chosen(tmp_path: Path, identifier: LanguageIdentifier) -> Callable[..., dict[str, tuple[str, str]]]:
    """Writes files, and gives for each that is a copy its better and the reason."""

    def choose(files: dict[str, str | bytes], ages: dict[str, int] | None = None) -> dict[str, tuple[str, str]]:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            changed = 1_000_000_000 - (ages or {}).get(name, 0) * DAY
            os.utime(path, (changed, changed))
        copies = choose_copies([file for file in examine([tmp_path], identifier) if file.is_prose])
        return {path.relative_to(tmp_path).as_posix(): (copy.of.name, copy.reason) for path, copy in copies.items()}

    return choose


def as_page(text: str) -> str:
    return "<html><body>" + "".join(f"<p>{each}</p>" for each in text.split("\n\n")) + "</body></html>"


@pytest.mark.long
def test_a_format_that_knows_paragraphs_is_better(chosen, invented: Callable[..., str]) -> None:
    text = invented(1)
    copies = chosen({"book.txt": text, "book.html": as_page(text), "same.txt": text})
    assert copies == {
        "book.txt": ("book.html", "This is the same text as 'book.html'."),
        "same.txt": ("book.html", "This is the same text as 'book.html'."),
    }


def test_a_copy_that_kept_its_accents_is_better(chosen, invented: Callable[..., str]) -> None:
    text = invented(1).replace("de", "d\u00ea")
    copies = chosen({"ascii.html": as_page(text.replace("\u00ea", "e")), "latin.txt": text.encode("latin-1")})
    assert list(copies) == ["ascii.html"]


def test_the_newest_version_is_better_even_if_shorter(chosen, invented: Callable[..., str]) -> None:
    paragraphs = invented(1, 60).split("\n\n")
    old = "\n\n".join([*paragraphs, invented(7, 8)])
    new = "\n\n".join(each for number, each in enumerate(paragraphs) if number % 9)
    copies = chosen({"draft.txt": old, "final.txt": new}, ages={"draft.txt": 30})
    assert copies == {"draft.txt": ("final.txt", "This is another version of 'final.txt', which is newer.")}


def test_a_part_stands_in_the_whole_however_new(chosen, invented: Callable[..., str]) -> None:
    whole = invented(1, 80)
    part = "\n\n".join(whole.split("\n\n")[:20])
    copies = chosen({"novel.txt": whole, "chapter.txt": part}, ages={"novel.txt": 30})
    assert copies == {"chapter.txt": ("novel.txt", "All of this stands in 'novel.txt'.")}


def test_files_of_one_name_are_told_apart_by_their_folders(chosen, invented: Callable[..., str]) -> None:
    copies = chosen({"a/x.txt": invented(1), "b/x.txt": invented(1)})
    assert [reason for _, reason in copies.values()] in (
        ["This is the same text as 'a/x.txt'."],
        ["This is the same text as 'b/x.txt'."],
    )


def test_other_texts_have_no_copies(chosen, invented: Callable[..., str]) -> None:
    assert chosen({f"{seed}.txt": invented(seed, 100) for seed in range(4)}) == {}


@pytest.mark.parametrize(
    "copy",
    ["copy of one.txt", "Copy (2) of one.txt", "one - Copy.txt", "one copy 2.txt", "one (1).txt", "Kopie von one.txt"],
)
@pytest.mark.parametrize("older", [0, 5, -5])
def test_of_twins_the_original_is_kept(chosen, invented: Callable[..., str], copy: str, older: int) -> None:
    copies = chosen({copy: invented(1), "one.txt": invented(1)}, ages={"one.txt": 10, copy: 10 + older})
    assert copies == {copy: ("one.txt", "This is the same text as 'one.txt'.")}


def test_of_twins_with_names_of_their_own_the_older_is_kept(chosen, invented: Callable[..., str]) -> None:
    copies = chosen({"a.txt": invented(1), "b.txt": invented(1)}, ages={"b.txt": 3})
    assert list(copies) == ["a.txt"]


def test_short_notes_that_share_half_their_words_are_no_copies(chosen) -> None:
    notes = {f"{n}.txt": f"The lamp number {n} went out before the sailor came home." for n in range(20)}
    assert chosen(notes) == {}
    assert list(chosen({"a.txt": notes["1.txt"], "b.txt": notes["1.txt"]})) != []
