"""A choice in sentences of ``messages.py``: what binds it, everybody's chance, what was drawn and why."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from composition_rules.conflict import Line
from composition_rules.draw.counts import Chances, NoChoice
from composition_rules.draw.draws import Drawn, Ranked
from composition_rules.draw.limits import Limit
from composition_rules.draw.selection import Selection
from composition_rules.mandate import Text
from composition_rules.people import Person, PersonId

MOST_FAILED_SHOWN = 10


def selection_lines(selection: Selection) -> list[Line]:
    """What is to be chosen, what binds, what is only wished for, and the fingerprint of it all."""
    counted = (("place", selection.place), ("seats", selection.seats), ("applicants", len(selection.applicants)))
    lines = [Line(code="draw-asked", params=counted)]
    several = len(selection.cases) > 1
    lines += [Line(code="draw-cases", params=())] if several else []
    for number, case in enumerate(selection.cases, 1):
        lines += [Line(code="draw-case", params=(("number", number),))] if several else []
        lines += [_limit_line(limit, selection.seats) for limit in case if _binds(limit, selection.seats)]
    lines += [Line(code="draw-wish", params=(("rule", wish),)) for wish in selection.wishes]
    return [*lines, Line(code="draw-fingerprint", params=(("fingerprint", selection.fingerprint()),))]


def chances_lines(chances: Chances) -> list[Line]:
    """How many choices are valid, and everybody's chance."""
    lines = [Line(code="draw-valid", params=(("valid", chances.valid),))]
    for each in chances.chances:
        person = ("person", _named(each.person))
        if each.chance:
            params = (person, ("chance", str(each.chance)), ("percent", _percent(each.chance)))
            lines.append(Line(code="draw-chance", params=params))
        else:
            lines.append(Line(code="draw-no-chance", params=(person, ("rules", _titles(each.shut_out_by)))))
    return lines


def no_choice_lines(unmet: NoChoice) -> list[Line]:
    """Why there is no valid choice."""
    if not unmet.limits:
        params = (("applicants", unmet.applicants), ("seats", unmet.seats))
        return [Line(code="draw-too-few", params=params)]
    lines = [Line(code="draw-none", params=(("seats", unmet.seats), ("applicants", unmet.applicants)))]
    return lines + [_limit_line(limit, unmet.seats) for limit in unmet.limits]


def drawn_lines(drawn: Drawn, selection: Selection) -> list[Line]:
    """The lot attempt by attempt, with the numbers of the one that succeeded."""
    lines = [Line(code="draw-seed", params=(("seed", drawn.seed), ("place", drawn.place)))]
    for failed in drawn.failed[:MOST_FAILED_SHOWN]:
        first = ", ".join(failed.first)
        params = (("attempt", failed.number), ("people", first), ("rules", _titles(failed.broken)))
        lines.append(Line(code="draw-failed", params=params))
    more = len(drawn.failed) - MOST_FAILED_SHOWN
    if more > 0:
        lines.append(Line(code="draw-failed-more", params=(("number", more),)))
    lines.append(Line(code="draw-attempt", params=(("attempt", drawn.attempt),)))
    lines += [
        Line(code="draw-number", params=(("order", order), ("number", number), ("person", person)))
        for order, (person, number) in enumerate(drawn.numbers, 1)
    ]
    return [*lines, Line(code="draw-drawn", params=(("people", _names(drawn.chosen, selection)),))]


def ranked_lines(ranked: Ranked, selection: Selection) -> list[Line]:
    """Who was passed over, and who is chosen."""
    lines = [
        Line(
            code="draw-passed-over",
            params=(("person", _names([each.person], selection)), ("rules", _titles(each.limits))),
        )
        for each in ranked.passed_over
    ]
    return [*lines, Line(code="draw-chosen", params=(("people", _names(ranked.chosen, selection)),))]


def _binds(limit: Limit, seats: int) -> bool:
    return limit.at_least > 0 or limit.at_most < min(seats, len(limit.counted))


def _limit_line(limit: Limit, seats: int) -> Line:
    """A rule as what it still asks of those who are chosen."""
    if limit.at_most < limit.at_least or limit.at_least > seats:
        return Line(code="draw-rule-lost", params=(("rule", limit.title),))
    if limit.at_least == 0 and limit.at_most >= seats:
        return Line(code="draw-rule-with-others", params=(("rule", limit.title),))
    if limit.at_most >= seats:
        return Line(code="draw-rule-at-least", params=(("rule", limit.title), ("number", limit.at_least)))
    if limit.at_least == 0:
        return Line(code="draw-rule-at-most", params=(("rule", limit.title), ("number", limit.at_most)))
    params = (("rule", limit.title), ("number", limit.at_least), ("most", limit.at_most))
    return Line(code="draw-rule-between", params=params)


def _titles(limits: Iterable[Limit]) -> Text:
    titles = [limit.title for limit in limits]
    return Text(da="; ".join(title.da for title in titles), en="; ".join(title.en for title in titles))


def _named(person: Person) -> str:
    return f"{person.name} ({person.id})"


def _names(people: Iterable[PersonId], selection: Selection) -> str:
    known = {person.id: person for person in selection.applicants}
    return ", ".join(_named(known[person]) for person in people)


def _percent(chance: Fraction) -> Text:
    """To the nearest tenth, with the decimal sign of each language."""
    whole, tenth = divmod(round(chance * 1000), 10)
    return Text(da=f"{whole},{tenth}", en=f"{whole}.{tenth}")
