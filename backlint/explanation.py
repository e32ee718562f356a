"""What `backlint explain ITEM` shows: why an item stands where it stands, and what each rule made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from backlint.errors import ConfigError
from backlint.finding import Finding, Undecided
from backlint.forecast import Forecast, Span
from backlint.model import Backlog, Band, Item, Moscow, Priority, Score
from backlint.model.activity import LastWord
from backlint.planning.planning import Said
from backlint.plural import plural
from backlint.ready import waits_for
from backlint.twins import Twins, twins
from backlint.value import FRAMEWORKS, computed, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item stands: `number` of `of` items that can be planned; `above` is the work before it.

    `number` is `None` for what has no place: an epic, work that has begun, or an item outside the order.
    """

    number: int | None
    of: int
    band: Band | None
    above: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTold:
    """A value score with all that it is made of. `place` is how many items have at least as much."""

    framework: str
    stored: float | None
    computed: float | None
    inputs: dict[str, float]
    formula: str
    place: int | None
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one rule made of the item: findings, or what it was missing, or (neither) nothing to say."""

    rule: str
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that decides about an item's place. What the tracker does not say is `None` or empty.

    Attributes:
        reasons: What speaks for its place or a higher one, in short sentences.
        line: What contains it, the nearest first.
        forecast: When it will be done; `None` without a pace.
        last_word: What a person did last, and who is waited for.
        decisions: What each rule made of it, those that found something first.
    """

    item: Item
    place: Place
    reasons: tuple[str, ...]
    priority: str | None
    score: ScoreTold | None
    moscow: str | None
    due: date | None
    forecast: Span | None
    line: tuple[Item, ...]
    themes: tuple[str, ...]
    votes: int | None
    waits_for: tuple[Item, ...]
    foreign_blockers: tuple[str, ...]
    blocks: tuple[Item, ...]
    twins: tuple[Twins, ...]
    last_word: LastWord | None
    quiet_days: int | None
    decisions: tuple[Decision, ...]


def find(backlog: Backlog, word: str) -> Item:
    """The item of that key, id or address, in any case. Raises `ConfigError` with the nearest key if there is none."""
    wanted = word.strip().casefold()
    found = [it for it in backlog if wanted in {it.key.casefold(), it.id.casefold(), it.url.casefold().rstrip("/")}]
    ending = [it for it in backlog if wanted.startswith("#") and it.key.casefold().endswith(wanted)]
    for items in (found, ending):
        if len(items) == 1:
            return items[0]
        if items:
            raise ConfigError(f"{word} is several items: {', '.join(it.url for it in items[:3])}. Give the address.")
    near = get_close_matches(wanted, [it.key.casefold() for it in backlog], n=1)
    hint = f"; did you mean {next(it.key for it in backlog if it.key.casefold() == near[0])}?" if near else "."
    raise ConfigError(f"There is no item {word} in {backlog.name or 'this backlog'}{hint}")


def explain(backlog: Backlog, item: Item, said: Said, rules: Iterable[str] = ()) -> Explanation:
    """Why the item stands where it stands; `rules` are the names of all that ran."""
    score = _score(backlog, item)
    priority = item.priority.name if isinstance(item.priority, Priority) else None
    quiet = backlog.quiet_for(item)
    return Explanation(
        item=item,
        place=_place(backlog, item),
        reasons=tuple(_reasons(backlog, item, score)),
        priority=priority,
        score=score,
        moscow=item.moscow.value if isinstance(item.moscow, Moscow) else None,
        due=item.due if isinstance(item.due, date) else None,
        forecast=Forecast(backlog).of(item),
        line=backlog.ancestors(item),
        themes=tuple(backlog.themes[each].title for each in item.themes or () if each in backlog.themes),
        votes=item.votes,
        waits_for=backlog.open_blockers(item),
        foreign_blockers=tuple(each.key for each in waits_for(item, backlog) if each.is_foreign),
        blocks=tuple(it for it in backlog.blocks(item) if it.is_open),
        twins=tuple(pair for pair in twins(backlog) if item.id in {pair.one.id, pair.other.id}),
        last_word=backlog.activity.last_word(item),
        quiet_days=None if quiet is None else quiet.days,
        decisions=tuple(_decisions(item, said, rules)),
    )


def _place(backlog: Backlog, item: Item) -> Place:
    ids = [it.id for it in backlog.plannable]
    number = ids.index(item.id) + 1 if item.id in ids else None
    above = None
    if number is not None:
        sizes, pace = backlog.work, backlog.pace
        if sizes and pace:
            amount = sum(sizes[each] for each in ids[: number - 1])
            above = f"{amount:g} {pace.unit.value}, {amount / pace.per_sprint:.1f} sprints at {pace}"
        else:
            above = plural(number - 1, "item")
    return Place(number=number, of=len(ids), band=backlog.band(item), above=above)


def _score(backlog: Backlog, item: Item) -> ScoreTold | None:
    if not isinstance(item.score, Score):
        return None
    formula = FRAMEWORKS[item.score.framework]
    made = computed(item.score)
    own = value(item.score)
    others = [
        worth
        for it in backlog.plannable
        if isinstance(it.score, Score)
        and it.score.framework is item.score.framework
        and (worth := value(it.score)) is not None
    ]
    return ScoreTold(
        framework=formula.name,
        stored=item.score.stored,
        computed=made.value if made else None,
        inputs=dict(item.score.inputs),
        formula=formula.source,
        place=None if own is None else 1 + sum(other > own for other in others),
        of=len(others),
    )


def _reasons(backlog: Backlog, item: Item, score: ScoreTold | None) -> Iterator[str]:
    if score and score.place is not None:
        shown = score.stored if score.stored is not None else score.computed
        yield f"Its {score.framework} score of {shown:g} is number {score.place} of {score.of}."
    if isinstance(item.priority, Priority):
        others = sum(it.priority == item.priority and it.id != item.id for it in backlog.plannable)
        as_many = {0: "no other waiting item has that", 1: "one other waiting item has that"}
        yield f"Its priority is {item.priority.name}; {as_many.get(others, f'{others} other waiting items have that')}."
    if isinstance(item.due, date):
        days = (item.due - backlog.now.date()).days
        yield f"It is due in {plural(days, 'day')}." if days >= 0 else f"It was due {plural(-days, 'day')} ago."
    held_up = [it for it in backlog.blocks(item) if it.is_open]
    if held_up:
        yield f"It holds up {', '.join(it.key for it in held_up)}."
    goals = [backlog.themes[each].title for each in item.themes or () if each in backlog.themes]
    goals += [it.title for it in backlog.ancestors(item) if it.kind.contains_items]
    if goals:
        yield f"It serves {', '.join(goals)}."
    if item.votes:
        yield f"It has {plural(item.votes, 'vote')}."


def _decisions(item: Item, said: Said, rules: Iterable[str]) -> Iterator[Decision]:
    findings = [each for each in said.findings if _is_about(each, item)]
    undecided = [each for each in said.undecided if _is_about(each, item)]
    names = {*rules, *(each.rule for each in findings), *(each.rule for each in undecided)}
    decisions = [
        Decision(
            rule=rule,
            findings=tuple(each for each in findings if each.rule == rule),
            missing=tuple(dict.fromkeys(each.missing for each in undecided if each.rule == rule)),
        )
        for rule in names
    ]
    yield from sorted(decisions, key=lambda it: (not it.findings, not it.missing, it.rule))


def _is_about(each: Finding | Undecided, item: Item) -> bool:
    return each.subject is not None and each.subject.id == item.id
