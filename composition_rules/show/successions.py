"""The lines of a vacancy: who steps in, who was passed over, whose consent is asked, what may be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from composition_rules.mandate import Text
from composition_rules.show.words import where
from composition_rules.succession import Appointed, DecisionRequired, Outcome, Reason, SitsIn, StepsIn

Say = Callable[[str, Mapping[str, str | int]], str]


def outcome_lines(outcome: Outcome | SitsIn, language: str, say: Say) -> Iterator[str]:
    """What comes of a vacancy or an absence, with the lines of its source."""
    yield f"{_said(outcome.reason, language, say)} [{where(outcome.reason.clause)}]"
    for passed in outcome.passed_over:
        yield f"  {Text(da='Forbigået', en='Passed over').in_language(language)}: {_said(passed.reason, language, say)}"
    if isinstance(outcome, StepsIn | Appointed | SitsIn) and outcome.consents:
        asked = ", ".join(each.in_language(language) for each in outcome.consents)
        yield f"  {Text(da='Samtykke fra', en='Consent is asked of').in_language(language)}: {asked}"
    if isinstance(outcome, SitsIn):
        yield from _how_long(outcome, language)
    if isinstance(outcome, DecisionRequired):
        yield f"  {Text(da='Skal afgøres', en='To be decided').in_language(language)}:"
        for option in outcome.options:
            yield f"  - {say(option, {})}"
        if outcome.people:
            names = ", ".join(person.name for person in outcome.people)
            yield f"  {Text(da='Suppleanter', en='Alternates').in_language(language)}: {names}"


def _how_long(outcome: SitsIn, language: str) -> Iterator[str]:
    if outcome.until is not None:
        yield f"  {Text(da='Til og med', en='Until').in_language(language)}: {outcome.until}"
    if outcome.permanent_from is not None:
        vacant = Text(da="Derefter er pladsen ledig, fra", en="After that the seat is vacant, from")
        yield f"  {vacant.in_language(language)}: {outcome.permanent_from}"


def _said(reason: Reason, language: str, say: Say) -> str:
    return say(reason.code, reason.params_in(language))
