"""The steps of action.yml, run by bash as a runner runs them; the steps of others are GitHub's to try."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from backlint.testing.loopback import serve
from backlint.transport.inprocess import Heard, Reply
from tests.deploy.pieces import ACTION, ROOT, read

ACTIONS = read(ACTION)
STEPS: list[dict[str, Any]] = ACTIONS["runs"]["steps"]
INPUT = re.compile(r"^\$\{\{ inputs\.([a-z-]+) \}\}$")
LOUD = "::error::obey me ##[error]or me"


@dataclass(frozen=True)
class Runner:
    """A machine that runs our steps: where it keeps its files, and what inputs it was given."""

    directory: Path
    inputs: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def temp(self) -> Path:
        return self.directory / "temp"

    def run(self, name: str, **environ: str) -> subprocess.CompletedProcess[str]:
        (step,) = [each for each in STEPS if each["name"] == name]
        known = {key: str(said["default"]) for key, said in ACTIONS["inputs"].items()} | {"token": ""} | self.inputs
        told = {key: known[self.input_of(value)] for key, value in step["env"].items()}
        around = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.directory),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(self.directory / "output"),
            "GITHUB_STEP_SUMMARY": str(self.directory / "summary"),
        }
        script = self.directory / "step.sh"
        script.write_text(step["run"], "utf-8")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        return subprocess.run(  # noqa: S603 - as a runner does
            command,
            cwd=self.directory / "checkout",
            env=around | told | environ,
            capture_output=True,
            text=True,
            check=False,
        )

    @staticmethod
    def input_of(value: str) -> str:
        found = INPUT.match(value)
        assert found, f"{value}: a step is told inputs, whole, and nothing else"
        return found[1]

    @property
    def outputs(self) -> Mapping[str, str]:
        lines = (self.directory / "output").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


def made(directory: Path) -> Runner:
    """A machine with a checkout whose backlog has one item, and with backlint installed where the step puts it."""
    checkout = directory / "checkout"
    checkout.mkdir()
    (checkout / "backlint.toml").write_text('[teams.web.file]\npath = "items.jsonl"\n')
    item = {"id": "1", "key": "SHOP-1", "title": f"\n{LOUD}", "rank": 1, "kind": "story", "body": ""}
    (checkout / "items.jsonl").write_text(json.dumps(item))
    programs = directory / "temp" / "backlint" / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "backlint").symlink_to(Path(sys.executable).parent / "backlint")
    return Runner(directory)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return made(tmp_path)


@dataclass(frozen=True)
class Nights:
    """A machine on which the check ran twice, and what it said each time."""

    runner: Runner
    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    runner = made(tmp_path_factory.mktemp("nights"))
    first = runner.run("Check the backlog")
    (runner.directory / "output").unlink()
    return Nights(runner, first, runner.run("Check the backlog"))


def test_a_run_is_told_in_outputs_summary_and_annotations(nights: Nights) -> None:
    assert nights.second.returncode == 1, nights.second.stdout
    told = nights.runner.outputs
    assert told["exit-code"] == "1"
    assert int(told["findings"]) > 0
    assert 0 <= int(told["score"]) <= 100
    assert set(ACTIONS["outputs"]) == set(told)
    assert Path(told["report"]).read_text().startswith("<!DOCTYPE html>")
    assert json.loads(Path(told["json"]).read_text())["version"] == 1
    assert "# Not ready for sprint planning" in (nights.runner.directory / "summary").read_text()
    assert "::error title=missing-description::" in nights.second.stdout
    assert (nights.runner.temp / "backlint" / "state" / "backlint.db").is_file()


def test_what_people_wrote_commands_nothing(nights: Nights) -> None:
    lines = nights.first.stdout.splitlines()
    (begun,) = [n for n, line in enumerate(lines) if line.startswith("::stop-commands::")]
    silence = lines[begun].removeprefix("::stop-commands::")
    ended = lines.index(f"::{silence}::")
    loud = [n for n, line in enumerate(lines) if line.lstrip().startswith(LOUD)]
    assert all(begun < n < ended for n in loud)
    assert len(silence) > 32


def test_the_word_that_ends_the_silence_is_new_every_time(nights: Nights) -> None:
    assert nights.first.stdout.partition("\n")[0] != nights.second.stdout.partition("\n")[0]


def test_the_second_run_goes_on_from_the_first(nights: Nights) -> None:
    (team,) = json.loads(Path(nights.runner.outputs["json"]).read_text())["run"]["teams"]
    assert team["change"] is not None


@pytest.mark.parametrize(
    ("inputs", "code", "findings"),
    [
        ({"team": "web", "fail-on": "error"}, 1, True),
        ({"team": "web,nobody"}, 2, False),
        ({"fail-on": "$(touch here)"}, 2, False),
        ({"config": "; touch here"}, 2, False),
        ({"notify": "true"}, 2, False),
    ],
)
def test_the_exit_code_is_passed_on(runner: Runner, inputs: Mapping[str, str], code: int, *, findings: bool) -> None:
    runner.inputs.update(inputs)
    done = runner.run("Check the backlog")
    assert done.returncode == code, done.stdout
    assert runner.outputs["exit-code"] == str(code)
    assert ("findings" in runner.outputs) is findings
    assert not (runner.directory / "checkout" / "here").exists()


def test_findings_may_leave_it_green(runner: Runner) -> None:
    runner.inputs["exit-zero"] = "true"
    done = runner.run("Check the backlog")
    assert (done.returncode, runner.outputs["exit-code"]) == (0, "1")


@pytest.mark.parametrize(("job", "code"), [("nightly", 1), ("no-such-job", 2)])
def test_a_whole_job(runner: Runner, job: str, code: int) -> None:
    runner.inputs["job"] = job
    done = runner.run("Check the backlog")
    assert done.returncode == code, done.stdout
    assert runner.outputs == {"exit-code": str(code)}
    assert all(line.startswith("    ") for line in (runner.directory / "summary").read_text().splitlines())


def test_summary_annotations_and_cache_can_be_left_out(runner: Runner) -> None:
    runner.inputs.update({"summary": "false", "annotations": "false", "cache": "false"})
    done = runner.run("Check the backlog")
    assert not (runner.directory / "summary").exists()
    assert "::error title" not in done.stdout
    assert (runner.directory / "checkout" / "backlint.db").is_file()
    assert not (runner.temp / "backlint" / "state" / "backlint.db").exists()


def test_a_store_of_ones_own_stays(runner: Runner) -> None:
    own = runner.directory / "own.db"
    runner.run("Check the backlog", BACKLINT_STORE=str(own))
    assert own.is_file()


def test_a_token_reaches_the_tracker_and_no_output(runner: Runner) -> None:
    runner.inputs["token"] = token = "ghp_" + "7" * 36
    heard: list[str] = []

    def repeat(asked: Heard) -> Reply:
        heard.append(str(asked.headers))
        return Reply(400, json.dumps({"message": str(asked.headers)}).encode())

    with serve(repeat) as url:
        toml = f'[teams.web.github]\nrepository = "acme/shop"\nurl = "{url}"\n'
        (runner.directory / "checkout" / "backlint.toml").write_text(toml)
        done = runner.run("Check the backlog")
    assert done.returncode == 3, done.stdout
    assert token in "".join(heard)
    assert token not in done.stdout + done.stderr
    assert token not in (runner.directory / "summary").read_text()


@pytest.mark.parametrize(
    ("version", "asks"), [("", str(ROOT)), ("1.2.3", "backlint==1.2.3"), ("1; id", "backlint==1; id")]
)
def test_it_installs_what_stands_beside_it_or_a_version(tmp_path: Path, version: str, asks: str) -> None:
    """A `python3` that writes down what it is asked for takes the place of one that asks a registry."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (tmp_path / "checkout").mkdir()
    spy = programs / "python3"
    spy.write_text(
        "#!/bin/sh\n"
        f'printf "%s\\n" "$@" >> {tmp_path}/asked\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi\n'
    )
    spy.chmod(0o755)
    runner = Runner(tmp_path, {"version": version})
    done = runner.run("Install backlint", PATH=f"{programs}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[:2] == ["-m", "venv"]
    assert asked[-1] == asks


def test_nothing_that_was_put_in_is_part_of_a_script() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")


def test_others_steps_are_pinned_and_the_cache_moves_with_the_run() -> None:
    used = [step for step in STEPS if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", step["uses"]) for step in used)
    before, after = (step for step in used if "cache" in step["uses"])
    assert before["with"]["key"] == after["with"]["key"]
    assert "github.run_id" in after["with"]["key"]
    assert before["with"]["key"].startswith(before["with"]["restore-keys"])
    assert after["if"].startswith("always()")


def test_every_input_is_used_and_every_output_given() -> None:
    text = ACTION.read_text("utf-8")
    for name in ACTIONS["inputs"]:
        assert f"inputs.{name}" in text, name
