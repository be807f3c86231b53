"""BLT, the format in which ranked ballots are exchanged, in and out.

The format is that of B. A. Wichmann and I. D. Hill for the program of Meek's method (Voting matters 1 and 20): the
numbers of candidates and of seats; ``-n`` for each candidate who withdrew; one line for each ranking, as its number
of papers, the candidates by number in order of preference and ``0``; a lone ``0``; the names in quotation marks, one a
line; the title. Here each stands on a line of its own, and nothing else may: a file is read wholly or not at all.
``docs/formats.md`` tells it to those who write such files.

Two preferences of the same rank (``2=3``) are refused: none of the rules here counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from election.counting.papers import RankedPapers
from election.counting.reading import MOST_CANDIDATES, Faults, file_lines, is_plain_name, shown, whole_number
from election.errors import CountInputError
from election.ids import CandidateId

_WITHDRAWN = re.compile(rb"\s*-\s*[0-9]")
_Ranking = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BltElection:
    """What a BLT file says. Candidates are called by their number, ``names`` stand in the same order."""

    title: str
    seats: int
    papers: RankedPapers
    names: tuple[str, ...]
    withdrawn: frozenset[CandidateId]


def parse_blt(raw: bytes) -> BltElection:
    """Read a BLT file; papers with no preference at all are kept, as the ranking of nobody.

    Raises:
        CountFileError: It holds every fault with its line.
    """
    return _Reader(file_lines(raw)).election()


def numbered_candidates(number: int) -> tuple[CandidateId, ...]:
    """The ids of so many candidates, by their place on the ballot: ``1`` and on."""
    return tuple(CandidateId(str(place)) for place in range(1, number + 1))


def blt_bytes(
    papers: RankedPapers,
    *,
    title: str,
    seats: int,
    names: Sequence[str],
    withdrawn: Iterable[CandidateId] = (),
) -> bytes:
    """The BLT file of an election: equal elections give equal bytes.

    Raises:
        CountInputError: A name or the title cannot stand between quotation marks (codes blt-name-mark, blt-name).
    """
    for line, name in enumerate((*names, title), start=1):
        if '"' in name:
            raise CountInputError("blt-name-mark", line=line, text=shown(name))
        if not is_plain_name(name) and not (name == "" and line > len(names)):
            raise CountInputError("blt-name", line=line, text=shown(name))
    number_of = {candidate: number for number, candidate in enumerate(papers.candidates, start=1)}
    lines = [f"{len(papers.candidates)} {seats}"]
    lines += [f"-{number}" for number in sorted(number_of[each] for each in withdrawn)]
    for ranking, number in sorted(papers.rankings.items()):
        lines.append(" ".join(map(str, (number, *(index + 1 for index in ranking), 0))))
    lines += ["0", *(f'"{name}"' for name in (*names, title))]
    return "".join(f"{line}\n" for line in lines).encode()


class _Reader:
    """One pass through the lines; ``_line`` is the index of the next."""

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines
        self._faults = Faults()
        self._line = 1

    def election(self) -> BltElection:
        """Everything in turn.

        Raises:
            CountFileError: It holds every fault with its line.
        """
        candidates, seats = self._numbers()
        withdrawn = self._withdrawn(candidates)
        rankings = self._rankings(candidates)
        names = self._names(candidates)
        self._faults.verify_none()
        ids = numbered_candidates(candidates)
        return BltElection(
            title=names[-1],
            seats=seats,
            papers=RankedPapers(candidates=ids, rankings=rankings),
            names=tuple(names[:-1]),
            withdrawn=frozenset(ids[index] for index in withdrawn),
        )

    def _fault(self, code: str, line: int, **params: str | int) -> None:
        self._faults.add(CountInputError(code, line=line, **params))

    def _numbers(self) -> tuple[int, int]:
        """The first line; without it nothing else can be understood, so it is refused at once."""
        written = self._lines[0].decode().split()
        numbers = [whole_number(each) for each in written]
        if len(numbers) != 2 or None in numbers:
            self._fault("blt-first-line", 1, text=shown(self._lines[0]))
            self._faults.verify_none()
        candidates, seats = (number or 0 for number in numbers)
        if not 1 <= candidates <= MOST_CANDIDATES:
            self._fault("blt-candidates", 1, found=candidates, most=MOST_CANDIDATES)
            self._faults.verify_none()
        if seats < 1:
            self._fault("blt-seats", 1)
        return candidates, seats

    def _withdrawn(self, candidates: int) -> set[int]:
        """The lines that begin with a minus sign."""
        found: set[int] = set()
        while self._line < len(self._lines) and _WITHDRAWN.match(self._lines[self._line]):
            line = self._line + 1
            for text in self._lines[self._line].decode().split():
                number = whole_number(text.removeprefix("-")) if text.startswith("-") else None
                if number is None or not 1 <= number <= candidates:
                    self._fault("blt-withdrawn", line, text=shown(text), candidates=candidates)
                elif number - 1 in found:
                    self._fault("blt-withdrawn-twice", line, number=number)
                else:
                    found.add(number - 1)
            self._line += 1
        return found

    def _rankings(self, candidates: int) -> dict[_Ranking, int]:
        """The papers, to the lone 0. What is wrong with a line is found out only where it does not fit at once."""
        index_of = {str(index + 1).encode(): index for index in range(candidates)}
        weight_of: dict[bytes, int] = {}
        rankings: dict[_Ranking, int] = {}
        lines = self._lines
        for line in range(self._line, len(lines)):
            words = lines[line].split()
            if words == [b"0"]:
                self._line = line + 1
                return rankings
            if words and words[0].startswith(b'"'):
                self._line = line
                break
            try:
                papers = weight_of[words[0]]
                ranking = tuple([index_of[word] for word in words[1:-1]])
            except (KeyError, IndexError):
                self._slowly(words, line + 1, index_of, weight_of, rankings)
                continue
            if words[-1] != b"0" or len(words) < 2 or len(set(ranking)) != len(ranking):
                self._slowly(words, line + 1, index_of, weight_of, rankings)
            else:
                rankings[ranking] = rankings.get(ranking, 0) + papers
        else:
            self._line = len(lines)
        self._fault("blt-no-end", self._line + 1)
        return rankings

    def _slowly(
        self,
        words: list[bytes],
        line: int,
        index_of: dict[bytes, int],
        weight_of: dict[bytes, int],
        rankings: dict[_Ranking, int],
    ) -> None:
        """One line of papers with a number of papers not met before, or with something wrong."""
        if not words:
            self._fault("blt-empty-line", line)
            return
        papers = whole_number(words[0].decode())
        good = True
        if not papers:
            self._fault("blt-weight", line, text=shown(words[0]))
            good = False
        if len(words) < 2 or words[-1] != b"0":
            self._fault("blt-no-zero", line)
            good = False
        named = words[1:-1] if words[-1] == b"0" else words[1:]
        seen: set[bytes] = set()
        for word in named:
            code = _fault_of(word, index_of, seen)
            if code is not None:
                self._fault(code, line, text=shown(word), candidates=len(index_of))
                good = False
            seen.add(word)
        if good and papers:
            weight_of[words[0]] = papers
            ranking = tuple(index_of[word] for word in named)
            rankings[ranking] = rankings.get(ranking, 0) + papers

    def _names(self, candidates: int) -> list[str]:
        """A name for each candidate, and the title."""
        written = self._lines[self._line :]
        expected = candidates + 1
        if len(written) < expected:
            self._fault("blt-too-few-names", len(self._lines), found=len(written), expected=expected)
        for line in range(self._line + expected, len(self._lines)):
            self._fault("blt-after-the-end", line + 1, text=shown(self._lines[line]))
        names: list[str] = []
        first: dict[str, int] = {}
        for line, raw in enumerate(written[:expected], start=self._line + 1):
            name = self._name(raw.decode().strip(), line, may_be_empty=len(names) == candidates)
            if len(names) < candidates and name and first.setdefault(name, line) != line:
                self._fault("blt-name-twice", line, text=shown(name), first=first[name])
            names.append(name)
        return names

    def _name(self, text: str, line: int, *, may_be_empty: bool) -> str:
        name = text[1:-1].strip()
        if len(text) < 2 or not (text.startswith('"') and text.endswith('"')):
            self._fault("blt-not-quoted", line, text=shown(text))
        elif '"' in name:
            self._fault("blt-name-mark", line, text=shown(text))
        elif not is_plain_name(name) and not (may_be_empty and not name):
            self._fault("blt-name", line, text=shown(text))
        return name


def _fault_of(word: bytes, index_of: dict[bytes, int], seen: set[bytes]) -> str | None:
    """What is wrong with one preference."""
    if word in index_of:
        return "blt-candidate-twice" if word in seen else None
    if b"=" in word:
        return "blt-equal-ranks"
    if word == b"0":
        return "blt-zero-within"
    return "blt-candidate-unknown" if whole_number(word.decode()) is not None else "blt-not-a-number"
