"""The command line: ``webvote serve``, ``webvote db upgrade``, ``webvote official add NAME``, ``webvote demo``,
``webvote cards JOB.json CARDS.pdf``."""

from __future__ import annotations

import argparse
import getpass
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from election.errors import CredentialError
from webvote.config import ConfigError, Settings, settings_from_environment
from webvote.messages import SENTENCES
from webvote.outside.clock import SystemClock
from webvote.outside.print_job import print_cards_file
from webvote.refusals import RefusedError
from webvote.store.database import Store
from webvote.store.migrate import upgrade
from webvote.use_cases.log import Signed
from webvote.use_cases.officials import add_official


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it was refused, 2 when it could not be understood."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "cards":
            # On the registrar's own machine there are no settings and no database.
            return _print_cards(chosen.job, chosen.pdf)
        settings = settings_from_environment(os.environ)
        return _run(chosen, settings)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    except RefusedError as error:
        print(SENTENCES[error.code].format(**error.params), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="webvote", description="The web application of Rådsvalg.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="answer requests")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--threads", type=int, default=8)
    cards = commands.add_parser("cards", help="draw the cards of a registrar's print job, offline")
    cards.add_argument("job", type=Path, metavar="JOB.json")
    cards.add_argument("pdf", type=Path, metavar="CARDS.pdf")
    demo = commands.add_parser("demo", help="serve a finished and an open election, made anew")
    demo.add_argument("--host", default="127.0.0.1")
    demo.add_argument("--port", type=int, default=8000)
    database = commands.add_parser("db", help="the database").add_subparsers(dest="job", required=True)
    database.add_parser("upgrade", help="bring the tables to this version")
    officials = commands.add_parser("official", help="the officials").add_subparsers(dest="job", required=True)
    add = officials.add_parser("add", help="let a person run elections")
    add.add_argument("name")
    add.add_argument("--generate", action="store_true", help="make a password and print it")
    return parser


def _print_cards(job: Path, pdf: Path) -> int:
    try:
        number = print_cards_file(job, pdf)
    except CredentialError as error:
        print(f"{job}: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{pdf}: {number} cards. Print it, then destroy it and the print job.")
    return 0


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    if chosen.command == "db":
        upgrade(settings.database)
        return 0
    if chosen.command == "official":
        return _add_official(settings, chosen.name, generate=chosen.generate)
    if chosen.command == "demo":
        return _demo(host=chosen.host, port=chosen.port)
    return _serve(settings, host=chosen.host, port=chosen.port, threads=chosen.threads)


def _add_official(settings: Settings, name: str, *, generate: bool) -> int:
    generated = generate or not sys.stdin.isatty()
    password = secrets.token_urlsafe(12) if generated else getpass.getpass("Password: ")
    if not generated and getpass.getpass("Again: ") != password:
        print("The passwords differ.", file=sys.stderr)
        return 1
    store = Store(settings.database)
    with store.writing() as work:
        add_official(work, Signed(by="command line", at=SystemClock().now()), name=name, password=password)
    store.close()
    if generated:
        print(f"Password of {name}: {password}")
    return 0


def _demo(*, host: str, port: int) -> int:
    from webvote.demo.run import run_demo

    run_demo(host, port)
    return 0


def _serve(settings: Settings, *, host: str, port: int, threads: int) -> int:
    # Only the server needs the pages and waitress; the other commands start faster without.
    from webvote.app import create_app
    from webvote.serving import serve

    serve(create_app(settings), host=host, port=port, threads=threads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
