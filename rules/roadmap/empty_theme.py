"""The rule empty-theme."""

from collections import defaultdict
from collections.abc import Iterator

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Item, Stage, Theme
from backlint.rule import BacklogRule, SeverityByBand, Verdict

SUMMER = Theme(id="summer", key="summer", title="Summer release", due=ago(-60).date())


class EmptyTheme(BacklogRule):
    """A theme of the roadmap has no item that would bring it about, or all of them are done.

    A goal without work is a wish: whoever reads the roadmap believes that somebody is on it. Write its first items, or
    take it off. Where all its items are done, close it, or say what is still missing. Themes without a date that have
    no item yet are left alone: they are ideas. (Epics without children are told by epic-without-children.)
    """

    flags = (
        example(item(1, themes=()), themes=(SUMMER,)),
        example(item(1, themes=("summer",), stage=Stage.DONE), item(2, themes=()), themes=(SUMMER,)),
    )
    passes = (
        example(item(1, themes=("summer",)), themes=(SUMMER,)),
        example(item(1, themes=()), themes=(Theme(id="idea", key="idea", title="Some day"),)),
    )
    undecided = (example(item(1), themes=(SUMMER,)),)

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Look for the items of each open theme."""
        themes = [theme for theme in backlog.themes.values() if theme.is_open]
        if themes and any(it.themes is None for it in backlog):
            yield Undecidable(missing="themes")
            return
        serving: dict[str, list[Item]] = defaultdict(list)
        for it in backlog:
            for theme_id in it.themes or ():
                serving[theme_id].append(it)
        for theme in themes:
            items = serving[theme.id]
            if items and not any(it.is_open for it in items):
                yield Fault(
                    part=theme.id,
                    fact=f"{theme.title} is open, and nothing of it is left to do: {len(items)} closed",
                    fix="Close the theme, or write down what is still missing.",
                    evidence={"theme": theme.title, "closed": len(items)},
                )
            elif not items and theme.due:
                yield Fault(
                    part=theme.id,
                    fact=f"{theme.title} is due on {theme.due} and has no item",
                    fix="Write its first items, or take it off the roadmap.",
                    evidence={"theme": theme.title, "due": theme.due.isoformat()},
                )
