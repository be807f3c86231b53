"""How files with secrets are written and opened: whole or not at all, never over another, for the owner only."""

from __future__ import annotations

import argparse
import errno
import getpass
import os
import tempfile
import warnings
from pathlib import Path

from election.commands.language import say
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
    drafts: list[Path] = [path]  # what is taken away again, also when somebody pressed Ctrl-C
    try:
        handle, draft = tempfile.mkstemp(prefix=".", dir=path.parent)
        drafts.append(Path(draft))
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
        drafts.clear()
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from fault
    finally:
        for left in drafts:
            left.unlink(missing_ok=True)
    _keep_name(path.parent)


def check_new(*paths: Path) -> None:
    """Check that files can be written before the first of them is: one that is secret is of no use without the others.

    Raises:
        SealedFileError: Something of that name exists, or two are the same.
        OSError: There is no folder for one, or none that may be written to.
    """
    for number, path in enumerate(paths):
        if path.exists() or path.is_symlink():
            raise SealedFileError("file-exists", path=str(path))
        if path.absolute() in {other.absolute() for other in paths[:number]}:
            raise SealedFileError("file-twice", path=str(path))
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


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
    passphrase = known_passphrase(options, "ask-new-passphrase")
    check_passphrase(passphrase)
    typed = options.passphrase_file is None and options.passphrase_fd is None
    if typed and _asked("ask-passphrase-again", options) != passphrase:
        raise SealedFileError("passphrase-different")
    return passphrase


def known_passphrase(options: argparse.Namespace, question: str = "ask-passphrase") -> str:
    """The passphrase of a file that is there.

    Raises:
        SealedFileError: There is no terminal to ask at, or nothing to read from.
        OSError: The file with it cannot be read.
    """
    if options.passphrase_file is not None:
        raw: bytes = options.passphrase_file.read_bytes()
    elif options.passphrase_fd is not None:
        raw = _from_descriptor(options.passphrase_fd)
    else:
        return _asked(question, options)
    return raw.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "surrogateescape")


def _from_descriptor(number: int) -> bytes:
    try:
        with os.fdopen(number, "rb", closefd=False) as file:
            return file.read()
    except (OSError, ValueError) as fault:
        raise SealedFileError("passphrase-source", source=f"--passphrase-fd {number}") from fault


def _asked(question: str, options: argparse.Namespace) -> str:
    """What a person types unseen; where it would be seen on the screen, nothing is asked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(say(question, {}, options.language))
        except (EOFError, getpass.GetPassWarning) as fault:
            raise SealedFileError("passphrase-none") from fault


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
