"""Rules and decisions that cannot stand together: taking any one of them away leaves the rest possible.

Found by deletion: each is left out in turn, and stays out when the rest is still impossible, until none can be.
Decisions are tried first, then quotas, then the rules that seats are filled; so the answer speaks of decisions only
where the rules alone could be met, and of empty seats where people are lacking altogether. Decisions that contradict
each other come before all else. That a person takes one place at most is never left out, and so is no part of a
conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from composition_rules.feasible import DEFAULT_STEPS, Model, Question
from composition_rules.mandate import Text
from composition_rules.matching import HallSet, hall_set
from composition_rules.people import PersonId
from composition_rules.places import Counts, Decision, Place, PlaceRule, Problem

Part = PlaceRule | Decision
Value = str | int | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A minimal conflict: rules in the order of the mandate, decisions in the order of the places.

    ``hall`` is there when it is people that are lacking: places that only these, fewer people could take.
    """

    rules: tuple[PlaceRule, ...]
    decisions: tuple[Decision, ...]
    hall: HallSet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of ``messages.py`` and what fills it."""

    code: str
    params: tuple[tuple[str, Value], ...]

    def params_in(self, language: str) -> dict[str, str | int]:
        """The params as words and numbers of one language."""
        return {name: value.in_language(language) if isinstance(value, Text) else value for name, value in self.params}


def find_conflict(problem: Problem, *, steps: int = DEFAULT_STEPS) -> Conflict | None:
    """A minimal conflict, or None when the problem has a filling.

    Raises:
        FillingError: the problem contradicts itself.
        SearchLimitError: the steps ended before there was an answer.
    """
    model = Model(problem, steps=steps)
    return None if model.is_possible(Question()) else conflict_in(model)


def conflict_in(model: Model) -> Conflict:
    """A minimal conflict of a model that has no filling.

    Raises:
        SearchLimitError: the steps ended before there was an answer.
    """
    parts = parts_of(model)
    rules_alone = [part for part in parts if isinstance(part, PlaceRule)]
    if not model.is_possible(leaving_out(rules_alone)):  # the decisions contradict each other: say only that
        parts = [*rules_alone, *model.decisions]
    left_out: list[Part] = []
    before = -1
    while before < len(left_out):
        before = len(left_out)
        for part in parts:
            if part not in left_out and not model.is_possible(leaving_out([*left_out, part])):
                left_out.append(part)
        if not model.decisions:
            break  # else a decision taken back can close a place to its person, so that another part is needless now
    kept = [part for part in parts if part not in left_out]
    rules = tuple(rule for rule in model.rules if rule in kept)
    decisions = tuple(decision for decision in model.decisions if decision in kept)
    return Conflict(rules=rules, decisions=decisions, hall=_lacking_people(model.problem, rules, decisions))


def parts_of(model: Model) -> list[Part]:
    """Everything that can be in conflict, in the order in which it is tried without: last what a reader looks for."""
    rules = [rule for rule in reversed(model.rules) if not rule.preferred and rule.is_binding()]
    return [
        *model.decisions,
        *(rule for rule in rules if not rule.is_headcount()),
        *(rule for rule in rules if rule.is_headcount()),
    ]


def leaving_out(parts: Iterable[Part]) -> Question:
    """The question without these rules and decisions."""
    without = list(parts)
    return Question(
        bounds={part.name: (None, None) for part in without if isinstance(part, PlaceRule)},
        without=frozenset(part for part in without if isinstance(part, Decision)),
    )


def conflict_lines(conflict: Conflict, problem: Problem) -> tuple[Line, ...]:
    """The conflict in sentences: its rules, its decisions, and the people that are too few."""
    lines = [_rule_line(rule) for rule in conflict.rules]
    decisions = sorted(conflict.decisions, key=lambda one: (reading_order(problem, one.place), one.person))
    lines += [Line(code="conflict-decision", params=decision_params(one, problem)) for one in decisions]
    if conflict.hall is not None:
        names = {candidate.person.id: candidate.person.name for candidate in problem.candidates}
        people = conflict.hall.people
        params: tuple[tuple[str, Value], ...] = (
            ("number", len(conflict.hall.places)),
            ("people", len(people)),
            ("names", ", ".join(names[person] for person in people) or "–"),
        )
        lines.append(Line(code="conflict-too-few-people", params=params))
    return tuple(lines)


def decision_params(decision: Decision, problem: Problem) -> tuple[tuple[str, Value], ...]:
    """Who was given which place, for a sentence."""
    names = {candidate.person.id: candidate.person.name for candidate in problem.candidates}
    place = decision.place
    return (
        ("person", names[decision.person]),
        ("number", place.number),
        ("group", title_of(problem, place)),
    )


def title_of(problem: Problem, place: Place) -> Text:
    """What the group of a place is called: as the narrowest rule that counts everybody there calls it."""
    counting = _counting(problem, place)
    return Text(da=place.group, en=place.group) if counting is None else counting.title


def reading_order(problem: Problem, place: Place) -> tuple[int, tuple[str, bool, int]]:
    """What places are put in order by for a reader: by the rules that name their groups, as the mandate has them."""
    counting = _counting(problem, place)
    return (len(problem.rules) if counting is None else counting.order), place.key


def _counting(problem: Problem, place: Place) -> PlaceRule | None:
    counting = [rule for rule in problem.rules if rule.is_headcount() and place in rule.places]
    return min(counting, key=lambda rule: (len(rule.places), rule.order, rule.name), default=None)


def _rule_line(rule: PlaceRule) -> Line:
    params: list[tuple[str, Value]] = [("rule", rule.title)]
    least, most = rule.at_least, rule.at_most
    if rule.less:
        code = _code_beside(rule)
    elif rule.counts is Counts.BALANCE:
        code = "conflict-majority"
    elif rule.counts is Counts.LACKING:
        code = "conflict-all"
    elif most is None:
        code = "conflict-share" if rule.share else "conflict-at-least"
        params.append(("number", least or 0))
    elif least is None:
        code = "conflict-at-most"
        params.append(("number", most))
    else:
        code = "conflict-between"
        params += [("number", least), ("most", most)]
    return Line(code=code, params=tuple(params))


def _code_beside(rule: PlaceRule) -> str:
    """The sentence of a rule that holds people on some places against people on others."""
    if rule.at_least is not None and rule.at_most is not None:
        return "conflict-equal"
    return "conflict-alternates-of-each" if rule.at_most is None else "conflict-alternates-of-members"


def _lacking_people(problem: Problem, rules: tuple[PlaceRule, ...], decisions: tuple[Decision, ...]) -> HallSet | None:
    """The Hall set of the places that the conflict wants filled, by eligibility and decision alone.

    Where a person may have a place of each group, the places of each group are looked at by themselves.
    """
    eligible = _wanted(problem, rules, decisions)
    groups = {place.group for place in eligible}
    for group in ["", *sorted(groups)] if problem.one_place_each else sorted(groups):
        found = hall_set({place: people for place, people in eligible.items() if group in ("", place.group)})
        if found is not None:
            return found
    return None


def _wanted(
    problem: Problem, rules: tuple[PlaceRule, ...], decisions: tuple[Decision, ...]
) -> dict[Place, frozenset[PersonId]]:
    """The places that need a person each, and who could take them.

    All places of a rule that wants them all; and of one that wants some of its places, and shares them with no other
    rule or decision, as many as it wants: for these the people who may take any of them.
    """
    asking = [rule for rule in rules if rule.at_least and not rule.less and rule.counts is Counts.HAVING]
    full = [rule for rule in asking if rule.at_least == len(rule.places)]
    decided = {decision.place: decision.person for decision in decisions}
    found = {place: frozenset({person}) for place, person in decided.items()}
    for place in {place for rule in full for place in rule.places} - set(decided):
        found[place] = _people_for({place}, [rule for rule in full if place in rule.places], problem, rules)
    for rule in asking:
        others = (other for other in asking if other != rule and not (rule.share and rule.share == other.share))
        apart = rule.places.isdisjoint(decided) and all(rule.places.isdisjoint(other.places) for other in others)
        if apart and rule not in full:
            free = sorted(rule.places - set(found), key=lambda place: place.key)
            people = _people_for(rule.places, [rule], problem, rules)
            found |= dict.fromkeys(free[: rule.at_least], people)
    return found


def _people_for(
    places: Set[Place], asking: list[PlaceRule], problem: Problem, rules: tuple[PlaceRule, ...]
) -> frozenset[PersonId]:
    """Who may take one of these places, has what is asked there and is not barred from it by the conflict."""
    barring = [rule for rule in rules if rule.at_most == 0 and not rule.less and places <= rule.places]
    return frozenset(
        candidate.person.id
        for candidate in problem.candidates
        if not candidate.places.isdisjoint(places)
        and all(rule.fits(candidate.person) for rule in asking)
        and not any(rule.weight(candidate.person) > 0 for rule in barring)
    )
