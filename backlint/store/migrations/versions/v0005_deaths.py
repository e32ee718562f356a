"""How often the server died that did a job: that is no try of the job's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("jobs", sa.Column("deaths", sa.Integer(), nullable=False, server_default="0"))
