"""The tally opened by the shares of the trustees who came, in any sufficient choice of them (specification 4.19).

A member of a group can spoil a share in such a way that its proof holds. So one choice of members after another is
tried, for the whole tally and then for each ranked vote that is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.embedding import has_only_numbers
from election.crypto.groups import Group
from election.definition import ElectionDefinition
from election.errors import TallyError
from election.opened import Counts, open_question, verify_opened
from election.questions import RankedQuestion
from election.shares import Share
from election.tally import EncryptedTally
from election.trustees import Factors, TrusteeItem, every_sub_factors

_T = TypeVar("_T")

# Choices of members by which a vote that is none is opened again: each member is left out of one of them, and electors
# who encrypt what is no vote cannot make the count last for hours.
_REOPENED = 20

_Opened = tuple[tuple[mpz, ...], ...]
"""for each question what its ciphertexts hold: g to the number of votes, or a ranked vote"""


def open_tally(
    tally: EncryptedTally,
    shares: Mapping[int, Share],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
) -> Counts:
    """The counts, from the verified shares by owner, of as many trustees as came (4.19).

    Raises:
        TallyError: A trustee who is needed is missing, a group has fewer than its threshold, or no sufficient choice
            of the members opens to a possible count.
    """
    return _with_some_choice(tally, shares, trustees, definition, lambda each: _counts_of(each, tally, definition))


def verify_opened_by(
    published: Counts,
    tally: EncryptedTally,
    shares: Mapping[int, Share],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
) -> Counts:
    """Check that the published counts are those that the verified shares, by owner, open (4.19).

    Gives them with the votes that only the opened elements show as spoilt.

    Raises:
        TallyError: They are not, whichever sufficient members are chosen, or somebody who is needed is missing.
    """
    return _with_some_choice(
        tally, shares, trustees, definition, lambda each: _verify_opened(published, each, tally, definition)
    )


def combine_shares(tally: EncryptedTally, shares: Sequence[Share], definition: ElectionDefinition) -> Counts:
    """The counts where every trustee is alone, from the verified share of each (4.19).

    Raises:
        TallyError: The shares open to no possible count; one of them is missing or wrong.
    """
    return _counts_of(_opened_elements(tally, [share.factors for share in shares], definition.group), tally, definition)


def verify_counts(
    published: Counts, tally: EncryptedTally, shares: Sequence[Share], definition: ElectionDefinition
) -> Counts:
    """Check that the published counts are those that the shares open, where every trustee is alone (4.19).

    Gives them with the votes that only the opened elements show as spoilt.

    Raises:
        TallyError: They are not.
    """
    return _verify_opened(
        published, _opened_elements(tally, [share.factors for share in shares], definition.group), tally, definition
    )


def _with_some_choice(
    tally: EncryptedTally,
    shares: Mapping[int, Share],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
    action: Callable[[_Opened], _T],
) -> _T:
    """What ``action`` gives for the first sufficient choice of members with which it does not fail."""
    factors = {owner: share.factors for owner, share in shares.items()}
    failure: TallyError | None = None
    for chosen in every_sub_factors(trustees, factors, definition.group):
        opened = _opened_elements(tally, chosen, definition.group)
        try:
            return action(_without_spoilt(opened, tally, factors, trustees, definition))
        except TallyError as fault:
            failure = failure or fault
    raise failure or TallyError("tally-unopened")


def _without_spoilt(
    opened: _Opened,
    tally: EncryptedTally,
    factors: Mapping[int, Factors],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
) -> _Opened:
    """The opened elements, each ranked vote that is none as any other sufficient members open it, where they can.

    A wrong share cannot make an element that holds numbers only, so the members who find one are right.
    """
    group = definition.group

    def reopened(number: int, place: int, element: mpz, count: int) -> mpz:
        if has_only_numbers(group, element, count):
            return element
        alone = {owner: ((each[number][place],),) for owner, each in factors.items()}
        for chosen in islice(every_sub_factors(trustees, alone, group), _REOPENED):
            other = _opened(group, tally.choices[number][place], [each[0][0] for each in chosen])
            if has_only_numbers(group, other, count):
                return other
        return element

    return tuple(
        tuple(reopened(number, place, each, len(question.answers)) for place, each in enumerate(elements))
        if isinstance(question, RankedQuestion)
        else elements
        for number, (question, elements) in enumerate(zip(definition.questions, opened, strict=True))
    )


def _counts_of(opened: _Opened, tally: EncryptedTally, definition: ElectionDefinition) -> Counts:
    return tuple(
        open_question(definition.group, question, elements, tally.total_weight)
        for question, elements in zip(definition.questions, opened, strict=True)
    )


def _verify_opened(published: Counts, opened: _Opened, tally: EncryptedTally, definition: ElectionDefinition) -> Counts:
    return tuple(
        verify_opened(definition.group, question, elements, tally.total_weight, counts)
        for question, counts, elements in zip(definition.questions, published, opened, strict=True)
    )


def _opened_elements(tally: EncryptedTally, factors: Sequence[Factors], group: Group) -> _Opened:
    """For each choice of each question g to the power of its votes; for each ranked vote what it encrypts."""
    return tuple(
        tuple(_opened(group, choice, [each[number][place] for each in factors]) for place, choice in enumerate(choices))
        for number, choices in enumerate(tally.choices)
    )


def _opened(group: Group, choice: Ciphertext, factors: Sequence[mpz]) -> mpz:
    combined = mpz(1)
    for factor in factors:
        combined = combined * factor % group.p
    return choice.beta * group.power(combined, mpz(-1)) % group.p
