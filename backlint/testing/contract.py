"""What every connector promises, as checks that need no test framework.

    @pytest.mark.parametrize("check", contract.CHECKS, ids=contract.name)
    def test_keeps_the_contract(check: contract.Check) -> None:
        check(contract.Tried(Jira(url=..., project="SHOP"), lambda: Gate(FakeClock(), wire=InProcess(jira.hosts))))

A check raises `AssertionError` with a sentence. The tracker behind the gate must hold at least one item and must not
change while it is checked.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC

from pydantic import SecretStr

from backlint.connector import Batch, Connector, Observation
from backlint.model import Item
from backlint.transport import Gate


@dataclass(frozen=True)
class Tried:
    """A connector, and a way to its tracker: a fresh gate at every call."""

    connector: Connector
    gate: Callable[[], Gate]

    def pull(self, cursor: str | None = None, *, batches: int | None = None) -> list[Batch]:
        """Read on from a cursor; `batches` stops after so many, as a run does that dies."""
        return asyncio.run(self._pull(cursor, batches))

    async def _pull(self, cursor: str | None, batches: int | None) -> list[Batch]:
        found: list[Batch] = []
        pulling = self.connector.pull(self.gate(), cursor)
        try:
            async for batch in pulling:
                found.append(batch)
                if batches is not None and len(found) >= batches:
                    break
        finally:
            close = getattr(pulling, "aclose", None)
            if close:
                await close()
        return found


Check = Callable[[Tried], None]


def name(check: Check) -> str:
    """What a check promises, as a test's id."""
    return check.__name__


def kept(batches: Iterable[Batch]) -> dict[str, Item]:
    """What a store holds after these batches: each item replaces the one of its id, and what is gone is gone."""
    items: dict[str, Item] = {}
    for batch in batches:
        items |= {item.id: item for item in batch.items}
        for id_ in batch.gone:
            items.pop(id_, None)
    return items


def _promise(is_kept: object, sentence: str) -> None:
    """`assert`, which a run with `-O` would pass over."""
    if not is_kept:
        raise AssertionError(sentence)


def says_what_it_is(tried: Tried) -> None:
    """Its page has a summary and a body, and every setting is described."""
    cls = type(tried.connector)
    _promise(cls.__doc__, "a connector's docstring is its page")
    _promise(cls.wants, "say what the site is called")
    missing = [name for name, field in cls.model_fields.items() if not field.description]
    _promise(not missing, f"not described: {missing}")


def has_a_source_without_secrets(tried: Tried) -> None:
    """Its source names it the same way each time, and neither that nor its repr holds a secret."""
    connector = tried.connector
    _promise(connector.source, "a source has a name")
    _promise(connector.source == connector.model_copy().source, "a source has the same name every time")
    secrets = [value.get_secret_value() for _, value in connector if isinstance(value, SecretStr)]
    shown = [secret for secret in secrets if secret and secret in f"{connector.source} {connector!r}"]
    _promise(not shown, "a secret is shown")


def gives_items_that_can_be_kept(tried: Tried) -> None:
    """Every item has an id, a key and a title, its times in UTC, and its history in order."""
    items = kept(tried.pull())
    _promise(items, "nothing was read")
    for item in items.values():
        _promise(item.id, "an item has an id")
        _promise(item.key, f"{item.id} has no key")
        _promise(item.created.tzinfo is UTC, f"{item.key} was created in a time zone")
        times = [event.at for event in item.events or ()]
        _promise(times == sorted(times), f"the history of {item.key} is not in order")


def names_only_what_it_gives(tried: Tried) -> None:
    """Sprints and themes that an item names are given too; a ranking names no item twice."""
    batches = tried.pull()
    sprints = {sprint.id for batch in batches for sprint in batch.sprints}
    themes = {theme.id for batch in batches for theme in batch.themes}
    for item in kept(batches).values():
        _promise(sprints.issuperset(item.sprints or ()), f"{item.key} is in a sprint that was not given")
        _promise(themes.issuperset(item.themes or ()), f"{item.key} serves a theme that was not given")
    for batch in batches:
        ranking = batch.ranking or ()
        _promise(len(ranking) == len(set(ranking)), "the ranking names an item twice")


def ends_with_a_cursor(tried: Tried) -> None:
    """A pull that came to its end says where the next one goes on, or that it gives everything each time."""
    last = tried.pull()[-1]
    _promise(last.cursor is not None or last.is_whole, "a pull ends with a cursor")


def goes_on_wherever_it_died(tried: Tried) -> None:
    """Stopped after any batch and taken up again at its cursor, it gives what it gives in one go."""
    whole = tried.pull()
    for died_after in range(1, len(whole)):
        first = tried.pull(batches=died_after)
        cursor = next((batch.cursor for batch in reversed(first) if batch.cursor), None)
        _promise(kept([*first, *tried.pull(cursor)]) == kept(whole), f"it lost something after batch {died_after}")


def loses_nothing_the_next_time(tried: Tried) -> None:
    """A second pull, from the cursor of the first, changes nothing where nothing changed."""
    first = tried.pull()
    second = tried.pull(first[-1].cursor)
    _promise(kept([*first, *second]) == kept(first), "a second read changed something")
    _promise(
        not [warning for batch in (*first, *second) for warning in batch.warnings], "a healthy read has no warnings"
    )


def counts_what_it_gave(tried: Tried) -> None:
    """A census knows every item that was read."""
    census = asyncio.run(tried.connector.census(tried.gate()))
    if census is not None:
        _promise(census >= set(kept(tried.pull())), "the census misses what was read")


def can_be_examined(tried: Tried) -> None:
    """The doctor has something to say, in single lines, and a fix for what is not well."""

    async def look() -> list[Observation]:
        return [observation async for observation in tried.connector.examine(tried.gate())]

    for observation in asyncio.run(look()):
        _promise(observation.about, "say what was looked at")
        _promise("\n" not in observation.found, f"{observation.about} is more than a line")
        _promise(observation.is_well or observation.fix, f"{observation.about} is not well and has no fix")


CHECKS: tuple[Check, ...] = (
    says_what_it_is,
    has_a_source_without_secrets,
    gives_items_that_can_be_kept,
    names_only_what_it_gives,
    ends_with_a_cursor,
    goes_on_wherever_it_died,
    loses_nothing_the_next_time,
    counts_what_it_gave,
    can_be_examined,
)
