"""``webvote demo``: build both elections in a fresh database, say how to take part, and serve.

Everything lies under ``instance/demo`` and is made anew at each start, so that a demonstration always begins the same
way. Only here do codes and a trustee's key reach a screen and a file: they are what the person who started the
demonstration holds in their hands instead of paper.
"""

from __future__ import annotations

import secrets
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from webvote.app import create_app
from webvote.config import ConfigError, Settings
from webvote.demo import people
from webvote.demo.elections import DemoElections, PreparedElection
from webvote.outside.clock import Clock, SystemClock
from webvote.pages.printing import print_cards
from webvote.services import services
from webvote.serving import serve
from webvote.store.database import Store
from webvote.store.migrate import upgrade
from webvote.use_cases.credentials import CardsOrder
from webvote.use_cases.log import Signed
from webvote.use_cases.officials import add_official

FOLDER = Path("instance/demo")
_SHOWN_CODES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demonstration that is ready to be served."""

    settings: Settings
    password: str
    open: PreparedElection
    finished: PreparedElection
    cards: Path
    trustee_key: Path


def prepare_demo(folder: Path, base_url: str, clock: Clock | None = None) -> Demo:
    """Make the database, both elections, the cards and the key file under ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = Settings(
        database=f"sqlite:///{(folder / 'webvote.sqlite').resolve()}",
        secret_key=secrets.token_urlsafe(32),
        base_url=base_url,
        help_contact="Borgerservice i Grenaa",
        trusted_surroundings=True,
    )
    upgrade(settings.database)
    store = Store(settings.database)
    now = (clock or SystemClock()).now()
    password = secrets.token_urlsafe(12)
    with store.writing() as work:
        add_official(work, Signed(by="demo", at=now), name=people.OFFICIAL, password=password)
    elections = DemoElections(store, _say)
    _say("Making the finished election ...\n")
    finished = elections.finished_election(now)
    _say("Making the open election ...\n")
    opened = elections.open_election(now)
    demo = Demo(
        settings=settings,
        password=password,
        open=opened,
        finished=finished,
        cards=folder / "cards.pdf",
        trustee_key=folder / "trustee-key.json",
    )
    demo.cards.write_bytes(_cards(create_app(settings, store=store), opened))
    demo.trustee_key.write_bytes(opened.trustee_keys[0].file_content())
    store.close()
    return demo


def describe(demo: Demo) -> str:
    """What the person who started the demonstration needs to know."""
    base, slug = demo.settings.base_url, demo.open.slug
    links = "\n".join(f"    {base}/v/{slug}#{code}" for code in demo.open.codes[:_SHOWN_CODES])
    return f"""
Rådsvalg is running. Open in a browser on this machine:

  Everyone        {base}/
  Finished        {base}/e/{demo.finished.slug}/result
                  {base}/council/{demo.finished.council}
                  {base}/e/{demo.finished.slug}/record.bel   (then: election verify FILE.bel)

  Vote (open)     cards 1 to {_SHOWN_CODES} of {len(demo.open.codes)}; all of them are in {demo.cards}
{links}

  Official        {base}/official/
                  name {people.OFFICIAL}, password {demo.password}
  Trustee         {base}/trustee/{slug}/1#{demo.open.trustee_codes[0]}
                  key file {demo.trustee_key} (needed once, after voting is closed)

The whole way: vote, sign in as official, close, decrypt as trustee, count, certify, confirm.
Stop with Ctrl-C; the next start begins anew.
"""


def run_demo(host: str, port: int) -> None:
    """Prepare the demonstration and serve it until it is stopped."""
    _refuse_taken_port(host, port)
    demo = prepare_demo(FOLDER, f"http://{host}:{port}")
    _say(describe(demo))
    serve(create_app(demo.settings), host=host, port=port, threads=8)


def _refuse_taken_port(host: str, port: int) -> None:
    """Before anything is made anew: another demonstration may be running on the files that would be replaced."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise ConfigError(
                f"{host}:{port} cannot be used ({fault.strerror}). Stop what is running there, or try: "
                f"webvote demo --port {port + 1}"
            ) from fault


def _cards(application: Flask, opened: PreparedElection) -> bytes:
    """The cards as the official's page would have printed them when they were made, in Danish."""
    with application.test_request_context("/?lang=da"), services().store.reading() as work:
        election = work.elections.get(opened.slug)
        order = CardsOrder(election=election, electors=(), number=len(opened.codes))
        return print_cards(order, opened.codes)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
