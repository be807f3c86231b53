"""The statutes that come with the package, by id."""

from __future__ import annotations

from functools import lru_cache

from composition_rules.errors import CatalogueError
from composition_rules.shipped import shipped_file, shipped_ids
from composition_rules.statute.parsing import parse_statute
from composition_rules.statute.statutes import Statute, StatuteId

_FOLDER = "statutes"


def statute_ids() -> tuple[StatuteId, ...]:
    """The ids of all shipped statutes, in alphabetical order."""
    return tuple(map(StatuteId, shipped_ids(_FOLDER)))


@lru_cache(maxsize=64)
def load_statute(statute_id: str) -> Statute:
    """The shipped statute of that id.

    Raises:
        CatalogueError: no such statute is shipped, or its file is named after another.
        StatuteFileError: the file has faults.
    """
    known = statute_ids()
    if statute_id not in known:  # before it becomes part of a path
        raise CatalogueError("unknown-statute", statute=statute_id, known=", ".join(known))
    name, content = shipped_file(_FOLDER, statute_id)
    statute = parse_statute(content)
    if statute.id != statute_id:
        raise CatalogueError("statute-misnamed", file=name, statute=statute.id)
    return statute


def shipped_statutes() -> tuple[Statute, ...]:
    """All shipped statutes, in the order of their ids."""
    return tuple(load_statute(statute_id) for statute_id in statute_ids())
