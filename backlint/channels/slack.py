"""The channel slack."""

from collections.abc import Mapping
from typing import ClassVar

from backlint.channel import Webhook


class Slack(Webhook):
    """A Slack channel, by an incoming webhook.

    Slack shows the webhook's address under "Incoming Webhooks" of an app. Whoever has it can write to the channel: keep
    it where tokens are kept.
    """

    wants: ClassVar[str] = "Slack"
    report: ClassVar[str] = "slack"
    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {"url": ("SLACK_WEBHOOK_URL",)}
