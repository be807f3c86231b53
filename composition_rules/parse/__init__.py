"""Strict TOML → ``Mandate`` or ``CouncilFile``: unknown keys refused, every fault at once, nothing half-parsed.

What the files mean is described in ``docs/mandates.md`` and ``docs/councils.md``. Whether a mandate is lawful is left
to others.
"""

from composition_rules.parse.councils import COUNCIL_LANGUAGE, CouncilFile, parse_council
from composition_rules.parse.mandates import LANGUAGE, parse_mandate
from composition_rules.parse.people import Candidacy

__all__ = ["COUNCIL_LANGUAGE", "LANGUAGE", "Candidacy", "CouncilFile", "parse_council", "parse_mandate"]
