"""What titles and texts leave out, beyond the examples."""

import pytest

from backlint.catalog import load
from backlint.example import item
from backlint.model import Kind
from backlint.rule import Rule
from tests.rules.asking import facts, findings

VAGUE = load(Rule, "vague-title")
SPIKE = load(Rule, "spike-without-timebox")


@pytest.mark.parametrize(
    "shown",
    [
        "```\ndraw(charts)\n```",
        "| charts | draw |\n|---|---|\n| 1 | 2 |",
        "[charts](charts.html)",
        "https://charts.example",
        "## Acceptance criteria\n- Draw.",
    ],
)
def test_what_a_text_shows_it_need_not_say(shown: str) -> None:
    assert facts(VAGUE(), item(title="Draw the charts", body="Draw the charts.")) != []
    assert facts(VAGUE(), item(title="Draw the charts", body=f"Draw the charts.\n\n{shown}")) == []


@pytest.mark.parametrize(("kind", "title"), [(Kind.SPIKE, "Charts"), (Kind.STORY, "Spike: charts")])
def test_a_spike_is_one_by_its_kind_or_by_its_title(kind: Kind, title: str) -> None:
    assert len(findings(SPIKE(), item(kind=kind, title=title, body="Draw them."))) == 2
    assert findings(SPIKE(), item(kind=Kind.STORY, title="Charts", body="Draw them.")) == ()
