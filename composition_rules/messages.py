"""One English sentence for each code of an error or a finding.

``N_`` marks a sentence for translation; nothing is translated here. Sentences put numbers after a colon, so that
no language needs a plural form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composition_rules.check import Finding


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a sentence for the translators' catalogue."""
    return text


SENTENCES: dict[str, str] = {
    # a mandate file
    "fault-at": N_("Line {line}, {path}: {reason}"),
    "fault-on-line": N_("Line {line}: {reason}"),
    "mandate-unusable": N_("The mandate was not read. Faults: {number}."),
    "not-utf8": N_("The file is not UTF-8 text. Save it as UTF-8 and read it again."),
    "not-toml": N_("This is not TOML: {detail}. Correct the line and read the file again."),
    "unknown-key": N_("There is no such key here. Remove it, or write one of: {known}."),
    "missing-key": N_("The key {name} is missing. Add it to the table that begins on this line."),
    "not-a-string": N_("Write a text in quotation marks here."),
    "not-an-integer": N_("Write a whole number here, without quotation marks."),
    "not-a-boolean": N_("Write true, false or “unstated” here."),
    "not-a-date": N_("Write a date here, without quotation marks, as in 2024-09-10."),
    "not-a-table": N_("Write a table here: keys with values, in curly brackets or under a heading."),
    "not-a-list": N_("Write a list of tables here, each headed [[{table}]]."),
    "empty-text": N_("The text is empty. Write it, or remove the key if it may be left out."),
    "number-too-small": N_("{number} is too small. Write {least} or more."),
    "number-too-large": N_("{number} is too large. Write {most} or less."),
    "unknown-word": N_("“{word}” is not one of the words that can stand here. Write one of: {known}."),
    "bad-id": N_("“{word}” cannot be an id. Use small letters a to z, digits and single hyphens."),
    "bad-property": N_("“{word}” cannot be a property. Write a kind, a colon and a name, as in member:committee."),
    "duplicate-id": N_("The id “{word}” is used above already. Give each its own id."),
    "unknown-source": N_("No [[source]] has the id “{word}”. Write one of: {known}."),
    "not-a-moment": N_(
        "Write a date and a time with its distance from UTC here, without quotation marks, as in"
        " 2024-09-10T20:15:00+02:00."
    ),
    "record-file-unusable": N_("The file was not read. Faults: {number}."),
    "bad-list-name": N_("“{word}” cannot be the name of a list. Use no /, no double space and not only digits."),
    "bad-name-in-lot": N_("“{word}” cannot stand in a lot. Use no / and no double space."),
    "unsupported-record-language": N_("This file is written in version {number} of its form. Known: {known}."),
    "lines-unusable": N_("Write the first and the last line of the clause, as in [73, 75]."),
    "unsupported-language": N_("This file is written in version {number} of the mandate language. Known: {known}."),
    "council-for-mandate": N_("This is a council file, which belongs to a mandate. Give the file of the mandate."),
    "mandate-for-council": N_("This is the file of a mandate. Give the council file, which names its mandate."),
    "empty-list": N_("At least one {table} is needed. Add it."),
    "alternates-of-none": N_("The kind “none” has no alternates but {number} are declared. Write 0, or another kind."),
    "alternates-without-number": N_("The kind “{kind}” needs alternates but has 0. Write how many, or “none”."),
    "personal-alternates": N_("A personal alternate belongs to one seat: {number} declared for {seats} seats."),
    "order-needed": N_("Several alternates share these seats. Say in which order they step in, or “unstated”."),
    "order-needless": N_("These alternates need no order of stepping in. Remove the key."),
    "election-needed": N_("Seats filled by direct election need the rules of that election. Add [group.election]."),
    "election-needless": N_("The route of this group is not direct-election. Remove the election, or change it."),
    "nominator-needed": N_("The route of this group is nomination. Say who nominates."),
    "nominator-needless": N_("The route of this group is not nomination. Remove the key, or change the route."),
    "requirement-too-large": N_("{number} are required but only {places} exist. Write {places} or less."),
    "bound-twice": N_("A requirement has one bound, and “{known}” is written already. Remove this one."),
    "unknown-kind": N_("“{word}” is not a kind of property. Write one of: {known}."),
    "not-true": N_("Write true here, or leave the key out."),
    "words-unusable": N_("Write a list of words here, each once. Known: {known}."),
    "absences-needed": N_("Absence ends a seat here. Say how many unexcused absences do, or “unstated”."),
    "absences-needless": N_("Absence is not among what ends a seat here. Remove the number, or add “absence”."),
    "at-most-members-needless": N_("There are no alternates here. Remove the key, or write another kind."),
    "range-backwards": N_("The greatest number is below the least. Write {least} or more."),
    "shares-alike": N_("Another share of these seats has the same property. Put the seats together."),
    "shares-do-not-add-up": N_("The shares have {counted} seats but the group has {seats}. Correct one of them."),
    "unknown-group": N_("No other [[group]] has the id “{word}”. Write one of: {known}."),
    "per-member-needless": N_("Only personal alternates are counted per member, and then without “number”. Remove it."),
    "seats-do-not-add-up": N_("{declared} seats are declared but the groups have {counted}. Correct one of them."),
    "alternates-do-not-add-up": N_(
        "{declared} alternates are declared but the groups have {counted}. Correct one of them."
    ),
    # a council file
    "council-unusable": N_("The council was not read. Faults: {number}."),
    "unsupported-council-language": N_("This file is written in version {number} of the council file. Known: {known}."),
    "not-a-list-of-words": N_('Write a list of words here, each in quotation marks, such as ["one", "another"].'),
    "listed-twice": N_("“{word}” is listed twice. List it once."),
    "unknown-person": N_("No [[person]] has the id “{word}”. Add the person, or correct the id."),
    "spell-of-lasting-property": N_("“{word}” stands among the properties that always hold. Remove it there or here."),
    # a statute file
    "statute-unusable": N_("The statute was not read. Faults: {number}."),
    "unsupported-statute-language": N_("This file is written in version {number} of the statute file. Known: {known}."),
    "versions-overlap": N_("The version before holds on this day too. Give it an earlier last day."),
    "unknown-statute": N_("No statute “{statute}” is shipped. Shipped are: {known}."),
    "statute-misnamed": N_("The file “{file}” holds the statute “{statute}”. Name the file after its statute."),
    # the catalogue
    "unknown-mandate": N_(
        "No mandate “{mandate}” is shipped. The name of a file of your own ends in .toml. Shipped are: {known}."
    ),
    "mandate-misnamed": N_("The file “{file}” holds the mandate “{mandate}”. Name the file after its mandate."),
    # a council
    "other-mandate": N_("The council belongs to the mandate “{council}”, not to “{mandate}”."),
    "no-such-group": N_("The mandate “{mandate}” has no seat group “{group}”. Write one of: {known}."),
    "no-such-seat": N_("The group “{group}” has seats 1 to {places}. It has no seat {seat}."),
    "no-such-alternate": N_("The group “{group}” has {places} places for alternates. It has no place {seat}."),
    "no-such-office": N_("The mandate “{mandate}” has no office “{office}”. Write one of: {known}."),
    "seat-held": N_("The place {seat} of “{group}” is held by {holder} from {since}. End that first."),
    "seat-not-held": N_("Nobody holds the place {seat} of “{group}” on {day}."),
    "office-held": N_("The office is held by {holder} from {since}. End that first."),
    "office-not-held": N_("Nobody holds the office “{office}” on {day}."),
    "nobody-proposed": N_("A nomination for “{group}” on {on} names nobody. Name whom the body proposed."),
    "seat-substituted": N_("{holder} sits in for place {seat} of “{group}” from {since}. End that first."),
    "seat-not-substituted": N_("Nobody sits in for place {seat} of “{group}” on {day}."),
    "substitute-holds-seat": N_("{holder} holds the seat since {since} and cannot sit in for it. Name somebody else."),
    "no-such-duty": N_("The mandate “{mandate}” has no duty “{duty}”. Write one of: {known}."),
    "ends-before-it-begins": N_("The last day {until} is before the first day {since}. Correct one of them."),
    # findings: seats and alternates
    "seats-filled": N_("{group}: all seats are filled ({seats})."),
    "seats-empty": N_("{group}: empty seats: {lacking} of {seats}. To be filled by: {filled_by}."),
    "alternates-named": N_("{group}: all alternates are named ({alternates})."),
    "alternates-lacking": N_("{group}: alternates lacking: {lacking} of {alternates}. To be filled by: {filled_by}."),
    "seats-enough": N_("{group}: enough seats are filled: {filled}; the mandate has {seats}."),
    "seats-open": N_("{group}: seats filled: {filled}; the mandate leaves the number open."),
    "alternates-enough": N_("{group}: enough alternates are named: {filled}; the mandate has {alternates}."),
    "alternates-open": N_("{group}: alternates named: {filled}; the mandate leaves the number open."),
    "alternates-within-members": N_("{group}: alternates: {filled}; no more than members: {members}."),
    "alternates-above-members": N_(
        "{group}: alternates: {filled}; members: {members}. There must be no more alternates than members."
    ),
    "groups-equal": N_("{group} and {other} have the same number of members: {counted}."),
    "groups-unequal": N_("{group}: members: {counted}; {other}: members: {other_counted}. The numbers must be equal."),
    # findings: requirements
    "shares-met": N_("{group}: each seat is held by one for whom it is reserved."),
    "shares-not-yet": N_("{group}: seats still to be filled are reserved for: {lacking}."),
    "shares-impossible": N_("{group}: no reserved seat is left for: {people}. Empty are the seats for: {lacking}."),
    "members-requirement-wish": N_(
        "{group}: members with “{requirement}”: {counted}; preferred, not required: {required}."
    ),
    "alternates-requirement-wish": N_(
        "{group}: alternates with “{requirement}”: {counted}; preferred, not required: {required}."
    ),
    "members-requirement-met": N_("{group}: members with “{requirement}”: {counted}; required: {required}."),
    "members-requirement-not-yet": N_(
        "{group}: members with “{requirement}”: {counted}; required: {required}; still needed: {needed}."
    ),
    "members-requirement-impossible": N_(
        "{group}: members with “{requirement}”: {counted}; required: {required}; seats still empty: {open}. "
        "This cannot be met with these members: {people}."
    ),
    "alternates-requirement-met": N_("{group}: alternates with “{requirement}”: {counted}; required: {required}."),
    "alternates-requirement-not-yet": N_(
        "{group}: alternates with “{requirement}”: {counted}; required: {required}; still needed: {needed}."
    ),
    "alternates-requirement-impossible": N_(
        "{group}: alternates with “{requirement}”: {counted}; required: {required}; places still empty: {open}. "
        "This cannot be met with these alternates: {people}."
    ),
    "property-lost": N_("{group}: {person} has “{requirement}” no longer. The last day was {ended}."),
    # findings: who nominated
    "nomination-unrecorded": N_("{group}: no nomination is recorded for: {people}. Record whom the body proposed."),
    "gender-pair": N_("{group}: {nominated_by} proposed as many women as men on {day}: women: {women}, men: {men}."),
    "gender-pair-missing": N_(
        "{group}: {nominated_by} did not propose as many women as men on {day}: women: {women}, men: {men}. "
        "Ask for further proposals, or for the reason."
    ),
    "gender-reason-given": N_(
        "{group}: {nominated_by} gave a reason on {day} for proposing women: {women}, men: {men}. Reason: {reason}"
    ),
    "gender-unknown": N_(
        "{group}: {nominated_by} made proposals on {day}; not recorded as a woman or a man: {people}."
    ),
    # findings: alternates and those whom they stand in for
    "alternate-without-member": N_(
        "{group}: personal alternate for seat {seat}, which is empty: {people}. Decide who takes the seat."
    ),
    "member-without-alternate": N_("{group}: members who lack a personal alternate: {people}. Name one for each."),
    "substitute-for-nobody": N_(
        "{group}: {person} sits in on seat {seat} for {member}, who left it on {ended}. Decide who takes the seat."
    ),
    "substitute-no-alternate": N_(
        "{group}: {person} sits in on seat {seat} and is no alternate of these seats on this day. Name an alternate."
    ),
    "substitute-too-long": N_(
        "{group}: {person} sits in on seat {seat} since {since}, which was allowed until {ended}. "
        "Decide who takes the seat."
    ),
    # findings: the whole council
    "moved-away": N_("{group}: {person} moved away: {what} ended on {ended}. Decide who takes the place."),
    "total-met": N_("The council has the members that the mandate asks for: {filled} ({seats})."),
    "total-not-yet": N_("The council has {filled} of the members that the mandate asks for ({seats})."),
    "total-impossible": N_("The council has more members than the mandate allows: {filled} ({seats})."),
    "nobody-twice": N_("No person holds two places."),
    "person-in-two-seats": N_("{person} holds more than one seat: {places}. Each seat needs a person of its own."),
    "alternate-elsewhere": N_("{person} is an alternate but has another place too: {places}. Name another alternate."),
    "terms-running": N_("Every term is running ({years} years)."),
    "term-expired": N_("{group}: the term of {person} began on {since} and ended on {ended} ({years} years)."),
    "every-term-running": N_("Every term is running."),
    "period-expired": N_(
        "{group}: the term of {person} began on {since} and ended with the municipal period on {ended}."
    ),
    "term-held-over": N_(
        "{group}: the term of {person} ended on {ended}. {person} stays until a successor is there: find one."
    ),
    "office-filled": N_("{office}: {person}."),
    "office-empty": N_("{office}: not chosen yet. To be chosen by: {chosen_by}."),
    "officer-without-seat": N_("{office}: {person}, who is not a member on this day. The council should choose again."),
    # when a place falls empty
    "no-day-after": N_("No day comes after {day}. Give the last day on which the place was held."),
    "absences-uncounted": N_("{needed} unexcused absences end the seat of {person}. Say how many there were."),
    "absences-too-few": N_("{person} stayed away {absences} times; the mandate ends a seat after {needed}."),
    "lost-membership-unnamed": N_("Say which property {person} has lost, as in member:committee."),
    "membership-not-asked": N_(
        "The mandate does not ask for “{property}” in “{group}”. Losing it empties no seat: "
        "if the member resigns, give that as the cause."
    ),
    "membership-still-met": N_(
        "The mandate asks for “{property}”, and it is still met by others without {person}. Nobody has to leave."
    ),
    "seat-end-undecided": N_(
        "The mandate does not say that this ends the place {seat} of “{group}”. "
        "Decide it first; if it ends, give the cause “other”."
    ),
    "nobody-steps-in": N_("No alternate steps in on the place {seat} of “{group}”. Decide who does."),
    "not-among-alternates": N_("“{person}” is not among the alternates who may take the place {seat} of “{group}”."),
    "successor-too-early": N_("The successor cannot begin on {since}. The place is empty from {first} on."),
    "absence-keeps-seat": N_(
        "A member who is away until a day keeps the seat, and of an alternate it cannot be asked. Leave out the day of "
        "return; or the cause, what was lost, the absences and the role of an alternate."
    ),
    "absence-too-short": N_(
        "An alternate sits in for an absence of at least {months} months. From {since} to {until} is shorter."
    ),
    "alternate-steps-in": N_("{group}, seat {seat}: {person} steps in, from place {place} of the alternates."),
    "alternate-sits-in": N_("{group}, seat {seat}: {person} sits in; the member keeps the seat."),
    "nobody-sits-in": N_("{group}, seat {seat}: no alternate can sit in for {person}."),
    "place-stays-empty": N_("{group}, place {seat}: it stays empty, as the mandate says."),
    "place-by-election": N_("{group}, place {seat}: the mandate says that a by-election is held."),
    "place-appointed": N_("{group}, place {seat}: somebody new is appointed by: {by}."),
    "no-alternates-unstated": N_(
        "{group}, seat {seat}: the seat has no alternate, and the mandate does not say what then happens."
    ),
    "nobody-left-unstated": N_(
        "{group}, seat {seat}: no alternate is left, and the mandate does not say what then happens."
    ),
    "alternate-left-unstated": N_(
        "{group}: the place {seat} of an alternate is empty, and the mandate does not say how it is filled."
    ),
    "alternates-for-whom-unstated": N_(
        "{group}, seat {seat}: there are alternates, but the mandate does not say for whom they stand in."
    ),
    "alternates-without-order": N_(
        "{group}, seat {seat}: there are several alternates, and the mandate does not say who comes first."
    ),
    "alternates-by-lot": N_("{group}, seat {seat}: the mandate lets a lot decide between the alternates."),
    "alternates-without-votes": N_(
        "{group}, seat {seat}: the alternates step in by votes, but not all of them were elected."
    ),
    "moving-away-unstated": N_("{person} has moved away, and the mandate does not say that this ends a seat."),
    "absence-unstated": N_("{person} stays away, and the mandate does not say that this ends a seat."),
    "absences-unstated": N_("{person} stays away, and the mandate does not say after how many times a seat ends."),
    "substitution-unstated": N_(
        "{group}, seat {seat}: the mandate does not say that an alternate sits in while {person} is away."
    ),
    "absence-length-unknown": N_(
        "{group}, seat {seat}: an alternate sits in for an absence of at least {months} months. "
        "Decide whether {person} will be away for so long."
    ),
    "passed-over-leaves": N_("{person} is the one who leaves."),
    "passed-over-declined": N_("{person} declined."),
    "passed-over-place-ended": N_("{person} was an alternate until {ended} only."),
    "passed-over-term-over": N_("The term of {person} ended on {ended}."),
    "passed-over-moved-away": N_("{person} has moved away."),
    "passed-over-sits": N_("{person} has a seat already."),
    "passed-over-called-in": N_("{person} sits in for somebody else in those days."),
    "option-leave-empty": N_("leave the place empty"),
    "option-by-election": N_("hold a by-election"),
    "option-appoint": N_("appoint somebody new"),
    "option-choose-alternate": N_("choose between the alternates"),
    "option-draw-lot": N_("draw a lot between the alternates"),
    "option-end-seat": N_("hold the seat for ended"),
    "option-keep-seat": N_("let the member keep the seat"),
    "option-call-in-alternate": N_("call in an alternate for the time"),
    "option-wait-for-member": N_("wait until the member is back"),
    # a mandate held against the statutes
    "lint-confirm": N_("To be confirmed. {statute}: {confirm}"),
    "lint-day-open": N_(
        "The mandate does not say from when it holds. It was held against the latest version of: {statute}."
    ),
    "lint-no-version": N_("What {statute} said on {day} is not known here. Look it up before relying on the mandate."),
    "lint-members": N_("The mandate allows a number that {statute} does not: {who}: {seats}; allowed: {allowed}."),
    "lint-members-open": N_("The mandate does not say how many there are: {who}; {statute} allows: {allowed}."),
    "lint-members-missing": N_("The mandate has no {who}; {statute} demands: {allowed}."),
    "lint-sides": N_("Members sent by others: {one}; other members: {two}. {statute} demands: {law}."),
    "lint-sides-untied": N_(
        "Members sent by others: {one}; other members: {two}. Write that the numbers are equal; {statute} "
        "demands: {law}."
    ),
    "lint-route": N_("{group}: filled by {route}. {statute} demands: {law}."),
    "lint-route-open": N_("{group}: the mandate does not say how the seats are filled. {statute} demands: {law}."),
    "lint-appointer": N_(
        "{group}: appointed by {other}. Under {statute} it is {by} that appoints: let {other} nominate."
    ),
    "lint-appointer-open": N_("{group}: the mandate does not say who appoints. Under {statute} it is {by}."),
    "lint-appointment-follows": N_(
        "{group}: filled by {route}. Under {statute} it is {by} that appoints: say that it does so afterwards."
    ),
    "lint-reserved": N_("{group}: seats reserved for “{title}”: {seats}. {statute} forbids it: {law}."),
    "lint-reserved-requirement": N_("“{title}” is required: {bound}. That reserves seats; {statute}: {law}."),
    "lint-reserved-wish": N_("“{title}” is preferred: {bound}. It may guide nobody’s election; {statute}: {law}."),
    "lint-seats-divided": N_(
        "The seats are divided into groups: {number} ({groups}). That reserves them; {statute}: {law}."
    ),
    "lint-not-asked": N_("{group}: the mandate does not require what {statute} requires of every member: {law}."),
    "lint-asked-in-words": N_(
        "{group}: only words that cannot be checked (“{words}”). {statute} requires of every member: {law}."
    ),
    "lint-alternates": N_("{group}: alternates: {kind}. {statute} demands: {law}."),
    "lint-alternates-open": N_(
        "{group}: the mandate does not say whom the alternates stand in for. {statute} demands: {law}."
    ),
    "lint-more-alternates": N_(
        "{group}: the mandate allows more alternates ({number}) than members ({seats}). {statute}: {law}."
    ),
    "lint-alternates-number-open": N_(
        "{group}: the mandate does not limit the number of alternates. {statute}: {law}."
    ),
    "lint-term": N_("{group}: the term is another than {statute} allows: {law}."),
    "lint-term-open": N_("{group}: the mandate does not settle the term that {statute} sets: {law}."),
    "lint-marks": N_("{group}: marks for each voter: {marks}. {statute} allows exactly {number}: {law}."),
    "lint-marks-open": N_("{group}: the mandate does not say how many marks a voter has. {statute}: {number}."),
    "lint-wording": N_("{group}: the words “{words}” do not mention “{mention}”. Read them against {statute}: {law}."),
    "lint-wording-open": N_("{group}: the mandate does not say what {statute} decides: {law}."),
    "lint-chair": N_("The chair is chosen by {by}. {statute} demands that {body} choose: {law}."),
    "lint-chair-open": N_("The mandate does not say who chooses the chair. {statute}: {law}."),
    "lint-notice": N_("Remember what no mandate can show. {statute}: {law}."),
    "lint-notice-group": N_("{group}: remember what no mandate can show. {statute}: {law}."),
    "gap-legal-basis": N_(
        "The mandate names no legal basis. Decide under which statute the council is formed; only what binds "
        "every council was looked at."
    ),
    "gap-adoption": N_("The mandate does not say when it was adopted or from when it holds."),
    "gap-route": N_("The mandate does not say how these seats are filled: {groups}."),
    "gap-filled-by": N_("The mandate does not say who fills these seats: {groups}."),
    "gap-election": N_("{group}: to be decided before each election: {topics}."),
    "gap-alternates": N_("The mandate does not say whom alternates stand in for, if there are any: {groups}."),
    "gap-alternates-order": N_("The mandate does not say in which order alternates step in: {groups}."),
    "gap-term": N_("The mandate does not say how long members sit: {groups}."),
    "gap-vacancies": N_("The mandate does not say what happens when these seats fall empty: {groups}."),
    "gap-quorum": N_("The mandate does not say how many must be present to decide."),
    "gap-chair": N_("The mandate names no chair, or does not say who chooses one."),
    "gap-chair-ballot": N_(
        "The mandate does not say how the chair is voted for. Agree on the rounds and on ties before the first meeting."
    ),
    "gap-one-seat": N_(
        "The mandate does not say whether a person may hold two seats. It is best to say that nobody may."
    ),
    # duties
    "duty-done": N_("{year}, {duty}: done: {done}; required: {required}."),
    "duty-due": N_(
        "{year}, {duty}: done: {done}; required: {required}; still due: {lacking}, by {latest} at the latest."
    ),
    "duty-overdue": N_(
        "{year}, {duty}: done: {done}; required: {required}; lacking: {lacking}. The last day was {latest}."
    ),
    "duty-above": N_("{year}, {duty}: done: {done}; the mandate allows at most: {most}."),
    # who can fill which places
    "place-twice": N_("The place {name} is listed twice. List each place once."),
    "rule-twice": N_("Two rules are named “{name}”. Give each its own name."),
    "candidate-twice": N_("The person “{name}” is a candidate twice. List each person once, with all their places."),
    "place-unknown": N_("The place {place} is not among the places to be filled. Add it, or correct the one named."),
    "decision-on-stranger": N_("The place {place} is given to “{person}”, who is not among the people. Add them."),
    "lot-seed-empty": N_("The seed of the lot is empty. Give the public text that was announced as the seed."),
    "lot-unprintable": N_("The seed of the lot holds a sign that cannot be seen: {text}. Type the seed by hand."),
    "lot-attempt": N_("The attempts of a lot are counted from 1. There is no attempt {attempt}."),
    "lot-name": N_(
        "{name} cannot stand in a lot. Write it without a slash, signs that cannot be seen and needless spaces, "
        "in Unicode form NFC."
    ),
    "lot-person-twice": N_("“{person}” is in the lot twice. List each person once."),
    # choosing among applicants
    "draw-no-seats": N_("{seats} seats cannot be filled. Ask for 1 or more."),
    "draw-too-many-seats": N_("{group}: {seats} seats are asked for; free: {free}. Ask for no more than are free."),
    "draw-unequal": N_(
        "{group}: there would be {number} members, and {other} must have as many but cannot. Ask for fewer seats."
    ),
    "draw-twice": N_("“{person}” is listed twice. List each person once."),
    "draw-stranger": N_("“{person}” is ranked but is no applicant. Correct the id, or leave the line out."),
    "draw-asked": N_("{place}: seats to be filled: {seats}; applicants: {applicants}."),
    "draw-rule-at-least": N_("{rule}: at least {number} of the chosen."),
    "draw-rule-at-most": N_("{rule}: at most {number} of the chosen."),
    "draw-rule-between": N_("{rule}: at least {number} and at most {most} of the chosen."),
    "draw-rule-with-others": N_("{rule}: can be met by itself, but not together with the others."),
    "draw-cases": N_(
        "The seats that stay open can be filled in ways that exclude each other. A choice is valid when it keeps to "
        "everything in one of these cases:"
    ),
    "draw-case": N_("Case {number}:"),
    "draw-rule-lost": N_("{rule}: no choice can meet this beside those who have a seat already."),
    "draw-wish": N_("{rule}: preferred only, does not bind the choice."),
    "draw-fingerprint": N_(
        "Fingerprint of the list and its rules, to be published before the seed is known: {fingerprint}"
    ),
    "draw-valid": N_(
        "Valid choices: {valid}. A lot makes each equally likely; that is not an equal chance for each person."
    ),
    "draw-chance": N_("{person}: chance {chance} ({percent} %)."),
    "draw-no-chance": N_("{person}: no chance. Shut out by: {rules}."),
    "draw-too-few": N_("Too few apply. Applicants: {applicants}; seats: {seats}."),
    "draw-none": N_("No choice of {seats} among {applicants} keeps to these rules together:"),
    "draw-seed": N_("Seed: {seed}. Hashed for each person: {seed}/{place}/attempt/person."),
    "draw-failed": N_("Attempt {attempt} fails ({people}): {rules}."),
    "draw-failed-more": N_("Further attempts that fail: {number}."),
    "draw-attempt": N_("Attempt {attempt} keeps to every rule. The numbers in ascending order:"),
    "draw-number": N_("No. {order}: {number} {person}"),
    "draw-drawn": N_("Drawn: {people}."),
    "draw-passed-over": N_("{person} is passed over: {rules}."),
    "draw-chosen": N_("Chosen by the ranking: {people}."),
    "draw-too-rare": N_(
        "So few of the choices keep to the rules that a lot would take about {expected} attempts; the most is {most}. "
        "Choose by a ranking instead."
    ),
    "search-limit": N_(
        "The search was stopped before it had an answer. That does not mean that there is none: allow more steps."
    ),
    "conflict-at-least": N_("{rule}: at least {number}."),
    "conflict-at-most": N_("{rule}: at most {number}."),
    "conflict-between": N_("{rule}: at least {number} and at most {most}."),
    "conflict-majority": N_("{rule}: more with than without."),
    "conflict-all": N_("{rule}: all."),
    "conflict-share": N_("{rule}: reserved seats: {number}."),
    "conflict-equal": N_("{rule}: the same number of members in each."),
    "conflict-alternates-of-members": N_("{rule}: no more than the members who are there allow."),
    "conflict-alternates-of-each": N_("{rule}: as many for each member as the mandate asks."),
    "conflict-decision": N_("Decided: {person} takes place {number} of {group}."),
    "conflict-too-few-people": N_(
        "Places that need a person each: {number}. People who can take them: {people} ({names})."
    ),
    "repair-more-people": N_("{group}: candidates to be added: {number}."),
    "repair-more-people-with": N_("{group}: candidates with “{asks}” to be added: {number}."),
    "repair-more-people-for": N_("{group}: candidates for the seats of “{asks}” to be added: {number}."),
    "repair-reserve-less": N_("{rule}: reserve {number} instead of {at_least}."),
    "repair-allow-without": N_("{rule}: allow {number} without."),
    "repair-ask-less": N_("{rule}: ask for {number} instead of {at_least}."),
    "repair-allow-more": N_("{rule}: allow {number} instead of {at_most}."),
    "repair-set-aside": N_("{rule}: set this rule aside."),
    "repair-take-back": N_("Take back the decision that {person} takes place {number} of {group}."),
}


def sentence(code: str, params: Mapping[str, str | int]) -> str:
    """The English sentence of ``code``, filled in."""
    return SENTENCES[code].format(**params)


def english(finding: Finding) -> str:
    """The English sentence of a finding."""
    return sentence(finding.code, finding.params_in("en"))
