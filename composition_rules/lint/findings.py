"""What lint says of a mandate: one finding for each thing that is against a statute, lacking, open or worth saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from composition_rules.mandate import Clause, SeatGroup, SeatGroupId, Text
from composition_rules.statute import StatuteId, StatuteRule

Param = str | int | Text


class LintState(StrEnum):
    """How grave a finding is, the gravest first."""

    FORBIDDEN = "forbidden"  # the mandate says, or allows, what the statute does not allow
    MISSING = "missing"  # the statute demands something that the mandate does not have
    UNSTATED = "unstated"  # the mandate is silent on something that has to be settled
    ADVISABLE = "advisable"  # nothing is wrong; it is worth knowing, or doing


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A finding before it is known which statute, if any, it rests on."""

    code: str
    state: LintState
    clause: Clause
    group: SeatGroupId | None = None
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """One finding: the sentence of ``code`` filled with ``params``, and the words it rests on.

    ``clause`` is of the mandate: what it says, or where it is silent, its clause on the composition.
    ``statute_clause`` is of the statute, None for what follows from the mandate alone; ``rule`` is the id of the
    rule of the statute.
    """

    code: str
    state: LintState
    statute: StatuteId | None
    rule: str | None
    statute_clause: Clause | None
    clause: Clause
    group: SeatGroupId | None
    params: Mapping[str, Param] = field(hash=False)

    def params_in(self, language: str) -> dict[str, str | int]:
        """The params as words and numbers of one language."""
        return {
            name: value.in_language(language) if isinstance(value, Text) else value
            for name, value in self.params.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """All findings of a mandate, the gravest first, and the rules of statutes that it was held against.

    ``met`` are those of them that gave no finding.
    """

    findings: tuple[LintFinding, ...]
    held: tuple[StatuteRule, ...]
    met: tuple[StatuteRule, ...]

    @property
    def lawful(self) -> bool:
        """Whether nothing is forbidden and nothing missing."""
        return not any(each.state in (LintState.FORBIDDEN, LintState.MISSING) for each in self.findings)


def in_group(code: str, state: LintState, group: SeatGroup, /, **params: Param) -> Issue:
    """An issue of one seat group, resting on its clause."""
    return Issue(code=code, state=state, clause=group.clause, group=group.id, params={"group": group.title, **params})
