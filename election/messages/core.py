"""The sentences of the roll, the contest, ballots, tally, result and record; part of ``SENTENCES``."""

from __future__ import annotations

from election.messages.marking import N_

CORE_SENTENCES: dict[str, str] = {
    # roll
    "roll-unusable": N_("The roll was not imported: {number} faults."),
    "roll-empty": N_("The file is empty. Write a header and one line for each elector."),
    "roll-no-electors": N_("Line {line}: there is nobody below the header. Write one line for each elector."),
    "roll-spreadsheet": N_("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and import that file."),
    "roll-not-text": N_("The file is not readable text. Save the roll as “CSV UTF-8” and import that file."),
    "roll-encoding": N_("Line {line}: the letters cannot be read. Save the roll as “CSV UTF-8” and import that file."),
    "roll-quotation": N_("Line {line}: a quotation mark opens a field that does not end properly. Close or remove it."),
    "roll-unknown-column": N_("Line {line}: the column “{column}” is not known. Known are: {known}."),
    "roll-column-twice": N_("Line {line}: the column “{column}” stands there twice. Keep one of them."),
    "roll-missing-column": N_("Line {line}: the column {column} is missing. Add it to the header."),
    "roll-too-few-fields": N_("Line {line} has {found} fields; the header has {expected}. Add what is missing."),
    "roll-too-many-fields": N_(
        "Line {line} has {found} fields; the header has {expected}. Put a field that contains the separator in"
        " quotation marks."
    ),
    "roll-no-number": N_("Line {line}, {column}: the number is missing. Give each elector a number of their own."),
    "roll-no-name": N_("Line {line}, {column}: the name is missing. Write the elector's name."),
    "roll-no-address": N_(
        "Line {line}, {column}: the address is missing. Write where the card goes; for a protected address, where it"
        " is handed over."
    ),
    "roll-control-character": N_(
        "Line {line}, {column}: there are characters that cannot be printed ({characters}). Remove them."
    ),
    "roll-too-long": N_("Line {line}, {column}: longer than {most} characters. Shorten it."),
    "roll-address-lines": N_("Line {line}, {column}: more than {most} lines. Shorten the address."),
    "roll-number-twice": N_("Line {line}: the number {elector} already stands in line {first}. Correct one of them."),
    "roll-person-twice": N_(
        "Line {line}: {name} with this address already stands in line {first}. Remove one of them, or tell them apart"
        " in the name."
    ),
    # reading messages
    "json-unreadable": N_("The document is not readable JSON (at byte {position})."),
    "json-duplicate-key": N_("The document holds a field twice."),
    "json-depth": N_("The document is nested deeper than {most} levels."),
    "credentials-alike": N_(
        "The credentials were not drawn by chance, but chosen so that reading them takes for ever."
    ),
    "json-values": N_("The document holds more values than any election has."),
    "json-number": N_("The document holds the number {number}, which is not a small whole number."),
    "shape-object": N_("{place}: an object is expected."),
    "shape-missing": N_("{place}: the field “{field}” is missing."),
    "shape-unknown": N_("{place}: the field “{field}” is not known."),
    "shape-list": N_("{place}: a list is expected."),
    "shape-text": N_("{place}: a text is expected."),
    "shape-number": N_("{place}: a whole number is expected."),
    "shape-truth": N_("{place}: true or false is expected."),
    # groups and proofs
    "element-trivial": N_("The number {number} cannot stand here."),
    "element-outside-group": N_("Number {position} of the list is not an element of the group."),
    "number-malformed": N_("A number is not written in base 10."),
    "number-leading-zero": N_("A number begins with a zero."),
    "number-out-of-range": N_("A number is larger than the group allows."),
    "group-unknown": N_(
        "The group {name} is not known. Name one of the specification: BELENIOS-2048 or RFC-3526-2048."
    ),
    "proof-of-knowledge": N_("The proof that somebody knows the secret does not hold."),
    "proof-of-range": N_("The proof that the marks follow the rules does not hold."),
    "proof-of-decryption": N_("The proof of correct decryption does not hold."),
    "proof-length": N_("A proof has {found} parts; {expected} are expected."),
    "proof-blank-missing": N_("The proof of the blank vote is missing."),
    # contest
    "contest-route": N_("The seat group “{group}” is not filled by direct election."),
    "contest-no-shares": N_("The seats of “{group}” are not reserved for several groups; one contest fills them."),
    "contest-shares-number": N_("There are {shares} reserved shares and {found} lists of candidates. Give one each."),
    "contest-shares": N_("The seats of “{group}” are reserved for several groups. Each needs a contest of its own."),
    "contest-seats-open": N_("The mandate does not say how many seats “{group}” has. A contest needs the number."),
    "contest-question": N_("Write a question of at most {limit} characters."),
    "contest-no-candidate": N_("There is no candidate. Enter at least one."),
    "contest-name": N_("“{text}”: write a name of at most {limit} characters."),
    "contest-name-twice": N_("Two candidates are called {name}. Add something that tells them apart."),
    "contest-id-twice": N_("Two candidates have the same identifier."),
    "contest-marks": N_("{marks} marks cannot be given among {candidates} candidates. Choose a number between."),
    "contest-places": N_("{seats} seats and {alternates} alternates cannot be elected."),
    "contest-character": N_("“{text}” holds a character that cannot be shown safely ({character}). Remove it."),
    # credentials
    "credential-count": N_("{count} cards cannot be made. Ask for at least one."),
    "credential-lookalike": N_(
        "Character {place} (in group {group}) is “{character}”. Codes never use 0, O, I or l: look at the card again."
    ),
    "credential-character": N_("Character {place} (in group {group}) is “{character}”, which codes never use."),
    "credential-length": N_("The code has {found} characters; it must have {expected}."),
    "credential-checksum": N_("There is a typing error in the code. Compare it with the card, group by group."),
    "credential-twice": N_("A public credential stands in the list twice."),
    "credential-weight": N_("A weight in the list of credentials is not a positive whole number."),
    "credentials-not-canonical": N_("The list of credentials is not in canonical form."),
    # definition
    "definition-no-trustee": N_("No trustee has made a key. At least one is needed."),
    "definition-version": N_("The election follows version {version} of the protocol; only version 1 is known."),
    "definition-uuid": N_("The election's identifier is malformed."),
    "definition-no-question": N_("The election asks no question."),
    "definition-question-type": N_("A question of type {type} is not supported."),
    "definition-marks": N_("A question asks for {minimum} to {maximum} marks, which its answers do not allow."),
    "definition-not-canonical": N_("The election is not in canonical form."),
    "definition-key": N_("The election's key is not the product of the trustees' keys."),
    # ballots
    "selection-unknown": N_("The selection names a candidate that does not stand, or one twice."),
    "selection-number": N_("{found} candidates are marked; between {minimum} and {maximum} are allowed."),
    "ballot-questions": N_("The ballot answers {found} questions; the election asks {expected}."),
    "ballot-too-large": N_("The ballot has {found} bytes; no ballot of this election needs more than {limit}."),
    "ballot-malformed": N_("The ballot cannot be read: {reason}"),
    "ballot-not-canonical": N_("The ballot is not in canonical form."),
    "ballot-other-election": N_("The ballot belongs to another election."),
    "ballot-outside-group": N_("The ballot holds a number that is not an element of the group."),
    "ballot-outside-group-of": N_("Ballot {tracker} holds a number that is not an element of the group."),
    "ballot-signature": N_("The signature of the ballot does not hold."),
    "ballot-proof": N_("A proof of the answer to question {question} does not hold."),
    "ballot-unknown-credential": N_("The ballot is signed with a credential that is not on the list."),
    "ballot-copied": N_("Ballot {tracker} copies a part of ballot {earlier}."),
    "answer-length": N_("An answer has {found} parts where {expected} are expected."),
    "ballot-opened": N_(
        "Ballot {tracker} was opened to test the machine, so it can no longer be cast. Make a new ballot."
    ),
    # tally
    "tally-shape": N_("The questions have {found} parts; {expected} are expected."),
    "tally-not-canonical": N_("The encrypted tally is not in canonical form."),
    "tally-not-product": N_(
        "The encrypted tally is not the product of the ballots ({published} ballots published, {counted} counted)."
    ),
    "tally-unopened": N_("The shares do not open the tally to a possible count."),
    "share-malformed": N_("The partial decryption cannot be read: {reason}"),
    "share-not-canonical": N_("The partial decryption is not in canonical form."),
    "share-proof": N_("The partial decryption was not made from this tally with this trustee's key."),
    "share-without-tally": N_("There is a partial decryption before the tally."),
    "share-owner": N_("The partial decryption names trustee {owner}; there are {trustees}."),
    "share-twice": N_("Trustee {owner} decrypted twice."),
    "result-not-canonical": N_("The result is not in canonical form."),
    "result-wrong": N_("The published counts are not those that the trustees' shares open."),
    # result
    "result-size": N_("There are {found} numbers of votes; there are {expected} candidates."),
    "lot-twice": N_("A lot for the same place and people, or a person in one lot, is recorded twice ({place})."),
    "lot-people": N_("The recorded lot is not between the people who are tied ({place})."),
    "lot-seed-order": N_("The recorded order does not follow from the seed “{seed}” ({place}). Compute it again."),
    "lot-seed-unusable": N_("The seed cannot be used: {reason}"),
    "papers-candidate-twice": N_("Two candidates of the papers have the same identifier. Give each their own."),
    "papers-unknown": N_("A paper names a candidate who does not stand. Correct the paper or the list of candidates."),
    "papers-twice": N_("A paper names a candidate twice. Correct it, or count it among the invalid ones."),
    "papers-number": N_("A ranking stands on no paper. Remove it, or write on how many papers it stands."),
    "countback-not-elected": N_("{candidate} is not among the elected. A seat is refilled after one of them."),
    "gone-unknown": N_("{candidate} does not stand in this contest and cannot leave it."),
    "gone-twice": N_("{candidate} is recorded twice as gone. Keep one of the two."),
    "lot-for-seat": N_("Drawn first: who gets the last seat. The tied people have the same number of votes."),
    "lot-for-alternate": N_("Drawn first: who becomes an alternate. The tied people have the same number of votes."),
    "lot-for-alternate-order": N_("Drawn first: which alternate steps in first."),
    "lot-for-list-seat": N_("Drawn first: which list gets the seat. The quotients are equal."),
    "lot-for-exclusion": N_("Drawn first: who is left out now. Who is elected depends on it."),
    "lot-for-surplus": N_("Drawn first: whose surplus is transferred now. Who is elected depends on it."),
    "lot-for-next-round": N_("Drawn first: who goes on to the next round."),
    "lot-for-office": N_("Drawn first: who gets the office."),
    # seats
    "seat-alternates": N_(
        "{candidate} has {found} alternates of their own; the mandate allows {most}. Leave some out."
    ),
    "seat-person-unknown": N_("The candidate {candidate} is elected, but nothing is known of the person."),
    # record
    "record-order": N_("A “{event}” event cannot come after “{after}”."),
    "record-event-type": N_("The event type “{type}” is not known or not supported."),
    "record-event-not-canonical": N_("An event is not in canonical form."),
    "mark-malformed": N_("“{mark}” is no mark of a record. It is the number of an event, a colon and 64 signs."),
    "mark-later": N_(
        "The mark of event {event} cannot be compared: this copy ends before it. Fetch the record anew; if it still"
        " ends before it, something was taken away."
    ),
    "mark-other": N_(
        "Whoever made the mark of event {event} was shown another record: it holds {seen}, this copy {found}. Keep both"
        " copies."
    ),
    "record-parent": N_("Event {height} does not follow the event before it."),
    "record-height": N_("Event {expected} is expected; the record has event {found}."),
    "record-entry-twice": N_("A document stands in the record twice (after event {after})."),
    "record-dangling": N_("The record ends with {number} documents that no event refers to, or holds no event."),
    "record-documents": N_("Event {height} brings {found} documents; {expected} are expected."),
    "record-payload": N_("Event {height} does not refer to the document before it."),
    "record-setup": N_("The set-up does not refer to the election, the trustees and the credentials before it."),
    "archive-unreadable": N_("The file is not a Belenios archive, or entry {entry} is not in canonical form."),
    "archive-cut": N_("The archive is cut off, or damaged, in entry {entry}."),
    "archive-header": N_("The archive does not begin with its header (entry {entry})."),
    "archive-version": N_("The archive has version {version}; only version 1 is known."),
    "archive-time": N_("The time of entry {entry} is not that of the header."),
    "archive-name": N_("The name of entry {entry} is not a hash with a known ending."),
    "archive-hash": N_("Entry {entry} is not the document that its name promises."),
    "growth-ends": N_("{what} of event {event} is missing: the later copy ends before it."),
    "growth-moved": N_("{what} of event {event} stands at event {now} of the later copy: the order was changed."),
    "growth-replaced": N_("{what} of event {event} is missing; the later copy has {other} in its place."),
    "growth-header": N_("The events are the same, but the later copy differs in its form."),
    # verify
    "verification-failed": N_("Step {step}: {reason}"),
}
