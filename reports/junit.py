"""The report junit."""

from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from backlint.finding import Finding
from backlint.health import Health, RuleHealth, Run
from backlint.report import Report
from backlint.safe import visible


class Junit(Report):
    """JUnit XML, for build servers that show test results: a suite for each team, a case for each finding.

    A rule that found nothing is a case that passed; one that could not decide is skipped, one that crashed an error.
    """

    suffix: ClassVar[str] = ".xml"

    def render(self, run: Run) -> str:
        """The run as one document."""
        suites = Element("testsuites", {"name": "backlint", "time": "0"})
        for health in run.teams:
            suites.append(_suite(health))
        for name in ("tests", "failures", "errors", "skipped"):
            suites.set(name, str(sum(int(suite.attrib[name]) for suite in suites)))
        indent(suites)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _suite(health: Health) -> Element:
    suite = Element(
        "testsuite", {"name": visible(health.name) or "backlog", "timestamp": f"{health.now:%FT%T}", "time": "0"}
    )
    for finding in health.findings:
        suite.append(_failed(finding))
    for rule in health.rules:
        if not rule.findings:
            suite.append(_silent(rule))
    for crash in health.crashes:
        case = SubElement(suite, "testcase", _named(crash.rule, crash.subject.key if crash.subject else "the backlog"))
        SubElement(case, "error", {"message": visible(crash.error)})
    for name, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{child}"))))
    suite.set("tests", str(len(suite)))
    return suite


def _failed(finding: Finding) -> Element:
    about = finding.subject
    case = Element("testcase", _named(f"{finding.family}.{finding.rule}", about.key if about else "the backlog"))
    told = {"type": finding.severity.value, "message": visible(str(finding))}
    lines = [
        about and f"{about.key}: {about.title}",
        about and about.url,
        finding.limit and f"limit: {finding.limit}",
        f"next: {finding.fix}",
    ]
    SubElement(case, "failure", told).text = "\n".join(visible(line) for line in lines if line)
    return case


def _silent(rule: RuleHealth) -> Element:
    case = Element("testcase", _named(f"{rule.family}.{rule.rule}", rule.summary))
    if rule.undecided:
        SubElement(case, "skipped", {"message": visible(f"could not decide without {rule.missing}")})
    return case


def _named(rule: str, name: str) -> dict[str, str]:
    return {"classname": visible(rule), "name": visible(name), "time": "0"}
