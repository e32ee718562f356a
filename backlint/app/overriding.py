"""Put the rules to a backlog with other settings for some of its items.

A rule whose settings differ is asked twice, each time about the whole backlog, and what it says counts for the items
that those settings are for: so a rule that compares items still sees all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backlint.config import Override
from backlint.engine import Lint, Memory, lint, most_pressing
from backlint.finding import Crash, Finding, Subject, Undecided
from backlint.model import Backlog
from backlint.rule import Rule

EVERYWHERE = -1
"""The number of the settings that count where no override fits."""

S = TypeVar("S", Finding, Undecided, Crash)


@dataclass(frozen=True, slots=True)
class Overridden:
    """What the rules said, and how many of their findings an override ignores."""

    said: Lint
    ignored: int


def lint_overridden(
    backlog: Backlog, rules: Sequence[Rule], overrides: Sequence[Override], memory: Memory | None = None
) -> Overridden:
    """Put every rule to the backlog, under the settings that count for each item."""
    everywhere = lint(backlog, rules, memory)
    if not overrides:
        return Overridden(everywhere, 0)
    chooser = _Chooser(backlog, overrides)
    running = {rule.name() for rule in rules}
    said = {EVERYWHERE: everywhere} | {
        number: lint(backlog, [rule for name, rule in override.rules.items() if name in running], memory)
        for number, override in enumerate(overrides)
    }
    findings = sorted(chooser.choose({n: each.findings for n, each in said.items()}), key=most_pressing)
    shown = tuple(each for each in findings if not chooser.is_ignored(each))
    return Overridden(
        Lint(
            shown,
            tuple(chooser.choose({n: each.undecided for n, each in said.items()})),
            tuple(chooser.choose({n: each.crashes for n, each in said.items()})),
            tuple(each for n, one in said.items() for each in one.waived if chooser.counts(n, each.finding)),
        ),
        len(findings) - len(shown),
    )


class _Chooser:
    """Which settings count for which item."""

    def __init__(self, backlog: Backlog, overrides: Sequence[Override]) -> None:
        self._overrides = overrides
        self._fitting: Mapping[str, Sequence[int]] = {
            item.id: [number for number, override in enumerate(overrides) if override.match.fits(item, backlog)]
            for item in backlog
        }

    def choose(self, said: Mapping[int, Sequence[S]]) -> Iterator[S]:
        """Of what the rules said under each of the settings, what counts."""
        for number, all_ in said.items():
            yield from (each for each in all_ if self._is_for(number, each.rule, each.subject))

    def counts(self, number: int, finding: Finding) -> bool:
        """Whether a finding under these settings counts, and is not ignored."""
        return self._is_for(number, finding.rule, finding.subject) and not self.is_ignored(finding)

    def is_ignored(self, finding: Finding) -> bool:
        """Whether an override that fits the item ignores the rule."""
        fitting = self._fitting.get(finding.subject.id, ()) if finding.subject else ()
        return any(self._overrides[each].ignores(finding.rule, finding.family) for each in fitting)

    def _is_for(self, number: int, rule: str, subject: Subject | None) -> bool:
        """Whether these settings are those that count for the item: of all overrides that fit it, the last."""
        fitting = self._fitting.get(subject.id, ()) if subject else ()
        return number == max((each for each in fitting if rule in self._overrides[each].rules), default=EVERYWHERE)
