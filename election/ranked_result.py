"""From opened ranked votes to papers that the rules of counting read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from election.counting.marks import InvalidReason
from election.counting.papers import RankedPapers
from election.definition import ElectionDefinition
from election.errors import ResultError
from election.ids import CandidateId
from election.opened import Counts, RankedVotes, rankings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedResult:
    """The votes of one ranked question."""

    question: str
    names: Mapping[CandidateId, str]
    """candidates are known by their number on the ballot, from 1"""
    papers: RankedPapers
    """whoever ranked nobody voted blank; a vote that leaves out a rank, gives one twice or was spoilt is invalid"""


def ranked_result(definition: ElectionDefinition, counts: Counts, number: int) -> RankedResult:
    """The votes of question ``number``, from 1.

    Raises:
        ResultError: There is no such question, or candidates are not ranked in it (codes result-question,
            result-question-marked).
    """
    if not 1 <= number <= len(definition.questions):
        raise ResultError("result-question", question=number, questions=len(definition.questions))
    question, votes = definition.questions[number - 1], counts[number - 1]
    if not isinstance(votes, RankedVotes):
        raise ResultError("result-question-marked", question=number)
    names = {CandidateId(str(place)): name for place, name in enumerate(question.answers, start=1)}
    rankings = rankings_of(votes)
    papers = RankedPapers(
        candidates=tuple(names),
        rankings=Counter(ranking for ranking in rankings if ranking is not None),
        invalid={InvalidReason.NOT_AS_PRESCRIBED: rankings.count(None)},
    )
    return RankedResult(question=question.question, names=names, papers=papers)
