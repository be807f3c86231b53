"""The words that a mandate is shown with, in both languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from composition_rules.mandate import (
    NOT_STATED,
    AlternateKind,
    AlternateOrder,
    BallotOrder,
    Cause,
    Clause,
    EmptyPlace,
    LegalBasis,
    MajorityBase,
    RoundCandidates,
    Route,
    Seats,
    Silence,
    Successor,
    Text,
    TieRule,
    TooFewCandidates,
    Uncontested,
)


def _text(da: str, en: str) -> Text:
    return Text(da=da, en=en)


LOT: Final = _text("lodtrækning", "by lot")
YES: Final = _text("ja", "yes")
NO: Final = _text("nej", "no")
# Keyed by the word: one that stands in several lists, such as “lot”, says the same in each.
WORDS: Final[dict[StrEnum, Text]] = {
    Route.DIRECT_ELECTION: _text("direkte valg", "direct election"),
    Route.APPOINTMENT: _text("udpegning", "appointment"),
    Route.NOMINATION: _text("udpegning efter indstilling", "appointment on nomination"),
    Route.EX_OFFICIO: _text("i kraft af en stilling", "ex officio"),
    AlternateKind.NONE: _text("ingen", "none"),
    AlternateKind.PERSONAL: _text("personlige", "personal"),
    AlternateKind.SHARED: _text("fælles for gruppen", "shared by the group"),
    AlternateKind.POOL: _text("en liste", "a list"),
    AlternateOrder.VOTES: _text("efter stemmetal", "by votes"),
    AlternateOrder.LOT: LOT,
    TieRule.LOT: LOT,
    BallotOrder.SURNAME: _text("efter efternavn", "by surname"),
    BallotOrder.GIVEN_NAME: _text("efter fornavn", "by given name"),
    BallotOrder.LOT: LOT,
    BallotOrder.ROTATION: _text("skiftende", "rotating"),
    Uncontested.ELECTED_WITHOUT_VOTE: _text("alle er valgt uden afstemning", "all are elected without a vote"),
    Uncontested.MAY_BE_CANCELLED: _text(
        "kommunalbestyrelsen kan aflyse, og alle er valgt", "the municipal council may cancel, and all are elected"
    ),
    Uncontested.BOARD_DECIDES: _text("valgbestyrelsen afgør det", "the election board decides"),
    Uncontested.VOTE_TO_RANK: _text(
        "der stemmes alligevel om rækkefølgen af medlemmer og suppleanter",
        "a vote is held anyway to rank members and alternates",
    ),
    TooFewCandidates.LEAVE_EMPTY: _text("pladserne står tomme", "the seats stay empty"),
    TooFewCandidates.EXTEND_DEADLINE: _text("fristen forlænges", "the deadline is extended"),
    TooFewCandidates.APPOINT: _text("kommunalbestyrelsen udpeger", "the municipal council appoints"),
    TooFewCandidates.BY_ELECTION: _text("suppleringsvalg", "by-election"),
    TooFewCandidates.NO_COUNCIL: _text("der kan ikke dannes et råd", "no council can be formed"),
    MajorityBase.ALL_MEMBERS: _text("flertal af alle medlemmer", "majority of all members"),
    MajorityBase.MEMBERS_PRESENT: _text("flertal af de fremmødte", "majority of the members present"),
    MajorityBase.VOTES_CAST: _text("flertal af de afgivne stemmer", "majority of the votes cast"),
    MajorityBase.MOST_VOTES: _text("flest stemmer", "most votes"),
    RoundCandidates.ALL: _text("mellem alle", "among all"),
    RoundCandidates.TWO_HIGHEST: _text("mellem de to højeste", "between the two highest"),
    Cause.RESIGNATION: _text("fratræden", "resignation"),
    Cause.DEATH: _text("dødsfald", "death"),
    Cause.MOVED_AWAY: _text("fraflytning fra kommunen", "moving out of the municipality"),
    Cause.ABSENCE: _text("udeblivelse", "absence"),
    Cause.LOST_MEMBERSHIP: _text("tab af et krævet medlemskab", "loss of a required membership"),
    Cause.OTHER: _text("andet", "another event"),
    Successor.ALTERNATE: _text("suppleanten", "the alternate"),
    Successor.APPOINTED: _text("en nyudpeget", "somebody newly appointed"),
    Successor.BY_ELECTION: _text("suppleringsvalg", "by-election"),
    EmptyPlace.LEAVE_EMPTY: _text("pladsen står tom", "the place stays empty"),
    EmptyPlace.BY_ELECTION: _text("suppleringsvalg", "by-election"),
    EmptyPlace.APPOINT: _text("der udpeges en ny", "somebody new is appointed"),
    LegalBasis.NONE: _text("ingen", "none"),
    LegalBasis.INTEGRATIONSLOVEN_42: _text("integrationsloven § 42", "Integration Act, section 42"),
    LegalBasis.KOMMUNESTYRELSESLOVEN_17_4: _text("kommunestyrelsesloven § 17, stk. 4", "Local Government Act, 17(4)"),
    LegalBasis.RETSSIKKERHEDSLOVEN_30: _text("retssikkerhedsloven § 30", "Legal Protection Act, section 30"),
    LegalBasis.RETSSIKKERHEDSLOVEN_37A: _text("retssikkerhedsloven § 37 a", "Legal Protection Act, section 37 a"),
}


def word(value: StrEnum) -> Text:
    """A word of the language as a person says it."""
    return WORDS.get(value, NOT_STATED)  # the only words left out are those that say that nothing is stated


def yes_or_no(value: bool | Silence) -> Text:
    """Yes, no, or that nothing is stated."""
    return NOT_STATED if isinstance(value, Silence) else YES if value else NO


def number_of(seats: Seats) -> Text:
    """A number of places as a person says it."""
    if seats.open:
        return Text(da="antal ikke angivet", en="number not stated")
    if seats.most is None:
        return Text(da=f"mindst {seats.least}", en=f"{seats.least} or more")
    return Text(da=str(seats), en=str(seats))


def where(clause: Clause) -> str:
    """The source of a clause and its lines, as in ``kommissorium:87-89``."""
    last = "" if clause.last_line == clause.first_line else f"-{clause.last_line}"
    return f"{clause.source.id}:{clause.first_line}{last}"
