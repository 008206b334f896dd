"""How the tests of this folder run the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from dflow_cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Ran:
    """What a run of `dflow-cdktf` left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def dflow_cdktf(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `dflow-cdktf` with the given arguments, in this process."""

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
