"""``election count``: what people type, what they get, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from composition_rules.lots import lot_order
from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.counting.rules import Lists, Places, Rule, run_rule
from election.ids import CandidateId
from tests.real_elections import needed

TIED = "papers,Asta,Bo,Carl\n3,x,,\n3,,x,\n1,,,x\n"
RANKED = '3 1\n-3\n4 1 2 0\n3 2 3 0\n9 3 0\n0\n"Asta"\n"Bo"\n"Carl"\n"Council"\n'
LOT = """language = 1
[[lot]]
place = "seat"
order = ["2", "1"]
method = "slips in a bowl"
drawn_by = "the chair"
witnesses = ["A", "B"]
drawn_at = 2026-11-22T20:15:00+01:00
"""
SHEETS = """figure,of,paper,postal
votes,Red,10,4
votes,Asta,30,2
votes,Bo,3,1
votes,Blue,1,1
votes,Carl,20,0
valid,,64,8
blank,,2,0
invalid,envelope,0,1
papers,,66,9
"""
LISTS = """language = 1
[[list]]
name = "Red"
candidates = ["Asta", "Bo"]
order = "numbered"
[[list]]
name = "Blue"
candidates = ["Carl"]
[[joint]]
name = "Both"
parts = ["Red", "Blue"]
[alternates]
more = 1
"""

Output = tuple[int, list[str], list[str]]


@pytest.fixture(name="count")
def _count(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **files: str) -> Output:
        for name, text in files.items():
            Path(name.replace("_", ".")).write_text(text, "utf-8")
        code = main(["count", *arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return run


def elected(lines: Sequence[str]) -> list[str]:
    start = next(n for n, line in enumerate(lines) if line.startswith("Elected ("))
    return [line.strip() for line in lines[start + 1 :] if line.startswith("  ")]


def test_a_blt_file_is_counted_and_who_withdrew_takes_no_place(count) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count("a.blt", "--rule", "scottish-stv", "--alternates", "1", a_blt=RANKED)
    assert code == MET
    assert out[0] == "Council"
    assert elected(out) == ["1 Asta: 4", "2 Bo: 3"]
    assert not any("3 Carl" in line for line in elected(out))


@pytest.mark.parametrize("name", ["edinburgh-2017-ward-1", "glasgow-2007-hillhead"])
def test_the_real_elections_are_counted_as_they_were(count, name: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count(str(needed(f"{name}.blt")), "--rule", "scottish-stv", "--json")
    document = json.loads("\n".join(out))
    winners = {each["candidate"] for each in document["completed"]["elected"]}
    assert code == MET
    assert winners == ({"4", "10", "2", "9"} if name.startswith("edinburgh") else {"9", "10", "3", "7"})


def test_gone_candidates_and_other_numbers_of_seats_are_given_by_hand(count) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count("a.csv", "--rule", "one-mark", "--seats", "1", "--gone", "1", a_csv=TIED)
    assert (code, elected(out)) == (MET, ["2 Bo: 3"])


@pytest.mark.parametrize(
    ("language", "why", "first"),
    [
        ("en", "1", "Withdrew and takes no place: 1 Asta."),
        ("en", "1=died", "Died after the ballots were made: 1 Asta."),
        ("da", "1=not-eligible", "Er ikke valgbar og får ingen plads: 1 Asta."),
        ("da", "1=declined", "Har takket nej til pladsen: 1 Asta."),
    ],
)
def test_the_trail_begins_with_who_is_gone_and_why(count, language: str, why: str, first: str) -> None:  # type: ignore[no-untyped-def]
    arguments = ("a.csv", "--rule", "one-mark", "--seats", "1", "--gone", why)
    code, out, _ = count(*arguments, "--language", language, a_csv=TIED)
    assert code == MET
    assert f"1. {first}" in out
    document = json.loads("\n".join(count(*arguments, "--json")[1]))
    assert document["gone"] == [{"id": "1", "why": why.partition("=")[2] or "withdrew"}]
    assert [step["number"] for step in document["completed"]["trail"]] == [1, 2, 3]


def test_why_somebody_withdrawn_in_the_file_is_gone_can_be_told(count) -> None:  # type: ignore[no-untyped-def]
    base = ("a.blt", "--rule", "scottish-stv")
    assert "1. Withdrew and takes no place: 3 Carl." in count(*base, a_blt=RANKED)[1]
    assert "1. Died after the ballots were made: 3 Carl." in count(*base, "--gone", "3=died")[1]


@pytest.mark.parametrize("rule", ["one-mark", "scottish-stv"])
def test_papers_have_the_channel_that_is_said_and_their_invalid_ones_are_told(count, rule: str) -> None:  # type: ignore[no-untyped-def]
    mark = "x" if rule == "one-mark" else "1"
    papers = f"papers,Asta,Bo,invalid\n3,{mark},,\n2,?,,envelope\n1,,,\n"
    base = ("a.csv", "--rule", rule, "--seats", "1", "--json")
    for channel in ((), ("--channel", "postal")):
        code, out, _ = count(*base, *channel, a_csv=papers)
        row, together = json.loads("\n".join(out))["figures"]
        assert (code, row["channel"]) == (MET, "postal" if channel else "paper")
        assert (row["papers"], row["valid"], row["blank"], row["invalid"]["envelope"]) == (6, 3, 1, 2)
        assert together == row | {"channel": "all"}


def test_a_lot_that_is_needed_is_told_with_how_to_record_it(count) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count("a.csv", "--rule", "one-mark", "--seats", "1", a_csv=TIED)
    assert code == NOT_MET
    assert out[0].startswith("A lot is needed (seat): 1 Asta, 2 Bo are tied with 3 votes each")
    assert "  SEED/seat/1/1" in out
    assert '  order = ["1", "2"]' in out


def test_a_lot_on_who_is_left_out_does_not_speak_of_a_place(count) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count("a.csv", "--rule", "scottish-stv", "--seats", "1", a_csv="papers,Asta,Bo\n3,1,\n3,,1\n")
    assert code == NOT_MET
    assert out[0] == "A lot is needed (exclusion stage 2): 1 Asta, 2 Bo are tied with 3 votes each."
    assert out[1].startswith("Drawn first: who is left out now.")


def test_the_lot_settles_the_tie(count) -> None:  # type: ignore[no-untyped-def]
    arguments = ("a.csv", "--rule", "one-mark", "--seats", "1", "--lots", "lots.toml")
    code, out, _ = count(*arguments, a_csv=TIED, lots_toml=LOT)
    assert (code, elected(out)) == (MET, ["2 Bo: 3 (by lot)"])


def test_what_is_printed_for_a_seed_goes_in_as_a_lot(count) -> None:  # type: ignore[no-untyped-def]
    base = ("a.csv", "--rule", "one-mark", "--seats", "1")
    code, out, _ = count(*base, "--seed", " Lotto  7 9 ", a_csv=TIED)
    record = "\n".join(line.strip() for line in out[out.index("  language = 1") :])
    record = record.replace("drawn_at = …", "drawn_at = 2026-11-22T20:15:00Z")
    first = lot_order("Lotto 7 9", "seat", ["1", "2"])[0]
    hashed = sorted(line.split()[-1] for line in out if re.search(r"/seat/1/[12]  [0-9a-f]{64}$", line))
    assert next(line for line in out if hashed[0] in line).strip().startswith(f"Lotto 7 9/seat/1/{first}")
    assert code == NOT_MET
    code, out, _ = count(*base, "--lots", "lots.toml", lots_toml=record)
    assert code == MET
    assert elected(out)[0].startswith(f"{first} ")


@pytest.mark.parametrize(
    ("lot", "lines"),
    [
        (LOT.replace('"2", "1"', '"2", "3"'), ["The recorded lot is not between the people who are tied (seat)."]),
        (
            LOT.replace('place = "seat"', 'place = "chair"').replace("+01:00", ""),
            ["Line 3, lot[1].place: “chair”", "Line 8, lot[1].drawn_at: Write a date and a time"],
        ),
        (LOT.replace('witnesses = ["A", "B"]\n', "luck = 3\n"), ["Line 2, lot[1].witnesses", "Line 7, lot[1].luck"]),
        (LOT.replace("language = 1", "language = 2"), ["Line 1, language: This file is written in version 2"]),
        (LOT.replace('method = "slips', 'seed = "t"\nmethod = "slips'), ["The recorded order does not follow"]),
        ("[[lot", ["Line 1: "]),
        ("language = 1\n", ["Line 1, lot: "]),
    ],
)
def test_lots_that_cannot_be_used_are_refused(count, lot: str, lines: list[str]) -> None:  # type: ignore[no-untyped-def]
    code, out, err = count("a.csv", "--rule", "one-mark", "--seats", "1", "--lots", "l.toml", a_csv=TIED, l_toml=lot)
    assert (code, out) == (UNUSABLE, [])
    for line in lines:
        assert any(each.startswith(line) for each in err), err


def test_all_faults_of_a_file_are_told_by_line_in_both_languages(count) -> None:  # type: ignore[no-untyped-def]
    broken = RANKED.replace("4 1 2 0", "4 1 1 0").replace('"Bo"', "Bo")
    code, _, err = count("a.blt", "--rule", "meek-stv", a_blt=broken)
    assert code == UNUSABLE
    assert [line.partition(":")[0] for line in err] == ["The file cannot be counted", "Line 3", "Line 8"]
    code, _, err = count("a.blt", "--rule", "meek-stv", "--language", "da")
    assert [line.partition(":")[0] for line in err] == ["Filen kan ikke tælles op", "Linje 3", "Linje 8"]


def test_a_sheet_that_does_not_sum_is_refused_in_danish_too(count) -> None:  # type: ignore[no-untyped-def]
    broken = SHEETS.replace("papers,,66,9", "papers,,66,10")
    code, _, err = count("a.csv", "--rule", "approval", "--seats", "1", "--language", "da", a_csv=broken)
    assert code == UNUSABLE
    assert err[1].startswith("Linje 10: postal: papers er 10, men gyldige, blanke og ugyldige stemmesedler giver 9")


def test_sheets_are_counted_with_the_figures_of_each_channel(count) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count("a.csv", "--rule", "one-mark", "--seats", "2", a_csv=SHEETS)
    assert (code, elected(out)) == (MET, ["2 Asta: 32", "5 Carl: 20"])
    assert out[3].startswith("Together: 75 papers, of which 72 valid, 2 blank, 1 invalid")
    issued = SHEETS + "issued,,80,20\nused,,66,10\nreturned,,0,1\nvoid,,2,0\nunused,,12,9\n"
    _, out, _ = count("a.csv", "--rule", "one-mark", "--seats", "2", a_csv=issued)
    assert out[6] == "  100 papers were issued: 76 used, 1 returned, 2 void and 21 left unused."
    _, out, _ = count("a.csv", "--rule", "one-mark", "--seats", "2", "--csv", a_csv=issued)
    assert out[-1] == "figure,,all,unused,21,"


def test_lists_are_counted(count) -> None:  # type: ignore[no-untyped-def]
    arguments = ("a.csv", "--rule", "dhondt", "--seats", "2", "--lists", "lists.toml")
    code, out, _ = count(*arguments, a_csv=SHEETS, lists_toml=LISTS)
    assert (code, elected(out)) == (MET, ["2 Asta: 32", "3 Bo: 17"])
    assert any("Both" in line for line in out)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (('["Asta", "Bo"]', '["Asta", "Ib"]'), "Line 4, list[1].candidates: “Ib”"),
        (('["Red", "Blue"]', '["Red", "Green"]'), "Line 11, joint[1].parts: “Green”"),
        (('order = "numbered"', 'order = "random"'), "Line 5, list[1].order: “random”"),
        (('name = "Blue"', 'name = "3"'), "Line 7, list[2].name: “3”"),
        (('name = "Blue"', 'name = "B/l"'), "Line 7, list[2].name: “B/l”"),
        (('name = "Both"', 'name = "12"'), "Line 10, joint[1].name: “12”"),
        (('["Carl"]', '["Carl", "Asta"]'), "2 stands on two lists"),
        (('name = "Red"', 'name = "Reds"'), "Line 11, joint[1].parts: “Red”"),
    ],
)
def test_lists_that_cannot_be_used_are_refused(count, change: tuple[str, str], line: str) -> None:  # type: ignore[no-untyped-def]
    arguments = ("a.csv", "--rule", "dhondt", "--seats", "2", "--lists", "lists.toml")
    code, _, err = count(*arguments, a_csv=SHEETS, lists_toml=LISTS.replace(*change))
    assert code == UNUSABLE
    assert any(each.startswith(line) for each in err), err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Give a file and --rule."),
        (("a.csv",), "Give a file and --rule."),
        (("a.csv", "--rule", "approval"), "The file does not say how many seats"),
        (("a.csv", "--rule", "up-to-n-marks", "--seats", "1"), "Add --marks"),
        (("a.csv", "--rule", "approval", "--seats", "1", "--gone", "4"), "4 does not stand"),
        (("a.csv", "--rule", "approval", "--seats", "1", "--gone", "1=ill"), "“ill” is no reason"),
        (("a.csv", "--rule", "approval", "--seats", "1", "--gone", "1", "--gone", "1=died"), "1 is recorded twice"),
        (("s.csv", "--rule", "approval", "--seats", "1", "--channel", "postal"), "Count sheets name their channels"),
        (("a.csv", "--rule", "dhondt", "--seats", "1"), "--lists belongs"),
        (("a.csv", "--rule", "approval", "--seats", "1", "--lists", "a.csv"), "--lists belongs"),
        (("a.csv", "--rule", "approval", "--seats", "1", "--marks", "2"), "--marks says nothing to approval."),
        (
            ("r.csv", "--rule", "meek-stv", "--seats", "1", "--alternates-unranked"),
            "--alternates-unranked says nothing",
        ),
        (("a.txt", "--rule", "approval", "--seats", "1"), "a.txt: give a file whose name ends in .blt"),
        (("b.csv", "--rule", "approval", "--seats", "1"), "b.csv: there is no such file"),
        (("a.csv", "--rule", "approval", "--seats", "1", "--lots", "no.toml"), "no.toml: there is no such file"),
        (("s.csv", "--rule", "meek-stv", "--seats", "1"), "Count sheets hold no rankings"),
        (("a.csv", "--rule", "one-mark", "--seats", "1", "--seed", "  "), "The seed"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(count, arguments: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = count(*arguments, a_csv=TIED, s_csv=SHEETS, r_csv="papers,Asta\n1,1\n")
    assert (code, out) == (UNUSABLE, [])
    assert err[0].startswith(said)


def test_lists_have_alternates_of_their_own(count) -> None:  # type: ignore[no-untyped-def]
    arguments = ("a.csv", "--rule", "dhondt", "--seats", "1", "--alternates", "1", "--lists", "lists.toml")
    code, _, err = count(*arguments, a_csv=SHEETS, lists_toml=LISTS)
    assert (code, err) == (UNUSABLE, ["--alternates says nothing to dhondt. Leave it out."])


@pytest.mark.parametrize("number", ["0", "-1", "1000", "two", "²"])
def test_seats_are_a_number(number: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["count", "a.csv", "--rule", "approval", f"--seats={number}"])
    assert ended.value.code == UNUSABLE


def test_marks_beyond_those_a_voter_has_make_a_paper_invalid(count) -> None:  # type: ignore[no-untyped-def]
    papers = "papers,Asta,Bo,Carl\n5,x,x,\n4,x,x,x\n1,,,x\n"
    code, out, _ = count("a.csv", "--rule", "up-to-n-marks", "--marks", "2", "--seats", "2", a_csv=papers)
    assert (code, elected(out)) == (MET, ["1 Asta: 5", "2 Bo: 5"])
    assert "4 invalid (not marked as prescribed: 4)" in out[1]


def test_a_table_and_csv_are_other_forms_of_the_same(count) -> None:  # type: ignore[no-untyped-def]
    base = ("a.blt", "--rule", "gregory-stv", "--seats", "1")
    assert any(re.match(r"Step +2 ", line) for line in count(*base, "--table", a_blt=RANKED)[1])
    assert count(*base, "--csv")[1][1] == "elected,1,1,Asta,4,no"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_rule_is_explained_in_two_lines(count, language: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = count("--list-rules", "--language", language)
    assert code == MET
    assert out[::3] == [*Rule]
    assert all(line.startswith("    ") for n, line in enumerate(out) if n % 3)


def test_every_rule_elects(count) -> None:  # type: ignore[no-untyped-def]
    for rule in Rule:
        lists = ("--lists", "lists.toml") if rule.has_lists else ()
        file = "a.blt" if rule.is_ranked else "s.csv"
        marks = ("--marks", "1") if rule is Rule.UP_TO_N_MARKS else ()
        files = {"a_blt": RANKED, "s_csv": SHEETS, "lists_toml": LISTS}
        code, out, err = count(file, "--rule", rule, "--seats", "1", *lists, *marks, **files)
        assert (code, err) == (MET, [])
        assert elected(out)


def test_a_rule_is_not_run_on_papers_of_another_kind() -> None:
    votes = {CandidateId("1"): 1}
    with pytest.raises(TypeError):
        run_rule(Rule.MEEK_STV, votes, Places(seats=1))
    with pytest.raises(TypeError):
        run_rule(Rule.DHONDT, votes, Places(seats=1))
    with pytest.raises(TypeError):
        run_rule(Rule.APPROVAL, votes, Places(seats=1), lists=Lists(lists=()))
