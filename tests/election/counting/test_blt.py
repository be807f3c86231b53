from __future__ import annotations

import pickle
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.counting.blt import BltElection, blt_bytes, numbered_candidates, parse_blt
from election.counting.papers import RankedPapers
from election.counting.reading import MOST_FAULTS
from election.errors import CountFileError, CountInputError
from election.ids import CandidateId
from tests.election.counting.mutations import mutated
from tests.real_elections import needed

REAL = {"edinburgh-2017-ward-1.blt": (10, 4, 14_207), "glasgow-2007-hillhead.blt": (10, 4, 8_984)}
SMALL = b"""3 2
-3
4 1 2 0
3 2 1 0
1 0
2 1 2 0
0
"Asta"
"Bo"
"Carl \xc3\x98 (uden for liste)"
"Valg til r\xc3\xa5det"
"""


def codes(raw: bytes) -> list[tuple[str, int]]:
    with pytest.raises(CountFileError) as caught:
        parse_blt(raw)
    return [(fault.code, int(fault.params["line"])) for fault in caught.value.faults]


def changed(line: int, *to: bytes) -> bytes:
    """The small file with other lines in the place of one (counted from 1)."""
    lines = SMALL.split(b"\n")
    lines[line - 1 : line] = to
    return b"\n".join(lines)


def test_a_file_says_who_stands_for_how_many_seats_and_how_each_paper_ranks_them() -> None:
    read = parse_blt(SMALL)
    assert (read.title, read.seats, read.names) == ("Valg til rådet", 2, ("Asta", "Bo", "Carl Ø (uden for liste)"))
    assert read.papers == RankedPapers(candidates=numbered_candidates(3), rankings={(0, 1): 6, (1, 0): 3, (): 1})
    assert read.withdrawn == {"3"}


@pytest.mark.parametrize(
    "same",
    [
        b"\xef\xbb\xbf" + SMALL,
        SMALL.replace(b"\n", b"\r\n"),
        SMALL.rstrip(),
        SMALL + b"\n\n",
        SMALL.replace(b"4 1 2 0", b"  4\t1  2 0 "),
    ],
    ids=["byte-order mark", "ends of Windows", "no last end", "empty lines at the end", "spaces"],
)
def test_how_lines_end_and_words_are_spaced_does_not_matter(same: bytes) -> None:
    assert parse_blt(same) == parse_blt(SMALL)


def test_several_may_withdraw_on_one_line() -> None:
    assert parse_blt(changed(2, b"-3 -1")).withdrawn == {"1", "3"}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", [("count-file-empty", 1)]),
        (b"\xef\xbb\xbf \n", [("count-file-empty", 1)]),
        (changed(9, b'"B\xf8"'), [("count-file-encoding", 9)]),
        (changed(3, b"4 1\x00 2 0"), [("count-file-control", 3)]),
        (SMALL.replace(b"\n", b"\r"), [("count-file-control", 1)] * 11),
        (changed(1, b"3"), [("blt-first-line", 1)]),
        (changed(1, b"3 2 1"), [("blt-first-line", 1)]),
        (changed(1, b"three 2"), [("blt-first-line", 1)]),
        (changed(1, b"3 -2"), [("blt-first-line", 1)]),
        (changed(1, b"3 1_0"), [("blt-first-line", 1)]),
        (changed(1, b"0 2"), [("blt-candidates", 1)]),
        (changed(1, b"1001 2"), [("blt-candidates", 1)]),
        (changed(1, b"3 0"), [("blt-seats", 1)]),
        (changed(2, b"-4"), [("blt-withdrawn", 2)]),
        (changed(2, b"-0"), [("blt-withdrawn", 2)]),
        (changed(2, b"-3 1"), [("blt-withdrawn", 2)]),
        (changed(2, b"-3 -3"), [("blt-withdrawn-twice", 2)]),
        (changed(2, b"-3", b"-3"), [("blt-withdrawn-twice", 3)]),
        (changed(4, b"-1", b"3 2 1 0"), [("blt-weight", 4), ("blt-no-zero", 4)]),
        (changed(3, b"0 1 2 0"), [("blt-weight", 3)]),
        (changed(3, b"1.5 1 2 0"), [("blt-weight", 3)]),
        (changed(3, b"04 1 2 0"), [("blt-weight", 3)]),
        (changed(3, b"1234567890 1 2 0"), [("blt-weight", 3)]),
        (changed(3, b"4 1 2"), [("blt-no-zero", 3)]),
        (changed(3, b"4"), [("blt-no-zero", 3)]),
        (changed(3, b"4 1 2 1 0"), [("blt-candidate-twice", 3)]),
        # The number of papers was met in the line above, so that the line is read the quick way.
        (changed(4, b"4 1 2 1 0"), [("blt-candidate-twice", 4)]),
        (changed(4, b"4 1 2"), [("blt-no-zero", 4)]),
        (changed(4, b"4"), [("blt-no-zero", 4)]),
        (changed(4, b"4 1 0 2 0"), [("blt-zero-within", 4)]),
        (changed(4, b"4 1 9 0"), [("blt-candidate-unknown", 4)]),
        (changed(3, b"4 1 4 0"), [("blt-candidate-unknown", 3)]),
        (changed(3, b"4 1 -2 0"), [("blt-not-a-number", 3)]),
        (changed(3, b"4 1 02 0"), [("blt-not-a-number", 3)]),
        (changed(3, b"4 1 \xd9\xa2 0"), [("blt-not-a-number", 3)]),
        (
            changed(3, b"4 1 2 0 # a remark"),
            [("blt-no-zero", 3)] + [("blt-zero-within", 3)] + [("blt-not-a-number", 3)] * 3,
        ),
        (changed(3, b"4 1=2 3 0"), [("blt-equal-ranks", 3)]),
        (changed(3, b"4 1 0 3 2 0"), [("blt-zero-within", 3)]),
        (changed(3, b""), [("blt-empty-line", 3)]),
        (changed(7), [("blt-no-end", 7)]),
        (b"3 2\n1 1 0\n", [("blt-no-end", 3), ("blt-too-few-names", 2)]),
        (changed(11), [("blt-too-few-names", 10)]),
        (changed(11, b'"T"', b'"U"', b"x"), [("blt-after-the-end", 12), ("blt-after-the-end", 13)]),
        (changed(9, b"Bo"), [("blt-not-quoted", 9)]),
        (changed(9, b'"'), [("blt-not-quoted", 9)]),
        (changed(9, b'"Bo" "Ib"'), [("blt-name-mark", 9)]),
        (changed(9, b'"Bo", party'), [("blt-not-quoted", 9)]),
        (changed(9, b'""'), [("blt-name", 9)]),
        (changed(9, '"B\u202eo"'.encode()), [("blt-name", 9)]),
        (changed(9, b'"' + b"B" * 201 + b'"'), [("blt-name", 9)]),
        (changed(9, b'"Asta"'), [("blt-name-twice", 9)]),
    ],
)
def test_what_is_wrong_is_named_with_its_line(raw: bytes, found: list[tuple[str, int]]) -> None:
    assert sorted(codes(raw)) == sorted(found)


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    raw = changed(9, b"Bo").replace(b"-3", b"-9").replace(b"3 2 1 0", b"x 2 2 0")
    assert codes(raw) == [
        ("blt-withdrawn", 2), ("blt-weight", 4), ("blt-candidate-twice", 4), ("blt-not-quoted", 9),
    ]  # fmt: skip


def test_a_file_of_another_kind_is_not_read_to_its_end() -> None:
    found = codes(b"3 2\n" + b"some other file\n" * 10_000)
    assert len(found) == MOST_FAULTS + 1
    assert found[-1][0] == "count-file-too-many"


def test_the_refusal_of_a_file_tells_its_faults_and_crosses_process_borders() -> None:
    with pytest.raises(CountFileError, match="2 faults") as caught:
        parse_blt(changed(3, b"x 1 1 0"))
    assert pickle.loads(pickle.dumps(caught.value)).faults[1].params == caught.value.faults[1].params  # noqa: S301
    assert str(caught.value.faults[1]) == "Line 3: candidate 1 is named twice on one paper."


@pytest.mark.parametrize("name", sorted(REAL))
def test_real_elections_are_read(name: str) -> None:
    read = parse_blt(needed(name).read_bytes())
    assert (len(read.names), read.seats, sum(read.papers.rankings.values())) == REAL[name]
    assert (written(read), again(read)) == (written(again(read)), read)


def written(read: BltElection) -> bytes:
    return blt_bytes(read.papers, title=read.title, seats=read.seats, names=read.names, withdrawn=read.withdrawn)


def again(read: BltElection) -> BltElection:
    return parse_blt(written(read))


@st.composite
def elections(draw: st.DrawFn) -> BltElection:
    text = st.from_regex(r"[A-Za-zÆØÅæøåé“,;=0-9-][\w ,;'()=-]{0,20}[\w)]", fullmatch=True)
    names = draw(st.lists(text.filter(lambda name: name.isprintable()), min_size=1, max_size=6, unique=True))
    candidates = numbered_candidates(len(names))
    ranking = st.lists(st.integers(0, len(names) - 1), unique=True).map(tuple)
    return BltElection(
        title=draw(st.one_of(st.just(""), text)),
        seats=draw(st.integers(1, 9)),
        papers=RankedPapers(
            candidates=candidates, rankings=draw(st.dictionaries(ranking, st.integers(1, 999_999_999), max_size=8))
        ),
        names=tuple(names),
        withdrawn=frozenset(draw(st.sets(st.sampled_from(candidates)))),
    )


@given(elections())
def test_what_is_written_reads_as_the_same_election(election: BltElection) -> None:
    assert again(election) == election


@pytest.mark.parametrize("name", ['Jens "Basse" Hansen', "", "a\nb", " x"])
def test_a_name_that_a_file_cannot_hold_is_refused(name: str) -> None:
    papers = RankedPapers(candidates=numbered_candidates(1), rankings={})
    with pytest.raises(CountInputError) as caught:
        blt_bytes(papers, title="", seats=1, names=[name])
    assert caught.value.code == ("blt-name-mark" if '"' in name else "blt-name")


def leniently(raw: bytes) -> BltElection:
    """What a file says to a reader who looks at nothing but words: another way to read it, for files without faults."""
    words = iter(re.findall(r'"[^"]*"|[^\s"]+', raw.decode("utf-8-sig")))
    candidates, seats = int(next(words)), int(next(words))
    withdrawn, rankings = set(), Counter[tuple[int, ...]]()
    number = int(next(words))
    while number < 0:
        withdrawn.add(CandidateId(str(-number)))
        number = int(next(words))
    while number:
        ranking = []
        while preference := int(next(words)):
            ranking.append(preference - 1)
        rankings[tuple(ranking)] += number
        number = int(next(words))
    *names, title = (word.strip('"').strip() for word in words)
    papers = RankedPapers(candidates=numbered_candidates(candidates), rankings=dict(rankings))
    return BltElection(title=title, seats=seats, papers=papers, names=tuple(names), withdrawn=frozenset(withdrawn))


def test_a_thousand_changed_files_are_refused_with_their_lines_or_read_as_what_they_say() -> None:
    read, refused = 0, []
    for raw in mutated(SMALL.replace(b"\n3 2 1", b"\n4 2 1"), 1000, seed=4):
        try:
            ours = parse_blt(raw)
        except CountFileError as refusal:
            refused += [(raw, fault) for fault in refusal.faults]
        else:
            read += 1
            assert ours == leniently(raw), raw
    assert read > 100
    assert len({raw for raw, _ in refused}) > 400
    for raw, fault in refused:
        assert 1 <= int(fault.params["line"]) <= raw.count(b"\n") + 2
        assert str(fault)
