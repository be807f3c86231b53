"""How each kind of test vector is read: gives the output, where there is one, or raises what the case expects."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

from gmpy2 import mpz

from election.ballots import parse_ballot, tracker, verify_ballot
from election.challenge import check_opening, parse_opened
from election.credential_list import import_credentials, parse_credentials
from election.credentials import derive_credential
from election.crypto.elgamal import encrypt, product
from election.crypto.embedding import decode_numbers, encode_numbers
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import RFC_3526_2048, parse_element, parse_scalar
from election.crypto.membership import check_members
from election.crypto.proofs import (
    BlankStatement,
    verify_blank,
    verify_decryption,
    verify_exponent,
    verify_interval,
)
from election.crypto.shuffle_proof import verify_shuffle
from election.crypto.shuffle_statement import (
    ShuffleStatement,
    generators,
    permutation_challenges,
    shuffle_challenge,
)
from election.crypto.shuffle_wire import parse_shuffle_proof
from election.crypto.wire import ciphertext_to_json, parse_ciphertext, parse_proof, parse_proofs
from election.decryption import verify_counts, verify_opened_by
from election.definition import ElectionDefinition, parse_election
from election.errors import VerificationError
from election.ids import ElectionUuid
from election.opened import RankedVotes, parse_counts
from election.ranked_answers import parse_ranked_answer, verify_ranked_answer
from election.record.archive import read_archive
from election.record.chain import Entry, EntryKind, parse_event
from election.record.replay import replay
from election.registrar import parse_print_job, unseal_cards
from election.shares import parse_share, verify_share
from election.shuffles import parse_shuffle, verify_shuffled, with_shuffle
from election.tally import EncryptedTally, parse_tally, tally_ballots, verify_tally
from election.trustees import (
    election_public_key,
    parse_trustee_private_key,
    parse_trustee_public_key,
    parse_trustees,
    trustee_keys,
)
from election.trustees.certificates import Certificate, parse_certificate
from election.trustees.channels import parse_seed, parse_signed, receive, verify_signed
from election.trustees.coefficients import parse_coefficients
from election.trustees.dealing import finish, open_decryption_key, parse_polynomial, parse_vinput, parse_voutput
from election.trustees.keyfile import unseal
from election.trustees.recovery import recover
from election.trustees.rehearsal import parse_answer, parse_rehearsal_test, rehearse
from election.trustees.secrets import public_number
from election.trustees.threshold import parse_threshold_group
from election.verify import verify_record
from scripts.vectors.records import chained


def element(given: Any) -> None:
    check_members(GROUP, [parse_element(given, GROUP)])


def scalar(given: Any) -> None:
    parse_scalar(given, GROUP)


def elgamal(given: Any) -> None:
    read = parse_ciphertext(given["ciphertext"], GROUP)
    check_members(GROUP, [read.alpha, read.beta])
    key, secret = mpz(given["public_key"]), parse_scalar(given["randomness"], GROUP)
    assert read == encrypt(GROUP, key, given["number"], secret)


def knowledge(given: Any) -> None:
    proof = parse_proof(given["proof"], GROUP)
    verify_exponent(GROUP, given["tag"], given["statement"], parse_element(given["public"], GROUP), proof)


def interval_proof(given: Any) -> None:
    least, most = given["interval"]
    verify_interval(
        GROUP,
        parse_element(given["public_key"], GROUP),
        given["statement"],
        parse_ciphertext(given["ciphertext"], GROUP),
        parse_proofs(given["proofs"], GROUP, "proofs"),
        range(least, most + 1),
    )


def blank_proofs(given: Any) -> None:
    least, most = given["interval"]
    blank, total = (parse_ciphertext(given[name], GROUP) for name in ("blank", "total"))
    claim = BlankStatement(given["statement"], blank, total, range(least, most + 1))
    overall, either = (parse_proofs(given[name], GROUP, name) for name in ("overall_proof", "blank_proof"))
    verify_blank(GROUP, parse_element(given["public_key"], GROUP), claim, overall, either)


def credential(given: Any) -> dict[str, str]:
    keys = derive_credential(given["code"], ElectionUuid(given["uuid"]), GROUP)
    return {"secret": str(keys.secret), "public": str(keys.public)}


def public_list(given: Any) -> None:
    parse_credentials(given.encode(), GROUP)


def trustee_key(given: Any) -> None:
    parse_trustee_public_key(given, GROUP)


def ballot(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    verify_ballot(parse_ballot(given["ballot"].encode(), definition), definition)


def a_tracker(given: Any) -> str:
    return tracker(given.encode())


def opening(given: Any) -> list[list[int]]:
    definition = parse_election(given["election"].encode())
    opened = check_opening(given["ballot"].encode(), given["opening"].encode(), definition)
    return [list(selection) for selection in opened.selections]


def encrypted_tally(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    published = parse_tally(given["encrypted_tally"].encode(), given["sized_encrypted_tally"].encode(), definition)
    ballots = [parse_ballot(raw.encode(), definition) for raw in given["ballots"]]
    verify_tally(published, tally_ballots(definition, ballots))


def tally_of(given: Any) -> tuple[ElectionDefinition, EncryptedTally]:
    """The tally as the shuffles, where there are any, leave it."""
    definition = parse_election(given["election"].encode())
    tally = parse_tally(given["encrypted_tally"].encode(), given["sized_encrypted_tally"].encode(), definition)
    for raw in given.get("shuffles", []):
        tally = with_shuffle(tally, parse_shuffle(raw.encode(), definition), definition)
    return definition, tally


def partial_decryption(given: Any) -> None:
    definition, tally = tally_of(given)
    share = parse_share(given["partial_decryption"], definition)
    verify_share(share, parse_trustee_public_key(given["trustee"], definition.group), tally, definition)


def result(given: Any) -> None:
    definition, tally = tally_of(given)
    shares = [parse_share(share, definition) for share in given["partial_decryptions"]]
    verify_counts(parse_counts(given["result"].encode(), definition), tally, shares, definition)


def event_chain(given: Any) -> None:
    for _ in replay(Entry(EntryKind(entry["kind"]), entry["content"].encode()) for entry in given):
        pass


def archive(given: Any) -> None:
    for _ in replay(read_archive(io.BytesIO(base64.b64decode(given)))):
        pass


def decryption_proof(given: Any) -> None:
    public, alpha, factor = (parse_element(given[name], GROUP) for name in ("public_key", "alpha", "factor"))
    check_members(GROUP, [public, alpha, factor])
    verify_decryption(GROUP, given["election_hash"], public, alpha, factor, parse_proof(given["proof"], GROUP))


# -------------------------------------------------------------------------------------- the first event, and its parts


def election(given: Any) -> dict[str, str]:
    definition = parse_election(given.encode())
    check_members(definition.group, [definition.public_key])
    return {"fingerprint": definition.fingerprint}


def setup(given: Any) -> None:
    documents = [given[name] for name in ("election", "trustees", "credentials", "setup")]
    judged(lambda: verify_record(chained([("Setup", documents)])))


def judged(action: Callable[[], Any]) -> Any:
    """What a verification gives; its fault without the name of the step."""
    try:
        return action()
    except VerificationError as fault:
        raise fault.cause from None


def event(given: Any) -> None:
    parse_event(given.encode())


def private_key(given: Any) -> dict[str, str]:
    return {"public_key": str(parse_trustee_private_key(given.encode()).public().public_key)}


def imported_list(given: Any) -> None:
    import_credentials(given["list"].encode(), GROUP, given["fingerprint"])


def opened_list(given: Any) -> list[str]:
    definition = parse_election(given["election"].encode())
    return sorted(parse_opened(given["opened"].encode(), definition).trackers)


# ------------------------------------------------------------------------------------------------------------ rankings


def embedding(given: Any) -> dict[str, Any]:
    if "numbers" in given:
        return {"element": str(encode_numbers(RFC_3526_2048, given["numbers"]))}
    return {"numbers": list(decode_numbers(RFC_3526_2048, mpz(given["element"]), given["count"]))}


def ranked_answer(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    answer = parse_ranked_answer(given["answer"], definition.group)
    check_members(definition.group, [answer.ciphertext.alpha, answer.ciphertext.beta])
    statement = f"{definition.fingerprint}|{given['credential']}"
    verify_ranked_answer(definition.group, definition.public_key, statement, answer)


def shuffle_generators(given: Any) -> dict[str, Any]:
    h, others = generators(RFC_3526_2048, given)
    return {"h": str(h), "h_i": [str(each) for each in others]}


def shuffle_steps(given: Any) -> dict[str, Any]:
    """Written out from tables 1, 3, 9 and 12, and not with the code that proves."""
    group, y = RFC_3526_2048, mpz(given["public_key"])
    before = [parse_ciphertext(each, group) for each in given["before"]]
    places, r_prime = given["permutation"], [mpz(each) for each in given["randomness"]]
    anew = [product(group, [e, encrypt(group, y, 0, r)]) for e, r in zip(before, r_prime, strict=True)]
    h, h_i = generators(group, len(before))
    c = list(h_i)
    for i, j in enumerate(places):
        c[j] = group.power(group.g, mpz(given["r"][j])) * h_i[i] % group.p
    c_hat = [h]
    for j, r in zip(places, given["r_hat"], strict=True):
        c_hat.append(group.power(group.g, mpz(r)) * group.power(c_hat[-1], mpz(given["u"][j])) % group.p)
    return {
        "after": [ciphertext_to_json(anew[j]) for j in places],
        "c": [str(each) for each in c],
        "c_hat": [str(each) for each in c_hat[1:]],
    }


def shuffle_proof(given: Any) -> dict[str, Any]:
    group = RFC_3526_2048
    before, after = (tuple(parse_ciphertext(each, group) for each in given[name]) for name in ("before", "after"))
    statement = ShuffleStatement(
        public_key=mpz(given["public_key"]), election_fingerprint=given["election_hash"], before=before, after=after
    )
    proof = parse_shuffle_proof(given["proof"], group)
    verify_shuffle(group, statement, proof)
    u = permutation_challenges(group, statement, proof.c)
    return {
        "u": [str(each) for each in u],
        "c": str(shuffle_challenge(group, statement, proof.t, proof.c, proof.c_hat)),
    }


def shuffle(given: Any) -> None:
    definition, tally = tally_of(given)
    verify_shuffled(parse_shuffle(given["shuffle"].encode(), definition), tally, definition)


def record(given: Any) -> dict[str, Any]:
    found = judged(lambda: verify_record(chained((step["type"], step["documents"]) for step in given)))
    result = found.counts and [
        [list(vote) for vote in of.numbers] if isinstance(of, RankedVotes) else list(of) for of in found.counts
    ]
    return {"shuffles": found.shuffled_by, "shares": sorted(found.shares), "result": result}


# ---------------------------------------------------------------------------------------------------- threshold groups


def channel_keys(given: Any) -> dict[str, str]:
    keys = parse_seed(given.encode())
    return {name: str(getattr(keys, name)) for name in ("signing", "decryption", "verification", "encryption")}


def signed_message(given: Any) -> None:
    verify_signed(parse_signed(given["signed"], GROUP), parse_element(given["verification"], GROUP), GROUP)


def channel_message(given: Any) -> str:
    return receive(parse_seed(given["seed"].encode()), parse_element(given["sender"], GROUP), given["sealed"])


def certificate(given: Any) -> None:
    parse_certificate(given, GROUP)


def certificates(given: Any) -> list[Certificate]:
    return [parse_certificate(each, GROUP) for each in given["certificates"]]


def coefficients(given: Any) -> list[str]:
    read = parse_coefficients(given["coefexps"], parse_element(given["verification"], GROUP), GROUP, dealer=1)
    return [str(each) for each in read.elements]


def polynomial(given: Any) -> None:
    parse_polynomial(given["polynomial"], certificates(given), GROUP, dealer=given["dealer"])


def vinput(given: Any) -> str:
    members = certificates(given)
    read = parse_vinput(given["vinput"], members, GROUP)
    return str(finish(parse_seed(given["seed"].encode()), members, read).public_key.public_key)


def voutput(given: Any) -> None:
    parse_voutput(given, GROUP)


def decryption_key(given: Any) -> str:
    return str(open_decryption_key(parse_seed(given["seed"].encode()), given["private_key"]).public().public_key)


def threshold_parameters(given: Any) -> str:
    return str(parse_threshold_group(given, GROUP).sub_key(GROUP))


def trustees(given: Any) -> dict[str, Any]:
    items = parse_trustees(given.encode(), GROUP)
    keys = [str(key.public_key) for key in trustee_keys(items)]
    return {"keys": keys, "public_key": str(election_public_key(items, GROUP))}


def threshold_result(given: Any) -> None:
    definition, tally = tally_of(given)
    items = parse_trustees(given["trustees"].encode(), definition.group)
    keys = trustee_keys(items)
    shares = {int(owner): parse_share(share, definition) for owner, share in given["partial_decryptions"].items()}
    for owner, share in shares.items():
        verify_share(share, keys[owner - 1], tally, definition)
    verify_opened_by(parse_counts(given["result"].encode(), definition), tally, shares, items, definition)


# ------------------------------------------------------------------------------------------- kept and handed on by hand


def sealed_key(given: Any) -> str:
    return str(public_number(unseal(given["file"].encode(), given["passphrase"])))


def sealed_cards(given: Any) -> list[list[str]]:
    return [[each.number, each.code] for each in unseal_cards(given["file"].encode(), given["passphrase"]).cards]


def recovery_sheet(given: Any) -> str:
    return str(public_number(recover(given)))


def rehearsal_test(given: Any) -> dict[str, str]:
    items = parse_trustees(given["trustees"].encode(), GROUP)
    test = parse_rehearsal_test(given["test"].encode(), items, GROUP)
    found = test.ciphertext()
    return {"alpha": str(found.alpha), "beta": str(found.beta), "message": str(test.message())}


def rehearsal_answer(given: Any) -> None:
    items = parse_trustees(given["trustees"].encode(), GROUP)
    test = parse_rehearsal_test(given["test"].encode(), items, GROUP)
    rehearse(test, [parse_answer(each.encode(), GROUP) for each in given["answers"]])


def print_job(given: Any) -> list[str]:
    job = parse_print_job(given.encode())
    return [job.url(card) for card in job.cards]


READERS: dict[str, Callable[[Any], Any]] = {
    "group_element": element,
    "scalar": scalar,
    "elgamal": elgamal,
    "proof_of_knowledge": knowledge,
    "signature": knowledge,
    "ranked_ballot": ballot,
    "ranked_tally": encrypted_tally,
    "ranked_partial_decryption": partial_decryption,
    "ranked_result": result,
    "tracker": a_tracker,
} | {
    read.__name__: read
    for read in (
        archive, ballot, blank_proofs, certificate, channel_keys, channel_message, coefficients, credential,
        decryption_key, decryption_proof, election, embedding, encrypted_tally, event, event_chain, imported_list,
        interval_proof, opened_list, opening, partial_decryption, polynomial, print_job, private_key, public_list,
        ranked_answer, record, recovery_sheet, rehearsal_answer, rehearsal_test, result, sealed_cards, sealed_key,
        setup, shuffle, shuffle_generators, shuffle_proof, shuffle_steps, signed_message, threshold_parameters,
        threshold_result, trustee_key, trustees, vinput, voutput,
    )
}  # fmt: skip
"""Each kind by its name."""
