"""`train --recipe` says what is wrong with a recipe before anything starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pandemonium import paths
from pandemonium.cli.main import main
from pandemonium.training.personal import presets
from pandemonium.training.recipes import experiment


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--recipe", "strika-2019"], "Add --from-scratch."),
        (["--from-scratch", "--recipe", "no-such"], "There is no recipe 'no-such'."),
        (["--from-scratch", "--recipe", "none.toml"], "There is no recipe none.toml."),
        (["--from-scratch", "--recipe", "strika-2019", "--set", "dropout=0.3"], "there is no plan to --set"),
        (["--from-scratch", "--recipe", "strika-2019", "--minutes", "1e9"], "A training may take up to"),
    ],
)
def test_a_sentence_and_no_job(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(tmp_path), "--name", "Mine", *arguments]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.strip().count("\n") == 0
    assert not (paths.user_data() / "trainings").exists()


@pytest.mark.long
def test_an_experiment_from_the_command_line(
    tmp_path: Path, prose: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presets, "LEAST_CHARACTERS", 1000)
    monkeypatch.setattr(experiment, "_ASKED", 1)
    monkeypatch.setattr(experiment, "_SAMPLE", 60)
    (tmp_path / "one.txt").write_text(prose, "utf-8")
    recipe = (paths.resources() / "recipes" / "strika-2019.toml").read_text("utf-8")
    small = tmp_path / "small.toml"
    small.write_text(recipe.replace("width = 150", "width = 8").replace("window = 50", "window = 12"), "utf-8")
    command = ["train", str(tmp_path / "one.txt"), "--from-scratch", "--recipe", f"{small}:published", "--threads", "1"]
    assert main([*command, "--minutes", "0.002", "--json"]) == 0
    printed = capsys.readouterr()
    outcome = json.loads(printed.out.splitlines()[-1])
    assert outcome["event"] == "done"
    assert outcome["voice"] is None
    assert outcome["recipe"] == "small:published"
    assert "cannot go on" in printed.err
