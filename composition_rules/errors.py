"""The errors of the composition rules: one root, one branch for each kind of input that can be wrong.

An error carries a ``code`` and ``params``; its English sentence stands in ``messages.py`` and is translated by
whoever shows it to a person.
"""

from __future__ import annotations

from typing import ClassVar

from composition_rules.messages import sentence


class CompositionError(Exception):
    """Root of every error of this package. Never raised directly."""

    def __init__(self, code: str, /, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return sentence(self.code, self.params)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[CompositionError], code: str, params: dict[str, str | int]) -> CompositionError:
    return kind(code, **params)


class MandateError(CompositionError):
    """One fault of a mandate file, or of a council file.

    ``params`` always holds ``path``, the key as a person would write it (``group[2].seats``, counted from 1; empty
    for a fault of the file), and ``line``, the line of the file, counted from 1.
    """

    def __init__(self, code: str, /, *, path: str, line: int, **params: str | int) -> None:
        super().__init__(code, path=path, line=line, **params)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        code = "fault-at" if self.path else "fault-on-line"
        return sentence(code, {"line": self.line, "path": self.path, "reason": super().__str__()})


class FileError(CompositionError):
    """A file cannot be used; ``faults`` holds every fault, in the order of the lines. Never raised directly."""

    CODE: ClassVar[str]

    def __init__(self, faults: tuple[MandateError, ...]) -> None:
        super().__init__(self.CODE, number=len(faults))
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(fault) for fault in self.faults)])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.faults,)


class MandateFileError(FileError):
    """A mandate file cannot be used."""

    CODE = "mandate-unusable"


class CouncilFileError(FileError):
    """A council file cannot be used."""

    CODE = "council-unusable"


class RecordFileError(FileError):
    """A file of recorded lots, or of lists, cannot be used."""

    CODE = "record-file-unusable"


class StatuteFileError(FileError):
    """A statute file cannot be used."""

    CODE = "statute-unusable"


class CatalogueError(CompositionError):
    """No mandate, or no statute, of that id is shipped."""


class CouncilError(CompositionError):
    """A seat or an office cannot be given, ended or read in this council."""


class FillingError(CompositionError):
    """A question of who can fill which places contradicts itself."""


class LotError(CompositionError):
    """A lot cannot be drawn with this seed, or among these people."""


class DrawError(CompositionError):
    """Members cannot be chosen among the applicants as asked."""


class SearchLimitError(CompositionError):
    """The search was stopped before it had an answer. That says nothing about whether there is one."""
