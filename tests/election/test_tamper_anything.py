"""Random changes of whole archives: nothing that carries meaning can be changed, and nothing crashes the program.

An archive by marks, one by rankings with its shuffles, one under a threshold group. Few examples by default;
``pytest --hypothesis-profile=many tests/election/test_tamper_anything.py`` makes twenty times as many.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable

import pytest
from gmpy2 import mpz
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from election.errors import VerificationError
from election.phases import EventType
from election.record.canonical import canonical_bytes
from election.record.chain import Entry
from election.trustees import ThresholdGroup
from election.verify import VerifiedRecord, audit_archive, audit_record, verify_archive, verify_record
from election.verify.steps import Step as VerificationStep
from tests.election.forging import Step, chained
from tests.election.tampering import KINDS, Subject, changed_messages, meaning, subject, whole_again

FEW = max(1, settings.default.max_examples // 10)
TRUSTEES, CREDENTIALS = 1, 2
kinds = pytest.mark.parametrize("kind", KINDS)


def accepted(entries: Iterable[Entry]) -> VerifiedRecord | None:
    """What a verification finds, or nothing where it refuses; any other exception fails the test."""
    try:
        return verify_record(entries)
    except VerificationError:
        return None


def audited(entries: Iterable[Entry]) -> VerifiedRecord | None:
    """The same of an audit, which goes on after a fault, and must agree."""
    entries = list(entries)
    report = audit_record(entries)
    assert report.holds is not bool(report.faults)
    assert report.holds is (accepted(entries) is not None)
    return report.record if report.holds else None


def refused_unless_without_meaning(of: Subject, steps: list[Step], *, changed: tuple[int, int]) -> None:
    """Refused, but for two things that nothing in a record can bind.

    Credentials of those who stayed away: the registrar's fingerprint of the list is there for them. And the key by
    which a member of a group was written to when it was dealt, which only the member can sign anew.
    """
    found = accepted(chained(steps))
    if found is None:
        return
    good = verify_record(of.election.entries)
    assert found.counts == good.counts
    assert changed in ((0, TRUSTEES), (0, CREDENTIALS))
    if changed == (0, TRUSTEES):
        assert without_encryption_keys(found) == without_encryption_keys(good)
    else:
        assert found.credentials_fingerprint != good.credentials_fingerprint
        assert {each: good.weights[each] for each in voters(of)}.items() <= found.weights.items()


def without_encryption_keys(record: VerifiedRecord) -> list[object]:
    """All that the trustees' document says of a vote."""
    return [
        (item.threshold, [each.verification for each in item.certificates], item.coefficients, item.keys)
        if isinstance(item, ThresholdGroup)
        else item
        for item in record.trustees
    ]


def voters(of: Subject) -> set[mpz]:
    """The credentials under which ballots were cast."""
    return {mpz(json.loads(documents[0])["credential"]) for kind, documents in of.steps if kind is EventType.BALLOT}


def draw_document(of: Subject, data: st.DataObject) -> tuple[int, int, bytes]:
    """One document of the record: its event, its number there, what it says."""
    place = data.draw(st.sampled_from([number for number, (_, documents) in enumerate(of.steps) if documents]), "event")
    number = data.draw(st.integers(0, len(of.steps[place][1]) - 1), "document")
    return place, number, of.steps[place][1][number]


@kinds
@settings(max_examples=FEW)
@given(data=st.data())
def test_no_byte_of_any_document_can_be_changed_even_when_the_chain_is_made_anew(
    kind: str, data: st.DataObject
) -> None:
    of = subject(kind)
    place, number, document = draw_document(of, data)
    changed = bytearray(document)
    changed[data.draw(st.integers(0, len(changed) - 1), "at")] ^= data.draw(st.integers(1, 255), "difference")
    refused_unless_without_meaning(of, whole_again(of, place, number, bytes(changed)), changed=(place, number))


@kinds
@settings(max_examples=3 * FEW)
@given(data=st.data())
def test_nothing_that_a_document_says_can_be_changed_though_it_is_signed_and_bound_anew(
    kind: str, data: st.DataObject
) -> None:
    of = subject(kind)
    place, number, document = draw_document(of, data)
    changed = data.draw(changed_messages(of, document), "changed")
    assume(changed != document)
    refused_unless_without_meaning(of, whole_again(of, place, number, changed), changed=(place, number))


@kinds
@settings(max_examples=FEW)
@given(data=st.data())
def test_events_left_out_repeated_or_moved_change_nothing_or_are_refused(kind: str, data: st.DataObject) -> None:
    """Whoever keeps no copy cannot see that a ballot vanished that did not count, or two came in another order."""
    of = subject(kind)
    steps = list(of.steps)
    places = st.integers(0, len(steps) - 1)
    for _ in range(data.draw(st.integers(1, 2), "changes")):
        at, to = data.draw(places, "at") % len(steps), data.draw(places, "to") % len(steps)
        what = data.draw(st.sampled_from(["left out", "repeated", "moved", "exchanged"]), "what")
        if what == "left out":
            assume(at < len(steps) - 1)  # or it is an earlier state of the same record
            del steps[at]
        elif what == "repeated":
            steps.insert(to, steps[at])
        elif what == "moved":
            steps.insert(to, steps.pop(at))
        else:
            steps[at], steps[to] = steps[to], steps[at]
    found = audited(chained(steps))
    if found is not None and steps[-1][0] is EventType.RESULT:
        assert meaning(found) == of.meaning


@kinds
@settings(max_examples=FEW)
@given(data=st.data())
def test_no_byte_of_an_archive_can_be_changed(kind: str, data: st.DataObject) -> None:
    of = subject(kind)
    raw = of.election.archive()
    at = data.draw(st.integers(0, len(raw) - 1), "at")
    size = data.draw(st.integers(0, 4), "bytes")
    changed = raw[:at] + data.draw(st.binary(max_size=4), "to") + raw[at + size :]
    assume(changed != raw)
    report = audit_archive(io.BytesIO(changed))
    if raw.startswith(changed):  # cut off where an entry ends, it is an earlier state of the same record
        return
    assert not report.holds
    with pytest.raises(VerificationError) as caught:
        verify_archive(io.BytesIO(changed))
    assert caught.value.name in (VerificationStep.ARCHIVE, VerificationStep.CHAIN)


@kinds
def test_where_nothing_was_changed_nothing_is_made_anew(kind: str) -> None:
    """Or the tests above would see records refused for the forger's mistakes."""
    of = subject(kind)
    for place, (_, documents) in enumerate(of.steps):
        for number, document in enumerate(documents):
            assert whole_again(of, place, number, document) == list(of.steps)


def test_a_forger_of_a_ballot_signs_it_anew() -> None:
    of = subject("marked")
    ballot = json.loads(of.steps[2][1][0])
    choices = ballot["answers"][0]["choices"]
    choices[0], choices[1] = choices[1], choices[0]
    with pytest.raises(VerificationError) as caught:
        verify_record(chained(whole_again(of, 2, 0, canonical_bytes(ballot))))
    assert caught.value.cause.code == "ballot-proof"


def test_a_forger_of_a_group_signs_anew_what_the_members_signed() -> None:
    """So that a change within a certificate or the coefficients is found by more than its signature."""
    of = subject("threshold")
    trustees = json.loads(of.steps[0][1][1])
    coefexps = json.loads(trustees[1][1]["coefexps"][0]["message"])
    coefexps["coefexps"][0] = str(of.group.g)
    trustees[1][1]["coefexps"][0]["message"] = canonical_bytes(coefexps).decode()
    forged = whole_again(of, 0, 1, canonical_bytes(trustees))
    with pytest.raises(VerificationError) as caught:
        verify_record(chained(forged))
    assert caught.value.cause.code == "threshold-key"


def test_a_member_who_signs_another_encryption_key_changes_nothing_else() -> None:
    """The one thing of a group that the record does not bind: it was used while the group was dealt and never again."""
    of = subject("threshold")
    trustees = json.loads(of.steps[0][1][1])
    certificate = json.loads(trustees[1][1]["certs"][0]["message"])
    certificate["encryption"] = str(of.group.g)
    trustees[1][1]["certs"][0]["message"] = canonical_bytes(certificate).decode()
    refused_unless_without_meaning(of, whole_again(of, 0, 1, canonical_bytes(trustees)), changed=(0, TRUSTEES))
    certificate["verification"] = str(of.group.g)
    trustees[1][1]["certs"][0]["message"] = canonical_bytes(certificate).decode()
    assert accepted(chained(whole_again(of, 0, 1, canonical_bytes(trustees)))) is None
