from backlint.example import item
from backlint.health.order import order
from backlint.model import EMPTY, Framework, Item, Score
from tests.health.made import backlog, finding


def worth(number: int, stored: float | None, framework: Framework = Framework.RICE) -> Item:
    return item(number, score=Score(framework=framework, stored=stored))


FALLING = [worth(n, 100 - n) for n in range(1, 11)]


def test_an_order_that_follows_the_value_agrees_fully() -> None:
    told = order(backlog(*FALLING), ())
    assert told
    assert (told.by, told.agreement, len(told.items)) == ("RICE", 1, 10)
    assert (told.items[0].key, told.items[0].place, told.items[0].value) == ("SHOP-1", 1, 99)


def test_the_reverse_disagrees_fully() -> None:
    told = order(backlog(*(worth(n, n) for n in range(1, 11))), ())
    assert told
    assert told.agreement == -1


def test_a_few_scores_show_nothing() -> None:
    assert order(backlog(*FALLING[:7], *(item(n, score=EMPTY) for n in range(11, 20))), ()) is None
    assert order(backlog(item(1)), ()) is None


def test_of_a_long_backlog_the_top_is_shown() -> None:
    told = order(backlog(*(worth(n, 1000 - n) for n in range(1, 500))), ())
    assert told
    assert [told.items[0].place, told.items[-1].place] == [1, 200]


def test_scores_of_another_framework_are_left_out() -> None:
    told = order(backlog(*FALLING, worth(11, 4, Framework.WSJF)), ())
    assert told
    assert len(told.items) == 10


def test_what_the_order_rules_found_is_marked() -> None:
    told = order(backlog(*FALLING), [finding(FALLING[0], family="ordering"), finding(FALLING[1], family="size")])
    assert told
    assert [it.key for it in told.items if it.is_at_fault] == ["SHOP-1"]
