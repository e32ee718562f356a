"""The report email."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import ClassVar

from pydantic import Field

from backlint.health import Run
from backlint.report import Report
from backlint.reports.email.pictures import Picture, pictures
from backlint.safe import clipped, visible
from backlint.templates import fill

BUDGET = 90_000
"""Bytes of the HTML part; Gmail cuts off at 102 KB, and counts what it adds itself."""

MANY_TEAMS = 12


class Email(Report):
    """A whole mail, ready to be sent: the verdict, the figures and ten things to do, as text and as HTML.

    Mail programs drop style sheets, SVG and dark mode, and Gmail cuts a mail off at 102 KB. So this is a page of its
    own, of tables and fixed colours, and never the web page. The file opens in a mail program.

    With the extra `mail` (`pip install "backlint[mail]"`) it carries the trend as pictures; without it, none.
    """

    suffix: ClassVar[str] = ".eml"

    sender: str = Field(default="backlint@localhost", description="Who the mail is from.")
    to: tuple[str, ...] = Field(default=(), description="Who it goes to.")
    pictures: bool = Field(
        default=True, description="Whether it carries the trend as pictures, where these can be drawn."
    )
    link: str = Field(default="", description="Where the whole report can be read, if it can.")

    def render(self, run: Run) -> str:
        """The mail with its headings."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = clipped("; ".join(_subject(health.name, health.headline) for health in run.teams), 180)
        mail["From"] = Address(display_name="backlint", addr_spec=self.sender)
        if self.to:
            mail["To"] = [Address(addr_spec=address) for address in self.to]
        mail["Date"] = run.at
        drawn = pictures(run.teams) if self.pictures else [()] * len(run.teams)
        text, html = self._within_budget(run, drawn)
        mail.set_content(text, cte="base64")
        mail.add_alternative(html, subtype="html", cte="base64")
        boundary = f"backlint-{run.at:%Y%m%d%H%M%S}"
        _attach(mail, [picture for of_team in drawn for picture in of_team if picture.cid in html], boundary)
        mail.set_boundary(boundary)
        return mail.as_string()

    def _within_budget(self, run: Run, drawn: Sequence[Sequence[Picture]]) -> tuple[str, str]:
        """The two parts, with fewer things to do and then fewer teams where there are many."""
        most = len(run.teams)
        for teams, actions in ((most, 10), (most, 5), (most, 3), (most, 0)):
            text, html = self._parts(run, drawn, teams, actions)
            if len(html.encode()) <= BUDGET:
                return text, html
        return self._parts(run, drawn, MANY_TEAMS, 0)

    def _parts(self, run: Run, drawn: Sequence[Sequence[Picture]], teams: int, actions: int) -> tuple[str, str]:
        words: dict[str, object] = {"run": run, "teams": run.teams[:teams], "actions": actions, "link": self.link}
        return fill("email.txt", **words), fill("email.html", pictures=drawn, **words)


def _attach(mail: EmailMessage, shown: Sequence[Picture], boundary: str) -> None:
    """Put the pictures beside the page that shows them; the given boundary keeps the mail of a run one and the same."""
    page = mail.get_body(("html",))
    if page is None or not shown:
        return
    for picture in shown:
        page.add_related(picture.png, "image", "png", cid=f"<{picture.cid}>", disposition="inline")
    page.set_boundary(f"{boundary}-pictures")


def _subject(name: str, headline: str) -> str:
    return f"{visible(name) or 'Backlog'}: {headline}"
