from datetime import date

from backlint.example import NOW, item
from backlint.health.themes import themes
from backlint.model import EMPTY, Backlog, Kind, Stage, Theme
from tests.health.made import backlog, finding

EPIC = item(90, kind=Kind.EPIC, title="Pay by invoice", rank=None, due=date(2027, 1, 31), parent=EMPTY)
RELEASE = Theme(id="t:1", key="2.0", title="Spring release", due=date(2027, 3, 1), url="https://tracker.example/2.0")


def test_items_are_gathered_under_their_epic() -> None:
    one, two = (item(n, parent=EPIC.id) for n in (1, 2))
    (theme,) = themes(backlog(EPIC, one, two), [finding(one), finding(one, part="again")])
    assert (theme.key, theme.title, theme.due) == ("SHOP-90", "Pay by invoice", date(2027, 1, 31))
    assert (theme.open_items, theme.with_findings, theme.findings) == (2, 1, 2)


def test_a_theme_goes_before_an_epic() -> None:
    log = Backlog([EPIC, item(1, parent=EPIC.id, themes=(RELEASE.id,))], now=NOW, themes=[RELEASE])
    (theme,) = themes(log, ())
    assert (theme.key, theme.url) == ("2.0", "https://tracker.example/2.0")


def test_a_part_of_a_story_serves_what_the_story_serves() -> None:
    story = item(1, parent=EPIC.id)
    (theme,) = themes(backlog(EPIC, story, item(2, parent=story.id)), ())
    assert theme.open_items == 2


def test_the_largest_comes_first_and_what_serves_none_last() -> None:
    small = item(91, kind=Kind.EPIC, title="Small", rank=None, parent=EMPTY)
    loose = [item(n, parent=EMPTY) for n in range(10, 15)]
    told = themes(
        backlog(EPIC, small, item(1, parent=small.id), *(item(n, parent=EPIC.id) for n in (2, 3)), *loose), ()
    )
    assert [(theme.key, theme.open_items) for theme in told] == [("SHOP-90", 2), ("SHOP-91", 1), (None, 5)]


def test_what_is_done_is_not_counted() -> None:
    assert themes(backlog(EPIC, item(1, parent=EPIC.id, stage=Stage.DONE)), ()) == ()


def test_without_any_theme_there_is_nothing_to_show() -> None:
    assert themes(backlog(item(1, parent=EMPTY), item(2)), ()) == ()
