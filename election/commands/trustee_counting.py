"""``election trustee decrypt | rehearse | rehearsal``: the key is used, first on a test and then on the tally."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands.faults import naming
from election.commands.group_option import add_group, group_of
from election.commands.language import add_language, say
from election.commands.output import MET, print_lines
from election.commands.own_record import path_of
from election.commands.secret_files import check_new, write_new
from election.commands.trustee_files import add_key, decrypting_key
from election.crypto.groups import Group
from election.errors import TallyError
from election.record.archive import read_archive
from election.record.canonical import sha256_hex
from election.record.writer import owned_share_document
from election.shares import decrypt_share
from election.trustees import TrusteeItem, owner_of, parse_trustees
from election.trustees.rehearsal import (
    Override,
    Rehearsal,
    RehearsalAnswer,
    RehearsalTest,
    answer_test,
    answer_to_bytes,
    new_test,
    parse_answer,
    parse_rehearsal_test,
    rehearsal_test_to_bytes,
    rehearse,
    verify_ready,
)
from election.verify import verify_archive

if TYPE_CHECKING:
    from election.commands.output import Commands

_Run = Callable[[argparse.Namespace], int]


def add_to(actions: Commands, checked: Callable[[_Run], _Run]) -> None:
    """Add the actions."""
    decrypting = actions.add_parser("decrypt", help="trustee: verify a record and decrypt its tally")
    decrypting.add_argument("record", type=Path, metavar="FILE.bel")
    decrypting.add_argument(
        "--weights", action="store_true", help="also where some ballots count more than once, as the mandate says"
    )
    own = decrypting.add_mutually_exclusive_group()
    own.add_argument(
        "--shuffle", type=Path, metavar="FILE", help="ranked votes: your shuffle, to be found in the record"
    )
    own.add_argument("--not-shuffled", action="store_true", help="ranked votes that others shuffled, and you did not")
    decrypting.set_defaults(run=checked(_decrypt))
    rehearsing = actions.add_parser("rehearse", help="trustee: show that your key is at hand")
    rehearsing.set_defaults(run=checked(_rehearse))
    for each in (decrypting, rehearsing):
        each.add_argument("--finished", type=Path, metavar="FILE", help="member of a group: what you finished with")
        add_key(each)
    rehearsal = actions.add_parser("rehearsal", help="administrator: a test for the trustees, and who answered")
    steps = rehearsal.add_subparsers(dest="step", required=True)
    making = steps.add_parser("new", help="make a test")
    making.set_defaults(run=checked(_new))
    checking = steps.add_parser("check", help="how many keys were shown, and whether voting may open")
    checking.add_argument("answers", type=Path, nargs="*", metavar="ANSWER")
    checking.add_argument("--decided-by", metavar="NAME", help="who decided to open with fewer")
    checking.add_argument("--reason", metavar="TEXT", help="why")
    checking.set_defaults(run=checked(_check))
    for each in (making, checking):
        add_group(each)
    for each in (rehearsing, making, checking):
        each.add_argument("--trustees", type=Path, required=True, metavar="FILE", help="the trustees of the election")
    for each in (rehearsing, checking):
        each.add_argument("--test", type=Path, required=True, metavar="FILE", help="the test of the administrator")
    for each in (decrypting, rehearsing, making):
        each.add_argument("--out", type=Path, required=True, metavar="FILE")
    for each in (decrypting, rehearsing, making, checking):
        add_language(each)


def _decrypt(options: argparse.Namespace) -> int:
    check_new(options.out)
    with path_of(options).open("rb") as file:
        record = verify_archive(file)
    if record.tally is None:
        raise TallyError("share-of-none")
    if record.tally.num_tallied == 1:
        raise TallyError("share-of-one-ballot")
    if record.tally.total_weight != record.tally.num_tallied and not options.weights:
        raise TallyError("share-of-weights")
    if record.shuffled_by:
        _check_own_shuffle(options)
    group = record.definition.group
    private_key = decrypting_key(options, group)
    owner = owner_of(record.trustees, group.secret_power(group.g, private_key.secret))
    share = decrypt_share(private_key, record.tally, record.definition)
    _remember(options.key, record.definition.uuid, sha256_hex(record.tally.content))
    write_new(options.out, share.content + b"\n" + owned_share_document(owner, share) + b"\n")
    print_lines([say("trustee-share-written", {"path": options.out, "owner": owner}, options.language)])
    return MET


def _check_own_shuffle(options: argparse.Namespace) -> None:
    """Whether the votes went through this trustee's shuffle (3.4, step 7): a record cannot show who made one.

    Raises:
        TallyError: They did not, or nothing was said of it (codes share-foreign-shuffle, share-own-shuffle).
    """
    if options.not_shuffled:
        return
    if options.shuffle is None:
        raise TallyError("share-own-shuffle")
    mine = options.shuffle.read_bytes().partition(b"\n")[0]
    with path_of(options).open("rb") as file:
        if all(entry.content != mine for entry in read_archive(file)):
            raise TallyError("share-foreign-shuffle", path=str(options.shuffle))


def _remember(key: Path, election: str, tally: str) -> None:
    """One tally of an election for a key, as on a trustee's page: two that differ by one ballot show that ballot.

    Raises:
        TallyError: The key was used on another (``share-of-another``).
        OSError: The file beside the key, in which this stands, cannot be read or written.
    """
    path = key.with_name(f"{key.name}.used")
    noted = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    known = dict(line.partition(" ")[::2] for line in noted)
    if known.get(election, tally) != tally:
        raise TallyError("share-of-another", path=str(path))
    if election not in known:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{election} {tally}\n")
            file.flush()
            os.fsync(file.fileno())


def _rehearse(options: argparse.Namespace) -> int:
    private_key = decrypting_key(options)
    answer = answer_test(private_key, _test(options, private_key.group))
    write_new(options.out, answer_to_bytes(answer) + b"\n")
    print_lines([say("trustee-answer-written", {"path": options.out, "owner": answer.owner}, options.language)])
    return MET


def _new(options: argparse.Namespace) -> int:
    group = group_of(options)
    write_new(options.out, rehearsal_test_to_bytes(new_test(_trustees(options, group), group)) + b"\n")
    print_lines([say("trustee-test-written", {"path": options.out}, options.language)])
    return MET


def _check(options: argparse.Namespace) -> int:
    group = group_of(options)
    answers = [_answer(path, group) for path in options.answers]
    rehearsal = rehearse(_test(options, group), answers)
    print_lines(_readiness(rehearsal, options.language))
    override = None
    if options.decided_by is not None or options.reason is not None:
        override = Override(decided_by=options.decided_by or "", reason=options.reason or "")
    verify_ready(rehearsal, override)
    if override is None:
        print_lines([say("rehearsal-ready", {}, options.language)])
    else:
        params = {"decided_by": override.decided_by, "reason": override.reason}
        print_lines([say("rehearsal-overridden", params, options.language)])
    return MET


def _readiness(rehearsal: Rehearsal, language: str) -> list[str]:
    return [
        say(
            "rehearsal-item",
            {
                "first": each.owners.start,
                "last": each.owners.stop - 1,
                "proven": each.proven,
                "needed": each.needed,
                "wanted": each.wanted,
            },
            language,
        )
        for each in rehearsal.readiness()
    ]


def _answer(path: Path, group: Group) -> RehearsalAnswer:
    raw = path.read_bytes()
    with naming(path):
        return parse_answer(raw, group)


def _test(options: argparse.Namespace, group: Group) -> RehearsalTest:
    raw, trustees = options.test.read_bytes(), _trustees(options, group)
    with naming(options.test):
        return parse_rehearsal_test(raw, trustees, group)


def _trustees(options: argparse.Namespace, group: Group) -> tuple[TrusteeItem, ...]:
    raw = options.trustees.read_bytes().strip()
    with naming(options.trustees):
        return parse_trustees(raw, group)
