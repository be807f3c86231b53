"""The recipe of the published-seed lot, against texts written out and hashed on their own."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.errors import LotError
from composition_rules.lots import canonical_seed, lot_order, open_lot

SEED = "Lotto 28/11 2026: 4 11 17 23 31 36"
names = st.text(st.characters(codec="ascii", categories=["L", "N"], include_characters="-:."), min_size=1)


def test_the_number_of_a_person_is_the_sha_256_of_the_text_a_reader_would_type() -> None:
    lot = open_lot(SEED, "seat-4", ["anna-holm"])
    # Computed with coreutils: printf 'Lotto …/seat-4/1/anna-holm' | sha256sum
    assert lot.text(1, "anna-holm") == "Lotto 28/11 2026: 4 11 17 23 31 36/seat-4/1/anna-holm"
    assert lot.number(1, "anna-holm") == "aa55d7efd6463678a75de2cc66af93f60e30503cb8fabf50f4930a00cc4b7ebe"


def test_the_smallest_number_is_drawn_first() -> None:
    # Of the seed “2026-11-28: 4 11 17 23 31 36 + 8”, place “seat 4”: a is eaca…, b is e012…, c is f904… (sha256sum).
    assert lot_order("2026-11-28: 4 11 17 23 31 36 + 8", "seat 4", ["a", "b", "c"]) == ("b", "a", "c")


@given(st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()), st.sets(names), st.integers(1, 99))
def test_the_order_is_that_of_the_hashes_whatever_the_order_of_the_list(seed: str, people: set[str], n: int) -> None:
    plain = " ".join(unicodedata.normalize("NFC", seed).split())
    hashed = {hashlib.sha256(f"{plain}/place/{n}/{one}".encode()).hexdigest(): one for one in people}
    drawn = lot_order(seed, "place", sorted(people), n)
    assert drawn == tuple(hashed[number] for number in sorted(hashed))
    assert drawn == lot_order(seed, "place", sorted(people, reverse=True), n)


def test_another_place_or_attempt_is_another_lot() -> None:
    people = [f"p{number}" for number in range(30)]
    orders = {lot_order(SEED, place, people, attempt) for place in ("a", "b") for attempt in (1, 2)}
    assert len(orders) == 4


def test_a_slash_in_the_seed_cannot_make_two_draws_the_same() -> None:
    one, other = open_lot("x/y", "z", ["p"]), open_lot("x", "z", ["p"])
    assert one.text(1, "p") != other.text(1, "p")
    with pytest.raises(LotError):
        open_lot("x", "y/z", ["p"])


def test_a_seed_is_the_same_however_it_is_spaced_or_encoded() -> None:
    assert canonical_seed("  Århus\t 4\n11 ") == "Århus 4 11"
    assert canonical_seed("A\u030arhus 4 11") == "Århus 4 11"
    assert canonical_seed("4 11") != canonical_seed("411")


@pytest.mark.parametrize(
    ("seed", "place", "people", "attempt", "code"),
    [
        (" \n\t ", "seat", ["a"], 1, "lot-seed-empty"),
        ("4 11\u200b", "seat", ["a"], 1, "lot-unprintable"),
        ("4 \ud800", "seat", ["a"], 1, "lot-unprintable"),
        ("4 11", "", ["a"], 1, "lot-name"),
        ("4 11", "seat", ["a", ""], 1, "lot-name"),
        ("4 11", "seat", ["a/b"], 1, "lot-name"),
        ("4 11", "seat", ["a "], 1, "lot-name"),
        ("4 11", "seat", ["a  b"], 1, "lot-name"),
        ("4 11", "seat", ["A\u030a"], 1, "lot-name"),
        ("4 11", "seat", ["a\u200b"], 1, "lot-name"),
        ("4 11", "seat", ["a", "b", "a"], 1, "lot-person-twice"),
        ("4 11", "seat", ["a"], 0, "lot-attempt"),
    ],
)
def test_what_a_lot_refuses(seed: str, place: str, people: list[str], attempt: int, code: str) -> None:
    with pytest.raises(LotError) as refused:
        lot_order(seed, place, people, attempt)
    assert refused.value.code == code
    assert str(refused.value)
