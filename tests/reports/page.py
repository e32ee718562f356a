"""A page as a browser reads it, for tests: its elements, and the words of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "circle", "line", "polyline", "path"}


@dataclass
class Element:
    """One element: its tag, its attributes, what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list["Element"])
    words: list[str] = field(default_factory=list[str])

    def every(self, tag: str | None = None, name: str | None = None) -> Iterator["Element"]:
        """The elements below it, with that tag and that class."""
        for child in self.children:
            if tag in {None, child.tag} and (name is None or name in child.attributes.get("class", "").split()):
                yield child
            yield from child.every(tag, name)

    @property
    def text(self) -> str:
        """All its words, the spaces between them made one."""
        return " ".join(" ".join([*self.words, *(child.text for child in self.children)]).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(self.open[-1].children[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        closed = self.open.pop()
        assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].words.append(data)


def read(html: str) -> Element:
    """The page; an element that is not closed, or closed in the wrong place, is an error."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is never closed"
    return reader.root
