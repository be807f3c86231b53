"""The two elections of the demonstration. Every ballot is really encrypted, proved, signed and tallied."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from election.ballots import cast_ballot, parse_ballot, verify_ballot
from election.record.canonical import load_json
from election.shares import decrypt_share, share_to_json
from election.trustees import TrusteePrivateKey, generate_trustee, trustee_public_key_to_json
from election.trustees.rehearsal import answer_test, answer_to_bytes
from webvote.demo import people
from webvote.languages import TIME_ZONE
from webvote.store.database import Store
from webvote.use_cases import ballots as box
from webvote.use_cases import contest, credentials, definition, rehearsal, result, roll, seats, tally, trustees
from webvote.use_cases.log import Signed

Say = Callable[[str], None]
_DENMARK = ZoneInfo(TIME_ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedElection:
    """An election that is open, with everything that its people hold."""

    slug: str
    council: str
    codes: tuple[str, ...] = field(repr=False)
    trustee_keys: tuple[TrusteePrivateKey, ...]
    trustee_codes: tuple[str, ...] = field(repr=False)


class DemoElections:
    """Makes elections through the use cases, as an official would with the pages."""

    def __init__(self, store: Store, say: Say) -> None:
        self._store = store
        self._say = say

    def open_election(self, now: datetime) -> PreparedElection:
        """An election that opened a moment ago and waits for its first ballot."""
        opened = now - timedelta(minutes=5)
        plan = _plan("Valg til Dialogforum for Integration", opened, _at(now + timedelta(days=7), 16, 30))
        return self._prepare(plan, people.OPEN_CANDIDATES, people.OPEN_CARDS, (people.OPEN_TRUSTEE,), now)

    def finished_election(self, now: datetime) -> PreparedElection:
        """A town-hall meeting a year ago: counted, a tie settled by lot, certified and confirmed."""
        evening = _at(now - timedelta(days=365), 15, 0)
        plan = _plan("Valg på borgermødet i Grenaa", evening, evening + timedelta(minutes=90))
        prepared = self._prepare(
            plan, people.FINISHED_CANDIDATES, people.FINISHED_CARDS, people.FINISHED_TRUSTEES, evening
        )
        self._vote(prepared)
        self._count(prepared, evening + timedelta(minutes=92))
        self._settle(prepared, evening)
        return prepared

    def _prepare(
        self,
        plan: contest.ElectionPlan,
        standing: Sequence[people.Standing],
        cards: int,
        trustee_names: Sequence[str],
        at: datetime,
    ) -> PreparedElection:
        signed = Signed(by=people.OFFICIAL, at=at)
        with self._store.writing() as work:
            election = contest.create_election(
                work, signed, plan, mandate_id=people.MANDATE, group_id=people.GROUP, council_slug=None
            )
            slug, council = election.slug, election.council.slug
        with self._store.writing() as work:
            for person in standing:
                contest.add_candidate(
                    work,
                    signed,
                    slug,
                    name=person.name,
                    presentation=person.presentation,
                    properties=[people.BACKGROUND],
                )
            roll.ask_for_cards(work, signed, slug, cards)
        keys = tuple(generate_trustee() for _ in trustee_names)
        links = tuple(self._trustee(signed, slug, name, key) for name, key in zip(trustee_names, keys, strict=True))
        with self._store.reading() as work:
            order = credentials.order_cards(work, slug)
        made = credentials.make_codes(order)
        for number, (key, code) in enumerate(zip(keys, links, strict=True), start=1):
            self._rehearse(at, slug, number, key, code)
        with self._store.writing() as work:
            credentials.keep_public_credentials(work, signed, slug, order, made.public)
            definition.seal(work, signed, slug)
        with self._store.writing() as work:
            box.open_voting(work, signed, slug)
        return PreparedElection(slug=slug, council=council, codes=made.codes, trustee_keys=keys, trustee_codes=links)

    def _trustee(self, signed: Signed, slug: str, name: str, key: TrusteePrivateKey) -> str:
        with self._store.writing() as work:
            trustee, code = trustees.add_trustee(work, signed, slug, name)
            number = trustee.number
        with self._store.writing() as work:
            message = trustee_public_key_to_json(key.public())
            trustees.accept_trustee_key(work, signed, slug, number, code, message)
        return code

    def _rehearse(self, at: datetime, slug: str, number: int, key: TrusteePrivateKey, code: str) -> None:
        with self._store.reading() as work:
            answer = answer_test(key, rehearsal.rehearsal_test(work.elections.get(slug)))
        with self._store.writing() as work:
            message = load_json(answer_to_bytes(answer))
            rehearsal.accept_answer(work, Signed(by=f"trustee {number}", at=at), slug, number, code, message)

    def _vote(self, prepared: PreparedElection) -> None:
        selections: list[tuple[int, ...]] = [
            (candidate,) for candidate, votes in enumerate(people.FINISHED_VOTES) for _ in range(votes)
        ]
        selections += [()] * people.FINISHED_BLANK
        # People come to the box in no order.
        secrets.SystemRandom().shuffle(selections)
        with self._store.reading() as work:
            rules = box.ballot_rules(work, prepared.slug)
        # Some change their mind: what they cast first is replaced.
        first = [(prepared.codes[elector], (0,)) for elector in range(people.FINISHED_REVOTES)]
        cast = first + list(zip(prepared.codes, selections, strict=False))
        for number, (code, selection) in enumerate(cast, start=1):
            ballot = parse_ballot(cast_ballot(rules.definition, code, selection), rules.definition)
            verify_ballot(ballot, rules.definition)
            with self._store.writing() as work:
                box.accept_ballot(work, prepared.slug, ballot)
            if number % 10 == 0 or number == len(cast):
                self._say(f"  {number} of {len(cast)} ballots encrypted, proved and in the box\n")

    def _count(self, prepared: PreparedElection, at: datetime) -> None:
        slug, signed = prepared.slug, Signed(by=people.OFFICIAL, at=at)
        with self._store.writing() as work:
            box.close_voting(work, signed, slug)
        with self._store.reading() as work:
            encrypted = tally.compute_tally(work, slug)
            rules = box.ballot_rules(work, slug)
        with self._store.writing() as work:
            tally.publish_tally(work, signed, slug, encrypted)
        for number, (key, code) in enumerate(zip(prepared.trustee_keys, prepared.trustee_codes, strict=True), start=1):
            share = share_to_json(decrypt_share(key, encrypted, rules.definition))
            with self._store.reading() as work:
                checked = tally.check_trustee_share(work, slug, number, code, share)
            with self._store.writing() as work:
                tally.accept_share(work, Signed(by=f"trustee {number}", at=at), slug, checked)
        with self._store.writing() as work:
            tally.count(work, signed, slug)

    def _settle(self, prepared: PreparedElection, evening: datetime) -> None:
        slug, drawn_at = prepared.slug, evening + timedelta(minutes=105)
        signed = Signed(by=people.OFFICIAL, at=drawn_at)
        decided = (evening + timedelta(days=19)).date()
        with self._store.writing() as work:
            result.record_lot(
                work,
                signed,
                slug,
                order=["c5", "c4"],
                method="Sedler trukket af en skål",
                drawn_by="Formand for valgbestyrelsen",
                witnesses=["Kommunens revisor", "Centerleder Merete Bang"],
                drawn_at=drawn_at,
            )
            result.certify(work, signed, slug, decided_on=evening.date(), meeting="Valgbestyrelsen, Grenaa", remarks="")
        confirmed = Signed(by=people.OFFICIAL, at=evening + timedelta(days=19))
        with self._store.writing() as work:
            for person in people.appointments(decided):
                seats.appoint(
                    work,
                    confirmed,
                    prepared.council,
                    group_id=person.group,
                    role=person.role,
                    seat=person.seat,
                    person=person.name,
                    properties=person.properties,
                    decision=person.decision,
                    since=decided,
                )
            seats.confirm(
                work,
                confirmed,
                slug,
                decided_on=decided,
                meeting=f"Kommunalbestyrelsens møde {decided:%d.%m.%Y}",
                decision="Udpeget i overensstemmelse med valget.",
            )


def _plan(name: str, opens_at: datetime, closes_at: datetime) -> contest.ElectionPlan:
    return contest.ElectionPlan(
        name=name,
        description="Fire medlemmer og op til fire suppleanter vælges ved direkte valg.",
        question=people.QUESTION,
        max_marks=1,
        blank_allowed=True,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def _at(day: datetime, hour: int, minute: int) -> datetime:
    """That time of the clock in Denmark, on that day."""
    local = day.astimezone(_DENMARK).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return local.astimezone(UTC)
