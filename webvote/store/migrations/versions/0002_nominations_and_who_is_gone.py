"""Nominations, who is gone after the count, and what makes a lot recomputable and revocable"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webvote.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(length=80), nullable=False),
        sa.Column("nominated_by", sa.String(length=200), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("appointed", sa.JSON(), nullable=False),
        sa.Column("nominated_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_nomination_council_id_council")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    op.create_table(
        "gone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("candidate", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("decision", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_gone_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gone")),
        sa.UniqueConstraint("election_id", "candidate", name=op.f("uq_gone_election_id_candidate")),
    )
    # Whatever was drawn before has no part of its own: a count had one place of each kind.
    op.add_column("lot", sa.Column("at", sa.String(length=200), server_default="", nullable=False))
    op.add_column("lot", sa.Column("seed", sa.Text(), nullable=True))
    op.add_column("lot", sa.Column("taken_back_at", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("lot", "taken_back_at")
    op.drop_column("lot", "seed")
    op.drop_column("lot", "at")
    op.drop_table("gone")
    op.drop_table("nomination")
