"""Write tests/vectors/*.json anew: one file for each message and proof, the same bytes at every run.

    python -m scripts.make_vectors

Every number comes from one seed. What is said of each case, "valid" or the code of the error, is checked by
tests/election/test_vectors.py and, for what browsers read, by tests/js/vectors.test.js. What belenios-tool makes is
recorded by scripts/record_tool_vectors.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from election.crypto.groups import BELENIOS_2048, RFC_3526_2048
from scripts.vectors import kept, marked, numbers, ranked, records, threshold
from scripts.vectors.cases import SEED, Case, SeededRng

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "vectors"
Makers = Mapping[str, tuple[str, Callable[[Any], Iterable[Case]]]]

ALONE: Makers = {
    "group_element": ("4.2, 5.1", numbers.group_elements),
    "scalar": ("4.2", numbers.scalars),
    "elgamal": ("4.11.1", numbers.ciphertexts),
    "proof_of_knowledge": ("4.5", numbers.knowledge("pok", "{group}|{public}")),
    "signature": ("4.14", numbers.knowledge("sig", "the hash of a ballot")),
    "interval_proof": ("4.12", numbers.interval_proofs),
    "blank_proofs": ("4.13", numbers.blank_proofs),
    "decryption_proof": ("4.18", numbers.decryption_proofs),
}
OF_MARKED: Makers = {
    "credential": ("4.8", marked.credentials),
    "public_list": ("4.8", marked.public_lists),
    "trustee_key": ("4.5", marked.trustee_keys),
    "ballot": ("4.11.1, 4.15", marked.ballots),
    "tracker": ("4.15", marked.trackers),
    "opening": ("docs/challenge.md", marked.openings),
    "encrypted_tally": ("4.16", marked.tallies),
    "partial_decryption": ("4.18", marked.shares),
    "result": ("4.19", marked.results),
    "event_chain": ("4.4", records.chains),
    "archive": ("4.4", records.archives),
    "election": ("4.9, 4.10", marked.elections),
    "setup": ("4.10", marked.setups),
    "event": ("4.4", marked.events),
    "private_key": ("4.5", marked.private_keys),
    "imported_list": ("4.8, docs/registrar.md", kept.imported_lists),
    "opened_list": ("docs/challenge.md", kept.opened_lists),
}
OF_RANKED: Makers = {
    "embedding": ("4.11.2, 5.2", ranked.embeddings),
    "ranked_answer": ("4.11.2", ranked.ranked_answers),
    "ranked_ballot": ("4.11.2, 4.15", ranked.ranked_ballots),
    "ranked_tally": ("4.16", ranked.ranked_tallies),
    "shuffle_generators": ("6, tables 6 to 8", ranked.shuffle_generators),
    "shuffle_steps": ("6, tables 1, 3, 9 and 12", ranked.shuffle_steps),
    "shuffle_proof": ("6, tables 4, 5, 10, 11 and 13", ranked.shuffle_proofs),
    "shuffle": ("4.17, 6", ranked.shuffles),
    "ranked_partial_decryption": ("4.18", ranked.ranked_shares),
    "ranked_result": ("4.19", ranked.ranked_results),
    "record": ("4.4, 4.17, 4.18, docs/verifying.md", records.records),
}
OF_GROUP: Makers = {
    "channel_keys": ("4.6.1", threshold.channel_keys),
    "signed_message": ("4.6.1", threshold.signed_messages),
    "channel_message": ("4.6.1, 4.6.3", threshold.channel_messages),
    "certificate": ("4.6.2", threshold.certificates),
    "coefficients": ("4.6.4", threshold.coefficients),
    "polynomial": ("4.6.4", threshold.polynomials),
    "vinput": ("4.6.5", threshold.vinputs),
    "voutput": ("4.6.6", threshold.voutputs),
    "decryption_key": ("4.6.6", threshold.decryption_keys),
    "threshold_parameters": ("4.6.7", threshold.threshold_parameters),
    "trustees": ("3.1.1, 4.7", threshold.trustees),
    "threshold_result": ("4.19", threshold.threshold_results),
    "sealed_key": ("docs/trustees.md", kept.sealed_keys),
    "recovery_sheet": ("docs/trustees.md", kept.recovery_sheets),
    "rehearsal_test": ("docs/trustees.md", kept.rehearsal_tests),
    "rehearsal_answer": ("docs/trustees.md", kept.rehearsal_answers),
    "sealed_cards": ("docs/registrar.md", kept.sealed_cards),
    "print_job": ("docs/registrar.md", kept.print_jobs),
}


def vectors() -> dict[str, bytes]:
    """The content of every file."""
    subjects: tuple[tuple[Makers, Callable[[SeededRng], Any], str], ...] = (
        (OF_MARKED, marked.SmallElection, BELENIOS_2048.name),
        (OF_RANKED, ranked.RankedElection, RFC_3526_2048.name),
        (OF_GROUP, threshold.Group, BELENIOS_2048.name),
    )
    files = {
        kind: _file(kind, section, make(SeededRng(f"{SEED} {kind}")), BELENIOS_2048.name)
        for kind, (section, make) in ALONE.items()
    }
    for makers, subject, group in subjects:
        made = subject(SeededRng(SEED))
        for kind, (section, make) in makers.items():
            # Each kind draws numbers of its own, so that a case more in one file changes no other.
            made.rng = SeededRng(f"{SEED} {kind}")
            files[kind] = _file(kind, section, make(made), group)
    return files


def _file(kind: str, section: str, cases: Iterable[Case], group: str) -> bytes:
    message = {
        "kind": kind,
        "section": section,
        "made_by": f"scripts/make_vectors.py, seed {SEED!r}",
        "group": group,
        "cases": list(cases),
    }
    return (json.dumps(message, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    for name, content in vectors().items():
        (FOLDER / f"{name}.json").write_bytes(content)
