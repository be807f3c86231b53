"""The TOML files that come with the package, by folder and id."""

from __future__ import annotations

from importlib.resources import files

_ENDING = ".toml"


def shipped_ids(folder: str) -> tuple[str, ...]:
    """The ids of all files of a folder, in alphabetical order."""
    names = (entry.name for entry in (files("composition_rules") / folder).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


def shipped_file(folder: str, file_id: str) -> tuple[str, bytes]:
    """The name and the content of one of ``shipped_ids``; whoever calls has looked that it is one."""
    name = file_id + _ENDING
    return name, (files("composition_rules") / folder / name).read_bytes()
