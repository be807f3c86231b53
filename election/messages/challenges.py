"""What is said of a ballot that was opened, in English; part of ``SENTENCES``."""

from __future__ import annotations

from election.messages.marking import N_

CHALLENGE_SENTENCES: dict[str, str] = {
    "challenge-malformed": N_("The opening cannot be read: {reason}"),
    "challenge-version": N_("The opening has version {version}; only version {known} is known."),
    "challenge-not-canonical": N_("The opening, or the list of what was opened, is not in canonical form."),
    "challenge-other-election": N_("The opening belongs to another election."),
    "challenge-other-ballot": N_("The opening belongs to another ballot than {tracker}. Take the two files together."),
    "challenge-length": N_("The opening has {found} numbers for the questions; the ballot has {expected} ciphertexts."),
    "challenge-randomness": N_(
        "Question {question}, “{choice}”: the opening does not belong to this ciphertext. The machine that made the"
        " ballot cannot show what it sealed: do not vote with it."
    ),
    "challenge-number": N_(
        "Question {question}, “{choice}”: the ciphertext encrypts neither a mark nor none. The machine that made the"
        " ballot is faulty: do not vote with it."
    ),
    "challenge-blank-and-marks": N_(
        "Question {question}: the ballot is blank and marks a candidate as well. The machine that made it is faulty:"
        " do not vote with it."
    ),
    "challenge-twice": N_("Ballot {tracker} stands twice among what was opened."),
    "challenge-list": N_("The list of opened ballots does not hold: {reason}"),
    "challenge-list-changed": N_(
        "The list of opened ballots does not begin with what was on it before: an entry vanished, or was changed or"
        " moved."
    ),
    "challenge-shows": N_("Ballot {tracker} for “{election}” encrypts:"),
    "challenge-shows-blank": N_("a blank vote"),
    "challenge-shows-nothing": N_("no mark"),
    "challenge-shown": N_(
        "Every ciphertext was computed anew, and the ballot would have been taken. Compare the mark of the ballot with"
        " the one that the machine showed before you chose to test it, and the candidates with those that you marked."
        " This ballot can no longer be cast."
    ),
}
