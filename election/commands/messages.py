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
        "{trustees} trustees proved to know the secrets that make up the election's key; without enough of these"
        " nothing is opened."
    ),
    "proved-opened": N_("{opened} ballots were opened to test a machine, as the list tells; none of them was cast."),
    "proved-ballots": N_(
        "{ballots} ballots from {voters} of {credentials} credentials, each signed, each following the rules, none a"
        " copy; the last of each credential counts."
    ),
    "proved-tally": N_("The encrypted tally is the product of the {ballots} ballots that count."),
    "proved-shuffles": N_(
        "The ranked votes were shuffled, none lost, added or changed, under the numbers of these trustees: {shuffles}."
    ),
    "proved-result": N_("The counts are what the trustees' shares open:"),
    "report-no-tally": N_("The ballots have not been tallied yet."),
    "report-no-result": N_("{shares} of {trustees} trustees have decrypted; there is no result yet."),
    "report-left-aside": N_(
        "The share of trustee {owner} does not hold and was left aside; the others suffice. {reason}"
    ),
    "report-blank": N_("(blank vote)"),
    "report-no-ranking": N_("(no ranking; the ranks given are {ranks})"),
    "not-proved-cards": N_("that the cards reached the right people;"),
    "not-proved-phone": N_("that a voter's phone sealed what the voter chose;"),
    "not-proved-trustees": N_("that trustees, enough of them together, did not open a single ballot;"),
    "not-proved-same": N_("that others were shown this same record: compare copies with election verify-diff."),
    # two copies
    "growth-same": N_("The {events} events of the old copy stand unchanged at the beginning of the new one."),
    "growth-added": N_("New: {number} of kind {kind}."),
    "growth-nothing": N_("Nothing new came."),
    "report-mark": N_("Mark of this record, to compare with others: {mark}"),
    "growth-only": N_(
        "NOTHING VANISHED, NOTHING CHANGED. That what came is good, too, is checked by election verify NEW.bel."
    ),
    "growth-not": N_("THE NEW COPY DOES NOT CONTINUE THE OLD ONE. Keep both copies: they are the evidence."),
    "copy-broken": N_("{path}: not a whole record: {reason} Download it again; if it stays so, tell others."),
    # watching
    "watch-address": N_("{url} is no address of a record. Give one that begins with https:// or http://."),
    "watch-status": N_("The server answered with status {status}."),
    "watch-slow": N_("The server took longer than {seconds} seconds."),
    "watch-no-answer": N_("The server did not answer as it should: {reason}."),
    "watch-range": N_("The server gave another part of the file than was asked for ({given})."),
    "watch-too-much": N_("The server sent more than {most} bytes."),
    "watch-length": N_("The server announced {announced} bytes and sent {found}."),
    "watch-grown": N_("New: {kinds}."),
    "watch-same": N_("Nothing new."),
    "watch-good": N_("{events} events, {ballots} ballots of {voters} voters: all checks hold."),
    "watch-alarm": N_("ALARM: THE SERVER'S RECORD IS NOT GOOD"),
    "watch-evidence": N_("Our copy is {copy}; what the server sent is {evidence}. Keep both and tell others."),
    "watch-own-copy": N_("Our own copy in {folder} cannot be used: {reason} Move it away and watch anew."),
    # files and workers
    "file-missing": N_("{path}: there is no such file, or no such folder to write it in. Look at the name."),
    "file-forbidden": N_("{path}: you may not read or write there. Take another folder, or ask for the right."),
    "file-is-folder": N_("{path} is a folder. Name a file."),
    "file-is-no-folder": N_("{path} exists and is no folder. Name another."),
    "file-no-room": N_("{path}: there is no room left. Nothing was written; make room or take another disk."),
    "file-name-long": N_("{path}: the name is too long. Take a shorter one."),
    "file-other": N_("{path} cannot be read or written: {reason}."),
    "ask-passphrase": N_("Passphrase: "),
    "ask-new-passphrase": N_("New passphrase: "),
    "ask-passphrase-again": N_("Again: "),
    "file-no-archive": N_("{path}: not a .bel archive. Download the record again."),
    "workers-stopped": N_(
        "A process was stopped before its work was done, so there is no verdict. Is there too little memory? "
        "Take fewer --workers."
    ),
    "cluster-no-dask": N_("--cluster needs Dask, which is not installed. Install raadsvalg[cluster]."),
    "cluster-no-scheduler": N_(
        "The cluster cannot be used: no Dask scheduler answers at {address}. Look at the address; it is like "
        "tcp://192.0.2.1:8786."
    ),
    "cluster-stopped": N_(
        "The cluster at {address} stopped before its work was done, so there is no verdict: its scheduler is "
        "gone, or its workers are. Start it anew and begin again; do its workers have too little memory?"
    ),
}
