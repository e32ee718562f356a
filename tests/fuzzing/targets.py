"""Everything that reads what others wrote, by name: each takes bytes, and fails with anything but one clear line."""

from collections.abc import Callable, Mapping

from tests.fuzzing import trackers, writings

Target = Callable[[bytes], None]

TARGETS: Mapping[str, Target] = {
    "github": trackers.github,
    "jira-cloud": trackers.jira_cloud,
    "jira-server": trackers.jira_server,
    "adf": writings.adf,
    "wiki": writings.wiki,
    "markdown": writings.markdown,
    "waiver": writings.waiver,
    "header": writings.header,
    "line": writings.line,
    "configuration": writings.configuration,
}
