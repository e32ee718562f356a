"""The style sheet as a file of its own, for places that refuse styles within a page, as Jenkins does."""

from dataclasses import replace

from backlint import catalog
from backlint.config import Config
from backlint.finding import Severity
from backlint.report import Report
from backlint.rule import Rule
from backlint.templates import fill, slug

STYLESHEET = "backlint.css"
"""What it is called, beside the pages that it is for."""


def linked(report: Report) -> str:
    """The style sheet that a report's page links to; the empty word where it has its styles within it."""
    return str(getattr(report, "stylesheet", ""))


def beside(config: Config) -> Config:
    """The same configuration, with the pages' styles in a file beside them."""
    html = config.report("html").model_copy(update={"stylesheet": STYLESHEET})
    return replace(config, reports={**config.reports, "html": html})


def stylesheet() -> str:
    """One for all pages: with what filters the findings of every rule that there is."""
    rules = catalog.every(Rule)
    names = ["new", *Severity, *(rule.family() for rule in rules), *(rule.name() for rule in rules)]
    return fill("report.css", names=list(dict.fromkeys(map(slug, names))))
