"""Other settings for some of the items: `[[overrides]]`, the last that matches an item winning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from backlint.config.expression import parse
from backlint.config.tables import Table, is_list
from backlint.model import Backlog, Band, Item, Kind, Stage
from backlint.rule import Rule


def _listed(value: object) -> object:
    """One word is a list of one."""
    return [value] if isinstance(value, str) else value


def with_reasons(value: object) -> object:
    """A list of words is a table of them without reasons."""
    return {str(word): "" for word in value} if is_list(value) else value


def _parsed(text: str) -> str:
    parse(text)
    return text


Patterns = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Kinds = Annotated[tuple[Kind, ...], BeforeValidator(_listed)]
Stages = Annotated[tuple[Stage, ...], BeforeValidator(_listed)]
Bands = Annotated[tuple[Band, ...], BeforeValidator(_listed)]
Expression = Annotated[str, AfterValidator(_parsed)]
Reasons = Annotated[Mapping[str, str], BeforeValidator(with_reasons)]


class Match(BaseModel):
    """Which items are meant: each setting names one word or several, and all that are set must fit.

    In names, `*` stands for any letters; upper and lower case are the same.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    project: Patterns = Field(default=(), description="The project or repository: `SHOP`, `acme/*`.")
    key: Patterns = Field(default=(), description="The item's key: `SHOP-142`.")
    kind: Kinds = Field(default=(), description="The kind of item.")
    stage: Stages = Field(default=(), description="The stage it is in.")
    band: Bands = Field(default=(), description="How near it is to being planned.")
    label: Patterns = Field(default=(), description="One of its labels.")
    component: Patterns = Field(default=(), description="One of its components.")
    theme: Patterns = Field(default=(), description="A theme that it serves, by key or title.")
    status: Patterns = Field(default=(), description="The tracker's own word for where it stands.")

    where: Expression | None = Field(
        default=None, description='An expression: `kind == "bug" and age > 365 and "legacy" not in labels`.'
    )

    def fits(self, item: Item, backlog: Backlog) -> bool:
        """Whether the item is meant. What the tracker does not say fits nothing."""
        served = [backlog.themes[theme] for theme in item.themes or () if theme in backlog.themes]
        facts: Mapping[str, Iterable[str | None]] = {
            "project": [item.project],
            "key": [item.key],
            "kind": [item.kind],
            "stage": [item.stage],
            "band": [backlog.band(item)],
            "label": item.labels or (),
            "component": item.components or (),
            "theme": [word for theme in served for word in (theme.key, theme.title)],
            "status": [item.status],
        }
        if not all(_fits(getattr(self, name), words) for name, words in facts.items()):
            return False
        return self.where is None or bool(parse(self.where)(item, backlog))


def _fits(patterns: tuple[str, ...], words: Iterable[str | None]) -> bool:
    bare = [word.casefold() for word in words if word]
    return not patterns or any(fnmatchcase(word, pattern.casefold()) for pattern in patterns for word in bare)


class OverrideSettings(BaseModel):
    """Other settings for the items that match."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    match: Match = Field(description="Which items are meant.")
    ignore: Reasons = Field(
        default_factory=dict[str, str], description="Families or rules that are not held against them."
    )
    rules: Mapping[str, Table] = Field(
        default_factory=dict[str, Table], description="Settings of rules, beside those that count everywhere."
    )


@dataclass(frozen=True, slots=True)
class Override:
    """An override whose rules are set up; `rules` are those that differ from what counts everywhere, by name."""

    match: Match
    ignore: Mapping[str, str]
    rules: Mapping[str, Rule]

    def ignores(self, rule: str, family: str) -> bool:
        """Whether a rule is not held against the items that match."""
        return rule in self.ignore or family in self.ignore
