"""A mandate as a person reads it, in Danish or English, with an overview of the seats."""

from composition_rules.show.mandates import show_mandate

__all__ = ["show_mandate"]
