"""Whole records of each kind with the secrets behind them, random changes of their documents, and what makes a changed
record whole again, so that only the sense of it is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from gmpy2 import invert, mpz
from hypothesis import strategies as st

from election.credentials import derive_credential
from election.crypto.groups import RFC_3526_2048, Group
from election.definition import ElectionDefinition
from election.phases import EventType
from election.questions import RankedQuestion
from election.record.canonical import canonical_bytes, sha256_hex
from election.trustees.channels import ChannelKeys, sign, signed_to_json
from election.verify import VerifiedRecord, verify_record
from tests.election.dealings import a_dealing, a_single, an_election
from tests.election.elections import SmallElection, make_election
from tests.election.forging import Step, setup_step, signed_anew, steps_of

OWNED = {EventType.SHUFFLE, EventType.PARTIAL_DECRYPTION}


@dataclass(frozen=True)
class Subject:
    """A good record, and what a forger needs to make a changed one whole again."""

    election: SmallElection
    steps: tuple[Step, ...]
    members: tuple[ChannelKeys, ...] = ()
    """of the threshold group, in its order"""
    meaning: tuple[Any, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "meaning", meaning(verify_record(self.election.entries)))

    def __repr__(self) -> str:
        return "<a good record>"

    @property
    def definition(self) -> ElectionDefinition:
        return self.election.definition

    @property
    def group(self) -> Group:
        return self.definition.group

    def code_of(self, credential: object) -> str | None:
        """The code behind a public credential of the election."""
        for code in self.election.codes:
            if str(derive_credential(code, self.definition.uuid, self.group).public) == credential:
                return code
        return None


def meaning(record: VerifiedRecord) -> tuple[Any, ...]:
    """What a record says, in whatever order its events came."""
    return (
        record.definition.fingerprint,
        record.trustees,
        record.weights,
        record.voters,
        record.tally,
        record.shuffled_by,
        sorted(record.shares),
        sorted(record.left_aside),
        record.counts,
    )


@cache
def subject(kind: str) -> Subject:
    """Each is made once; nobody changes it. In each an elector votes twice, and one stays away."""
    if kind == "threshold":
        dealing = a_dealing(3, 2)
        under = an_election(a_single(), dealing)
        election = under.election
        election.vote(0, 2)
        election.vote(1)
        election.vote(0, 0)
        election.close()
        under.count([1, 2, 4])  # just enough: nobody's share can be spared
        return Subject(election, tuple(steps_of(election.entries)), dealing.keys)
    if kind == "ranked":
        question = RankedQuestion(("Dorte", "Emil"), "I hvilken rækkefølge?")
        election = make_election(questions=(question,), group=RFC_3526_2048, electors=3, trustees=2)
        election.answer(0, (0, 1))
        election.answer(1, ())
        election.answer(0, (1,))
        election.count(election.shuffle(election.close()))
    else:
        election = make_election(electors=3, trustees=2)
        election.vote(0, 0)
        election.vote(1)
        election.vote(0, 2)
        election.count(election.close())
    return Subject(election, tuple(steps_of(election.entries)))


KINDS = ("marked", "ranked", "threshold")

# ------------------------------------------------------------------------------------------------------ what is changed

Place = tuple[Any, ...]
"""Steps to a value in a message; ``...`` goes into a text that is itself a message (4.6.2)."""


def places(message: Any, before: Place = ()) -> Iterator[Place]:
    """Every place of a message at which another value could stand."""
    if isinstance(message, str) and message.startswith("{"):
        yield from places(json.loads(message), (*before, ...))
    if isinstance(message, dict | list):
        for key in message if isinstance(message, dict) else range(len(message)):
            yield (*before, key)
            yield from places(message[key], (*before, key))


def value_at(message: Any, place: Place) -> Any:
    for step in place:
        message = json.loads(message) if step is ... else message[step]
    return message


def with_value(message: Any, place: Place, change: Callable[[Any, Any], Any]) -> Any:
    """The message after ``change`` was made to what holds the last step of the place."""
    step, *rest = place
    if step is ...:
        return compact(with_value(json.loads(message), tuple(rest), change))
    if rest:
        message[step] = with_value(message[step], tuple(rest), change)
        return message
    return change(message, step)


def compact(message: Any) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _put(value: Any, container: Any, key: Any) -> Any:
    container[key] = value
    return container


def _drop(container: Any, key: Any) -> Any:
    del container[key]
    return container


def _repeat(container: Any, key: Any) -> Any:
    if isinstance(container, list):
        container.insert(key, container[key])
    return container


def _exchange(container: Any, key: Any) -> Any:
    if isinstance(container, list):
        container[key], container[key - 1] = container[key - 1], container[key]
    else:
        container[key] = container.pop(key)  # now the last field
    return container


def other_numbers(group: Group) -> Mapping[str, Callable[[mpz], mpz]]:
    """From a number to another that looks as good."""
    return {
        "times g": lambda x: x * group.g % group.p,
        "negated": lambda x: group.p - x,
        "inverse": lambda x: invert(x, group.p),
        "plus one": lambda x: x + 1,
        "minus one": lambda x: x - 1,
        "plus q": lambda x: x + group.q,
        "plus p": lambda x: x + group.p,
        "negative modulo q": lambda x: -x % group.q,
        "the generator": lambda _: group.g,
        "the identity": lambda _: mpz(1),
        "nothing": lambda _: mpz(0),
        "of order two": lambda _: group.p - 1,
    }


any_value = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**70)
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["1", "5"]),
    partial(st.lists, max_size=3),
    max_leaves=5,
)


@st.composite
def changed_messages(draw: st.DrawFn, of: Subject, document: bytes) -> bytes:
    """The document after one change of what it says: a number, a field, the order or length of a list."""
    message = json.loads(document)
    place = draw(st.sampled_from(list(places(message))))
    was = value_at(message, place)
    changes: list[Callable[[Any, Any], Any]] = [_drop, _repeat, _exchange]
    if isinstance(was, str) and was.isdecimal() and int(was) % of.group.p:
        others = sorted(other_numbers(of.group).items())
        changes = [partial(_put, str(to(mpz(was)))) for _, to in others] + changes
        elsewhere = [value_at(message, each) for each in places(message)]
        changes.append(partial(_put, draw(st.sampled_from([each for each in elsewhere if isinstance(each, str)]))))
    elif isinstance(was, int):
        changes += [partial(_put, was + 1), partial(_put, max(was - 1, 0)), partial(_put, str(was))]
    else:
        changes.append(partial(_put, draw(any_value)))
    return compact(with_value(message, place, draw(st.sampled_from(changes)))).encode("utf-8", "surrogatepass")


# ------------------------------------------------------------------------------------------- what is made whole again


def whole_again(of: Subject, place: int, number: int, document: bytes) -> list[Step]:
    """The steps with another document, signed anew and bound again wherever its forger could."""
    kind, documents = of.steps[place]
    changed = [*documents[:number], document, *documents[number + 1 :]]
    if kind is EventType.BALLOT:
        changed = [_signed_ballot(of, documents[0], document)]
    elif kind is EventType.SETUP and number < len(changed) - 1:
        if number == 1:
            changed[1] = _signed_group(of, json.loads(documents[1]), document)
        changed = list(setup_step(*changed[:3])[1])
    elif kind is EventType.ENCRYPTED_TALLY and number == 0:
        sized = json.loads(documents[1]) | {"encrypted_tally": sha256_hex(document)}
        changed[1] = canonical_bytes(sized)
    elif kind in OWNED and number == 0:
        changed[1] = canonical_bytes(json.loads(documents[1]) | {"payload": sha256_hex(document)})
    return [*of.steps[:place], (kind, tuple(changed)), *of.steps[place + 1 :]]


def _signed_ballot(of: Subject, was: bytes, document: bytes) -> bytes:
    """By whoever holds the code of the credential that it names; as it is where nobody does or the signature changed.

    Where nothing but the place of its fields changed, signing would undo that.
    """
    try:
        message, before = json.loads(document), json.loads(was)
        code = of.code_of(message["credential"])
        if code is None or message["signature"] != before["signature"] or message == before:
            return document
        return signed_anew(document, code, of.definition)
    except (ValueError, KeyError, TypeError):
        return document


def _signed_group(of: Subject, was: Any, document: bytes) -> bytes:
    """Each certificate and each list of coefficients that was changed, by the member who signed it."""
    try:
        message = json.loads(document)
        for item, before in zip(message, was, strict=True):
            if item[0] == before[0] == "Pedersen":
                _sign_parts(of.members, item[1], before[1])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return document
    return compact(message).encode("utf-8", "surrogatepass")


def _sign_parts(members: Sequence[ChannelKeys], group: Any, before: Any) -> None:
    for name in ("certs", "coefexps"):
        for keys, part, was in zip(members, group[name], before[name], strict=True):
            if part["message"] != was["message"] and part["signature"] == was["signature"]:
                part["signature"] = signed_to_json(sign(keys, part["message"]))["signature"]
