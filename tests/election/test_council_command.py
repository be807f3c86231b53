"""``election council check`` and ``explain``: what they print and with which code they end."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from composition_rules.catalogue import load_mandate
from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE

PAGE = (Path(__file__).parents[2] / "docs" / "councils.md").read_text(encoding="utf-8")
EXAMPLE = "".join(re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL))
NAME = "norddjurs-dialogforum-2024"
MANDATE = load_mandate(NAME)
BACKGROUND, COMMITTEE = "background:refugee-or-immigrant", "member:arbejdsmarkedsudvalget"


def person(name: str, *properties: str, candidate_for: tuple[str, ...] = ()) -> str:
    return (
        f'[[person]]\nid = "{name}"\nname = "{name.title()}"\nproperties = {json.dumps(properties)}\n'
        f"candidate_for = {json.dumps(candidate_for)}\n"
    )


def holding(name: str, group: str, seat: int, role: str = "member") -> str:
    return (
        f'[[holding]]\nperson = "{name}"\ngroup = "{group}"\nseat = {seat}\nrole = "{role}"\n'
        'decision = "punkt 7"\nsince = 2025-01-01\n'
    )


def council(*, without: tuple[str, ...] = (), extra: str = "", mandate: str = NAME) -> str:
    """Everybody the mandate asks for, but for the members called ``group-seat`` in ``without``."""
    people, held, offices = [], [], []
    for group in MANDATE.groups:
        for role, number in (("member", group.seats.least), ("alternate", group.alternates.number.least)):
            for seat in range(1, number + 1):
                name = f"{group.id}-{role}-{seat}"
                if name in without:
                    continue
                people.append(person(name, BACKGROUND, COMMITTEE))
                held.append(holding(name, group.id, seat, role))
    for rule, name in zip(MANDATE.offices, ("education-member-1", "unions-member-1"), strict=True):
        offices.append(
            f'[[office]]\nperson = "{name}"\noffice = "{rule.office}"\ndecision = "punkt 1"\nsince = 2025-01-15\n'
        )
    return f'language = 1\nmandate = "{mandate}"\n' + "".join((*people, *held, *offices, extra))


class Runner:
    """Writes a council file and runs one command on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, text: str, action: str, *options: str) -> tuple[int, str, str]:
        file = self.folder / "council.toml"
        file.write_text(text, encoding="utf-8")
        code = main(["council", action, str(file), *options])
        said = self._capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


def test_a_council_that_lacks_nothing_ends_with_0(run: Runner) -> None:
    code, out, err = run(council(), "check", "--on", "2025-06-01")
    assert (code, err) == (MET, "")
    lines = out.splitlines()
    assert lines[:3] == [f"{MANDATE.body.en}, 2025-06-01", "Educational institutions", "  1: Education-Member-1"]
    assert "Met" in lines
    assert "Not met yet" not in lines
    assert "  Chair: Education-Member-1. [kommissorium:101-103]" in lines
    assert any(line.startswith("  2025, ordinary meeting: done: 0; required: 2; still due: 2") for line in lines)


def test_an_empty_seat_ends_with_1_and_stands_before_what_is_met(run: Runner) -> None:
    code, out, _ = run(council(without=("insight-member-2",)), "check", "--on", "2025-06-01")
    lines = out.splitlines()
    assert code == NOT_MET
    assert "  2: (empty)" in lines
    assert lines.index("Not met yet") < lines.index("Met")
    assert "Cannot be met with these people" not in lines


def test_an_overdue_duty_ends_with_1(run: Runner) -> None:
    assert run(council(), "check", "--on", "2025-12-31")[0] == MET
    code, out, _ = run(council(), "check", "--on", "2026-01-01")
    assert code == NOT_MET
    assert "lacking: 2. The last day was 2025-12-31." in out


def test_the_headings_are_danish_when_asked_for(run: Runner) -> None:
    _, out, _ = run(council(without=("insight-member-2",)), "check", "--on", "2025-06-01", "--language", "da")
    assert {"Ikke opfyldt endnu", "Opfyldt", "Pligter", "  2: (tom)"} <= set(out.splitlines())
    assert MANDATE.group("insight").title.da in out


def test_json_holds_every_finding_with_its_clause_and_people(run: Runner) -> None:
    twice = holding("insight-member-1", "free", 3)
    code, out, _ = run(council(without=("free-member-3",), extra=twice), "check", "--on", "2025-06-01", "--json")
    report = json.loads(out)
    assert (code, report["met"], report["on"], report["mandate"]) == (NOT_MET, False, "2025-06-01", NAME)
    (found,) = [each for each in report["findings"] if each["state"] == "impossible"]
    assert (found["code"], found["people"], found["group"]) == ("person-in-two-seats", ["insight-member-1"], None)
    assert found["clause"]["lines"] == [67, 69]
    assert found["clause"]["source"] == "kommissorium"
    assert found["en"].startswith("Insight-Member-1 holds more than one seat")
    assert found["da"]
    duty = report["duties"][0]
    assert (duty["duty"], duty["year"], duty["state"], duty["latest"]) == (
        "ordinary-meetings",
        2025,
        "due",
        "2025-12-31",
    )


def test_every_key_of_the_report_is_on_the_page(run: Runner) -> None:
    report = json.loads(run(council(), "check", "--on", "2025-06-01", "--json")[1])
    keys = {*report, *report["findings"][0], *report["findings"][0]["clause"], *report["duties"][0]}
    assert [key for key in sorted(keys) if f"`{key}`" not in PAGE] == []


def test_without_a_day_it_is_today(run: Runner) -> None:
    assert run(council(), "check")[1].splitlines()[0].startswith(f"{MANDATE.body.en}, 20")


def test_every_fault_of_a_file_is_told_by_its_line(run: Runner) -> None:
    text = EXAMPLE.replace('group = "elected"', 'group = "electd"').replace('"bo", "carla"', '"bo", "karla"')
    code, out, err = run(text, "check")
    assert (code, out) == (UNUSABLE, "")
    lines = err.splitlines()
    assert lines[0] == "The council was not read. Faults: 2."
    assert re.match(r"Line \d+, holding\[1\]\.group: ", lines[1])
    assert re.match(r"Line \d+, nomination\[1\]\.proposed\[2\]: No \[\[person\]\] has the id “karla”", lines[2])


def test_a_file_that_is_not_there_ends_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["council", "check", str(tmp_path / "none.toml"), "--language", "da"]) == UNUSABLE
    said = capsys.readouterr().err
    assert "none.toml" in said
    assert "No such file" not in said


def test_a_file_of_the_other_kind_is_one_fault_that_says_which(run: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    mandate = (files("composition_rules") / "mandates" / f"{NAME}.toml").read_text(encoding="utf-8")
    code, _, err = run(mandate, "check")
    assert code == UNUSABLE
    assert err.splitlines()[1:] == [
        "Line 28, composition: This is the file of a mandate. Give the council file, which names its mandate."
    ]
    run(council(), "check")
    assert main(["mandate", "lint", str(run.folder / "council.toml")]) == UNUSABLE
    assert capsys.readouterr().err.splitlines()[1:] == [
        "Line 2, mandate: This is a council file, which belongs to a mandate. Give the file of the mandate."
    ]


def test_a_mandate_of_ones_own_is_read_from_beside_the_council(run: Runner) -> None:
    raw = (files("composition_rules") / "mandates" / f"{NAME}.toml").read_text(encoding="utf-8")
    (run.folder / "ours.toml").write_text(raw, encoding="utf-8")
    assert run(council(mandate="ours.toml"), "check", "--on", "2025-06-01")[0] == MET
    (run.folder / "ours.toml").write_text(raw.replace("years = 4", "years = 0"), encoding="utf-8")
    code, _, err = run(council(mandate="ours.toml"), "check", "--on", "2025-06-01")
    assert code == UNUSABLE
    assert err.splitlines()[0] == "The mandate was not read. Faults: 1."
    assert run(council(mandate="theirs.toml"), "check")[0] == UNUSABLE


def test_explain_proposes_a_candidate_for_the_empty_seat(run: Runner) -> None:
    extra = person("nina", candidate_for=("insight",)) + person("olga", candidate_for=("free",))
    code, out, _ = run(council(without=("insight-member-2",), extra=extra), "explain", "--on", "2025-06-01")
    title = MANDATE.group("insight").title.en
    assert code == MET
    assert out.splitlines() == [
        "A proposal for the empty places",
        f"  {title} 2: Nina",
        "",
        "Places that each candidate could take",
        f"  Nina: {title} 2",
        "  Olga: none",
    ]


def test_explain_proposes_alternates_beside_the_members(run: Runner) -> None:
    without = ("insight-member-2", "insight-alternate-1", "education-alternate-1")
    extra = person("nina", candidate_for=("insight",)) + person("olga", candidate_for=("insight", "education"))
    extra += person("per", candidate_for=("insight",))
    code, out, _ = run(council(without=without, extra=extra), "explain", "--on", "2025-06-01")
    insight, education = (MANDATE.group(name).title.en for name in ("insight", "education"))
    assert code == MET
    assert out.splitlines() == [
        "A proposal for the empty places",
        f"  {insight} 2: Nina",
        f"  {education} 1 (alternate for seat 1): Olga",
        f"  {insight} 1 (alternate): Per",
        "",
        "Places that each candidate could take",
        f"  Nina: {insight} 2; {insight} 1 (alternate)",
        f"  Olga: {education} 1 (alternate for seat 1)",
        f"  Per: {insight} 2; {insight} 1 (alternate)",
    ]


def test_explain_names_who_can_be_an_alternate_and_says_which_places_cannot_be_filled(run: Runner) -> None:
    without = ("education-alternate-1", "unions-alternate-1")
    extra = person("nina", candidate_for=("unions",))
    code, out, _ = run(council(without=without, extra=extra), "explain", "--on", "2025-06-01")
    education, unions = (MANDATE.group(name).title.en for name in ("education", "unions"))
    lines = out.splitlines()
    assert code == NOT_MET
    assert lines[:2] == ["A proposal for the empty places", f"  {unions} 1 (alternate for seat 1): Nina"]
    impossible = lines.index("Not all alternates can be named. This cannot be met")
    assert lines[impossible + 1] == f"  {education} (alternates): at least 1."
    assert f"  {education} (alternates): candidates to be added: 1." in lines


def test_explain_proposes_nobody_for_the_places_of_elected_alternates(run: Runner) -> None:
    """The candidates of an election are no pool from which alternates are named: the votes decide."""
    extra = person("nina", BACKGROUND, candidate_for=("elected",))
    code, out, _ = run(council(without=("elected-alternate-4",), extra=extra), "explain", "--on", "2025-06-01")
    title = MANDATE.group("elected").title.en
    assert code == MET
    assert f"{title} (alternates): 3 of 4. They come from the vote; nobody is proposed." in out.splitlines()
    assert "  Nina: none" in out.splitlines()


def test_explain_tells_places_that_follow_each_other_in_one(run: Runner) -> None:
    without = ("free-member-1", "free-member-2", "free-member-3", "insight-member-2")
    extra = person("nina", COMMITTEE, candidate_for=("free", "insight"))
    extra += "".join(person(f"olga-{n}", candidate_for=("free", "insight")) for n in range(3))
    out = run(council(without=without, extra=extra), "explain", "--on", "2025-06-01")[1]
    insight, free = (MANDATE.group(name).title.en for name in ("insight", "free"))
    assert f"  Nina: {free} 1–3" in out.splitlines()
    assert f"  Olga-1: {insight} 2; {free} 1–3" in out.splitlines()


def test_explain_keeps_silent_on_alternates_that_the_mandate_does_not_speak_of(run: Runner) -> None:
    extra = person("nina", candidate_for=("culture",))
    text = f'language = 1\nmandate = "slagelse-integrationsudvalg-2024"\n{extra}'
    out = run(text, "explain", "--on", "2025-06-01", "--language", "da")[1]
    assert "suppleant" not in out


def test_explain_says_why_a_seat_cannot_be_filled_and_what_would_mend_it(run: Runner) -> None:
    code, out, _ = run(council(without=("insight-member-2",)), "explain", "--on", "2025-06-01")
    title = MANDATE.group("insight").title.en
    assert code == NOT_MET
    lines = out.splitlines()
    assert lines[0] == "The council cannot be filled. This cannot be met"
    assert f"  {title}: at least 2." in lines
    assert f"  {title}: candidates to be added: 1." in lines
    assert "Repair 1, enough by itself" in lines


def test_explain_knows_people_as_they_were_on_the_day(run: Runner) -> None:
    """A candidate whose background is recorded until a day can take an elected seat on that day, not on the next."""
    spell = f'[[person.spell]]\nproperty = "{BACKGROUND}"\nuntil = 2025-06-01\n'
    extra = person("nina", candidate_for=("elected",)) + spell
    text = council(without=("elected-member-4",), extra=extra)
    assert run(text, "explain", "--on", "2025-06-01")[0] == MET
    assert run(text, "explain", "--on", "2025-06-02")[0] == NOT_MET


def test_explain_says_that_several_rules_cannot_stand_together(run: Runner) -> None:
    twice = holding("insight-member-1", "free", 3)
    code, out, _ = run(council(without=("free-member-3",), extra=twice), "explain", "--on", "2025-06-01")
    assert code == NOT_MET
    assert out.splitlines()[0] == ("The council cannot be filled. These rules and decisions cannot stand together")


def test_explain_of_a_full_council_has_nothing_to_fill(run: Runner) -> None:
    code, out, _ = run(council(), "explain", "--on", "2025-06-01")
    assert (code, out.splitlines()[0]) == (MET, "There is no empty place that can be filled.")


def test_a_day_written_in_another_way_is_refused_with_the_cure(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["council", "check", "council.toml", "--on", "31-12-2025"])
    assert ended.value.code == UNUSABLE
    assert "“31-12-2025” is no day. Write it as in 2025-12-31." in capsys.readouterr().err
