from backlint.catalog import every
from backlint.engine import lint
from backlint.model import Kind
from backlint.rule import Rule
from benchmarks.lint import agreement, next_to, teams
from benchmarks.natural_port import RULES
from benchmarks.synthetic import as_item, issues, items

ENOUGH = 200


def test_the_same_seed_gives_the_same_issues() -> None:
    assert list(issues(20)) == list(issues(20))


def test_texts_are_of_all_sorts() -> None:
    made = list(issues(ENOUGH))
    kinds = {each.written.kind for each in made}
    lengths = sorted(len(each.written.body) for each in made)
    assert kinds >= {Kind.STORY, Kind.BUG, Kind.TASK, Kind.UNKNOWN}
    assert lengths[0] == 0
    assert lengths[-1] > 2_000
    assert any(not each.written.body.isascii() for each in made)


def test_copies_name_what_they_were_copied_from() -> None:
    made = list(issues(ENOUGH))
    copies = [each for each in made if each.copy_of]
    assert 0 < len(copies) < ENOUGH / 5
    for each in copies:
        original = made[(each.copy_of or 0) - 1]
        assert each.written.kind is original.written.kind
        assert each.written.body.count("\n") == original.written.body.count("\n")


def test_an_item_says_what_its_payload_says() -> None:
    made = next(iter(issues(1)))
    item = as_item(made)
    assert (item.title, item.body) == (made.payload["title"], made.payload["body"])
    assert item.created <= item.updated


def test_every_rule_that_is_ported_is_a_rule() -> None:
    assert {rule.name() for rule in every(Rule)} >= RULES.keys()


def test_the_port_is_a_fair_one() -> None:
    """Where it found something else altogether, being faster than it would mean nothing."""
    assert agreement(list(items(ENOUGH))) > 0.85


def test_nothing_crashes_on_them() -> None:
    made = list(items(ENOUGH))
    rules = [rule() for rule in every(Rule)]
    assert not lint(next_to(made), rules).crashes
    assert [len(team) for team in teams(made)] == [ENOUGH]
