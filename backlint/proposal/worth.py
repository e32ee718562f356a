"""What an order may follow, and what each item is worth by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backlint.model import Backlog, Moscow, Priority, Score
from backlint.value import FRAMEWORKS, STEPS, framework_in_use, level_of, value


class By(StrEnum):
    """What an order may follow, the most telling first."""

    VALUE = "value"
    MOSCOW = "moscow"
    PRIORITY = "priority"
    DEPENDENCIES = "dependencies"


@dataclass(frozen=True, slots=True)
class Worth:
    """What an item is worth: `level` counts from the best, `words` are for the reader ("a RICE score of 80")."""

    level: int
    words: str


def worth(backlog: Backlog, by: By) -> Mapping[str, Worth]:
    """What each waiting item is worth, by id; without those of which nothing is known."""
    return _WORTH[by](backlog)


def name(backlog: Backlog, by: By) -> str:
    """What is compared: "RICE scores"."""
    return _NAMES[by](backlog)


SLACK: Mapping[By, int] = {By.VALUE: STEPS, By.MOSCOW: 1, By.PRIORITY: 1, By.DEPENDENCIES: 0}
"""How many levels two items may differ without an order between them: scores and priorities are rough."""


def most_telling(backlog: Backlog) -> By:
    """The first that is known of more than one item."""
    return next((by for by in By if len(worth(backlog, by)) > 1), By.PRIORITY)


def _by_value(backlog: Backlog) -> dict[str, Worth]:
    """Each item's score, or that of the nearest item that contains it."""
    framework = framework_in_use(backlog)
    if framework is None:
        return {}
    name = FRAMEWORKS[framework].name
    found: dict[str, tuple[float, str]] = {}
    for it in backlog.plannable:
        for source in (it, *backlog.ancestors(it)):
            if isinstance(source.score, Score) and source.score.framework is framework:
                score = value(source.score)
                if score is not None:
                    through = "" if source is it else f" through {source.key}"
                    found[it.id] = (score, f"a {name} score of {score:g}{through}")
                    break
    return {each: Worth(level_of(score), words) for each, (score, words) in found.items()}


def _by_moscow(backlog: Backlog) -> dict[str, Worth]:
    place = {moscow: at for at, moscow in enumerate(Moscow)}
    told = ((it, it.moscow) for it in backlog.plannable)
    return {it.id: Worth(place[said], f"the class {said.value}") for it, said in told if isinstance(said, Moscow)}


def _by_priority(backlog: Backlog) -> dict[str, Worth]:
    told = ((it, it.priority) for it in backlog.plannable)
    return {it.id: Worth(said.level, f"priority {said.name}") for it, said in told if isinstance(said, Priority)}


def _by_dependencies(backlog: Backlog) -> dict[str, Worth]:
    tied = {it.id for it in backlog.plannable if backlog.open_blockers(it) or backlog.blocks(it)}
    return {it.id: Worth(0, "the same worth") for it in backlog.plannable if it.id in tied}


def _value_name(backlog: Backlog) -> str:
    framework = framework_in_use(backlog)
    return f"{FRAMEWORKS[framework].name} scores" if framework else "value scores"


_WORTH: Mapping[By, Callable[[Backlog], dict[str, Worth]]] = {
    By.VALUE: _by_value,
    By.MOSCOW: _by_moscow,
    By.PRIORITY: _by_priority,
    By.DEPENDENCIES: _by_dependencies,
}
_NAMES: Mapping[By, Callable[[Backlog], str]] = {
    By.VALUE: _value_name,
    By.MOSCOW: lambda _: "MoSCoW classes",
    By.PRIORITY: lambda _: "priorities",
    By.DEPENDENCIES: lambda _: "dependencies",
}
