"""Fuzzing of whatever reads what others wrote: the archive reader and the parser of each message.

    python -m scripts.fuzz [--inputs 1000] [--seed 0] [TARGET ...]

Good documents from ``tests/election/vectors`` are cut, repeated, joined and changed. A reader may take or refuse what
it gets, by an ``ElectionError``; any other exception is a finding. (That nothing changed is taken for good is shown by
the ``test_tamper_*`` files.) The same seed gives the same inputs. Ends with 1 on the first finding and writes the input
to ``fuzz-TARGET.bin``.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from election.ballots import parse_ballot
from election.credential_list import parse_credentials
from election.definition import ElectionDefinition, parse_election
from election.errors import ElectionError
from election.phases import EventType
from election.record.archive import read_archive
from election.record.canonical import load_json
from election.record.chain import parse_event
from election.record.replay import RecordStep, replay
from election.tally import parse_counts, parse_share, parse_tally
from election.trustees import parse_trustees

VECTORS = Path(__file__).resolve().parents[1] / "tests" / "election" / "vectors"
_TOKENS = (
    b'"', b"{", b"}", b"[", b"]", b",", b":", b"0", b"1", b"-", b"\\u0000", b"\\ud800", b"\xff", b"\0", b"null",
    b"true", b"1e9", b"NaN", b'"0"', b'"1"', b'"alpha":"5",', b"[" * 99, b" ", b"\n", b"9" * 700, b"\xd9\xa3", b"\x7f",
)  # fmt: skip

Reader = Callable[[bytes], object]


def targets(archive: bytes) -> Mapping[str, tuple[Reader, Sequence[bytes]]]:
    """Each reader by its name, with good documents to start from."""
    steps = list(replay(read_archive(io.BytesIO(archive))))
    documents = {kind: [_contents(step) for step in steps if step.event.type is kind] for kind in EventType}
    election, trustees, credentials, _ = documents[EventType.SETUP][0]
    definition = parse_election(election)
    tally, sized = documents[EventType.ENCRYPTED_TALLY][0]
    return {
        "archive": (lambda raw: list(replay(read_archive(io.BytesIO(raw)))), [archive]),
        "json": (load_json, [election, trustees, sized]),
        "event": (parse_event, [step.event.content() for step in steps]),
        "election": (parse_election, [election]),
        "trustees": (lambda raw: parse_trustees(raw, definition.group), [trustees]),
        "credentials": (lambda raw: parse_credentials(raw, definition.group), [credentials]),
        "ballot": (lambda raw: parse_ballot(raw, definition), [found[0] for found in documents[EventType.BALLOT]]),
        "tally": (lambda raw: parse_tally(raw, sized, definition), [tally]),
        "size of the tally": (lambda raw: parse_tally(tally, raw, definition), [sized]),
        "share": (_share_reader(definition), [found[0] for found in documents[EventType.PARTIAL_DECRYPTION]]),
        "result": (lambda raw: parse_counts(raw, definition), [found[0] for found in documents[EventType.RESULT]]),
    }


def _contents(step: RecordStep) -> tuple[bytes, ...]:
    return tuple(entry.content for entry in step.documents)


def _share_reader(definition: ElectionDefinition) -> Reader:
    return lambda raw: parse_share(load_json(raw), definition)


def mutations(good: Sequence[bytes], chance: random.Random, number: int) -> Iterator[bytes]:
    """So many documents, each a good one after one to four changes."""
    for _ in range(number):
        raw = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 4)):
            _change(raw, chance, good)
        yield bytes(raw)


def _change(raw: bytearray, chance: random.Random, good: Sequence[bytes]) -> None:
    at = chance.randint(0, len(raw))
    to = min(len(raw), at + chance.choice((1, 2, 8, 64, 512, 4096)))
    match chance.randrange(6):
        case 0:
            raw[at:to] = bytes(chance.randrange(256) for _ in range(min(to - at, 8)))
        case 1:
            del raw[at:to]
        case 2:
            raw[at:at] = raw[at:to]
        case 3:
            raw[at:at] = chance.choice(_TOKENS)
        case 4:
            other = chance.choice(good)
            start = chance.randrange(len(other))
            raw[at:to] = other[start : start + to - at]
        case _:
            if at < len(raw):
                raw[at] ^= 1 << chance.randrange(8)


def finding(reader: Reader, raw: bytes) -> BaseException | None:
    """What a reader raised though it may not."""
    try:
        reader(raw)
    except ElectionError:
        return None
    except BaseException as fault:  # whatever else comes out is what is looked for
        return fault
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="*")
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for archive in sorted(VECTORS.glob("*.bel")):
        for name, (reader, good) in targets(archive.read_bytes()).items():
            if options.target and name not in options.target:
                continue
            chance = random.Random(f"{options.seed} {name}")  # noqa: S311 - the same inputs again
            for raw in mutations(good, chance, options.inputs):
                if (found := finding(reader, raw)) is not None:
                    Path(f"fuzz-{name}.bin").write_bytes(raw)
                    print(f"{archive.name}, {name}: {found!r}")
                    return 1
            print(f"{archive.name}, {name}: {options.inputs} inputs, no finding")
    return 0


if __name__ == "__main__":
    sys.exit(main())
