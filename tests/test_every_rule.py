"""Every rule keeps the one idea: its file is its name, its docstring its page, its examples its first tests."""

import pytest

from backlint.catalog import every
from backlint.engine import lint
from backlint.example import Example
from backlint.rule import Rule

RULES = every(Rule)
by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name())


def examples(which: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.name()}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, which), 1)
    ]


@by_name
def test_file_name_is_class_name(rule: type[Rule]) -> None:
    assert rule.__name__ == "".join(word.capitalize() for word in rule.name().split("-"))


@by_name
def test_has_a_page_with_a_summary_and_a_reason(rule: type[Rule]) -> None:
    assert rule.page().partition("\n\n")[2], "say what it finds, why it matters and how to mend it"
    assert len(rule.summary()) <= 110


@by_name
def test_settings_are_described(rule: type[Rule]) -> None:
    assert all(field.description for field in rule.model_fields.values())


@by_name
def test_has_examples(rule: type[Rule]) -> None:
    assert rule.flags
    assert rule.passes


@pytest.mark.parametrize(("rule", "example"), examples("flags"))
def test_flags(rule: type[Rule], example: Example) -> None:
    said = lint(example.backlog(), [rule()])
    assert said.findings
    assert not said.crashes


@pytest.mark.parametrize(("rule", "example"), examples("passes"))
def test_passes(rule: type[Rule], example: Example) -> None:
    said = lint(example.backlog(), [rule()])
    assert not said.findings
    assert not said.crashes


@pytest.mark.parametrize(("rule", "example"), examples("undecided"))
def test_undecided(rule: type[Rule], example: Example) -> None:
    said = lint(example.backlog(), [rule()])
    assert said.undecided
    assert not said.findings
    assert not said.crashes
