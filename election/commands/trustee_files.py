"""How trustees' files are written and read: whole or not at all, never over another, secrets for the owner only."""

from __future__ import annotations

import argparse
import getpass
import os
import tempfile
from pathlib import Path

from election.crypto.groups import BELENIOS_2048, Group, group_named
from election.errors import TrusteeError
from election.record.canonical import Json, load_json
from election.trustees import TrusteePrivateKey
from election.trustees.channels import ChannelKeys
from election.trustees.dealing import open_decryption_key
from election.trustees.keyfile import check_passphrase, is_sealed, seal, unseal
from election.trustees.secrets import TrusteeSecret, parse_plain, plain_content


def write_new(path: Path, content: bytes, *, secret: bool = False) -> None:
    """Write a file that was not there: whole or not at all, also where the power goes.

    Raises:
        TrusteeError: Something of that name exists.
        OSError: It cannot be written.
    """
    mode = 0o600 if secret else 0o644
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except FileExistsError:
        raise TrusteeError("file-exists", path=str(path)) from None
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


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Where the passphrase comes from; never an argument, which every process of the machine could read."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read it from the first line of a file")
    source.add_argument("--passphrase-fd", type=int, metavar="N", help="read it from an open file descriptor")


def add_key(parser: argparse.ArgumentParser) -> None:
    """The private key that a command uses."""
    parser.add_argument("--key", type=Path, required=True, metavar="KEY", help="your private key file, sealed or plain")
    add_group(parser)
    add_passphrase(parser)


def add_new_key(parser: argparse.ArgumentParser) -> None:
    """The private key file that a command writes."""
    parser.add_argument("--out", type=Path, required=True, metavar="KEY", help="the private key file to write")
    parser.add_argument("--plain", action="store_true", help="unsealed, in the form of belenios-tool")
    add_passphrase(parser)


def add_group(parser: argparse.ArgumentParser) -> None:
    """The group of the election; a sealed key knows its own."""
    parser.add_argument("--group", default=BELENIOS_2048.name, metavar="NAME", help="BELENIOS-2048 if left out")


def group_of(options: argparse.Namespace) -> Group:
    """The group that was named.

    Raises:
        GroupError: It is not known.
    """
    return group_named(options.group)


def write_key(options: argparse.Namespace, secret: TrusteeSecret) -> None:
    """Write a new private key, sealed with a new passphrase unless it is to be plain.

    Raises:
        TrusteeError: The passphrase will not do, or the file exists.
        OSError: A file cannot be read or written.
    """
    content = plain_content(secret) if options.plain else seal(secret, _new_passphrase(options))
    write_new(options.out, content, secret=True)


def read_key(options: argparse.Namespace) -> TrusteeSecret:
    """The private key that the command was given.

    Raises:
        TrusteeError: The file holds no key, or the passphrase is wrong.
        OSError: A file cannot be read.
    """
    raw = options.key.read_bytes()
    if is_sealed(raw):
        return unseal(raw, _passphrase(options, "Passphrase: "))
    return parse_plain(raw, group_of(options))


def member_key(options: argparse.Namespace) -> ChannelKeys:
    """The key of a member of a threshold group.

    Raises:
        TrusteeError: It is the key of a trustee alone.
        OSError: A file cannot be read.
    """
    secret = read_key(options)
    if not isinstance(secret, ChannelKeys):
        raise TrusteeError("trustee-key-kind-single")
    return secret


def decrypting_key(options: argparse.Namespace) -> TrusteePrivateKey:
    """The key that decrypts: a trustee's own, or what a member sealed for themselves when the group was made.

    Raises:
        TrusteeError: It is a member's key and the file with what they finished with is not given, or not theirs.
        OSError: A file cannot be read.
    """
    secret = read_key(options)
    if not isinstance(secret, ChannelKeys):
        return secret
    if options.finished is None:
        raise TrusteeError("trustee-key-kind-member")
    raw = options.finished.read_bytes()
    message = load_json(raw)
    # The file of ``finish`` (a voutput), or the .dkey that belenios-tool takes out of it.
    sealed = message["private_key"] if isinstance(message, dict) and "private_key" in message else raw.decode().strip()
    return open_decryption_key(secret, str(sealed))


def json_lines(*paths: Path) -> list[Json]:
    """The messages of files that hold one on each line, as belenios-tool writes them.

    Raises:
        RecordError: A line is not JSON.
        OSError: A file cannot be read.
    """
    return [load_json(line) for path in paths for line in path.read_bytes().splitlines() if line.strip()]


def _new_passphrase(options: argparse.Namespace) -> str:
    passphrase = _passphrase(options, "New passphrase: ")
    check_passphrase(passphrase)
    typed = options.passphrase_file is None and options.passphrase_fd is None
    if typed and getpass.getpass("Again: ") != passphrase:
        raise TrusteeError("passphrase-different")
    return passphrase


def _passphrase(options: argparse.Namespace, question: str) -> str:
    if options.passphrase_file is not None:
        raw: bytes = options.passphrase_file.read_bytes()
    elif options.passphrase_fd is not None:
        with os.fdopen(options.passphrase_fd, "rb", closefd=False) as file:
            raw = file.read()
    else:
        return getpass.getpass(question)
    return raw.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "surrogateescape")
