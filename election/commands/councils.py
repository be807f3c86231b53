"""``election council check | explain FILE``: what a council lacks on a day, and who could fill it."""

from __future__ import annotations

import argparse
import datetime
import json
from functools import partial
from typing import TYPE_CHECKING

from composition_rules.check import Finding, FindingState, check
from composition_rules.duties import DutyState, Obligation, obligations
from composition_rules.errors import CompositionError
from composition_rules.explain import explain as explain_council
from composition_rules.fill import possible_places
from composition_rules.mandate import Clause, Role
from composition_rules.parse import CouncilFile
from composition_rules.places import Candidacy, Decision, Place
from composition_rules.repair import find_repairs
from composition_rules.show.councils import (
    conflict_report,
    council_lines,
    duty_lines,
    finding_lines,
    possible_lines,
    proposal_lines,
    voted_lines,
)
from election.commands import vacancies
from election.commands.faults import fault_of_file
from election.commands.files import add_council_file, add_day, read_council
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from election.commands.output import Commands

_LACKING = (FindingState.NOT_YET, FindingState.IMPOSSIBLE)
_MISSED = (DutyState.OVERDUE, DutyState.ABOVE)


def add_to(commands: Commands) -> None:
    """Add ``council`` and its actions."""
    parser = commands.add_parser("council", help="hold a council against its mandate")
    actions = parser.add_subparsers(dest="action", required=True)
    checking = _add(actions, "check", "what the council has and lacks on a day, clause by clause", _check)
    checking.add_argument("--json", action="store_true", help="print JSON (docs/councils.md)")
    _add(actions, "explain", "who could fill the empty places, or why nobody can", _explain)
    vacancies.add_to(actions, partial(_run, vacancies.vacancy))


def _add(
    actions: Commands, name: str, about: str, run: Callable[[CouncilFile, argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=about)
    add_council_file(parser)
    add_day(parser)
    add_language(parser)
    parser.set_defaults(run=partial(_run, run))
    return parser


def _run(act: Callable[[CouncilFile, argparse.Namespace], int], options: argparse.Namespace) -> int:
    try:
        return act(read_council(options.file), options)
    except OSError as fault:
        return unusable(fault_of_file(fault, options.language))
    except CompositionError as fault:
        return unusable(*explain(fault, options.language))


def _check(file: CouncilFile, options: argparse.Namespace) -> int:
    findings = check(file.council, file.mandate, on=options.on)
    duties = obligations(file.council, file.mandate, on=options.on)
    lacking = any(each.state in _LACKING for each in findings) or any(each.state in _MISSED for each in duties)
    if options.json:
        report = {
            "mandate": file.mandate.id,
            "on": options.on.isoformat(),
            "met": not lacking,
            "findings": [_finding(each) for each in findings],
            "duties": [_duty(each) for each in duties],
        }
        print_lines([json.dumps(report, ensure_ascii=False, sort_keys=True)])
    else:
        speak = partial(say, language=options.language)
        print_lines(council_lines(file.council, file.mandate, options.on, options.language))
        print_lines(finding_lines(findings, options.language, speak))
        print_lines(duty_lines(duties, options.language, speak))
    return NOT_MET if lacking else MET


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "state": finding.state.value,
        "code": finding.code,
        "group": finding.group,
        **{language: say(finding.code, finding.params_in(language), language) for language in ("da", "en")},
        "clause": _clause(finding.clause),
        "people": [person.id for person in finding.people],
    }


def _duty(obligation: Obligation) -> dict[str, object]:
    return {
        "duty": obligation.duty.id,
        "year": obligation.year,
        "state": obligation.state.value,
        "done": len(obligation.done),
        "lacking": obligation.lacking,
        "latest": obligation.latest.isoformat(),
        **{language: say(obligation.code, obligation.params_in(language), language) for language in ("da", "en")},
        "clause": _clause(obligation.duty.clause),
    }


def _clause(clause: Clause) -> dict[str, object]:
    return {"source": clause.source.id, "lines": [clause.first_line, clause.last_line], "text": clause.text}


def _explain(file: CouncilFile, options: argparse.Namespace) -> int:
    held = [
        Decision(person=each.person.id, place=Place(group=each.group, role=each.role, number=each.seat))
        for each in file.council.on(options.on)
    ]
    found = explain_council(file.mandate, _pool(file, held, options.on), held)
    language, speak = options.language, partial(say, language=options.language)
    if found.proposed is not None:
        proposed = found.proposed
        print_lines(proposal_lines(proposed.proposal, frozenset(each.place for each in held), file.mandate, language))
        print_lines(voted_lines(file.mandate, held, language))
        candidates = [each.person for each in file.candidates]
        print_lines(possible_lines(possible_places(proposed.problem), candidates, file.mandate, language))
        print_lines([""] if found.impossible else [])
    if found.impossible is None:
        return MET
    repairs = [repair.steps for repair in find_repairs(found.impossible.problem)]
    of = Role.MEMBER if found.proposed is None else Role.ALTERNATE
    print_lines(conflict_report(found.impossible, repairs, of, language, speak))
    return NOT_MET


def _pool(file: CouncilFile, held: Iterable[Decision], on: datetime.date) -> Iterator[Candidacy]:
    """Who may take which place: candidates any of their groups, whoever holds one those of that group and role."""
    parts = {
        person.id: {(each.place.group, each.place.role) for each in held if each.person == person.id}
        for person in file.people
    }
    for candidacy in file.candidates:
        parts[candidacy.person.id].update((group, role) for group in candidacy.groups for role in Role)
    for person in file.people:
        if parts[person.id]:
            yield Candidacy(person=person.on(on), parts=frozenset(parts[person.id]))
