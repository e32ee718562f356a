"""What the store costs for an item, beside `json.loads` of the same: `python -m benchmarks.store [--items 20000]`.

Everything is measured in turn in one process and repeated, the collector off for the yardstick (its cost grows with
what is kept, so it is none); figures are medians. Ratios can be compared over machines, microseconds cannot.
"""

import gc
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from backlint.connector import Batch
from backlint.example import NOW, ago, item
from backlint.model import EMPTY, Estimate, Event, Happening, Item, Link, LinkKind, Person, Priority
from backlint.store import Store
from benchmarks.performance import record

ROUNDS = 5
PAGE = 100
SOURCE = "jira:tracker.example/SHOP"
WORDS = [
    "the",
    "customer",
    "sees",
    "pays",
    "order",
    "price",
    "basket",
    "when",
    "then",
    "after",
    "error",
    "page",
    "login",
    "address",
    "stock",
    "parcel",
    "mail",
]

TARGETS = {"again, unchanged": 0.35}
"""Of the insert."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    count: int = asked.items
    made = list(items(count))
    pages = [json.dumps([wire(each) for each in made[start : start + PAGE]]) for start in range(0, count, PAGE)]
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, seconds in measured(made, pages):
            taken.setdefault(name, []).append(seconds / count * 1e6)
    yardstick = median(taken["json.loads"])
    print(f"{count:,} items, {sum(map(len, pages)) / count:,.0f} bytes of JSON each; median of {ROUNDS}")
    for name, each in taken.items():
        print(f"{name:24} {median(each):7.1f} us/item of CPU   {median(each) / yardstick:5.2f} x json.loads")
    again = median(taken["again, unchanged"]) / median(taken["insert"])
    print(f"again, unchanged: {again:.2f} of an insert (target {TARGETS['again, unchanged']})")
    if asked.record:
        ratios = {name: median(each) / yardstick for name, each in taken.items()}
        seen = ratios | {"again, unchanged, beside an insert": again}
        record("store", f"{count:,} items; median of {ROUNDS}.", seen)
    print(f"peak memory {getrusage(RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, the items themselves among it")


def measured(made: Sequence[Item], pages: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The seconds of CPU for each thing, in turn."""
    gc.disable()
    yield "json.loads", cpu(lambda: [json.loads(page) for page in pages])
    gc.enable()
    ids = tuple(each.id for each in made)
    with TemporaryDirectory() as folder, Store.open(str(Path(folder) / "store.db")) as store:
        yield "insert", cpu(lambda: keep(store, made))
        yield "again, unchanged", cpu(lambda: keep(store, made))
        yield "a ranking", cpu(lambda: store.keep(SOURCE, Batch(ranking=ids), at=NOW))
        yield "the same ranking", cpu(lambda: store.keep(SOURCE, Batch(ranking=ids), at=NOW))
        yield "read, streamed", cpu(lambda: sum(1 for _ in store.items(SOURCE)))
        yield "read without history", cpu(lambda: sum(1 for _ in store.items(SOURCE, with_history=False)))


def keep(store: Store, made: Sequence[Item]) -> None:
    for start in range(0, len(made), PAGE):
        store.keep(SOURCE, Batch(items=tuple(made[start : start + PAGE])), at=NOW)


def cpu(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def items(count: int) -> Iterator[Item]:
    """Items as large as real ones: two thousand characters of text, five events, a link, a few words."""
    random = Random(7)  # noqa: S311 - it is no secret
    people = [Person(id=f"p{number}", name=f"Person {number}") for number in range(40)]
    for number in range(1, count + 1):
        events = (
            Event(
                at=ago(random.uniform(1, 400)),
                what=random.choice(list(Happening)),
                actor=random.choice(people),
                text=" ".join(random.choices(WORDS, k=30)),
            )
            for _ in range(random.randrange(10))
        )
        yield item(
            number,
            rank=None,
            body=" ".join(random.choices(WORDS, k=random.randrange(650))),
            criteria=EMPTY,
            priority=Priority(level=random.randrange(1, 6), name="High"),
            estimate=Estimate(value=random.choice((1, 2, 3, 5, 8))) if random.random() < 0.6 else EMPTY,
            labels=frozenset(random.sample(WORDS, 2)),
            assignees=(random.choice(people),),
            author=random.choice(people),
            links=(Link(kind=LinkKind.RELATES, target=f"example:{number // 2}", key=f"SHOP-{number // 2}"),),
            sprints=(f"sprint {number // 50}",),
            events=tuple(sorted(events, key=lambda event: event.at)),
        )


def wire(told: Item) -> dict[str, object]:
    """The same content as a tracker's answer has it, with the bulk around it that every answer has."""
    people = {person.id: avatar(person) for person in (*(told.assignees or ()), told.author) if person}
    return {
        "id": told.id,
        "self": told.url,
        "key": told.key,
        "fields": {
            "summary": told.title,
            "description": told.body,
            "labels": sorted(told.labels or ()),
            "created": told.created.isoformat(),
            "updated": told.updated.isoformat(),
            "people": people,
            "issuelinks": [{"type": link.kind, "key": link.key} for link in told.links or ()],
            **{f"customfield_{number}": None for number in range(10_000, 10_060)},
        },
        "changelog": [
            {"created": event.at.isoformat(), "author": avatar(event.actor), "what": event.what, "body": event.text}
            for event in told.events or ()
        ],
    }


def avatar(who: Person | None) -> dict[str, object]:
    name = who.id if who else ""
    pictures = {f"{size}x{size}": f"https://tracker.example/avatar/{name}?size={size}" for size in (16, 24, 32, 48)}
    return {"accountId": name, "displayName": who and who.name, "active": True, "avatarUrls": pictures}


if __name__ == "__main__":
    main()
