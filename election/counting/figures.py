"""The figures of a count for the book of the election: papers per channel, valid, blank and invalid by reason.

What a sheet states is reconciled here (``CountSheet``); what the book prints (``ProtocolFigures``) is added up from
it, so that it cannot fail to sum. Which papers are counted how follows the book of a Danish local election: valid,
blank and invalid by reason (kommunal- og regionalvalgloven § 105 i); issued papers are those used, returned, void and
unused (§§ 88 and 105 j).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from election.counting.marks import InvalidReason, MarkedPapers
from election.counting.papers import RankedPapers
from election.errors import CountInputError
from election.ids import CandidateId


class Channel(StrEnum):
    """How a vote was cast."""

    ONLINE = "online"
    KIOSK = "kiosk"  # a screen at the meeting
    PAPER = "paper"  # at the meeting
    POSTAL = "postal"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPapers:
    """What became of the papers that were printed for a place, as far as a sheet says so.

    Raises:
        CountInputError: ``issued`` is not the sum of the others (code sheet-issued).
    """

    issued: int
    used: int
    returned: int
    void: int
    unused: int

    def __post_init__(self) -> None:
        found = self.used + self.returned + self.void + self.unused
        if found != self.issued:
            raise CountInputError("sheet-issued", issued=self.issued, found=found)

    def __add__(self, other: IssuedPapers) -> IssuedPapers:
        return IssuedPapers(
            issued=self.issued + other.issued,
            used=self.used + other.used,
            returned=self.returned + other.returned,
            void=self.void + other.void,
            unused=self.unused + other.unused,
        )


_NONE_ISSUED = IssuedPapers(issued=0, used=0, returned=0, void=0, unused=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheet:
    """What was counted of one channel at one place. ``valid`` is the number of papers that count for somebody.

    Raises:
        CountInputError: Its figures contradict each other; see ``verify_marks`` for the votes (codes sheet-papers and
            sheet-negative).
    """

    channel: Channel
    votes: Mapping[CandidateId, int]
    papers: int
    valid: int
    blank: int
    invalid: Mapping[InvalidReason, int] = field(default_factory=dict)
    place: str = ""
    issued: IssuedPapers | None = None

    def __post_init__(self) -> None:
        issued = self.issued or _NONE_ISSUED
        of_issued = (issued.used, issued.returned, issued.void, issued.unused)
        figures = (self.papers, self.valid, self.blank, *self.invalid.values(), *self.votes.values(), *of_issued)
        if min(figures) < 0:
            raise CountInputError("sheet-negative", sheet=self.name)
        found = self.valid + self.blank + sum(self.invalid.values())
        if found != self.papers:
            raise CountInputError("sheet-papers", sheet=self.name, papers=self.papers, found=found)

    @property
    def name(self) -> str:
        """The channel, and the place where there is one."""
        return f"{self.channel} {self.place}".strip()

    def verify_marks(self, most: int) -> None:
        """Refuse votes that so many valid papers with one to ``most`` marks each cannot give.

        Raises:
            CountInputError: With one mark, the votes are not the valid papers (code sheet-one-mark); with several,
                they are fewer, or more than the marks (sheet-marks); or one candidate has more votes than there are
                valid papers (sheet-candidate).
        """
        votes = sum(self.votes.values())
        if most == 1 and votes != self.valid:
            raise CountInputError("sheet-one-mark", sheet=self.name, votes=votes, valid=self.valid)
        if not self.valid <= votes <= most * self.valid:
            raise CountInputError("sheet-marks", sheet=self.name, votes=votes, valid=self.valid, most=most)
        if max(self.votes.values(), default=0) > self.valid:
            raise CountInputError("sheet-candidate", sheet=self.name, valid=self.valid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Papers that were counted: the number is the sum of its parts, for it is nowhere else.

    ``issued`` is there if every sheet behind the figures says what became of the papers that were printed.
    """

    valid: int
    blank: int
    invalid: Mapping[InvalidReason, int]
    issued: IssuedPapers | None = None

    @property
    def all_invalid(self) -> int:
        """Invalid papers, for whatever reason."""
        return sum(self.invalid.values())

    @property
    def papers(self) -> int:
        """All papers."""
        return self.valid + self.blank + self.all_invalid

    def __add__(self, other: Figures) -> Figures:
        reasons = {reason: self.invalid.get(reason, 0) + other.invalid.get(reason, 0) for reason in InvalidReason}
        issued = None if self.issued is None or other.issued is None else self.issued + other.issued
        return Figures(valid=self.valid + other.valid, blank=self.blank + other.blank, invalid=reasons, issued=issued)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolFigures:
    """The figures of the book: for each channel that was used, and of all together."""

    per_channel: Mapping[Channel, Figures]

    @property
    def overall(self) -> Figures:
        """All channels together."""
        return sum(self.per_channel.values(), start=nothing())


def nothing() -> Figures:
    """No paper at all."""
    return Figures(valid=0, blank=0, invalid=dict.fromkeys(InvalidReason, 0), issued=_NONE_ISSUED)


def figures_of_papers(papers: MarkedPapers | RankedPapers) -> Figures:
    """The figures of papers that are there one by one."""
    return nothing() + Figures(valid=papers.valid, blank=papers.blank, invalid=papers.invalid)


def figures_of_sheets(sheets: Iterable[CountSheet]) -> ProtocolFigures:
    """The figures of all sheets, those of one channel added up."""
    per_channel: dict[Channel, Figures] = {}
    for sheet in sheets:
        counted = Figures(valid=sheet.valid, blank=sheet.blank, invalid=sheet.invalid, issued=sheet.issued)
        per_channel[sheet.channel] = per_channel.get(sheet.channel, nothing()) + counted
    return ProtocolFigures(per_channel={each: per_channel[each] for each in Channel if each in per_channel})


def votes_of_sheets(sheets: Iterable[CountSheet]) -> dict[CandidateId, int]:
    """The votes of each candidate over all sheets.

    Raises:
        CountInputError: Two sheets are of the same channel and place, or name other candidates (codes sheet-twice,
            sheet-candidates).
    """
    votes: dict[CandidateId, int] = {}
    names: set[str] = set()
    for sheet in sheets:
        if sheet.name in names:
            raise CountInputError("sheet-twice", sheet=sheet.name)
        if names and tuple(sheet.votes) != tuple(votes):
            raise CountInputError("sheet-candidates", sheet=sheet.name)
        names.add(sheet.name)
        for candidate, number in sheet.votes.items():
            votes[candidate] = votes.get(candidate, 0) + number
    return votes


def sheet_of_tally(votes: Mapping[CandidateId, int], *, ballots: int, blank: int) -> CountSheet:
    """The sheet of the online election, as its tally opened it: every ballot there is valid or blank.

    Raises:
        CountInputError: More blank ballots than ballots (code sheet-negative).
    """
    return CountSheet(channel=Channel.ONLINE, votes=dict(votes), papers=ballots, valid=ballots - blank, blank=blank)
