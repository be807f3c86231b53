"""The matrix of elections held with belenios-tool: trustees, questions, and revotes or weights.

What is to come out is counted here from the choices themselves, by neither program.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, Group
from election.opened import Counts, RankedVotes
from election.questions import MarkedQuestion, Question, RankedQuestion
from election.ranked_answers import ranks_of
from election.trustees import TrusteePrivateKey, owner_of, parse_trustee_private_key, parse_trustees, trustees_to_bytes
from election.trustees.channels import parse_seed
from election.trustees.dealing import open_decryption_key
from election.trustees.secrets import plain_content
from tests.election.dealings import a_dealing, a_single
from tests.election.tool_elections import threshold_step, tool

Choices = tuple[tuple[int, ...], ...]
"""What an elector marks or ranks, for each question."""

ONE = MarkedQuestion(("Amina", "Bohdan"), None, 1, 1, "Hvem?")
MORE = MarkedQuestion(("Amina", "Bohdan", "Çiğdem"), False, 0, 2, "Hvem mere?")
BLANK = MarkedQuestion(("Ja", "Nej"), True, 1, 2, "Hvad?")
RANKED = RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")

ELECTORS = 4
"""The last of them stays away."""
OTHER_PROGRAM = 2
"""The elector who votes with the program that did not make their code."""
TRUSTEES = {"single": (1, 0), "two-singles": (2, 0), "two-of-three": (0, 1), "two-of-three-and-a-single": (1, 1)}
"""How many trustees alone, and how many groups."""
IN_THE_OTHER_GROUP = "marks-in-the-other-group"
ASKED: Mapping[str, tuple[tuple[Question, ...], tuple[Choices, ...]]] = {
    # With the choices of three electors, then what the first of them wanted at first.
    "one-question": ((ONE,), (((0,),), ((1,),), ((0,),), ((1,),))),
    "several": ((ONE, MORE), (((0,), (2,)), ((1,), (0, 2)), ((0,), ()), ((1,), (0, 1)))),
    "blank-allowed": ((BLANK,), (((),), ((0, 1),), ((1,),), ((0,),))),
    "ranked": ((RANKED,), (((2, 0),), ((),), ((1, 0, 2),), ((0, 1, 2),))),
}
ASKED_BESIDES: Mapping[str, tuple[tuple[Question, ...], tuple[Choices, ...]]] = {
    "mixed": (
        (ONE, RANKED, BLANK, RANKED),
        (
            ((0,), (1,), (), (0, 1)),
            ((0,), (1, 2), (0,), ()),
            ((1,), (1,), (1,), (2, 1, 0)),
            ((1,), (), (0, 1), (2,)),
        ),
    ),
    IN_THE_OTHER_GROUP: ASKED["blank-allowed"],
}
"""What is no part of the matrix, and asked of one kind of trustees only."""
WEIGHTS = {"revotes": (1, 1, 1, 1), "weights": (3, 1, 2, 5)}
OF_WEIGHT_THREE, OF_WEIGHT_ONE = 0, 1


@dataclass(frozen=True)
class Cell:
    """One combination."""

    trustees: str
    asked: str
    kind: str

    def __str__(self) -> str:
        return f"{self.trustees}+{self.asked}+{self.kind}"

    @property
    def questions(self) -> tuple[Question, ...]:
        return (ASKED | ASKED_BESIDES)[self.asked][0]

    @property
    def weights(self) -> tuple[int, ...]:
        return WEIGHTS[self.kind]

    @property
    def ranked(self) -> bool:
        return any(isinstance(question, RankedQuestion) for question in self.questions)

    @property
    def group(self) -> Group:
        """Ranks fit into an element of the second only."""
        return RFC_3526_2048 if self.ranked or self.asked == IN_THE_OTHER_GROUP else BELENIOS_2048

    @property
    def cast(self) -> list[tuple[int, Choices]]:
        """Every vote in its order, with its elector."""
        *final, wanted_first = (ASKED | ASKED_BESIDES)[self.asked][1]
        votes = list(enumerate(final))
        return [(0, wanted_first), *votes[1:], votes[0]] if self.kind == "revotes" else votes

    @property
    def decrypting(self) -> list[int]:
        return decrypting(self.trustees)


def decrypting(trustees: str) -> list[int]:
    """Just enough of them, by number: of a group of three the first and the last."""
    singles, groups = TRUSTEES[trustees]
    return [*range(1, singles + 1), *((singles + 1, singles + 3) if groups else ())]


EVERY_CELL = [Cell(*names) for names in product(TRUSTEES, ASKED, WEIGHTS)]
REFUSED = [cell for cell in EVERY_CELL if cell.ranked and cell.kind == "weights"]
"""Specification 4.16: "it is an error if weight(b) ≠ 1"."""
BESIDES = [
    Cell("two-singles", "mixed", "revotes"),
    Cell("two-singles", IN_THE_OTHER_GROUP, "revotes"),
    Cell("two-singles", IN_THE_OTHER_GROUP, "weights"),
]
CELLS = [cell for cell in EVERY_CELL if cell not in REFUSED] + BESIDES


def plain_count(cell: Cell) -> list[Any]:
    """For each question the votes of each choice, blank first; or the ranks that were given, sorted."""
    last = dict(cell.cast)
    found: list[Any] = []
    for place, question in enumerate(cell.questions):
        if isinstance(question, RankedQuestion):
            found.append(sorted(list(ranks_of(choices[place], len(question.answers))) for choices in last.values()))
            continue
        votes: Counter[int] = Counter()
        for elector, choices in last.items():
            votes.update({choice: cell.weights[elector] for choice in choices[place] or (-1,)})
        found.append([votes[choice] for choice in range(-1 if question.blank else 0, len(question.answers))])
    return found


def comparable(counts: Counts | list[Any] | None) -> list[Any]:
    """Counts of either program in the form of ``plain_count``: ranked votes in an order of their own."""
    assert counts is not None
    plain = [[list(vote) for vote in of.numbers] if isinstance(of, RankedVotes) else list(of) for of in counts]
    return [sorted(of) if isinstance(of[0], list) else of for of in plain]


def choices_of_the_tool(questions: Sequence[Question], choices: Choices) -> list[list[int]]:
    """0 or 1 for each choice, blank first where allowed; ranks for a ranked question."""
    found = []
    for question, chosen in zip(questions, choices, strict=True):
        if isinstance(question, RankedQuestion):
            found.append(list(ranks_of(chosen, len(question.answers))))
            continue
        marks = [int(place in chosen) for place in range(len(question.answers))]
        found.append([int(not chosen), *marks] if question.blank else marks)
    return found


# ------------------------------------------------------------------------------------------------------ trustees' keys


@dataclass(frozen=True)
class Key:
    """A trustee's key as we hold it, and the words by which the tool decrypts with it."""

    private: TrusteePrivateKey
    words: tuple[str, ...]


@dataclass(frozen=True)
class Trustees:
    """The document of an election's trustees, and their keys by number."""

    content: bytes
    keys: dict[int, Key]


def trustees_of(content: bytes, keys: Sequence[Key], group: Group) -> Trustees:
    read = parse_trustees(content, group)
    assert trustees_to_bytes(read) == content
    return Trustees(content, {owner_of(read, key.private.public().public_key): key for key in keys})


@cache
def our_trustees(folder: Path, trustees: str, group: Group) -> Trustees:
    """Keys made by us, written down as the tool reads them."""
    singles, groups = TRUSTEES[trustees]
    alone = [a_single(number, group) for number in range(singles)]
    dealings = [a_dealing(3, 2, number, group) for number in range(groups)]
    keys = []
    for number, private in enumerate(alone):
        path = _written(folder / f"{group.name}-{number}.privkey", plain_content(private))
        keys.append(Key(private, ("decrypt", "--privkey", path)))
    for dealing in dealings:
        for number, private in enumerate(dealing.privates):
            seed = _written(folder / f"{group.name}-{number}.key", plain_content(dealing.keys[number]))
            sealed = dealing.voutputs[number].private_key.encode() + b"\n"
            dealt = _written(folder / f"{group.name}-{number}.dkey", sealed)
            keys.append(Key(private, ("decrypt-threshold", "--key", seed, "--decryption-key", dealt)))
    content = trustees_to_bytes([*(each.public() for each in alone), *(each.parameters for each in dealings)])
    return trustees_of(content, keys, group)


def _written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


@cache
def trustees_of_the_tool(folder: Path, trustees: str, group: Group) -> Trustees:
    """Keys made by the tool, read by us."""
    singles, groups = TRUSTEES[trustees]
    office = folder / f"{group.name}-{trustees}"
    office.mkdir()
    alone = [single_of_the_tool(folder, group, number) for number in range(singles)]
    (office / "public_keys.jsons").write_bytes(b"".join(path.with_suffix(".pubkey").read_bytes() for path in alone))
    keys = [
        Key(parse_trustee_private_key(path.read_bytes(), group), ("decrypt", "--privkey", str(path))) for path in alone
    ]
    if groups:
        seeds = group_of_the_tool(folder, group)
        shutil.copy(seeds[0].parent / "threshold.json", office)
        for seed in seeds:
            dealt = seed.with_suffix(".dkey")
            private = open_decryption_key(parse_seed(seed.read_bytes(), group), dealt.read_text().strip())
            keys.append(Key(private, ("decrypt-threshold", "--key", str(seed), "--decryption-key", str(dealt))))
    tool(office, "setup", "make-trustees")
    return trustees_of((office / "trustees.json").read_bytes().strip(), keys, group)


@cache
def single_of_the_tool(folder: Path, group: Group, number: int) -> Path:
    """The key file of a trustee alone; the public key lies beside it."""
    own = folder / f"{group.name}-single-{number}"
    own.mkdir()
    tool(own, "setup", "generate-trustee-key", "--group", group.name)
    return next(own.glob("*.privkey"))


@cache
def group_of_the_tool(folder: Path, group: Group) -> list[Path]:
    """The seeds of a group of whom two of three are enough; beside them what else the steps made."""
    own = folder / f"{group.name}-group"
    own.mkdir()
    step = partial(threshold_step, own, group)
    for _ in range(3):
        step(1)
    seeds = sorted(own.glob("*.key"))
    (own / "certs.jsons").write_bytes(b"".join(seed.with_suffix(".cert").read_bytes() for seed in seeds))
    certs = ("--certs", "certs.jsons")
    step(2, *certs)
    dealt = [step(3, *certs, "--key", seed.name, "--threshold", "2") for seed in seeds]
    (own / "polynomials.jsons").write_bytes(b"".join(dealt))
    polynomials = ("--polynomials", "polynomials.jsons")
    step(4, *certs, *polynomials)
    finished = [step(5, *certs, "--key", seed.name, given=seed.with_suffix(".vinput").read_bytes()) for seed in seeds]
    (own / "threshold.json").write_bytes(step(6, *certs, *polynomials, given=b"".join(finished)))
    return seeds
