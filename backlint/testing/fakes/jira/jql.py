"""As much of JQL as a reader of backlogs uses: comparisons joined by AND, OR and NOT, and an order."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backlint.testing.fakes.jira import words
from backlint.testing.fakes.jira.state import State
from backlint.testing.fakes.jira.things import Issue

Test = Callable[[Issue], bool]

_TOKEN = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!=|>=|<=|[=<>(),~]|[^\s=<>!(),~"']+)""")


class Refused(Exception):  # noqa: N818 - an answer of the tracker, not an error of ours
    """The query is not valid; the message is Jira's."""


class Query:
    """A query, read; `zone` is the profile time zone of the token's owner, in which bare times are understood."""

    def __init__(self, text: str, state: State, *, zone: str) -> None:
        self._state = state
        self._zone = ZoneInfo(zone)
        where, order = _split_order(text)
        self._tokens = [match[1] for match in _TOKEN.finditer(where)]
        self._at = 0
        self.is_bounded = bool(self._tokens)
        self._matches = self._either() if self._tokens else _everything
        self._order = [part.strip().split() for part in order.split(",")] if order.strip() else []

    def run(self) -> list[Issue]:
        """The issues that the token may see, in the order that was asked for."""
        state = self._state
        seen = [
            issue
            for issue in (state.issues[id_] for id_ in state.order)
            if not (issue.is_archived or issue.is_hidden or issue.project in state.hidden_projects)
            and self._matches(issue)
        ]
        for field, *direction in reversed(self._order):
            is_descending = bool(direction) and direction[0].upper() == "DESC"
            seen.sort(key=self._sort_key(field.lower()), reverse=is_descending)
        return seen

    def _sort_key(self, field: str) -> Callable[[Issue], Any]:
        keys: dict[str, Callable[[Issue], Any]] = {
            "rank": self._state.place,
            "id": lambda issue: issue.id,
            "key": lambda issue: (issue.project, int(issue.key.rpartition("-")[2])),
            "created": lambda issue: issue.created,
            "updated": lambda issue: issue.updated,
        }
        if field not in keys:
            raise Refused(f"Field '{field}' does not exist or this field cannot be viewed by anonymous users.")
        return keys[field]

    def _take(self) -> str:
        if self._at >= len(self._tokens):
            raise Refused("Error in the JQL Query: The query ended unexpectedly.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _next_is(self, word: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].upper() == word

    def _either(self) -> Test:
        tests = [self._both()]
        while self._next_is("OR"):
            self._take()
            tests.append(self._both())
        return lambda issue: any(test(issue) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._next_is("AND"):
            self._take()
            tests.append(self._one())
        return lambda issue: all(test(issue) for test in tests)

    def _one(self) -> Test:
        if self._next_is("NOT"):
            self._take()
            inner = self._one()
            return lambda issue: not inner(issue)
        if self._next_is("("):
            self._take()
            inner = self._either()
            if self._take() != ")":
                raise Refused("Error in the JQL Query: Expecting ')'.")
            return inner
        return self._comparison(self._take())

    def _comparison(self, field: str) -> Test:
        operator = self._take().upper()
        if operator == "NOT":
            operator = f"NOT {self._take().upper()}"
        if operator == "IS":
            return self._emptiness(_plain(field).lower())
        values = self._values() if operator.endswith("IN") else [_plain(self._take())]
        return self._test(_plain(field).lower(), operator, values)

    def _emptiness(self, field: str) -> Test:
        is_negative = self._next_is("NOT")
        if is_negative:
            self._take()
        if self._take().upper() not in {"EMPTY", "NULL"}:
            raise Refused("Error in the JQL Query: Expecting EMPTY or NULL.")
        get = self._getter(field)
        return lambda issue: bool(get(issue)) is is_negative

    def _values(self) -> list[str]:
        values: list[str] = []
        if (word := self._take()) != "(":
            values += self._function(word)
            self._take()
        while (word := self._take()) != ")":
            if word != ",":
                values.append(_plain(word))
        return values

    def _function(self, name: str) -> list[str]:
        if name.lower() != "closedsprints":
            raise Refused(f"Unable to find JQL function '{name}()'.")
        return [str(sprint.id) for sprint in self._state.sprints.values() if sprint.state == "closed"]

    def _test(self, field: str, operator: str, values: list[str]) -> Test:
        if field in {"updated", "created", "resolved"}:
            return self._time_test(field, operator, values[0])
        if field == "filter":
            return self._filter_test(values[0])
        if field == "project":
            self._check_projects(values)
        get, wanted = self._getter(field), {value.lower() for value in values}
        is_negative = operator in {"!=", "NOT IN"}
        return lambda issue: bool(get(issue) & wanted) is not is_negative

    def _getter(self, field: str) -> Callable[[Issue], set[str]]:
        getters: dict[str, Callable[[Issue], set[str]]] = {
            "project": lambda issue: {issue.project.lower()},
            "id": lambda issue: {str(issue.id), issue.key.lower()},
            "key": lambda issue: {str(issue.id), issue.key.lower()},
            "issuetype": lambda issue: {issue.type.lower(), words.TYPES[issue.type].id},
            "status": lambda issue: {issue.status.lower(), words.STATUSES[issue.status].id},
            "statuscategory": _category,
            "labels": lambda issue: {label.lower() for label in issue.labels},
            "sprint": lambda issue: {str(id_) for id_ in issue.sprints},
        }
        if field not in getters:
            raise Refused(f"Field '{field}' does not exist or you do not have permission to view it.")
        return getters[field]

    def _check_projects(self, values: list[str]) -> None:
        known = {key.lower() for key in self._state.projects if key not in self._state.hidden_projects}
        for value in values:
            if value.lower() not in known:
                raise Refused(f"The value '{value}' does not exist for the field 'project'.")

    def _filter_test(self, id_: str) -> Test:
        board = self._state.boards.get(int(id_)) if id_.isdigit() else None
        if board is None:
            raise Refused(f"A value with ID '{id_}' does not exist for the field 'filter'.")
        return lambda issue: issue.project == board.project

    def _time_test(self, field: str, operator: str, value: str) -> Test:
        limit = self._moment(value)

        def test(issue: Issue) -> bool:
            moment: datetime | None = getattr(issue, field)
            if moment is None:
                return False
            return {">=": moment >= limit, ">": moment > limit, "<=": moment <= limit, "<": moment < limit}[operator]

        return test

    def _moment(self, value: str) -> datetime:
        if value.isdigit():
            return datetime.fromtimestamp(int(value) / 1000, self._zone)
        for form in ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d"):
            try:
                return datetime.strptime(value, form).replace(tzinfo=self._zone)
            except ValueError:
                continue
        raise Refused(f"Date value '{value}' for field 'updated' is invalid.")


def _everything(_: Issue) -> bool:
    return True


def _split_order(text: str) -> tuple[str, str]:
    match = re.search(r"\border\s+by\b", text, re.IGNORECASE)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _category(issue: Issue) -> set[str]:
    key = words.STATUSES[issue.status].category
    return {key, words.CATEGORIES[key]["name"].lower(), str(words.CATEGORIES[key]["id"])}


def _plain(token: str) -> str:
    is_quoted = len(token) > 1 and token[0] == token[-1] and token[0] in "\"'"
    return re.sub(r"\\(.)", r"\1", token[1:-1]) if is_quoted else token
