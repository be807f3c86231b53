"""Each shipped mandate is filled by a qualified pool; without one property, the conflict names its clause."""

from __future__ import annotations

import pytest

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.conflict import conflict_lines, find_conflict
from composition_rules.fill import Proposal, propose
from composition_rules.mandate import Bound, Mandate, Role
from composition_rules.messages import sentence
from composition_rules.people import Person, PersonId
from composition_rules.places import Candidacy, candidate_for, problem_of
from composition_rules.repair import find_repairs
from tests.composition_rules.test_filling_mandates import lacking

SHIPPED = mandate_ids()


def qualified_pool(mandate: Mandate, without: str = "") -> list[Candidacy]:
    """For each group, people with everything but the shares, and for each share people of that share alone."""
    asked = {each.property for each in mandate.all_requirements()} - {without}
    pool = []
    for group in mandate.groups:
        shares = [frozenset({share.property} - {None, without}) for share in group.shares] or [frozenset()]
        wanted = sum(group.places(role).least for role in Role) + 1
        for number in range(wanted * len(shares)):
            properties = asked.union(word for word in shares[number % len(shares)] if word is not None)
            name = f"{group.id} {number}"
            person = Person(id=PersonId(name), name=name, properties=frozenset(properties))
            pool.append(candidate_for(mandate, person, group.id))
    return pool


def needed_properties() -> list[tuple[str, str]]:
    found = []
    for name in SHIPPED:
        mandate = load_mandate(name)
        asked = [each.property for each in mandate.all_requirements() if needs(each.bound) and not each.preferred]
        asked += [share.property for group in mandate.groups for share in group.shares if share.property is not None]
        found += [(name, word) for word in dict.fromkeys(asked)]
    return found


def needs(bound: Bound) -> bool:
    return bound is not Bound.AT_MOST


@pytest.mark.parametrize("name", SHIPPED)
def test_a_qualified_pool_fills_it_and_check_agrees(name: str) -> None:
    mandate = load_mandate(name)
    proposal = propose(problem_of(mandate, qualified_pool(mandate)))
    assert isinstance(proposal, Proposal)
    assert lacking(proposal.filling, mandate) == []


@pytest.mark.parametrize(("name", "word"), needed_properties())
def test_without_a_needed_property_the_conflict_names_its_clause(name: str, word: str) -> None:
    mandate = load_mandate(name)
    problem = problem_of(mandate, qualified_pool(mandate, without=word))
    conflict = find_conflict(problem)
    assert conflict is not None
    named = [rule for rule in conflict.rules if rule.property == word]
    assert len(named) == 1
    assert named[0].clause is not None
    lines = [*conflict_lines(conflict, problem), *(line for each in find_repairs(problem) for line in each.steps)]
    for language in ("da", "en"):
        words = [sentence(line.code, line.params_in(language)) for line in lines]
        assert any(named[0].title.in_language(language) in said for said in words)


def test_every_kind_of_need_is_among_the_shipped() -> None:
    assert len(needed_properties()) >= 15
