"""What a fake Jira says of itself: the site, the account, fields, statuses, projects."""

from backlint.testing.fakes.jira import words
from backlint.testing.fakes.jira.answers import Answers
from backlint.testing.fakes.jira.call import Answered, Call
from backlint.testing.fakes.jira.words import Payload


class SiteAnswers(Answers):
    """Site, account, and the lists that give other answers their meaning."""

    def server_info(self, _: Call) -> Payload:
        """What the site is; told to anybody."""
        told: Payload = {"baseUrl": self.base, "serverTitle": "Jira", "serverTime": self.payloads.time(self.now)}
        if self.is_cloud:
            return told | {"version": "1001.0.0-SNAPSHOT", "versionNumbers": [1001, 0, 0], "deploymentType": "Cloud"}
        return told | {"version": "10.3.24", "versionNumbers": [10, 3, 24], "deploymentType": "Server"}

    def myself(self, _: Call) -> Payload:
        """The token's own account."""
        return self.payloads.person(self.me) or {}

    def permissions(self, call: Call) -> Payload:
        """The rights that were asked for."""
        asked = (call.query.get("permissions") or "BROWSE_PROJECTS").split(",")
        visible = call.query.get("projectKey") not in self.hidden_projects
        told = {key: {"id": "10", "key": key, "name": key.title(), "havePermission": visible} for key in asked}
        return {"permissions": told}

    def list_fields(self, _: Call) -> list[Payload]:
        """Every field."""
        return [self.payloads.field(field) for field in self.payloads.fields()]

    def list_statuses(self, _: Call) -> list[Payload]:
        """Every status."""
        return [self.payloads.status(name) for name in words.STATUSES]

    def list_priorities(self, _: Call) -> list[Payload]:
        """Every priority, highest first."""
        return [{"id": id_, "name": name, "self": self.payloads.link(f"priority/{id_}")}
                for name, id_ in words.PRIORITIES.items()]  # fmt: skip

    def list_link_types(self, _: Call) -> Payload:
        """Every type of link."""
        return {
            "issueLinkTypes": [
                {"id": id_, "name": name, "inward": inward, "outward": outward}
                for name, (id_, inward, outward) in words.LINK_TYPES.items()
            ]
        }

    def show_project(self, call: Call) -> Payload:
        """One project."""
        key = call.groups[0].upper()
        if key not in self.projects or key in self.hidden_projects:
            raise Answered(404, f"No project could be found with key '{call.groups[0]}'.")
        return self.payloads.project(key)

    def search_projects(self, call: Call) -> Payload:
        """Those that may be seen."""
        wanted = call.query.get("keys", "").upper()
        seen = [key for key in self.projects if key not in self.hidden_projects and wanted in {"", key.upper()}]
        return self._values_page(call, [self.payloads.project(key) for key in seen if self._is_known])
