"""What happens when a place falls empty, or when a member is away for a time.

``succession`` says who steps in, ``vacate`` and ``succeed`` do it. An absence is another thing: the member keeps the
seat; ``substitution`` says who may sit in, ``call_in`` does it. Leaves to ``check`` what the council then lacks.
"""

from composition_rules.succession.absence import Absence, SitsIn, call_in, substitution
from composition_rules.succession.acts import succeed, vacate
from composition_rules.succession.outcomes import (
    Appointed,
    ByElection,
    DecisionRequired,
    Option,
    Outcome,
    PassedOver,
    Reason,
    StaysEmpty,
    StepsIn,
    Vacancy,
)
from composition_rules.succession.vacancies import succession

__all__ = [
    "Absence",
    "Appointed",
    "ByElection",
    "DecisionRequired",
    "Option",
    "Outcome",
    "PassedOver",
    "Reason",
    "SitsIn",
    "StaysEmpty",
    "StepsIn",
    "Vacancy",
    "call_in",
    "substitution",
    "succeed",
    "succession",
    "vacate",
]
