"""Files that a count needs beside its papers: the lots that were drawn, and the lists. Strict TOML, faults by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from composition_rules.errors import LotError, RecordFileError
from composition_rules.lots import open_lot
from composition_rules.parse.files import open_file
from composition_rules.parse.reading import Table
from election.counting.apportion import ListId
from election.counting.lists import AlternatesByList, CandidateList, JointLists, ListOrder
from election.counting.lots import Boundary, Lot
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
    try:
        open_lot("any seed", "any place", (name,))
    except LotError:
        return False
    return not name.isdigit()


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
