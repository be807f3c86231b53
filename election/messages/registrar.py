"""What the registrar is told, in English; part of ``SENTENCES``."""

from __future__ import annotations

from election.messages.marking import N_

REGISTRAR_SENTENCES: dict[str, str] = {
    "registrar-roll-and-door": N_("Cards are made for a roll or for the door, not for both. Make two elections."),
    "registrar-nobody": N_("No cards are to be made. Give a roll, or the number of cards for the door, at least one."),
    "registrar-too-many": N_("At most {most} cards can be made at once. Look at the number."),
    "registrar-address": N_("“{address}” is no address of a page. Give one that begins with https:// or http://."),
    "registrar-no-card-elector": N_("There is no card for an elector with the number {number}. Look into the roll."),
    "registrar-no-card-door": N_("There is no card for the door with the number {number}. Look into the print job."),
    "registrar-no-card-spare": N_("There is no spare card with the number {number}. Look how many were made."),
    "registrar-card-kind": N_("The file holds a card of a kind that is not known (“{kind}”). Take the copy you kept."),
    "registrar-not-on-roll": N_(
        "The roll has nobody with the number {number}, for whom a card was made. Give the roll of this election."
    ),
    "registrar-weights": N_(
        "Elector {number} would have {weight} votes. Every elector has one where no mandate that says otherwise is"
        " named (--mandate, --seats): leave the weights out."
    ),
    "registrar-seats": N_("--mandate and --seats belong together: name both, or none."),
    "registrar-weights-line": N_("Line {line} of the weights is not a number of the roll, a comma and a whole number."),
    "registrar-uuid": N_("“{uuid}” is not the identifier of an election. Copy it from the election's page."),
    "registrar-job": N_("The print job cannot be read. Make it again from the private file."),
    "registrar-roll-needed": N_("A letter needs the elector's name and address. Give the roll with --roll."),
    "credential-more": N_(
        "The list of credentials says more of one than its number and its weight. Names have no place there."
    ),
    "credentials-empty": N_("The list holds no credential."),
    "credentials-group": N_(
        "The list of credentials was made for the group {found}; the election uses {expected}. Make the cards anew with"
        " --group {expected}."
    ),
    "credentials-order": N_(
        "The list of credentials is not in numerical order. Its order could tell whose a credential is: make it anew."
    ),
    "credentials-fingerprint": N_(
        "The list of credentials has the fingerprint {found}, not {noted}. It is not the list that the registrar made."
    ),
    # what the commands print
    "registrar-made": N_("{cards} cards, {spare} of them spare, were made for election {uuid} in the group {group}."),
    "registrar-file-public": N_("{path}: the public list. Give it to the election's server."),
    "registrar-file-private": N_("{path}: the sealed private file. Keep it, and the passphrase in another place."),
    "registrar-file-job": N_(
        "{path}: the print job, every code in plain text. Print the cards, then destroy it and what the printer kept."
    ),
    "registrar-fingerprint": N_(
        "Fingerprint of the public list: {fingerprint}. Note it down and have it read aloud: it must appear in the"
        " record."
    ),
    "registrar-listed": N_("{credentials} credentials in the group {group}; the list is in order."),
    "registrar-reprinted": N_(
        "One card was taken out. It holds the same code as before: both cards open the same vote, and the last vote"
        " counts."
    ),
    "registrar-spare-taken": N_(
        "Spare card {number} was taken out. Note down in the minutes for whom: it is one vote more."
    ),
}
