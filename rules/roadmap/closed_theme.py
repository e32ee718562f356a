"""The rule closed-theme."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Item, Kind, Stage, Theme
from backlint.rule import PLANNED_KINDS, WAITING, ItemRule, SeverityByBand, Verdict

SPRING = Theme(id="spring", key="spring", title="Spring release", is_open=False)
PAST = Theme(id="winter", key="winter", title="Winter release", due=ago(40).date())
SUMMER = Theme(id="summer", key="summer", title="Summer release")


class ClosedTheme(ItemRule):
    """An item serves only themes that are closed or past.

    The milestone was closed, the release went out, and the item stayed behind: nobody who plans by themes will find it
    there. Move it to a theme that is open, or drop it with the one that it was for. An item of several themes is left
    alone while one of them is open. (Under an epic that is done or dropped, open-under-done and removal-candidate
    speak.)
    """

    flags = (
        example(item(1, themes=("spring",)), themes=(SPRING,)),
        example(item(1, themes=("winter",)), themes=(PAST,), note="Still open, but its day was forty days ago."),
    )
    passes = (
        example(item(1, themes=("summer",)), themes=(SUMMER,)),
        example(item(1, themes=("spring", "summer")), themes=(SPRING, SUMMER)),
        example(item(1, themes=())),
    )
    undecided = (example(item(1)), example(item(1, themes=("gone",)), note="Nothing is known of its theme."))

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    kinds: frozenset[Kind] = Field(default=PLANNED_KINDS, description="The kinds of item it looks at.")
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    grace_days: int = Field(default=14, ge=0, description="How long after its day a theme that is open counts as past.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """All of its themes are over."""
        if item.themes is None:
            yield Undecidable(missing="themes")
            return
        themes = [backlog.themes.get(theme) for theme in item.themes]
        over = [self._is_over(theme, backlog) for theme in themes]
        if themes and all(over):
            theme = next(theme for theme in themes if theme)
            how = "is closed" if not theme.is_open else f"was due on {theme.due}"
            yield Fault(
                fact=f"belongs to {theme.title}, which {how}",
                limit="an open item serves a theme that is open" if not theme.is_open else f"{self.grace_days} days",
                fix="Move it to a theme that is open, or drop it.",
                evidence={"themes": [theme.title for theme in themes if theme]},
            )
        elif any(each is None for each in over) and not any(each is False for each in over):
            yield Undecidable(missing="the item's themes")

    def _is_over(self, theme: Theme | None, backlog: Backlog) -> bool | None:
        if theme is None:
            return None
        is_past = theme.due is not None and (backlog.now.date() - theme.due).days > self.grace_days
        return not theme.is_open or is_past
