"""From the moves that are proposed to a plan: each with the neighbours that it has now and is to have then."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlint.manners import Manners, Silence, whose
from backlint.model import Backlog, Item
from backlint.proposal import Move, Proposal
from backlint.writeback.changes import Neighbour, Place, RankChange
from backlint.writeback.commenting import Intent
from backlint.writeback.journal import Journal
from backlint.writeback.plan import Plan, Step
from backlint.writer import Opening, Order


@dataclass(frozen=True)
class Ranking:
    """Plans the moves in one source of a team."""

    journal: Journal
    manners: Manners

    async def plan(
        self, team: str, backlog: Backlog, proposal: Proposal, among: Collection[str], way: Opening
    ) -> Intent:
        """What to move, of items `among` these; the tracker's order is read, if there is anything to move."""
        moves = [move for move in proposal.moves if move.item.id in among]
        nothing = Plan(team=team, source=self.journal.source, made_at=backlog.now)
        if proposal.missing:
            return Intent(plan=nothing, refusal=f"{team}: no move can be proposed without {proposal.missing}.")
        if len(moves) > self.manners.per_run:
            return Intent(plan=nothing, refusal=self._too_many(len(moves)))
        if not moves:
            return Intent(plan=nothing)
        async with way as writer:
            order = await writer.order()
        if not _is_as_read(order, backlog, among):
            return Intent(plan=nothing, refusal=f"The order of {team} changed since it was read; run it again.")
        heard = [(move, self._silence(move, order)) for move in moves]
        steps = _steps(order, [move for move, why in heard if why is None], backlog)
        return Intent(
            plan=Plan(team=team, source=self.journal.source, made_at=backlog.now, steps=tuple(steps)),
            silent=tuple(Silence(item=move.item, why=why) for move, why in heard if why),
        )

    def _too_many(self, moves: int) -> str:
        return (
            f"{moves} items would be moved, more than the {self.manners.per_run} of one run, so none is. Narrow it "
            "with `--within next`, or raise `comments.per_run`."
        )

    def _silence(self, move: Move, order: Order) -> str | None:
        """Why an item is not moved, though it should be."""
        person = whose(move.item)
        if (move.item.labels or frozenset()) & self.manners.opt_out_labels:
            return "its labels ask for silence"
        if person and {person.id, person.name} & self.manners.opt_out_people:
            return "its owner asked for silence"
        if move.item.id not in order:
            return "it has no place in an order that can be written to"
        if not any(move.item.id in each and move.beside.id in each for each in order.lists):
            return f"{move.beside.key} stands in another sprint or on another board, and a move does not lead there"
        return None


def _is_as_read(order: Order, backlog: Backlog, among: Collection[str]) -> bool:
    """Whether what was compared still stands in the order in which it was compared."""
    now = [id_ for each in order.lists for id_ in each]
    read = [item.id for item in backlog.plannable if item.id in among]
    there, known = set(now), set(read)
    return [id_ for id_ in now if id_ in known] == [id_ for id_ in read if id_ in there]


def _steps(order: Order, moves: Sequence[Move], backlog: Backlog) -> Iterator[Step]:
    for each in order.lists:
        here = {move.item.id: move for move in moves if move.item.id in each}
        yield from _in_list(list(each), here, backlog)


def _in_list(ids: list[str], moves: Mapping[str, Move], backlog: Backlog) -> Iterator[Step]:
    """From the top of the order down, each goes directly below what stands above it in the end.

    So every step stays true while the next ones are taken, and a run that was killed can go on where it was.
    """
    wanted = _moved(ids, moves.values())
    for at, id_ in enumerate(wanted):
        above = wanted[at - 1] if at else None
        if id_ not in moves or _place(ids, id_)[0] == above:
            continue
        before = _place(ids, id_)
        ids.remove(id_)
        ids.insert(ids.index(above) + 1 if above else 0, id_)
        change = RankChange(before=_told(before, backlog), after=_told(_place(ids, id_), backlog))
        yield _step(moves[id_], change)


def _moved(ids: Sequence[str], moves: Collection[Move]) -> list[str]:
    """The order once all moves were made."""
    wanted = list(ids)
    for move in moves:
        wanted.remove(move.item.id)
        wanted.insert(wanted.index(move.beside.id) + (not move.is_above), move.item.id)
    return wanted


def _place(ids: Sequence[str], id_: str) -> tuple[str | None, str | None]:
    return Order((tuple(ids),)).around(id_) or (None, None)


def _told(place: tuple[str | None, str | None], backlog: Backlog) -> Place:
    above, below = (Neighbour(id=id_, key=_key(id_, backlog)) if id_ else None for id_ in place)
    return Place(above=above, below=below)


def _key(id_: str, backlog: Backlog) -> str:
    """What people call it; something on a board that is none of ours has no better name."""
    return backlog.by_id[id_].key if id_ in backlog.by_id else id_.rpartition("/")[2]


def _step(move: Move, change: RankChange) -> Step:
    item: Item = move.item
    person = whose(item)
    return Step(
        item=item.id,
        key=item.key,
        url=item.url,
        change=change,
        why=f"it {move.reason}",
        person=person.id if person else None,
        seen=item.updated,
    )
