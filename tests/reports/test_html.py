import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from backlint.finding import Crash
from backlint.health import Health, Reading, Run, diagnose
from tests.health.made import backlog, found
from tests.reports import hostile, report, sample
from tests.reports.page import Element, read

MEGABYTE = 1_000_000
FETCHES = {"src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href", "ping", "manifest"}


class Page(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "html"


def html(run: Run, **settings: object) -> str:
    return report("html", **settings).render(run)


def page(*teams: Health) -> Element:
    return read(html(sample.run(*teams)))


def shape(element: Element) -> list[tuple[str, tuple[str, ...]]]:
    """The elements and the names of their attributes, without a word of what they hold."""
    return [(each.tag, tuple(each.attributes)) for each in element.every()]


def rows(whole: Element) -> list[list[Element]]:
    """The rows of each team's table of findings."""
    return [list(body.every("tr")) for card in whole.every("div", "findings") for body in card.every("tbody")]


def test_what_people_read(snapshot: SnapshotAssertion) -> None:
    two = sample.run(sample.health(), sample.health("Platform", nth_night=False, items=20))
    assert html(two) == snapshot(extension_class=Page)


def test_the_verdict_stands_first() -> None:
    health = sample.health()
    (first,) = page(health).every("h1")
    assert first.text == health.headline


def test_ten_steps_each_with_its_gain() -> None:
    (actions,) = page().every("ol", "actions")
    assert len(list(actions.every("li"))) == 10
    assert all(re.match(r"\+[\d.]+ score$", gain.text) for gain in actions.every("p", "gain"))


def test_every_finding_stands_there() -> None:
    health = sample.health()
    (found,) = rows(page(health))
    assert len(found) == len(health.findings)


def test_nothing_is_fetched_and_no_script_is_there() -> None:
    (policy,) = [it for it in page().every("meta") if it.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert policy.attributes["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    for each in page().every():
        assert each.tag not in {"script", "link", "iframe", "object", "embed", "img", "base", "form"}
        assert not FETCHES & set(each.attributes)
        assert not any(name.startswith("on") for name in each.attributes)
    (style,) = page().every("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_the_style_sheet_can_be_a_file_of_its_own() -> None:
    run = sample.run()
    whole = read(html(run, stylesheet="report.css"))
    (policy,) = [it for it in whole.every("meta") if it.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert "style-src 'self'" in policy.attributes["content"]
    assert [it.attributes["href"] for it in whole.every("link")] == ["report.css"]
    assert not list(whole.every("style"))
    assert not [it for it in whole.every() if "style" in it.attributes]
    (style,) = page().every("style")
    rules = {line.strip() for line in report("stylesheet").render(run).splitlines()}
    assert {line.strip() for line in "".join(style.words).splitlines()} <= rules


def test_every_link_within_the_page_leads_somewhere() -> None:
    whole = page(sample.health(), sample.health("Platform", nth_night=False))
    ids = [each.attributes["id"] for each in whole.every() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    within = [it.attributes["href"] for it in whole.every("a") if it.attributes["href"].startswith("#")]
    assert {href.removeprefix("#") for href in within} <= set(ids)


def test_several_teams_have_an_index() -> None:
    names = ["Checkout", "Platform"]
    whole = page(*(sample.health(name) for name in names))
    (index,) = whole.every("nav", "index")
    assert [each.text for each in index.every("strong")] == names
    assert not list(page().every("nav", "index"))


@pytest.mark.parametrize("title", hostile.TITLES)
def test_a_hostile_title_is_only_shown(title: str) -> None:
    told = page(sample.health("Checkout", titles=[title]))
    assert shape(told) == shape(page(sample.health("Checkout", titles=["Plain"])))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_no_title_changes_the_page(title: str) -> None:
    told = page(sample.health(titles=[title], items=12, nth_night=False))
    assert shape(told) == shape(page(sample.health(titles=["Plain"], items=12, nth_night=False)))


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_only_web_addresses_become_links(address: str) -> None:
    health = sample.health()
    elsewhere = [replace(it, subject=it.subject and replace(it.subject, url=address)) for it in health.findings]
    whole = page(replace(health, findings=tuple(elsewhere)))
    (found,) = rows(whole)
    assert all(re.match("https?://", link.attributes["href"]) for row in found for link in row.every("a"))


def test_names_from_outside_are_only_shown() -> None:
    for words in hostile.TITLES:
        read_badly = Reading(source=words, items=1, read_at=None, is_complete=False, problems=(words,))
        crash = Crash(rule="stale-item", subject=None, error=words)
        health = replace(sample.health(), name=words, readings=(read_badly,), crashes=(crash,), hidden={words: 1})
        plain = replace(read_badly, source="x", problems=("x",))
        expected = replace(health, name="x", readings=(plain,), crashes=(replace(crash, error="x"),), hidden={"x": 1})
        assert shape(page(health)) == shape(page(expected))


def test_a_backlog_of_nothing() -> None:
    whole = page(diagnose(backlog(), found()))
    assert "Nothing is waiting" in whole.text
    assert not list(whole.every("table"))


def test_ten_thousand_findings_stay_below_two_megabytes() -> None:
    health = sample.health(items=120)
    many = replace(health, findings=(health.findings * (10_000 // len(health.findings) + 1))[:10_000])
    told = html(sample.run(many))
    assert len(told.encode()) < 2 * MEGABYTE
    (left_out,) = read(told).every("p", "left-out")
    assert left_out.text.startswith("8,000 findings more are not listed")


def test_a_backlog_of_ten_thousand_items_stays_below_two_megabytes() -> None:
    health = sample.health(items=10_000)
    assert len(health.findings) > 3000
    assert len(html(sample.run(health)).encode()) < 2 * MEGABYTE


def test_teams_share_the_rows() -> None:
    few, many = sample.health(items=8), sample.health("Platform")
    told = read(html(sample.run(many, few), findings=20))
    first, second = rows(told)
    assert len(second) == min(len(few.findings), 10)
    assert len(first) == 20 - len(second)


def test_people_are_listed_only_when_that_is_switched_on() -> None:
    health = sample.health()
    assert "By person" not in report("html").render(sample.run(health))
    page = read(report("html", by_person=True).render(sample.run(health)))
    (table,) = (it for it in page.every("table") if "Lack something" in it.text)
    rows = [[cell.text for cell in row.every("td")] for row in table.every("tr")][1:]
    assert [row[0] for row in rows] == sorted({name for item in health.coming for name in item.who})
    for name, items, ready, lacking in rows:
        theirs = [item for item in health.coming if name in item.who]
        assert (int(items), int(ready)) == (len(theirs), sum(not item.lacks for item in theirs))
        assert all((item.subject.key in lacking) == bool(item.lacks) for item in theirs)


def test_what_was_rebuilt_is_said_to_be() -> None:
    health = sample.health()
    before = tuple(replace(point, is_rebuilt=True, score=None, findings=3) for point in health.past)
    whole = read(html(sample.run(replace(health, past=before, change=None))))
    (chart,) = (it for it in whole.every("figure") if "Findings and open items" in it.text)
    assert f"they tell 3 of its {len(health.findings)} findings." in chart.text
    assert [it.text for it in whole.every("h3") if it.text == "Score"] == []
