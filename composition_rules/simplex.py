"""Linear inequalities over bounded variables, decided exactly with whole numbers and fractions.

The method of Dutertre and de Moura ("A fast linear-arithmetic solver for DPLL(T)", 2006): every row is a variable
of its own, equal to a sum of others, and has bounds like any other. Bounds can be changed at any time and the rows
stay valid, so one tableau answers many questions that differ in their bounds only. It knows no whole solutions:
``feasible.py`` branches on what is left broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from composition_rules.errors import SearchLimitError

Number = int | Fraction  # whole where it can be: that is faster
_BEFORE_BLAND = 400  # steps by greatest gain, before the rule that cannot run in circles


class Tableau:
    """Variables 0 to ``columns`` - 1, then one variable for each row of integer coefficients.

    ``steps_left`` falls by one with each pivot.
    """

    __slots__ = ("_dens", "_rows", "highs", "lows", "steps_left", "values")

    def __init__(self, columns: int, rows: Sequence[Mapping[int, int]], steps: int) -> None:
        size = columns + len(rows)
        self.lows: list[int | None] = [0] * columns + [None] * len(rows)
        self.highs: list[int | None] = [None] * size
        self.values: list[Number] = [0] * size
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
            self._move(variable, low)
        elif high is not None and value > high:
            self._move(variable, high)

    def is_solvable(self) -> bool:
        """Whether some fractions respect all rows and bounds; ``values`` then holds such.

        Raises:
            SearchLimitError: no step is left (code search-limit).
        """
        if any(
            low is not None and high is not None and low > high for low, high in zip(self.lows, self.highs, strict=True)
        ):
            return False
        steps = 0
        while broken := self._broken():
            if self.steps_left <= 0:
                raise SearchLimitError("search-limit")
            self.steps_left -= 1
            steps += 1
            if not (self._mend_most(broken) if steps < _BEFORE_BLAND else self._mend_first(broken)):
                return False
        return True

    def _broken(self) -> dict[int, int]:
        """The basic variables outside their bounds: 1 for one that must rise, -1 for one that must fall."""
        broken = {}
        for basic in self._rows:
            value, low, high = self.values[basic], self.lows[basic], self.highs[basic]
            if low is not None and value < low:
                broken[basic] = 1
            elif high is not None and value > high:
                broken[basic] = -1
        return broken

    def _mend_most(self, broken: dict[int, int]) -> bool:
        """Take the variable that mends most for each unit it moves, as far as it mends. False when none mends.

        Then no move lowers the sum of all that is broken: its least is above nothing, and no solution exists.
        """
        scale = lcm(*(self._dens[basic] for basic in broken))  # so that the gains are whole numbers: that is faster
        gains: dict[int, int] = {}
        for basic, way in broken.items():
            times = way * scale // self._dens[basic]
            for variable, coefficient in self._rows[basic].items():
                gains[variable] = gains.get(variable, 0) + times * coefficient
        best = (0, 0)
        for variable, gain in gains.items():
            if gain and abs(gain) >= best[0] and self._can_move(variable, rises=gain > 0):
                best = max(best, (abs(gain), -variable))
        slope, entering = _quotient(best[0], scale), -best[1]
        if not slope:
            return False
        way = 1 if gains[entering] > 0 else -1
        for _, _, basic, bound, rate in sorted(self._stops(entering, way)):
            slope -= rate
            if basic == entering:
                self._move(entering, bound)
                return True
            if slope <= 0:
                self._exchange(basic, entering, bound)
                return True
        raise AssertionError  # what is broken is mended somewhere on the way

    def _stops(self, entering: int, way: int) -> Iterator[tuple[Number, int, int, int, Number]]:
        """Where a variable comes to a bound when ``entering`` moves: distance, the variable twice, bound, rate."""
        own = self.highs[entering] if way > 0 else self.lows[entering]
        if own is not None:
            yield _size(own - self.values[entering]), entering, entering, own, 0
        for basic, row in self._rows.items():
            coefficient = row.get(entering)
            if not coefficient:
                continue
            rate = way * _quotient(coefficient, self._dens[basic])
            value = self.values[basic]
            for bound in (self.lows[basic], self.highs[basic]):
                if bound is None or (bound - value) * rate < 0:
                    continue
                if (
                    bound == value
                    and (bound == self.lows[basic]) is (rate > 0)
                    and self.lows[basic] != self.highs[basic]
                ):
                    continue  # it leaves the bound inwards
                yield _quotient(bound - value, rate), basic, basic, bound, _size(rate)

    def _mend_first(self, broken: dict[int, int]) -> bool:
        """Mend the first broken variable by the first that can move: slow, but it cannot run in circles (Bland)."""
        basic = min(broken)
        rises = broken[basic] > 0
        able = [
            variable
            for variable, coefficient in self._rows[basic].items()
            if self._can_move(variable, rises=(coefficient > 0) is rises)
        ]
        bound = self.lows[basic] if rises else self.highs[basic]
        if not able or bound is None:
            return False
        self._exchange(basic, min(able), bound)
        return True

    def _can_move(self, variable: int, *, rises: bool) -> bool:
        bound = self.highs[variable] if rises else self.lows[variable]
        return bound is None or self.values[variable] != bound

    def _move(self, variable: int, value: Number) -> None:
        """Give a variable outside the basis another value."""
        change = value - self.values[variable]
        self.values[variable] = value
        for basic, row in self._rows.items():
            coefficient = row.get(variable)
            if coefficient:
                self.values[basic] += _quotient(change * coefficient, self._dens[basic])

    def _exchange(self, leaving: int, entering: int, target: Number) -> None:
        """Put ``entering`` into the basis in place of ``leaving``, which takes the value ``target``."""
        row, den = self._rows.pop(leaving), self._dens.pop(leaving)
        coefficient = row.pop(entering)
        change = _quotient((target - self.values[leaving]) * den, coefficient)
        self._move(entering, self.values[entering] + change)
        self.values[leaving] = target
        sign = 1 if coefficient > 0 else -1
        solved = {variable: -sign * value for variable, value in row.items()}
        solved[leaving] = sign * den
        scale = sign * coefficient
        for basic in [basic for basic, other in self._rows.items() if entering in other]:
            self._substitute(basic, entering, solved, scale)
        self._rows[entering], self._dens[entering] = solved, scale

    def _substitute(self, basic: int, variable: int, solved: dict[int, int], scale: int) -> None:
        """Put ``solved`` / ``scale`` in the place of ``variable`` in one row."""
        row = self._rows[basic]
        factor = row.pop(variable)
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


def _quotient(number: Number, by: Number) -> Number:
    if by == 1:
        return number
    quotient = Fraction(number, by)
    return quotient.numerator if quotient.denominator == 1 else quotient


def _size(number: Number) -> Number:
    return number if number >= 0 else -number
