"""``election count FILE --rule RULE --seats N``: who is elected, step by step, or which lot must be drawn first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from composition_rules.errors import CompositionError
from election.commands.faults import fault_of_file
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.commands.records import parse_lists, parse_lots
from election.commands.required_lots import lot_lines
from election.counting.blt import BltElection, parse_blt
from election.counting.figures import (
    Channel,
    ProtocolFigures,
    figures_of_papers,
    figures_of_sheets,
    votes_of_sheets,
)
from election.counting.lots import LotsRequired
from election.counting.marks import MarkedPapers
from election.counting.outcome import Completed, Gone, Place, WhyGone
from election.counting.papers import RankedPapers
from election.counting.papers_csv import NamedPapers, parse_marked_csv, parse_ranked_csv
from election.counting.reading import shown
from election.counting.results import protocol_rows, result_csv, result_document, result_json, result_schema
from election.counting.rules import Lists, Places, Rule, run_rule
from election.counting.sheets import FIGURE, parse_sheets
from election.counting.show import Say, readable, sentences, table
from election.errors import ElectionError, ResultError
from election.ids import CandidateId
from election.ranked_result import ranked_result
from election.result import verify_gone
from election.verify import verify_archive

if TYPE_CHECKING:
    from election.commands.output import Commands


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """What a file of papers or sheets holds."""

    title: str
    names: Mapping[CandidateId, str]
    papers: RankedPapers | Mapping[CandidateId, int]
    figures: ProtocolFigures
    gone: frozenset[CandidateId] = frozenset()
    seats: int | None = None


def add_to(commands: Commands) -> None:
    """Add ``count``."""
    parser = commands.add_parser("count", help="count papers or count sheets by a rule, step by step")
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help=".blt, .csv with papers or count sheets, .bel"
    )
    parser.add_argument("--rule", choices=[*Rule], help="--list-rules tells what each does")
    parser.add_argument("--question", type=_positive, default=1, metavar="N", help="with .bel: which question")
    parser.add_argument("--seats", type=_positive, help="where the file does not say it")
    parser.add_argument("--alternates", type=_number, default=0)
    parser.add_argument(
        "--alternates-unranked", action="store_true", help="alternates share one rank: no lot orders them"
    )
    parser.add_argument("--marks", type=_positive, help="with up-to-n-marks: how many a voter has")
    parser.add_argument("--lists", type=Path, metavar="FILE", help="with dhondt and the like: the lists (TOML)")
    parser.add_argument("--lots", type=Path, metavar="FILE", help="the lots that were drawn (TOML)")
    parser.add_argument("--seed", help="a published seed: shows the lot that it gives")
    parser.add_argument(
        "--gone",
        action="append",
        default=[],
        metavar="NUMBER[=WHY]",
        help=f"who takes no place, and why ({', '.join(WhyGone)}; the first if not said); repeatable",
    )
    parser.add_argument(
        "--channel", choices=[*Channel], help="how the papers were cast (paper if not said); sheets say it themselves"
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--table", action="store_true", help="who stood at what after each step")
    shape.add_argument("--json", action="store_true")
    shape.add_argument("--csv", action="store_true")
    shape.add_argument("--list-rules", action="store_true", help="explain each rule and stop")
    shape.add_argument("--schema", action="store_true", help="print the JSON Schema of --json and stop")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    speak = partial(say, language=options.language)
    if options.list_rules:
        print_lines(line for rule in Rule for line in (rule.value, *_indented(speak(rule.explained, {}))))
        return MET
    if options.schema:
        print_lines(json.dumps(result_schema(), ensure_ascii=False, indent=1).split("\n"))
        return MET
    path: Path = options.file or Path()
    try:
        if options.file is None or options.rule is None:
            raise ResultError("count-nothing-asked")
        rule = Rule(options.rule)
        given = _read(path, rule, options)
        lists = _lists(options, rule, given)
        path = options.lots or path
        lots = parse_lots(options.lots.read_bytes()) if options.lots else ()
        places = _places(options, rule, given)
        outcome = run_rule(rule, _with_lists(given, lists), places, lots, lists=lists)
        lines = list(_Shown(options, given, places, outcome, speak).lines())
    except OSError as fault:
        return unusable(fault_of_file(fault, options.language))
    except (ElectionError, CompositionError) as fault:
        return unusable(*explain(fault, options.language))
    print_lines(lines)
    return MET if isinstance(outcome, Completed) else NOT_MET


# ------------------------------------------------------------------------------------------------------ what is counted


def _read(path: Path, rule: Rule, options: argparse.Namespace) -> _Input:
    """The papers, or sheets, of a file.

    Raises:
        CountFileError: It holds every fault with its line.
        ResultError: The file's name does not say what it is, or the rule cannot count it (codes count-file-kind,
            count-sheets-ranked, count-sheets-channel, count-record-marks, count-record-open).
        VerificationError: It is a record that does not hold.
    """
    channel = Channel(options.channel or Channel.PAPER)
    marks: int | None = options.marks
    match path.suffix.lower():
        case ".blt":
            return _of_blt(parse_blt(path.read_bytes()), rule, marks, channel)
        case ".bel":
            return _of_record(path, rule, options)
        case ".csv":
            raw = path.read_bytes()
        case _:
            raise ResultError("count-file-kind", path=str(path))
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip(b' "').startswith(FIGURE.encode()):
        if rule.is_ranked:
            raise ResultError("count-sheets-ranked", rule=rule.value)
        if options.channel:
            raise ResultError("count-sheets-channel")
        return _of_sheets(raw, path, rule, marks)
    if rule.is_ranked:
        ranked = parse_ranked_csv(raw)
        return _of_rankings(path.stem, _names(ranked), ranked.papers, channel)
    marked = parse_marked_csv(raw)
    return _of_marks(path.stem, _names(marked), marked.papers.at_most(rule.marks(marks, len(marked.names))), channel)


def _of_record(path: Path, rule: Rule, options: argparse.Namespace) -> _Input:
    """A ranked question of a public record, which is verified first."""
    if not rule.is_ranked:
        raise ResultError("count-record-marks", rule=rule.value)
    with path.open("rb") as file:
        record = verify_archive(file)
    if record.counts is None:
        raise ResultError("count-record-open")
    read = ranked_result(record.definition, record.counts, options.question)
    return _of_rankings(read.question, read.names, read.papers, Channel(options.channel or Channel.ONLINE))


def _of_blt(read: BltElection, rule: Rule, marks: int | None, channel: Channel) -> _Input:
    """Where a rule reads marks, every preference of a ranking is one: their order does not matter."""
    names = dict(zip(read.papers.candidates, read.names, strict=True))
    if rule.is_ranked:
        return _of_rankings(read.title, names, read.papers, channel, gone=read.withdrawn, seats=read.seats)
    papers: dict[tuple[int, ...], int] = {}
    for ranking, number in read.papers.rankings.items():
        marked = tuple(sorted(ranking))
        papers[marked] = papers.get(marked, 0) + number
    of_marks = MarkedPapers(candidates=read.papers.candidates, marks=papers).at_most(rule.marks(marks, len(names)))
    return _of_marks(read.title, names, of_marks, channel, gone=read.withdrawn, seats=read.seats)


def _of_rankings(
    title: str,
    names: Mapping[CandidateId, str],
    papers: RankedPapers,
    channel: Channel,
    *,
    gone: frozenset[CandidateId] = frozenset(),
    seats: int | None = None,
) -> _Input:
    figures = ProtocolFigures(per_channel={channel: figures_of_papers(papers)})
    return _Input(title=title, names=names, papers=papers, gone=gone, seats=seats, figures=figures)


def _of_marks(
    title: str,
    names: Mapping[CandidateId, str],
    papers: MarkedPapers,
    channel: Channel,
    *,
    gone: frozenset[CandidateId] = frozenset(),
    seats: int | None = None,
) -> _Input:
    figures = ProtocolFigures(per_channel={channel: figures_of_papers(papers)})
    return _Input(title=title, names=names, papers=papers.votes(), gone=gone, seats=seats, figures=figures)


def _of_sheets(raw: bytes, path: Path, rule: Rule, marks: int | None) -> _Input:
    read = parse_sheets(raw, marks=partial(rule.marks, marks))
    votes = votes_of_sheets(read.sheets)
    names = dict(zip(votes, read.names, strict=True))
    return _Input(title=path.stem, names=names, papers=votes, figures=figures_of_sheets(read.sheets))


def _names(read: NamedPapers[RankedPapers] | NamedPapers[MarkedPapers]) -> dict[CandidateId, str]:
    return dict(zip(read.papers.candidates, read.names, strict=True))


def _lists(options: argparse.Namespace, rule: Rule, given: _Input) -> Lists | None:
    if rule.has_lists is not bool(options.lists):
        raise ResultError("count-lists", rule=rule.value)
    ids = {name: candidate for candidate, name in given.names.items()}
    return parse_lists(options.lists.read_bytes(), ids) if options.lists else None


def _with_lists(given: _Input, lists: Lists | None) -> RankedPapers | Mapping[CandidateId, int]:
    """The votes for lists under the lists' names."""
    if lists is None or isinstance(given.papers, RankedPapers):
        return given.papers
    of_lists = {str(each.id) for each in lists.lists}
    return {
        CandidateId(given.names[each]) if given.names[each] in of_lists else each: number
        for each, number in given.papers.items()
    }


def _places(options: argparse.Namespace, rule: Rule, given: _Input) -> Places:
    seats = options.seats or given.seats
    if seats is None:
        raise ResultError("count-seats")
    for option, given_for_nothing in (
        ("--marks", options.marks is not None and rule is not Rule.UP_TO_N_MARKS),
        ("--alternates", options.alternates and rule.has_lists),  # the file of lists says it
        ("--alternates-unranked", options.alternates_unranked and rule.is_ranked),
    ):
        if given_for_nothing:
            raise ResultError("count-option", option=option, rule=rule.value)
    if rule is Rule.UP_TO_N_MARKS and options.marks is None:
        raise ResultError("count-marks")
    return Places(
        seats=seats,
        alternates=options.alternates,
        alternates_ranked=not options.alternates_unranked,
        gone=dict.fromkeys(sorted(given.gone, key=int), WhyGone.WITHDREW) | _gone(options.gone, given),
    )


def _gone(written: Sequence[str], given: _Input) -> dict[CandidateId, WhyGone]:
    """Who takes no place, as ``NUMBER`` or ``NUMBER=WHY``.

    Raises:
        ResultError: Somebody does not stand or comes twice, or there is no such reason (codes gone-unknown,
            gone-twice, count-gone-why).
    """
    gone = []
    for each in written:
        candidate, _, why = each.partition("=")
        if why not in {"", *WhyGone}:
            raise ResultError("count-gone-why", text=shown(why), known=", ".join(WhyGone))
        gone.append(Gone(candidate=CandidateId(candidate), why=WhyGone(why or WhyGone.WITHDREW)))
    verify_gone(gone, given.names)
    return {each.candidate: each.why for each in gone}


# ---------------------------------------------------------------------------------------------------- what it came to


class _Shown:
    """An outcome in the form that was asked for."""

    def __init__(
        self, options: argparse.Namespace, given: _Input, places: Places, outcome: Completed | LotsRequired, speak: Say
    ) -> None:
        self._options = options
        self._given = given
        self._places = places
        self._outcome = outcome
        self._say = speak
        self._names: dict[str, str] = {each: f"{each} {name}" for each, name in given.names.items()}

    def lines(self) -> Iterator[str]:
        """Everything to print."""
        given, outcome = self._given, self._outcome
        if self._options.json:
            document = result_document(
                outcome,
                title=given.title,
                rule=self._options.rule,
                seats=self._places.seats,
                names=given.names,
                gone=self._places.gone,
                figures=given.figures,
            )
            yield from result_json(document).decode().splitlines()
        elif isinstance(outcome, LotsRequired):
            yield from lot_lines(outcome, self._names, self._options.seed, self._say)
        elif self._options.csv:
            yield from result_csv(outcome, given.names, given.figures).decode().splitlines()
        else:
            yield given.title
            yield from self._figures()
            show = table if self._options.table else sentences
            yield from show(outcome.trail, self._names, self._say)
            yield ""
            yield from self._people(outcome)

    def _figures(self) -> Iterator[str]:
        for row in protocol_rows(self._given.figures):
            reasons = ", ".join(f"{self._say(f'invalid-{why}', {})}: {n}" for why, n in row.invalid.items() if n)
            yield self._say("show-figures", {
                "channel": self._say(f"channel-{row.channel}", {}),
                "papers": row.papers,
                "valid": row.valid,
                "blank": row.blank,
                "invalid": sum(row.invalid.values()),
                "reasons": f" ({reasons})" if reasons else "",
            })  # fmt: skip
            if row.issued is not None:
                yield "  " + self._say("show-issued", asdict(row.issued))

    def _people(self, outcome: Completed) -> Iterator[str]:
        groups = (("show-elected", outcome.elected), ("show-alternates", outcome.alternates))
        for code, places in groups:
            if places:
                yield self._say(code, {"number": len(places)})
                yield from (f"  {self._place(each)}" for each in places)
        if outcome.vacant_seats or outcome.vacant_alternates:
            vacant = {"seats": outcome.vacant_seats, "alternates": outcome.vacant_alternates}
            yield self._say("show-vacant", vacant)

    def _place(self, place: Place) -> str:
        lot = f" ({self._say('show-by-lot', {})})" if place.by_lot else ""
        return f"{self._names[place.candidate]}: {readable(place.votes)}{lot}"


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.split("\n")]


def _number(text: str) -> int:
    """A whole number from 0 to 999.

    Raises:
        ArgumentTypeError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number up to 999")
    return int(text)


def _positive(text: str) -> int:
    """A whole number from 1 to 999.

    Raises:
        ArgumentTypeError: it is none.
    """
    number = _number(text)
    if not number:
        raise argparse.ArgumentTypeError("0 is too few")
    return number
