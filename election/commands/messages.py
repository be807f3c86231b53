"""What the commands on records say: one English sentence for each code, ``N_`` for the translators' catalogue."""

from __future__ import annotations

from election.messages import N_

SENTENCES: dict[str, str] = {
    # the steps of a verification
    "step-archive": N_("step 1 (archive)"),
    "step-chain": N_("step 2 (chain of events)"),
    "step-election": N_("step 3 (election)"),
    "step-trustees": N_("step 4 (trustees)"),
    "step-credentials": N_("step 5 (credentials)"),
    "step-ballots": N_("step 6 (ballots)"),
    "step-tally": N_("step 7 (encrypted tally)"),
    "step-shuffles": N_("step 8 (shuffles)"),
    "step-decryptions": N_("step 9 (decryptions)"),
    "step-result": N_("step 10 (result)"),
    "step-at-event": N_("{step}, event {event}"),
    # a report
    "report-identity": N_("Identifier {uuid}, fingerprint {fingerprint}"),
    "report-fault": N_("FAULT in {step}: {reason}"),
    "report-not-good": N_("THE RECORD IS NOT GOOD: {number} faults"),
    "report-good": N_("ALL CHECKS HOLD"),
    "report-proved": N_("Proved:"),
    "report-held": N_("What holds all the same: {steps}."),
    "report-not-checked": N_("Not checked, because faults stand in the way: {steps}."),
    "report-not-provable": N_("Not proved, and not provable from the record:"),
    "proved-chain": N_("The record is whole: {events} events, each holding the hash of the one before."),
    "proved-trustees": N_(
        "{trustees} trustees know the secrets that make up the election's key; nobody else can open anything."
    ),
    "proved-ballots": N_(
        "{ballots} ballots from {voters} of {credentials} credentials, each signed, each following the rules, none a"
        " copy; the last of each credential counts."
    ),
    "proved-tally": N_("The encrypted tally is the product of the {ballots} ballots that count."),
    "proved-result": N_("The counts are what the trustees' shares open:"),
    "report-no-tally": N_("The ballots have not been tallied yet."),
    "report-no-result": N_("{shares} of {trustees} trustees have decrypted; there is no result yet."),
    "report-blank": N_("(blank)"),
    "not-proved-cards": N_("that the cards reached the right people;"),
    "not-proved-phone": N_("that a voter's phone sealed what the voter chose;"),
    "not-proved-trustees": N_("that trustees, enough of them together, did not open a single ballot;"),
    "not-proved-same": N_("that others were shown this same record: compare copies with election verify-diff."),
    # files and workers
    "file-unreadable": N_("{path}: {reason}. Give the path of a .bel archive."),
    "file-no-archive": N_("{path}: not a .bel archive. Download the record again."),
    "cluster-unusable": N_("The cluster cannot be used: {reason}"),
    "option-number": N_("{option}: give a whole number from 1."),
}
