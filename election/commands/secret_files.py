"""How files with secrets are written and opened: whole or not at all, never over another, for the owner only."""

from __future__ import annotations

import argparse
import getpass
import os
import tempfile
from pathlib import Path

from election.errors import SealedFileError
from election.sealed_file import check_passphrase


def write_new(path: Path, content: bytes, *, secret: bool = False) -> None:
    """Write a file that was not there: whole or not at all, also where the power goes.

    Raises:
        SealedFileError: Something of that name exists.
        OSError: It cannot be written.
    """
    mode = 0o600 if secret else 0o644
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except FileExistsError:
        raise SealedFileError("file-exists", path=str(path)) from None
    handle, draft = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise
    _keep_name(path.parent)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Where the passphrase comes from; never an argument, which every process of the machine could read."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read it from the first line of a file")
    source.add_argument("--passphrase-fd", type=int, metavar="N", help="read it from an open file descriptor")


def new_passphrase(options: argparse.Namespace) -> str:
    """The passphrase of a file that is to be written; typed twice where it is typed.

    Raises:
        SealedFileError: It is too short, or the two differ.
        OSError: The file with it cannot be read.
    """
    passphrase = known_passphrase(options, "New passphrase: ")
    check_passphrase(passphrase)
    typed = options.passphrase_file is None and options.passphrase_fd is None
    if typed and getpass.getpass("Again: ") != passphrase:
        raise SealedFileError("passphrase-different")
    return passphrase


def known_passphrase(options: argparse.Namespace, question: str = "Passphrase: ") -> str:
    """The passphrase of a file that is there.

    Raises:
        OSError: The file with it cannot be read.
    """
    if options.passphrase_file is not None:
        raw: bytes = options.passphrase_file.read_bytes()
    elif options.passphrase_fd is not None:
        with os.fdopen(options.passphrase_fd, "rb", closefd=False) as file:
            raw = file.read()
    else:
        return getpass.getpass(question)
    return raw.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "surrogateescape")


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
