"""Secrets of every store, read by the real Terraform with stand-ins for the providers of the stores."""

from __future__ import annotations

import json
import platform
import re
import secrets
import sys
from typing import TYPE_CHECKING, Any

import pytest
from dflow_acceptance import secret_store
from dflow_acceptance.leaks import leaks
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.workspace import PLUGINS, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_acceptance.place import Place
    from dflow_acceptance.run import Run
    from dflow_acceptance.workspace import Workspace

pytestmark = pytest.mark.slow

PROGRAM = """
import os

from dflow_constructs import (
    App, AppService, Attached, DflowStack, Engine, Environment, ExternalDatabase, GitHub, NoAllowlist, OnePasswordField,
    Secret,
)

number = os.environ["NUMBER"]
vault = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop"
stored = {
    "AWS": Secret.from_aws_secrets_manager("shop/orders", key="password", stored_version=f"v{number}"),
    "AWS_TEXT": Secret.from_aws_secrets_manager("shop/text", region="eu-west-1", version=number),
    "SSM": Secret.from_aws_ssm("arn:aws:ssm:eu-central-1:123456789012:parameter/shop/orders", version=number),
    "GOOGLE": Secret.from_google_secret_manager("orders", project="shop-1", key="password", stored_version=number),
    "GOOGLE_LATEST": Secret.from_google_secret_manager("latest", version=number),
    "AZURE": Secret.from_azure_key_vault(vault, "orders", stored_version=f"a{number}"),
    "VAULT": Secret.from_vault("kv", "shop/orders", key="password", stored_version=int(number)),
    "ONEPASSWORD": Secret.from_onepassword("hfnjvi6aymbsnfc2xeeoheizda", title="Orders", version=number),
    "CREDENTIAL": Secret.from_onepassword(
        "hfnjvi6aymbsnfc2xeeoheizda", uuid="u1", field=OnePasswordField.CREDENTIAL, version=number
    ),
}
app = App()
stack = DflowStack(app, "shop")
live = Environment(stack, "live", application="shop", worker_nodes=Attached())
web = AppService(live, "web", source=GitHub("acme/shop", branch="main"))
for name, secret in stored.items():
    web.add_variable(name, secret)
    database = ExternalDatabase(
        stack, name.lower(), engine=Engine.POSTGRES, host="db.example.com", username="shop", password=secret,
        allowlist=NoAllowlist("a tunnel on the node"),
    )
    web.connect_to(database, variable=f"{name}_URL")
app.synth()
"""
NAMES = ("AWS", "AWS_TEXT", "SSM", "GOOGLE", "GOOGLE_LATEST", "AZURE", "VAULT", "ONEPASSWORD", "CREDENTIAL")
VERSIONS = {
    "hashicorp/aws": ("5.100.0", "6.71.0", "7.0.0"),
    "hashicorp/azurerm": ("4.19.0", "5.2.0", "6.0.0"),
    "hashicorp/google": ("6.50.0", "7.9.0", "8.0.0"),
    "hashicorp/vault": ("4.8.0", "5.3.0", "6.0.0"),
    "1Password/onepassword": ("3.1.2", "3.4.0", "4.0.0"),
}
"""Of each provider one that is too old, one to use, and one that nobody can know yet."""


def contents(values: dict[int, dict[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """What the stores hold, version by version; what keeps no versions holds the last."""
    last = values[max(values)]
    vault = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop"
    parameter = "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/orders"
    item = {"vault": "hfnjvi6aymbsnfc2xeeoheizda"}

    def document(name: str, number: int) -> str:
        return json.dumps({"username": "shop", "password": values[number][name]})

    return {
        "aws_secretsmanager_secret_version": [
            *({"secret_id": "shop/orders", "version_id": f"v{n}", "secret_string": document("AWS", n)} for n in values),
            {"secret_id": "shop/text", "region": "eu-west-1", "secret_string": last["AWS_TEXT"]},
        ],
        "aws_ssm_parameter": [{"arn": parameter, "value": last["SSM"]}],
        "google_secret_manager_secret_version": [
            *(
                {"secret": "orders", "project": "shop-1", "version": f"{n}", "secret_data": document("GOOGLE", n)}
                for n in values
            ),
            {"secret": "latest", "secret_data": last["GOOGLE_LATEST"]},
        ],
        "azurerm_key_vault_secret": [
            {"name": "orders", "key_vault_id": vault, "version": f"a{n}", "value": values[n]["AZURE"]} for n in values
        ],
        "vault_kv_secret_v2": [
            {"mount": "kv", "name": "shop/orders", "version": n, "data": {"password": values[n]["VAULT"]}}
            for n in values
        ],
        "onepassword_item": [
            {**item, "title": "Orders", "password": last["ONEPASSWORD"]},
            {**item, "uuid": "u1", "credential": last["CREDENTIAL"]},
        ],
    }


def plugin_directory(directory: Path) -> Path:
    """Make a directory of plugins with three versions of each provider."""
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    for source, versions in VERSIONS.items():
        name = source.partition("/")[2]
        for host in ("registry.terraform.io", "registry.opentofu.org"):
            for version in versions:
                place = directory / host / source / version / f"linux_{architecture}"
                place.mkdir(parents=True)
                program = place / f"terraform-provider-{name}_v{version}"
                program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{secret_store.__file__}" {name}\n')
                program.chmod(0o755)
    return directory


TWICE = ("aws_secretsmanager_secret_version", "google_secret_manager_secret_version", "onepassword_item")
"""Of these the program reads two."""


class Shop:
    """The program's stack, whose output, state and every word that was said are searched afterwards."""

    def __init__(self, directory: Path, settings: dict[str, str]) -> None:
        self.searched = directory / "searched"
        self.searched.mkdir()
        self._store = directory / "stores.json"
        self._program = directory / "program.py"
        self._program.write_text(PROGRAM)
        home = directory / "home"
        home.mkdir()
        mirrors = "".join(
            f'  filesystem_mirror {{\n    path = "{path}"\n  }}\n'
            for path in (PLUGINS, plugin_directory(directory / "plugins"))
        )
        self._environment = clean_environment(
            home,
            {
                **settings,
                **{variable: "not-much-of-a-setting" for each in secret_store.SETTINGS.values() for variable in each},
                secret_store.FILE: str(self._store),
                "TF_LOG": "TRACE",
                "TF_LOG_PATH": str(self.searched / "trace.log"),
            },
        )
        (home / "terraformrc").write_text(f"disable_checkpoint = true\nprovider_installation {{\n{mirrors}}}\n")

    def store(self, stored: dict[str, list[dict[str, Any]]]) -> None:
        self._store.write_text(json.dumps(stored))

    def synthesized(self, number: int) -> Workspace:
        return synthesized(self._program, self.searched, {**self._environment, "NUMBER": str(number)})

    def said(self, run: Run) -> Run:
        (self.searched / f"{len(list(self.searched.glob('*.said')))}.said").write_text(f"{run.stdout}\n{run.stderr}")
        return run


def test_the_secrets_of_every_store_arrive_change_with_their_version_and_stand_nowhere(
    settings: dict[str, str], place: Place, tmp_path: Path
):
    values = {number: {name: f"a/b c%{secrets.token_hex(12)}" for name in NAMES} for number in (1, 2)}

    def expected(number: int) -> dict[str, str]:
        def url(password: str) -> str:
            encoded = password.replace("%", "%25").replace("/", "%2F").replace(" ", "%20")
            return f"postgresql://shop:{encoded}@db.example.com:5432/?sslmode=verify-full"

        plain = values[number]
        return plain | {f"{name}_URL": url(value) for name, value in plain.items()}

    def variables() -> dict[str, str]:
        return place.organisation.variables(place.service("shop-live-web")["id"])

    shop = Shop(tmp_path, settings)
    shop.store(contents({1: values[1]}))
    workspace = shop.synthesized(1)
    lock_file = (workspace.directory / ".terraform.lock.hcl").read_text()
    locked = dict(re.findall(r'provider "[^/]+/([^"]+)" \{\n  version +\= "([^"]+)"', lock_file))
    assert {source.lower(): each[1] for source, each in VERSIONS.items()}.items() <= locked.items()

    shop.said(workspace.applied())
    assert variables() == expected(1)

    shop.store(contents(values))
    unnoticed = shop.said(workspace.plan())
    assert unnoticed.code == 0, str(unnoticed)

    workspace = shop.synthesized(2)
    planned = shop.said(workspace.plan("-out=the.plan"))
    assert list(planned.changes.values()) == ["update"], str(planned)
    shop.said(workspace.terraform("show", "-json", "the.plan"))
    shop.said(workspace.applied("the.plan"))
    assert variables() == expected(2)

    shop.store({kind: [] for kind in contents(values)})
    before = place.picture()
    refused = shop.said(workspace.apply())
    assert sorted(error.detail for error in refused.errors) == sorted(
        words for kind, words in secret_store.MISSING.items() for _ in range(2 if kind in TWICE else 1)
    )
    assert place.picture() == before

    assert "dFlow answered" in (shop.searched / "trace.log").read_text(), "the logs were searched as well"
    everything = [secret for each in values.values() for secret in each.values()]
    assert {secret: found for secret in everything if (found := leaks(secret, shop.searched))} == {}
