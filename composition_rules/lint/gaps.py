"""What a mandate leaves open and somebody will have to settle, whatever the statute."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from composition_rules.lint.findings import Issue, LintState, in_group
from composition_rules.mandate import (
    UNSTATED,
    AlternateKind,
    AlternateOrder,
    BallotOrder,
    ElectionRules,
    LegalBasis,
    Mandate,
    Office,
    Route,
    SeatGroup,
    Silence,
    Text,
    TieRule,
    TooFewCandidates,
    Uncontested,
)
from composition_rules.statute import (
    AppointedBy,
    Ask,
    ElectionWords,
    LongestTerm,
    Marks,
    Mentions,
    MunicipalTerm,
    NoRoute,
    OnlyRoute,
    OwnChair,
    PersonalAlternates,
)

_ELECTION: Final = {
    "franchise": Text(da="hvem der stemmer", en="who votes"),
    "candidacy": Text(da="hvem der kan stille op", en="who may stand"),
    "supporters": Text(da="hvor mange stillere der kræves", en="how many supporters are needed"),
    "marks": Text(da="hvor mange krydser en vælger har", en="how many marks a voter has"),
    "ballot_order": Text(da="rækkefølgen på stemmesedlen", en="the order on the ballot"),
    "ties": Text(da="hvad der sker ved stemmelighed", en="what settles a tie"),
    "uncontested": Text(
        da="hvad der sker, når der ikke er flere kandidater end pladser",
        en="what happens with no more candidates than seats",
    ),
    "too_few": Text(da="hvad der sker med for få kandidater", en="what happens with too few candidates"),
}
_SILENT: Final = (
    UNSTATED, BallotOrder.UNSTATED, TieRule.UNSTATED, Uncontested.UNSTATED, TooFewCandidates.UNSTATED,
)  # fmt: skip


def gaps(mandate: Mandate, settled: Collection[Ask]) -> Iterator[Issue]:
    """Everything left open, but for what a statute asks in ``settled``, which is reported with that statute."""
    topics = set(_topics(settled))
    yield from _on_council(mandate)
    yield from _on_groups(mandate, topics)
    for group in mandate.groups:
        if group.election is not None:
            yield from _on_election(group, group.election, topics)
    yield from _on_proceedings(mandate, topics)


def _topics(settled: Iterable[Ask]) -> Iterator[str]:
    """What the gaps leave to the statutes."""
    for ask in settled:
        match ask:
            case MunicipalTerm() | LongestTerm():
                yield "term"
            case Marks():
                yield "marks"
            case Mentions():
                yield "franchise" if ask.of is ElectionWords.FRANCHISE else "candidacy"
            case OwnChair():
                yield "chair"
            case OnlyRoute() | NoRoute():
                yield "route"
            case AppointedBy():
                yield "filled-by"
            case PersonalAlternates():
                yield "alternates"
            case _:
                pass


def _on_council(mandate: Mandate) -> Iterator[Issue]:
    if mandate.legal_basis is LegalBasis.UNSTATED:
        yield _of_council("gap-legal-basis", mandate)
    if isinstance(mandate.adoption, Silence) and isinstance(mandate.in_force, Silence):
        yield _of_council("gap-adoption", mandate)


def _on_groups(mandate: Mandate, topics: Collection[str]) -> Iterator[Issue]:
    """What several groups may leave open: one finding for all of them."""
    open_: dict[str, tuple[str, Callable[[SeatGroup], bool]]] = {
        "gap-route": ("route", lambda group: group.route is Route.UNSTATED),
        "gap-filled-by": (
            "filled-by",
            lambda group: group.route is not Route.UNSTATED and isinstance(group.filled_by, Silence),
        ),
        "gap-alternates": ("alternates", lambda group: group.alternates.kind is AlternateKind.UNSTATED),
        "gap-alternates-order": ("order", lambda group: group.alternates.order is AlternateOrder.UNSTATED),
        "gap-term": ("term", lambda group: isinstance(mandate.term_of(group.id), Silence)),
        "gap-vacancies": ("vacancies", lambda group: isinstance(mandate.vacancies_of(group.id), Silence)),
    }
    for code, (topic, is_open) in open_.items():
        groups = [group for group in mandate.groups if topic not in topics and is_open(group)]
        if groups:
            # One group alone is quoted itself; of several, the clause on the composition.
            clause = groups[0].clause if len(groups) == 1 else mandate.composition
            params = {"groups": _listed(group.title for group in groups)}
            yield Issue(code=code, state=LintState.UNSTATED, clause=clause, params=params)


def _on_election(group: SeatGroup, election: ElectionRules, topics: Collection[str]) -> Iterator[Issue]:
    left = [words for key, words in _ELECTION.items() if key not in topics and _silent(election, key)]
    if left:
        yield in_group("gap-election", LintState.UNSTATED, group, topics=_listed(left))


def _silent(election: ElectionRules, key: str) -> bool:
    return getattr(election, key) in _SILENT


def _on_proceedings(mandate: Mandate, topics: Collection[str]) -> Iterator[Issue]:
    if isinstance(mandate.quorum, Silence):
        yield _of_council("gap-quorum", mandate)
    officers = mandate.officers
    if isinstance(officers, Silence) or all(rule.office is not Office.CHAIR for rule in officers.offices):
        if "chair" not in topics:
            yield _of_council("gap-chair", mandate)
    elif isinstance(officers.ballot, Silence) and not officers.rounds:
        yield Issue(code="gap-chair-ballot", state=LintState.ADVISABLE, clause=officers.clause)
    if isinstance(mandate.one_seat_each, Silence) and len(mandate.groups) > 1:
        yield _of_council("gap-one-seat", mandate, LintState.ADVISABLE)


def _of_council(code: str, mandate: Mandate, state: LintState = LintState.UNSTATED) -> Issue:
    return Issue(code=code, state=state, clause=mandate.composition)


def _listed(words: Iterable[Text]) -> Text:
    found = list(words)
    return Text(da=", ".join(each.da for each in found), en=", ".join(each.en for each in found))
