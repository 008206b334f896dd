"""Log lines Terraform can read, without secrets."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from dflow_provider.log import Level, level_from

SCRIPT = """
from dflow_provider import log
log.mask("hunter22"); log.mask('sl/ash"quote'); log.mask("abc")
log.trace("t"); log.debug("d"); log.info("i"); log.warn("w")
log.error("the password hunter22 is abc", url="https://u:sl%2Fash%22quote@h", body='{"p": "sl/ash\\\\"quote"}',
          parts=["x", {"hunter22": "hunter22!"}], number=5, nothing=None, raised=ValueError("hunter22"))
try:
    1 / 0
except ZeroDivisionError as error:
    log.exception("failed", error)
"""


def lines(**environment):
    """Run the script and return its log, parsed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**kept, **environment}, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize(
    ("environment", "level"),
    [
        ({}, Level.OFF),
        ({"TF_LOG": "debug"}, Level.DEBUG),
        ({"TF_LOG": "json"}, Level.TRACE),
        ({"TF_LOG": "ERROR", "TF_LOG_PROVIDER": "info"}, Level.INFO),
        ({"TF_LOG": "", "TF_LOG_PROVIDER": "off"}, Level.OFF),
    ],
)
def test_the_level_is_terraforms(environment, level):
    """The provider's own variable before the general one; an unknown word means everything."""
    assert level_from(environment) is level


def test_nothing_is_written_unless_asked_for():
    """The usual case."""
    assert lines() == []


def test_lines_below_the_level_are_not_written():
    """Warnings and errors only."""
    assert [line["@level"] for line in lines(TF_LOG="warn")] == ["warn", "error", "error"]


def test_lines_have_the_fields_terraform_reads():
    """All of them strings, with a time of microseconds."""
    found = lines(TF_LOG="trace")

    assert [line["@level"] for line in found] == ["trace", "debug", "info", "warn", "error", "error"]
    for line in found:
        assert isinstance(line["@message"], str)
        assert line["@module"] == "dflow"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line["@timestamp"])
    assert "ZeroDivisionError" in found[-1]["traceback"]


def test_a_secret_is_masked_in_every_spelling_and_everywhere():
    """In message, fields, keys and errors; as it is, percent-encoded and inside JSON. Three letters are too common."""
    error = lines(TF_LOG="error")[0]

    assert error["@message"] == "the password *** is abc"
    assert error["url"] == "https://u:***@h"
    assert error["body"] == '{"p": "***"}'
    assert error["parts"] == ["x", {"***": "***!"}]
    assert error["raised"] == "***"
    assert (error["number"], error["nothing"]) == (5, None)
