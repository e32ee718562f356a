"""A team's own template, filled in where it can do no harm: plain data, no code, and limits that a process keeps.

Jinja's sandbox keeps a template from reaching Python; it does not keep it from running for hours or eating the memory.
So it is filled in by a process of its own, which the operating system stops.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backlint import safe
from backlint.errors import ConfigError

SECONDS = 10
MEMORY = 512 * 1024 * 1024
LONGEST = 5_000_000
"""Characters that are taken from a template."""

NEEDED = ("PATH", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""What Python may need to start. The rest of the environment holds the team's tokens, and is not told."""

FILTERS: dict[str, Callable[..., Any]] = {
    "clip": safe.clipped,
    "markdown": safe.markdown,
    "visible": safe.visible,
    "web_address": safe.web_address,
}


def fill(template: Path, words: dict[str, Any]) -> str:
    """The template's text with the words in it. Raises `ConfigError`: where in the template, and what is wrong."""
    told = json.dumps({"template": str(template.absolute()), "words": words})
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-P", "-m", "backlint.sandbox"],
            input=told.encode(),
            env={name: os.environ[name] for name in NEEDED if name in os.environ},
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ConfigError(f"The template {template} was not done after {2 * SECONDS} seconds.") from None
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].rstrip(".")
        raise ConfigError(f"The template {template} {last or f'needed more than {SECONDS} seconds of work'}.")
    return done.stdout.decode()


def _filled(template: Path, words: dict[str, Any]) -> str:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(template.parent),
        autoescape=select_autoescape(enabled_extensions=("html", "html.j2", "xml", "svg"), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made.get_template(template.name).render(words)


def _limit() -> None:
    """Let the operating system stop what takes too much, and let nothing be written."""
    try:
        import resource  # noqa: PLC0415 - Windows has none; there the time that the caller waits is the only limit
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Fill in the template that standard input names; what goes wrong is the last line of standard error."""
    given = json.load(sys.stdin)
    _limit()
    try:
        text = _filled(Path(given["template"]), given["words"])
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        sys.exit(f"is wrong{f' in line {line}' if line else ''}: {error.message or type(error).__name__}")
    except MemoryError:
        sys.exit(f"needed more than {MEMORY // 1024**2} MB")
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        sys.exit(f"is wrong: {error}")
    if len(text) > LONGEST:
        sys.exit(f"made {len(text):,} characters; {LONGEST:,} is the most")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
