"""Tables of a council: what it is formed under, and who was nominated for it or appointed without an election."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webvote.store.types import Base


class Council(Base):
    """A council being formed under one mandate."""

    __tablename__ = "council"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    mandate_id: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    appointments: Mapped[list[Appointment]] = relationship(
        back_populates="council", lazy="selectin", order_by="Appointment.id", cascade="all, delete-orphan"
    )
    nominations: Mapped[list[Nomination]] = relationship(
        back_populates="council", lazy="selectin", order_by="Nomination.id", cascade="all, delete-orphan"
    )


class Appointment(Base):
    """A person in a seat that is not filled by election, with the decision behind it."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("council_id", "group_id", "role", "seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    group_id: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    seat: Mapped[int]
    person: Mapped[str] = mapped_column(String(200))
    properties: Mapped[list[str]] = mapped_column(JSON)
    decision: Mapped[str] = mapped_column(String(500))
    since: Mapped[date]
    council: Mapped[Council] = relationship(back_populates="appointments")


class Nomination(Base):
    """Whom a body proposed for seats that are filled on nomination (ligestillingsloven § 10 a).

    The law asks how many women and men were proposed, so no more is kept of those who got no seat.
    """

    __tablename__ = "nomination"

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    group_id: Mapped[str] = mapped_column(String(80))
    nominated_by: Mapped[str] = mapped_column(String(200))
    women: Mapped[int]
    men: Mapped[int]
    # The names of those of them who got a seat.
    appointed: Mapped[list[str]] = mapped_column(JSON)
    nominated_on: Mapped[date]
    # Why there are not as many women as men; None where the body gave no reason.
    reason: Mapped[str | None] = mapped_column(String(500))
    council: Mapped[Council] = relationship(back_populates="nominations")
