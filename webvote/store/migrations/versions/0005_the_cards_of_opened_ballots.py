"""Which card a ballot was opened with, so that no single one fills the list"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from election.record.canonical import sha256_hex

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("opened_ballot") as opened:
        opened.add_column(sa.Column("card", sa.String(length=64), server_default="", nullable=False))
    ballots = sa.table(
        "opened_ballot",
        sa.column("election_id", sa.Integer()),
        sa.column("number", sa.Integer()),
        sa.column("card", sa.String()),
        sa.column("content", sa.LargeBinary()),
    )
    rows = op.get_bind().execute(sa.select(ballots.c.election_id, ballots.c.number, ballots.c.content)).all()
    for election, number, content in rows:
        card = sha256_hex(json.loads(content)["ballot"]["credential"].encode())
        here = (ballots.c.election_id == election) & (ballots.c.number == number)
        op.execute(ballots.update().where(here).values(card=card))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("opened_ballot") as opened:
        opened.drop_column("card")
