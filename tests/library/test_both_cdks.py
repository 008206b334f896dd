"""Everything here holds for cdktf and for its successor cdktn."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dflow_cdk import cdk

OTHER = "cdktn" if cdk.__name__ == "cdktf" else "cdktf"


@pytest.mark.skipif("DFLOW_LIBRARY_TESTS_AGAIN" in os.environ, reason="this is the run under the other CDK")
@pytest.mark.skipif(importlib.util.find_spec(OTHER) is None, reason=f"{OTHER} is not installed")
@pytest.mark.slow
def test_the_whole_suite_passes_under_the_other_cdk():
    """The two cannot share a process, so the suite runs once more in one of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(Path(__file__).parent)],
        cwd=Path(__file__).resolve().parents[2],
        env={**environment, "DFLOW_CDK": OTHER, "DFLOW_LIBRARY_TESTS_AGAIN": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]


def test_the_cdk_asked_for_is_the_one_in_use():
    assert cdk.__name__ == os.environ.get("DFLOW_CDK", "cdktf")
