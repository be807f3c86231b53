"""The rehearsal of the trustees, and groups of whom a threshold is enough"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from election.trustees.rehearsal import new_nonce

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "trustee_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_trustee_group_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trustee_group")),
    )
    with op.batch_alter_table("trustee") as trustee:
        trustee.add_column(sa.Column("answer", sa.Text(), nullable=True))
        trustee.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        trustee.create_foreign_key(op.f("fk_trustee_group_id_trustee_group"), "trustee_group", ["group_id"], ["id"])
    op.add_column("election", sa.Column("rehearsal_nonce", sa.String(length=22), server_default="", nullable=False))
    # Elections that have not opened yet get a test of their own.
    elections = sa.table("election", sa.column("id", sa.Integer()), sa.column("rehearsal_nonce", sa.String()))
    for (number,) in op.get_bind().execute(sa.select(elections.c.id)).all():
        op.execute(elections.update().where(elections.c.id == number).values(rehearsal_nonce=new_nonce()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("election", "rehearsal_nonce")
    with op.batch_alter_table("trustee") as trustee:
        trustee.drop_constraint(op.f("fk_trustee_group_id_trustee_group"), type_="foreignkey")
        trustee.drop_column("group_id")
        trustee.drop_column("answer")
    op.drop_table("trustee_group")
