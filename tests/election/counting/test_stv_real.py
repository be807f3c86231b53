"""Two real Scottish elections: who was elected at which stage, and every figure of an independent count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from election.counting.blt import BltElection, parse_blt
from election.counting.lots import decide
from election.counting.outcome import Completed
from election.counting.stv.count import StvRule, elect_by_transfer
from election.counting.trail import State, Step
from tests.election.counting.ranked import stages
from tests.real_elections import needed


def real(name: str) -> BltElection:
    return parse_blt(needed(f"{name}.blt").read_bytes())


def counted(election: BltElection, rule: StvRule = StvRule.SCOTTISH, alternates: int = 0) -> Completed:
    outcome = decide(
        lambda lots: elect_by_transfer(
            election.papers, lots, rule=rule, seats=election.seats, alternates=alternates, gone=election.withdrawn
        )
    )
    assert isinstance(outcome, Completed)
    return outcome


def elected_at(steps: list[Step]) -> dict[str, int]:
    """At the end of which stage each of the elected was elected."""
    found: dict[str, int] = {}
    for number, step in enumerate(steps, start=1):
        for each in step.standings:
            if each.state is State.ELECTED:
                found.setdefault(each.of, number)
    return found


def test_edinburgh_2017_ward_1_elects_whom_it_elected_and_at_the_same_stages() -> None:
    assert elected_at(stages(counted(real("edinburgh-2017-ward-1")))) == {"4": 1, "10": 2, "2": 3, "9": 10}


def blocks(text: str) -> Iterator[tuple[str, dict[str, Fraction], Fraction, Fraction]]:
    """Each action of the stages file: what was done, what everybody stood at, nontransferable, lost by rounding."""
    for block in text.split("\nAction: ")[1:]:
        votes = {
            name: Fraction(number)
            for line in re.findall(r"(?:Hopeful|Pending|Elected|Defeated): +(Candidate .*)", block)
            for who, number in re.findall(r"((?:Candidate \d+(?:, )?)+) \((\d+\.\d{5})\)", line)
            for name in re.findall(r"\d+", who)
        }
        figures = {
            word: Fraction(re.search(rf"{word}.*: (\d+\.\d{{5}})", block)[1])  # type: ignore[index]
            for word in ("Nontransferable", "Residual")
        }
        yield block.partition("\n")[0], votes, figures["Nontransferable"], figures["Residual"]


def test_glasgow_hillhead_2007_has_every_figure_of_the_independent_count_at_every_stage() -> None:
    file = needed("glasgow-2007-hillhead.scottish-stv.stages.txt")
    ends_of_stages = [
        block for block in blocks(file.read_text()) if block[0].startswith(("Begin", "Surplus", "Transfer defeated"))
    ]
    ours = stages(counted(real("glasgow-2007-hillhead")))
    assert len(ours) == len(ends_of_stages) == 10
    for step, (_, votes, nontransferable, residual) in zip(ours, ends_of_stages, strict=True):
        assert {each.of: each.votes for each in step.standings} == votes
        assert (step.exhausted, step.lost, step.total) == (nontransferable, residual, 8984)


def test_glasgow_hillhead_2007_elects_the_same_in_the_same_order() -> None:
    completed = counted(real("glasgow-2007-hillhead"))
    assert [place.candidate for place in completed.elected] == ["9", "10", "3", "7"]
    assert elected_at(stages(completed)) == {"9": 1, "10": 5, "3": 8, "7": 10}


@pytest.mark.parametrize("name", ["edinburgh-2017-ward-1", "glasgow-2007-hillhead"])
@pytest.mark.parametrize("rule", StvRule)
def test_the_three_rules_elect_the_same_there_and_lose_nothing_on_the_way(name: str, rule: StvRule) -> None:
    election = real(name)
    completed = counted(election, rule, alternates=3)
    assert {each.candidate for each in completed.elected} == {each.candidate for each in counted(election).elected}
    assert len(completed.alternates) == 3
    totals = {step.total for step in completed.trail if step.standings}
    assert totals == {election.papers.number - election.papers.blank}
    if rule is StvRule.SCOTTISH:
        assert all((each.votes * 10**5) == int(each.votes * 10**5) for s in completed.trail for each in s.standings)
