"""Finding and keeping rows. Each repository belongs to one open transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from sqlalchemy import Integer, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webvote.refusals import RefusedError
from webvote.store.councils import Appointment, Council, Nomination
from webvote.store.elections import Election, RollEntry
from webvote.store.officials import LogEntry, LogHead, LogInAttempts, Official
from webvote.store.record import BoxedBallot, CiphertextDigest, PublicCredential, RecordEntry

_CHUNK = 500
_BLOCK = 512


class Elections:
    """Elections with their candidates, trustees, lots and roll."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Sequence[Election]:
        """Every election, the latest first."""
        return self._session.scalars(select(Election).order_by(Election.opens_at.desc(), Election.id.desc())).all()

    def of_council(self, council_id: int) -> Sequence[Election]:
        """The elections of a council, the oldest first."""
        return self._session.scalars(
            select(Election).where(Election.council_id == council_id).order_by(Election.id)
        ).all()

    def get(self, slug: str) -> Election:
        """The election at this address.

        Raises:
            RefusedError: There is none.
        """
        return self._found(self._session.scalar(select(Election).where(Election.slug == slug)))

    def get_locked(self, slug: str) -> Election:
        """The election at this address, held against every other writer until the transaction ends.

        Raises:
            RefusedError: There is none.
        """
        # On SQLite the whole database is held already (BEGIN IMMEDIATE) and FOR UPDATE is left out.
        return self._found(
            self._session.scalar(
                select(Election)
                .where(Election.slug == slug)
                .with_for_update(of=Election)
                .execution_options(populate_existing=True)
            )
        )

    @staticmethod
    def _found(election: Election | None) -> Election:
        if election is None:
            raise RefusedError("no-such-election", status=404)
        return election

    def has_slug(self, slug: str) -> bool:
        """Whether the address is taken."""
        return self._session.scalar(select(Election.id).where(Election.slug == slug)) is not None

    def add(self, election: Election) -> None:
        """Keep a new election."""
        self._session.add(election)
        self._session.flush()

    def roll(self, election: Election, *, start: int = 0, number: int | None = None) -> Sequence[RollEntry]:
        """Electors of a named roll in its order."""
        return self._session.scalars(
            select(RollEntry)
            .where(RollEntry.election_id == election.id)
            .order_by(RollEntry.line)
            .offset(start)
            .limit(number)
        ).all()

    def replace_roll(self, election: Election, entries: Sequence[RollEntry]) -> None:
        """Forget the roll and keep this one."""
        self._session.execute(delete(RollEntry).where(RollEntry.election_id == election.id))
        self._session.add_all(entries)
        self._session.flush()

    def settle(self) -> None:
        """Send what was changed to the database now, so that a later change in this transaction sees it."""
        self._session.flush()


class Councils:
    """Councils with their nominations and appointments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Sequence[Council]:
        """Every council, the latest first."""
        return self._session.scalars(select(Council).order_by(Council.id.desc())).all()

    def get(self, slug: str) -> Council:
        """The council at this address.

        Raises:
            RefusedError: There is none.
        """
        council = self._session.scalar(select(Council).where(Council.slug == slug))
        if council is None:
            raise RefusedError("no-such-council", status=404)
        return council

    def has_slug(self, slug: str) -> bool:
        """Whether the address is taken."""
        return self._session.scalar(select(Council.id).where(Council.slug == slug)) is not None

    def add(self, council: Council) -> None:
        """Keep a new council."""
        self._session.add(council)
        self._session.flush()

    def add_appointment(self, appointment: Appointment) -> None:
        """Keep a new appointment."""
        self._session.add(appointment)
        self._session.flush()

    def add_nomination(self, nomination: Nomination) -> None:
        """Keep a new nomination."""
        self._session.add(nomination)
        self._session.flush()

    def remove_nomination(self, nomination: Nomination) -> None:
        """Forget a nomination that was entered by mistake."""
        nomination.council.nominations.remove(nomination)
        self._session.flush()

    def remove_appointment(self, appointment: Appointment) -> None:
        """Forget an appointment that was entered by mistake."""
        appointment.council.appointments.remove(appointment)
        self._session.flush()


class Records:
    """The public record of an election, and what is drawn from it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def length(self, election: Election) -> int:
        """How many entries the record has."""
        longest = self._session.scalar(
            select(func.max(RecordEntry.sequence)).where(RecordEntry.election_id == election.id)
        )
        return longest or 0

    def archived_bytes(self, election: Election, last: int) -> int:
        """The bytes of the first ``last`` entries in an archive: a block for the name, whole blocks for the rest."""
        blocks = 1 + (func.length(RecordEntry.content, type_=Integer) + _BLOCK - 1) // _BLOCK
        number = self._session.scalar(
            select(func.sum(blocks)).where(RecordEntry.election_id == election.id, RecordEntry.sequence <= last)
        )
        return int(number or 0) * _BLOCK

    def append(self, entries: Iterable[RecordEntry]) -> None:
        """Add entries at the end."""
        self._session.add_all(entries)
        self._session.flush()

    def entries(self, election_id: int, first: int, last: int) -> Sequence[RecordEntry]:
        """The entries from ``first`` to ``last``, both included."""
        return self._session.scalars(
            select(RecordEntry)
            .where(RecordEntry.election_id == election_id, RecordEntry.sequence.between(first, last))
            .order_by(RecordEntry.sequence)
        ).all()

    def ballot_contents(self, election: Election) -> Iterable[bytes]:
        """The bytes of every ballot in the order of the record."""
        return self._session.scalars(
            select(RecordEntry.content)
            .join(
                BoxedBallot,
                (BoxedBallot.election_id == RecordEntry.election_id) & (BoxedBallot.sequence == RecordEntry.sequence),
            )
            .where(RecordEntry.election_id == election.id)
            .order_by(BoxedBallot.number)
            .execution_options(yield_per=_CHUNK)
        )

    def ballots(self, election: Election, *, start: int, number: int) -> Sequence[BoxedBallot]:
        """Ballots for one page of the box, the latest first."""
        return self._session.scalars(
            select(BoxedBallot)
            .where(BoxedBallot.election_id == election.id)
            .order_by(BoxedBallot.number.desc())
            .offset(start)
            .limit(number)
        ).all()

    def later_ballot(self, ballot: BoxedBallot) -> BoxedBallot | None:
        """The last ballot that was cast with the same card after this one."""
        return self._session.scalar(
            select(BoxedBallot)
            .where(
                BoxedBallot.election_id == ballot.election_id,
                BoxedBallot.card == ballot.card,
                BoxedBallot.number > ballot.number,
            )
            .order_by(BoxedBallot.number.desc())
            .limit(1)
        )

    def find_ballot(self, election: Election, tracker: str) -> BoxedBallot | None:
        """The ballot with this tracker."""
        return self._session.scalar(
            select(BoxedBallot).where(BoxedBallot.election_id == election.id, BoxedBallot.tracker == tracker)
        )

    def add_ballot(self, ballot: BoxedBallot, digests: Iterable[str]) -> None:
        """Note where a ballot stands and which group elements it has used."""
        self._session.add(ballot)
        self._session.flush()
        self._session.execute(
            insert(CiphertextDigest),
            [{"election_id": ballot.election_id, "digest": digest} for digest in digests],
        )

    def has_seen(self, election: Election, digests: Sequence[str]) -> bool:
        """Whether any of these group elements stands in a ballot already."""
        found = self._session.scalar(
            select(CiphertextDigest.digest)
            .where(CiphertextDigest.election_id == election.id, CiphertextDigest.digest.in_(digests))
            .limit(1)
        )
        return found is not None

    def has_credential(self, election: Election, value: str) -> bool:
        """Whether a public credential is listed."""
        return self._session.get(PublicCredential, (election.id, value)) is not None

    def credentials(self, election: Election) -> list[int]:
        """Every public credential, in numerical order."""
        values = self._session.scalars(
            select(PublicCredential.value).where(PublicCredential.election_id == election.id)
        )
        return sorted(int(value) for value in values)

    def credentials_number(self, election: Election) -> int:
        """How many public credentials there are."""
        return (
            self._session.scalar(
                select(func.count()).select_from(PublicCredential).where(PublicCredential.election_id == election.id)
            )
            or 0
        )

    def smallest_credential(self, election: Election) -> str | None:
        """The first public credential in the order of its digits; new cards have another one."""
        return self._session.scalar(
            select(func.min(PublicCredential.value)).where(PublicCredential.election_id == election.id)
        )

    def replace_credentials(self, election: Election, values: Iterable[int]) -> None:
        """Forget the draft and keep these, in numerical order, which carries nothing of the order of the roll."""
        self._session.execute(delete(PublicCredential).where(PublicCredential.election_id == election.id))
        rows = [{"election_id": election.id, "value": str(value)} for value in sorted(values)]
        if rows:
            self._session.execute(insert(PublicCredential), rows)


class Officials:
    """Officials and their log-ins."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, official_id: int) -> Official | None:
        """The official with this number."""
        return self._session.get(Official, official_id)

    def by_key(self, key: str) -> Official | None:
        """The official who signs in under this name."""
        return self._session.scalar(select(Official).where(Official.key == key))

    def add(self, official: Official) -> None:
        """Keep a new official."""
        self._session.add(official)
        self._session.flush()

    def attempts(self, name_hash: str) -> LogInAttempts:
        """The failed log-ins under a name, held until the transaction ends."""
        query = select(LogInAttempts).where(LogInAttempts.name_hash == name_hash).with_for_update()
        found = self._session.scalar(query)
        if found is None:
            # Two first attempts at the same instant: one adds the row, the other finds it.
            with suppress(IntegrityError), self._session.begin_nested():
                self._session.add(LogInAttempts(name_hash=name_hash, failed=0, locked_until=None))
            found = self._session.scalars(query).one()
        return found


class Log:
    """The append-only log of official acts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def head(self) -> LogHead:
        """The last link, held until the transaction ends."""
        # The migration puts the one row there.
        return self._session.scalars(select(LogHead).where(LogHead.id == 1).with_for_update()).one()

    def append(self, entry: LogEntry) -> None:
        """Add a link."""
        self._session.add(entry)
        self._session.flush()

    def entries(self, *, start: int = 0, number: int | None = None, subject: str | None = None) -> Sequence[LogEntry]:
        """Links, the latest first."""
        query = select(LogEntry).order_by(LogEntry.number.desc()).offset(start).limit(number)
        return self._session.scalars(query if subject is None else query.where(LogEntry.subject == subject)).all()

    def in_order(self) -> Iterable[LogEntry]:
        """Every link from the first."""
        return self._session.scalars(select(LogEntry).order_by(LogEntry.number).execution_options(yield_per=_CHUNK))
