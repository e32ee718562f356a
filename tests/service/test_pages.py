"""The latest reports, over a socket."""

from pathlib import Path
from urllib.parse import quote

from markupsafe import escape

from backlint import app
from backlint.app.publishing import publish
from backlint.store import Store
from backlint.transport import Gate
from tests.service.conftest import Build, Town

TILL = "Till & Co / <b>"


def published(town: Town) -> Path:
    """The nightly job's pages."""
    asked = app.Asked(now=town.clock.now())
    checked = app.check(town.config, town.config.teams, Gate(town.clock), asked)
    folder = town.config.pages
    assert folder
    publish(folder, checked.run, town.config)
    return folder


def test_before_the_first_run_teams_are_named(town: Town) -> None:
    page = town.ask("/")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.count("no complete run yet") == 2
    assert "href=" not in page.text.partition("<main>")[2]


def test_the_index_leads_to_what_was_published(town: Town) -> None:
    folder = published(town)
    index = town.ask("/").text
    assert "1 finding" in index
    assert f'href="teams/{quote(TILL, safe="")}"' in index
    assert town.ask("/teams/Shop").body == (folder / "shop.html").read_bytes()
    assert town.ask(f"/teams/{quote(TILL, safe='')}").text.count(str(escape(TILL))) > 0
    assert [team["name"] for team in town.ask("/teams/Shop.json").json["run"]["teams"]] == ["Shop"]
    assert town.ask("/teams/Shop.csv").headers["content-type"] == "text/csv; charset=utf-8"


def test_names_are_shown_as_they_are_and_never_as_markup(town: Town) -> None:
    assert TILL not in town.ask("/").text
    assert str(escape(TILL)) in town.ask("/").text


def test_who_is_late_comes_first(town: Town) -> None:
    published(town)
    town.clock.pass_time(48 * 3600)
    assert "0 of 2 checked in time" in town.ask("/").text
    assert town.ask("/").text.count("Late: last complete run on") == 2


def test_there_are_no_other_files(town: Town) -> None:
    folder = published(town)
    (folder / "secret.html").write_text("not a team's")
    for path in (
        "secret",
        "secret.html",
        "index",
        "index.html",
        "../backlint",
        "..%2fbacklint.toml",
        "Shop.toml",
        "shop",
    ):
        assert town.ask(f"/teams/{path}").status == 404, path


def test_what_nobody_published_is_made_of_what_is_known_now(town: Town) -> None:
    town.night()
    page = town.ask("/teams/Shop")
    assert page.status == 200
    assert "has no description" in page.text
    town.issue.edit("People want to pay by card.", by="ada")
    town.night()
    assert town.ask("/teams/Shop").body == page.body, "it is made at most once a minute"
    town.clock.pass_time(60)
    later = town.ask("/teams/Shop").text
    assert later.count("has no description") < page.text.count("has no description"), "it is told of as mended only"
    with Store.open(town.config.store) as store:
        runs = [run for run in store.past("Shop") if not run.point.is_rebuilt]
    assert len(runs) == 1, "looking is no run"


def test_before_the_first_run_there_is_no_page(town: Town) -> None:
    answer = town.ask("/teams/Shop")
    assert (answer.status, answer.text) == (404, "There is no such team, or it had no run yet.")
    assert town.ask("/teams/Shop.json").status == 404


def test_the_style_sheet_of_pages_that_link_one_is_there(town: Town) -> None:
    folder = published(town)
    assert town.ask("/teams/backlint.css").status == 404
    (folder / "backlint.css").write_text("body { color: black }")
    assert town.ask("/teams/backlint.css").headers["content-type"].startswith("text/css")


def test_where_no_pages_are_published_a_team_s_page_is_made_and_its_tables_are_not_there(build: Build) -> None:
    town = build(BACKLINT_PAGES="")
    town.night()
    assert "Pay by card" in town.ask("/teams/Shop").text
    assert town.ask("/teams/Shop.csv").status == 404
