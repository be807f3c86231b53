"""The mandates that come with the package, by id."""

from __future__ import annotations

from functools import lru_cache

from composition_rules.errors import CatalogueError
from composition_rules.mandate import Mandate, MandateId
from composition_rules.parse import parse_mandate
from composition_rules.shipped import shipped_file, shipped_ids

_FOLDER = "mandates"


def mandate_ids() -> tuple[MandateId, ...]:
    """The ids of all shipped mandates, in alphabetical order."""
    return tuple(map(MandateId, shipped_ids(_FOLDER)))


@lru_cache(maxsize=64)
def load_mandate(mandate_id: str) -> Mandate:
    """The shipped mandate of that id.

    Raises:
        CatalogueError: no such mandate is shipped, or its file is named after another.
        MandateFileError: the file has faults.
    """
    known = mandate_ids()
    if mandate_id not in known:  # before it becomes part of a path
        raise CatalogueError("unknown-mandate", mandate=mandate_id, known=", ".join(known))
    name, content = shipped_file(_FOLDER, mandate_id)
    mandate = parse_mandate(content)
    if mandate.id != mandate_id:
        raise CatalogueError("mandate-misnamed", file=name, mandate=mandate.id)
    return mandate
