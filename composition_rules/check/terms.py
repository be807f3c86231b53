"""Until when a person sits, and until when so many months last."""

from __future__ import annotations

from datetime import date, timedelta

from composition_rules.council import Holding
from composition_rules.mandate import Mandate, Silence

# Municipal elections are held in November of these years; the period ends with the year (domain note, section 5).
_PERIOD_ENDS, _PERIOD_YEARS = 2025, 4


def term_end(mandate: Mandate, holding: Holding) -> date | None:
    """The last day of the term in which a person took a place; None where nothing is said of it."""
    term = mandate.term_of(holding.group)
    if isinstance(term, Silence):
        return None
    if term.municipal_period is True:
        return _last_day_of_period(holding.since)
    return None if isinstance(term.years, Silence) else _last_day(holding.since, term.years)


def _last_day_of_period(since: date) -> date:
    """The last day of the municipal period: 31 December of 2025, 2029 and every fourth year."""
    year = since.year + (_PERIOD_ENDS - since.year) % _PERIOD_YEARS
    return date(min(year, date.max.year), 12, 31)


def _last_day(since: date, years: int) -> date:
    """The day before ``since`` comes round for the ``years``-th time; 29 February comes round on 1 March."""
    year = since.year + years
    if year > date.max.year:
        return date.max
    try:
        return since.replace(year=year) - timedelta(days=1)
    except ValueError:
        return date(year, 2, 28)


def last_of_months(since: date, months: int) -> date:
    """The last of so many months from ``since``: from 15 January one month is until 14 February.

    A month that is too short ends on its last day.
    """
    years, month = divmod(since.month - 1 + months, 12)
    year, day = since.year + years, since.day
    if year > date.max.year:
        return date.max
    while True:
        try:
            return date(year, month + 1, day) - timedelta(days=1 if day == since.day else 0)
        except ValueError:
            day -= 1
