"""Linear inequalities over bounded variables, decided exactly with whole numbers and fractions.

The method of Dutertre and de Moura ("A fast linear-arithmetic solver for DPLL(T)", 2006): every row is a variable
of its own, equal to a sum of others, and has bounds like any other. Bounds can be changed at any time and the rows
stay valid, so one tableau answers many questions that differ in their bounds only. It knows no whole solutions:
``feasible.py`` branches on what is left broken.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd

from composition_rules.errors import SearchLimitError

_BEFORE_BLAND = 40  # pivots by largest violation, before the rule that cannot run in circles


class Tableau:
    """Variables 0 to ``columns`` - 1, then one variable for each row of integer coefficients.

    ``steps_left`` falls by one with each pivot.
    """

    __slots__ = ("_dens", "_rows", "highs", "lows", "steps_left", "values")

    def __init__(self, columns: int, rows: list[Mapping[int, int]], steps: int) -> None:
        size = columns + len(rows)
        self.lows: list[int | None] = [0] * columns + [None] * len(rows)
        self.highs: list[int | None] = [None] * size
        self.values: list[Fraction] = [Fraction(0)] * size
        # basic variable b: _dens[b] * b = sum of coefficient * variable over _rows[b]
        self._rows: dict[int, dict[int, int]] = {columns + index: dict(row) for index, row in enumerate(rows)}
        self._dens: dict[int, int] = dict.fromkeys(self._rows, 1)
        self.steps_left = steps

    def bound(self, variable: int, low: int | None, high: int | None) -> None:
        """Replace the bounds of a variable."""
        self.lows[variable], self.highs[variable] = low, high
        if variable in self._rows:
            return
        value = self.values[variable]
        if low is not None and value < low:
            self._move(variable, Fraction(low))
        elif high is not None and value > high:
            self._move(variable, Fraction(high))

    def is_solvable(self) -> bool:
        """Whether some fractions respect all rows and bounds; ``values`` then holds such.

        Raises:
            SearchLimitError: no step is left (code search-limit).
        """
        pivots = 0
        if any(low is not None and high is not None and low > high for low, high in zip(self.lows, self.highs, strict=True)):
            return False
        while (broken := self._broken(by_size=pivots < _BEFORE_BLAND)) is not None:
            low = self.lows[broken]
            rises = low is not None and self.values[broken] < low
            entering = self._entering(broken, rises=rises)
            if entering is None:
                return False
            target = low if rises else self.highs[broken]
            if target is None:  # a variable is broken at a bound that it has
                raise AssertionError
            if self.steps_left <= 0:
                raise SearchLimitError("search-limit")
            self.steps_left -= 1
            pivots += 1
            self._exchange(broken, entering, Fraction(target))
        return True

    def _broken(self, *, by_size: bool) -> int | None:
        """The basic variable to mend: furthest from its bounds, or the first. None when all are within."""
        worst, found = Fraction(0), None
        for basic in sorted(self._rows):
            value, low, high = self.values[basic], self.lows[basic], self.highs[basic]
            if low is not None and value < low:
                distance = low - value
            elif high is not None and value > high:
                distance = value - high
            else:
                continue
            if not by_size:
                return basic
            if distance > worst:
                worst, found = distance, basic
        return found

    def _entering(self, basic: int, *, rises: bool) -> int | None:
        """The first variable of the row that can still move the right way."""
        found = None
        for variable, coefficient in self._rows[basic].items():
            if (coefficient > 0) is rises:
                high = self.highs[variable]
                free = high is None or self.values[variable] < high
            else:
                low = self.lows[variable]
                free = low is None or self.values[variable] > low
            if free and (found is None or variable < found):
                found = variable
        return found

    def _move(self, variable: int, value: Fraction) -> None:
        """Give a variable outside the basis another value."""
        change = value - self.values[variable]
        self.values[variable] = value
        for basic, row in self._rows.items():
            coefficient = row.get(variable)
            if coefficient:
                self.values[basic] += change * Fraction(coefficient, self._dens[basic])

    def _exchange(self, leaving: int, entering: int, target: Fraction) -> None:
        """Put ``entering`` into the basis in place of ``leaving``, which takes the value ``target``."""
        row, den = self._rows.pop(leaving), self._dens.pop(leaving)
        coefficient = row.pop(entering)
        change = (target - self.values[leaving]) * Fraction(den, coefficient)
        self._move(entering, self.values[entering] + change)
        self.values[leaving] = target
        sign = 1 if coefficient > 0 else -1
        solved = {variable: -sign * value for variable, value in row.items()}
        solved[leaving] = sign * den
        scale = sign * coefficient
        for basic in self._rows:
            self._substitute(basic, entering, solved, scale)
        self._rows[entering], self._dens[entering] = solved, scale

    def _substitute(self, basic: int, variable: int, solved: dict[int, int], scale: int) -> None:
        """Put ``solved`` / ``scale`` in the place of ``variable`` in one row."""
        row = self._rows[basic]
        factor = row.pop(variable, 0)
        if not factor:
            return
        if scale != 1:
            for other in row:
                row[other] *= scale
            self._dens[basic] *= scale
        for other, value in solved.items():
            total = row.get(other, 0) + factor * value
            if total:
                row[other] = total
            else:
                row.pop(other, None)
        if self._dens[basic] != 1:
            common = gcd(self._dens[basic], *row.values())
            if common != 1:
                self._dens[basic] //= common
                self._rows[basic] = {other: value // common for other, value in row.items()}
