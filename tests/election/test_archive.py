"""The archive file: one form, only growing, and not a byte of it free."""

from __future__ import annotations

import io
import tarfile
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from election.errors import RecordError, VerificationError
from election.record.archive import MAX_ENTRY_BYTES, archive_piece, read_archive, write_archive
from election.record.chain import Entry, EntryKind
from election.verify import verify_archive
from tests.election.elections import TIMESTAMP, SmallElection, make_election
from tests.election.forging import VECTORS


@cache
def small_archive() -> bytes:
    """One elector, one ballot, counted: the shortest record with an event of every kind."""
    election = make_election(electors=1)
    election.vote(0, 1)
    election.count(election.close())
    return election.archive()


def refused(content: bytes) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        verify_archive(io.BytesIO(content))
    str(caught.value)
    return caught.value


def code(content: bytes) -> str:
    with pytest.raises(RecordError) as caught:
        list(read_archive(io.BytesIO(content)))
    str(caught.value)
    return caught.value.code


def test_any_tar_program_reads_it(finished: SmallElection) -> None:
    with tarfile.open(fileobj=io.BytesIO(finished.archive() + bytes(1024))) as archive:
        members = archive.getmembers()
        contents = [archive.extractfile(member).read() for member in members]  # type: ignore[union-attr]
    assert members[0].name == "BELENIOS"
    assert contents[0] == b'{"version":1,"timestamp":"%d"}' % TIMESTAMP
    assert [member.name for member in members[1:]] == [
        f"{entry.sha256}.{entry.kind.value}.json" for entry in finished.entries
    ]
    assert contents[1:] == [entry.content for entry in finished.entries]
    assert {(member.mtime, member.mode, member.uid, member.isreg()) for member in members} == {
        (TIMESTAMP, 0o644, 0, True)
    }


def test_an_archive_of_belenios_tool_is_written_again_byte_by_byte_and_holds() -> None:
    content = (VECTORS / "4S92PJQYHSkk7n.bel").read_bytes()
    entries = list(read_archive(io.BytesIO(content)))
    assert b"".join(write_archive(entries, 1795362704)) == content
    record = verify_archive(io.BytesIO(content))
    assert (record.ballots, record.counts) == (3, ((1, 1, 0),))


def test_the_archive_only_grows_by_the_pieces_of_its_entries(finished: SmallElection) -> None:
    grown = b"".join(write_archive([], TIMESTAMP))
    for place, entry in enumerate(finished.entries):
        assert list(read_archive(io.BytesIO(grown))) == finished.entries[:place]
        grown += archive_piece(entry, TIMESTAMP)
    assert grown == finished.archive()


def test_every_prefix_that_ends_with_an_event_holds_and_every_other_is_refused(finished: SmallElection) -> None:
    pieces = list(write_archive(finished.entries, TIMESTAMP))
    events = 0
    for number in range(len(pieces) + 1):
        prefix = b"".join(pieces[:number])
        if number > 1 and finished.entries[number - 2].kind is EntryKind.EVENT:
            events += 1
            assert verify_archive(io.BytesIO(prefix)).head.height + 1 == events
        else:
            assert refused(prefix).step in {"1 archive", "2 chain"}
    assert events == 10


@settings(max_examples=60)
@given(st.integers(0, 2**30))
def test_an_archive_cut_anywhere_else_is_refused(place: int) -> None:
    content = small_archive()[: place % len(small_archive())]
    assume(len(content) % 512)
    assert refused(content).step == "1 archive"


@settings(max_examples=120)
@given(st.integers(0, 2**30), st.integers(1, 255))
def test_no_byte_of_a_finished_archive_can_be_changed(place: int, difference: int) -> None:
    content = bytearray(small_archive())
    content[place % len(content)] ^= difference
    refused(bytes(content))


@settings(max_examples=60)
@given(st.integers(0, 2**30), st.integers(0, 600), st.binary(max_size=600))
def test_nothing_can_be_put_in_or_taken_out(place: int, cut: int, put: bytes) -> None:
    good = small_archive()
    place %= len(good)
    content = good[:place] + put + good[place + cut :]
    assume(not good.startswith(content))
    assume(content != good)
    refused(content)


@settings(max_examples=200)
@given(st.binary(max_size=1200))
def test_no_bytes_at_all_raise_anything_but_a_verification_error(content: bytes) -> None:
    refused(content)


def header(**fields: bytes) -> bytes:
    """The first block and document of an archive, with fields of the block replaced and the checksum made good."""
    block = bytearray(b"".join(write_archive([], TIMESTAMP)))
    places = {"name": 0, "mode": 100, "size": 124, "mtime": 136, "type": 156, "link": 157, "magic": 257, "user": 265}
    for field, value in fields.items():
        block[places[field] : places[field] + len(value)] = value
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:512])
    return bytes(block)


def test_the_header_helper_of_this_test_makes_a_good_header() -> None:
    assert header() == b"".join(write_archive([], TIMESTAMP))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": b"BELENIOT"}, "archive-header"),
        ({"name": b"BELENIOS\0x"}, "archive-header"),
        ({"name": b"\xffELENIOS"}, "archive-unreadable"),
        ({"mode": b"0000755"}, "archive-unreadable"),
        ({"size": b"        046"}, "archive-unreadable"),
        ({"size": b"0000000_046"}, "archive-unreadable"),
        ({"size": b"0o000000046"}, "archive-unreadable"),
        ({"size": b"-0000000046"}, "archive-unreadable"),
        ({"size": b"77777777777"}, "archive-unreadable"),
        ({"size": b"%011o" % MAX_ENTRY_BYTES}, "archive-cut"),
        ({"size": b"%011o" % (MAX_ENTRY_BYTES + 1)}, "archive-unreadable"),
        ({"size": b"\x80\0\0\0\0\0\0\0\0\0\0\x26"}, "archive-unreadable"),
        ({"mtime": b"%011o" % (TIMESTAMP + 1)}, "archive-time"),
        ({"mtime": b"-0000000001"}, "archive-unreadable"),
        ({"type": b"5"}, "archive-unreadable"),
        ({"link": b"/etc/passwd"}, "archive-unreadable"),
        ({"magic": b"ustar\x0000"}, "archive-unreadable"),
        ({"user": b"root"}, "archive-unreadable"),
    ],
)
def test_a_header_block_in_another_form_is_refused(fields: dict[str, bytes], expected: str) -> None:
    assert code(header(**fields)) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (b'{"version":2,"timestamp":"%d"}', "archive-version"),
        (b'{"version":1,"timestamp": "%d"}', "archive-time"),
        (b'{"timestamp":"%d","version":1}', "archive-time"),
        (b'{"version":1,"timestamp":%d}', "shape-text"),
        (b'{"version":"1","timestamp":"%d"}', "shape-number"),
        (b'{"version":1,"timestamp":"0%d"}', "archive-time"),
        (b'{"version":1,"timestamp":"%d","x":1}', "shape-unknown"),
        (b'["%d"]', "shape-object"),
        (b"%d", "shape-object"),
        (b"{%d", "json-unreadable"),
    ],
)
def test_a_header_document_in_another_form_is_refused(document: bytes, expected: str) -> None:
    content = document % TIMESTAMP
    block = header(size=b"%011o" % len(content))[:512]
    assert code(block + content + bytes(-len(content) % 512)) == expected


def test_the_time_of_every_entry_is_that_of_the_header(finished: SmallElection) -> None:
    later = archive_piece(finished.entries[0], TIMESTAMP + 1)
    assert code(b"".join(write_archive([], TIMESTAMP)) + later) == "archive-time"


def test_an_entry_is_named_by_its_hash_and_kind(finished: SmallElection) -> None:
    start = b"".join(write_archive([], TIMESTAMP))
    first, second = finished.entries[:2]
    good = archive_piece(first, TIMESTAMP)
    assert code(start + good[:512] + archive_piece(second, TIMESTAMP)[512:]) in {"archive-cut", "archive-hash"}
    as_event = archive_piece(Entry(EntryKind.EVENT, first.content), TIMESTAMP)
    assert refused(start + as_event).step == "2 chain"
    assert code(start + header(name=b"../" * 10)) == "archive-name"
    assert code(start + start) == "archive-name"


def test_the_blocks_of_zeros_that_end_an_ordinary_tar_are_refused(finished: SmallElection) -> None:
    assert code(finished.archive() + bytes(1024)) == "archive-unreadable"


def test_padding_is_zeros() -> None:
    content = bytearray(small_archive())
    content[1023] = 1
    assert code(bytes(content)) == "archive-cut"
