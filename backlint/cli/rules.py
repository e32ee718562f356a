"""`backlint rules`."""

import json
from pathlib import Path

import click
from rich.text import Text

from backlint import catalog
from backlint.cli.console import out
from backlint.cli.options import config_option, configured
from backlint.cli.pages import show_page
from backlint.config import Config
from backlint.finding import Severity
from backlint.rule import Rule

STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@click.command("rules")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--why", is_flag=True, help="Say of each whether it runs under the configuration, and why.")
@config_option
def command(*, name: str | None, config_file: Path | None, as_json: bool, why: bool) -> None:
    """List the rules: all of them, those of one family, or the page of one.

    The severity is the heaviest that a rule gives; most rules weigh an item by how near it is to being planned.
    Rules in brackets wait to be asked for by name, by family or by the profile `strict`.
    """
    every = catalog.every(Rule)
    families = sorted({rule.family() for rule in every})
    if name and name not in families:
        chosen: tuple[type[Rule], ...] = (catalog.load(Rule, name),)
        if not as_json and not why:
            show_page(chosen[0])
            return
    else:
        chosen = tuple(rule for rule in every if name in {None, rule.family()})
    if why:
        _say_why(chosen, configured(config_file, reveals=False))
    elif as_json:
        click.echo(json.dumps([_facts(rule) for rule in chosen], indent=2, ensure_ascii=False))
    else:
        _list(chosen)


def _say_why(rules: tuple[type[Rule], ...], config: Config) -> None:
    width = max(len(rule.name()) for rule in rules) + 2
    for rule in rules:
        decision = config.decisions[rule.name()]
        mark = Text("runs", "green") if decision.is_selected else Text("----", "dim")
        out().print(Text.assemble(mark, f"  {rule.name():<{width}}{decision.because}", no_wrap=True, overflow="ignore"))


def _list(rules: tuple[type[Rule], ...]) -> None:
    console = out()
    width = max(len(rule.name()) for rule in rules) + 4
    for family in sorted({rule.family() for rule in rules}):
        console.print(Text(family, "bold"))
        for rule in rules:
            if rule.family() == family:
                console.print(_line(rule, width))
        console.print()
    console.print(
        f"{len(rules)} rules. `backlint explain NAME` says what one finds, why it matters and how to mend it."
    )


def _line(rule: type[Rule], width: int) -> Text:
    heaviest = rule().heaviest
    name = rule.name() if rule.is_default else f"({rule.name()})"
    return Text.assemble(
        f"  {name:<{width}}",
        (f"{heaviest.value:<9}", STYLES[heaviest]),
        rule.summary(),
        no_wrap=True,
        overflow="ignore",
    )


def _facts(rule: type[Rule]) -> dict[str, object]:
    made = rule()
    return {
        "name": rule.name(),
        "family": rule.family(),
        "aliases": rule.aliases,
        "summary": rule.summary(),
        "page": rule.page(),
        "confidence": rule.confidence.value,
        "is_default": rule.is_default,
        "settings": made.model_dump(mode="json"),
    }
