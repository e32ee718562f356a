"""The version of a policy: the same for the same rules, so that a trend can be drawn through many nights."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from backlint.app.policy import Policy
from backlint.config import Surroundings, load

TEXT = """
[[overrides]]
match = { kind = ["bug", "story"], label = ["legacy", "old-*", "later"] }
ignore = { story-form = "" }
[overrides.rules.stale-item]
severity = { next = "error", soon = "info" }
"""
SCRIPT = """\
from backlint.app.policy import Policy
from backlint.config import load
config = load()
print(Policy(config.rules, config.overrides).version)
"""


def policy(directory: Path, text: str = TEXT) -> Policy:
    (directory / "backlint.toml").write_text(text, "utf-8")
    config = load(around=Surroundings(directory, {}))
    return Policy(config.rules, config.overrides)


def test_it_is_the_same_in_every_process(tmp_path: Path) -> None:
    """Python keeps sets in another order in each."""
    here = policy(tmp_path).version
    for seed in ("1", "2"):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "BACKLINT_CONFIG": str(tmp_path / "backlint.toml")}
        told = subprocess.run(  # noqa: S603 - our own code, in a process of its own
            [sys.executable, "-c", SCRIPT], env=environ, capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == here


def test_any_change_of_a_setting_is_another_version(tmp_path: Path) -> None:
    one = policy(tmp_path)
    others = [
        replace(one, rules=one.rules[1:]),
        replace(one, overrides=()),
        policy(tmp_path, TEXT.replace("old-*", "new-*")),
        policy(tmp_path, TEXT.replace('"error"', '"warning"')),
        policy(tmp_path, TEXT.replace("story-form", "vague-title")),
    ]
    assert len({each.version for each in (one, *others)}) == 1 + len(others)
