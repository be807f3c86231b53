"""The chain of events: nothing missing, repeated, dangling or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from election.errors import RecordError
from election.phases import EventType, check_move
from election.record.canonical import canonical_bytes, sha256_hex
from election.record.chain import Entry, EntryKind, Event, extend, parse_event
from election.record.replay import replay
from tests.election.elections import SmallElection
from tests.election.forging import BLANK, END, FIRST, RESULT, SETUP, SHARE_1, TALLY, Step, chained, fault, replaced


def data(content: bytes) -> Entry:
    return Entry(EntryKind.DATA, content)


def refusal(entries: list[Entry]) -> str:
    step, code = fault(entries)
    assert step == "2 chain"
    return code


def event_places(entries: list[Entry]) -> list[int]:
    return [place for place, entry in enumerate(entries) if entry.kind is EntryKind.EVENT]


def test_a_good_record_replays_into_its_events(finished: SmallElection, steps: list[Step]) -> None:
    replayed = list(replay(finished.entries))
    assert [step.event.height for step in replayed] == list(range(10))
    assert chained(steps) == finished.entries
    assert replayed[-1].head == finished.head


def test_an_empty_record_is_refused() -> None:
    assert refusal([]) == "record-dangling"


def test_a_document_that_no_event_refers_to_is_refused(finished: SmallElection) -> None:
    assert refusal([*finished.entries, data(b"{}")]) == "record-dangling"
    assert refusal([data(b"{}"), *finished.entries]) in {"record-dangling", "record-documents"}
    assert refusal([data(b"{}")]) == "record-dangling"


def test_documents_without_end_are_refused_at_the_fifth() -> None:
    def endless() -> Iterator[Entry]:
        number = 0
        while True:
            number += 1
            yield data(b"%d" % number)

    assert fault(endless()) == ("2 chain", "record-dangling")


def test_an_entry_twice_is_refused_wherever_it_comes_again(finished: SmallElection) -> None:
    entries = finished.entries
    for place in event_places(entries)[:4]:
        assert refusal([*entries[: place + 1], entries[place]]) == "record-entry-twice"
        assert refusal([*entries[: place + 1], entries[0], *entries[place + 1 :]]) == "record-entry-twice"


def test_an_event_left_out_is_refused(finished: SmallElection) -> None:
    entries = finished.entries
    for place in event_places(entries)[:-1]:
        refusal(entries[:place] + entries[place + 1 :])


def test_a_whole_step_left_out_is_refused(finished: SmallElection) -> None:
    places = [-1, *event_places(finished.entries)]
    for first, last in pairwise(places[:-1]):
        refusal(finished.entries[: first + 1] + finished.entries[last + 1 :])


@settings(max_examples=40)
@given(order=st.permutations(range(10)))
def test_steps_in_any_other_order_are_refused(steps: list[Step], order: list[int]) -> None:
    """With a chain made anew, so that only the order is wrong; ballots and shares may change places."""
    kinds = [steps[place][0] for place in order]
    assume(kinds != [kind for kind, _ in steps])
    with pytest.raises(RecordError) as caught:
        list(replay(chained([steps[place] for place in order])))
    assert caught.value.code == "record-order"


def test_swapped_entries_are_refused(finished: SmallElection) -> None:
    entries = finished.entries
    for place in range(len(entries) - 1):
        swapped = [*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]]
        assert fault(swapped)[0] == "2 chain"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parent": "0" * 64}, "record-parent"),
        ({"parent": None}, "record-parent"),
        ({"height": 0}, "record-height"),
        ({"height": 2}, "record-height"),
        ({"type": EventType.END_BALLOTS}, "record-documents"),
        ({"type": EventType.RESULT}, "record-order"),
        ({"payload": None}, "record-payload"),
        ({"payload": "0" * 64}, "record-payload"),
    ],
)
def test_an_event_that_does_not_follow_the_one_before_is_refused(
    finished: SmallElection, changes: dict[str, object], code: str
) -> None:
    first, second = event_places(finished.entries)[:2]
    good = parse_event(finished.entries[second].content)
    fields = {"parent": good.parent, "height": good.height, "type": good.type, "payload": good.payload} | changes
    forged = Entry(EntryKind.EVENT, Event(**fields).content())  # type: ignore[arg-type]
    assert refusal([*finished.entries[:second], forged]) == code
    assert first < second


def test_an_event_may_not_refer_to_a_document_further_back(finished: SmallElection, steps: list[Step]) -> None:
    """The same ballot event twice: belenios-tool 2.0 counts it as a revote."""
    ballot = steps[FIRST][1][0]
    entries, head = chained(steps[: BLANK + 1]), list(replay(chained(steps[: BLANK + 1])))[-1].head
    again = Event(parent=head.event, height=head.height + 1, type=EventType.BALLOT, payload=sha256_hex(ballot))
    assert refusal([*entries, Entry(EntryKind.EVENT, again.content())]) == "record-documents"
    assert refusal([*entries, data(ballot), Entry(EntryKind.EVENT, again.content())]) == "record-entry-twice"


@pytest.mark.parametrize("place", [SETUP, FIRST, END, TALLY, SHARE_1, RESULT])
def test_an_event_brings_as_many_documents_as_its_kind_needs(steps: list[Step], place: int) -> None:
    documents = steps[place][1]
    assert refusal(chained(replaced(steps, place, b"{}", *documents))) in {"record-documents", "record-dangling"}
    if documents:
        assert refusal(chained(replaced(steps, place, *documents[1:]))) == "record-documents"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"height":0,"type":"Setup"} ', "record-event-not-canonical"),
        (b'{"type":"Setup","height":0}', "record-event-not-canonical"),
        (b'{"height":-0,"type":"Setup"}', "record-event-not-canonical"),
        (b'{"parent":"","height":0,"type":"Setup"}', "record-event-not-canonical"),
        (b'{"height":0,"type":"\\u0053etup"}', "record-event-not-canonical"),
        (b'{"height":0,"type":"Setup","payload":""}', "record-event-not-canonical"),
        (b'{"height":0,"type":"Shuffled"}', "record-event-type"),
        (b'{"height":0,"type":"setup"}', "record-event-type"),
        (b'{"height":0,"type":"\\ud800"}', "json-unreadable"),
        (b'{"height":0,"type":["Setup"]}', "shape-text"),
        (b'{"height":"0","type":"Setup"}', "shape-number"),
        (b'{"height":-1,"type":"Setup"}', "shape-number"),
        (b'{"height":true,"type":"Setup"}', "shape-number"),
        (b'{"height":99999999999999999999,"type":"Setup"}', "json-number"),
        (b'{"height":0,"type":"Setup","parent":null}', "shape-text"),
        (b'{"height":0}', "shape-missing"),
        (b'{"height":0,"type":"Setup","x":1}', "shape-unknown"),
        (b"[]", "shape-object"),
    ],
)
def test_an_event_in_another_form_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_event(raw)
    assert caught.value.code == code


def test_an_event_is_read_back() -> None:
    for kind in EventType:
        for parent, payload in ((None, None), ("a" * 64, "b" * 64)):
            event = Event(parent=parent, height=7, type=kind, payload=payload)
            assert parse_event(event.content()) == event


def test_extending_a_chain_gives_what_replay_reads() -> None:
    entries, head = extend(None, EventType.SETUP, [canonical_bytes(number) for number in range(4)])
    (step,) = replay(entries)
    assert step.head == head
    assert [entry.content for entry in step.documents] == [b"0", b"1", b"2", b"3"]


def test_nothing_comes_after_the_result_and_nothing_before_the_setup() -> None:
    for kind in EventType:
        with pytest.raises(RecordError):
            check_move(EventType.RESULT, kind)
        if kind is not EventType.SETUP:
            with pytest.raises(RecordError):
                check_move(None, kind)
