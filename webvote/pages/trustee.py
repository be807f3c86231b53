"""The trustee: makes a key, later uses it. The private key never comes here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from election.record.canonical import Json
from webvote.access import json_endpoint, trustee
from webvote.pages.helpers import json_body, now
from webvote.phases import Phase
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Election, Trustee
from webvote.use_cases.definition import definition_of
from webvote.use_cases.log import Signed
from webvote.use_cases.tally import accept_share, check_trustee_share, tally_of
from webvote.use_cases.trustees import accept_trustee_key, find_trustee

blueprint = Blueprint("trustee", __name__)

LARGEST_REQUEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeView:
    """A trustee as their page shows them."""

    number: int
    name: str
    state: str


@blueprint.get("/trustee/<slug>/<int:number>")
@trustee
def page(slug: str, number: int) -> ResponseReturnValue:
    """The page for the key, or for decrypting. The one-time code is in the fragment of the address."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
    holder = find_trustee(found, number)
    view = TrusteeView(number=holder.number, name=holder.name, state=_state(found, holder))
    return render_template("trustee/trustee.html", election=found, trustee=view)


@blueprint.post("/trustee/<slug>/<int:number>/key")
@trustee
@json_endpoint
def key(slug: str, number: int) -> ResponseReturnValue:
    """Take in a public key."""
    code, message = _body("public_key")
    with services().store.writing() as work:
        accept_trustee_key(work, _signed(number), slug, number, code, message)
    return jsonify(state="key_ready"), 201


@blueprint.get("/trustee/<slug>/<int:number>/tally.json")
@trustee
@json_endpoint
def tally(slug: str, number: int) -> ResponseReturnValue:
    """What a trustee decrypts: the product of the ballots, which is public."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
    holder = find_trustee(found, number)
    tally_of(found)
    public_key = json.loads(holder.public_key or "{}").get("public_key")
    return jsonify(
        election_hash=definition_of(found).fingerprint,
        public_key=public_key,
        encrypted_tally=json.loads(found.encrypted_tally or b"null"),
    )


@blueprint.post("/trustee/<slug>/<int:number>/decryption")
@trustee
@json_endpoint
def decryption(slug: str, number: int) -> ResponseReturnValue:
    """Take in a partial decryption."""
    code, message = _body("partial_decryption")
    with services().store.reading() as work:
        checked = check_trustee_share(work, slug, number, code, message)
    with services().store.writing() as work:
        awaited = accept_share(work, _signed(number), slug, checked)
    return jsonify(state="done", awaited=awaited), 201


def _state(found: Election, holder: Trustee) -> str:
    if found.phase is Phase.PREPARING and holder.public_key is None:
        return "key_needed"
    if not found.phase.has_reached(Phase.CLOSED) or (found.phase is Phase.CLOSED and found.encrypted_tally is None):
        return "key_ready"
    return "decryption_needed" if found.phase is Phase.CLOSED and holder.share is None else "done"


def _body(name: str) -> tuple[str, Json]:
    request.max_content_length = LARGEST_REQUEST
    message = json_body("code", name)
    if not isinstance(message["code"], str):
        raise RefusedError("not-json", status=400)
    return message["code"], message[name]


def _signed(number: int) -> Signed:
    return Signed(by=f"trustee {number}", at=now())
