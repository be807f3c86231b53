"""Whether those who nominate proposed as many women as men, or said why not (ligestillingsloven § 10 a).

For one seat that is a woman and a man. The rule speaks of members, so the nomination of an alternate is not asked
for. Which seats are filled on nomination the mandate says (route ``nomination``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from composition_rules.check.findings import Finding, FindingState, Param, names_of
from composition_rules.council import Council, Nomination
from composition_rules.mandate import Clause, Route, SeatGroup
from composition_rules.people import Person
from composition_rules.statute import load_statute

STATUTE: Final = "ligestillingsloven-10a"
_EQUAL, _REASON = "equal-numbers", "reason-at-once"
_WOMAN, _MAN = "gender:woman", "gender:man"


def check_nominations(council: Council, group: SeatGroup, members: tuple[Person, ...], on: date) -> Iterator[Finding]:
    """The nominations that brought the ``members`` of a group, one finding each; then whose nomination is lacking."""
    version = load_statute(STATUTE).version_on(on)
    if group.route is not Route.NOMINATION or not members or version is None:
        return
    clauses = {rule.id: rule.clause for rule in version.rules}
    ids = {person.id for person in members}
    nominated: set[str] = set()
    made = [each for each in council.nominations if each.group == group.id and each.on <= on]
    for nomination in sorted(made, key=lambda each: each.on):
        proposed = {person.id for person in nomination.proposed}
        if proposed & ids:
            nominated |= proposed
            yield _pair(group, nomination, clauses)
    without = tuple(person for person in members if person.id not in nominated)
    if without:
        yield Finding(
            code="nomination-unrecorded",
            state=FindingState.NOT_YET,
            group=group.id,
            clause=clauses[_EQUAL],
            people=without,
            params={"group": group.title, "people": names_of(without)},
        )


def _pair(group: SeatGroup, nomination: Nomination, clauses: Mapping[str, Clause]) -> Finding:
    proposed = tuple(person.on(nomination.on) for person in nomination.proposed)
    women = [person for person in proposed if person.has(_WOMAN)]
    men = [person for person in proposed if person.has(_MAN)]
    unknown = tuple(person for person in proposed if not (person.has(_WOMAN) or person.has(_MAN)))
    params: dict[str, Param] = {
        "group": group.title,
        "nominated_by": nomination.nominated_by,
        "day": nomination.on,
        "women": len(women),
        "men": len(men),
    }
    concerned, rule = proposed, _EQUAL
    if nomination.reason is not None:
        code, state, rule = "gender-reason-given", FindingState.MET, _REASON
        params["reason"] = nomination.reason
    elif unknown:
        code, state, concerned = "gender-unknown", FindingState.NOT_YET, unknown
        params["people"] = names_of(unknown)
    elif len(women) == len(men):
        code, state = "gender-pair", FindingState.MET
    else:
        code, state = "gender-pair-missing", FindingState.NOT_YET
    return Finding(code=code, state=state, group=group.id, clause=clauses[rule], people=concerned, params=params)
