"""Adding a rule, a report or a connector edits no existing file, and what is written works as it is."""

import os
import shutil
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from backlint.app.scaffolding import scaffold
from backlint.cli.entry import run as run_backlint
from backlint.errors import ConfigError, Exit

CHECKOUT = Path(__file__).resolve().parents[2]
PARTS = ("backlint", "connectors", "rules", "reports", "tests", "pyproject.toml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree, with its links, without what was built in it."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): blake2b(file.read_bytes()).hexdigest()
        for file in folder.rglob("*.[pt]*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)  # noqa: S603


def test_one_file_and_its_test_are_enough(copy: Path) -> None:
    """The rules' own suite is run as well, in the copy."""
    before = digests(copy)
    written = run(copy, "backlint", "new", "rule", "long-title", "--family", "content")
    assert written.returncode == 0, written.stderr
    files = [
        *written.stdout.splitlines(),
        *map(str, scaffold("report", "one-line", copy)),
        *map(str, scaffold("connector", "my-tracker", copy)),
    ]
    after = digests(copy)
    names = {str(Path(copy, file).relative_to(copy)) for file in files}
    assert len(names) == 6
    assert after.items() - before.items() == {(name, after[name]) for name in names}
    assert before.keys() <= after.keys()
    tests = sorted(name for name in names if name.startswith("tests/"))
    tried = run(copy, "pytest", "-q", "-p", "no:cacheprovider", *tests, "tests/test_every_rule.py")
    assert tried.returncode == 0, tried.stdout
    style = run(copy, "ruff", "check", "--no-cache", *names)
    assert style.returncode == 0, style.stdout


@pytest.mark.parametrize(
    ("kind", "name", "family", "said"),
    [
        ("rule", "Long Title", "content", "write lower-case words with hyphens"),
        ("rule", "../x", "content", "write lower-case words with hyphens"),
        ("rule", "stale-item", "staleness", 'There is a rule "stale-item" already.'),
        ("rule", "long-title", "contents", "there are: content, flow"),
        ("report", "html", None, 'There is a report "html" already.'),
    ],
)
def test_what_cannot_be_written_is_told(kind: str, name: str, family: str | None, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        scaffold(kind, name, CHECKOUT, family)


def test_outside_a_checkout_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Run this in a checkout of backlint"):
        scaffold("report", "one-line", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """As much of a checkout as a plugin needs."""
    for folder in ("rules/content", "reports", "connectors"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "__init__.py").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "folder", "name"),
    [
        (("rule", "long-title", "--family", "content"), "rules/content", "long_title"),
        (("report", "one-line"), "reports", "one_line"),
        (("connector", "my-tracker"), "connectors", "my_tracker"),
    ],
)
def test_the_command_names_what_it_wrote_and_writes_over_nothing(
    bare: Path, arguments: tuple[str, ...], folder: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plugin, test = bare / folder / f"{name}.py", bare / "tests" / folder / f"test_{name}.py"
    assert run_backlint(("new", *arguments, "--into", str(bare))) == Exit.CLEAN
    assert capsys.readouterr().out.splitlines() == [str(plugin), str(test)]
    plugin.unlink()
    test.write_text("# mine", "utf-8")
    assert run_backlint(("new", *arguments, "--into", str(bare))) == Exit.USAGE
    assert f"{test} is there already." in capsys.readouterr().err
    assert (test.read_text("utf-8"), plugin.exists()) == ("# mine", False)
