"""Several questions, blank votes, ranked questions, revotes and weights: both directions against ``belenios-tool``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from election.ballots import parse_ballot
from election.credentials import derive_credential
from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, Group
from election.opened import Counts, RankedVotes
from election.questions import MarkedQuestion, Question, RankedQuestion, question_to_json
from election.ranked_answers import ranks_of
from election.record.canonical import canonical_bytes
from election.record.chain import extend
from election.record.writer import end_ballots_entries, tally_entries
from election.tally import EncryptedTally, tally_ballots
from election.trustees import trustees_to_bytes
from tests.election.elections import SmallElection, make_election
from tests.election.forging import setup_step
from tests.election.test_belenios_tool import accepted_by_the_tool
from tests.election.tool_elections import needs_tool, set_up

pytestmark = needs_tool

ONE = MarkedQuestion(("Amina", "Bohdan", "Çiğdem"), None, 1, 1, "Hvem?")
SEVERAL = MarkedQuestion(("Amina", "Bohdan", "Çiğdem"), False, 0, 2, "Hvem mere?")
BLANK = MarkedQuestion(("Ja", "Nej"), True, 1, 2, "Hvad?")
RANKED = RankedQuestion(("Dorte", "Emil", "Fatma", "Gorm"), "I hvilken rækkefølge?")


@dataclass(frozen=True)
class Case:
    """Questions, and what three electors answer to each."""

    group: Group
    questions: tuple[Question, ...]
    answers: tuple[tuple[tuple[int, ...], ...], ...]


MARKED_CASES = {
    "one-question": Case(BELENIOS_2048, (ONE,), (((0,),), ((2,),), ((2,),))),
    "several": Case(BELENIOS_2048, (ONE, SEVERAL), (((0,), ()), ((2,), (0, 2)), ((1,), (2,)))),
    "blank-allowed": Case(BELENIOS_2048, (BLANK, ONE), (((), (0,)), ((0, 1), (1,)), ((), (1,)))),
    "marks-in-the-other-group": Case(RFC_3526_2048, (BLANK,), (((),), ((1,),), ((0, 1),))),
}
RANKED_CASES = {
    "ranked": Case(RFC_3526_2048, (RANKED,), (((2, 0),), ((),), ((3, 1, 0, 2),))),
    "mixed": Case(
        RFC_3526_2048,
        (ONE, RANKED, BLANK, RANKED),
        (((0,), (1,), (), (0, 1)), ((0,), (1, 2), (0,), ()), ((1,), (1,), (1,), (3, 2, 1, 0))),
    ),
}
CASES = MARKED_CASES | RANKED_CASES
WEIGHTED = [(case, (1, 1, 1)) for case in CASES.values()] + [(case, (3, 1, 2)) for case in MARKED_CASES.values()]
WEIGHTED_IDS = [*CASES, *(f"{name}-weighted" for name in MARKED_CASES)]


def expected(case: Case, weights: Sequence[int]) -> list[Any]:
    """Counted here once more, from the selections themselves; ranked votes in the order of their numbers."""
    found: list[Any] = []
    for place, question in enumerate(case.questions):
        selections = [answer[place] for answer in case.answers]
        if isinstance(question, RankedQuestion):
            found.append(sorted(list(ranks_of(selection, len(question.answers))) for selection in selections))
            continue
        votes: Counter[int] = Counter()
        for selection, weight in zip(selections, weights, strict=True):
            votes.update({choice: weight for choice in selection or ((-1,) if question.blank else ())})
        found.append([votes[choice] for choice in range(-1 if question.blank else 0, len(question.answers))])
    return found


def sorted_result(result: Any) -> list[Any]:
    return [sorted(of) if isinstance(of[0], list) else of for of in result]


def as_result(counts: Counts | None) -> list[Any]:
    assert counts is not None
    return sorted_result(
        [[list(vote) for vote in of.numbers] if isinstance(of, RankedVotes) else list(of) for of in counts]
    )


def our_election(case: Case, weights: Sequence[int]) -> SmallElection:
    election = make_election(questions=case.questions, group=case.group, trustees=2)
    if set(weights) != {1}:
        public = [derive_credential(code, election.definition.uuid, case.group).public for code in election.codes]
        credentials = sorted(f"{credential},{weight}" for credential, weight in zip(public, weights, strict=True))
        trustees = trustees_to_bytes([key.public() for key in election.trustees])
        election.entries = []
        election.take(extend(None, *setup_step(election.definition.content, trustees, canonical_bytes(credentials))))
    return election


def our_tally(election: SmallElection, case: Case, weights: Sequence[int]) -> EncryptedTally:
    assert election.head
    election.take(end_ballots_entries(election.head))
    raws = [entry.content for entry in election.entries if entry.content.startswith(b'{"election_uuid"')]
    public = [derive_credential(code, election.definition.uuid, case.group).public for code in election.codes]
    tally = tally_ballots(
        election.definition,
        [parse_ballot(raw, election.definition) for raw in raws],
        dict(zip(public, weights, strict=True)),
    )
    assert election.head
    election.take(tally_entries(election.head, tally))
    return tally


@pytest.mark.parametrize(("case", "weights"), WEIGHTED, ids=WEIGHTED_IDS)
def test_the_tool_accepts_our_record_at_every_phase_and_counts_the_same(
    tmp_path: Path, case: Case, weights: tuple[int, ...]
) -> None:
    election = our_election(case, weights)
    accepted_by_the_tool(election, tmp_path)
    election.answer(0, *case.answers[1])  # replaced below
    for elector, answers in enumerate(case.answers):
        election.answer(elector, *answers)
    accepted_by_the_tool(election, tmp_path)
    tally = our_tally(election, case, weights)
    accepted_by_the_tool(election, tmp_path)
    if election.definition.has_ranked:
        tally = election.shuffle(tally)
        accepted_by_the_tool(election, tmp_path)
    counts = election.count(tally)
    accepted_by_the_tool(election, tmp_path)
    assert as_result(counts) == expected(case, weights)


@pytest.mark.parametrize(("case", "weights"), WEIGHTED, ids=WEIGHTED_IDS)
def test_we_accept_the_record_of_the_tool_at_every_phase_and_count_the_same(
    tmp_path: Path, case: Case, weights: tuple[int, ...]
) -> None:
    questions: list[Any] = [question_to_json(question) for question in case.questions]
    election = set_up(tmp_path, questions, group=case.group.name, weights=weights)
    election.verified()
    election.vote(0, *choices_of_the_tool(case, 1))
    for elector in range(3):
        election.vote(elector, *choices_of_the_tool(case, elector))
    assert election.verified().ballots == 4
    election.close()
    tally = election.verified().tally
    assert tally is not None
    assert (tally.num_tallied, tally.total_weight) == (3, sum(weights))
    if any(isinstance(question, RankedQuestion) for question in case.questions):
        election.shuffle(1)
        assert election.verified().shuffled_by == [1]
        election.shuffle(2)
        election.add("EndShuffles")
        assert election.verified().shuffled_by == [1, 2]
    election.decrypt()
    assert len(election.verified().shares) == 2
    result = election.count()
    counts = election.verified().counts
    assert json.loads(json.dumps(as_result(counts))) == sorted_result(result) == expected(case, weights)


def choices_of_the_tool(case: Case, elector: int) -> list[list[int]]:
    """0 or 1 for each choice, blank first where allowed; ranks for a ranked question."""
    choices = []
    for question, selection in zip(case.questions, case.answers[elector], strict=True):
        if isinstance(question, RankedQuestion):
            choices.append(list(ranks_of(selection, len(question.answers))))
            continue
        marks = [int(place in selection) for place in range(len(question.answers))]
        choices.append([int(not selection), *marks] if question.blank else marks)
    return choices
