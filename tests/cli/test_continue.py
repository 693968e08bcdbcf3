"""`pandemonium continue`: the continuation alone, the same for a seed, and every fault a sentence."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pandemonium.cli.copied_runs import as_lines, copied_runs
from pandemonium.cli.main import main
from pandemonium.text.sentences import count_words, ends_sentence
from pandemonium.voice.file import Voice
from pandemonium.voice.profile import StyleProfile

OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"


class StandardInput:
    """Lets a test say what stands on standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def holds(self, data: bytes) -> None:
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> StandardInput:
    return StandardInput(monkeypatch)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "draft.txt"
    path.write_text(OPENING + "\n", "utf-8")
    return str(path)


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["continue", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@pytest.mark.long
def test_a_seed_prints_the_same_prose_twice_and_another_other(
    capsys: pytest.CaptureFixture[str], stdin: StandardInput
) -> None:
    texts = []
    for seed in ("1", "1", "2"):
        stdin.holds(f"{OPENING}\n".encode())
        texts.append(written(capsys, "--words", "20", "--seed", seed))
    assert texts[0] == texts[1] != texts[2]
    for text in texts:
        assert text.endswith("\n")
        assert not text.startswith(OPENING)
        assert 20 <= count_words(text) <= 60
        assert ends_sentence(text.strip())


@pytest.mark.long
def test_a_file_and_standard_input_are_the_same(
    capsys: pytest.CaptureFixture[str], stdin: StandardInput, draft: str
) -> None:
    stdin.holds(OPENING.encode())
    assert written(capsys, "-", "--words", "10", "--seed", "3") == written(
        capsys, draft, "--words", "10", "--seed", "3"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"\n",
        b"\x00",
        "\U0001f419".encode(),
        b"\xff\xfe\xfa",
        "\u4ed6\u5728".encode(),
        b"caf\xe9 at night",
        b"\xed\xa0\x80",
    ],
)
def test_whatever_is_piped_in_is_continued(
    capsys: pytest.CaptureFixture[str], stdin: StandardInput, data: bytes
) -> None:
    stdin.holds(data)
    assert main(["continue", "--words", "5", "--seed", "1"]) == 0
    said = capsys.readouterr()
    assert said.out.strip()
    assert "\ufffd" not in said.out
    assert said.out.isascii() or set(said.out) <= {*map(chr, range(128)), *"\u2014\u00e9\u2026"}
    assert len(said.err.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("\u4ed6\u5728\u5730\u7a96\u91cc\u542c\u5230\u4e86", "script"),
        ("Es war einmal ein K\u00f6nig, der hatte eine Tochter, die war so sch\u00f6n, dass", "English and not German"),
        ("The moon \u263d rose, and", "\u263d"),
    ],
)
def test_what_the_voice_does_not_know_is_said_once(
    capsys: pytest.CaptureFixture[str], stdin: StandardInput, text: str, note: str
) -> None:
    stdin.holds(text.encode())
    assert main(["continue", "--words", "5", "--seed", "1", "--json"]) == 0
    said = capsys.readouterr()
    assert note in said.err
    assert json.loads(said.out)["notes"] == said.err.splitlines()


def test_settings_have_the_fields_names_too(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    named = ["--logit-bias", "0.5", "--new-name-penalty", "2", "--in-word-filter", "0.1"]
    settings = json.loads(written(capsys, draft, "--words", "3", "--json", *named))["settings"]
    assert (settings["balance"], settings["newcomers"], settings["spelling"]) == (0.5, 2.0, 0.1)


def test_json_has_the_keys_that_scripts_read(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    text = written(capsys, draft, "--json", "--words", "8", "--seed", "4", "--alternatives", "2", "--ban", "the old")
    assert len(text.splitlines()) == 1
    result = json.loads(text)
    assert {
        "text",
        "voice",
        "seed",
        "settings",
        "characters",
        "seconds",
        "characters_per_second",
        "alternatives",
    } <= result.keys()
    assert (result["voice"], result["seed"], result["characters"]) == ("lovecraft", 4, len(result["text"]))
    assert result["settings"]["words"] == 8
    assert result["settings"]["banned"] == ["the old"]
    assert [each["seed"] for each in result["alternatives"]] == [4, 5]
    assert result["alternatives"][0]["text"] == result["text"]
    assert result["seconds"] > 0
    assert result["characters_per_second"] > 0


@pytest.mark.long
def test_json_and_plain_say_the_same(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    plain = written(capsys, draft, "--words", "8", "--seed", "4")
    assert json.loads(written(capsys, draft, "--words", "8", "--seed", "4", "--json"))["text"] + "\n" == plain


@pytest.mark.long
def test_alternatives_are_parted(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    assert written(capsys, draft, "--words", "5", "--seed", "4", "--alternatives", "3").count("\n\n---\n\n") == 2


def test_a_voice_can_be_a_file(capsys: pytest.CaptureFixture[str], draft: str, tiny_voice_path: Path) -> None:
    result = json.loads(written(capsys, draft, "--voice", str(tiny_voice_path), "--words", "3", "--json"))
    assert result["voice"] == "tiny"
    assert result["seed"] > 0


@pytest.mark.parametrize(
    "wrong",
    [
        ["--words", "0"],
        ["--words", "many"],
        ["--temperature", "nan"],
        ["--temperature", "9"],
        ["--top-p", "-1"],
        ["--seed", "-1"],
        ["--alternatives", "99"],
        ["--device", "abacus"],
        ["--nonsense"],
        ["a", "b"],
    ],
)
def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["continue", *wrong])
    assert ending.value.code == 2
    assert "usage: pandemonium continue" in capsys.readouterr().err


def test_help_shows_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["continue", "--help"])
    assert ending.value.code == 0
    said = capsys.readouterr().out
    for option in (
        "--voice",
        "--words",
        "--temperature",
        "--top-p",
        "--min-p",
        "--typical",
        "--dry-multiplier",
        "--seed",
        "--ban",
        "--json",
    ):
        assert option in said


@pytest.mark.parametrize(
    "arguments",
    [["/nowhere/draft.txt"], ["--voice", "nobody"], ["--voice", "/nowhere/poe.voice"]],
    ids=["file", "name", "voice file"],
)
def test_what_is_missing_is_one_sentence_and_1(
    capsys: pytest.CaptureFixture[str], stdin: StandardInput, arguments: list[str]
) -> None:
    stdin.holds(OPENING.encode())
    assert main(["continue", *arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert said.err.rstrip().endswith(".") or "voice file" in said.err
    assert "Something went wrong" not in said.err


def test_a_broken_voice_and_a_folder_are_sentences(
    capsys: pytest.CaptureFixture[str], draft: str, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.voice"
    broken.write_bytes(b"broken")
    for arguments in ([draft, "--voice", str(broken)], [str(tmp_path)]):
        assert main(["continue", *arguments]) == 1
        said = capsys.readouterr().err
        assert len(said.splitlines()) == 1
        assert "Something went wrong" not in said


LAMP = "The old man lit the lamp in the upper room and waited for the boat that never came."


def test_copied_words_are_reported_with_their_text(bundled_voice: Voice) -> None:
    named = replace(bundled_voice, name="anna", profile=StyleProfile.of([LAMP], names=["The Lamp.docx"]))
    unnamed = replace(bundled_voice, profile=StyleProfile.of([LAMP]))
    text = f"Nobody spoke. {LAMP}\n\nThen it rained."
    [first, second] = copied_runs([named, unnamed], text)
    assert first == {"start": 14, "end": 14 + len(LAMP) - 1, "text": LAMP[:-1], "voice": "anna", "source": "The Lamp"}
    assert list(as_lines([first, second])) == [
        f"Copied from The Lamp: {LAMP[:-1]}",
        f"Copied from a text of lovecraft: {LAMP[:-1]}",
    ]
    assert copied_runs([replace(bundled_voice, profile=None)], text) == []


def test_a_continuation_says_what_it_copied(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    assert main(["continue", draft, "--words", "5", "--seed", "1", "--json", "--report-copied"]) == 0
    told = capsys.readouterr()
    assert told.err == "Copied: nothing.\n"
    assert [each["copied"] for each in json.loads(told.out)["alternatives"]] == [[]]


@pytest.mark.long
def test_a_recipe_writes_the_same_again(capsys: pytest.CaptureFixture[str], tmp_path: Path, draft: str) -> None:
    printed = written(capsys, draft, "--words", "12", "--alternatives", "2", "--temperature", "0.9", "--json")
    recipe = tmp_path / "recipe.json"
    recipe.write_text(printed, "utf-8")
    again = json.loads(written(capsys, draft, "--recipe", str(recipe), "--json"))
    first = json.loads(printed)
    for name in ("text", "seed", "settings", "voice", "alternatives", "recipe"):
        assert again[name] == first[name]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"before_sha256": "0" * 64}, "behind"),
        ({"voice_sha256": "0" * 64}, "not the one"),
        ({"voice": "nobody"}, "nobody"),
        ({"alternative": "none"}, "no recipe"),
        ({"asked": {"settings": 3}}, "another version"),
    ],
)
def test_what_cannot_be_written_again_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, draft: str, change: dict[str, object], said: str
) -> None:
    printed = json.loads(written(capsys, draft, "--words", "5", "--json"))
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps({**printed["recipe"], **change}), "utf-8")
    assert main(["continue", draft, "--recipe", str(recipe)]) != 0
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


@pytest.mark.long
def test_next_words_are_listed_and_nothing_is_written(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    lines = written(capsys, "--next-words", "5", draft).splitlines()
    assert len(lines) == 6
    assert all("%" in line for line in lines)
    table = json.loads(written(capsys, "--next-words", "3", "--json", draft))
    assert [each["word"] for each in table["words"]] == [line.split()[1] for line in lines[:3]]
    assert 0 < table["words"][0]["chance"] < 1
    assert 0 < table["signs"] < 1


@pytest.mark.long
def test_it_leads_to_what_stands_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tmp_path / "before.txt"
    before.write_text("The old man ", "utf-8")
    behind = tmp_path / "behind.txt"
    behind.write_text("was never seen again.", "utf-8")
    found = []
    for after in ("was never seen again.", str(behind)):
        assert main(["continue", str(before), "--after", after, "--seed", "3", "--words", "10"]) == 0
        found.append(capsys.readouterr().out)
    assert found[0] == found[1]
    assert not ends_sentence(found[0].strip())


@pytest.mark.long
def test_words_are_wanted_and_phrases_banned(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    asked = ["--words", "30", "--candidates", "1", "--seed", "5"]
    usual = written(capsys, draft, *asked)
    words = [f"--want={word}" for word in ("lantern", "cellar", "door")]
    printed = json.loads(written(capsys, draft, *asked, *words, "--ban", "the house", "--json"))
    assert printed["text"] != usual
    assert printed["settings"]["wanted"] == ["lantern", "cellar", "door"]
    assert printed["settings"]["banned"] == ["the house"]
    assert "the house" not in printed["text"].casefold()


@pytest.mark.long
def test_voices_are_mixed(capsys: pytest.CaptureFixture[str], draft: str, tmp_path: Path) -> None:
    asked = ["--words", "10", "--candidates", "1", "--seed", "5"]
    mixed = json.loads(written(capsys, draft, *asked, "--mix", "classics=0.6", "--json"))
    assert mixed["settings"]["mix"] == ["classics=0.6"]
    assert mixed["text"] != written(capsys, draft, *asked).rstrip("\n")
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps(mixed), "utf-8")
    assert written(capsys, draft, "--recipe", str(recipe)).rstrip("\n") == mixed["text"]


@pytest.mark.parametrize("mix", ["classics", "nobody=0.5", "classics=3"])
def test_a_mix_that_cannot_be_gets_one_sentence(capsys: pytest.CaptureFixture[str], draft: str, mix: str) -> None:
    assert main(["continue", draft, "--mix", mix]) != 0
    said = capsys.readouterr().err
    assert mix.split("=")[0] in said
    assert "Something went wrong" not in said


@pytest.mark.long
def test_a_preset_is_named_or_a_file(capsys: pytest.CaptureFixture[str], draft: str, tmp_path: Path) -> None:
    file = tmp_path / "storm.toml"
    file.write_text('pandemonium = "preset"\nname = "Storm"\n[writing]\nwords = 7\nbanned = ["sea"]\n', "utf-8")
    found = json.loads(written(capsys, draft, "--preset", str(file), "--candidates", "1", "--json"))["settings"]
    assert (found["words"], found["banned"], found["candidates"]) == (7, ["sea"], 1)
    wild = json.loads(written(capsys, draft, "--preset", "wild", "--words", "5", "--json"))["settings"]
    assert (wild["temperature"], wild["words"]) == (0.8, 5)
    assert main(["continue", draft, "--preset", "nobody"]) != 0
    assert "no preset 'nobody'" in capsys.readouterr().err


@pytest.mark.long
def test_who_is_in_the_scene_goes_with_it(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    options = [draft, "--words", "5", "--candidates", "1", "--json", "--seed", "4"]
    told = json.loads(written(capsys, *options, "--cast", "Marta Vane:she", "--cast", "Hale"))
    people = [(each["name"], each["pronoun"]) for each in told["recipe"]["asked"]["cast"]]
    assert people == [("Marta Vane", "she"), ("Hale", "")]


@pytest.mark.parametrize("name", ["", ":she", "Marta:xe", "x" * 99])
def test_somebody_who_is_nobody_is_a_sentence(capsys: pytest.CaptureFixture[str], draft: str, name: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["continue", draft, f"--cast={name}"])
    assert ended.value.code == 2
    assert "must be a name" in capsys.readouterr().err


def test_a_sentence_finds_other_words(capsys: pytest.CaptureFixture[str], draft: str) -> None:
    asked = ["--rewrite", "The door was closed.", "--after", " Then it opened.", "--alternatives", "2", "--seed", "1"]
    found = json.loads(written(capsys, draft, *asked, "--json"))
    texts = [each["text"] for each in found["alternatives"]]
    assert any(texts)
    assert "The door was closed." not in texts
    assert all(ends_sentence(text) for text in texts if text)
