"""A GitHub inside the process: issues by REST, details and projects by GraphQL, limits and faults as the real one.

Its state is filled by doing what people do (`repository`, `issue`, `comment`, `project`, `add`). It answers as
`Responder`: put it where the network would be with `InProcess({"api.github.com": fake})`, or on a loopback port.
"""

from backlint.testing.fakes.github.hub import FakeGithub
from backlint.testing.fakes.github.issues import Issue, IssueField, Milestone, User
from backlint.testing.fakes.github.projects import Card, Column, Draft, Iteration, Project
from backlint.testing.fakes.github.repositories import Repository

__all__ = [
    "Card",
    "Column",
    "Draft",
    "FakeGithub",
    "Issue",
    "IssueField",
    "Iteration",
    "Milestone",
    "Project",
    "Repository",
    "User",
]
