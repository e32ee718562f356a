"""The fewest moves, each with its reason and put as something to do. Nothing is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backlint.model import Backlog, Band, Item
from backlint.order.agreement import kendall_tau
from backlint.order.moves import effective_levels, right_order, staying, without_rings
from backlint.proposal.worth import SLACK, By, Worth, most_telling, name, worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move. Carried out from the first to the last, the moves give the order that is proposed.

    Attributes:
        item: What moves.
        beside: The item that stays, and beside which it goes.
        is_above: Whether it goes directly above that item, else directly below.
        is_up: Whether it comes nearer to the top.
        reason: Why, to be read after the item's key.
    """

    item: Item
    beside: Item
    is_above: bool
    is_up: bool
    reason: str

    @property
    def step(self) -> str:
        """The move in words."""
        return f"Move {self.item.key} {'above' if self.is_above else 'below'} {self.beside.key}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The fewest moves, and what they rest on.

    Attributes:
        by: What the order follows.
        basis: The same in words: "RICE scores of 45 of 60 waiting items".
        moves: The moves, from the top of the order down.
        further: How many more there are beyond the bands that were asked for.
        agreement: Kendall's tau between place and worth; `None` where there is too little to compare.
        missing: What would have to be known, where nothing can be said.
    """

    by: By
    basis: str
    moves: tuple[Move, ...] = ()
    further: int = 0
    agreement: float | None = None
    missing: str | None = None


def propose(backlog: Backlog, by: By | None = None, within: Band = Band.SOON) -> Proposal:
    """The fewest moves that put the backlog in order, out of or into the bands down to `within`.

    Without `by`, the order follows the value scores if there are any, else MoSCoW classes, else priorities. An item of
    which nothing is known stays out of it, unless it is tied by a dependency to one that is in.
    """
    chosen = by or most_telling(backlog)
    told = worth(backlog, chosen)
    compares = name(backlog, chosen)
    basis = f"{compares} of {len(told)} of {len(backlog.plannable)} waiting items"
    if not backlog.plannable:
        return Proposal(by=chosen, basis=basis, missing="the order of the backlog")
    if not told:
        return Proposal(by=chosen, basis=basis, missing=compares)
    moves = _Comparison(backlog, told, SLACK[chosen]).moves()
    near = [move for move in moves if any(_is_within(backlog, it, within) for it in (move.item, move.beside))]
    places = [(-(it.rank or 0), -told[it.id].level) for it in backlog.plannable if it.id in told]
    return Proposal(
        by=chosen,
        basis=basis,
        moves=tuple(near),
        further=len(moves) - len(near),
        agreement=None if chosen is By.DEPENDENCIES else kendall_tau(places),
    )


def _is_within(backlog: Backlog, item: Item, within: Band) -> bool:
    band = backlog.band(item)
    return band is not None and band.depth <= within.depth


class _Comparison:
    """The items that are compared, by index in the order they stand in."""

    def __init__(self, backlog: Backlog, told: Mapping[str, Worth], slack: int) -> None:
        self.backlog = backlog
        self.told = told
        self.slack = slack
        ranked = {it.id for it in backlog.plannable}
        blockers = {
            it.id: [each.id for each in backlog.open_blockers(it) if each.id in ranked] for it in backlog.plannable
        }
        level = _levels(told, blockers)
        self.items = [it for it in backlog.plannable if it.id in level]
        self.levels = [level[it.id] for it in self.items]
        place = {it.id: at for at, it in enumerate(self.items)}
        self.waiting = without_rings(
            {place[it.id]: [place[each] for each in blockers[it.id] if each in place] for it in self.items}
        )
        self.lifted = effective_levels(self.levels, self.waiting)
        self.held_up: dict[int, list[int]] = defaultdict(list)
        for at, others in self.waiting.items():
            for other in others:
                self.held_up[other].append(at)

    def moves(self) -> list[Move]:
        """Each item that does not stay goes above the next one that does; at the very end, below the last one."""
        kept = staying(self.levels, self.waiting, self.slack)
        order = right_order(self.levels, self.waiting, kept)
        stays = set(kept)
        following = _next_of(stays, order[::-1])[::-1]
        before = _next_of(stays, order)
        found: list[Move] = []
        at_the_end: list[Move] = []
        for index, below, above in zip(order, following, before, strict=True):
            if index in stays:
                continue
            is_up = below is not None and below < index
            compared = below if is_up or above is None else above
            move = Move(
                item=self.items[index],
                beside=self.items[kept[-1] if below is None else below],
                is_above=below is not None,
                is_up=is_up,
                reason=self._reason(index, kept[-1] if compared is None else compared, is_up=is_up),
            )
            (at_the_end if below is None else found).append(move)
        return [*found, *at_the_end[::-1]]

    def _reason(self, index: int, other: int, *, is_up: bool) -> str:
        """Why the item goes to the other side of one that stays."""
        item = self.items[index]
        if is_up and self.lifted[index] < self.levels[index]:
            lifting = [each for each in self.backlog.blocks(item) if each.id in self.told]
            if lifting:
                most = min(lifting, key=lambda each: self.told[each.id].level)
                return f"blocks {most.key}, which has {self.told[most.id].words}"
        is_close = abs(self.lifted[index] - self.lifted[other]) <= self.slack
        if not is_up or is_close:
            told = self._dependency(index, is_up=is_up)
            if told:
                return told
        return f"has {self._words(index)}, and {self.items[other].key} has {self._words(other)}"

    def _dependency(self, index: int, *, is_up: bool) -> str | None:
        if is_up:
            above = [each for each in self.held_up[index] if each < index]
            return f"blocks {self.items[above[0]].key}, which stands above it" if above else None
        below = [other for other in self.waiting.get(index, ()) if other > index]
        return f"waits for {self.items[below[0]].key}, which stands below it" if below else None

    def _words(self, index: int) -> str:
        told = self.told.get(self.items[index].id)
        return told.words if told else "no figure of its own"


def _levels(told: Mapping[str, Worth], blockers: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The level of each item that is compared. One without a worth is put with what it waits for, else at the end."""
    levels = {each: worth.level for each, worth in told.items()}
    for each, others in blockers.items():
        if each not in levels and any(other in told for other in others):
            levels[each] = max(told[other].level for other in others if other in told)
    last = max(levels.values())
    for each in [other for each, others in blockers.items() if each in levels for other in others]:
        levels.setdefault(each, last)
    return {each: level for each, level in levels.items() if each in blockers}


def _next_of(stays: Iterable[int], order: Sequence[int]) -> list[int | None]:
    """For each place in the order, the nearest item before it that stays."""
    nearest: int | None = None
    found: list[int | None] = []
    kept = set(stays)
    for index in order:
        found.append(nearest)
        if index in kept:
            nearest = index
    return found
