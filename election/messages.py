"""One English sentence for each error code. ``N_`` marks it for translation; nothing is translated here."""

from __future__ import annotations

from collections.abc import Mapping

from election.marking import N_ as N_
from election.ranked_messages import RANKED_SENTENCES
from election.registrar_messages import REGISTRAR_SENTENCES
from election.trustee_messages import TRUSTEE_SENTENCES

SENTENCES: dict[str, str] = {
    **TRUSTEE_SENTENCES,
    **RANKED_SENTENCES,
    **REGISTRAR_SENTENCES,
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
    "group-unknown": N_("The group {name} is not known; only the groups of the specification are accepted."),
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
    # challenge
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
    "challenge-shows": N_("Ballot {tracker} for “{election}” encrypts:"),
    "challenge-shows-blank": N_("a blank vote"),
    "challenge-shows-nothing": N_("no mark"),
    "challenge-shown": N_(
        "Every ciphertext was computed anew, and the ballot would have been taken. Compare the mark of the ballot with"
        " the one that the machine showed before you chose to test it, and the candidates with those that you marked."
        " This ballot can no longer be cast."
    ),
    # tally
    "tally-shape": N_("The tally has the form {found}; {expected} is expected."),
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
    # the steps of a count; {people} are those whom the step names
    "count-votes": N_("Votes were counted: {total}."),
    "count-lot": N_("Tied with so many votes each: {votes}. Order drawn by lot: {people}."),
    "count-tie-without-effect": N_("Tied with so many votes each: {votes}. Nothing depends on their order: {people}."),
    "count-elected": N_("Elected: {people}."),
    "count-nobody-elected": N_("Nobody is elected."),
    "count-alternates": N_("Alternates, the first to step in first: {people}."),
    "count-alternates-unranked": N_("Alternates, in no order: {people}."),
    "count-gone-withdrew": N_("Withdrew and takes no place: {people}."),
    "count-gone-died": N_("Died after the ballots were made: {people}."),
    "count-gone-not-eligible": N_("Cannot be elected and takes no place: {people}."),
    "count-gone-declined": N_("Declined the seat: {people}."),
    "count-without-vote": N_("No more people stand than there are seats ({seats}). Elected without a vote: {people}."),
    "count-nobody-stands": N_("Nobody stands. All seats stay empty: {seats}."),
    "count-vacant": N_("Seats that stay empty because nobody is left: {vacant}."),
    "stv-first": N_("Stage {stage}: first preferences of {papers} papers. Seats: {seats}. Quota: {quota}."),
    "stv-shared": N_("Stage {stage}: all papers were shared out anew. The quota is now {quota}."),
    "stv-elected": N_("Stage {stage}: elected, with at least the quota: {people}."),
    "stv-elected-last": N_("Stage {stage}: elected, because no more are left than there are seats: {people}."),
    "stv-surplus": N_(
        "Stage {stage}: the surplus of {people} goes on. Votes above the quota: {surplus}. Each paper goes to its next"
        " preference with its part of them."
    ),
    "stv-excluded": N_(
        "Stage {stage}: {people} has the fewest votes ({votes}) and is excluded. Each paper goes to its next preference"
        " with the value that it had."
    ),
    "stv-excluded-anew": N_("Stage {stage}: {people} has the fewest votes ({votes}) and is excluded."),
    "stv-looked-back": N_(
        "Stage {stage}: equal votes ({votes}). Stage {earlier}, where they differed, decides: {people}."
    ),
    "stv-no-papers": N_("Stage {stage}: no paper counts for any of these, so their order changes nothing: {people}."),
    "stv-alternate": N_(
        "Alternate {alternate}: the papers are counted for {seats} seats. Who is elected or already an alternate is"
        " not excluded."
    ),
    "stv-alternate-chosen": N_("Alternate {alternate}: {people}."),
    "stv-refill": N_(
        "One seat is refilled: the papers are counted without {people}. Who keeps a seat is not excluded."
    ),
    "lot-not-asked": N_("A lot is recorded where none was asked for ({place})."),
    # files of papers
    "count-file-unusable": N_("The file cannot be counted: {number} faults."),
    "count-file-too-many": N_("Line {line}: reading stopped after so many faults. Is it a file of another kind?"),
    "count-file-empty": N_("Line {line}: the file is empty."),
    "count-file-encoding": N_("Line {line}: the letters cannot be read. Save the file as UTF-8."),
    "count-file-control": N_("Line {line}: there is a character that cannot be printed ({character}). Remove it."),
    "blt-first-line": N_(
        "Line {line}: “{text}” stands where the numbers of candidates and of seats belong, such as “10 4”."
    ),
    "blt-candidates": N_("Line {line}: there can be from 1 to {most} candidates, not {found}."),
    "blt-seats": N_("Line {line}: there must be at least one seat."),
    "blt-withdrawn": N_(
        "Line {line}: “{text}” names nobody. A candidate who withdrew is written with a minus sign, from -1 to"
        " -{candidates}."
    ),
    "blt-withdrawn-twice": N_("Line {line}: candidate {number} is named twice as withdrawn. Keep one of the two."),
    "blt-no-end": N_("Line {line}: the papers do not end. Write a line with only 0 after the last of them."),
    "blt-empty-line": N_("Line {line} is empty. Remove it."),
    "blt-weight": N_("Line {line}: “{text}” is not a number of papers. Write a whole number from 1."),
    "blt-no-zero": N_("Line {line}: the paper does not end. Write 0 after the last preference."),
    "blt-candidate-twice": N_("Line {line}: candidate {text} is named twice on one paper."),
    "blt-candidate-unknown": N_("Line {line}: there is no candidate {text}. They are numbered from 1 to {candidates}."),
    "blt-equal-ranks": N_(
        "Line {line}: “{text}” gives several candidates the same rank. No rule here counts such papers."
    ),
    "blt-zero-within": N_("Line {line}: 0 ends a paper, yet more follows. Write each paper on a line of its own."),
    "blt-not-a-number": N_("Line {line}: “{text}” is not the number of a candidate."),
    "blt-too-few-names": N_(
        "Line {line}: the file ends with {found} of {expected} names. Write the name of each candidate, then the title."
    ),
    "blt-after-the-end": N_("Line {line}: “{text}” stands after the title. Remove it, or correct the first line."),
    "blt-not-quoted": N_("Line {line}: {text} is not one name in quotation marks."),
    "blt-name-mark": N_("Line {line}: there is a quotation mark within {text}. Use “ or ” within a name."),
    "blt-name": N_("Line {line}: {text} cannot be a name: empty, too long, or with characters that cannot be seen."),
    "blt-name-twice": N_("Line {line}: {text} already stands in line {first}. Tell the two apart."),
    # lists
    "list-twice": N_("The list {list} stands there twice. Give each list and each joint list an id of its own."),
    "list-candidate-twice": N_("{candidate} stands on two lists, or twice on one. Remove one of the two entries."),
    "list-named-as-candidate": N_("The list {list} has the same id as a candidate. Change one of the two."),
    "list-mark-unknown": N_("{mark} is neither a list nor a candidate of one. Correct the mark."),
    "list-votes-people": N_("The personal votes of the list {list} do not name exactly its candidates."),
    "list-votes-negative": N_("The list {list} has a negative number of votes."),
    "list-unknown": N_("A joint list names the list {list}, which does not stand."),
    "list-joint-twice": N_("The list {list} is part of two joint lists. Remove it from one of them."),
    "list-method-dhondt": N_(
        "The seats go to the lists one by one, each to the highest figure: a list's votes divided by 1, 2, 3 and so"
        " on (d'Hondt)."
    ),
    "list-method-sainte-lague": N_(
        "The seats go to the lists one by one, each to the highest figure: a list's votes divided by 1, 3, 5 and so"
        " on (Sainte-Laguë)."
    ),
    "list-method-largest-remainder": N_(
        "The seats go to the lists one by one, each to the highest figure: a list's votes counted in quotas (all"
        " votes divided by all seats), less the seats it has (largest remainder)."
    ),
    "list-seat": N_("Seat {seat} goes to {people} with the figure {figure}. All figures: {figures}."),
    "list-seat-by-lot": N_(
        "Seat {seat} goes to {people} by lot between equal figures ({figure}). All figures: {figures}."
    ),
    "list-seat-within": N_(
        "Within {joint}, seat {seat} goes to {people} with the figure {figure}. All figures: {figures}."
    ),
    "list-seat-within-by-lot": N_(
        "Within {joint}, seat {seat} goes to {people} by lot between equal figures ({figure}). All figures: {figures}."
    ),
    "list-side-by-side": N_(
        "The list {people} has so many seats: {seats}. Its candidates take them in the order of their personal votes."
    ),
    "list-numbered": N_(
        "The list {people} has so many seats: {seats}. Its {votes} votes divided by {divisor} and raised to the next"
        " whole number give the number of votes that make a seat: {quota}."
    ),
    "list-topped-up": N_(
        "{people} gets {handed} of the votes for the list and now has {votes}. Votes for the list that are left:"
        " {left}."
    ),
    # offices
    "office-candidate-twice": N_("A candidate for the office stands twice. Remove one of the two."),
    "office-round-too-many": N_("There are votes for round {round}, but the vote was over before. Remove that round."),
    "office-not-candidate": N_("{candidate} is not a candidate in round {round}. Correct the votes of that round."),
    "office-votes-negative": N_("A number of votes in round {round} is negative. Correct it."),
    "office-papers": N_(
        "In round {round} there are {papers} papers, {present} members present and {members} members in all. No"
        " number can be greater than the next."
    ),
    "office-votes": N_(
        "Round {round}: {cast} votes cast, {blank} blank, {invalid} invalid; {present} of {members} members were"
        " present."
    ),
    "office-elected-all-members": N_("{people} is elected with a majority of all members. Votes: {votes}."),
    "office-elected-members-present": N_("{people} is elected with a majority of the members present. Votes: {votes}."),
    "office-elected-votes-cast": N_("{people} is elected with a majority of the votes cast. Votes: {votes}."),
    "office-elected-most-votes": N_("{people} is elected with the most votes. Votes: {votes}."),
    "office-elected-sole": N_("{people} is elected: nobody else got a vote. Votes: {votes}."),
    "office-elected-by-lot": N_("{people} is elected by lot between equal numbers of votes. Votes: {votes}."),
    "office-next-round": N_("Nobody is elected. Round {round} is between: {people}."),
    "office-next-round-by-lot": N_(
        "Nobody is elected. Round {round} is, after a lot between equal numbers of votes, between: {people}."
    ),
    "office-which-rules": N_("Say by which rules the office is voted for: --mandate or --law, one of the two."),
    "office-first-round": N_("The first round is between: {people}."),
    "office-asks-all-members": N_("Round {round}: elected is who gets votes from more than half of all members."),
    "office-asks-members-present": N_(
        "Round {round}: elected is who gets votes from more than half of the members present."
    ),
    "office-asks-votes-cast": N_("Round {round}: elected is who gets more than half of the votes cast."),
    "office-asks-most-votes": N_("Round {round}: elected is who gets the most votes."),
    "office-unstated": N_(
        "The rules do not say how the office is voted for. The council must decide on the rounds first."
    ),
    "office-round-unstated": N_(
        "The rules do not say which majority round {round} asks for, or between whom it is. The council must decide."
    ),
    "office-tie-unstated": N_(
        "The votes are equal, and the rules do not say what settles that: {people}. The council must decide."
    ),
    "office-no-round-left": N_(
        "Nobody is elected, and the rules know no round after this one. The council must decide."
    ),
    "office-nobody-left": N_("There is nobody left to vote for in round {round}. The council must decide."),
    "papers-marks-order": N_("The marks of a paper must stand in the order of the ballot, each once."),
    "count-line": N_("Line {line}: {reason}"),
    "csv-first-cell": N_(
        "Line {line}: the header begins with “{text}”. Its first word must be {expected}, then a comma, a semicolon"
        " or a tab."
    ),
    "csv-quotation": N_("Line {line}: a quotation mark opens a cell that does not end properly. Close or remove it."),
    "csv-empty-line": N_("Line {line}: the row is empty. Remove it."),
    "csv-cells": N_("Line {line}: the row has {found} cells; the header has {expected}."),
    "csv-candidates": N_("Line {line}: there can be from 1 to {most} candidates; {found} are named."),
    "csv-name": N_("Line {line}: “{text}” cannot be a name: empty, too long, or with characters that cannot be seen."),
    "csv-name-twice": N_("Line {line}: two candidates are called “{text}”. Tell the two apart."),
    "csv-name-reserved": N_(
        "Line {line}: “{text}” has a meaning of its own here and cannot be a candidate of these papers."
    ),
    "csv-reason": N_("Line {line}: “{text}” is no reason for which papers are invalid. Known are: {known}."),
    "csv-number": N_("Line {line}: “{text}” is not a number of papers. Write how many are alike, from 1."),
    "csv-rank": N_("Line {line}: “{text}” is not a rank. Write 1, 2, 3 and on, or leave the cell empty."),
    "csv-rank-twice": N_("Line {line}: rank {rank} is given twice on one paper. No rule here counts such papers."),
    "csv-rank-left-out": N_("Line {line}: a rank is left out. Ranks go 1, 2, 3 and on."),
    "csv-mark": N_("Line {line}: “{text}” is not a mark. Write x, or leave the cell empty."),
    "sheet-header": N_("Line {line}: the header must be “figure”, “of” and one column or more for the channels."),
    "sheet-channel": N_(
        "Line {line}: “{text}” is no channel. Write one of {known}, and after a space the place, if there are several."
    ),
    "sheet-column-twice": N_("Line {line}: there are two columns “{text}”. Add the place to tell them apart."),
    "sheet-figure": N_("Line {line}: “{text}” is no figure of a count sheet."),
    "sheet-of": N_("Line {line}: “{text}” cannot stand beside “{figure}”. Leave the cell empty."),
    "sheet-row-twice": N_("Line {line}: there is a row “{text}” already. Keep one of the two."),
    "sheet-number": N_("Line {line}: “{text}” is not a number. Write a whole number, also 0."),
    "sheet-missing": N_("Line {line}: the sheet ends without the row “{figure}”. Add it."),
    "sheet-issued": N_(
        "issued is {issued}, but used, returned, void and unused papers add up to {found}. Count them again."
    ),
    "sheet-papers": N_(
        "{sheet}: papers is {papers}, but valid, blank and invalid papers add up to {found}. Count them again."
    ),
    "sheet-negative": N_("{sheet}: a figure is less than 0."),
    "sheet-one-mark": N_(
        "{sheet}: valid is {valid}, but the votes add up to {votes}. With one mark the two are equal. Count them again."
    ),
    "sheet-marks": N_(
        "{sheet}: {valid} valid papers of 1 to {most} marks cannot hold {votes} votes. Count them again."
    ),
    "sheet-candidate": N_(
        "{sheet}: a candidate has more votes than there are valid papers ({valid}). Count them again."
    ),
    "sheet-twice": N_("There are two sheets for {sheet}. Add the place to tell them apart."),
    "sheet-candidates": N_(
        "The sheet for {sheet} names other candidates than the sheets before it, or in another order."
    ),
    # what a count is asked for, and how it is shown
    "count-nothing-asked": N_("Give a file and --rule. --list-rules tells the rules."),
    "count-no-file": N_("{path} cannot be read: {reason}."),
    "count-file-kind": N_("{path}: give a file whose name ends in .blt or .csv."),
    "count-sheets-ranked": N_("Count sheets hold no rankings; {rule} needs the papers themselves."),
    "count-lists": N_("--lists belongs to the rules that give seats to lists, and only to them (asked for: {rule})."),
    "count-seats": N_("The file does not say how many seats there are. Add --seats."),
    "count-marks": N_("Add --marks: how many marks a voter has."),
    "count-sheets-channel": N_("Count sheets name their channels. Leave --channel out."),
    "count-gone-why": N_("“{text}” is no reason why somebody takes no place. Write one of these: {known}."),
    "count-option": N_("{option} says nothing to {rule}. Leave it out."),
    "rule-one-mark": N_(
        "One mark on each paper; the candidates with the most votes are elected.\nAlternates are the next by votes."
        " A paper with several marks is invalid."
    ),
    "rule-up-to-n-marks": N_(
        "Up to --marks marks on each paper, each a vote; the candidates with the most votes are"
        " elected.\nAlternates are the next by votes. A paper with more marks is invalid."
    ),
    "rule-approval": N_(
        "As many marks as the voter likes; the candidates with the most votes are elected.\nAlternates are the next"
        " by votes."
    ),
    "rule-scottish-stv": N_(
        "Ranked papers; whoever reaches the quota is elected, and the surplus goes on to the next preferences.\nAs"
        " in Scottish council elections: whole quota, values cut off after five decimals."
    ),
    "rule-gregory-stv": N_(
        "Ranked papers; whoever reaches the quota is elected, and the surplus goes on to the next preferences.\nThe"
        " weighted inclusive Gregory method with exact fractions: nothing is lost to rounding."
    ),
    "rule-meek-stv": N_(
        "Ranked papers; each elected candidate keeps only so much of every paper as the quota needs.\nMeek's"
        " method: the papers are shared out anew at each stage, also to those elected. Needs a computer."
    ),
    "rule-dhondt": N_(
        "Lists with personal votes; a list's votes divided by 1, 2, 3 and on, the highest figure takes the next"
        " seat.\nWithin a list by personal votes (side-by-side, sideordnet) or in its own order (numbered,"
        " partiliste): see --lists."
    ),
    "rule-sainte-lague": N_(
        "Lists with personal votes; a list's votes divided by 1, 3, 5 and on, the highest figure takes the next"
        " seat.\nKinder to small lists than d'Hondt. Within a list as with dhondt: see --lists."
    ),
    "rule-largest-remainder": N_(
        "Lists with personal votes; a seat for each whole quota (all votes divided by all seats), then the largest"
        " remainders.\nA list may lose a seat when there are more seats. Within a list as with dhondt: see --lists."
    ),
    "invalid-not-as-prescribed": N_("not marked as prescribed"),
    "invalid-not-handed-out": N_("not a paper that was handed out"),
    "invalid-envelope": N_("envelope with something else, or with more than one paper"),
    "invalid-distinguishing-mark": N_("distinguishing mark"),
    "channel-online": N_("Online"),
    "channel-kiosk": N_("On a screen at the meeting"),
    "channel-paper": N_("On paper"),
    "channel-postal": N_("By post"),
    "channel-all": N_("Together"),
    "show-figures": N_(
        "{channel}: {papers} papers, of which {valid} valid, {blank} blank, {invalid} invalid{reasons}."
    ),
    "show-transfer": N_("From {source} to {to}: {papers} papers, {votes} votes."),
    "show-transfer-nobody": N_("From {source} to nobody, for no preference is left: {papers} papers, {votes} votes."),
    "show-step": N_("Step"),
    "show-exhausted": N_("(no preference left)"),
    "show-lost": N_("(lost to rounding)"),
    "show-total": N_("(together)"),
    "show-legend": N_("* elected, - excluded, x takes no place"),
    "show-elected": N_("Elected ({number}):"),
    "show-alternates": N_("Alternates ({number}):"),
    "show-vacant": N_("Empty places: {seats} seats, {alternates} alternates."),
    "show-by-lot": N_("by lot"),
    "show-lot-required": N_(
        "A lot is needed ({place}): {people} are tied with {votes} votes each, and {number} of them get the place."
    ),
    "show-lot-recipe": N_(
        "Draw by hand before witnesses; or take the SHA-256 of these texts, with a published seed, and put them in"
        " ascending order:"
    ),
    "show-lot-record": N_("Record it in a file for --lots, those drawn in their order, and count again:"),
    # seats
    "seat-alternates": N_(
        "{candidate} has {found} alternates of their own; the mandate allows {most}. Leave some out."
    ),
    "seat-person-unknown": N_("The candidate {candidate} is elected, but nothing is known of the person."),
    # record
    "record-order": N_("A “{event}” event cannot come after “{after}”."),
    "record-event-type": N_("The event type “{type}” is not known or not supported."),
    "record-event-not-canonical": N_("An event is not in canonical form."),
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


def sentence(code: str, params: Mapping[str, str | int]) -> str:
    """The English sentence of ``code``, filled in."""
    return SENTENCES[code].format(**params)
