"""In which language a command speaks: the sentence of a code, from the catalogue that the whole project shares.

The catalogue lies with the web application, whose translators keep it; here it is only read as a file, so that
nothing of the web is imported. Where it was not compiled (``make setup`` does it), the sentences are English.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from composition_rules.errors import CompositionError, FileError, MandateError
from composition_rules.messages import SENTENCES as COMPOSITION_SENTENCES
from election.commands.messages import SENTENCES as COMMAND_SENTENCES
from election.commands.trustee_words import SENTENCES as TRUSTEE_COMMAND_SENTENCES
from election.errors import CountFileError, CountLineError, ElectionError, VerificationError
from election.messages import SENTENCES as ELECTION_SENTENCES

_SENTENCES: Final = COMPOSITION_SENTENCES | ELECTION_SENTENCES | COMMAND_SENTENCES | TRUSTEE_COMMAND_SENTENCES
_CATALOGUES: Final = Path(__file__).parents[2] / "webvote" / "translations"


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option in which of our two languages a command prints."""
    parser.add_argument("--language", choices=("da", "en"), default="en")


def say(code: str, params: Mapping[str, object], language: str) -> str:
    """The sentence of a code, filled in.

    Raises:
        KeyError: no package knows the code.
    """
    return _catalogue(language).gettext(_SENTENCES[code]).format(**params)


def explain(error: ElectionError | CompositionError, language: str) -> list[str]:
    """What went wrong and how it is mended; of a file every fault, each with its line."""
    if isinstance(error, FileError | CountFileError):
        faults = [line for fault in error.faults for line in explain(fault, language)]
        return [say(error.code, error.params, language), *faults]
    if isinstance(error, CountLineError):
        return [say(error.code, error.params | {"reason": explain(error.cause, language)[0]}, language)]
    if isinstance(error, VerificationError):
        return [_fault_of_record(error, language)]
    reason = say(error.code, _translated(error, language), language)
    if isinstance(error, MandateError):
        place = {"line": error.line, "path": error.path, "reason": reason}
        return [say("fault-at" if error.path else "fault-on-line", place, language)]
    return [reason]


def _fault_of_record(fault: VerificationError, language: str) -> str:
    """A fault of a record in one sentence: where and why."""
    step = say(step_code(fault.name), {}, language)
    if fault.event is not None:
        step = say("step-at-event", {"step": step, "event": fault.event}, language)
    return say("report-fault", {"step": step, "reason": " ".join(explain(fault.cause, language))}, language)


def step_code(step: str) -> str:
    """The code of the sentence that names a step of a verification, such as “6 ballots”."""
    return f"step-{step.partition(' ')[2]}"


def _translated(error: ElectionError | CompositionError, language: str) -> Mapping[str, object]:
    """What a sentence is filled in with; where that is the sentence of another error, in the same language."""
    cause = error.__cause__
    if not isinstance(cause, ElectionError | CompositionError) or error.params.get("reason") != str(cause):
        return error.params
    return error.params | {"reason": " ".join(explain(cause, language))}


@lru_cache(maxsize=4)
def _catalogue(language: str) -> NullTranslations:
    file = _CATALOGUES / language / "LC_MESSAGES" / "messages.mo"
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as compiled:
        return GNUTranslations(compiled)
