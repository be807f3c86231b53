"""``election office``: where the vote for a chair stands, what must come next, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from textwrap import dedent

import pytest

from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE

Output = tuple[int, list[str], list[str]]
Office = Callable[..., Output]
LAW = ("--law", "kommunestyrelsesloven-24")
START = 'language = 1\ncandidates = ["Asta", "Bo Dam", "Carl"]\nmembers = 21\n'
FIRST = '[[round]]\nvotes = { Asta = 10, "Bo Dam" = 8, Carl = 3 }\n'
TIED = '[[round]]\nvotes = { Asta = 9, "Bo Dam" = 9 }\nblank = 3\n'
LOT = """language = 1
[[lot]]
place = "office"
at = "round 3"
order = ["Bo Dam", "Asta"]
method = "slips in a bowl"
drawn_by = "the oldest member"
witnesses = ["A", "B"]
drawn_at = 2026-01-05T18:15:00+01:00
"""


@pytest.fixture(name="office")
def _office(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)

    def run(text: str, *arguments: str, lots: str | None = None) -> Output:
        Path("chair.toml").write_text(text, "utf-8")
        if lots is not None:
            Path("lots.toml").write_text(lots, "utf-8")
            arguments = (*arguments, "--lots", "lots.toml")
        code = main(["office", "chair.toml", *arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return run


def test_before_any_vote_the_first_round_is_told(office: Office) -> None:
    assert office(START, *LAW) == (
        NOT_MET,
        [
            "The first round is between: Asta, Bo Dam, Carl.",
            "Round 1: elected is who gets votes from more than half of the members present.",
        ],
        [],
    )


def test_the_case_of_the_ministry_needs_a_third_round_and_then_has_a_chair(office: Office) -> None:
    code, out, _ = office(START + FIRST * 2, *LAW)
    assert code == NOT_MET
    assert out[-2:] == [
        "Nobody is elected. Round 3 is between: Asta, Bo Dam.",
        "Round 3: elected is who gets more than half of the votes cast.",
    ]
    third = '[[round]]\nvotes = { Asta = 10, "Bo Dam" = 8 }\nblank = 3\n'
    code, out, _ = office(START + FIRST * 2 + third, *LAW, "--language", "da")
    assert code == MET
    assert out[-2].endswith("Asta 10, Bo Dam 8.")
    assert out[-1].startswith("Asta er valgt")


def test_present_members_are_fewer_where_the_round_says_so(office: Office) -> None:
    assert office(START + FIRST, *LAW)[0] == NOT_MET
    assert office(START + "[[round]]\nvotes = { Asta = 10, Carl = 2 }\npresent = 19\n", *LAW)[0] == MET


def test_who_withdrew_does_not_go_on(office: Office) -> None:
    code, out, _ = office(START + FIRST * 2 + 'withdrew = ["Bo Dam"]\n', *LAW)
    assert code == NOT_MET
    assert "Nobody is elected. Round 3 is between: Asta, Carl." in out


def test_a_tie_in_the_last_round_needs_a_lot_which_settles_it(office: Office) -> None:
    code, out, _ = office(START + FIRST * 2 + TIED, *LAW)
    assert code == NOT_MET
    assert out[0].startswith("A lot is needed (office round 3): Asta, Bo Dam are tied with 9 votes each")
    assert '  order = ["Asta", "Bo Dam"]' in out
    code, out, _ = office(START + FIRST * 2 + TIED, *LAW, lots=LOT)
    assert code == MET
    assert out[-1] == "Bo Dam is elected by lot between equal numbers of votes. Votes: 9."


def test_what_is_printed_for_a_seed_goes_in_as_a_lot(office: Office) -> None:
    _, out, _ = office(START + FIRST * 2 + TIED, *LAW, "--seed", "Lotto 1 2 3")
    record = "\n".join(line.strip() for line in out[out.index("  language = 1") :])
    code, again, _ = office(
        START + FIRST * 2 + TIED, *LAW, lots=record.replace("drawn_at = …", "drawn_at = 2026-01-05T18:15:00Z")
    )
    first = re.search(r'order = \["([^"]+)"', record)
    assert code == MET
    assert first is not None
    assert again[-1].startswith(f"{first.group(1)} is elected by lot")


def test_where_a_mandate_is_silent_the_council_must_decide(office: Office) -> None:
    code, out, _ = office(START, "--mandate", "norddjurs-dialogforum-2024")
    assert code == NOT_MET
    assert out == ["The rules do not say how the office is voted for. The council must decide on the rounds first."]


def test_a_mandate_that_tells_its_rounds_is_followed(office: Office) -> None:
    silent = (files("composition_rules") / "mandates" / "norddjurs-dialogforum-2024.toml").read_text("utf-8")
    rounds = (
        '[[officers.round]]\nmajority_of = "all-members"\namong = "all"\nties = "unstated"\n'
        '[[officers.round]]\nmajority_of = "most-votes"\namong = "two-highest"\nties = "unstated"\n'
    )
    Path("mandate.toml").write_text(silent.replace("[[group]]", f"{rounds}[[group]]", 1), "utf-8")
    told = ("--mandate", "mandate.toml")
    assert office(START + FIRST, *told)[1][-1] == "Round 2: elected is who gets the most votes."
    code, out, _ = office(START + FIRST + '[[round]]\nvotes = { Asta = 9, "Bo Dam" = 8 }\n', *told)
    assert (code, out[-1]) == (MET, "Asta is elected with the most votes. Votes: 9.")
    code, out, _ = office(START + FIRST + TIED, *told)
    assert code == NOT_MET
    assert out[-1].startswith("The votes are equal, and the rules do not say what settles that: Asta, Bo Dam.")


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        (START, (), "Say by which rules"),
        (START, (*LAW, "--mandate", "svendborg-integrationsraad-2025"), "Say by which rules"),
        (START, ("--mandate", "nowhere"), "No mandate “nowhere”"),
        (START.replace("Carl", "Carl/Bo"), LAW, "Line 2, candidates: “Carl/Bo” cannot stand in a lot."),
        (START + FIRST.replace("Carl", "Dina"), LAW, "Line 5, round[1].votes.Dina"),
        (START + FIRST.replace("10", "-1"), LAW, "Line 5, round[1].votes.Asta"),
        (START + "[[round]]\npresent = 20\n", LAW, "Line 4, round[1].votes"),
        (START.replace("members = 21\n", ""), LAW, "Line 1, members"),
        (START + FIRST.replace("10", "11"), LAW, "In round 1 there are 22 papers, 21 members present"),
        (START + FIRST * 2 + FIRST, LAW, "Carl is not a candidate in round 3."),
        (START + FIRST.replace("10", "12").replace("8", "5") + FIRST, LAW, "There are votes for round 2"),
        (START + FIRST + 'withdrew = ["Dina"]\n', LAW, "Dina is not a candidate in round 1."),
        ("[[", LAW, "Line 1: "),
    ],
)
def test_what_cannot_be_is_refused(office: Office, text: str, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = office(text, *arguments)
    assert (code, out) == (UNUSABLE, [])
    assert any(line.startswith(said) for line in err), err


def test_lots_that_cannot_be_used_and_files_that_are_not_there_are_refused(office: Office) -> None:
    assert office(START, *LAW, lots=LOT)[0] == UNUSABLE
    code, _, err = office(START, *LAW, "--lots", "no.toml")
    assert (code, err) == (
        UNUSABLE,
        ["no.toml: there is no such file, or no such folder to write it in. Look at the name."],
    )


def test_the_example_of_the_page_needs_a_third_round(office: Office) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text("utf-8")
    block = re.search(r"    language = 1\n    candidates.*\n(?:    .*\n)*", page)
    assert block is not None
    code, out, err = office(dedent(block.group()), *LAW)
    assert (code, err) == (NOT_MET, [])
    assert "Nobody is elected. Round 3 is between: Asta, Bo Dam." in out
