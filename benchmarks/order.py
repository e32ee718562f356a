"""The fewest moves for 20,000 items, under a second of one core: `python -m benchmarks.order`."""

from argparse import ArgumentParser
from collections.abc import Callable
from random import Random
from time import process_time

from backlint.order.agreement import kendall_tau
from backlint.order.inversions import inversions
from backlint.order.moves import right_order, staying
from benchmarks.performance import record

ITEMS = 20_000
LIMIT_SECONDS = 1.0


def timed(name: str, work: Callable[[], int]) -> float:
    start = process_time()
    found = work()
    took = process_time() - start
    print(f"{name:<62} {found:>7,} {took:>7.2f} s{'' if took < LIMIT_SECONDS else '   too slow'}")
    return took


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    draw = Random(7)  # noqa: S311 - reproducible, not secret
    five = [draw.randint(1, 5) for _ in range(ITEMS)]
    scores = draw.sample(range(10 * ITEMS), ITEMS)
    nearly = sorted(scores)
    for _ in range(ITEMS // 20):
        a, b = draw.randrange(ITEMS), draw.randrange(ITEMS)
        nearly[a], nearly[b] = nearly[b], nearly[a]
    few = {draw.randrange(ITEMS): [draw.randrange(ITEMS)] for _ in range(ITEMS // 10)}
    many = {draw.randrange(ITEMS): [draw.randrange(ITEMS)] for _ in range(ITEMS // 2)}
    print(f"{ITEMS:,} items")
    slowest = max(
        [
            timed("five priorities, neighbours no inversion: to be moved", lambda: len(inversions(five, slack=1))),
            timed("Kendall's tau: in per cent", lambda: round(100 * (kendall_tau(enumerate(scores)) or 0))),
            timed("five priorities, 2,000 dependencies: stay", lambda: len(staying(five, few))),
            timed("different scores, 2,000 dependencies: stay", lambda: len(staying(scores, few))),
            timed("nearly in order, 2,000 dependencies: stay", lambda: len(staying(nearly, few))),
            timed("five priorities, 10,000 dependencies: stay", lambda: len(staying(five, many))),
            timed("the same, neighbours no inversion: stay", lambda: len(staying(five, many, slack=1))),
            timed("the whole order put right", lambda: len(right_order(scores, few, []))),
        ]
    )
    if asked.record:
        record("order", f"{ITEMS:,} items.", {"the slowest of all": slowest})
    return slowest >= LIMIT_SECONDS


if __name__ == "__main__":
    raise SystemExit(main())
