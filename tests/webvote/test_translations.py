"""The Danish catalogue holds every text of the source, whole, and the pages speak it."""

from __future__ import annotations

import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import flask_babel
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from tests.webvote.driver import Official, csrf_token
from webvote.pages.words import ACTS

ROOT = Path(__file__).parents[2]
DANISH = ROOT / "webvote/translations/da/LC_MESSAGES/messages.po"
ACT = re.compile(r'log_act\((?:[^"]*)"([a-z-]+)"')
NAMED = re.compile(r"%\((\w+)\)[sd]")
# The same word in both languages.
ALIKE = {"Find", "Start", "{office}: {person}."}

Texts = dict[str | tuple[str, ...], str | tuple[str, ...]]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """Every text of the source, collected as ``make messages`` does."""
    made = tmp_path_factory.mktemp("messages") / "messages.pot"
    pybabel = str(Path(sys.executable).with_name("pybabel"))
    command = [pybabel, "-q", "extract", "--mapping", "pyproject.toml", "--keyword", "N_", "--keyword", "_l"]
    subprocess.run([*command, "--output-file", str(made), "."], cwd=ROOT, check=True)
    return _texts(_read(made))


@pytest.fixture(scope="module")
def danish() -> Catalog:
    return _read(DANISH)


def test_every_text_has_a_danish_one(source: Texts, danish: Catalog) -> None:
    translations = _texts(danish)
    assert len(source) > 600
    missing = [text for text in source if not all(_forms(translations.get(text, "")))]
    assert not missing, "run `make messages` and translate them"


def test_nothing_is_translated_that_the_source_lacks(source: Texts, danish: Catalog) -> None:
    assert not _texts(danish).keys() - source.keys(), "run `make messages`"


def test_each_language_has_one_kind_of_quotation_marks(source: Texts, danish: Catalog) -> None:
    """”…” in Danish (Retskrivningsordbogen § 58), “…” in English, never the other's or a third."""
    of_danish = [form for text in _texts(danish).values() for form in _forms(text)]
    of_english = [form for text in source for form in _forms(text)]
    assert [text for text in of_danish if re.search("[“„‟»«]", text) or text.count("”") % 2] == []
    assert [text for text in of_english if re.search("[„‟»«]", text) or _unpaired(text)] == []


def test_nothing_is_a_guess(danish: Catalog) -> None:
    assert not danish.fuzzy
    assert not [message.id for message in danish if message.id and message.fuzzy]


def test_both_languages_have_the_same_placeholders(danish: Catalog) -> None:
    for text, translation in _texts(danish).items():
        expected = _placeholders(_forms(text)[-1])
        for form in _forms(translation):
            assert _placeholders(form) == expected, text


def test_nothing_is_left_in_english(danish: Catalog) -> None:
    same = {text for text, translation in _texts(danish).items() if text == translation}
    assert same == ALIKE


def test_the_catalogue_compiles(danish: Catalog) -> None:
    assert not [(message.id, faults) for message, faults in danish.check() if message.id]
    compiled = io.BytesIO()
    write_mo(compiled, danish)
    assert compiled.getvalue()


# The pages


class _Pieces(HTMLParser):
    """The texts of a page, piece by piece, with those that are read aloud."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(value for name, value in attrs if value and name in {"aria-label", "title", "alt"})

    def handle_data(self, data: str) -> None:
        self.found.add(data.strip())


@pytest.fixture
def pages(app: Flask, danish: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application with the catalogue as it is now, whether or not it was compiled before."""
    folder = tmp_path / "translations/da/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, danish)
    monkeypatch.setattr(flask_babel.Domain, "translation_directories", [str(tmp_path / "translations")])
    _forget_translations(app)
    yield app
    _forget_translations(app)


def test_danish_is_what_a_stranger_sees(pages: Flask) -> None:
    page = pages.test_client().get("/").text
    assert '<html lang="da" dir="ltr">' in page
    assert "Valg og råd" in page


def test_no_page_shows_an_english_text(pages: Flask, official: Official, source: Texts) -> None:
    slug = official.prepare(question="Hvem skal sidde i rådet?")
    assert official.confirm_by_name(slug, "seal").status_code == 302
    official.open(slug)
    official.get("/?lang=da")
    steps = ("", "plan", "candidates", "electors", "trustees", "cards", "seal", "open", "close", "count", "certify")
    paths = ["/", "/nowhere", f"/e/{slug}", f"/e/{slug}/box", f"/v/{slug}", f"/trustee/{slug}/1", "/official/log"]
    paths += ["/official/", "/official/elections/new", *(f"/official/e/{slug}/{step}" for step in (*steps, "confirm"))]
    for path in paths:
        page = official.get(path).text
        assert 'lang="da"' in page, path
        assert not {text for text in _Pieces(page).found & source.keys() if text not in ALIKE}, path


def test_a_field_complains_in_danish(pages: Flask, official: Official) -> None:
    client = official.client
    client.get("/?lang=da")
    page = client.get("/official/elections/new")
    junk = {"seats": "none", "name": "n" * 300, "question": "?", "max_marks": "many", "opens_at": "soon"}
    answer = client.post("/official/elections/new", data={"csrf_token": csrf_token(page.text), **junk}).text
    for complaint in (
        "Vælg en fra listen.",
        "Skriv højst 200 tegn.",
        "Skriv et helt tal.",
        "Skriv en hel dato og et klokkeslæt.",
        "Udfyld dette felt.",
    ):
        assert complaint in answer


def test_every_act_of_the_log_has_words() -> None:
    stored = {
        act for file in (ROOT / "webvote/use_cases").rglob("*.py") for act in ACT.findall(file.read_text("utf-8"))
    }
    assert stored == ACTS.keys()


def _forget_translations(app: Flask) -> None:
    with app.app_context():
        flask_babel.get_domain().cache.clear()


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="da")


def _texts(catalogue: Catalog) -> Texts:
    return {_key(message.id): _key(message.string) for message in catalogue if message.id}


def _key(text: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    return text if isinstance(text, str) else tuple(text)


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def _unpaired(text: str) -> bool:
    return re.search("[“”]", re.sub("“[^“”]*”", "", text)) is not None


def _placeholders(text: str) -> set[str]:
    named = set(NAMED.findall(text))
    if named:
        return named
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
