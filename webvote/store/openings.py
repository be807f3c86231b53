"""Finding and keeping ballots that were opened instead of cast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Integer, func, insert, select
from sqlalchemy.orm import Session

from webvote.store.elections import Election
from webvote.store.record import OpenedBallot, OpenedElement


class Openings:
    """What was opened in an election."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def number(self, election: Election) -> int:
        """How many ballots were opened."""
        highest = self._session.scalar(
            select(func.max(OpenedBallot.number)).where(OpenedBallot.election_id == election.id)
        )
        return highest or 0

    def number_with(self, election: Election, card: str) -> int:
        """How many ballots were opened with one card."""
        return (
            self._session.scalar(
                select(func.count()).where(OpenedBallot.election_id == election.id, OpenedBallot.card == card)
            )
            or 0
        )

    def find(self, election: Election, tracker: str) -> OpenedBallot | None:
        """The opened ballot with this tracker."""
        return self._session.scalar(
            select(OpenedBallot).where(OpenedBallot.election_id == election.id, OpenedBallot.tracker == tracker)
        )

    def known_elements(self, election: Election, digests: Iterable[str]) -> frozenset[str]:
        """Which of these group elements stand in an opened ballot."""
        return frozenset(
            self._session.scalars(
                select(OpenedElement.digest).where(
                    OpenedElement.election_id == election.id, OpenedElement.digest.in_(list(digests))
                )
            )
        )

    def add(self, opened: OpenedBallot, elements: Iterable[str]) -> None:
        """Keep an opened ballot and these group elements, none of which is known."""
        self._session.add(opened)
        self._session.flush()
        rows = [{"election_id": opened.election_id, "digest": digest} for digest in elements]
        if rows:
            self._session.execute(insert(OpenedElement), rows)

    def size(self, election: Election, last: int) -> int:
        """The bytes of the first ``last`` entries together."""
        total = self._session.scalar(
            select(func.sum(func.length(OpenedBallot.content, type_=Integer))).where(
                OpenedBallot.election_id == election.id, OpenedBallot.number <= last
            )
        )
        return int(total or 0)

    def contents(self, election_id: int, first: int, last: int) -> Sequence[bytes]:
        """The entries from ``first`` to ``last``, both included, in the order of arrival."""
        return self._session.scalars(
            select(OpenedBallot.content)
            .where(OpenedBallot.election_id == election_id, OpenedBallot.number.between(first, last))
            .order_by(OpenedBallot.number)
        ).all()
