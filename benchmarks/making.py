"""Records to measure with, made fast: whoever knows the election's secret and every randomness needs tables only.

The ballots are those of ``cast_ballot``, made in some 10 ms instead of some 100; every one of them verifies.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from gmpy2 import mpz

import election.crypto.proofs
import election.marked_answers
from election.ballots import cast_ballot
from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group
from election.crypto.powers import SharedBase, fixed_base
from election.definition import parse_election
from election.record.archive import archive_piece, write_archive
from election.record.chain import Head
from election.record.writer import ballot_entries, end_ballots_entries
from tests.election.elections import TIMESTAMP, SmallElection, a_contest, make_election

_BATCH = 50
MARKS = 4


def make_archive(folder: Path, ballots: int, *, candidates: int, electors: int = 0, counted: bool = True) -> Path:
    """An archive in which so many electors voted, every tenth of them blank, the others with one to four marks."""
    names = [f"Candidate {number}" for number in range(candidates)]
    made = open_election(names, max(electors, ballots))
    path = folder / f"{made.definition.uuid}.bel"
    with path.open("wb") as file:
        file.writelines(write_archive(made.entries, TIMESTAMP))
        for raw in cast_ballots(made, ballots):
            entries, made.head = ballot_entries(_head(made), raw)
            file.writelines(archive_piece(entry, TIMESTAMP) for entry in entries)
            if counted:
                made.entries += entries
        if not counted:
            entries, _ = end_ballots_entries(_head(made))
            file.writelines(archive_piece(entry, TIMESTAMP) for entry in entries)
            return path
        done = len(made.entries)
        made.count(made.close())
        file.writelines(archive_piece(entry, TIMESTAMP) for entry in made.entries[done:])
    return path


def _head(made: SmallElection) -> Head:
    if made.head is None:
        raise SystemExit("the election has no first event")
    return made.head


def open_election(names: list[str], electors: int) -> SmallElection:
    """An election of two trustees that waits for ballots."""
    contest = a_contest(names, seats=4, alternates=2, max_marks=min(MARKS, len(names)))
    return make_election(contest, electors=electors, trustees=2)


def selection_of(elector: int, candidates: int) -> tuple[int, ...]:
    """What an elector votes: blank, or one to four candidates in a row."""
    if elector % 10 == 0:
        return ()
    return tuple((elector + step) % candidates for step in range(1 + elector % min(MARKS, candidates)))


def cast_ballots(made: SmallElection, number: int) -> Iterator[bytes]:
    """The ballots of the first so many electors, in their order."""
    candidates = len(made.definition.questions[0].answers)
    secret = int(sum(trustee.secret for trustee in made.trustees) % made.definition.group.q)
    jobs = [
        [
            (made.codes[elector], selection_of(elector, candidates))
            for elector in range(start, min(start + _BATCH, number))
        ]
        for start in range(0, number, _BATCH)
    ]
    with ProcessPoolExecutor() as pool:
        for batch in pool.map(_cast_batch, [(made.definition.content, secret, job) for job in jobs]):
            yield from batch


def _cast_batch(job: tuple[bytes, int, list[tuple[str, tuple[int, ...]]]]) -> list[bytes]:
    content, secret, electors = job
    definition = parse_election(content)
    _use_tables(definition.group, mpz(secret))
    return [cast_ballot(definition, code, selection) for code, selection in electors]


def _use_tables(group: Group, secret: mpz) -> None:
    """In this process, take every power of what has a known logarithm from the table of g. Never for real ballots."""
    logarithms: dict[mpz, mpz] = {}
    table = fixed_base(group, group.g)

    def encrypted(group: Group, public_key: mpz, number: int, randomness: mpz) -> Ciphertext:
        if len(logarithms) > 2**12:
            logarithms.clear()
        exponents = randomness, (secret * randomness + number) % group.q
        found = Ciphertext(table.power(exponents[0]), table.power(exponents[1]))
        logarithms.update(zip((found.alpha, found.beta), exponents, strict=True))
        return found

    class Known(SharedBase):
        __slots__ = ("_logarithm",)

        def __init__(self, logarithm: mpz) -> None:
            self._logarithm = logarithm

        def power(self, exponent: mpz) -> mpz:
            return table.power(self._logarithm * exponent)

    def based(group: Group, base: mpz) -> SharedBase:
        return Known(logarithms[base]) if base in logarithms else real(group, base)

    real = election.crypto.powers.shared_base
    election.crypto.proofs.shared_base = based  # type: ignore[assignment]
    election.marked_answers.encrypt = encrypted
    Group.secret_power = lambda group, base, exponent: fixed_base(group, base).power(exponent)  # type: ignore[method-assign]
