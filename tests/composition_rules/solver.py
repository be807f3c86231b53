"""The same question put to HiGHS: one number for each person on each place, nothing grouped, nothing of our search."""

from __future__ import annotations

import highspy
import numpy as np

from composition_rules.places import PlaceRule, Problem

INFINITY = highspy.kHighsInf


def highs_finds_a_filling(problem: Problem) -> bool:
    """Whether HiGHS finds 0 or 1 for every person on every place that is open to them or decided."""
    decided = {(decision.person, decision.place) for decision in problem.decisions}
    cells = [
        (candidate.person, place)
        for candidate in problem.candidates
        for place in problem.places
        if place in candidate.places or (candidate.person.id, place) in decided
    ]
    rows: list[tuple[dict[int, float], float, float]] = []
    for candidate in problem.candidates:
        rows.append(({n: 1.0 for n, (who, _) in enumerate(cells) if who == candidate.person}, 0.0, 1.0))
    for place in problem.places:
        rows.append(({n: 1.0 for n, (_, where) in enumerate(cells) if where == place}, 0.0, 1.0))
    for rule in problem.rules:
        if not rule.preferred:
            weights = {n: float(rule.weight(who)) for n, (who, where) in enumerate(cells) if where in rule.places}
            rows.append((weights, *_bounds(rule)))
    if not cells:
        return all(least <= 0 <= most for _, least, most in rows)
    fixed = [1.0 if (who.id, where) in decided else 0.0 for who, where in cells]
    return solves(fixed, rows)


def _bounds(rule: PlaceRule) -> tuple[float, float]:
    least = -INFINITY if rule.at_least is None else float(rule.at_least)
    return least, INFINITY if rule.at_most is None else float(rule.at_most)


def solves(fixed: list[float], rows: list[tuple[dict[int, float], float, float]]) -> bool:
    """Whether there are 0s and 1s, 1 where ``fixed`` is, that respect the rows: coefficients, least, most."""
    number = len(fixed)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.addVars(number, np.array(fixed), np.ones(number))
    highs.changeColsIntegrality(
        number, np.arange(number, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * number)
    )
    starts, at, values = [], [], []
    for row, _, _ in rows:
        starts.append(len(at))
        at += row.keys()
        values += row.values()
    highs.addRows(
        len(rows),
        np.array([least for _, least, _ in rows]),
        np.array([most for _, _, most in rows]),
        len(at),
        np.array(starts, dtype=np.int32),
        np.array(at, dtype=np.int32),
        np.array(values),
    )
    highs.run()
    status = highs.getModelStatus()
    if status not in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible}:
        raise AssertionError(status)
    return bool(status == highspy.HighsModelStatus.kOptimal)
