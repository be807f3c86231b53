"""Verification of a whole public record, in numbered steps.

 1. archive       the file has the one canonical form, every document the hash it is named by (4.4)
 2. chain         every event follows the one before; nothing is missing, repeated or out of order (4.4)
 3. election      the published election is well-formed, in a known group (4.9, 4.10)
 4. trustees      every trustee proved to know a secret; their keys make up the election's key (4.5 to 4.7)
 5. credentials   every public credential is a different element of the group (4.8)
 6. ballots       every ballot is canonical, of this election, signed by a listed credential, proved to follow the
                  rules, and no copy of another (4.11 to 4.15), nor of one that was opened where that list is given
 7. tally         the encrypted tally is the product of the last ballot of each credential (4.16)
 8. shuffles      what was shuffled is what was cast, in another order (4.17)
 9. decryptions   every share was made from this tally with the trustee's key (4.18)
10. result        the counts are what the shares open (4.19)

``verify_record`` raises at the first fault; ``audit_record`` runs every step that it still can and reports all.

What it cannot show: that the credentials went to the right people, that a voter's phone encrypted what the voter
chose, and that trustees did not meet to open a single ballot.
"""

from __future__ import annotations

from election.verify.memory import InMemory, Memory
from election.verify.record import VerifiedRecord
from election.verify.report import Report, StepReport, StepState
from election.verify.run import Verification, audit_archive, audit_record, verify_archive, verify_record
from election.verify.steps import EveryFault, FirstFault, Step
from election.verify.workers import ALONE, Inline, Workers

__all__ = [
    "ALONE",
    "EveryFault",
    "FirstFault",
    "InMemory",
    "Inline",
    "Memory",
    "Report",
    "Step",
    "StepReport",
    "StepState",
    "Verification",
    "VerifiedRecord",
    "Workers",
    "audit_archive",
    "audit_record",
    "verify_archive",
    "verify_record",
]
