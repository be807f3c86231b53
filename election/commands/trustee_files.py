"""What a trustee's command is given and gives: the key, sealed or plain, and messages of others."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from election.commands.faults import naming
from election.commands.group_option import add_group, group_of
from election.commands.secret_files import add_passphrase, known_passphrase, new_passphrase, write_new
from election.crypto.groups import Group
from election.errors import TrusteeError
from election.record.canonical import Json, load_json
from election.trustees import TrusteePrivateKey
from election.trustees.channels import ChannelKeys
from election.trustees.dealing import open_decryption_key
from election.trustees.keyfile import is_sealed, seal, unseal
from election.trustees.secrets import TrusteeSecret, parse_plain, plain_content

_T = TypeVar("_T")


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


def write_key(options: argparse.Namespace, secret: TrusteeSecret) -> None:
    """Write a new private key, sealed with a new passphrase unless it is to be plain.

    Raises:
        SealedFileError: The passphrase will not do, or the file exists.
        OSError: A file cannot be read or written.
    """
    content = plain_content(secret) if options.plain else seal(secret, new_passphrase(options))
    write_new(options.out, content, secret=True)


def read_key(options: argparse.Namespace, group: Group | None = None) -> TrusteeSecret:
    """The private key that the command was given; a plain one is of ``group``, or of the one that was named.

    Raises:
        RecordError: The file holds no key (code file-unusable).
        TrusteeError: The passphrase is wrong.
        OSError: A file cannot be read.
    """
    raw = options.key.read_bytes()
    if is_sealed(raw):
        return unseal(raw, known_passphrase(options))
    with naming(options.key):
        return parse_plain(raw, group or group_of(options))


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


def decrypting_key(options: argparse.Namespace, group: Group | None = None) -> TrusteePrivateKey:
    """The key that decrypts: a trustee's own, or what a member sealed for themselves when the group was made.

    Raises:
        ElectionError: It is a member's key and the file with what they finished with is not given, or not theirs.
        OSError: A file cannot be read.
    """
    secret = read_key(options, group)
    if not isinstance(secret, ChannelKeys):
        return secret
    if options.finished is None:
        raise TrusteeError("trustee-key-kind-member")
    raw = options.finished.read_bytes()
    with naming(options.finished):
        # The file of ``finish`` (a voutput), or the .dkey that belenios-tool takes out of it.
        message = load_json(raw)
        sealed = message["private_key"] if isinstance(message, dict) and "private_key" in message else message
        return open_decryption_key(secret, sealed if isinstance(sealed, str) else raw.decode().strip())


def each_message(paths: Iterable[Path], parse: Callable[[Json], _T]) -> list[_T]:
    """What files hold of one kind, a message on each line, as belenios-tool writes them.

    Raises:
        RecordError: A line is none; names the file.
        OSError: A file cannot be read.
    """
    found = []
    for path in paths:
        raw = path.read_bytes()
        with naming(path):
            found += [parse(load_json(line)) for line in raw.splitlines() if line.strip()]
    return found


def json_lines(*paths: Path) -> list[Json]:
    """The messages of such files.

    Raises:
        RecordError: A line is not JSON; names the file.
        OSError: A file cannot be read.
    """
    return each_message(paths, lambda message: message)
