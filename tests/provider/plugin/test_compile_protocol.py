"""The compiled protocol is that of the file beside it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dflow_provider.plugin import messages
from dflow_provider.plugin.compile_protocol import FOLDER, compile_into


def test_compiling_again_changes_nothing(tmp_path):
    """Descriptor and stubs."""
    pytest.importorskip("grpc_tools")
    compile_into(tmp_path)

    for name in ("descriptor.py", "tfplugin6_pb2.pyi"):
        assert (tmp_path / name).read_text() == (FOLDER / name).read_text(), name


def test_both_ways_to_make_classes_agree():
    """The fast one is private to protobuf; where it has moved, the slow one must do."""
    code = (
        "from dflow_provider.plugin import messages\n"
        "slow, fast = messages._classes_by_wrapper(), messages.pb\n"
        "made = slow.PlanResourceChange.Request(type_name='x', prior_private=b'y')\n"
        "made.prior_state.msgpack = b'z'\n"
        "raw = made.SerializeToString()\n"
        "assert fast.PlanResourceChange.Request.FromString(raw).SerializeToString() == raw\n"
        "assert vars(slow).keys() == vars(fast).keys()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_slow_way_is_taken_when_the_fast_one_is_gone(monkeypatch):
    """As after an update of protobuf."""
    monkeypatch.setitem(sys.modules, "google._upb", None)

    assert messages._load().Diagnostic(summary="x").summary == "x"
