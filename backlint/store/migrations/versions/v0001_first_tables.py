"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("team", "id"),
    )
    op.create_index("runs_by_time", "runs", ["team", "at"], unique=False)
    op.create_table(
        "sources",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("velocity", sa.Text(), nullable=True),
        sa.Column("ranking", sa.String(), nullable=True),
        sa.Column("census_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "absences",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.number"],
        ),
        sa.PrimaryKeyConstraint("source", "item"),
    )
    op.create_table(
        "histories",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.number"],
        ),
        sa.PrimaryKeyConstraint("source", "item"),
    )
    op.create_table(
        "items",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kind_name", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("priority_level", sa.BigInteger(), nullable=True),
        sa.Column("priority_name", sa.String(), nullable=True),
        sa.Column("estimate", sa.Float(), nullable=True),
        sa.Column("estimate_unit", sa.String(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("moscow", sa.String(), nullable=True),
        sa.Column("labels", sa.Text(), nullable=True),
        sa.Column("components", sa.Text(), nullable=True),
        sa.Column("assignees", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=True),
        sa.Column("links", sa.Text(), nullable=True),
        sa.Column("sprints", sa.Text(), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("votes", sa.BigInteger(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("empties", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.number"],
        ),
        sa.PrimaryKeyConstraint("source", "id"),
    )
    op.create_index("items_known", "items", ["source", "id", "digest", "gone"], unique=False)
    op.create_table(
        "ranking",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.number"],
        ),
        sa.PrimaryKeyConstraint("source", "position"),
        sa.UniqueConstraint("source", "item"),
    )
    op.create_table(
        "spells",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("began", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("is_fixed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("spells_by_begin", "spells", ["team", "began"], unique=False)
    op.create_index("spells_by_end", "spells", ["team", "ended"], unique=False)
    op.create_index("spells_by_fingerprint", "spells", ["team", "fingerprint"], unique=False)
    op.create_table(
        "sprints",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.number"],
        ),
        sa.PrimaryKeyConstraint("source", "id"),
    )
    op.create_table(
        "themes",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.number"],
        ),
        sa.PrimaryKeyConstraint("source", "id"),
    )
