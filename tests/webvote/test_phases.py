"""The one table of phases: what it allows, and that each refusal says why and what to do."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.webvote.driver import Official, Voter, message_of
from webvote.messages import SENTENCES
from webvote.phases import MOVES, Act, Phase, is_allowed, next_phase
from webvote.refusals import RefusedError


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("phase", Phase)
def test_an_act_is_allowed_in_its_phase_and_refused_with_a_sentence_in_every_other(phase: Phase, act: Act) -> None:
    if is_allowed(phase, act):
        assert next_phase(phase, act) is MOVES[act][1]
        return
    with pytest.raises(RefusedError) as caught:
        next_phase(phase, act)
    assert len(SENTENCES[caught.value.code]) > 30


def test_nothing_can_be_changed_after_sealing(official: Official) -> None:
    slug = official.prepare(cards=1)
    official.confirm_by_name(slug, "seal")
    before = official.get(f"/e/{slug}/election.json").data
    refused = "what is sealed never changes"
    assert refused in official.post(f"/official/e/{slug}/candidates", "/official/log-in", name="Late").text
    for page in ("candidates/c1/remove", "candidates/c2/up", "cards", "trustees/1/remove"):
        answer = official.post(f"/official/e/{slug}/{page}", "/official/elections/new")
        assert answer.status_code == 409, page
        assert refused in answer.text
    assert refused in official.post(f"/official/e/{slug}/electors/door", "/official/elections/new", number="3").text
    assert official.get(f"/e/{slug}/election.json").data == before


def test_steps_out_of_order_say_what_comes_first(official: Official) -> None:
    slug = official.prepare(cards=1)
    form = "/official/elections/new"
    assert "must be sealed before it can be opened" in official.post(f"/official/e/{slug}/open", form).text
    assert "must be closed before it can be counted" in official.post(f"/official/e/{slug}/count", form).text
    assert "must be open before it can be closed" in official.confirm_by_name(slug, "close").text
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    official.confirm_by_name(slug, "close")
    assert "Trustee 1" in official.post(f"/official/e/{slug}/count", form).text
    assert message_of(official.hand_in_key(slug, 1)) == (409, "change-too-late")


def test_sealing_names_everything_that_is_lacking(official: Official) -> None:
    slug = official.create()
    page = official.get(f"/official/e/{slug}/seal").text
    for code in ("seal-no-candidates", "seal-no-electors", "seal-no-trustees", "seal-no-cards"):
        assert SENTENCES[code] in page
    official.add_candidates(slug, ("Amina Hassan",))
    official.door_cards(slug, 2)
    official.name_trustee(slug, "Trustee 1")
    page = official.get(f"/official/e/{slug}/seal").text
    assert SENTENCES["seal-keys-missing"] in page
    assert SENTENCES["seal-no-candidates"] not in page


def test_more_marks_than_candidates_cannot_be_sealed(official: Official) -> None:
    slug = official.prepare(cards=1, max_marks="7")
    assert SENTENCES["seal-too-many-marks"] in official.get(f"/official/e/{slug}/seal").text
    assert (
        SENTENCES["seal-too-many-marks"]
        in official.post(
            f"/official/e/{slug}/seal", "/official/elections/new", typed_name="Valg til Dialogforum 2025"
        ).text
    )


def test_what_another_official_changed_after_it_was_shown_is_not_sealed(official: Official) -> None:
    slug = official.prepare(cards=2)
    sights = [official.sight(slug, "seal")]
    official.post(f"/official/e/{slug}/candidates/c6/up", f"/official/e/{slug}/candidates")
    sights.append(official.sight(slug, "seal"))
    official.make_cards(slug)
    for shown in sights:
        answer = official.confirm_by_name(slug, "seal", shown=shown)
        assert SENTENCES["seal-changed-meanwhile"] in answer.text
        assert official.get(f"/e/{slug}").status_code == 404
    assert official.confirm_by_name(slug, "seal").status_code == 302


def test_closing_that_was_interrupted_before_the_tally_is_finished_by_closing_again(
    app: Flask, official: Official, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = official.prepare(cards=1)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    Voter(app, slug, official.codes[0]).vote(2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("webvote.pages.officials.voting.compute_tally", killed)
        with pytest.raises(KeyboardInterrupt):
            official.confirm_by_name(slug, "close")
    assert "The ballots are not multiplied yet." in official.get(f"/official/e/{slug}/").text
    assert official.confirm_by_name(slug, "close").status_code == 302
    assert official.decrypt(slug, 1).status_code == 201
    assert official.count(slug).status_code == 302
    assert official.get(f"/e/{slug}/result.json").get_json()["votes"][2]["votes"] == 1
