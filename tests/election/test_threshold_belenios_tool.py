"""Threshold groups in both directions with ``belenios-tool``: each step of one used by the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, Group
from election.record.canonical import canonical_bytes, load_json
from election.record.writer import owned_share_document
from election.shares import decrypt_share
from election.trustees.certificates import Certificate, certificate_to_json, make_certificate, parse_certificate
from election.trustees.channels import generate_channel_keys, parse_seed
from election.trustees.dealing import (
    Polynomial,
    assemble,
    deal,
    finish,
    open_decryption_key,
    parse_polynomial,
    parse_vinput,
    parse_voutput,
    polynomial_to_bytes,
    route,
    vinput_to_bytes,
    voutput_to_bytes,
)
from election.trustees.secrets import plain_content
from election.trustees.threshold import parse_threshold_group, threshold_group_to_json
from election.verify import verify_archive
from tests.election.dealings import a_dealing, a_single, an_election
from tests.election.matrix import TRUSTEES, Key, Trustees, decrypting, our_trustees, trustees_of_the_tool
from tests.election.tool_elections import (
    QUESTION_OF_THE_TOOL,
    ToolElection,
    needs_tool,
    raw_output,
    set_up,
    threshold_step,
    tool,
)

pytestmark = needs_tool


class Member:
    """A member of a group who runs either program at every step."""

    def __init__(self, folder: Path, group: Group, *, tool_made: bool, tool_deals: bool, tool_finishes: bool) -> None:
        self.folder, self.group, self.tool_deals, self.tool_finishes = folder, group, tool_deals, tool_finishes
        folder.mkdir()
        if tool_made:
            threshold_step(folder, group, 1)
            self.keys = parse_seed(next(folder.glob("*.key")).read_bytes(), group)
            self.certificate = parse_certificate(load_json(next(folder.glob("*.cert")).read_bytes().strip()), group)
            assert next(folder.glob("*.cert")).stem == self.certificate.fingerprint
        else:
            self.keys = generate_channel_keys(group)
            self.certificate = make_certificate(self.keys)
        (folder / "key").write_bytes(plain_content(self.keys))

    def deal(self, certificates: Sequence[Certificate], place: int) -> Polynomial:
        if not self.tool_deals:
            return deal(self.keys, certificates, 2)
        self._certs(certificates)
        raw = threshold_step(self.folder, self.group, 3, "--certs", "certs.jsons", "--key", "key", "--threshold", "2")
        polynomial = parse_polynomial(load_json(raw.strip()), certificates, self.group, dealer=place)
        assert polynomial_to_bytes(polynomial) == raw.strip()
        return polynomial

    def finish(self, certificates: Sequence[Certificate], vinput: bytes) -> bytes:
        if not self.tool_finishes:
            read = parse_vinput(load_json(vinput), certificates, self.group)
            assert vinput_to_bytes(read) == vinput
            return voutput_to_bytes(finish(self.keys, certificates, read))
        self._certs(certificates)
        return threshold_step(
            self.folder, self.group, 5, "--certs", "certs.jsons", "--key", "key", given=vinput
        ).strip()

    def _certs(self, certificates: Sequence[Certificate]) -> None:
        (self.folder / "certs.jsons").write_bytes(lines(certificate_to_json(each) for each in certificates))


def lines(messages: object) -> bytes:
    return b"".join(canonical_bytes(each) + b"\n" for each in messages)  # type: ignore[attr-defined]


@pytest.mark.parametrize("group", [BELENIOS_2048, RFC_3526_2048], ids=lambda group: group.name)
@pytest.mark.parametrize("tool_administers", [False, True], ids=["we-administer", "the-tool-administers"])
@pytest.mark.parametrize(
    "members",
    [
        [(True, True, True), (False, False, False), (True, False, True)],
        [(False, True, False), (True, True, False), (False, False, True)],
    ],
    ids=["mixed", "other-mixture"],
)
def test_a_group_whose_steps_are_run_by_either_program_has_one_key(
    tmp_path: Path, members: list[tuple[bool, bool, bool]], tool_administers: bool, group: Group
) -> None:
    all_members = [
        Member(tmp_path / str(number), group, tool_made=made, tool_deals=deals, tool_finishes=finishes)
        for number, (made, deals, finishes) in enumerate(members)
    ]
    certificates = [each.certificate for each in all_members]
    polynomials = [each.deal(certificates, place) for place, each in enumerate(all_members, start=1)]
    office = tmp_path / "office"
    office.mkdir()
    (office / "certs.jsons").write_bytes(lines(certificate_to_json(each) for each in certificates))
    (office / "polynomials.jsons").write_bytes(b"".join(polynomial_to_bytes(each) + b"\n" for each in polynomials))
    threshold_step(office, group, 2, "--certs", "certs.jsons")
    vinputs = [vinput_to_bytes(each) for each in route(certificates, polynomials)]
    if tool_administers:
        threshold_step(office, group, 4, "--certs", "certs.jsons", "--polynomials", "polynomials.jsons")
        theirs = [(office / f"{each.fingerprint}.vinput").read_bytes().strip() for each in certificates]
        assert theirs == vinputs
    voutputs = [each.finish(certificates, vinput) for each, vinput in zip(all_members, vinputs, strict=True)]
    read = [parse_voutput(load_json(raw), group) for raw in voutputs]
    parameters, sealed = assemble(certificates, [each.coefficients for each in polynomials], read, group)
    made = canonical_bytes(threshold_group_to_json(parameters))
    if tool_administers:
        given = b"".join(raw + b"\n" for raw in voutputs)
        files = ("--certs", "certs.jsons", "--polynomials", "polynomials.jsons")
        assert threshold_step(office, group, 6, *files, given=given).strip() == made
    assert parse_threshold_group(load_json(made), group) == parameters
    for each, key, public in zip(all_members, sealed, parameters.keys, strict=True):
        assert open_decryption_key(each.keys, key).public().public_key == public.public_key


# ---------------------------------------------------------------------------------------------------- whole elections

MATRIX = {
    "single": lambda: (a_single(),),
    "two-singles": lambda: (a_single(), a_single(1)),
    "two-of-three": lambda: (a_dealing(3, 2),),
    "two-of-three-and-a-single": lambda: (a_single(), a_dealing(3, 2)),
    "two-of-three-before-a-single": lambda: (a_dealing(3, 2), a_single()),
    "two-groups": lambda: (a_dealing(3, 2), a_dealing(2, 2)),
}
PRESENT = {
    "single": [[1]],
    "two-singles": [[1, 2]],
    "two-of-three": [[1, 2], [3, 2]],
    "two-of-three-and-a-single": [[1, 3, 4], [2, 4, 1]],
    "two-of-three-before-a-single": [[1, 3, 4]],
    "two-groups": [[2, 3, 5, 4]],
}


@pytest.mark.parametrize(("kind", "present"), [(kind, each) for kind, sets in PRESENT.items() for each in sets])
def test_the_tool_accepts_our_record_at_every_phase(tmp_path: Path, kind: str, present: list[int]) -> None:
    under = an_election(*MATRIX[kind]())

    def accepted() -> None:
        under.election.save(tmp_path)
        assert "all checks passed" in tool(tmp_path, "election", "verify")

    under.election.vote(0, 1)
    under.election.vote(1)
    under.election.vote(0, 0)
    accepted()
    under.election.close()
    accepted()
    under.count(present)
    accepted()
    with next(tmp_path.glob("*.bel")).open("rb") as file:
        assert verify_archive(file).counts == ((1, 1, 0, 0),)


@pytest.mark.parametrize("kind", TRUSTEES)
@pytest.mark.parametrize("made_by", [our_trustees, trustees_of_the_tool], ids=["made-by-us", "made-by-the-tool"])
def test_the_tool_holds_an_election_under_keys_of_either_and_both_decrypt(
    tmp_path: Path, kind: str, made_by: Callable[[Path, str, Group], Trustees]
) -> None:
    (files := tmp_path / "keys").mkdir()
    (folder := tmp_path / "election").mkdir()
    trustees = made_by(files, kind, BELENIOS_2048)
    theirs = set_up(folder, [QUESTION_OF_THE_TOOL], group=BELENIOS_2048.name, trustees=trustees.content)
    for elector, choices in ((0, [0, 1, 0]), (1, [1, 0, 0]), (2, [0, 0, 1]), (0, [0, 0, 1])):
        theirs.vote(elector, choices)
    theirs.close()
    for owner in decrypting(kind):
        # One after the other by the tool and by us.
        theirs.add("PartialDecryption", decrypted(theirs, owner, trustees.keys[owner]))
        assert owner in theirs.verified().shares
    theirs.count()
    assert theirs.verified().counts == ((1, 0, 2),)


def decrypted(theirs: ToolElection, owner: int, key: Key) -> bytes:
    if owner % 2:
        return raw_output(theirs.folder, "election", *key.words, "--trustee-id", str(owner))
    record = theirs.verified()
    assert record.tally is not None
    share = decrypt_share(key.private, record.tally, record.definition)
    return share.content + b"\n" + owned_share_document(owner, share) + b"\n"
