"""What counting says, in English: its steps, its files, what it is asked for; part of ``SENTENCES``."""

from __future__ import annotations

from election.messages.marking import N_

COUNTING_SENTENCES: dict[str, str] = {
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
    "count-file-kind": N_("{path}: give a file whose name ends in .blt, .csv or .bel."),
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
    "show-issued": N_(
        "{issued} papers were issued: {used} used, {returned} returned, {void} void and {unused} left unused."
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
    "show-lot-required-order": N_("A lot is needed ({place}): {people} are tied with {votes} votes each."),
    "show-lot-required": N_(
        "A lot is needed ({place}): {people} are tied with {votes} votes each, and {number} of them get the place."
    ),
    "show-lot-recipe": N_(
        "Draw by hand before witnesses; or take the SHA-256 of these texts, with a published seed, and put them in"
        " ascending order:"
    ),
    "show-lot-record": N_("Record it in a file for --lots, those drawn in their order, and count again:"),
}
