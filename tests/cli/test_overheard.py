"""What libraries say through logging is written like everything else."""

import json
import logging
import threading
from collections.abc import Iterator
from typing import Any

import click
import pytest

from backlint.cli import log, overheard
from backlint.occasion import occasion

SECRET = "opaque-canary-7f3a9c"


@pytest.fixture
def ears() -> Iterator[None]:
    """A command that listens, as programs want it, and knows a secret."""
    with click.Context(click.Command("check")):
        log.use([log.OPTION, "json"], {"JIRA_TOKEN": SECRET})
        overheard.listen()
        yield
    log.use([], {})


def written(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


@pytest.mark.usefixtures("ears")
@pytest.mark.parametrize(
    "name", ["httpx", "apscheduler", "uvicorn.error", "procrastinate.worker", "alembic", "sqlalchemy"]
)
def test_a_library_warns_in_our_form(capfd: pytest.CaptureFixture[str], name: str) -> None:
    with occasion(team="web", source="jira:x.example/SHOP"):
        logging.getLogger(name).warning("%s was refused", SECRET)
        logging.getLogger(name).info("nobody asked")
    (line,) = written(capfd)
    assert line.pop("time")
    assert line == {
        "level": "warning",
        "message": "(hidden) was refused",
        "kind": name,
        "logger": name,
        "team": "web",
        "source": "jira:x.example/SHOP",
        "tracker": "jira",
    }


@pytest.mark.usefixtures("ears")
def test_an_error_brings_what_led_to_it_without_secrets(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("apscheduler").exception("the job failed")
    (line,) = written(capfd)
    assert line["level"] == "error"
    assert "Traceback" in line["message"]
    assert SECRET not in json.dumps(line)


@pytest.mark.usefixtures("ears")
def test_a_message_that_does_not_fit_its_arguments_is_written_all_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    record = logging.makeLogRecord({"name": "x", "levelno": logging.WARNING, "msg": "%d of them", "args": ("many",)})
    overheard.Overheard().emit(record)
    (line,) = written(capfd)
    assert line["message"] == "%d of them"


@pytest.mark.usefixtures("ears")
def test_ours_say_what_they_did_with_figures(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("backlint.sync").info("read", extra={"kind": "read", "items": 3, "seconds": 0.5})
    (line,) = written(capfd)
    assert (line["kind"], line["items"], line["seconds"]) == ("read", 3, 0.5)
    assert "logger" not in line


@pytest.mark.usefixtures("ears")
def test_a_thread_that_nobody_awaits_writes_in_the_same_form(capfd: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=logging.getLogger("psycopg.pool").warning, args=("lost %s", SECRET))
    thread.start()
    thread.join()
    (line,) = written(capfd)
    assert line["message"] == "lost (hidden)"


def test_people_hear_of_ours_what_is_wrong(capfd: pytest.CaptureFixture[str]) -> None:
    with click.Context(click.Command("check")):
        log.use([], {})
        overheard.listen()
        logging.getLogger("backlint.sync").info("3 items")
        logging.getLogger("backlint.sync").warning("no items", extra={"kind": "odd"})
    assert capfd.readouterr().err == "odd: no items\n"


def test_nobody_listens_after_the_command(capfd: pytest.CaptureFixture[str]) -> None:
    before = list(logging.getLogger().handlers)
    with click.Context(click.Command("check")):
        overheard.listen()
        overheard.listen()
        assert len(logging.getLogger().handlers) == len(before) + 1
    assert logging.getLogger().handlers == before
    assert capfd.readouterr().err == ""
