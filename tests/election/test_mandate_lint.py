"""``election mandate lint``: findings with both texts, and an exit code that says whether all is lawful."""

from __future__ import annotations

from pathlib import Path

import pytest

from composition_rules.catalogue import mandate_ids
from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE

SHIPPED = Path(__file__).parents[2] / "composition_rules" / "mandates"


def written(tmp_path: Path, name: str, *changes: tuple[str, str]) -> str:
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    for part, instead in changes:
        assert part in text
        text = text.replace(part, instead, 1)
    file = tmp_path / "mandate.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", mandate_ids())
def test_no_shipped_mandate_has_anything_forbidden_or_missing(
    capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    assert main(["mandate", "lint", name, "--language", language]) == MET
    out = capsys.readouterr().out
    assert ("IKKE TILLADT: 0, MANGLER: 0" if language == "da" else "FORBIDDEN: 0, MISSING: 0") in out


def test_what_is_forbidden_comes_first_with_both_texts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    basis = ('legal_basis = "unstated"', 'legal_basis = "integrationsloven-42"')
    file = written(tmp_path, "gentofte-integrationsraad-2018", basis)
    assert main(["mandate", "lint", file, "--on", "2021-12-31"]) == NOT_MET
    first, statute, mandate, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("FORBIDDEN: The mandate allows a number that Integration Act, section 42 does not")
    assert statute == (
        "  Statute: Integrationsloven § 42, før 2022, line 11: "
        "“Integrationsrådet består af mindst syv medlemmer med bopæl i kommunen.”"
    )
    assert mandate == (
        "  Mandate: Domain note of this project, from G18, G22, line 6: “6 members + 6 alternates | G18”"
    )
    assert rest[-2].startswith("FORBIDDEN: 1, MISSING: 0, UNSTATED: ")
    assert rest[-1] == "Rules of statutes held against: 7; of these without a finding: 2"


def test_the_same_mandate_is_lawful_the_day_after(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    basis = ('legal_basis = "unstated"', 'legal_basis = "integrationsloven-42"')
    file = written(tmp_path, "gentofte-integrationsraad-2018", basis)
    assert main(["mandate", "lint", file, "--on", "2022-01-01"]) == MET
    assert "FORBIDDEN: 0, MISSING: 0" in capsys.readouterr().out


def test_something_missing_alone_is_not_met(tmp_path: Path) -> None:
    untied = ('as_many_as = "disability-organisations"\n', "")
    assert main(["mandate", "lint", written(tmp_path, "handicapraad-lov", untied)]) == NOT_MET


def test_a_file_with_faults_is_unusable_and_each_fault_has_its_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    faults = (("marks = 1", 'marks = "one"'), ('ties = "unstated"', 'ties = "coin"'))
    assert main(["mandate", "lint", written(tmp_path, "aeldreraad-lov", *faults)]) == UNUSABLE
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.partition(":")[0].split(", ")[1] for line in told.err.splitlines()[1:]] == [
        "group[1].election.marks",
        "group[1].election.ties",
    ]


def test_a_file_that_is_not_there_is_unusable(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["mandate", "lint", str(tmp_path / "nowhere.toml")]) == UNUSABLE
    assert "nowhere.toml" in capsys.readouterr().err


def test_a_day_that_is_none_is_unusable(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["mandate", "lint", "aeldreraad-lov", "--on", "yesterday"])
    assert ended.value.code == UNUSABLE
    assert "--on" in capsys.readouterr().err
