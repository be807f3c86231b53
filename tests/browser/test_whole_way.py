"""The whole way in Chromium: from the official's log-in to the confirmed council, on a laptop and on phones."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import urllib.request
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import zxingcpp
from PIL import Image

from election.ballots import cast_ballot
from election.definition import parse_election
from election.verify import verify_archive
from tests.browser.chromium import LAPTOP, PHONE, Person, open_browser
from tests.browser.conftest import OFFICIAL, PASSWORD, Server

NAME = "Valg på borgermødet"
CANDIDATES = ("Amina Yusuf", "Bohdan Kovalenko", "Çiğdem Arslan", "Dawit Tesfay", "Elena Popescu", "Farid Rahimi")
CARDS = 12
NOW = datetime.now(ZoneInfo("Europe/Copenhagen"))
_MOMENT = "%Y-%m-%dT%H:%M"
TODAY = NOW.date().isoformat()


def test_from_the_log_in_to_the_confirmed_council(server: Server, tmp_path: Path) -> None:
    with (
        open_browser(server.base, tmp_path / "office", LAPTOP) as official,
        open_browser(server.base, tmp_path / "trustee", LAPTOP) as trustee,
        open_browser(server.base, tmp_path / "phone", PHONE) as voter,
    ):
        slug = prepare(official)
        link = make_trustee_key(official, trustee, slug)
        addresses = make_cards(official, slug)
        seal(official, slug)
        rehearse(official, trustee, voter, link, slug)
        open_voting(official, slug)
        vote_in_the_browser(voter, addresses, slug)
        vote_from_python(server, slug, addresses)
        refuse_a_mistyped_code(voter, slug, addresses[0])
        records = [accepted_by_both(server, slug, tmp_path)]
        close(official, slug)
        records.append(accepted_by_both(server, slug, tmp_path))
        decrypt(trustee, link)
        count_draw_and_certify(official, slug)
        records.append(accepted_by_both(server, slug, tmp_path))
        assert all(later.startswith(earlier) for earlier, later in pairwise(records))
        appoint_and_confirm(official, slug)
        look_at_everything_on_a_phone(voter, slug)
    no_code_anywhere(server, addresses)


def prepare(official: Person) -> str:
    official.go("/official/")
    official.type("[name=name]", OFFICIAL)
    official.type("[name=password]", PASSWORD)
    official.submit("#log-in")
    official.go("/official/elections/new")
    official.find('[name=seats] option[value="norddjurs-dialogforum-2024/elected"]').click()
    official.type("[name=name]", NAME)
    official.type("[name=question]", "Hvem skal sidde i dialogforum?")
    official.type("[name=max_marks]", "1")
    if not official.find("[name=blank_allowed]").is_selected():
        official.click("[name=blank_allowed]")
    official.set("opens_at", NOW.strftime(_MOMENT))
    official.set("closes_at", (NOW + timedelta(minutes=90)).strftime(_MOMENT))
    official.submit("#create")
    slug = official.driver.current_url.split("/official/e/")[1].split("/")[0]
    official.keep_screenshot("official-new-election")
    for name in CANDIDATES:
        official.go(f"/official/e/{slug}/candidates")
        official.type("[name=name]", name)
        official.click("[name=properties]")
        official.submit("#add")
    official.go(f"/official/e/{slug}/electors")
    official.type("#door-form [name=number]", str(CARDS))
    official.submit("#door-form [type=submit]")
    return slug


def make_trustee_key(official: Person, trustee: Person, slug: str) -> str:
    """The trustee's link, which is needed again for decrypting."""
    official.go(f"/official/e/{slug}/trustees")
    official.type("[name=name]", "Formand")
    official.submit("#add-trustee")
    link = official.attribute(".trustee-link", "href")
    trustee.go(link)
    trustee.click("#make-key-button")
    trustee.click("#save-key-button")
    trustee.downloaded("*.privkey")
    trustee.click("#saved-tick")
    trustee.keep_screenshot("trustee-key")
    trustee.click("#hand-in-button")
    trustee.find("#screen-key-done")
    return link


def make_cards(official: Person, slug: str) -> list[str]:
    """The addresses on the printed cards, read from the squares as a phone would."""
    official.go(f"/official/e/{slug}/cards")
    official.click("#make-cards")
    pdf = official.downloaded("*.pdf")
    folder = pdf.parent
    subprocess.run(["pdftoppm", "-r", "150", "-png", pdf.name, "sheet"], cwd=folder, check=True)
    sheets = sorted(folder.glob("sheet*.png"))
    found = [code.text for sheet in sheets for code in zxingcpp.read_barcodes(Image.open(sheet))]
    assert len(set(found)) == CARDS
    for sheet in sheets:
        sheet.unlink()
    return found


def seal(official: Person, slug: str) -> None:
    official.go(f"/official/e/{slug}/seal")
    official.see("#keys-awaited", "Formand")
    official.type("[name=typed_name]", NAME)
    official.submit("#seal")


def rehearse(official: Person, trustee: Person, phone: Person, link: str, slug: str) -> None:
    """Nobody opens before the trustee has shown the key, and no other file will do."""
    official.go(f"/official/e/{slug}/open")
    official.see("#keys-awaited", "Formand")
    official.keep_screenshot("official-open-awaited")
    for language in ("da", "en"):
        phone.go("about:blank")
        phone.go(link.replace("#", f"?lang={language}#"))
        phone.find("#rehearse-button")
        keep_and_measure(phone, f"trustee-rehearsal-{language}")
    trustee.go("about:blank")
    trustee.go(link)
    trustee.type("#key-text", '"12345"')
    trustee.click("#rehearse-button")
    trustee.see("#key-error", "not the one that was handed in")
    trustee.attach("#key-file", trustee.downloaded("*.privkey"))
    trustee.keep_screenshot("trustee-rehearsal")
    trustee.click("#rehearse-button")
    trustee.find("#screen-shown")
    trustee.keep_screenshot("trustee-shown")
    official.go(f"/official/e/{slug}/trustees")
    official.keep_screenshot("official-trustees")


def open_voting(official: Person, slug: str) -> None:
    official.go(f"/official/e/{slug}/open")
    official.submit("#open")
    official.go(f"/official/e/{slug}/")
    official.keep_screenshot("official-tasks-open")


def vote_in_the_browser(voter: Person, addresses: list[str], slug: str) -> None:
    """Six ballots: a choice that is replaced, a blank one, a typed code, and three others."""
    first = cast_in_the_browser(voter, addresses[0], 3, keep="voter")
    second = cast_in_the_browser(voter, addresses[0], 0)
    assert first != second
    cast_in_the_browser(voter, addresses[1], None)
    cast_in_the_browser(voter, addresses[2], 0, typed=True)
    cast_in_the_browser(voter, addresses[3], 1)
    mark = cast_in_the_browser(voter, addresses[4], 2)
    voter.go(f"/e/{slug}/box#{mark}")
    voter.see("#found", "6")
    voter.keep_screenshot("box-found")


def cast_in_the_browser(
    voter: Person, address: str, choice: int | None, *, typed: bool = False, keep: str | None = None
) -> str:
    """Vote with the card at ``address`` for the candidate at a place, or blank; returns the mark of the receipt."""
    # Leaving the page first makes sure that it is loaded anew: a new fragment alone would not.
    voter.go("about:blank")
    page, _, code = address.partition("#")
    voter.go(page if typed else address)
    if typed:
        voter.type("#code-input", code.replace("-", " "))
        voter.click("#code-submit")
    voter.find("#screen-card")
    assert code not in voter.driver.current_url
    assert code not in voter.driver.page_source
    screens = [("screen-card", "#start-button"), ("screen-choose", "#review-button"), ("screen-check", "#cast-button")]
    for screen, button in screens:
        voter.find(f"#{screen}")
        if screen == "screen-choose":
            voter.click(".choice:has(#blank-choice)" if choice is None else f'.choice:has(input[value="{choice}"])')
        keep_and_measure(voter, f"{keep}-{screen}" if keep else None)
        voter.click(button)
    voter.find("#screen-receipt")
    keep_and_measure(voter, f"{keep}-receipt" if keep else None)
    mark = voter.attribute("#tracker", "data-tracker")
    if keep:
        assert read_receipt(voter) == f"{page.replace('/v/', '/e/')}/box#{mark}"
    voter.click("#finish-button")
    voter.find("#screen-finished")
    return mark


def keep_and_measure(voter: Person, name: str | None) -> None:
    """At 360 px nothing hangs over the edge, also when the page runs from right to left."""
    assert voter.overflow() <= 0
    if name:
        voter.keep_screenshot(f"{name}-360")
        voter.driver.execute_script("document.documentElement.dir = 'rtl'")
        assert voter.overflow() <= 0
        voter.keep_screenshot(f"{name}-360-rtl")
        voter.driver.execute_script("document.documentElement.dir = 'ltr'")


def read_receipt(voter: Person) -> str:
    path = voter.downloads / "receipt.png"
    voter.find("#receipt-qr").screenshot(str(path))
    return zxingcpp.read_barcodes(Image.open(path))[0].text


def vote_from_python(server: Server, slug: str, addresses: list[str]) -> None:
    definition = parse_election(fetch(f"{server.base}/e/{slug}/election.json"))
    for address, choice in zip(addresses[5:10], (1, 2, 3, 4, 5), strict=True):
        raw = cast_ballot(definition, address.partition("#")[2], (choice,))
        request = urllib.request.Request(  # noqa: S310
            f"{server.base}/v/{slug}/ballots", data=raw, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            assert answer.status == 201


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:  # noqa: S310
        return bytes(answer.read())


def refuse_a_mistyped_code(voter: Person, slug: str, address: str) -> None:
    code = address.partition("#")[2]
    # The checksum counts by 53 (specification 4.8): a “w” misread as “2”, 53 places off, is the one that it lets pass.
    wrong = ("3" if code[0] in "2w" else "2") + code[1:]
    voter.go("about:blank")
    voter.go(f"/v/{slug}")
    voter.type("#code-input", wrong)
    voter.click("#code-submit")
    voter.see("#code-error", "typing error|wrong")
    voter.keep_screenshot("voter-mistyped-360")
    voter.type("#code-input", "0" + code[1:])
    voter.click("#code-submit")
    voter.see("#code-error", "0")


def accepted_by_both(server: Server, slug: str, tmp_path: Path) -> bytes:
    """The record as anyone may download it, accepted by us and by a program that nobody here wrote."""
    raw = fetch(f"{server.base}/e/{slug}/record.bel")
    folder = tmp_path / "record"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "election.bel"
    path.write_bytes(raw)
    with path.open("rb") as file:
        uuid = verify_archive(file).definition.uuid
    path.rename(folder / f"{uuid}.bel")
    done = subprocess.run(
        ["belenios-tool", "election", "verify"],
        cwd=folder,
        env=os.environ | {"BELENIOS_USE_URANDOM": "1"},
        capture_output=True,
        check=True,
    )
    assert b"all checks passed" in done.stderr
    return raw


def close(official: Person, slug: str) -> None:
    official.go(f"/official/e/{slug}/close")
    official.type("[name=typed_name]", NAME)
    official.submit("#close")


def decrypt(trustee: Person, link: str) -> None:
    trustee.go("about:blank")
    trustee.go(link)
    key = trustee.downloaded("*.privkey")
    trustee.find("#decrypt-button")
    trustee.attach("#key-file", key)
    trustee.click("#decrypt-button")
    trustee.see("#asking-words", rf"10 ballots from 10 of {CARDS} cards")
    trustee.see("#asking-replaced", "^1$")
    trustee.keep_screenshot("trustee-asking")
    trustee.click("#open-button")
    trustee.find("#screen-decryption-done")
    trustee.keep_screenshot("trustee-decrypted")


def count_draw_and_certify(official: Person, slug: str) -> None:
    """Amina, Bohdan and Çiğdem have two votes; Dawit, Elena and Farid one: the fourth seat needs a lot."""
    official.go(f"/official/e/{slug}/count")
    official.submit("#count")
    official.go(f"/official/e/{slug}/gone")
    official.find("#record-gone")
    official.keep_screenshot("official-gone")
    official.go(f"/official/e/{slug}/lot/seed")
    official.see("main", r"\[seed\]/seat/1/c5")
    official.keep_screenshot("official-seed")
    official.go(f"/official/e/{slug}/lot")
    order = official.driver.find_elements("css selector", "[name^=order]")
    for field, key in zip(order, ("c5", "c4", "c6"), strict=True):
        field.find_element("css selector", f'option[value="{key}"]').click()
    official.type("[name=method]", "Slips in a bowl")
    official.type("[name=drawn_by]", "The chair of the election board")
    official.type("[name=witnesses]", "Two voters")
    official.set("drawn_at", NOW.strftime(_MOMENT))
    official.keep_screenshot("official-lot")
    official.submit("#record-lot")
    official.go(f"/official/e/{slug}/certify")
    official.set("decided_on", TODAY)
    official.type("[name=meeting]", "The election board")
    official.submit("#certify")
    official.go(f"/e/{slug}/result")
    official.see("main", "Elena Popescu.*lot")
    official.see("#trail", "Order drawn by lot: .*Elena Popescu")
    official.keep_screenshot("result")


def appoint_and_confirm(official: Person, slug: str) -> None:
    official.go(f"/e/{slug}")
    council = official.attribute('a[href*="/council/"]', "href").rsplit("/", 1)[1]
    official.go(f"/official/council/{council}")
    official.find("[name=place] option").click()
    official.type("[name=person]", "Niels Brandt")
    official.type("[name=decision]", "The municipal council, 10 December 2026")
    official.set("since", TODAY)
    official.submit("#appoint")
    official.go(f"/official/e/{slug}/confirm")
    official.set("decided_on", TODAY)
    official.type("[name=meeting]", "Municipal council, item 7")
    official.type("[name=decision]", "Appointed as elected.")
    official.submit("#confirm")
    official.go(f"/council/{council}?on={TODAY}")
    official.see("main", "Elena Popescu")
    official.see("main", "Niels Brandt")
    official.see("main", "(?i)confirmed")
    official.keep_screenshot("council")


def look_at_everything_on_a_phone(voter: Person, slug: str) -> None:
    council = "/council/" + voter_council(voter, slug)
    for name, path in {
        "front": "/",
        "election": f"/e/{slug}",
        "result": f"/e/{slug}/result",
        "box": f"/e/{slug}/box",
        "council": council,
    }.items():
        for language in ("da", "en"):
            voter.go(f"{path}?lang={language}")
            voter.find("h1")
            assert voter.overflow() <= 0, name
            voter.keep_screenshot(f"{name}-360-{language}")


def voter_council(voter: Person, slug: str) -> str:
    voter.go(f"/e/{slug}")
    return voter.attribute('a[href*="/council/"]', "href").rsplit("/", 1)[1].partition("?")[0]


def no_code_anywhere(server: Server, addresses: list[str]) -> None:
    """Neither a request, nor a line of the log, nor a byte of the database holds a code, dashed or not."""
    codes = [address.partition("#")[2] for address in addresses]
    written = [code.encode() for code in codes] + [code.replace("-", "").encode() for code in codes]
    with sqlite3.connect(server.database) as connection:
        tables = "\n".join(connection.iterdump()).encode()
    files = b"".join(path.read_bytes() for path in server.database.parent.glob(f"{server.database.name}*"))
    places = {
        "requests": b"\n".join(server.wiretap.seen),
        "log": server.wiretap.log.getvalue().encode(),
        "tables": tables,
        "files": files,
    }
    assert len(server.wiretap.seen) > 100
    assert b"election_uuid" in places["requests"]
    for place, content in places.items():
        for code in written:
            assert code not in content, place
