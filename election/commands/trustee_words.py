"""What the commands of trustees say when all went well; ``N_`` for the translators' catalogue."""

from __future__ import annotations

from election.messages import N_

SENTENCES: dict[str, str] = {
    "trustee-key-written": N_("{path}: your private key {name}. Keep it, and keep a copy of it elsewhere."),
    "trustee-public-written": N_("{path}: for the administrator. It is no secret."),
    "trustee-commitment": N_("Tell the other members before you send it: {commitment}"),
    "trustee-sheet-written": N_(
        "{path}: the recovery sheet {sheet}. Print it, seal it in an envelope, then delete it."
    ),
    "trustee-certificates": N_("{path}: {number} certificates. Every member compares these with the others:"),
    "trustee-routed": N_("{path}: what was dealt to member {member}."),
    "trustee-parameters": N_("{path}: a group of {members}, of whom any {threshold} can open the tally."),
    "trustee-document": N_("{path}: {items} keys or groups, {trustees} trustees in all."),
    "trustee-share-written": N_("{path}: the partial decryption of trustee {owner}. It is no secret."),
    "trustee-answer-written": N_("{path}: the answer of trustee {owner}. It is no secret."),
    "trustee-test-written": N_("{path}: the test. Give it to every trustee."),
    "rehearsal-item": N_(
        "Trustees {first} to {last}: {proven} have shown their key; {needed} are needed to count, {wanted} before"
        " voting opens."
    ),
    "rehearsal-ready": N_("READY: voting may open."),
    "rehearsal-overridden": N_("READY BY DECISION of {decided_by}: {reason}"),
    "sheet-title": N_("Recovery sheet of a trustee's key"),
    "sheet-warning": N_(
        "Whoever holds this sheet holds the key. Seal it in an envelope, sign across the flap, and keep it apart from"
        " the key file."
    ),
    "sheet-use": N_(
        "To get the key back, scan the codes or type the lines, in any order, and give them to: election trustee"
        " recover."
    ),
    "sheet-key": N_("Key {name}, sheet {sheet}, {parts} parts"),
    "sheet-owner": N_("Trustee: ______________________________   Election: ______________________________"),
    "sheet-page": N_("Page {page} of {pages}"),
}
