"""The sentences of trustees' errors, in English; part of ``SENTENCES``."""

from __future__ import annotations

from election.messages.marking import N_

TRUSTEE_SENTENCES: dict[str, str] = {
    # keys
    "trustee-key-file": N_(
        "The file holds no trustee's key, or one of another group. Give the private key file, or the copy you kept."
    ),
    "trustee-key-malformed": N_("The trustee's public key is malformed: {reason}"),
    "trustee-key-outside-group": N_("The trustee's public key is not an element of the group."),
    "trustee-key-proof": N_("The proof that the trustee knows the secret of the key does not hold."),
    "trustee-key-kind-single": N_("This is the key of a trustee alone. Take the key that you made with certify."),
    "trustee-key-kind-member": N_(
        "This is the key of a member of a group. Give with --finished the file that you finished with."
    ),
    # the document
    "trustee-kind": N_("The trustee structure “{kind}” is not supported."),
    "trustee-none": N_("The election has no trustee."),
    "trustee-twice": N_("Two trustees have the same key."),
    "trustee-not-listed": N_(
        "The key belongs to none of the election's trustees. Take the key made for this election."
    ),
    "trustees-not-canonical": N_("The list of trustees is not in canonical form."),
    # channels and certificates
    "channel-malformed": N_("What was sealed for you cannot be read. Ask for it again."),
    "channel-not-canonical": N_("A message ({place}) is not in canonical form."),
    "channel-outside-group": N_("A sealed message holds a number that is not an element of the group."),
    "channel-recipient": N_("The message was written for another trustee."),
    "channel-sealed": N_("The message was sealed for another key, or altered on its way."),
    "channel-signature": N_("The signature is not that of the sender."),
    "channel-too-long": N_("The message has {bytes} bytes; a channel carries {most}."),
    "certificate-malformed": N_("A certificate cannot be read: {reason}"),
    "certificate-number": N_("There are {number} certificates; a group has between 1 and {most} members."),
    "certificate-outside-group": N_("A certificate holds a key that is not an element of the group."),
    "certificate-own-missing": N_("Your certificate is not among those of the group. Ask for the right list."),
    "certificate-signature": N_("A certificate is not signed by its own key."),
    "certificate-twice": N_("Two certificates have the same key. Each member needs a key of their own."),
    # dealing
    "commitment-number": N_("{found} commitments were noted; the group has {expected} members."),
    "commitment-other": N_(
        "Dealer {dealer} shows other coefficients than they told of before they saw yours. Tell the others and deal"
        " anew."
    ),
    "coefficients-cancel": N_(
        "The coefficients of all dealers at place {place} cancel out: fewer than the threshold could open, or anybody."
    ),
    "coefficients-degree": N_(
        "The polynomial of dealer {dealer} has {found} coefficients; the threshold asks for {expected}."
    ),
    "coefficients-malformed": N_("The coefficients of dealer {dealer} cannot be read: {reason}"),
    "coefficients-outside-group": N_("A coefficient of dealer {dealer} is not an element of the group."),
    "coefficients-signature": N_("The coefficients of dealer {dealer} are not signed with the dealer's key."),
    "polynomial-malformed": N_("The polynomial of dealer {dealer} cannot be read: {reason}"),
    "polynomial-number": N_("{found} trustees have dealt; all {expected} must."),
    "polynomial-of-nobody": N_("File {number} was dealt by none of the certified trustees, or was altered."),
    "polynomial-shares": N_("Dealer {dealer} dealt {found} shares; the group has {expected} members."),
    "polynomial-twice": N_("Dealer {dealer} dealt twice. Keep one of the files."),
    "threshold-range": N_("The threshold is {threshold} of {members}; it must lie between {least} and {members}."),
    "vinput-malformed": N_("What was dealt to you cannot be read: {reason}"),
    "vinput-own": N_("The polynomial that came back is not the one that you dealt. Tell the other trustees."),
    "vinput-share": N_("The share from dealer {dealer} does not lie on the dealer's polynomial. Tell the others."),
    "vinput-size": N_(
        "You were dealt {shares} shares and {coefficients} polynomials; the group has {members} members."
    ),
    "vinput-threshold": N_("The group was dealt with threshold {found}; {expected} was agreed."),
    "vinput-unreadable": N_("The share from dealer {dealer} cannot be opened: {reason}"),
    "voutput-malformed": N_("What a trustee finished with cannot be read: {reason}"),
    "voutput-missing": N_("These members have not finished: {members}."),
    "voutput-of-nobody": N_(
        "File {number} is of no member of this group: its key does not follow from what was dealt."
    ),
    # threshold parameters
    "threshold-key": N_("The key of member {member} does not follow from the coefficients."),
    "threshold-malformed": N_("The threshold parameters cannot be read: {reason}"),
    "threshold-sizes": N_(
        "The threshold parameters have {certs} certificates, {coefexps} polynomials and {keys} keys; the numbers must"
        " be equal."
    ),
    # shares
    "share-missing": N_("Trustee {owner} has not decrypted, and is needed."),
    "share-too-few": N_(
        "{found} of the trustees {first} to {last} have decrypted with a proof that holds; {expected} are needed."
    ),
    # sealed files and the recovery sheet
    "key-file-cost": N_("The sealed file asks for more work than is allowed, or for none. Take the copy you kept."),
    "key-file-malformed": N_("The sealed file cannot be read: {reason} Take the copy you kept."),
    "key-file-kind": N_(
        "The sealed file is of another kind: a trustee's key and a registrar's cards stand in files of their own."
    ),
    "key-file-version": N_(
        "The sealed file is of another version ({version}); version {known} is known. Open it with a newer program."
    ),
    "passphrase-different": N_("The two passphrases are not the same."),
    "passphrase-short": N_("The passphrase is too short: it must have at least {least} characters."),
    "passphrase-none": N_(
        "The passphrase cannot be asked for without a terminal. Give it with --passphrase-file or --passphrase-fd."
    ),
    "passphrase-source": N_("No passphrase can be read from {source}. Open it before the command is run."),
    "passphrase-wrong": N_("The passphrase does not open the file, or the file was altered."),
    "recovery-empty": N_("There is no line of a recovery sheet. Type or scan every line that begins with RV1."),
    "recovery-missing": N_("Of {of} parts these are missing: {parts}."),
    "recovery-mistyped": N_("Line {line} (part {part} of {of}) has a typing error. Compare it letter by letter."),
    "recovery-other-sheet": N_("Line {line} is of sheet {sheet}; the first was of sheet {first}. Take one sheet only."),
    "recovery-part-differs": N_("Line {line} gives part {part} a second time and differently."),
    "recovery-unreadable": N_(
        "Line {line} is no line of a recovery sheet. It begins with RV1 and ends with five letters."
    ),
    "recovery-whole": N_("Every line is right, but together they make no key. Are all of one sheet?"),
    # rehearsal
    "rehearsal-malformed": N_("The file of the rehearsal cannot be read: {reason}"),
    "rehearsal-other-trustees": N_("The test was made for other trustees, or was altered."),
    "rehearsal-override": N_("Whoever opens with too few keys must say who decided it, and why."),
    "rehearsal-owner": N_("An answer names trustee {owner}; there are {trustees}."),
    "rehearsal-proof": N_("The answer of trustee {owner} was not made with their key."),
    "rehearsal-too-few": N_(
        "{found} of the trustees {first} to {last} have shown their key; {expected} must before voting opens."
    ),
    "rehearsal-twice": N_("Trustee {owner} answered twice."),
    "rehearsal-unopened": N_("The answers do not open the test, though each holds."),
    # the commands
    "share-of-one-ballot": N_("The tally holds a single ballot, and opening it would show one vote. It is refused."),
    "share-of-weights": N_(
        "Some ballots count more than once, and the counts can then show who voted how. If the mandate says so, decrypt"
        " with --weights."
    ),
    "share-own-shuffle": N_(
        "The votes were shuffled, and the record cannot show by whom. Name the file of your own shuffle with --shuffle,"
        " or say --not-shuffled if you trust those who did it."
    ),
    "share-foreign-shuffle": N_(
        "The shuffle in {path} is not in the record. Whoever shuffled in your place knows whose vote is whose, so"
        " nothing is decrypted. Tell the other trustees."
    ),
    "share-of-another": N_(
        "You have decrypted another tally of this election with this key ({path}). Two tallies that differ by one"
        " ballot show that ballot, so this one is refused. Tell the other trustees."
    ),
    "share-of-none": N_("The record holds no tally yet. Ask again when voting has ended."),
    "file-twice": N_("{path} is named for two files. Give each a name of its own."),
    "file-unusable": N_("{path} cannot be used. {reason}"),
    "file-exists": N_("{path} exists already; nothing is written over it. Give another name."),
}
