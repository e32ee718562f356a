from backlint.example import NOW, example, item
from backlint.finding import Severity, Undecided
from backlint.health import Change, Point, Reading, diagnose
from backlint.model import Band
from tests.health.made import backlog, backlog_of, finding, found
from tests.reports import sample

READ = Reading(source="jira:shop", items=12, read_at=NOW, is_complete=True)
CRITERIA, ESTIMATE = sample.RULES[:2]


def test_a_healthy_backlog() -> None:
    health = diagnose(backlog_of(12), found(), [READ], rules=sample.RULES)
    assert health.is_well
    assert health.is_complete
    assert (health.ready, health.next_items, health.open_items, health.items) == (10, 10, 12, 12)
    assert health.grade
    assert health.grade.value == 100
    assert health.bands == {Band.NEXT: 10, Band.SOON: 2, Band.LATER: 0, Band.ICEBOX: 0}
    assert health.verdict == f"{health.headline}: {health.because}"


def test_on_incomplete_data_it_is_never_well() -> None:
    cut = Reading(source="jira:shop", items=5, read_at=NOW, is_complete=False, problems=("page 2 failed",))
    health = diagnose(backlog_of(12), found(), [READ, cut])
    assert not health.is_complete
    assert not health.is_well


def test_an_empty_backlog_has_no_score() -> None:
    health = diagnose(backlog(), found())
    assert health.grade is None
    assert health.point().score is None


def test_an_item_counts_once_in_each_family() -> None:
    log = backlog_of(3)
    first = log.items[0]
    health = diagnose(
        log, found(finding(first), finding(first, rule="missing-estimate"), finding(first, family="size"))
    )
    assert health.families == {"readiness": 1, "size": 1}
    assert health.count(Severity.ERROR) == 3


def test_each_rule_that_ran_is_there_with_its_page() -> None:
    log = backlog_of(3)
    said = found(
        finding(log.items[0]),
        undecided=[Undecided(rule="missing-estimate", missing="estimates", subject=None) for _ in range(2)],
    )
    first, second = diagnose(log, said, rules=[ESTIMATE, CRITERIA]).rules
    assert (first.rule, first.findings, first.severities[Severity.ERROR]) == ("missing-acceptance-criteria", 1, 1)
    assert first.why.startswith("Nobody can tell when it is done")
    assert (second.rule, second.undecided, second.missing) == ("missing-estimate", 2, "estimates")


def test_a_family_that_was_at_a_loss_about_most_items_shows_no_figure() -> None:
    log = backlog_of(4)
    blind = [Undecided(rule="stale-item", missing="history", subject=finding(it).subject) for it in log.items[:2]]
    told = {tile.label: tile.value for tile in diagnose(log, found(undecided=blind), rules=sample.RULES).tiles}
    assert (told["Gone stale"], told["Too large"]) == ("n/a", "0")


def test_what_could_not_be_decided_is_gathered_by_what_was_missing() -> None:
    log = backlog_of(3)
    subjects = [finding(each).subject for each in log]
    said = found(
        undecided=[
            Undecided(rule="stale-item", missing="history", subject=subjects[0]),
            Undecided(rule="carried-over", missing="history", subject=subjects[0]),
            Undecided(rule="carried-over", missing="history", subject=subjects[1]),
            Undecided(rule="missing-estimate", missing="estimates", subject=None),
        ]
    )
    first, second = diagnose(log, said).unsaid
    assert (first.missing, first.rules, first.items) == ("history", ("carried-over", "stale-item"), 2)
    assert (second.missing, second.items) == ("estimates", 0)


def test_what_is_new_is_counted_by_rule() -> None:
    log = backlog_of(3)
    old, new = (finding(each) for each in log.items[:2])
    change = Change(since=NOW, new=(new.fingerprint,), fixed=())
    (rule,) = diagnose(log, found(old, new), rules=[CRITERIA], change=change).rules
    assert (rule.findings, rule.new) == (2, 1)


def test_the_point_for_the_next_run() -> None:
    log = backlog_of(3)
    health = diagnose(log, found(finding(log.items[0])), rules_version="7")
    assert health.point() == Point(
        at=NOW,
        score=80.0,
        findings=1,
        open_items=3,
        ready=2,
        next_items=3,
        families={"readiness": 1},
        rules="7",
    )


def test_the_same_backlog_gives_the_same_health() -> None:
    assert sample.health() == sample.health()


def test_an_example_can_be_diagnosed() -> None:
    assert diagnose(example(item(1)).backlog(), found()).name == "example"
