"""webvote → election → composition_rules, and inside election each station imports only earlier ones."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Module, is_within, modules, planted

STATIONS = (
    "contest",
    "roll",
    "credentials",
    "credential_list",  # what the public may know of them
    "registrar",  # makes them, away from the server
    "trustees",
    "questions",
    "definition",
    "marked_answers",
    "ranked_answers",
    "answers",  # the encrypted answers of a ballot, of either kind
    "choices",
    "ballots",
    "challenge",  # a ballot opened instead of cast
    "opened",  # what an opened tally says
    "tally",
    "shuffles",
    "shares",  # partial decryptions
    "decryption",  # what they open together
    "result",
    "ranked_result",
    "nominations",  # may end an election before the vote, with a result
    "seats",
    "offices",  # the council that sits votes for its chair
)
PACKAGED = ("trustees",)
# What every station may use, and what these may use themselves.
FOUNDATION = {
    "messages": ("messages",),
    "errors": ("messages",),
    "ids": ("errors", "messages"),
    "phases": ("errors",),
    "crypto": ("crypto", "errors", "ids", "record.canonical", "record.shapes"),
    "counting": ("counting", "errors", "ids"),
    "record.canonical": ("errors",),
    "record.shapes": ("errors", "record.canonical"),
    "sealed_file": ("errors", "ids", "record.canonical", "record.shapes"),
}
# A contest and the vote for a chair are read off a mandate, a result is seated in a council, ties and applicants are
# drawn by the same lot, and the command line speaks of mandates and councils.
MEETS_THE_COUNCIL = (
    "election.contest",
    "election.nominations",
    "election.seats",
    "election.offices",
    "election.counting.lots",
    "election.commands",
)
THIRD_PARTY = {"composition_rules": frozenset[str](), "election": frozenset({"gmpy2"})}
# What a part of a package may use besides, because nobody writes it themselves.
THIRD_PARTY_OF = {
    # channels between trustees (AES-CCM) and sealed key files (Argon2id, AES-GCM); no file, no clock, no network
    "election.trustees": frozenset({"cryptography"}),
    "election.sealed_file": frozenset({"cryptography"}),
    # sheets to print and their QR codes, from values to bytes
    "election.paper": frozenset({"fpdf", "qrcode"}),
    "election.counting.arrays": frozenset({"numpy"}),  # an optional extra: many papers sorted at once
}
# Parts of the standard library by which the world outside gets in.
OUTSIDE = frozenset(
    {"asyncio", "ftplib", "http", "smtplib", "socket", "sqlite3", "ssl", "time", "urllib", "webbrowser"}
)
# Where it has business all the same.
LETS_IN = {
    "election.commands.memory": {"sqlite3"},  # what a verification remembers lies in a temporary file
    # watching a running election: its record is fetched at intervals, from a server that may be slow
    "election.commands.download": {"http", "time", "urllib"},
    "election.commands.watch": {"time"},
    "election.commands.workers": {"distributed"},  # an optional extra: who works
}
# Clock and environment, however they are spelled.
IMPURE_ATTRIBUTES = frozenset({
    "os.environ", "os.environb", "os.getenv", "os.putenv",
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow",
})  # fmt: skip
_USERS_AND_FILES = frozenset({"open", "input"})
WEB_ROOMS = {
    # room of webvote: what it never imports
    "use_cases": ("flask", "flask_wtf", "wtforms", "webvote.pages", "webvote.app"),
    "store": ("flask", "flask_wtf", "wtforms", "webvote.pages", "webvote.use_cases", "webvote.app"),
    "outside": ("flask", "flask_wtf", "wtforms", "webvote.pages", "webvote.use_cases", "webvote.store", "webvote.app"),
}


def between_packages(module: Module) -> Iterator[str]:
    """A package imports itself, the packages below it, the standard library and what it is allowed of others."""
    package = module.name.partition(".")[0]
    below = {"composition_rules": (), "election": ("composition_rules",)}[package]
    for line, name in module.imports:
        top = name.lstrip(".").partition(".")[0]
        if name.startswith("."):
            yield f"{module.name}:{line} imports relatively"
        elif top == package or top in _third_party(module.name, package):
            continue
        elif top in below:
            if not any(is_within(module.name, part) for part in MEETS_THE_COUNCIL):
                yield f"{module.name}:{line} imports {name}, which only contest, seats, lots and commands do"
        elif top in LETS_IN.get(module.name, ()):
            continue
        elif top not in sys.stdlib_module_names or top in OUTSIDE:
            yield f"{module.name}:{line} imports {name}"


def _third_party(name: str, package: str) -> frozenset[str]:
    ofs = [names for part, names in THIRD_PARTY_OF.items() if is_within(name, part)]
    return THIRD_PARTY[package].union(*ofs)


def between_stations(module: Module) -> Iterator[str]:
    """Inside election: earlier stations and the foundation only."""
    allowed = _allowed(module.name.removeprefix("election").lstrip("."))
    for line, name in module.imports:
        if not is_within(name, "election"):
            continue
        inner = name.removeprefix("election").lstrip(".")
        if not any(is_within(inner, part) for part in allowed):
            yield f"{module.name}:{line} imports {name}"


def _allowed(station: str) -> tuple[str, ...]:
    if (first := station.partition(".")[0]) in STATIONS:
        # A station that is a package uses its own parts.
        its_own_parts = (first,) if first in PACKAGED else ()
        return (*STATIONS[: STATIONS.index(first)], *FOUNDATION, *its_own_parts)
    for part, its_own in FOUNDATION.items():
        if is_within(station, part):
            return its_own
    everything = (*STATIONS, *FOUNDATION, "record")
    if is_within(station, "record"):
        return everything
    if station == "__main__" or is_within(station, "commands"):
        return (*everything, "verify", "paper", "commands")
    return (*everything, "verify") if is_within(station, "verify") else ()


def impurities(module: Module) -> Iterator[str]:
    """Time, chance's seed and settings come in as arguments. Only the command line has a clock, a user and files."""
    if _is_command_line(module):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            spelled = ast.unparse(node)
            if any(spelled == name or spelled.endswith("." + name) for name in IMPURE_ATTRIBUTES):
                yield f"{module.name}:{node.lineno} reads {spelled}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _USERS_AND_FILES:
            yield f"{module.name}:{node.lineno} calls {ast.unparse(node.func)}"
    for line, name in module.imports:
        if name in IMPURE_ATTRIBUTES:
            yield f"{module.name}:{line} imports {name}"


def _is_command_line(module: Module) -> bool:
    return module.name.endswith(".__main__") or is_within(module.name, "election.commands")


def in_the_web(module: Module) -> Iterator[str]:
    """The store alone imports sqlalchemy; use cases know no web, the outside knows no store."""
    for line, name in module.imports:
        top = name.partition(".")[0]
        if top in {"sqlalchemy", "alembic"} and not is_within(module.name, "webvote.store"):
            yield f"{module.name}:{line} imports {name}, which only webvote.store does"
        for room, never in WEB_ROOMS.items():
            if is_within(module.name, f"webvote.{room}") and any(is_within(name, other) for other in never):
                yield f"{module.name}:{line} imports {name}"


def violations(rule: object, *packages: str) -> list[str]:
    assert callable(rule)
    return [violation for module in modules(*packages) for violation in rule(module)]


def test_packages_point_one_way() -> None:
    assert violations(between_packages, "composition_rules", "election") == []


def test_stations_import_only_earlier_stations() -> None:
    assert violations(between_stations, "election") == []


def test_every_module_of_election_has_its_place_in_the_order() -> None:
    top = {module.name.split(".")[1] for module in modules("election") if "." in module.name}
    assert top <= {*STATIONS, *FOUNDATION, "record", "verify", "paper", "commands", "__main__"}


def test_the_core_reads_no_clock_and_no_environment() -> None:
    assert violations(impurities, "composition_rules", "election") == []


def test_rooms_of_the_web() -> None:
    assert violations(in_the_web, "webvote") == []


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (between_packages, "election.tally", "import flask"),
        (between_packages, "election.tally", "from cryptography.hazmat.primitives.kdf.argon2 import Argon2id"),
        (between_packages, "election.trustees.dealing", "from fpdf import FPDF"),
        (between_packages, "election.tally", "from webvote.store import models"),
        (between_packages, "election.tally", "def f():\n    import sqlalchemy.orm"),
        (between_packages, "election.tally", "from composition_rules.mandate import Mandate"),
        (between_packages, "election.tally", "from .errors import TallyError"),
        (between_packages, "election.tally", "import time"),
        (between_packages, "composition_rules.check", "from election.ids import CandidateId"),
        (between_packages, "composition_rules.check", "import gmpy2"),
        (between_stations, "election.contest", "from election.tally import tally_ballots"),
        (between_stations, "election.ballots", "from election.record.chain import Head"),
        (between_stations, "election.ballots", "from election import verify"),
        (between_stations, "election.crypto.proofs", "from election.ballots import verify_ballot"),
        (between_stations, "election.record.canonical", "from election.contest import Contest"),
        (between_stations, "election.record.replay", "import election.verify"),
        (impurities, "election.tally", "import os\nos.environ['X']"),
        (impurities, "election.tally", "from os import getenv"),
        (impurities, "election.tally", "import datetime\ndatetime.datetime.now()"),
        (impurities, "composition_rules.check", "from datetime import date\ndate.today()"),
        (impurities, "election.tally", "open('x')"),
        (in_the_web, "webvote.pages.voter", "from sqlalchemy import select"),
        (in_the_web, "webvote.use_cases.tally", "from flask import request"),
        (in_the_web, "webvote.store.models", "from webvote.use_cases.tally import count"),
        (in_the_web, "webvote.outside.cards", "from webvote.store.models import Election"),
    ],
)
def test_a_planted_fault_is_found(rule: object, name: str, source: str) -> None:
    assert callable(rule)
    assert list(rule(planted(name, source)))
