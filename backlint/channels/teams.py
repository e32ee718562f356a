"""The channel teams."""

from collections.abc import Mapping
from typing import ClassVar

from backlint.channel import Webhook


class Teams(Webhook):
    """A channel or chat of Microsoft Teams, by a workflow that posts what a webhook brings.

    In Teams choose "Workflows", then "Post to a channel when a webhook request is received". Whoever has its address
    can post: keep it where tokens are kept. The workflow belongs to a person, and ends with the account.
    """

    wants: ClassVar[str] = "Teams"
    report: ClassVar[str] = "teams"
    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {"url": ("TEAMS_WEBHOOK_URL",)}
