"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webvote.store.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ONLY_GROWING = ("record_entry", "boxed_ballot", "ciphertext_digest", "official_log")


def _let_only_grow(table: str) -> None:
    """Have the database itself refuse to change or remove a row."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()"
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mandate_id", sa.String(length=80), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("slug", name=op.f("uq_council_slug")),
    )
    op.create_table(
        "log_in_attempts",
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name_hash", name=op.f("pk_log_in_attempts")),
    )
    op.create_table(
        "official",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official")),
        sa.UniqueConstraint("key", name=op.f("uq_official_key")),
    )
    op.create_table(
        "official_log",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_official_log")),
    )
    op.create_table(
        "official_log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_log_head")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=500), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_appointment_council_id_council")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "council_id", "group_id", "role", "seat", name=op.f("uq_appointment_council_id_group_id_role_seat")
        ),
    )
    op.create_table(
        "election",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("max_marks", sa.Integer(), nullable=False),
        sa.Column("blank_allowed", sa.Boolean(), nullable=False),
        sa.Column("opens_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "preparing",
                "sealed",
                "open",
                "closed",
                "counted",
                "certified",
                "confirmed",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "electors_kind",
            sa.Enum(
                "undecided", "named", "door", name="electors_kind", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("electors_number", sa.Integer(), nullable=False),
        sa.Column("cards_made_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("record_timestamp", sa.Integer(), nullable=True),
        sa.Column("head_height", sa.Integer(), nullable=True),
        sa.Column("head_event", sa.String(length=64), nullable=True),
        sa.Column("head_type", sa.String(length=32), nullable=True),
        sa.Column("definition", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("ballots_number", sa.Integer(), nullable=False),
        sa.Column("encrypted_tally", sa.LargeBinary(), nullable=True),
        sa.Column("sized_tally", sa.LargeBinary(), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("voters_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_election_council_id_council")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("slug", name=op.f("uq_election_slug")),
        sa.UniqueConstraint("uuid", name=op.f("uq_election_uuid")),
    )
    op.create_table(
        "boxed_ballot",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("tracker", sa.String(length=64), nullable=False),
        sa.Column("card", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_boxed_ballot_election_id_election")),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_boxed_ballot")),
        sa.UniqueConstraint("election_id", "tracker", name=op.f("uq_boxed_ballot_election_id_tracker")),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("presentation", sa.Text(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_candidate_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("election_id", "key", name=op.f("uq_candidate_election_id_key")),
    )
    op.create_table(
        "ciphertext_digest",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_ciphertext_digest_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "digest", name=op.f("pk_ciphertext_digest")),
    )
    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("boundary", sa.String(length=32), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=500), nullable=False),
        sa.Column("drawn_by", sa.String(length=200), nullable=False),
        sa.Column("witnesses", sa.JSON(), nullable=False),
        sa.Column("drawn_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_lot_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("election_id", "number", name=op.f("uq_lot_election_id_number")),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_milestone_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("election_id", "kind", name=op.f("uq_milestone_election_id_kind")),
    )
    op.create_table(
        "public_credential",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=620), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_public_credential_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "value", name=op.f("pk_public_credential")),
    )
    op.create_table(
        "record_entry",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_record_entry_election_id_election")),
        sa.PrimaryKeyConstraint("election_id", "sequence", name=op.f("pk_record_entry")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_roll_entry_election_id_election")),
        sa.PrimaryKeyConstraint("election_id", "line", name=op.f("pk_roll_entry")),
    )
    op.create_table(
        "trustee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=True),
        sa.Column("share", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_trustee_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trustee")),
        sa.UniqueConstraint("election_id", "number", name=op.f("uq_trustee_election_id_number")),
    )
    op.execute("INSERT INTO official_log_head (id, number, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    for table in ONLY_GROWING:
        _let_only_grow(table)


def downgrade() -> None:
    """Take back."""
    op.drop_table("trustee")
    op.drop_table("roll_entry")
    op.drop_table("record_entry")
    op.drop_table("public_credential")
    op.drop_table("milestone")
    op.drop_table("lot")
    op.drop_table("ciphertext_digest")
    op.drop_table("candidate")
    op.drop_table("boxed_ballot")
    op.drop_table("election")
    op.drop_table("appointment")
    op.drop_table("official_log_head")
    op.drop_table("official_log")
    op.drop_table("official")
    op.drop_table("log_in_attempts")
    op.drop_table("council")
    if op.get_bind().dialect.name != "sqlite":
        for table in ONLY_GROWING:
            op.execute(f"DROP FUNCTION {table}_only_grows()")
