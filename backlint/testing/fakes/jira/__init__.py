"""A Jira that keeps state: issues are made from keyword arguments, changed as people do, read as Cloud or Data Center.

>>> jira = FakeJira()
>>> story = jira.issue("SHOP", "Pay by card", description="As a shopper ...", points=3, priority="High")
>>> jira.change(story, status="In Progress", by=jira.person("Ada"))
>>> jira.comment(story, "What about refunds?")
"""

from backlint.testing.fakes.jira.site import GATEWAY, FakeJira
from backlint.testing.fakes.jira.state import State
from backlint.testing.fakes.jira.things import Board, Issue, Iteration, Somebody

__all__ = ["GATEWAY", "Board", "FakeJira", "Issue", "Iteration", "Somebody", "State"]
