"""Who did it: the same person by REST and by GraphQL."""

from dataclasses import dataclass
from functools import lru_cache

from backlint.connectors.github.payload import part
from backlint.model import Person
from backlint.transport import Json

BOT = "[bot]"
TEAM = {"OWNER", "MEMBER", "COLLABORATOR"}
OTHERS = {"CONTRIBUTOR", "FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER", "NONE", "MANNEQUIN"}


@dataclass(frozen=True)
class People:
    """Names the people of one GitHub. Which ordinary accounts are machines is for the team to say, not for it."""

    prefix: str

    def person(self, told: Json, association: str | None = None) -> Person | None:
        """Somebody as REST (`type`) or GraphQL (`__typename`) tells; `None` for an account that is deleted.

        REST writes a bot's login with `[bot]`, GraphQL without.
        """
        login = part(told).get("login")
        if not login:
            return None
        name = str(login).removesuffix(BOT)
        kind = told.get("__typename") or told.get("type")
        is_bot = kind == "Bot" or name != login
        on_team = True if association in TEAM else False if association in OTHERS else None
        return _person(f"{self.prefix}{name}", name, is_bot, None if is_bot else on_team)


@lru_cache(4096)
def _person(id_: str, name: str, is_bot: bool, on_team: bool | None) -> Person:
    """Made once however often they appear, which is several times in every issue."""
    return Person(id=id_, name=name, is_bot=is_bot, on_team=on_team)
