"""Ballots that were opened to test a machine"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "opened_ballot",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tracker", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_opened_ballot_election_id_election")),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_opened_ballot")),
        sa.UniqueConstraint("election_id", "tracker", name=op.f("uq_opened_ballot_election_id_tracker")),
    )
    op.create_table(
        "opened_element",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_opened_element_election_id_election")),
        sa.PrimaryKeyConstraint("election_id", "digest", name=op.f("pk_opened_element")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("opened_element")
    op.drop_table("opened_ballot")
