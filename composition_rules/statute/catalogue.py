"""The statutes that come with the package, by id."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from composition_rules.errors import CatalogueError
from composition_rules.statute.parsing import parse_statute
from composition_rules.statute.statutes import Statute, StatuteId

_SHIPPED = files("composition_rules") / "statutes"
_ENDING = ".toml"


def statute_ids() -> tuple[StatuteId, ...]:
    """The ids of all shipped statutes, in alphabetical order."""
    names = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(StatuteId(name.removesuffix(_ENDING)) for name in names if name.endswith(_ENDING)))


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
    name = statute_id + _ENDING
    statute = parse_statute((_SHIPPED / name).read_bytes())
    if statute.id != statute_id:
        raise CatalogueError("statute-misnamed", file=name, statute=statute.id)
    return statute


def shipped_statutes() -> tuple[Statute, ...]:
    """All shipped statutes, in the order of their ids."""
    return tuple(load_statute(statute_id) for statute_id in statute_ids())
