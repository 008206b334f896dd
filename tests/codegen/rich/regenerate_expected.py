"""Writes `expected/` anew from `schema.json`; look at the difference before you commit it.

The files end in `.txt` so that neither tools nor Python take the golden tree for code of the project.
"""

from __future__ import annotations

import json
from pathlib import Path

from dflow_codegen import generate

HERE = Path(__file__).parent

if __name__ == "__main__":
    expected = HERE / "expected"
    expected.mkdir(exist_ok=True)
    for old in expected.glob("*.txt"):
        old.unlink()
    document = json.loads((HERE / "schema.json").read_text())
    for path, text in generate(document, "rich", version="~> 2.0").items():
        (expected / f"{path}.txt").write_text(text)
