"""``election mandate list`` and ``show``: every shipped mandate, readable in both languages."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from composition_rules.catalogue import load_mandate, mandate_ids
from election.__main__ import main
from election.commands.output import MET, UNUSABLE


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["mandate", *arguments]) == MET
    return capsys.readouterr().out.splitlines()


def test_list_names_every_shipped_mandate_with_its_seats(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "list")
    assert [line.split()[0] for line in lines] == list(mandate_ids())
    assert [line.split()[1] for line in lines] == [str(load_mandate(name).seats) for name in mandate_ids()]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", mandate_ids())
def test_show_prints_every_group_and_rule_in_one_language(
    capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    mandate = load_mandate(name)
    shown = "\n".join(printed(capsys, "show", name, "--language", language))
    for title in (mandate.title, *(group.title for group in mandate.groups), *mandate.properties().values()):
        assert title.in_language(language) in shown
    foreign = ("not stated", "Seats", "Filled by") if language == "da" else ("ikke angivet", "Pladser", "Besættes")
    assert not any(word in shown for word in foreign)


def test_show_has_an_overview_and_says_where_nothing_is_stated(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "show", "slagelse-integrationsudvalg-2024")
    assert any(line.split()[:3] == ["Civil", "society", "5–7"] for line in lines)
    assert any(line.split()[:2] == ["Total", "7–9"] for line in lines)
    assert "  Preferred: all: residence in Slagelse Municipality (residence:slagelse) [kommissorium:84]" in lines
    assert "  Term: follows the municipal election period [kommissorium:98]" in lines
    assert "  Vacancies: not stated" in lines
    assert any("committee meeting (committee-meetings): 3–5 a year" in line for line in lines)


def test_an_id_that_is_not_shipped_is_unusable(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mandate", "show", "nowhere"]) == UNUSABLE
    assert "Shipped are: aeldreraad-lov" in capsys.readouterr().err


def test_a_mandate_file_is_shown_as_a_shipped_one_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "svendborg-integrationsraad-2025"
    file = tmp_path / "ours.toml"
    file.write_bytes((files("composition_rules") / "mandates" / f"{name}.toml").read_bytes())
    assert printed(capsys, "show", str(file)) == printed(capsys, "show", name)
    assert main(["mandate", "show", str(tmp_path)]) == UNUSABLE


def test_show_says_that_some_electors_have_more_votes_only_where_the_mandate_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, said = "svendborg-integrationsraad-2025", "  Weights: some electors have more votes than others"
    raw = (files("composition_rules") / "mandates" / f"{name}.toml").read_text(encoding="utf-8")
    file = tmp_path / "ours.toml"
    file.write_text(raw.replace("[group.election]\n", "[group.election]\nweights = true\n", 1), encoding="utf-8")
    assert said in printed(capsys, "show", str(file))
    assert said not in printed(capsys, "show", name)
    file.write_text(raw.replace("[group.election]\n", "[group.election]\nweights = 2\n", 1), encoding="utf-8")
    assert main(["mandate", "lint", str(file)]) == UNUSABLE
