"""Each way to forge the set-up of a record, with the chain made anew: refused by its own step, and named."""

from __future__ import annotations

import json

import pytest

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.ids import SYSTEM_RNG
from election.trustees import generate_trustee, trustees_to_bytes
from tests.election.forging import (
    SETUP,
    Step,
    chained,
    changed,
    fault,
    replaced,
    setup_step,
)

Steps = list[Step]


def with_setup(steps: Steps, **documents: bytes) -> tuple[str, str]:
    names = ("election", "trustees", "credentials")
    good = dict(zip(names, steps[SETUP][1], strict=False))
    return fault(chained([setup_step(**(good | documents)), *steps[1:]]))


def test_a_setup_that_does_not_bind_its_documents_is_refused(steps: Steps) -> None:
    election, trustees, credentials, binding = steps[SETUP][1]
    swapped = changed(binding, lambda m: m.update(election=m["trustees"], trustees=m["election"]))
    for wrong in (swapped, binding + b"\n", b"{}", binding.replace(b"credentials", b"credential")):
        entries = chained(replaced(steps, SETUP, election, trustees, credentials, wrong))
        assert fault(entries) == ("2 chain", "record-setup")


def test_an_election_key_that_is_not_the_trustees_product_is_refused(steps: Steps) -> None:
    key = generate_trustee().public()
    election = changed(steps[SETUP][1][0], lambda m: m.update(public_key=str(key.public_key)))
    assert with_setup(steps, election=election) == ("4 trustees", "definition-key")


def test_an_election_key_outside_the_group_is_refused(steps: Steps) -> None:
    election = changed(steps[SETUP][1][0], lambda m: m.update(public_key=str(GROUP.p - int(m["public_key"]))))
    assert with_setup(steps, election=election) == ("3 election", "element-outside-group")


def test_a_trustee_left_out_added_or_twice_is_refused(steps: Steps) -> None:
    raw = steps[SETUP][1][1]
    extra = json.loads(trustees_to_bytes([generate_trustee().public()]))
    assert with_setup(steps, trustees=changed(raw, lambda m: m.pop())) == ("4 trustees", "definition-key")
    assert with_setup(steps, trustees=changed(raw, lambda m: m.extend(extra))) == ("4 trustees", "definition-key")
    assert with_setup(steps, trustees=changed(raw, lambda m: m.append(m[0]))) == ("4 trustees", "trustee-twice")


def test_a_trustee_who_proved_nothing_is_refused(steps: Steps) -> None:
    raw = changed(steps[SETUP][1][1], lambda m: m[1][1].update(pok=m[0][1]["pok"]))
    assert with_setup(steps, trustees=raw) == ("4 trustees", "trustee-key-proof")


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("{0}", "credential-twice"),
        ("{0},5", "credential-twice"),
        ("{order_2}", "element-outside-group"),
        ("{minus_one}", "element-outside-group"),
        ("1", "element-trivial"),
        ("0", "element-trivial"),
        ("00", "number-leading-zero"),
        ("{p}", "number-out-of-range"),
        ("-{0}", "number-malformed"),
        ("{new},0", "credential-weight"),
        ("{new},01", "credential-weight"),
        ("{new},-1", "credential-weight"),
        ("{new},", "credential-weight"),
        ("{new},x,Amina", "credential-weight"),
        ("{new}, 1", "credential-weight"),
        ("{new},٣", "credential-weight"),
        ("{new},9999999999999999999", "credential-weight"),
        ("", "number-malformed"),
    ],
)
def test_a_credential_twice_outside_the_group_or_malformed_is_refused(steps: Steps, item: str, code: str) -> None:
    raw = steps[SETUP][1][2]
    first = json.loads(raw)[0]
    new = GROUP.power(GROUP.g, GROUP.random_scalar(SYSTEM_RNG))
    text = item.format(first, order_2=GROUP.p - int(first), minus_one=GROUP.p - 1, p=GROUP.p, new=new)
    credentials = changed(raw, lambda m: m.append(text))
    assert with_setup(steps, credentials=credentials) == ("5 credentials", code)


def test_a_list_of_credentials_in_another_spelling_is_refused(steps: Steps) -> None:
    raw = steps[SETUP][1][2]
    assert with_setup(steps, credentials=raw + b" ") == ("5 credentials", "credentials-not-canonical")
    assert with_setup(steps, credentials=b"{}") == ("5 credentials", "shape-list")
    assert with_setup(steps, credentials=b"[1]") == ("5 credentials", "shape-text")
