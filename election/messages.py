"""One English sentence for each error code. ``N_`` marks it for translation; nothing is translated here."""

from __future__ import annotations

from collections.abc import Mapping


def N_(text: str) -> str:
    """Mark a sentence for the translators' catalogue."""
    return text


SENTENCES: dict[str, str] = {
    # roll
    "roll-unusable": N_("The roll was not imported: {number} faults."),
    "roll-empty": N_("The file is empty. Write a header and one line for each elector."),
    "roll-no-electors": N_("Line {line}: there is nobody below the header. Write one line for each elector."),
    "roll-spreadsheet": N_("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and import that file."),
    "roll-not-text": N_("The file is not readable text. Save the roll as “CSV UTF-8” and import that file."),
    "roll-encoding": N_("Line {line}: the letters cannot be read. Save the roll as “CSV UTF-8” and import that file."),
    "roll-quotation": N_("Line {line}: a quotation mark opens a field that does not end properly. Close or remove it."),
    "roll-unknown-column": N_("Line {line}: the column “{column}” is not known. Known are: {known}."),
    "roll-column-twice": N_("Line {line}: the column “{column}” stands there twice. Keep one of them."),
    "roll-missing-column": N_("Line {line}: the column {column} is missing. Add it to the header."),
    "roll-too-few-fields": N_("Line {line} has {found} fields; the header has {expected}. Add what is missing."),
    "roll-too-many-fields": N_(
        "Line {line} has {found} fields; the header has {expected}. Put a field that contains the separator in"
        " quotation marks."
    ),
    "roll-no-number": N_("Line {line}, {column}: the number is missing. Give each elector a number of their own."),
    "roll-no-name": N_("Line {line}, {column}: the name is missing. Write the elector's name."),
    "roll-no-address": N_(
        "Line {line}, {column}: the address is missing. Write where the card goes; for a protected address, where it"
        " is handed over."
    ),
    "roll-control-character": N_(
        "Line {line}, {column}: there are characters that cannot be printed ({characters}). Remove them."
    ),
    "roll-too-long": N_("Line {line}, {column}: longer than {most} characters. Shorten it."),
    "roll-address-lines": N_("Line {line}, {column}: more than {most} lines. Shorten the address."),
    "roll-number-twice": N_("Line {line}: the number {elector} already stands in line {first}. Correct one of them."),
    "roll-person-twice": N_(
        "Line {line}: {name} with this address already stands in line {first}. Remove one of them, or tell them apart"
        " in the name."
    ),
    # verify
    "verification-failed": N_("Step {step}: {reason}"),
}


def sentence(code: str, params: Mapping[str, str | int]) -> str:
    """The English sentence of ``code``, filled in."""
    return SENTENCES[code].format(**params)
