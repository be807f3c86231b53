"""English sentences on ranked questions and their shuffles; see ``messages``."""

from __future__ import annotations

from election.messages.marking import N_

RANKED_SENTENCES: dict[str, str] = {
    # numbers in an element
    "embedding-group": N_("The group {group} cannot hold rankings. Use the group RFC-3526-2048."),
    "embedding-size": N_("{found} numbers do not fit into one element; at most {most} do."),
    "embedding-number": N_("The number {number} does not fit; numbers go from 0 to {most}."),
    "embedding-none": N_("No element of the group begins with these numbers. Choose other ones."),
    # the proof of a shuffle
    "shape-length": N_("{place}: {expected} parts are expected, not {found}."),
    "shuffle-generators": N_("The generators for the proof of a shuffle are not independent."),
    "proof-of-shuffle-size": N_("The proof of the shuffle has {found} parts where {expected} are expected."),
    "proof-of-shuffle": N_("The proof of the shuffle does not hold (line {line} of table 5 of the specification)."),
    # definition
    "definition-ranked-group": N_(
        "A ranked question needs a group in which numbers can be written; {group} is none. Use RFC-3526-2048."
    ),
    "definition-ranked-answers": N_(
        "A ranked question can have from 1 to {most} candidates, not {found}. Split the question."
    ),
    "definition-ranked-weights": N_(
        "{number} credentials have more votes than one, and a ranked question cannot be counted so. Make the list of"
        " credentials without weights, or ask no ranked question."
    ),
    # ballots
    "selection-ranks": N_(
        "The answer to question {question} ranks two candidates alike or leaves out a rank. Use 1, 2, 3 and so on,"
        " and 0 for who is not ranked."
    ),
    "choices-shape": N_(
        "The choices for question {question} do not fit it. Give a list with {expected} whole numbers from 0 to {most}."
    ),
    "challenge-ranking": N_(
        "Question {question}: the ciphertext encrypts no ranking. The machine that made the ballot is faulty: do not"
        " vote with it."
    ),
    # tally
    "tally-ranked-weight": N_("A ranked question cannot be counted with weights; a ballot has the weight {weight}."),
    "tally-not-shuffled": N_(
        "The ranked votes have not been shuffled: opening them now would show who voted how. Shuffle first."
    ),
    # shuffles
    "shuffle-malformed": N_("The shuffle cannot be read: {reason}"),
    "shuffle-not-canonical": N_("The shuffle is not in canonical form."),
    "shuffle-shape": N_("The shuffle has the form {found}; {expected} is expected."),
    "shuffle-owner": N_("The shuffle names trustee {owner}; there are {trustees}."),
    "shuffle-order": N_("Trustee {owner} cannot shuffle after trustee {after}. Each shuffles once, in their order."),
    "shuffle-not-asked": N_("There is a shuffle, but no ranked question."),
    "shuffle-proof": N_("The shuffle of question {question} is not of the votes before it."),
    "shuffle-outside-group": N_(
        "The shuffle of question {question} holds a number that is not an element of the group."
    ),
    # counting
    "result-question": N_("There is no question {question}; the election asks {questions}."),
    "count-record-marks": N_("The rule {rule} reads marks, which a record tells by itself: see “election verify”."),
    "count-record-open": N_("The record holds no result yet. Count it when the trustees have opened it."),
    "result-question-marked": N_("Question {question} is not ranked. Count it by a rule that reads marks."),
    # commands that hold an election in a folder
    "choices-blank": N_("The choices for question {question} are blank and marked, or neither. Give one of the two."),
    "record-folder": N_("{path}: there are {number} archives (.bel). Name the file, or leave one in the folder."),
    "record-changed": N_("{path} was changed by another program meanwhile. Nothing was written: begin again."),
    "tally-none-yet": N_("There is no tally yet. Close the record first."),
    "election-opened": N_("{path} was written. Fingerprint of the election: {fingerprint}"),
    "ballot-made": N_("The ballot's tracker is {tracker}. Note it down."),
    "ballot-added": N_("Ballot {tracker} is in the record."),
    "tally-closed": N_("The record takes no more ballots. Ballots that count: {ballots}."),
    "tally-shuffled": N_("{path} was written. Give it to whoever keeps the record, and keep nothing else."),
    "tally-added": N_("{path} holds ({kind}) and is in the record."),
    "tally-shuffles-ended": N_("The shuffles are over. Trustees who shuffled: {trustees}."),
    "tally-opened": N_("The result is in the record. See it with “election verify”."),
}
