"""What a team holds its backlog to: the rules that run, and where other settings of them count."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s
from typing import cast

from pydantic import BaseModel

from backlint.config import Override
from backlint.rule import Rule


@dataclass(frozen=True)
class Policy:
    """The rules with their settings."""

    rules: Sequence[Rule]
    overrides: Sequence[Override] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """What the rules are called."""
        return frozenset(rule.name() for rule in self.rules)

    @cached_property
    def version(self) -> str:
        """The same for the same rules with the same settings: a trend is not drawn across a change of them."""
        return blake2s("\n".join(self._told()).encode(), digest_size=6).hexdigest()

    def _told(self) -> Iterator[str]:
        yield from sorted(f"{rule.name()} {settings_of(rule)}" for rule in self.rules)
        for override in self.overrides:
            yield f"{settings_of(override.match)} {sorted(override.ignore)}"
            yield from sorted(f"{name} {settings_of(rule)}" for name, rule in override.rules.items())


def settings_of(model: BaseModel) -> str:
    """A model's settings as text, the same every day."""
    return json.dumps(_stable(model), default=str, sort_keys=True)


def _stable(value: object) -> object:
    """The same with all sets in one order, however deep: Python keeps them in another one every day."""
    match value:
        case BaseModel():
            return {name: _stable(each) for name, each in value}
        case Mapping():
            return {str(key): _stable(each) for key, each in cast(Mapping[object, object], value).items()}
        case frozenset():
            return sorted(map(str, cast(frozenset[object], value)))
        case tuple() | list():
            return [_stable(each) for each in cast(Sequence[object], value)]
        case _:
            return value
