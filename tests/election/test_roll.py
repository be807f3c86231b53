"""The roll. Truth: the bytes that spreadsheets write, one named case for each way of being wrong."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from election.errors import RollFileError
from election.roll import Elector, parse_roll

DANISH = (
    "Nummer;Navn;Adresse;Postnummer;By\r\n1;Åse Ørsted;Kirkestien 3;8500;Grenaa\r\n2;Bo Æbelø;Søvej 1;8585;Glesborg\r\n"
)
TWO = (
    Elector(number="1", name="Åse Ørsted", address=("Kirkestien 3", "8500 Grenaa")),
    Elector(number="2", name="Bo Æbelø", address=("Søvej 1", "8585 Glesborg")),
)


def faults_of(raw: bytes | str) -> list[tuple[str, dict[str, str | int]]]:
    data = raw.encode() if isinstance(raw, str) else raw
    with pytest.raises(RollFileError) as caught:
        parse_roll(data)
    for fault in caught.value.faults:
        assert str(fault)
    return [(fault.code, fault.params) for fault in caught.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_each_encoding_a_spreadsheet_writes(encoding: str) -> None:
    assert parse_roll(DANISH.encode(encoding)) == TWO


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_separator_and_line_end(separator: str, line_end: str) -> None:
    text = DANISH.replace(";", separator).replace("\r\n", line_end)
    assert parse_roll(text.encode()) == TWO


def test_english_names_in_any_case_and_order() -> None:
    text = "CITY, Name ,postcode,NUMBER,Address\nGrenaa,Åse Ørsted,8500,1,Kirkestien 3\n"
    assert parse_roll(text.encode()) == TWO[:1]


def test_quotation_marks_hold_separators_quotes_and_lines() -> None:
    text = 'number,name,address\n7,"Holm, Per ""Pelle""","c/o Lis Holm\r\nSøvej 1, 2. tv.\r\n8500 Grenaa"\n'
    assert parse_roll(text.encode()) == (
        Elector(number="7", name='Holm, Per "Pelle"', address=("c/o Lis Holm", "Søvej 1, 2. tv.", "8500 Grenaa")),
    )


def test_empty_lines_and_rows_of_separators_are_skipped_but_counted() -> None:
    text = "\nnumber;name;address\n;;\n1;Ida;Vej 1\n\n2;;Vej 2\n"
    assert faults_of(text) == [("roll-no-name", {"line": 6, "column": "name"})]


def test_names_in_other_scripts_and_decomposed_letters() -> None:
    text = "number,name,address\n1,Олена Шевченко,A\u030a 1\n2,سارا\u200cنام,Å 2\n3,ሰላም,Å 3\n"
    assert [elector.name for elector in parse_roll(text.encode())] == ["Олена Шевченко", "سارا\u200cنام", "ሰላም"]
    assert parse_roll(text.encode())[0].address == ("Å 1",)


def test_every_fault_of_a_file_at_once_in_the_order_of_its_lines() -> None:
    text = (
        "number;name;address;by\n"
        "1;Ida Holm;Vej 1;Grenaa\n"
        ";Per;Vej 2;Grenaa\n"
        "3;;;Grenaa\n"
        "1;Lis;Vej 4;Grenaa\n"
        "5;ida  holm;vej 1,;GRENAA\n"
        "6;Bo\x07;Vej 6;Grenaa\n"
        "7;Eva;Vej 7;Grenaa;8500\n"
        "8;Eva\n"
    )
    assert faults_of(text) == [
        ("roll-no-number", {"line": 3, "column": "number"}),
        ("roll-no-name", {"line": 4, "column": "name"}),
        ("roll-no-address", {"line": 4, "column": "address"}),
        ("roll-number-twice", {"line": 5, "first": 2, "elector": "1"}),
        ("roll-person-twice", {"line": 6, "first": 2, "name": "ida holm"}),
        ("roll-control-character", {"line": 7, "column": "name", "characters": "U+0007"}),
        ("roll-too-many-fields", {"line": 8, "found": 5, "expected": 4}),
        ("roll-too-few-fields", {"line": 9, "found": 2, "expected": 4}),
    ]


def test_a_roll_file_error_counts_its_faults() -> None:
    with pytest.raises(RollFileError) as caught:
        parse_roll(b"number;name;address\n1;;\n")
    assert caught.value.params == {"number": 2}


def test_faults_of_a_header() -> None:
    assert faults_of("nr;Navn;navn;Adresse\n1;A;A;B\n") == [
        (
            "roll-unknown-column",
            {
                "line": 1,
                "column": "nr",
                "known": "nummer/number, navn/name, adresse/address, postnummer/postcode, by/city",
            },
        ),
        ("roll-column-twice", {"line": 1, "column": "navn"}),
        ("roll-missing-column", {"line": 1, "column": "nummer/number"}),
    ]


def test_a_file_without_a_header_names_what_is_missing() -> None:
    codes = [code for code, _ in faults_of("1;Ida;Vej 1\n")]
    assert codes == ["roll-unknown-column"] * 3 + ["roll-missing-column"] * 3


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        pytest.param(b"", "roll-empty", None, id="nothing"),
        pytest.param(b"\xef\xbb\xbf\n;;\n", "roll-empty", None, id="only separators"),
        pytest.param(b"number,name,address\n", "roll-no-electors", 1, id="only a header"),
        pytest.param(b"PK\x03\x04rest", "roll-spreadsheet", None, id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "roll-spreadsheet", None, id="xls"),
        pytest.param("number,name,address\n1,Ida,Vej".encode("utf-16-le"), "roll-not-text", None, id="utf-16 unmarked"),
        pytest.param(b"\xff\xfen\x00u", "roll-not-text", None, id="utf-16 cut short"),
        pytest.param(b"number,name,address\n\n1,S\x9bren,Vej 1\n", "roll-encoding", 3, id="cp850"),
        pytest.param(b"number,name,address\n1,\x8cse,Vej 1\n", "roll-encoding", 2, id="mac roman"),
        pytest.param(b"number,name,address\n1,I\x81da,Vej 1\n", "roll-encoding", 2, id="undefined in cp1252"),
        pytest.param("number,name,address\n1,Олена,Vej 1\n".encode("cp1251"), "roll-encoding", 2, id="cp1251"),
        pytest.param('number,name,address\n1,"Ida,Vej 1\n2,Bo,Vej 2\n', "roll-quotation", 2, id="open quote"),
        pytest.param('number,name,address\n1,"Ida"x,Vej 1\n', "roll-quotation", 2, id="letters after a quote"),
        pytest.param(f"number,name,address\n1,{'I' * 121},Vej 1\n", "roll-too-long", 2, id="long name"),
        pytest.param('number,name,address\n1,Ida,"a\nb\nc\nd\ne"\n', "roll-address-lines", 2, id="five lines"),
        pytest.param('number,name,address\n1,"I\nda",Vej 1\n', "roll-control-character", 2, id="line in a name"),
        pytest.param("number,name,address\n1,I\u202eda,V\n", "roll-control-character", 2, id="direction override"),
    ],
)
def test_unusable_file(raw: bytes | str, code: str, line: int | None) -> None:
    assert [(found, params.get("line")) for found, params in faults_of(raw)] == [(code, line)]


def test_faults_before_a_broken_quotation_are_reported_with_it() -> None:
    assert [code for code, _ in faults_of('number,name,address\n,Ida,Vej 1\n2,"Bo,Vej 2\n')] == [
        "roll-no-number",
        "roll-quotation",
    ]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("Ida Holm;Vej 2", id="same name, another address"),
        pytest.param("Ina Holm;Vej 1", id="another name, same address"),
    ],
)
def test_people_who_share_a_name_or_an_address_are_two(second: str) -> None:
    assert len(parse_roll(f"number;name;address\n1;Ida Holm;Vej 1\n2;{second}\n".encode())) == 2


def test_marks_that_carry_a_vowel_tell_people_apart() -> None:
    assert len(parse_roll("number;name;address\n1;राम;Vej 1\n2;रमा;Vej 1\n".encode())) == 2


words = st.text(
    st.characters(exclude_categories=("C", "Z", "M"), include_characters=',;"\t'), min_size=1, max_size=20
).map(lambda text: " ".join(text.replace("\t", " ").split()))
tidy = words.filter(lambda text: bool(text) and unicodedata.is_normalized("NFC", text))


@given(
    people=st.lists(st.tuples(tidy, st.lists(tidy, min_size=1, max_size=4)), min_size=1, max_size=6),
    separator=st.sampled_from([";", ",", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_written_roll_reads_back(people: list[tuple[str, list[str]]], separator: str, encoding: str) -> None:
    electors = tuple(
        # A number at the end keeps two random people from being the same one.
        Elector(number=f"n{index}", name=f"{name} {index}", address=tuple(address))
        for index, (name, address) in enumerate(people)
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["number", "name", "address"])
    writer.writerows([elector.number, elector.name, "\n".join(elector.address)] for elector in electors)
    assert parse_roll(file.getvalue().encode(encoding)) == electors


header_then_anything = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(lambda rest: b"number;name;address\r\n" + rest),
    st.text(max_size=100).map(lambda rest: ("nummer,navn,adresse\n" + rest).encode("utf-8", "surrogatepass")),
)


@given(raw=header_then_anything)
@example(raw=b"number;name;address\r\n1;a\r\r;b")
@example(raw=b'"number;name;address\r\n')
def test_no_bytes_crash_it(raw: bytes) -> None:
    try:
        electors = parse_roll(raw)
    except RollFileError as error:
        faults = error.faults
        electors = ()
    else:
        faults = ()
    assert bool(electors) != bool(faults)
    assert all(str(fault) for fault in faults)
    assert len({elector.number for elector in electors}) == len(electors)
