"""Writes composition_rules/mandate.schema.json anew from the code that reads mandates."""

from __future__ import annotations

import json
from pathlib import Path

from composition_rules.parse.schema import mandate_schema

FILE = Path(__file__).parents[1] / "composition_rules" / "mandate.schema.json"

if __name__ == "__main__":
    FILE.write_text(json.dumps(mandate_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
