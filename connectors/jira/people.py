"""Users of Jira: accounts on Cloud, names and keys on Data Center, apps and automations on both."""

import re
from dataclasses import dataclass
from functools import lru_cache

from backlint.connectors.jira.payload import part
from backlint.model import Person
from backlint.transport import Json

AUTOMATION = re.compile(r"^(automation for jira|jira automation|system|anonymous|.*\[bot\])$", re.IGNORECASE)
"""Names under which Jira itself writes where no account type tells it apart from a person."""


@dataclass(frozen=True)
class People:
    """Maps users; `bots` are account ids, keys, logins or display names that the settings call bots.

    `me` is the user whose token reads, as the site describes it.
    """

    bots: frozenset[str] = frozenset()
    me: Json = None

    def person(self, user: Json) -> Person | None:
        """A user, or `None`. A deleted account may have no id left, only a name."""
        told = part(user)
        names = tuple([str(told.get(key) or "") for key in ("accountId", "key", "name", "displayName")])
        return _person(names, self.bots, is_app=told.get("accountType") == "app")

    def may_write_for_us(self, person: Person | None) -> bool:
        """Whether a note of ours may be theirs: the token's own account, or a machine's that an earlier token had."""
        me = self.person(self.me)
        return person is not None and (person.is_bot or (me is not None and person.id == me.id))


@lru_cache(4096)
def _person(names: tuple[str, ...], bots: frozenset[str], *, is_app: bool) -> Person | None:
    """Made once however often they appear, which is several times in every issue."""
    id_ = next((name for name in names if name), "")
    if not id_:
        return None
    is_bot = is_app or not bots.isdisjoint(names) or bool(AUTOMATION.match(names[3]))
    return Person(id=f"jira:{id_}", name=names[3] or id_, is_bot=is_bot)
