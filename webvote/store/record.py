"""Tables of the public record. Everything here is published, except digests that only repeat what is."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webvote.store.types import Base


class PublicCredential(Base):
    """A public credential, in numerical order and without anything that tells whose it is.

    A draft until the election is sealed: making cards again replaces them all.
    """

    __tablename__ = "public_credential"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    # Decimal, at most 617 digits: larger than any integer column.
    value: Mapped[str] = mapped_column(String(620), primary_key=True)


class RecordEntry(Base):
    """One file of the archive, in the order of the chain."""

    __tablename__ = "record_entry"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BoxedBallot(Base):
    """Where a ballot stands in the record. No time is kept: it could be matched with who was in the room."""

    __tablename__ = "boxed_ballot"
    __table_args__ = (UniqueConstraint("election_id", "tracker"),)

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    tracker: Mapped[str] = mapped_column(String(64))
    # SHA-256 of the public credential, which the public record tells of each ballot as well.
    card: Mapped[str] = mapped_column(String(64))


class CiphertextDigest(Base):
    """A group element that stands in a ballot already; a second one would be a copied vote."""

    __tablename__ = "ciphertext_digest"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class OpenedBallot(Base):
    """A ballot that was opened to test a machine, with its opening; no time is kept, as of those that are cast."""

    __tablename__ = "opened_ballot"
    __table_args__ = (UniqueConstraint("election_id", "tracker"),)

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    tracker: Mapped[str] = mapped_column(String(64))
    # As of a ballot in the box.
    card: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class OpenedElement(Base):
    """A group element of an opened ballot; a ballot that takes it over is not cast."""

    __tablename__ = "opened_element"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
