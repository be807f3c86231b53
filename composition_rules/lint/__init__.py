"""Whether a mandate is lawful and complete: forbidden, missing, unstated or advisable, with both texts cited.

``docs/statutes.md`` says how a statute is written as data, and what each finding means.
"""

from composition_rules.lint.findings import LintFinding, LintReport, LintState
from composition_rules.lint.mandates import examine, lint
from composition_rules.lint.words import report_lines

__all__ = ["LintFinding", "LintReport", "LintState", "examine", "lint", "report_lines"]
