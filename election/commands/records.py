"""Files of a count beside its papers: lots that were drawn, lists, votes for an office. Strict TOML, faults by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from composition_rules.errors import LotError, RecordFileError
from composition_rules.lots import open_lot
from composition_rules.parse.files import open_file
from composition_rules.parse.reading import Table
from election.counting.apportion import ListId
from election.counting.lists import AlternatesByList, CandidateList, JointLists, ListOrder
from election.counting.lots import Boundary, Lot
from election.counting.offices import RoundVotes
from election.counting.rules import Lists
from election.ids import CandidateId

LANGUAGE: Final = 1


def parse_lots(raw: bytes) -> tuple[Lot, ...]:
    """The recorded lots of a file.

    Raises:
        RecordFileError: It holds every fault with its line.
    """
    top = _open(raw)
    lots = tuple(_lot(table) for table in top.tables("lot", needed=True))
    top.faults.raise_if_any()
    return lots


def parse_lists(raw: bytes, ids: Mapping[str, CandidateId]) -> Lists:
    """The lists of a file, each with its name as id; ``ids`` are those of whom the papers name, by name.

    A list that the papers name can be marked itself.

    Raises:
        RecordFileError: It holds every fault with its line.
    """
    top = _open(raw)
    lists = tuple(_list(table, ids) for table in top.tables("list", needed=True))
    joint: dict[str, JointLists] = {}
    known = {str(each.id) for each in lists}
    for table in top.tables("joint", needed=False):
        _add_joint(table, joint, known)
    alternates = top.table_or_none("alternates")
    number = AlternatesByList()
    if alternates is not None:
        number = AlternatesByList(
            per_seat=alternates.integer_or_none("per_seat", least=0) or 0,
            more=alternates.integer_or_none("more", least=0) or 0,
        )
    top.faults.raise_if_any()
    return Lists(lists=lists, joint=tuple(joint.values()), alternates=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFile:
    """Who stands for an office, by name, and the rounds that were voted."""

    candidates: tuple[CandidateId, ...]
    rounds: tuple[RoundVotes, ...]


def parse_office(raw: bytes) -> OfficeFile:
    """The vote for an office.

    Raises:
        RecordFileError: It holds every fault with its line.
    """
    top = _open(raw)
    candidates = tuple(map(CandidateId, top.strings("candidates")))
    for each in candidates:
        if not _can_be_drawn(each):
            top.note("bad-name-in-lot", "candidates", word=each)
    members = top.integer("members", least=1)
    rounds = tuple(_round(table, candidates, members) for table in top.tables("round", needed=False))
    top.faults.raise_if_any()
    return OfficeFile(candidates=candidates, rounds=rounds)


def _round(table: Table, candidates: Collection[CandidateId], members: int) -> RoundVotes:
    votes = table.table("votes")
    numbers = {each: votes.integer_or_none(each, least=0) for each in candidates}
    present = table.integer_or_none("present", least=0)
    withdrew = table.strings("withdrew") if table.has("withdrew") else ()
    return RoundVotes(
        votes={each: number for each, number in numbers.items() if number is not None},
        present=members if present is None else present,
        members=members,
        blank=table.integer_or_none("blank", least=0) or 0,
        invalid=table.integer_or_none("invalid", least=0) or 0,
        withdrew=tuple(map(CandidateId, withdrew)),
    )


def _open(raw: bytes) -> Table:
    return open_file(raw, RecordFileError, language=LANGUAGE, unsupported="unsupported-record-language")


def _lot(table: Table) -> Lot:
    return Lot(
        boundary=table.needed_word("place", Boundary),
        at=table.string_or_none("at") or "",
        order=table.strings("order"),
        method=table.string("method"),
        drawn_by=table.string("drawn_by"),
        witnesses=table.strings("witnesses"),
        drawn_at=table.moment("drawn_at"),
        seed=table.string_or_none("seed"),
    )


def _list(table: Table, ids: Mapping[str, CandidateId]) -> CandidateList:
    name = table.string("name")
    if name and not _is_list_name(name):
        table.note("bad-list-name", "name", word=name)
    people = table.strings("candidates")
    for each in people:
        if each not in ids:
            table.note("unknown-word", "candidates", word=each, known=", ".join(ids))
    return CandidateList(
        id=ListId(name),
        candidates=tuple(ids[each] for each in people if each in ids),
        order=table.word_or_none("order", ListOrder) or ListOrder.SIDE_BY_SIDE,
    )


def _is_list_name(name: str) -> bool:
    """Whether a name can stand in a lot, and cannot be taken for the number of a candidate."""
    return _can_be_drawn(name) and not name.isdigit()


def _can_be_drawn(name: str) -> bool:
    """Whether a name can stand in a lot."""
    try:
        open_lot("any seed", "any place", (name,))
    except LotError:
        return False
    return True


def _add_joint(table: Table, joint: dict[str, JointLists], lists: Collection[str]) -> None:
    """Lists that stand together; a part may be such lists that stand above, which then no longer stand alone."""
    name, parts = table.string("name"), table.strings("parts")
    if name and not _is_list_name(name):
        table.note("bad-list-name", "name", word=name)
    if name in joint:
        table.note("listed-twice", "name", word=name)
    for part in parts:
        if part not in lists and part not in joint:
            table.note("unknown-word", "parts", word=part, known=", ".join((*lists, *joint)))
    taken = tuple(joint.pop(part) if part in joint else ListId(part) for part in parts)
    joint[name] = JointLists(id=ListId(name), parts=taken)
