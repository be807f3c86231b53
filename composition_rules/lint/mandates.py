"""A mandate held against the statutes as they stood on its day, and against its own silences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from composition_rules.lint.findings import Issue, LintFinding, LintReport, LintState, Param
from composition_rules.lint.gaps import gaps
from composition_rules.lint.statutes import issues_of
from composition_rules.mandate import Mandate, Silence
from composition_rules.statute import Statute, StatuteRule, StatuteVersion, shipped_statutes

_GRAVITY = list(LintState)


def lint(
    mandate: Mandate, *, on: date | None = None, statutes: tuple[Statute, ...] | None = None
) -> tuple[LintFinding, ...]:
    """What is against the law, lacking, open or worth saying in a mandate, the gravest first; see ``examine``."""
    return examine(mandate, on=on, statutes=statutes).findings


def examine(mandate: Mandate, *, on: date | None = None, statutes: tuple[Statute, ...] | None = None) -> LintReport:
    """Hold a mandate against its statute as in force on a day, and say which rules it was held against.

    The statute is that of its legal basis, and those that hold for every council; ``statutes`` are the shipped ones
    when left out. The day is ``on``, else from when the mandate holds, else when it was adopted. Where no day is
    known, the latest version is taken, and a finding says so.
    """
    day = on or _day_of(mandate)
    findings: list[LintFinding] = []
    held: list[StatuteRule] = []
    met: list[StatuteRule] = []
    for statute in shipped_statutes() if statutes is None else statutes:
        if not statute.every_council and statute.id != mandate.legal_basis.value:
            continue
        version = statute.versions[-1] if day is None else statute.version_on(day)
        findings += _on_version(statute, version, day, mandate)
        if version is None:
            continue
        for rule in version.rules:
            found = [_cited(issue, statute, rule) for issue in issues_of(rule, version, mandate)]
            findings += found
            held.append(rule)
            met += [] if found else [rule]
    findings += [_uncited(issue) for issue in gaps(mandate, [rule.asks for rule in held])]
    findings.sort(key=lambda finding: _GRAVITY.index(finding.state))  # stable: otherwise in the order found
    return LintReport(findings=tuple(findings), held=tuple(held), met=tuple(met))


def _day_of(mandate: Mandate) -> date | None:
    if not isinstance(mandate.in_force, Silence):
        return mandate.in_force.since
    return None if isinstance(mandate.adoption, Silence) else mandate.adoption.on


def _on_version(
    statute: Statute, version: StatuteVersion | None, day: date | None, mandate: Mandate
) -> Iterator[LintFinding]:
    """What there is to say of the version that the mandate is held against, or of there being none."""
    clause = mandate.legal_clause or mandate.composition
    if version is None:
        params: dict[str, Param] = {"day": str(day)}
        issue = Issue(code="lint-no-version", state=LintState.UNSTATED, clause=clause, params=params)
        yield _cited(issue, statute, statute.versions[0])
        return
    if day is None and len(statute.versions) > 1:
        yield _cited(Issue(code="lint-day-open", state=LintState.UNSTATED, clause=clause), statute, version)
    if version.confirm is not None:
        params = {"confirm": version.confirm}
        issue = Issue(code="lint-confirm", state=LintState.ADVISABLE, clause=clause, params=params)
        yield _cited(issue, statute, version)


def _cited(issue: Issue, statute: Statute, on: StatuteRule | StatuteVersion) -> LintFinding:
    """The finding of a statute, resting on one of its rules, or on a version as a whole."""
    rule = on if isinstance(on, StatuteRule) else None
    quoted = on.clause or on.rules[0].clause if isinstance(on, StatuteVersion) else on.clause
    law = {"statute": statute.title} if rule is None else {"statute": statute.title, "law": rule.title}
    return LintFinding(
        code=issue.code,
        state=issue.state,
        statute=statute.id,
        rule=None if rule is None else rule.id,
        statute_clause=quoted,
        clause=issue.clause,
        group=issue.group,
        params={**law, **issue.params},
    )


def _uncited(issue: Issue) -> LintFinding:
    return LintFinding(
        code=issue.code,
        state=issue.state,
        statute=None,
        rule=None,
        statute_clause=None,
        clause=issue.clause,
        group=issue.group,
        params=issue.params,
    )
