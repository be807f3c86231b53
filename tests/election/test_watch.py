"""``election watch``: a server on this machine that serves a growing record honestly, and then in every wrong way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import election.challenge
import election.verify.judge
from election.__main__ import main
from election.ballots import Ballot, prepare_ballot, tracker, verify_ballot_proofs
from election.challenge import OpenedBallot, check_opening, open_ballot, opened_document, opened_entry
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.definition import ElectionDefinition
from election.record.archive import write_archive
from tests.election.elections import TIMESTAMP, SmallElection, make_election
from tests.election.forging import BLANK, END, FIRST, RESULT, REVOTE, SECOND, Step, chained, replaced


@dataclass
class Served:
    """What the server has, and how it behaves."""

    content: bytes = b""
    opened: bytes | None = None
    ranges: bool = False
    etags: bool = False
    status: int = 0
    announced: int | None = None
    silent: bool = False
    dripping: bool = False
    only_whole: bytes | None = None
    sends_to: str | None = None
    asked: list[dict[str, str]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        if self.path == "/opened.json":
            self._answer_with_list(self.served.opened)
        else:
            self._answer_with_record(self.served)

    def _answer_with_record(self, served: Served) -> None:
        served.asked.append(dict(self.headers.items()))
        if served.silent:
            time.sleep(1.5)
            return
        if served.sends_to is not None:
            self.send_response(302)
            self.send_header("Location", served.sends_to)
            self.end_headers()
            return
        if served.status:
            self.send_error(served.status)
            return
        etag = f'"{hash(served.content)}"'
        if served.etags and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        body, start = served.content, self.headers.get("Range")
        if served.ranges and start is not None:
            offset = int(start.removeprefix("bytes=").removesuffix("-"))
            if offset >= len(body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(body)}")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {offset}-{len(body) - 1}/{len(body)}")
            body = body[offset:]
        else:
            body = served.only_whole or body
            self.send_response(200)
        if served.etags:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body) if served.announced is None else served.announced))
        self.end_headers()
        if served.dripping:
            for byte in body[:4000]:
                self.wfile.write(bytes([byte]))
                time.sleep(0.01)
            return
        self.wfile.write(body)

    def _answer_with_list(self, opened: bytes | None) -> None:
        if opened is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(opened)))
        self.end_headers()
        self.wfile.write(opened)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Guard:
    """The server, and the command that watches it."""

    def __init__(self, url: str, served: Served, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.served = served
        self.folder = folder
        self._capsys = capsys

    def look(self, *options: str) -> tuple[int, str, str]:
        code = main(["watch", self.url, "--folder", str(self.folder), "--once", "--workers", "1", *options])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    @property
    def copy(self) -> bytes:
        return (self.folder / "record.bel").read_bytes()

    @property
    def evidence(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def guard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Guard]:
    served = Served()
    handler = type("Handler", (_Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Guard(f"http://127.0.0.1:{server.server_port}/record.bel", served, tmp_path / "kept", capsys)
    server.shutdown()
    server.server_close()


def bel(steps: list[Step]) -> bytes:
    return b"".join(write_archive(chained(steps), TIMESTAMP))


@pytest.mark.parametrize("ranges", [False, True])
@pytest.mark.parametrize("etags", [False, True])
def test_a_record_that_grows_is_followed_to_its_end(guard: Guard, steps: list[Step], ranges: bool, etags: bool) -> None:
    guard.served.ranges, guard.served.etags = ranges, etags
    for events in (FIRST, SECOND, END, RESULT + 1):
        guard.served.content = bel(steps[:events])
        code, out, err = guard.look()
        assert (code, err) == (MET, "")
        assert "all checks hold" in out
        assert guard.copy == guard.served.content
    assert "1 Result" in out
    assert guard.evidence == ["record.bel", "watched.json"]


def test_what_was_proven_is_not_proven_again(guard: Guard, steps: list[Step], monkeypatch: pytest.MonkeyPatch) -> None:
    proven: list[str] = []

    def spy(ballot: Ballot, definition: ElectionDefinition) -> None:
        proven.append(ballot.tracker)
        verify_ballot_proofs(ballot, definition)

    monkeypatch.setattr(election.verify.judge, "verify_ballot_proofs", spy)
    for events in (SECOND, END):
        guard.served.content = bel(steps[:events])
        guard.look()
    assert proven == [tracker(steps[place][1][0]) for place in (FIRST, BLANK, SECOND, REVOTE)]


def test_a_copy_that_somebody_touched_is_proven_again(guard: Guard, steps: list[Step]) -> None:
    guard.served.content = bel(steps[:END])
    assert guard.look()[0] == MET
    forged = replaced(steps[:END], SECOND, steps[BLANK][1][0])
    (guard.folder / "record.bel").write_bytes(bel(forged))
    code, out, err = guard.look()
    assert (code, out) == (UNUSABLE, "")
    assert "Our own copy in" in err


def test_a_watch_that_goes_on_asks_for_what_is_new_only(
    guard: Guard, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three rounds: the whole file, then the rest, then a fork, at which it stops."""
    guard.served.ranges = guard.served.etags = True
    good, forked = bel(steps[:SECOND]), bel([*steps[:BLANK], *steps[SECOND:END]])
    rounds = iter([bel(steps[:END]), forked])
    guard.served.content = good
    monkeypatch.setattr(time, "sleep", lambda _: setattr(guard.served, "content", next(rounds)))
    code = main(["watch", guard.url, "--folder", str(guard.folder), "--interval", "1", "--workers", "1"])
    assert code == NOT_MET
    assert "Range" not in guard.served.asked[0]
    assert guard.served.asked[1]["Range"] == f"bytes={len(good)}-"
    assert guard.copy == bel(steps[:END])


FORGED = {
    "drops a ballot": (lambda steps: [*steps[:BLANK], steps[SECOND], steps[REVOTE]], "is missing; the later copy has"),
    "replaces a ballot": (lambda steps: replaced(steps[:REVOTE], FIRST, steps[REVOTE][1][0]), "copy has Ballot"),
    "shrinks": (lambda steps: steps[:SECOND], "the later copy ends before it"),
    "forks": (lambda steps: [*steps[:SECOND], *steps[END:]], "is missing; the later copy has EndBallots"),
}


@pytest.mark.parametrize("ranges", [False, True])
@pytest.mark.parametrize("name", FORGED)
def test_a_record_that_does_not_continue_our_copy_raises_the_alarm(
    guard: Guard, steps: list[Step], name: str, ranges: bool
) -> None:
    forge, reason = FORGED[name]
    guard.served.ranges = ranges
    guard.served.content = good = bel(steps[:END])
    assert guard.look()[0] == MET
    guard.served.content = bel(forge(steps))
    code, out, err = guard.look()
    assert (code, out) == (NOT_MET, "")
    assert "ALARM" in err
    assert reason in err
    assert guard.copy == good
    assert guard.evidence == ["evidence-1.bel", "record.bel", "watched.json"]
    assert guard.look()[0] == NOT_MET
    assert guard.evidence == ["evidence-1.bel", "record.bel", "watched.json"]
    guard.served.content = bel(forge(steps)[:FIRST])
    assert guard.look()[0] == NOT_MET
    assert guard.evidence == ["evidence-1.bel", "evidence-2.bel", "record.bel", "watched.json"]


def test_a_new_ballot_that_is_bad_raises_the_alarm(guard: Guard, steps: list[Step]) -> None:
    guard.served.content = bel(steps[:SECOND])
    assert guard.look()[0] == MET
    copied = json.loads(steps[FIRST][1][0])
    copied["credential"] = json.loads(steps[SECOND][1][0])["credential"]
    forged = json.dumps(copied, ensure_ascii=False, separators=(",", ":")).encode()
    guard.served.content = bel(replaced(steps[:END], SECOND, forged))
    code, _, err = guard.look("--language", "da")
    assert code == NOT_MET
    assert "FEJL i trin 6 (stemmesedler), hændelse 3" in err
    assert guard.copy == bel(steps[:SECOND])


def test_a_server_that_gives_a_good_rest_and_another_whole_is_found_out(guard: Guard, steps: list[Step]) -> None:
    guard.served.ranges = True
    guard.served.content = bel(steps[:SECOND])
    assert guard.look()[0] == MET
    guard.served.content = bel(steps[:END])
    guard.served.only_whole = bel(replaced(steps[:REVOTE], FIRST, steps[REVOTE][1][0]))
    assert guard.look()[0] == NOT_MET  # the first look of a run asks for the whole


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 500}, "status 500"),
        ({"status": 404}, "status 404"),
        ({"silent": True}, "longer than 1 seconds"),
        ({"dripping": True}, "longer than 2 seconds"),
        ({"announced": 10_000_000}, "announced 10000000 bytes"),
        ({"sends_to": "http://["}, "ValueError"),
        ({"sends_to": f"http://{'a' * 64}/"}, "UnicodeError"),
        ({"sends_to": "http://127.0.0.1:port/"}, "InvalidURL"),
    ],
)
def test_a_server_in_trouble_ends_one_look_with_2_and_leaves_the_copy(
    guard: Guard, steps: list[Step], fault: dict[str, Any], said: str
) -> None:
    guard.served.content = bel(steps[:SECOND])
    assert guard.look()[0] == MET
    for name, value in fault.items():
        setattr(guard.served, name, value)
    code, out, err = guard.look("--patience", "1", "--longest", "2")
    assert (code, out) == (UNUSABLE, "")
    assert said in err
    assert guard.copy == bel(steps[:SECOND])
    assert guard.evidence == ["record.bel", "watched.json"]


def test_fewer_bytes_than_there_are_are_a_record_cut_off(guard: Guard, steps: list[Step]) -> None:
    guard.served.content = bel(steps[:SECOND])
    guard.served.announced = len(guard.served.content) - 512
    code, _, err = guard.look()
    assert code == NOT_MET
    assert "The archive is cut off" in err


def test_nobody_there_and_no_address_of_the_web_end_with_2(guard: Guard, tmp_path: Path) -> None:
    for url in (
        "http://127.0.0.1:9/record.bel",
        f"file://{tmp_path}/record.bel",
        "record.bel",
        "http://[",
        "http://127.0.0.1/ø",
    ):
        assert main(["watch", url, "--folder", str(guard.folder), "--once", "--workers", "1"]) == UNUSABLE


def test_trouble_does_not_end_a_watch_that_goes_on(
    guard: Guard, steps: list[Step], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guard.served.status = 503
    shrunk = iter([(0, bel(steps[:END])), (0, bel(steps[:SECOND]))])

    def asleep(_: int) -> None:
        guard.served.status, guard.served.content = next(shrunk)

    monkeypatch.setattr(time, "sleep", asleep)
    assert main(["watch", guard.url, "--folder", str(guard.folder), "--workers", "1"]) == NOT_MET
    captured = capsys.readouterr()
    assert "status 503" in captured.err
    assert "4 ballots of 3 voters: all checks hold" in captured.out


@dataclass(frozen=True)
class Tests:
    """An election in which elector 0 tested the machine twice and elector 1 cast a ballot that could be opened."""

    __test__ = False

    before: bytes
    after: bytes
    entries: tuple[bytes, bytes]
    with_the_first: bytes
    cast: bytes


@pytest.fixture(scope="module")
def tests() -> Tests:
    election = make_election()
    made = [prepare_ballot(election.definition, election.codes[voter], (1,)) for voter in (0, 0, 1)]
    first, second, cast = (opened_entry(each.raw, open_ballot(each, election.definition)) for each in made)
    before = b"".join(write_archive(election.entries, TIMESTAMP))
    forged = SmallElection(election.definition, election.trustees, election.codes)
    forged.entries, forged.head = list(election.entries), election.head
    forged.append_ballot(made[0].raw)
    election.append_ballot(made[2].raw)
    after, with_the_first = (b"".join(write_archive(each.entries, TIMESTAMP)) for each in (election, forged))
    return Tests(before=before, after=after, entries=(first, second), with_the_first=with_the_first, cast=cast)


LIST = "record.opened.json"


def test_the_list_of_what_was_opened_is_followed_beside_the_record(guard: Guard, tests: Tests) -> None:
    guard.served.content, guard.served.opened = tests.before, b"[]"
    assert "0 ballots were opened" in guard.look()[1]
    guard.served.opened = opened_document(tests.entries[:1])
    assert "New: 1 OpenedBallot" in guard.look()[1]
    guard.served.content, guard.served.opened = tests.after, opened_document(tests.entries)
    code, out, err = guard.look("--language", "da")
    assert (code, err) == (MET, "")
    assert "1 Ballot, 1 OpenedBallot" in out
    assert "2 stemmesedler blev åbnet" in out
    assert (guard.folder / LIST).read_bytes() == guard.served.opened
    assert guard.evidence == ["record.bel", LIST, "watched.json"]
    assert "Nothing new" in guard.look()[1]
    # Whoever has the folder verifies both together.
    assert main(["verify", "--workers", "1", str(guard.folder / "record.bel")]) == MET


def test_an_opening_that_was_checked_is_not_checked_again_unless_our_copy_was_touched(
    guard: Guard, tests: Tests, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bytes] = []

    def spy(ballot: bytes, opening: bytes, definition: ElectionDefinition) -> OpenedBallot:
        checked.append(opened_entry(ballot, opening))
        return check_opening(ballot, opening, definition)

    monkeypatch.setattr(election.challenge, "check_opening", spy)
    guard.served.content = tests.before
    for number in (1, 1, 2):
        guard.served.opened = opened_document(tests.entries[:number])
        assert guard.look()[0] == MET
    assert checked == list(tests.entries)
    (guard.folder / LIST).write_bytes(opened_document(tests.entries[:1]))
    assert guard.look()[0] == MET
    assert checked == [*tests.entries, *tests.entries]
    (guard.folder / LIST).write_bytes(b"[{}]")
    code, _, err = guard.look()
    assert code == UNUSABLE
    assert "Our own copy in" in err


WRONG_LISTS: dict[str, tuple[Callable[[Tests], bytes | None], str]] = {
    "taken away": (lambda _: None, "does not begin with what was on it"),
    "emptied": (lambda _: b"[]", "does not begin with what was on it"),
    "shrunk": (lambda t: opened_document(t.entries[:1]), "does not begin with what was on it"),
    "moved": (lambda t: opened_document(t.entries[::-1]), "does not begin with what was on it"),
    "a page": (lambda _: b"<html>", "does not begin with what was on it"),
    "twice": (lambda t: opened_document([*t.entries, t.entries[0]]), "stands twice"),
    "no opening": (lambda t: opened_document([*t.entries, b"{}"]), "The list of opened ballots does not hold"),
    "cut off": (lambda t: opened_document([*t.entries, t.cast])[:-1], "The list of opened ballots does not hold"),
    "a ballot that was cast": (lambda t: opened_document([*t.entries, t.cast]), "was opened to test the machine"),
}


@pytest.mark.parametrize("name", WRONG_LISTS)
def test_a_list_that_lost_something_or_grew_by_something_bad_raises_the_alarm(
    guard: Guard, tests: Tests, name: str
) -> None:
    forge, reason = WRONG_LISTS[name]
    guard.served.content, guard.served.opened = tests.after, opened_document(tests.entries)
    assert guard.look()[0] == MET
    guard.served.opened = forge(tests)
    code, _, err = guard.look()
    assert code == NOT_MET
    assert "ALARM" in err
    assert reason in err
    assert f"Our copy is {guard.folder / LIST}" in err
    assert (guard.folder / LIST).read_bytes() == opened_document(tests.entries)
    assert guard.evidence == ["evidence-1.opened.json", "record.bel", LIST, "watched.json"]


def test_a_record_that_takes_in_an_opened_ballot_raises_the_alarm(guard: Guard, tests: Tests) -> None:
    guard.served.content, guard.served.opened = tests.before, opened_document(tests.entries)
    assert guard.look()[0] == MET
    guard.served.content = tests.with_the_first
    code, _, err = guard.look()
    assert code == NOT_MET
    assert "was opened to test the machine" in err
    assert guard.evidence == ["evidence-1.bel", "record.bel", LIST, "watched.json"]


def test_a_server_of_another_program_has_no_such_list(guard: Guard, tests: Tests) -> None:
    guard.served.content = tests.before
    for answer in (None, b"<html>not here</html>", b""):
        guard.served.opened = answer
        code, out, err = guard.look()
        assert (code, err) == (MET, "")
        assert "were opened" not in out
    assert guard.evidence == ["record.bel", "watched.json"]
