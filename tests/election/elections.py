"""A small election in memory, whose record grows step by step: shared by the tests here and the benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from election.ballots import cast_ballot, parse_ballot
from election.contest import Candidate, Contest
from election.credentials import derive_credential, generate_credentials
from election.crypto.groups import BELENIOS_2048, Group
from election.decryption import combine_shares
from election.definition import ElectionDefinition, define_election
from election.ids import CandidateId, new_election_uuid
from election.opened import Counts
from election.questions import Question, question_of
from election.record.archive import write_archive
from election.record.chain import Entry, Head
from election.record.writer import (
    Step,
    ballot_entries,
    end_ballots_entries,
    end_shuffles_entries,
    result_entries,
    setup_entries,
    share_entries,
    shuffle_entries,
    tally_entries,
)
from election.shares import Share, decrypt_share
from election.shuffles import make_shuffle, with_shuffle
from election.tally import EncryptedTally, tally_ballots
from election.trustees import TrusteeItem, TrusteePrivateKey, generate_trustee

TIMESTAMP = 1_795_362_704


def a_contest(names: Iterable[str] = ("Amina", "Bohdan", "Çiğdem"), **changes: object) -> Contest:
    settings: dict[str, object] = {
        "question": "Hvem skal sidde i dialogforum?",
        "candidates": tuple(Candidate(CandidateId(f"c{number}"), name) for number, name in enumerate(names)),
        "max_marks": 1,
        "blank_allowed": True,
        "seats": 1,
        "alternates": 1,
        "alternates_ranked": False,
    }
    return Contest(**(settings | changes))  # type: ignore[arg-type]


@dataclass
class SmallElection:
    """An election whose every secret is at hand."""

    definition: ElectionDefinition
    trustees: tuple[TrusteePrivateKey, ...]
    codes: tuple[str, ...]
    entries: list[Entry] = field(default_factory=list)
    head: Head | None = None

    def take(self, step: Step) -> None:
        entries, self.head = step
        self.entries += entries

    def vote(self, elector: int, *selection: int) -> bytes:
        return self.answer(elector, selection)

    def answer(self, elector: int, *selections: tuple[int, ...]) -> bytes:
        """Vote on several questions."""
        raw = cast_ballot(self.definition, self.codes[elector], *selections)
        self.append_ballot(raw)
        return raw

    def append_ballot(self, raw: bytes) -> None:
        assert self.head
        self.take(ballot_entries(self.head, raw))

    def tally(self) -> EncryptedTally:
        ballots = [entry.content for entry in self.entries if entry.content.startswith(b'{"election_uuid"')]
        return tally_ballots(self.definition, [parse_ballot(raw, self.definition) for raw in ballots])

    def close(self) -> EncryptedTally:
        assert self.head
        self.take(end_ballots_entries(self.head))
        tally = self.tally()
        self.take(tally_entries(self.head, tally))
        return tally

    def shuffle(self, tally: EncryptedTally) -> EncryptedTally:
        """Every trustee shuffles."""
        for owner in range(1, len(self.trustees) + 1):
            shuffle = make_shuffle(tally, self.definition)
            assert self.head
            self.take(shuffle_entries(self.head, owner, shuffle))
            tally = with_shuffle(tally, shuffle, self.definition)
        assert self.head
        self.take(end_shuffles_entries(self.head))
        return tally

    def count(self, tally: EncryptedTally) -> Counts:
        shares: list[Share] = []
        for owner, trustee in enumerate(self.trustees, start=1):
            shares.append(decrypt_share(trustee, tally, self.definition))
            assert self.head
            self.take(share_entries(self.head, owner, shares[-1]))
        counts = combine_shares(tally, shares, self.definition)
        assert self.head
        self.take(result_entries(self.head, counts))
        return counts

    def archive(self) -> bytes:
        return b"".join(write_archive(self.entries, TIMESTAMP))

    def save(self, folder: Path) -> Path:
        path = folder / f"{self.definition.uuid}.bel"
        path.write_bytes(self.archive())
        return path


def make_election(
    contest: Contest | None = None,
    *,
    questions: Sequence[Question] = (),
    group: Group = BELENIOS_2048,
    electors: int = 3,
    trustees: int = 1,
    known_trustees: Sequence[TrusteeItem] | None = None,
) -> SmallElection:
    """With ``known_trustees`` whoever asks keeps their secrets."""
    uuid = new_election_uuid()
    keys = tuple(generate_trustee(group) for _ in range(0 if known_trustees else trustees))
    public_keys = known_trustees or tuple(key.public() for key in keys)
    definition = define_election(
        uuid=uuid,
        name="Dialogforum for Integration",
        description='Rådhuset, Torvet 3, Grenå — «prøve» "1" \\ /',
        questions=questions or [question_of(contest or a_contest())],
        trustees=public_keys,
        administrator="Valgbestyrelsen",
        credential_authority="Valgbestyrelsen",
        group=group,
    )
    codes = generate_credentials(electors)
    public = [derive_credential(code, uuid, group).public for code in codes]
    election = SmallElection(definition, keys, codes)
    election.take(setup_entries(definition, public_keys, public))
    return election


def cast_all(election: SmallElection, selections: Sequence[tuple[int, ...]]) -> None:
    for elector, selection in enumerate(selections):
        election.vote(elector, *selection)
