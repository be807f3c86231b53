"""The trustee: makes a key, shows that it is at hand, uses it. The private key never comes here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from election.record.canonical import Json
from election.trustees import trustees_to_bytes
from election.trustees.rehearsal import RehearsalTest, rehearsal_test_to_bytes
from webvote.access import json_endpoint, trustee
from webvote.pages.helpers import json_body, now
from webvote.phases import Phase
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Election, Trustee
from webvote.use_cases.definition import definition_of
from webvote.use_cases.log import Signed
from webvote.use_cases.rehearsal import accept_answer, rehearsal_test
from webvote.use_cases.tally import accept_share, check_trustee_share, tally_of
from webvote.use_cases.trustees import accept_trustee_key, find_trustee, has_every_key, holders, owner_of_record

blueprint = Blueprint("trustee", __name__)

LARGEST_REQUEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What a member of a group is told of it."""

    threshold: int
    members: int
    certificate: str
    """its fingerprint, as ``election trustee collect`` lists it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeView:
    """A trustee as their page shows them."""

    number: int
    owner: int
    """their number in the record"""
    name: str
    state: str
    member: Member | None


@blueprint.get("/trustee/<slug>/<int:number>")
@trustee
def page(slug: str, number: int) -> ResponseReturnValue:
    """The page for the key, or for decrypting. The one-time code is in the fragment of the address."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
    holder = find_trustee(found, number)
    view = TrusteeView(
        number=holder.number,
        owner=owner_of_record(found, holder),
        name=holder.name,
        state=_state(found, holder),
        member=_member(found, holder),
    )
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


@blueprint.get("/trustee/<slug>/<int:number>/trustees.json")
@trustee
@json_endpoint
def trustees(slug: str, number: int) -> ResponseReturnValue:
    """What is public of all trustees' keys, as it stands or will stand in the record."""
    return Response(trustees_to_bytes(_test(slug, number).trustees), mimetype="application/json")


@blueprint.get("/trustee/<slug>/<int:number>/test.json")
@trustee
@json_endpoint
def test(slug: str, number: int) -> ResponseReturnValue:
    """The test of the rehearsal. It holds no ciphertext: everybody computes that themselves."""
    return Response(rehearsal_test_to_bytes(_test(slug, number)), mimetype="application/json")


@blueprint.post("/trustee/<slug>/<int:number>/answer")
@trustee
@json_endpoint
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Take in how the test was decrypted."""
    code, message = _body("answer")
    with services().store.writing() as work:
        accept_answer(work, _signed(number), slug, number, code, message)
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
    if not found.phase.has_reached(Phase.OPEN) and has_every_key(found) and holder.answer is None:
        return "rehearsal_needed"
    if not found.phase.has_reached(Phase.CLOSED) or (found.phase is Phase.CLOSED and found.encrypted_tally is None):
        return "key_ready"
    return "decryption_needed" if found.phase is Phase.CLOSED and holder.share is None else "done"


def _member(found: Election, holder: Trustee) -> Member | None:
    for each in holders(found):
        if each.group is not None and holder in each.trustees:
            certificate = each.group.certificates[each.trustees.index(holder)]
            return Member(
                threshold=each.group.threshold, members=len(each.trustees), certificate=certificate.fingerprint
            )
    return None


def _test(slug: str, number: int) -> RehearsalTest:
    with services().store.reading() as work:
        found = work.elections.get(slug)
    find_trustee(found, number)
    return rehearsal_test(found)


def _body(name: str) -> tuple[str, Json]:
    request.max_content_length = LARGEST_REQUEST
    message = json_body("code", name)
    if not isinstance(message["code"], str):
        raise RefusedError("not-json", status=400)
    return message["code"], message[name]


def _signed(number: int) -> Signed:
    return Signed(by=f"trustee {number}", at=now())
