"""Makes the plans of this folder anew: `make.py` for all of them, `make.py owned`, `make.py shop owned/neon` for some.

Run it by hand when the provider's schema changes. It takes about five minutes: the real Terraform plans every case with
the real provider, against the sandbox and the stand-ins for the vendors' APIs. README.md says what the cases are.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "acceptance"), str(HERE.parents[1] / "stacks")]

from planmaking.attached import attached_cases  # noqa: E402  # found by the line above
from planmaking.guarded import guarded_cases  # noqa: E402
from planmaking.machine import Machine  # noqa: E402
from planmaking.official import official_cases  # noqa: E402
from planmaking.owned import owned_cases  # noqa: E402
from planmaking.rendered import rendered_cases  # noqa: E402
from planmaking.rules import rule_cases  # noqa: E402
from planmaking.shop import shop_cases  # noqa: E402
from planmaking.situations import situation_cases  # noqa: E402


def main(wanted: list[str]) -> int:
    """Make the cases whose path begins with one of the words, and say which."""
    made = 0
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        machine = Machine(Path(scratch), stack)
        for cases in (
            official_cases,
            guarded_cases,
            attached_cases,
            owned_cases,
            situation_cases,
            shop_cases,
            rendered_cases,
            rule_cases,
        ):
            for name, write in cases(machine):
                if wanted and not any(name == word or name.startswith(f"{word.rstrip('/')}/") for word in wanted):
                    continue
                directory = HERE / name
                shutil.rmtree(directory, ignore_errors=True)
                directory.mkdir(parents=True)
                write(directory)
                made += 1
                print(name, flush=True)
    print(f"{made} cases")
    return 0 if made else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
