"""Boards, sprints and backlogs of a fake Jira."""

from collections.abc import Callable

from backlint.testing.fakes.jira.answers import FIELDS_PAGE, Answers
from backlint.testing.fakes.jira.call import Answered, Call
from backlint.testing.fakes.jira.things import Board, Issue
from backlint.testing.fakes.jira.words import Payload


class BoardAnswers(Answers):
    """What Jira Software adds to Jira."""

    def list_boards(self, call: Call) -> Payload:
        """The boards of a project."""
        wanted = call.query.get("projectKeyOrId", "")
        boards = [it for it in self.boards.values() if not wanted or it.project == wanted]
        return self._values_page(call, [self.payloads.board(it) for it in boards])

    def board_configuration(self, call: Call) -> Payload:
        """A board, as its administrators see it."""
        board = self._board(call)
        if not self.may_configure:
            raise Answered(403, "The token does not have the scope read:board-scope.admin:jira-software.")
        return self.payloads.configuration(board)

    def board_sprints(self, call: Call) -> Payload:
        """The sprints of a board, if it has any."""
        board = self._board(call)
        if board.kind != "scrum":
            raise Answered(400, "The board does not support sprints")
        states = (call.query.get("state") or "future,active,closed").split(",")
        found = [it for it in self.sprints.values() if it.board in {None, board.id} and it.state in states]
        return self._values_page(call, [self.payloads.sprint(it) for it in found])

    def show_sprint(self, call: Call) -> Payload:
        """One sprint, whatever its state."""
        sprint = self.sprints.get(int(call.groups[0]))
        if sprint is None:
            raise Answered(404, "Sprint does not exist or you do not have permission to view it.")
        return self.payloads.sprint(sprint)

    def board_backlog(self, call: Call) -> Payload:
        """What stands in no sprint, by rank."""
        board = self._board(call)
        begun = {it.id for it in self.sprints.values() if it.state != "closed"}

        def waiting() -> list[Issue]:
            found = self._found(f"project = {board.project} AND statusCategory != Done ORDER BY Rank ASC")
            return [it for it in found if not begun & set(it.sprints)]

        return self._board_page(call, waiting)

    def board_issues(self, call: Call) -> Payload:
        """All issues of a board, by rank."""
        board = self._board(call)
        return self._board_page(call, lambda: self._found(f"project = {board.project} ORDER BY Rank ASC"))

    def sprint_issues(self, call: Call) -> Payload:
        """The issues of a sprint, by rank."""
        id_ = int(call.groups[0])
        if id_ not in self.sprints:
            raise Answered(404, "Sprint does not exist or you do not have permission to view it.")
        return self._board_page(call, lambda: self._found(f"sprint = {id_} ORDER BY Rank ASC"))

    def _board_page(self, call: Call, find: Callable[[], list[Issue]]) -> Payload:
        def narrowed() -> list[Issue]:
            wanted = {it.id for it in self._found(call.query["jql"])} if "jql" in call.query else None
            return [it for it in find() if wanted is None or it.id in wanted]

        if "/software/" not in call.path:
            return self._placed_page(call, narrowed(), FIELDS_PAGE)
        if not self.has_software_api or not self.is_cloud:
            raise Answered(404, "null for uri")
        return self._token_page(call, call.names("fields"), min(call.number("maxResults", 50), FIELDS_PAGE), narrowed)

    def _board(self, call: Call) -> Board:
        board = self.boards.get(int(call.groups[0]))
        if board is None:
            raise Answered(404, "The requested board cannot be viewed because it either does not exist or you do not "
                           "have permission to view it.")  # fmt: skip
        return board
