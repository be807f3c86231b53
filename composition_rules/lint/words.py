"""The words around the findings of a linted mandate, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from composition_rules.lint.findings import LintFinding, LintReport, LintState
from composition_rules.mandate import Clause, Text

_STATES: Final = {
    LintState.FORBIDDEN: Text(da="IKKE TILLADT", en="FORBIDDEN"),
    LintState.MISSING: Text(da="MANGLER", en="MISSING"),
    LintState.UNSTATED: Text(da="IKKE ANGIVET", en="UNSTATED"),
    LintState.ADVISABLE: Text(da="TILRÅDELIGT", en="ADVISABLE"),
}
_LAW: Final = Text(da="Loven", en="Statute")
_MANDATE: Final = Text(da="Kommissoriet", en="Mandate")
_LINE: Final = Text(da="linje", en="line")
_LINES: Final = Text(da="linje", en="lines")
_WORD_FOR_WORD: Final = Text(da="”{}”", en="“{}”")


def report_lines(report: LintReport, say: Callable[[LintFinding], str], language: str) -> Iterator[str]:
    """Each finding with the words it rests on, then how many there are; ``say`` gives the sentence of a finding."""
    for finding in report.findings:
        yield f"{_STATES[finding.state].in_language(language)}: {say(finding)}"
        if finding.statute_clause is not None:
            yield _quoted(_LAW, finding.statute_clause, language)
        yield _quoted(_MANDATE, finding.clause, language)
    counted = Counter(finding.state for finding in report.findings)
    yield ", ".join(f"{words.in_language(language)}: {counted[state]}" for state, words in _STATES.items())
    held, met = len(report.held), len(report.met)
    yield Text(
        da=f"Regler i lov, der er holdt op mod: {held}; heraf uden anmærkning: {met}",
        en=f"Rules of statutes held against: {held}; of these without a finding: {met}",
    ).in_language(language)


def _quoted(whose: Text, clause: Clause, language: str) -> str:
    one = clause.first_line == clause.last_line
    span = str(clause.first_line) if one else f"{clause.first_line}–{clause.last_line}"
    where = (_LINE if one else _LINES).in_language(language)
    words = _WORD_FOR_WORD.in_language(language).format(" ".join(clause.text.split()))
    return f"  {whose.in_language(language)}: {clause.source.title}, {where} {span}: {words}"
