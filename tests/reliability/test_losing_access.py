"""R8: a token that is revoked in the middle of a run: it stops, nothing is green, and the next run goes on."""

from pathlib import Path

import pytest

from backlint.errors import Exit
from backlint.example import NOW
from backlint.finding import Severity
from backlint.transport.inprocess import Heard, Reply, Responder
from tests.reliability.teams import ITEMS, TRACKERS, Team

REFUSALS = {
    "revoked": Reply(401, b'{"message": "Bad credentials"}', {"content-type": "application/json"}),
    "a scope lost": Reply(403, b'{"message": "Resource not accessible"}', {"content-type": "application/json"}),
}
IN_FLIGHT = 2
"""What was under way at that moment is refused as well; of Jira three things are asked at once."""


class Revoking:
    """Lets so many requests pass, and refuses all that come after."""

    def __init__(self, after: int, refusal: Reply) -> None:
        self.left = after
        self.refusal = refusal
        self.refused = 0

    def __call__(self, responder: Responder) -> Responder:
        def answer(heard: Heard) -> Reply:
            if self.left > 0:
                self.left -= 1
                return responder(heard)
            self.refused += 1
            return self.refusal

        return answer


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("tracker", TRACKERS)
def test_a_run_stops_where_it_is_refused(tmp_path: Path, tracker: str, refusal: str) -> None:
    after = 0
    while True:
        folder = tmp_path / str(after)
        folder.mkdir()
        revoking = Revoking(after, REFUSALS[refusal])
        team = Team(folder, TRACKERS[tracker](), wrap=revoking)
        told = team.check()
        if not revoking.refused:
            break
        if refusal == "revoked":
            assert revoking.refused <= 1 + IN_FLIGHT
            assert told.exit_code(Severity.ERROR) is Exit.INCOMPLETE
        assert told.is_complete == (len(team.kept()) == ITEMS and not told.run.teams[0].readings[0].problems)
        team.wrap = lambda responder: responder
        assert team.check(NOW).is_complete
        assert len(team.kept()) == ITEMS
        after += 4
    assert after > 3
    assert told.is_complete
