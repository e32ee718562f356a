"""What rules said of the same backlog before: an answer that does not depend on the time is not worked out again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from backlint.engine.asking import Said, ask
from backlint.model import Backlog
from backlint.rule import Rule


class Memory(Protocol):
    """Remembers what timeless rules said of this very backlog under their very settings."""

    def recall(self, rule: Rule) -> Iterable[Said] | None:
        """What the rule said; `None` where it was not asked, or something has changed since."""
        ...

    def keep(self, rule: Rule, said: Sequence[Said]) -> None:
        """Remember what the rule said now."""
        ...


def hear(backlog: Backlog, rules: Sequence[Rule], memory: Memory | None) -> Iterator[Said]:
    """What the rules say; whatever can be recalled is not asked."""
    if memory is None:
        yield from ask(backlog, rules)
        return
    asked: list[Rule] = []
    for rule in rules:
        said = memory.recall(rule) if rule.is_timeless else None
        if said is None:
            asked.append(rule)
        else:
            yield from said
    by_rule: dict[str, list[Said]] = defaultdict(list)
    for each in ask(backlog, asked):
        by_rule[each.rule].append(each)
        yield each
    for rule in asked:
        if rule.is_timeless:
            memory.keep(rule, by_rule[rule.name()])
