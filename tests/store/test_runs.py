"""What every run found: new, fixed, came back; and what an incomplete run must not say."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlint.example import NOW, item
from backlint.finding import Crash, Finding
from backlint.health import Change, Health, RuleHealth, Run, diagnose
from backlint.store import Store
from tests.health.made import backlog, finding, found

TEAM = "Checkout"
RULE = "missing-acceptance-criteria"
ASKED = frozenset({RULE, "stale-item"})
FIVE = tuple(finding(item(number, title="\0🎂"), evidence={"words": ["a", "b"], "days": 3.5}) for number in range(1, 6))


def health(day: int, findings: Sequence[Finding], *, is_complete: bool = True) -> Health:
    told = diagnose(backlog(item(1)), found(*findings))
    ran = [RuleHealth(rule=name, family="x", summary="", findings=0, undecided=0, missing=None) for name in ASKED]
    return replace(told, now=NOW + timedelta(days=day), is_complete=is_complete, rules=tuple(ran), rules_version="v1")


def record(store: Store, told: Health, *, hidden: Collection[str] = ()) -> None:
    store.record_run(Run(id=f"run {told.now}", at=told.now, version="1.0", teams=(told,)), hidden=hidden)


def change(store: Store, *findings: Finding, asked: Collection[str] = ASKED, hidden: Collection[str] = ()) -> Change:
    told = store.change(TEAM, findings, asked=asked, hidden=hidden)
    assert told
    return told


def prints(findings: Sequence[Finding]) -> set[str]:
    return {each.fingerprint for each in findings}


def test_the_first_run_has_nothing_to_be_held_against(store: Store) -> None:
    assert store.change(TEAM, FIVE, asked=ASKED) is None
    assert store.last_run(TEAM) is None


def test_tells_new_from_fixed_from_came_back(store: Store) -> None:
    record(store, health(0, FIVE[:3]))
    record(store, health(1, FIVE[1:3]))
    told = change(store, FIVE[0], FIVE[1], FIVE[4])
    assert (set(told.new), set(told.came_back)) == (prints(FIVE[4:]), prints(FIVE[:1]))
    assert prints(told.fixed) == prints(FIVE[2:3])
    assert (told.since, told.before) == (NOW + timedelta(days=1), health(1, FIVE[1:3]).point())


def test_what_was_fixed_comes_as_it_was_found(store: Store) -> None:
    record(store, health(0, FIVE[:1]))
    (fixed,) = change(store).fixed
    assert fixed.subject
    assert FIVE[0].subject
    assert fixed == replace(FIVE[0], subject=replace(FIVE[0].subject, title="🎂"))


def test_an_incomplete_run_mends_nothing(store: Store) -> None:
    record(store, health(0, FIVE[:3]))
    record(store, health(1, FIVE[4:], is_complete=False))
    told = change(store, *FIVE)
    assert told.since == NOW
    assert (set(told.new), told.came_back, told.fixed) == (prints(FIVE[3:]), (), ())


def test_a_rule_that_did_not_look_mends_nothing(store: Store) -> None:
    record(store, health(0, FIVE[:2]))
    assert change(store, asked={"stale-item"}).fixed == ()
    record(store, replace(health(1, ()), crashes=(Crash(rule=RULE, subject=None, error="KeyError"),)))
    assert change(store, FIVE[0]).came_back == (FIVE[0].fingerprint,)


def test_what_is_waived_is_not_mended(store: Store) -> None:
    record(store, health(0, FIVE[:2]))
    hidden = prints(FIVE[:1])
    assert prints(change(store, hidden=hidden).fixed) == prints(FIVE[1:2])
    record(store, health(1, ()), hidden=hidden)
    assert change(store).fixed == ()


def test_a_run_is_recorded_once(store: Store) -> None:
    record(store, health(0, FIVE[:2]))
    record(store, health(0, FIVE[3:]))
    assert len(store.past(TEAM)) == 1
    assert prints(change(store).fixed) == prints(FIVE[:2])


def test_the_past_of_a_team_comes_oldest_first(store: Store) -> None:
    for day in range(5):
        record(store, health(day, FIVE[:day], is_complete=day != 3))
    record(store, replace(health(9, ()), name="Search"))
    past = store.past(TEAM, 3)
    assert [(each.point.findings, each.is_complete) for each in past] == [(2, True), (3, False), (4, True)]
    assert [each.point for each in past] == [health(day, FIVE[:day]).point() for day in (2, 3, 4)]
    last = store.last_run(TEAM)
    assert last
    assert (last.id, last.version, last.point.rules) == (f"run {NOW + timedelta(days=4)}", "1.0", "v1")


def test_what_any_run_found_can_still_be_told(store: Store) -> None:
    seen = [{0, 1}, {1}, {1, 2}, {0, 2}]
    for day, numbers in enumerate(seen):
        record(store, health(day, [FIVE[number] for number in numbers]))
    told = [store.found(TEAM, f"run {NOW + timedelta(days=day)}") for day in range(4)]
    assert [each and set(each) for each in told] == [prints([FIVE[n] for n in numbers]) for numbers in seen]
    assert store.found(TEAM, "no such run") is None


def test_pruning_keeps_the_last_run_and_what_still_stands(store: Store) -> None:
    record(store, health(0, FIVE[:3]))
    record(store, health(1, FIVE[:2]))
    record(store, health(2, FIVE[:2]))
    assert store.prune(NOW + timedelta(days=30)) == 2
    assert [each.point.at for each in store.past(TEAM)] == [NOW + timedelta(days=2)]
    told = change(store, *FIVE[1:3])
    assert (prints(told.fixed), set(told.new), told.came_back) == (prints(FIVE[:1]), prints(FIVE[2:3]), ())


nights = st.lists(st.tuples(st.sets(st.sampled_from(range(5))), st.booleans()), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights, st.sets(st.sampled_from(range(5))))
def test_over_any_nights_a_change_is_what_sets_say(
    new_url: Callable[[], str], nights: list[tuple[set[int], bool]], now: set[int]
) -> None:
    last: set[int] | None = None
    lasting: set[int] = set()
    ended: set[int] = set()
    with Store.open(new_url()) as store:
        for day, (seen, is_complete) in enumerate(nights):
            record(store, health(day, [FIVE[number] for number in seen], is_complete=is_complete))
            if is_complete:
                ended |= lasting - seen
            lasting, last = (seen, seen) if is_complete else (lasting | seen, last)
        told = store.change(TEAM, [FIVE[number] for number in now], asked=ASKED)
    if last is None:
        assert told is None
        return
    assert told
    assert set(told.new) == prints([FIVE[number] for number in now - last - ended])
    assert set(told.came_back) == prints([FIVE[number] for number in (now - last) & ended])
    assert prints(told.fixed) == prints([FIVE[number] for number in last - now])
