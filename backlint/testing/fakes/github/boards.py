"""How GraphQL shows projects: columns, cards, and values of every kind."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from backlint.testing.fakes.github.connections import View, connection, lazily
from backlint.testing.fakes.github.issues import Issue
from backlint.testing.fakes.github.projects import Card, Column, Draft, Iteration, Project
from backlint.testing.fakes.github.views import actor, field_value, issue, moment

PLAIN_VALUES = {"NUMBER": "number", "TEXT": "text", "DATE": "date"}


def project(one: Project) -> View:
    """A project; its items come in the order of the board, archived ones only when they are asked for."""

    def items(info: Any, archivedStates: Sequence[str] = ("NOT_ARCHIVED",), **arguments: Any) -> View:  # noqa: N803
        cards = [card for card in one.cards if _archived(card) in archivedStates]
        page: View = connection(cards, lambda card: item(one, card), _id)(info, **arguments)
        return page

    return {
        "__typename": "ProjectV2",
        "id": one.ids[1],
        "number": one.number,
        "title": one.title,
        "url": f"https://github.com/orgs/{one.owner}/projects/{one.number}",
        "closed": False,
        "fields": connection(one.columns, lambda it: column(it, one.hub.now().date()), _id),
        "items": items,
    }


def column(one: Column, today: date) -> View:
    """A field of a project. Iterations that are over stand apart, newest first."""
    told: View = {"id": one.ids[1], "name": one.name, "dataType": one.kind}
    if one.kind == "SINGLE_SELECT":
        options = [{"id": f"{one.ids[1]}/{name}", "name": name} for name in one.options]
        return told | {"__typename": "ProjectV2SingleSelectField", "options": lazily(lambda: options)}
    if one.kind == "ITERATION":
        over = [each for each in one.iterations if each.is_over(today)]
        ahead = [each for each in one.iterations if not each.is_over(today)]
        configuration = {
            "duration": 14,
            "startDay": 1,
            "iterations": [_iteration(each) for each in ahead],
            "completedIterations": [_iteration(each) for each in reversed(over)],
        }
        return told | {"__typename": "ProjectV2IterationField", "configuration": configuration}
    return told | {"__typename": "ProjectV2Field"}


def _iteration(one: Iteration) -> View:
    return {"id": one.id, "title": one.title, "startDate": str(one.start), "duration": one.days}


def item(of: Project, card: Card) -> View:
    """A card. What the reader may not see is there, with a type and no content."""

    def by_name(_info: Any, name: str) -> View | None:
        return value(of, card, name)

    filled = [one.name for one in of.columns if value(of, card, one.name) is not None]
    return {
        "__typename": "ProjectV2Item",
        "id": card.ids[1],
        "type": _type(card),
        "isArchived": card.is_archived,
        "createdAt": moment(card.updated),
        "updatedAt": moment(card.updated),
        "content": lazily(lambda: _content(card)),
        "fieldValueByName": by_name,
        "fieldValues": connection(filled, lambda name: value(of, card, name), str),
    }


def value(of: Project, card: Card, name: str) -> View | None:
    """What a column says of a card; a column that is backed by an issue field answers with the issue's own value."""
    about = next((one for one in of.columns if one.name == name), None)
    if about is None:
        return None
    field = column(about, of.hub.now().date())
    if about.backed_by:
        held = field_value(card.content, about.backed_by) if isinstance(card.content, Issue) else None
        return {"__typename": "ProjectV2ItemIssueFieldValue", "field": field, "issueFieldValue": held} if held else None
    given = card.values.get(name)
    return None if given is None else _value(about, given) | {"field": field}


def _value(about: Column, given: Any) -> View:
    told: View = {"id": f"{about.ids[1]}/{given}"}
    if about.kind == "SINGLE_SELECT":
        return told | {"__typename": "ProjectV2ItemFieldSingleSelectValue", "name": given, "optionId": str(given)}
    if about.kind == "ITERATION":
        sprint = next(each for each in about.iterations if each.title == given)
        return told | {
            "__typename": "ProjectV2ItemFieldIterationValue",
            "iterationId": sprint.id,
            "title": sprint.title,
            "startDate": str(sprint.start),
            "duration": sprint.days,
        }
    word = PLAIN_VALUES[about.kind]
    shown = float(given) if about.kind == "NUMBER" else str(given)
    return told | {"__typename": f"ProjectV2ItemField{word.capitalize()}Value", word: shown}


def _content(card: Card) -> View | None:
    if isinstance(card.content, Draft):
        draft = card.content
        return {
            "__typename": "DraftIssue",
            "id": draft.ids[1],
            "title": draft.title,
            "body": draft.body,
            "creator": actor(draft.author),
            "createdAt": moment(draft.created),
            "updatedAt": moment(card.updated),
            "assignees": connection([], actor, str),
        }
    return issue(card.content) if card.content else None


def _type(card: Card) -> str:
    if card.content is None:
        return "REDACTED"
    if isinstance(card.content, Draft):
        return "DRAFT_ISSUE"
    return "PULL_REQUEST" if card.content.is_pull else "ISSUE"


def _archived(card: Card) -> str:
    return "ARCHIVED" if card.is_archived else "NOT_ARCHIVED"


def _id(row: Any) -> str:
    return str(row.ids[1])
