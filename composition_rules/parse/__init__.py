"""Strict TOML → ``Mandate``: unknown keys refused, every fault of the file at once, nothing half-parsed.

What the language means is described in ``docs/mandates.md``. Whether a mandate is lawful is left to others.
"""

from composition_rules.parse.mandates import LANGUAGE, parse_mandate

__all__ = ["LANGUAGE", "parse_mandate"]
