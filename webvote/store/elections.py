"""Tables of an election while it is prepared and decided. The public record has a module of its own."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Enum, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webvote.phases import Phase
from webvote.store.councils import Council
from webvote.store.types import Base


class ElectorsKind(StrEnum):
    """How it is decided who may vote."""

    UNDECIDED = "undecided"
    NAMED = "named"
    DOOR = "door"


class Election(Base):
    """One election: its rules, how far it has come, and the head of its record."""

    __tablename__ = "election"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(40), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    group_id: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(String(200))
    max_marks: Mapped[int] = mapped_column(default=1)
    blank_allowed: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    phase: Mapped[Phase] = mapped_column(
        Enum(
            Phase,
            native_enum=False,
            length=16,
            create_constraint=True,
            name="phase",
            values_callable=lambda kind: [member.value for member in kind],
        ),
        default=Phase.PREPARING,
    )
    electors_kind: Mapped[ElectorsKind] = mapped_column(
        Enum(
            ElectorsKind,
            native_enum=False,
            length=16,
            create_constraint=True,
            name="electors_kind",
            values_callable=lambda kind: [member.value for member in kind],
        ),
        default=ElectorsKind.UNDECIDED,
    )
    electors_number: Mapped[int] = mapped_column(default=0)
    cards_made_at: Mapped[datetime | None]
    # The archive gives every file this time, so it must never change once the record is public.
    record_timestamp: Mapped[int | None]
    head_height: Mapped[int | None]
    head_event: Mapped[str | None] = mapped_column(String(64))
    head_type: Mapped[str | None] = mapped_column(String(32))
    definition: Mapped[bytes | None] = mapped_column(LargeBinary)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    ballots_number: Mapped[int] = mapped_column(default=0)
    encrypted_tally: Mapped[bytes | None] = mapped_column(LargeBinary)
    sized_tally: Mapped[bytes | None] = mapped_column(LargeBinary)
    counts: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    voters_number: Mapped[int | None]
    # With the trustees' keys it makes the test of the rehearsal; another whenever these change.
    rehearsal_nonce: Mapped[str] = mapped_column(String(22))

    council: Mapped[Council] = relationship(lazy="selectin")
    candidates: Mapped[list[Candidate]] = relationship(
        lazy="selectin", order_by="Candidate.position", cascade="all, delete-orphan"
    )
    trustees: Mapped[list[Trustee]] = relationship(
        lazy="selectin", order_by="Trustee.number", cascade="all, delete-orphan"
    )
    trustee_groups: Mapped[list[TrusteeGroup]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    lots: Mapped[list[RecordedLot]] = relationship(
        lazy="selectin", order_by="RecordedLot.number", cascade="all, delete-orphan"
    )
    gone: Mapped[list[GoneCandidate]] = relationship(
        lazy="selectin", order_by="GoneCandidate.id", cascade="all, delete-orphan"
    )
    milestones: Mapped[list[Milestone]] = relationship(
        lazy="selectin", order_by="Milestone.id", cascade="all, delete-orphan"
    )

    def milestone(self, kind: str) -> Milestone | None:
        """When and by whom the election came this far, or nothing when it has not."""
        return next((each for each in self.milestones if each.kind == kind), None)


class Candidate(Base):
    """A person who stands. ``key`` stays when the order changes."""

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("election_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    key: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    presentation: Mapped[str] = mapped_column(Text, default="")
    # What the mandate requires and the candidate has declared, in the words of the mandate; nothing else is kept.
    properties: Mapped[list[str]] = mapped_column(JSON)


class TrusteeGroup(Base):
    """Trustees of whom a threshold is enough: the public parameters that they made on machines of their own."""

    __tablename__ = "trustee_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    parameters: Mapped[str] = mapped_column(Text)


class Trustee(Base):
    """A holder of a key. The one-time code is kept as a hash; the secret key never comes here.

    The members of a group have neighbouring numbers, in the order of their certificates.
    """

    __tablename__ = "trustee"
    __table_args__ = (UniqueConstraint("election_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    code_hash: Mapped[str] = mapped_column(String(64))
    public_key: Mapped[str | None] = mapped_column(Text)
    # How they decrypted the test of the rehearsal, checked when it came.
    answer: Mapped[str | None] = mapped_column(Text)
    share: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("trustee_group.id"))

    group: Mapped[TrusteeGroup | None] = relationship(lazy="selectin")


class RollEntry(Base):
    """One elector of a named roll. Nothing here points to a credential, and nothing may."""

    __tablename__ = "roll_entry"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[list[str]] = mapped_column(JSON)


class RecordedLot(Base):
    """A draw between tied candidates, made in front of witnesses or computed from a published seed.

    One that was recorded by mistake is taken back, never removed: a lot that nobody sees again could be drawn until
    it pleases.
    """

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("election_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    number: Mapped[int]
    boundary: Mapped[str] = mapped_column(String(32))
    drawn: Mapped[list[str]] = mapped_column(JSON)
    method: Mapped[str] = mapped_column(String(500))
    drawn_by: Mapped[str] = mapped_column(String(200))
    witnesses: Mapped[list[str]] = mapped_column(JSON)
    drawn_at: Mapped[datetime]
    # Which part of the count it belongs to, where there are several.
    at: Mapped[str] = mapped_column(String(200), default="")
    seed: Mapped[str | None] = mapped_column(Text)
    taken_back_at: Mapped[datetime | None]


class GoneCandidate(Base):
    """A candidate on the ballot who takes no place."""

    __tablename__ = "gone"
    __table_args__ = (UniqueConstraint("election_id", "candidate"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    candidate: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(String(16))
    decision: Mapped[str] = mapped_column(String(500))


class Milestone(Base):
    """A step the election has taken: counted is not certified, and certified is not confirmed."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("election_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))
    # The day the board or the council decided; ``at`` is when it was entered here.
    decided_on: Mapped[date | None]
    meeting: Mapped[str] = mapped_column(String(200), default="")
    decision: Mapped[str] = mapped_column(Text, default="")
