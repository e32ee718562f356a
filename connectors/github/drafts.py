"""A note on a project that is no issue yet: an item of the backlog all the same, and often of its top."""

from backlint.connectors.github.rows import OnBoard, Rows
from backlint.model import Item, Stage
from backlint.transport import Json


def draft(rows: Rows, told: Json, card: OnBoard, board: str, url: str) -> Item:
    """The item. A note cannot be closed, so its column alone says where it stands."""
    says = rows.sources(told["title"], told.get("body") or "", (), card)
    kind, kind_name = rows.meaning.kind(says)
    status = rows.meaning.status(says)
    return Item(
        id=rows.prefix + told["id"],
        key=f"{board}: {told['title'][:60]}",
        url=url,
        title=told["title"],
        project=board,
        body=says.body,
        kind=kind,
        kind_name=kind_name,
        stage=(rows.meaning.stage(status) if status else None) or Stage.BACKLOG,
        status=status or "draft",
        priority=rows.meaning.priority(says),
        estimate=rows.meaning.estimate(says),
        score=rows.meaning.score(says),
        moscow=rows.meaning.moscow(says),
        due=rows.meaning.due(says),
        author=rows.people.person(told.get("creator")),
        sprints=rows.sprints(card),
        created=told["createdAt"],
        updated=max(told["updatedAt"], told["createdAt"]),
    )
