"""A canary in every place a secret may be written, and a search through everything that comes out."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.acceptance

CANARY = "kanarienvogel"


def test_no_secret_gets_into_log_output_plan_or_state(workspace):
    """Provider setting, write-only at two depths, ephemeral; at TRACE, with a hook that wants to tell."""
    workspace.write(
        f"""
        variable "secret" {{
          type      = string
          ephemeral = true
          default   = "{CANARY}-variable"
        }}
        ephemeral "shelf_secret" "s" {{
          name = "s"
        }}
        resource "shelf_object" "one" {{
          name      = "one"
          secret_wo = ephemeral.shelf_secret.s.value
          box       = {{ kind = "wood", code_wo = var.secret }}
          pin       = "sensitive-{CANARY[::-1]}"
          behavior  = "reveal"
        }}
        """,
        provider=f'token = "{CANARY}-token"',
    )
    log = workspace.folder / "log.txt"
    done = workspace.run("apply", "-auto-approve", TF_LOG_PROVIDER="trace", TF_LOG_PATH=str(log))
    assert done.code == 0, done.text

    written = log.read_text()
    assert "the secret is out: " in written
    assert "secret=***" in written.replace('"', "")
    assert "the pin is ***" in done.text
    assert workspace.stored()["one"]["seen_secret"] == f"{CANARY}-token-s"

    state = (workspace.folder / "terraform.tfstate").read_text()
    for text in (written, done.text, state):
        assert CANARY not in text
    assert CANARY[::-1] not in written + done.text
    assert json.loads(state)["resources"]


def test_what_the_provider_logs_keeps_its_level_and_fields(workspace):
    """And a stray print becomes a debug line, instead of breaking the handshake."""
    workspace.write('resource "shelf_object" "one" {\n  name = "one"\n  behavior = "print"\n}')
    log = workspace.folder / "log.txt"
    done = workspace.run("apply", "-auto-approve", TF_LOG_PROVIDER="trace", TF_LOG_PATH=str(log))
    assert done.code == 0, done.text

    lines = log.read_text().splitlines()
    assert any(
        "[TRACE]" in line and "rpc=ApplyResourceChange" in line and "type=shelf_object" in line for line in lines
    )
    assert any("a stray line on stdout" in line for line in lines)
    assert any("printed while the provider is loaded" in line for line in lines)
