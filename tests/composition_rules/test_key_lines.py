"""The lines of keys agree with what tomllib reads, whatever the file looks like."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from composition_rules.parse.lines import KeyPath, key_lines, line_of

NAMES = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,4}", fullmatch=True), st.sampled_from(["a.b", "å", "a b", 'q"q', "#", "="])
)
TEXTS = st.text(alphabet="ab\"'#[]{}=,\\\n å", max_size=12)
SCALARS = st.one_of(
    TEXTS, st.integers(-99, 99), st.booleans(), st.dates(), st.times().map(lambda time: time.replace(microsecond=0))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)
TABLES = st.dictionaries(NAMES, VALUES, max_size=5)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def written_text(text: str, style: int) -> str:
    if style == 1 and "'''" not in text and not text.endswith("'"):
        return f"'''\n{text}'''"
    if style == 2:
        escaped = text.replace("\\", "\\\\").replace('""', '"\\"')
        return f'"""\n{escaped}"""'
    return quoted(text)


class Writer:
    """Writes a table as TOML and notes the line on which it put each key."""

    def __init__(self, styles: st.DataObject) -> None:
        self._styles = styles
        self.text = ""
        self.lines: dict[KeyPath, int] = {(): 1}

    def draw(self, choices: int) -> int:
        return self._styles.draw(st.integers(0, choices - 1))

    def note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def filler(self) -> None:
        self.text += ["", '# a = [1] "\n', "\n\n", "  "][self.draw(4)]

    def table(self, content: dict[str, Any], path: KeyPath) -> None:
        later = []
        for name, value in content.items():
            is_tables = isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
            if (isinstance(value, dict) or is_tables) and self.draw(2):
                later.append((name, value))
                continue
            self.filler()
            self.note((*path, name))
            self.text += f"{quoted(name)} = "
            self.value(value, (*path, name))
            self.text += " # end\n"
        for name, value in later:
            self.filler()
            self.headed(name, value, path)

    def headed(self, name: str, value: Any, path: KeyPath) -> None:
        inside = (*path, name)
        heading = " . ".join(quoted(part) for part in inside if isinstance(part, str))
        if isinstance(value, dict):
            self.note(inside)
            self.text += f"[ {heading} ]\n"
            self.table(value, inside)
            return
        for number, item in enumerate(value):
            self.note(inside)
            self.note((*inside, number))
            self.text += f"[[{heading}]]\n"
            self.table(item, (*inside, number))

    def value(self, value: Any, path: KeyPath) -> None:
        if isinstance(value, dict):
            self.text += "{ "
            for number, (name, item) in enumerate(value.items()):
                self.text += ", " if number else ""
                self.note((*path, name))
                self.text += f"{quoted(name)}="
                self.value(item, (*path, name))
            self.text += " }"
        elif isinstance(value, list):
            self.text += "["
            for number, item in enumerate(value):
                self.text += [" ", "\n", " # ] no end\n"][self.draw(3)]
                self.note((*path, number))
                self.value(item, (*path, number))
                self.text += ","
            self.text += "]"
        elif isinstance(value, bool):
            self.text += str(value).lower()
        elif isinstance(value, str):
            self.text += written_text(value, self.draw(3))
        else:
            self.text += value.isoformat() if hasattr(value, "isoformat") else str(value)


@given(TABLES, st.data())
def test_each_key_is_found_on_the_line_where_it_was_written(content: dict[str, Any], data: st.DataObject) -> None:
    writer = Writer(data)
    writer.table(content, ())
    assert tomllib.loads(writer.text) == content
    assert key_lines(writer.text) == writer.lines


def test_dotted_keys_and_bare_keys() -> None:
    lines = key_lines("a.b = 1\na.'c' = 2\n\n[d.e]\nf = '''\n\n'''\n[d]\ng = { h.i = 1 }\n")
    assert lines == {
        (): 1,
        ("a",): 1,
        ("a", "b"): 1,
        ("a", "c"): 2,
        ("d",): 4,
        ("d", "e"): 4,
        ("d", "e", "f"): 5,
        ("d", "g"): 9,
        ("d", "g", "h"): 9,
        ("d", "g", "h", "i"): 9,
    }


def test_quotation_marks_before_the_closing_ones_belong_to_the_text() -> None:
    lines = key_lines('a = """x"""""\nb = \'\'\'y\'\'\'\'\'\nc = """\\""""\nd = 1\n')
    assert [lines[name,] for name in "abcd"] == [1, 2, 3, 4]


def test_a_missing_key_is_placed_at_the_nearest_table_around_it() -> None:
    lines = key_lines("a = 1\n[[b]]\nc = 2\n")
    assert line_of(lines, ("b", 0, "d", "e")) == 2
    assert line_of(lines, ("z",)) == 1
