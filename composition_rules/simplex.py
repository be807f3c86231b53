"""Linear inequalities over bounded variables, decided exactly with whole numbers and fractions.

The method of Dutertre and de Moura ("A fast linear-arithmetic solver for DPLL(T)", 2006): every row is a variable
of its own, equal to a sum of others, and has bounds like any other. Bounds can be changed at any time and the rows
stay valid, so one tableau answers many questions that differ in their bounds only, and a sum of rows that proves one of
them impossible is tried on the next. It knows no whole solutions:
``feasible.py`` branches on what is left broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from composition_rules.errors import SearchLimitError

Number = int | Fraction  # whole where it can be: that is faster
Weights = dict[int, int]  # of variables whose weighted sum is 0 whatever the bounds are
_BEFORE_BLAND = 400  # steps by greatest gain, before the rule that cannot run in circles
_WOKEN = 10  # columns at once
_PROOFS = 30


class Tableau:
    """Variables 0 to ``columns`` - 1, never below 0, then one variable for each row of integer coefficients.

    A column sleeps at 0, and stands in no row, until it has to be more or mends what no other does: most never do.
    ``steps_left`` falls by one with each pivot. ``blamed`` are the variables on whose bounds the latest proof rests.
    The proofs of a tableau ``before``, of the same rows, are taken over.
    """

    __slots__ = (
        "_columns",
        "_dens",
        "_proofs",
        "_rows",
        "_sleeping",
        "blamed",
        "highs",
        "lows",
        "steps_left",
        "values",
    )

    def __init__(
        self, columns: int, rows: Sequence[Mapping[int, int]], steps: int, before: Tableau | None = None
    ) -> None:
        size = columns + len(rows)
        self.lows: list[int | None] = [0] * columns + [None] * len(rows)
        self.highs: list[int | None] = [None] * size
        self.values: list[Number] = [0] * size
        self.steps_left = steps
        self.blamed: frozenset[int] = frozenset()
        self._columns: list[dict[int, int]] = [{} for _ in range(columns)]
        for row, coefficients in enumerate(rows, columns):
            for column, coefficient in coefficients.items():
                self._columns[column][row] = coefficient
        self._sleeping = dict.fromkeys(range(columns))
        # basic variable b: _dens[b] * b = sum of coefficient * variable over _rows[b] and over what sleeps
        self._rows: dict[int, dict[int, int]] = {row: {} for row in range(columns, size)}
        self._dens: dict[int, int] = dict.fromkeys(self._rows, 1)
        self._proofs: list[tuple[tuple[int, int], ...]] = [] if before is None else before._proofs

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
        if self._is_refuted():
            return False
        steps = 0
        while broken := self._broken():
            if steps >= _BEFORE_BLAND:
                broken = {min(broken): broken[min(broken)]}
            weights, scale = self._added(broken)
            able = [
                variable
                for variable, weight in weights.items()
                if weight and variable not in self._rows and self._can_move(variable, rises=weight < 0)
            ]
            if able:
                self._step()
                steps += 1
                if steps <= _BEFORE_BLAND:
                    entering = max(able, key=lambda variable: (abs(weights[variable]), -variable))
                    self._mend_most(entering, -weights[entering], scale)
                else:
                    self._mend_first(broken, min(able))
            elif not self._wake_some(weights):
                self._proofs.insert(0, tuple(sorted(weights.items(), reverse=True)))
                del self._proofs[_PROOFS:]
                self.blamed = frozenset(variable for variable, weight in weights.items() if weight)
                return False
        return True

    def _is_refuted(self) -> bool:
        """Whether bounds exclude each other, or a sum that is always 0, known from before, cannot be 0 within them."""
        for variable, (low, high) in enumerate(zip(self.lows, self.highs, strict=True)):
            if low is not None and high is not None and low > high:
                self.blamed = frozenset({variable})
                return True
        for number, proof in enumerate(self._proofs):
            least = 0
            for variable, weight in proof:
                bound = self.lows[variable] if weight > 0 else self.highs[variable]
                if bound is None:
                    break
                least += weight * bound
            else:
                if least > 0:
                    self._proofs.insert(0, self._proofs.pop(number))
                    self.blamed = frozenset(variable for variable, weight in proof if weight)
                    return True
        return False

    def _step(self) -> None:
        if self.steps_left <= 0:
            raise SearchLimitError("search-limit")
        self.steps_left -= 1

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

    def _added(self, broken: Mapping[int, int]) -> tuple[Weights, int]:
        """The rows of what is broken in one, and the scale that makes its weights whole: that is faster.

        A variable of negative weight mends by rising, one of positive weight by falling. When none can, no move lowers
        the sum of all that is broken: its least is above nothing, and no solution exists.
        """
        scale = lcm(*(self._dens[basic] for basic in broken))
        weights: Weights = {}
        for basic, way in broken.items():
            times = way * scale // self._dens[basic]
            for variable, coefficient in self._rows[basic].items():
                weights[variable] = weights.get(variable, 0) - times * coefficient
        weights.update((basic, way * scale) for basic, way in broken.items())
        return weights, scale

    def _wake_some(self, weights: Weights) -> bool:
        """Wake the columns that mend most. When none mends, add the weights of all that sleep: the sum is a proof."""
        gains = {}
        for column in self._sleeping:
            gain = 0
            for row, coefficient in self._columns[column].items():
                if row in weights:
                    gain += weights[row] * coefficient
            if gain:
                gains[column] = gain
        able = [column for column, gain in gains.items() if gain > 0 and self._can_move(column, rises=True)]
        for column in sorted(able, key=lambda column: (-gains[column], column))[:_WOKEN]:
            self._wake(column)
        if not able:
            weights.update((column, -gain) for column, gain in gains.items())
        return bool(able)

    def _wake(self, column: int) -> None:
        """Put a column into the rows, as they have become by now."""
        del self._sleeping[column]
        own = self._columns[column]
        for basic, row in self._rows.items():
            coefficient = own.get(basic, 0) * self._dens[basic]
            for variable, times in own.items():
                if variable in row:
                    coefficient -= row[variable] * times
            if coefficient:
                row[column] = coefficient

    def _mend_most(self, entering: int, gain: int, scale: int) -> None:
        """Take a variable as far as it mends."""
        slope, way = _quotient(abs(gain), scale), 1 if gain > 0 else -1
        for _, _, basic, bound, rate in sorted(self._stops(entering, way)):
            slope -= rate
            if basic == entering:
                self._move(entering, bound)
                return
            if slope <= 0:
                self._exchange(basic, entering, bound)
                return
        raise AssertionError  # what is broken is mended somewhere on the way

    def _mend_first(self, broken: Mapping[int, int], entering: int) -> None:
        """Mend the first broken variable by the first that can move: slow, but it cannot run in circles (Bland)."""
        ((basic, way),) = broken.items()
        bound = self.lows[basic] if way > 0 else self.highs[basic]
        if bound is None:
            raise AssertionError  # what has no bound is not broken
        self._exchange(basic, entering, bound)

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

    def _can_move(self, variable: int, *, rises: bool) -> bool:
        bound = self.highs[variable] if rises else self.lows[variable]
        return bound is None or self.values[variable] != bound

    def _move(self, variable: int, value: Number) -> None:
        """Give a variable outside the basis another value."""
        if variable in self._sleeping:
            self._wake(variable)
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
        common = gcd(factor, scale)
        factor, scale = factor // common, scale // common
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
