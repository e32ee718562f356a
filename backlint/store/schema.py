"""The tables. Portable over SQLite and PostgreSQL; what makes them is `migrations/`, and a test holds the two together.

Times are microseconds since 1970 in UTC, dates are ISO text, small nested things are compact JSON in text: what is
read back is read by `rows`, never by the database.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0005"
"""The newest migration: a store that is here already needs no Alembic."""

metadata = MetaData()


def _source() -> Column[int]:
    return Column("source", Integer, ForeignKey("sources.number"), primary_key=True)


sources = Table(
    "sources",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("cursor", Text),
    Column("read_at", BigInteger),  # the last complete read
    Column("is_complete", Boolean, nullable=False),
    Column("problems", Text, nullable=False),
    Column("velocity", Text),
    Column("ranking", String),  # digest of the whole ranking; NULL where the source gives none
    Column("census_at", BigInteger),
)

items = Table(
    "items",
    metadata,
    _source(),
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("project", String, nullable=False),
    Column("body", Text),
    Column("criteria", Text),
    Column("kind", String, nullable=False),
    Column("kind_name", String),
    Column("stage", String, nullable=False),
    Column("status", String),
    Column("rank", BigInteger),  # the item's own, where its source gives no ranking
    Column("priority_level", BigInteger),
    Column("priority_name", String),
    Column("estimate", Float),
    Column("estimate_unit", String),
    Column("score", Text),
    Column("moscow", String),
    Column("labels", Text),
    Column("components", Text),
    Column("assignees", Text),
    Column("author", Text),
    Column("parent", String),
    Column("themes", Text),
    Column("links", Text),
    Column("sprints", Text),
    Column("due", String(10)),
    Column("votes", BigInteger),
    Column("flagged", Boolean),
    Column("confidential", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("closed", BigInteger),
    Column("empties", String, nullable=False),  # which of the NULLs mean that nobody filled the field
    Column("digest", String(32), nullable=False),  # of the row and its history: what is unchanged is not written
    Column("gone", BigInteger),  # since when the tracker no longer has it
    Index("items_known", "source", "id", "digest", "gone"),  # answers without touching the texts: 20 times faster
)

histories = Table(
    "histories",
    metadata,
    _source(),
    Column("item", String, primary_key=True),
    Column("events", Text, nullable=False),
)

ranking = Table(
    "ranking",
    metadata,
    _source(),
    Column("position", Integer, primary_key=True),
    Column("item", String, nullable=False),
    UniqueConstraint("source", "item"),
)

absences = Table(
    "absences",
    metadata,
    _source(),
    Column("item", String, primary_key=True),
)
"""Items that the last census did not show: one more, and they are gone."""

sprints = Table("sprints", metadata, _source(), Column("id", String, primary_key=True), Column("data", Text))
themes = Table("themes", metadata, _source(), Column("id", String, primary_key=True), Column("data", Text))

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("team", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("rules", String, nullable=False),  # digest of the rule set: a trend breaks where it changes
    Column("version", String, nullable=False),
    Column("is_complete", Boolean, nullable=False),
    Column("point", Text, nullable=False),
    UniqueConstraint("team", "id"),
    Index("runs_by_time", "team", "at"),
)
"""One row for each team of each run."""

spells = Table(
    "spells",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("team", String, nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("rule", String, nullable=False),
    Column("finding", Text, nullable=False),  # as it was found first
    Column("began", Integer, nullable=False),
    Column("ended", Integer),
    Column("is_fixed", Boolean),  # NULL while it lasts; false: nobody asked any more
    Index("spells_by_end", "team", "ended"),
    Index("spells_by_begin", "team", "began"),
    Index("spells_by_fingerprint", "team", "fingerprint"),
)
"""One row from the run that found a fault to the run that no longer did: a quiet night writes nothing."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("team", String, primary_key=True),
    Column("rule", String, primary_key=True),  # with a digest of its settings
    Column("state", String, nullable=False),  # of all that was read, and of whatever else an answer follows from
    Column("said", Text, nullable=False),
)
"""What rules that never ask the time said of a backlog; what is of another state than the backlog's is of no use."""

leases = Table(
    "leases",
    metadata,
    Column("project", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""Who may write to a project: one run at a time, and for so long."""


outbox = Table(
    "outbox",
    metadata,
    Column("project", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("slot", String, primary_key=True),  # what of the item is written: its note, or a label
    Column("run", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("step", Text, nullable=False),
)
"""What is being sent. A row that a run finds when it begins was sent by one that died: nobody knows what became of
it."""

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("project", String, nullable=False),
    Column("item", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("run", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("step", Text, nullable=False),
    Index("journal_by_slot", "project", "item", "slot"),
    Index("journal_by_run", "run"),
)
"""What was written, before and after; only ever added to, for as long as the item is there."""

jobs = Table(
    "jobs",
    metadata,
    Column("team", String, primary_key=True),
    Column("job", String, primary_key=True),
    Column("slot", String, primary_key=True),  # a local date, or a sprint: see `backlint.timetable`
    Column("state", String, nullable=False),
    Column("holder", String, nullable=False),
    Column("until", BigInteger, nullable=False),  # the end of its lease, or of the pause before the next try
    Column("attempts", Integer, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("run", String),
    Column("outcome", Text),
    Column("deaths", Integer, nullable=False, server_default="0"),  # of servers that did it: no tries of its own
    Index("jobs_by_start", "team", "started"),
)
"""Each occasion of each job, done once: what decides, whatever a clock, a scheduler or a queue believes."""
