"""Writes composition_rules/*.schema.json anew from the code that reads mandates and councils."""

from __future__ import annotations

import json
from pathlib import Path

from composition_rules.parse.schema import council_schema, mandate_schema

FOLDER = Path(__file__).parents[1] / "composition_rules"

if __name__ == "__main__":
    for name, schema in (("mandate", mandate_schema()), ("council", council_schema())):
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")
