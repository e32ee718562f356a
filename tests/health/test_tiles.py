from backlint.example import NOW
from backlint.health import Point, Runway, Tone
from backlint.health.tiles import Nearness, tiles

NEAR = Nearness(ready=4, items=6, runway=Runway(items=9, work=30, sprints=1.5, looked_at=20), before=None)


def test_readiness_and_runway_come_first() -> None:
    ready, left, *_ = tiles(NEAR, {}, (), 50)
    assert (ready.label, ready.value, ready.of, ready.tone) == ("Ready to plan", "4", 6, Tone.BAD)
    assert (left.label, left.value, left.tone) == ("Runway", "1.5", Tone.FAIR)


def test_a_family_that_could_not_decide_shows_no_figure() -> None:
    by_label = {tile.label: tile for tile in tiles(NEAR, {"staleness": 9}, {"staleness", "size"}, 50)}
    assert (by_label["Gone stale"].value, by_label["Gone stale"].tone) == ("9", Tone.BAD)
    assert (by_label["Too large"].value, by_label["Too large"].tone) == ("0", Tone.GOOD)
    assert (by_label["Unclear"].value, by_label["Unclear"].tone) == ("n/a", Tone.UNKNOWN)


def test_each_says_how_many_more_than_before() -> None:
    before = Point(at=NOW, score=70, findings=9, open_items=50, ready=6, next_items=6, families={"staleness": 4})
    near = Nearness(ready=4, items=6, runway=NEAR.runway, before=before)
    shown = {tile.label: tile.delta for tile in tiles(near, {"staleness": 9}, {"staleness", "size"}, 50)}
    assert (shown["Ready to plan"], shown["Gone stale"], shown["Too large"], shown["Unclear"]) == (-2, 5, 0, None)


def test_without_an_order_nothing_is_next() -> None:
    nothing = Nearness(ready=0, items=0, runway=Runway(items=0, work=None, sprints=None, looked_at=0), before=None)
    ready, left, *_ = tiles(nothing, {}, (), 50)
    assert (ready.value, ready.tone) == ("n/a", Tone.UNKNOWN)
    assert (left.value, left.note) == ("n/a", "the backlog has no order")
