"""A run as reports get it: two invented teams, with rules of their own, so that no rule's change moves a snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backlint.example import NOW, ago, item
from backlint.finding import Confidence, Crash, Finding, Severity, Subject, Undecided
from backlint.health import Change, Health, Point, Reading, Run, diagnose
from backlint.model import EMPTY, Backlog, Band, Estimate, Framework, Item, Kind, Person, Score, Stage
from backlint.plugin import Plugin

ADA = Person(id="p:ada", name="Ada Brandt")
NOUR = Person(id="p:nour", name="Nour Haddad")
TOMAS = Person(id="p:tomas", name="Tomás Rey")
WHO = (ADA, NOUR, TOMAS, None)

TITLES = (
    "Customers can pay by invoice from their second order",
    "Show the delivery day before the customer signs in",
    "Card payments fail when the bank asks for a second factor",
    "Let people change their address after they ordered",
    "Move the price calculation out of the basket service",
    "Guests can track a parcel without an account",
    "Vouchers that are used up are still shown as valid",
    "Find out why one basket in nine is left at the address step",
    "Support can see what the customer saw",
    "Send one mail for an order, not four",
    "Return labels in the customer's language",
    "Reorder with one tap from the order history",
    "Warn before a cold item is put into a warm parcel",
    "Search finds products by the words on their box",
    "Stock is wrong for two minutes after an import",
    "Gift wrapping for single items",
    "The checkout works with the keyboard alone",
    "Replace the session store before its support ends",
    "Tell shops which of their photos are too small",
    "Split a payment between two cards",
    "Export of orders for the tax adviser",
    "Rate a product from the delivery mail",
    "Remember the last pick-up point",
    "Prices with the right rounding in Switzerland",
    "Categories that nobody has opened in a year",
    "Show the deposit for bottles as a line of its own",
    "A calmer page while the payment is pending",
    "Compare up to four products",
    "Log what the fraud check was told",
    "Wish lists that can be shared",
)
POINTS = (3, 5, 2, 8, 13, 3, 1, 2, 5, 3, 5, 21, 2, 8, 3)


def rule(name: str, family: str, page: str) -> Plugin:
    """A rule, as far as a report sees one."""

    class Told(Plugin):
        @classmethod
        def name(cls) -> str:
            return name

        @classmethod
        def family(cls) -> str:
            return family

    Told.__doc__ = page
    return Told()


RULES = (
    rule(
        "missing-acceptance-criteria",
        "readiness",
        "An item about to be planned has no acceptance criteria.\n\nNobody can tell when it is done, so the team finds "
        "out in review what it should have settled in refinement.\n\nWrite a list under a heading such as "
        "`Acceptance criteria`, or describe the behaviour with *Given*, *When* and *Then*.",
    ),
    rule(
        "missing-estimate",
        "readiness",
        "An item near the top has no estimate.\n\nThe next sprint cannot be filled without guessing.\n\nEstimate it "
        "together; five minutes are enough for most items.",
    ),
    rule(
        "stale-item",
        "staleness",
        "Nobody has done anything about an item for a long time.\n\nWhat nobody has touched for months is seldom "
        "wanted as it was written.\n\nRead it again: refresh it, or let it go.",
    ),
    rule(
        "priority-inversion",
        "ordering",
        "An item stands below items of clearly lower priority.\n\nThe order and the priority say two different things, "
        "and planning can follow only one.\n\nMove it, or correct its priority.",
    ),
    rule(
        "oversized-item",
        "size",
        "An item near the top is too large to finish in one sprint.\n\nLarge items are carried over.\n\nSplit it along "
        "what a customer can already use.",
    ),
    rule(
        "story-form",
        "content",
        "A story does not say who wants it, what, or why.\n\nThe benefit is what is missing most, and what settles "
        "every later question.\n\nSay for whom it is, and what they gain.",
    ),
    rule(
        "missing-theme",
        "roadmap",
        "An item serves no goal that anybody has named.\n\nIt cannot be weighed against the others.\n\nGive it a "
        "theme, or ask why it is here.",
    ),
    rule("dependency-cycle", "ordering", "Items block each other in a ring.\n\nNone can be begun.\n\nRemove a link."),
)


@dataclass(frozen=True)
class Said:
    """What the sample's rules said."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...] = ()
    crashes: tuple[Crash, ...] = ()


def backlog(name: str, *, titles: Sequence[str] = TITLES, items: int = 64, velocity: float | None = 21) -> Backlog:
    """Some sixty open items in their order, and as many that are done."""
    waiting = [_waiting(number, titles, name) for number in range(1, items + 1)]
    done = [_done(number, titles, name) for number in range(items + 1, 2 * items + 1)]
    return Backlog([*epics(name), *waiting, *done], now=NOW, name=name, velocity=velocity)


def epics(name: str) -> list[Item]:
    """What the items serve."""
    return [
        item(n, id=f"sample:{name}:{n}", title=title, kind=Kind.EPIC, rank=None, created=ago(200), due=due)
        for n, title, due in (
            (901, "Pay the way people want to pay", date(2027, 1, 31)),
            (902, "Parcels that arrive when they should", EMPTY),
        )
    ]


def _waiting(number: int, titles: Sequence[str], name: str) -> Item:
    owner = WHO[number % len(WHO)]
    return item(
        number,
        id=f"sample:{name}:{number}",
        title=titles[(number - 1) % len(titles)],
        kind=Kind.BUG if number % 7 == 3 else Kind.STORY,
        stage=Stage.DOING if number <= 2 else Stage.BACKLOG,
        rank=number,
        created=ago(4 + (number * 37) % 90 + (number * number) % 700 * (number > 20)),
        estimate=EMPTY if number % 6 == 4 else Estimate(value=POINTS[number % len(POINTS)]),
        assignees=(owner,) if owner else (),
        author=NOUR,
        parent=f"sample:{name}:{901 + number % 2}" if number % 5 else EMPTY,
        score=Score(framework=Framework.RICE, stored=(900 - 11 * number) * (0.4 + number * 7 % 10 / 8)),
    )


def _done(number: int, titles: Sequence[str], name: str) -> Item:
    closed = (number * 29) % 100
    return item(
        number,
        id=f"sample:{name}:{number}",
        title=titles[number % len(titles)],
        rank=None,
        stage=Stage.DROPPED if number % 9 == 0 else Stage.DONE,
        created=ago(closed + 3 + (number * 13) % 70),
        closed=ago(closed),
    )


def said(backlog: Backlog) -> Said:
    """What rules say of it: every fault at the places where it would be found."""
    found = [finding for each in backlog.ranked for finding in _about(each, backlog)]
    found.append(
        _finding("dependency-cycle", None, "two items wait for each other", "Remove the link that no longer holds.")
    )
    found.sort(key=lambda it: (-it.severity.weight, it.subject.rank or 0 if it.subject else 0))
    missing = "value scores (RICE, WSJF, ICE)"
    undecided = [
        Undecided(rule="missing-theme", missing=missing, subject=_subject(each)) for each in backlog.ranked[40:]
    ]
    return Said(tuple(found), tuple(undecided))


def _about(each: Item, backlog: Backlog) -> Iterable[Finding]:
    number, band = each.rank or 0, backlog.band(each)
    near = band in {Band.NEXT, Band.SOON}
    if near and number % 3 == 1:
        fix = 'Write a list under the heading "Acceptance criteria".'
        yield _finding("missing-acceptance-criteria", each, "has no acceptance criteria", fix, band=band)
    if near and each.estimate is EMPTY:
        yield _finding("missing-estimate", each, "has no estimate", "Estimate it with the team.", band=band)
    if isinstance(each.estimate, Estimate) and each.estimate.value >= 13 and near:
        limit = "8 points, 90 % of this team's estimates"
        fact = f"is estimated at {each.estimate}"
        yield _finding("oversized-item", each, fact, "Split it along what is usable by itself.", limit, band=band)
    if number % 4 == 0 and number > 16:
        fact = f"was last touched by a person {60 + number * 3} days ago"
        limit = "90 days in this band"
        yield _finding("stale-item", each, fact, "Refresh it, or let it go.", limit, band=band)
    if number % 11 == 5:
        fact = "stands below 6 items of lower priority"
        fix = f"Move it above SHOP-{max(number - 4, 1)}."
        yield _finding("priority-inversion", each, fact, fix, "priority High", confidence=Confidence.MEDIUM, band=band)
    if number % 5 == 2 and band is not Band.ICEBOX:
        fact = "does not say what anybody gains by it"
        yield _finding(
            "story-form", each, fact, 'Add a sentence: "so that …".', confidence=Confidence.MEDIUM, band=band
        )


SEVERITY = {Band.NEXT: Severity.ERROR, Band.SOON: Severity.WARNING}


def _finding(
    name: str,
    about: Item | None,
    fact: str,
    fix: str,
    limit: str | None = None,
    *,
    band: Band | None = None,
    confidence: Confidence = Confidence.HIGH,
) -> Finding:
    family = next(each.family() for each in RULES if each.name() == name)
    heaviest = SEVERITY.get(band, Severity.INFO) if band else Severity.WARNING
    return Finding(
        rule=name,
        family=family,
        severity=Severity.WARNING if family in {"content", "staleness"} and heaviest is Severity.ERROR else heaviest,
        confidence=confidence,
        subject=_subject(about) if about else None,
        band=band,
        fact=fact,
        fix=fix,
        limit=limit,
        part="",
        evidence={},
    )


def _subject(about: Item) -> Subject:
    return Subject(id=about.id, key=about.key, title=about.title, url=about.url, rank=about.rank)


def past(health: Health) -> tuple[Point, ...]:
    """Ninety nights before this one: findings fall, and once the rules were changed."""
    now = health.point()
    return tuple(
        replace(
            now,
            at=NOW - timedelta(days=back),
            score=None if now.score is None else now.score - back / 8 + (back * 7 % 5) / 2,
            findings=now.findings + back // 3 + back * 7 % 4,
            open_items=now.open_items - back // 12 + back % 3,
            ready=max((now.ready or 0) - back % 3, 0),
            families={family: count + back % 4 for family, count in now.families.items()},
            rules="first" if back > 31 else "second",
        )
        for back in range(90, 0, -1)
    )


def change(health: Health) -> Change:
    """Since last night: a few findings are new, some were mended, one came back."""
    new = [finding.fingerprint for finding in health.findings[2:14:4]]
    mended = [replace(finding, part="then") for finding in health.findings[5:16:2]]
    back = [finding.fingerprint for finding in health.findings[20:21]]
    nights = past(health)
    return Change(since=nights[-1].at, new=tuple(new), fixed=tuple(mended), came_back=tuple(back), before=nights[-1])


def reading(name: str, items: int) -> Reading:
    """A source that was read whole."""
    source = f"jira:{name.lower()}.tracker.example"
    return Reading(source=source, items=items, read_at=NOW - timedelta(minutes=3), is_complete=True)


def health(
    name: str = "Checkout", *, titles: Sequence[str] = TITLES, nth_night: bool = True, items: int = 64
) -> Health:
    """One team's health: on its first night, or with what came before."""
    log = backlog(name, titles=titles, items=items)
    told = said(log)
    readings = [reading(name, len(log))]
    first = diagnose(log, told, readings, rules=RULES, rules_version="second")
    if not nth_night:
        return first
    return diagnose(
        log,
        told,
        readings,
        rules=RULES,
        change=change(first),
        past=past(first),
        hidden={"waived": 3, "in the baseline": 41},
        rules_version="second",
    )


def run(*teams: Health) -> Run:
    """One run over these teams, or over one."""
    return Run(id="20261122-080000-5f1c", at=NOW, version="0.1.0", teams=teams or (health(),))
