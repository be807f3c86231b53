"""The examples of docs/mandates.md are what the parser reads."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from composition_rules.mandate import (
    AlternateKind,
    AlternateOrder,
    BallotOrder,
    Bound,
    Cause,
    EmptyPlace,
    LegalBasis,
    MajorityBase,
    Office,
    Role,
    RoundCandidates,
    Route,
    Successor,
    TieRule,
    TooFewCandidates,
    Uncontested,
)
from composition_rules.parse import parse_mandate
from composition_rules.people import PropertyKind

PAGE = (Path(__file__).parents[2] / "docs" / "mandates.md").read_text(encoding="utf-8")


def test_the_blocks_of_the_page_put_together_are_a_mandate() -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    # Keys of a later block would belong to the last table of the one before, were it not headed.
    assert all(block.startswith("[") for block in blocks[1:])
    mandate = parse_mandate("".join(blocks).encode())
    assert (str(mandate.seats), str(mandate.alternates)) == ("7", "5")
    assert [group.route for group in mandate.groups] == [Route.NOMINATION, Route.DIRECT_ELECTION, Route.APPOINTMENT]


def test_the_larger_group_can_follow_and_every_bound_but_all_is_shown() -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    larger = re.findall(r"^```TOML\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    ranked = ('uncontested = "unstated"', 'uncontested = "vote-to-rank"')
    text = "".join((*blocks, *larger)).replace("seats = 7", "seats = 10").replace(*ranked)
    mandate = parse_mandate(text.encode())
    assert {requirement.bound for requirement in mandate.all_requirements()} == set(Bound) - {Bound.ALL}
    assert [share.property for share in mandate.group("neighbourhoods").shares][-1] is None
    election = mandate.group("elected").election
    assert election is not None
    assert election.uncontested is Uncontested.VOTE_TO_RANK


@pytest.mark.parametrize(
    "words",
    [
        *(Route, AlternateKind, AlternateOrder, BallotOrder, TieRule, Uncontested, TooFewCandidates),
        *(LegalBasis, Office, Role, Bound, MajorityBase, RoundCandidates, PropertyKind),
        *(Cause, Successor, EmptyPlace),
    ],
)
def test_every_word_of_the_language_is_on_the_page(words: type[StrEnum]) -> None:
    for word in words:
        assert re.search(rf"[`\"]{re.escape(word)}( = true)?[`\"]", PAGE), word
