from backlint.example import PERSON, item
from backlint.finding import Finding, Severity
from backlint.health import Action
from backlint.health.actions import SHOWN, best_actions
from backlint.health.score import Scale
from backlint.model import Backlog, Person
from tests.health.made import backlog, backlog_of, finding

BOT = Person(id="bot", name="renovate", is_bot=True)


def actions(log: Backlog, *findings: Finding) -> tuple[Action, ...]:
    return best_actions(log, findings, Scale(log))


def test_the_greatest_gain_comes_first() -> None:
    log = backlog_of(100)
    first, last = log.items[0], log.items[-1]
    found = actions(log, finding(last), finding(first))
    assert [action.findings[0].subject and action.findings[0].subject.id for action in found] == [first.id, last.id]
    assert found[0].gain > found[1].gain


def test_an_item_stands_there_once_with_the_step_that_gains_most() -> None:
    log = backlog_of(3)
    first = log.items[0]
    (action,) = actions(
        log,
        finding(first, severity=Severity.INFO, fix="Small step."),
        finding(first, severity=Severity.ERROR, fix="Great step."),
    )
    assert action.step == "Great step."
    assert action.more == 1


def test_one_step_may_mend_several_findings() -> None:
    log = backlog_of(3)
    first = log.items[0]
    (action,) = actions(log, finding(first, part="a"), finding(first, part="b"))
    assert len(action.findings) == 2
    assert action.more == 0


def test_the_gain_is_what_the_score_rises_by() -> None:
    log = backlog(item(1), item(2))
    (action,) = actions(log, finding(log.items[0], severity=Severity.WARNING))
    assert action.gain == 15


def test_the_backlog_itself_may_need_several_steps() -> None:
    log = backlog_of(3)
    found = actions(log, finding(None, fix="Order it."), finding(None, fix="Close some.", family="flow"))
    assert [(action.step, action.minutes) for action in found] == [("Order it.", 30), ("Close some.", 30)]


def test_no_more_than_can_be_done() -> None:
    log = backlog_of(50)
    assert len(actions(log, *(finding(each) for each in log))) == SHOWN


def test_it_is_the_assignees_or_the_authors() -> None:
    ada = Person(id="ada", name="Ada")
    log = backlog(
        item(1, assignees=(ada,), author=PERSON), item(2, assignees=(), author=PERSON), item(3, author=BOT), item(4)
    )
    assert [action.who for action in actions(log, *(finding(each) for each in log))] == [("Ada",), ("Robin",), (), ()]
