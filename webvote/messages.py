"""Every error, finding and note by its code, as a sentence that can be translated.

Codes of ``election`` and ``composition_rules`` bring their sentences along; those of this package stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from composition_rules.errors import CompositionError
from composition_rules.messages import SENTENCES as COMPOSITION_SENTENCES
from election.errors import ElectionError
from election.messages import SENTENCES as ELECTION_SENTENCES
from webvote.refusals import RefusedError

KnownError = RefusedError | ElectionError | CompositionError


def N_(text: str) -> str:  # noqa: N802 (the name that gettext tools look for)
    """Mark a sentence for the translators' catalogue."""
    return text


SENTENCES: dict[str, str] = {
    # Not found
    "not-found": N_("There is nothing at this address. Look for typing errors, or begin at the front page."),
    "no-such-election": N_("There is no election at this address. Find it on the front page."),
    "no-such-council": N_("There is no council at this address. Find it on the front page."),
    "no-such-candidate": N_("This candidate is not on the list any more. Load the page again."),
    "no-such-trustee": N_("There is no trustee with this number. Ask for a new link."),
    "no-such-appointment": N_("This appointment is not there any more. Load the page again."),
    "no-such-nomination": N_("This nomination is not there any more. Load the page again."),
    "no-such-lot": N_("This lot is not there any more. Load the page again."),
    "no-such-gone": N_("Nobody with this key is recorded as gone. Load the page again."),
    "no-result-yet": N_("The votes are not counted yet. Come back when voting has ended."),
    "no-record-yet": N_("The election is not sealed yet, so nothing of it is published."),
    # The phase table
    "change-too-late": N_("The election is sealed, and what is sealed never changes. Make a new election instead."),
    "seal-too-late": N_("The election is sealed already. The next step is to open it."),
    "open-too-early": N_("The election must be sealed before it can be opened."),
    "open-too-late": N_("The election was opened before. It cannot be opened a second time."),
    "cast-too-early": N_("The election is not open yet. Keep your card and come back when it has opened."),
    "cast-too-late": N_("The election is closed. This ballot was not put in the box."),
    "close-too-early": N_("The election must be open before it can be closed."),
    "close-too-late": N_("The election is closed already. The next step is for the trustees to decrypt."),
    "decrypt-too-early": N_("The election is not closed yet. Come back when voting has ended."),
    "decrypt-too-late": N_("The votes are counted already. No more keys are needed."),
    "count-too-early": N_("The election must be closed before it can be counted."),
    "count-too-late": N_("The votes are counted already. Look at the result."),
    "draw-too-early": N_("The votes are not counted yet, so no lot can be needed."),
    "draw-too-late": N_("The result is certified and can no longer change."),
    "leave-too-early": N_("The votes are not counted yet, so nobody can be recorded as gone."),
    "leave-too-late": N_("The result is certified and can no longer change. What happens now is a vacancy."),
    "certify-too-early": N_("The votes must be counted before the result can be certified."),
    "certify-too-late": N_("The result is certified already. The next step is the municipal council's decision."),
    "confirm-too-early": N_("The result must be certified before the municipal council can confirm it."),
    "confirm-too-late": N_("The municipal council has confirmed this election already."),
    # Preparing
    "closes-before-it-opens": N_("The closing time must be after the opening time."),
    "too-few-marks": N_("A voter must be allowed to choose at least one candidate."),
    "election-exists": N_(
        "There is an election with this name, these seats and these times already. Find it under “All elections”."
    ),
    "group-has-election": N_("This council already has an election for these seats. Choose “A new council”."),
    "council-of-other-mandate": N_("This council belongs to another mandate. Choose one of the same mandate."),
    "presentation-too-long": N_("The presentation has {found} characters; {limit} are allowed for everyone."),
    "cards-number": N_("Write a number of cards between 1 and {most}."),
    "cards-without-electors": N_("First import a roll, or say how many cards are needed at the door."),
    "cards-address-too-long": N_("The address of elector {elector} fits no envelope. Shorten it in the roll."),
    "cards-text-without-font": N_(
        "No installed font prints {characters} in the election's texts. Install fonts-noto-core on the server, or"
        " write them with other letters."
    ),
    "cards-names-without-font": N_(
        "No installed font prints these electors' letters: {electors}. Install fonts-noto-core on the server, or write"
        " them with other letters in the roll."
    ),
    "cards-text-too-long": N_("A text does not fit on the cards. Shorten the name of the election or the help text."),
    "electors-changed": N_("The electors were changed while the cards were made. Make the cards again."),
    "cards-made-meanwhile": N_(
        "Other cards were made at the same time, and only those are valid. Without their file, make the cards again."
    ),
    "trustee-no-name": N_("Write the name of the trustee."),
    "trustee-long-name": N_("A trustee's name has at most {most} characters."),
    "trustee-named-already": N_("{name} is a trustee already. Each trustee is a person of their own."),
    "too-many-trustees": N_("An election can have at most {most} trustees."),
    "trustee-code-wrong": N_("The link is not valid any more. Ask the official for a new one."),
    "trustee-key-received": N_("A key was received already. If it is lost, ask the official for a new link."),
    "trustee-key-of-other": N_("This key belongs to another trustee. Each makes a key of their own."),
    "group-names": N_(
        "There are {found} names, but the group has {expected} members. Write a name for each, in the order in which"
        " “election trustee collect” listed their certificates."
    ),
    # The rehearsal
    "rehearse-too-early": N_("Not all trustees have made their keys yet. Come back when they have."),
    "rehearse-too-late": N_("Voting has opened, so keys are no longer tested. Keep yours until the count."),
    "rehearsal-of-other": N_("This answer is another trustee's. Choose the file that you made with your own key."),
    # What is lacking before sealing
    "seal-no-candidates": N_("First enter the candidates."),
    "seal-too-many-marks": N_("Voters may choose more people than there are candidates. Change one of them."),
    "seal-no-electors": N_("First import a roll, or say how many cards are needed at the door."),
    "seal-no-trustees": N_("First name at least one trustee."),
    "seal-keys-missing": N_("First all trustees must have made their keys."),
    "seal-no-cards": N_("First make the cards."),
    "seal-changed-meanwhile": N_(
        "The election was changed after this page was shown. Look at what stands here now, then type the name again."
    ),
    "seal-cards-other-number": N_("The cards do not match the electors. Make the cards again."),
    # Voting
    "credential-unknown": N_(
        "This card is not valid in this election. Perhaps a newer card replaced it, or it belongs to another election."
    ),
    "ballot-copy": N_("This ballot repeats a part of a ballot that is in the box already. It was not put in the box."),
    "opened-after-cast": N_(
        "This ballot, or a part of it, is in the box already. It is a vote and no test, so it stays there and counts."
    ),
    "opened-too-often": N_(
        "{most} ballots have been tested with this card, and that is the most. You can still vote with it. If it was"
        " not you who tested them, tell the people who gave you the card."
    ),
    "ballot-refused-size": N_("The ballot is larger than any ballot of this election can be. It was refused unread."),
    # Counting and deciding
    "count-shares-missing": N_("The count still needs the keys of {number} of these trustees: {names}."),
    "draw-not-needed": N_("No lot is needed: nothing depends on a tie."),
    "draw-other-people": N_("The lot must put exactly the tied people in an order, each once."),
    "gone-already": N_("{person} is recorded as gone already. Take that back first to change it."),
    "gone-not-elected": N_("{person} is not elected and has no seat to decline. Choose “withdrew”."),
    "certify-lot-needed": N_("A lot must be drawn before the result can be certified."),
    "confirmed-before-certified": N_("The decision cannot be older than the certification on {day}."),
    "nomination-other-group": N_("These seats are not filled on nomination. Choose seats that are."),
    "nomination-nobody": N_("Write how many women and men were proposed: at least one person."),
    "nomination-not-seated": N_("{person} has none of these seats. Enter the member first, or choose another."),
    "nomination-too-few": N_("{found} people got a seat, but only {proposed} were proposed. Correct the numbers."),
    "council-exists": N_("There is a council with this name and mandate already. Give it another name."),
    "appoint-elected-group": N_("These seats are filled by election. Choose a seat that is filled by appointment."),
    # Officials
    "official-no-name": N_("Write the name of the official."),
    "official-exists": N_("There is an official named {name} already."),
    "password-too-short": N_("The password must have at least {shortest} characters."),
    "log-in-wrong": N_("The name or the password is wrong."),
    "log-in-locked": N_("Too many attempts. Wait until {until} and try again."),
    "log-broken": N_("Link {number} of the official log does not follow from the one before."),
    # Forms and requests
    "form-expired": N_("The page was open for too long. Go back, load it again and send the form again."),
    "not-json": N_("The request is not readable. Load the page again."),
    "too-large": N_("The file is too large."),
    "method": N_("This address cannot be used like that. Begin at the front page."),
    "bad-request": N_("The request cannot be understood. Load the page again."),
    "server-fault": N_("Something went wrong here, not with you. Nothing was changed. Try again, or ask for help."),
    # Notes of the task list
    "task-candidates": N_("Candidates: {number}"),
    "task-vote-needed": N_("Candidates: {number}, seats: {seats}. A vote is needed."),
    "task-elected-without-vote": N_(
        "Candidates: {number}, seats: {seats}. By the mandate all of them are elected without a vote."
    ),
    "task-lacking-leave-empty": N_(
        "Candidates: {number}, seats: {seats}. By the mandate all of them are elected without a vote, and the rest of"
        " the seats stays empty: {lacking}."
    ),
    "task-lacking-no-council": N_(
        "Candidates: {number}, seats: {seats}. They are enough for a council: all of them are elected without a vote,"
        " and the rest of the seats stays empty: {lacking}."
    ),
    "task-lacking-appoint": N_(
        "Candidates: {number}, seats: {seats}. By the mandate all of them are elected without a vote, and the rest of"
        " the seats is filled by appointment: {lacking}."
    ),
    "task-lacking-by-election": N_(
        "Candidates: {number}, seats: {seats}. By the mandate all of them are elected without a vote, and the rest of"
        " the seats is filled by a by-election: {lacking}."
    ),
    "task-decision-of-municipal-council": N_(
        "Candidates: {number}, seats: {seats}. The municipal council decides whether there is a vote or all of them"
        " are elected without one."
    ),
    "task-decision-of-election-board": N_(
        "Candidates: {number}, seats: {seats}. The election board decides whether there is a vote or all of them are"
        " elected without one."
    ),
    "task-decision-of-unstated": N_(
        "Candidates: {number}, seats: {seats}. The mandate does not say whether there is a vote. Have it decided who"
        " decides: a vote, or all of them elected without one."
    ),
    "task-too-few-unstated": N_(
        "Candidates: {number}, seats: {seats}. The mandate does not say what follows. Have it decided: empty seats, a"
        " longer deadline, appointment or a by-election."
    ),
    "task-extend-deadline": N_(
        "Candidates: {number}, seats: {seats}. Too few: by the mandate the deadline for nominations is extended."
    ),
    "task-too-few-for-council": N_(
        "Candidates: {number}, seats: {seats}. Too few: below {least} members no council is formed."
    ),
    "task-gone": N_("Candidates who are gone: {number}"),
    "task-nobody-gone": N_("Nobody is recorded as gone."),
    "task-lots-unused": N_("No recorded lot counts now."),
    "task-too-few-candidates": N_("There are fewer candidates than a voter may choose."),
    "task-electors-named": N_("Electors on the roll: {number}"),
    "task-electors-door": N_("Cards at the door: {number}"),
    "task-keys-awaited": N_("Waiting for keys from: {names}"),
    "task-keys-received": N_("Keys received: {number}"),
    "task-after-electors": N_("Waiting for the electors."),
    "task-after-sealing": N_("Waiting for the election to be sealed."),
    "task-after-opening": N_("Waiting for the election to be opened."),
    "task-after-closing": N_("Waiting for the election to be closed."),
    "task-after-keys": N_("Waiting for all trustees to make their keys."),
    "task-after-rehearsal": N_("Waiting for trustees to test their keys."),
    "task-keys-shown": N_("Keys tested: {number} of {of}"),
    "task-keys-not-shown": N_("Voting was opened with too few keys tested: {number} of {of}"),
    "task-no-rehearsal": N_("Voting was opened before keys were tested here."),
    "task-all-awaited": N_("Waiting for: {names}"),
    "task-some-awaited": N_("Waiting for {number} of: {names}"),
    "task-after-decrypting": N_("Waiting for the trustees' keys."),
    "task-after-counting": N_("Waiting for the count."),
    "task-after-certifying": N_("Waiting for the result to be certified."),
    "task-tally-missing": N_("The ballots are not multiplied yet. Go to “Close the election” and finish it."),
    "task-lot-needed": N_("There is a tie for a place."),
}


def translated(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a code in the user's language."""
    for catalogue in (SENTENCES, ELECTION_SENTENCES, COMPOSITION_SENTENCES):
        if code in catalogue:
            return gettext(catalogue[code]).format(**params)
    raise KeyError(code)


def explain(error: KnownError) -> str:
    """What went wrong and what to do, in the user's language."""
    return translated(error.code, error.params)
