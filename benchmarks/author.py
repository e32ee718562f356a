"""Writes issues as people do: some with care, some with none."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from backlint.model import Kind
from benchmarks.phrases import (
    ACTORS,
    BENEFITS,
    CONDITIONS,
    FAILURES,
    GERMAN,
    NOTES,
    PLACES,
    SENTENCES,
    SYSTEMS,
    THINGS,
    VERBS,
)

CHANGED_WORDS = 0.04
SHORTEST_CHANGED = 3


class Written(NamedTuple):
    """One issue's words."""

    kind: Kind
    title: str
    body: str


class Author:
    """One hand, led by chance; each method writes an issue or a piece of one."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.forms = {
            self.bug: 24, self.failing: 8, self.story: 16, self.feature: 12, self.checklist: 9, self.prose: 9,
            self.log: 5, self.german: 7, self.short: 5, self.nothing: 3, self.template: 2,
        }  # fmt: skip

    def write(self) -> Written:
        """One issue in one of the forms."""
        (form,) = self.random.choices(list(self.forms), weights=list(self.forms.values()))
        return form()

    def pick(self, words: Sequence[str]) -> str:
        return self.random.choice(words)

    def name(self) -> str:
        """A name out of a program: `OrderImporter.update_price`."""
        thing, verb = self.pick(THINGS).title().replace(" ", ""), self.pick(VERBS)
        return f"{thing}{self.pick(PLACES).title().replace(' ', '')}.{verb}_{self.pick(THINGS).replace(' ', '_')}"

    def sentence(self) -> str:
        return self.pick(SENTENCES).format(
            actor=self.pick(ACTORS), verb=self.pick(VERBS), thing=self.pick(THINGS), place=self.pick(PLACES),
            other=self.pick(THINGS), failure=self.pick(FAILURES), condition=self.pick(CONDITIONS), name=self.name(),
            count=self.random.randrange(2, 5000), system=self.pick(SYSTEMS), benefit=self.pick(BENEFITS),
        )  # fmt: skip

    def paragraph(self, most: int = 6) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randrange(1, most)))

    def items(self, most: int, mark: str = "- ") -> str:
        return "\n".join(mark + self.sentence() for _ in range(self.random.randrange(2, most)))

    def code(self, most: int = 14) -> str:
        lines = (
            f"{' ' * self.random.choice((0, 4, 8))}{self.pick(VERBS)} = {self.name()}({self.random.randrange(99)})"
            for _ in range(self.random.randrange(2, most))
        )
        return "```\n" + "\n".join(lines) + "\n```"

    def trace(self, most: int = 40) -> str:
        lines = (
            f"\tat com.{self.pick(SYSTEMS).lower()}.{self.name()}({self.pick(THINGS).replace(' ', '')}.java:"
            f"{self.random.randrange(900)})"
            for _ in range(self.random.randrange(4, most))
        )
        return f"```\njava.lang.IllegalStateException: {self.sentence()}\n" + "\n".join(lines) + "\n```"

    def failure_title(self) -> str:
        return f"{self.pick(THINGS).capitalize()} {self.pick(FAILURES)} in {self.name()} {self.pick(CONDITIONS)}"

    def bug(self) -> Written:
        """A report that follows its template."""
        random = self.random
        steps = "\n".join(f"{n}. {self.sentence()}" for n in range(1, self.random.randrange(3, 7)))
        parts = [
            f"### Describe the bug\n\n{self.paragraph()}",
            f"### Steps to reproduce\n\n{steps}",
            f"### Expected behavior\n\n{self.paragraph(3)}",
            f"### Actual behavior\n\n{self.paragraph(4)}",
            f"### Environment\n\n- OS: {self.pick(SYSTEMS)}\n- Version: {random.randrange(9)}.{random.randrange(40)}",
        ]
        if self.random.random() < 0.5:
            parts.append(f"### Logs\n\n{self.trace(20)}")
        if self.random.random() < 0.3:
            parts.append(f"**Additional context**\n{self.paragraph()}")
        return Written(Kind.BUG, self.failure_title(), "\n\n".join(parts))

    def failing(self) -> Written:
        """A report in free words."""
        return Written(
            self.random.choice((Kind.BUG, Kind.UNKNOWN)),
            self.failure_title(),
            f"{self.paragraph()}\n\n{self.code()}\n\n{self.paragraph()}",
        )

    def story(self) -> Written:
        """A user story with its criteria."""
        actor, verb, thing = self.pick(ACTORS), self.pick(VERBS), self.pick(THINGS)
        benefit = f", so that {self.pick(BENEFITS)}" if self.random.random() < 0.6 else ""
        told = f"As a {actor} I want to {verb} the {thing} in {self.pick(PLACES)}{benefit}."
        criteria = (
            "## Acceptance criteria\n\n" + self.items(8, "- [ ] ")
            if self.random.random() < 0.6
            else "**Scenario**\n"
            f"Given {self.sentence()}\nWhen the {actor} has to {verb} the {thing}\nThen {self.sentence()}"
        )
        title = f"{verb.capitalize()} the {thing} for the {actor} {self.pick(CONDITIONS)}"
        return Written(Kind.STORY, title, f"{told}\n\n{self.paragraph()}\n\n{criteria}\n\n{self.pick(NOTES)}")

    def feature(self) -> Written:
        """A request, by a template of its own."""
        body = (
            f"**Is your feature request related to a problem?**\n{self.paragraph()}\n\n"
            f"**Describe the solution you'd like**\n{self.paragraph()}\n\n"
            f"**Describe alternatives you've considered**\n{self.paragraph(4)}\n\n<!-- Thank you! -->"
        )
        title = (
            f"Support {self.pick(THINGS)} of {self.pick(SYSTEMS)} when we {self.pick(VERBS)} the {self.pick(THINGS)}"
        )
        return Written(self.random.choice((Kind.STORY, Kind.UNKNOWN)), title, body)

    def checklist(self) -> Written:
        """A task of many steps."""
        title = (
            f"{self.pick(VERBS).capitalize()} {self.pick(THINGS)} and {self.pick(THINGS)} of the {self.pick(PLACES)}"
        )
        return Written(
            self.random.choice((Kind.TASK, Kind.DEBT, Kind.OPERATION)),
            title,
            f"{self.paragraph(3)}\n\n### Tasks\n{self.items(16, '- [ ] ')}\n\nSee [the plan](https://wiki.example/{self.name()}).",
        )

    def prose(self) -> Written:
        """A long letter."""
        title = f"{self.sentence()[:90].rstrip('.')}"
        kind = self.random.choice((Kind.STORY, Kind.TASK, Kind.SPIKE, Kind.QUALITY, Kind.UNKNOWN))
        return Written(kind, title, "\n\n".join(self.paragraph(9) for _ in range(self.random.randrange(1, 9))))

    def log(self) -> Written:
        """A log, and a line above it."""
        return Written(Kind.BUG, self.failure_title(), f"{self.sentence()}\n\n{self.trace(90)}"[:8000])

    def german(self) -> Written:
        """A story or a report in German."""
        body = "\n\n".join(
            self.pick(GERMAN).format(
                thing=self.pick(THINGS),
                other=self.pick(THINGS),
                place=self.pick(PLACES),
                count=self.random.randrange(90),
            )
            for _ in range(self.random.randrange(2, 9))
        )
        title = f"{self.pick(THINGS).capitalize()} in {self.name()} für {self.pick(PLACES)} prüfen"
        return Written(self.random.choice((Kind.STORY, Kind.BUG)), title, body)

    def short(self) -> Written:
        return Written(self.random.choice((Kind.TASK, Kind.UNKNOWN)), self.failure_title(), self.sentence())

    def nothing(self) -> Written:
        return Written(Kind.UNKNOWN, f"{self.pick(VERBS).capitalize()} {self.pick(THINGS)} {self.name()}", "")

    def template(self) -> Written:
        """A template that nobody filled."""
        body = (
            "## What\n<!-- What do you want? -->\n\nTBD\n\n## Why\n\n...\n\n## Acceptance criteria\n- [ ] \n- [ ] TODO"
        )
        return Written(Kind.STORY, f"{self.pick(THINGS).capitalize()} for {self.name()}", body)


def changed(written: Written, author: Author) -> Written:
    """The same again, told a little differently."""
    title = written.title.split(" ")
    longer = [at for at, word in enumerate(title) if word.isalpha() and len(word) > SHORTEST_CHANGED]
    if longer:
        title[author.random.choice(longer)] = author.pick(VERBS)
    body = [
        author.pick(VERBS) if author.random.random() < CHANGED_WORDS and word.isalpha() else word
        for word in written.body.split(" ")
    ]
    return Written(written.kind, " ".join(title), " ".join(body))
