"""Every command starts several providers in turn: what one imports before its handshake counts as often."""

import subprocess
import sys


def test_nothing_is_imported_before_the_handshake_that_it_does_not_need():
    """Each of these costs a start between 2 and 30 ms."""
    code = """
import sys
import dflow_provider.plugin.main
import dflow_provider.plugin.kept_answers
import dflow_provider.plugin.serving
import dflow_provider.plugin.stdout
import dflow_provider.plugin.http2.server
import dflow_provider.plugin.http2.tls

costly = {"typing", "dataclasses", "inspect", "pathlib", "json", "grpc", "google", "msgpack", "subprocess", "argparse"}
print(sorted(costly & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
