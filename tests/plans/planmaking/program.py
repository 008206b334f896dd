"""A program with a database behind every list that the vendors' own providers keep, for `rendered.py`.

RENDERED_NODES names the nodes of its Environment, RENDERED_OPEN is set if two lists are to let in everybody.
"""

from __future__ import annotations

import importlib
import inspect
import os
from typing import TYPE_CHECKING

from dflow_constructs import (
    App,
    AppService,
    AwsSecurityGroup,
    AzureSql,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    LockOut,
    Manager,
    OpenToWorld,
    Secret,
)
from dflow_vendors import all_vendors

if TYPE_CHECKING:
    from dflow_vendors import Vendor

ADDRESSES = {"fra-1": "18.195.4.7", "fra-2": "3.121.8.20", "fra-3": "52.28.9.30"}
DYNAMIC = ("elastic_cloud", "hetzner_firewall")
"""They are rendered with dynamic blocks, which a stand-in has not."""


def main() -> None:
    """Synthesize the stack."""
    app = App()
    stack = DflowStack(app, "shop")
    environment = Environment(stack, "production", application="shop", worker_nodes=["fra-1"])
    for node in os.environ["RENDERED_NODES"].split(","):
        environment.add_egress(node, ADDRESSES[node])
    web = AppService(environment, "web", source=GitHub("acme/shop", branch="main"))
    if os.environ.get("RENDERED_OPEN"):
        word = OpenToWorld("load test until Friday")
        group = AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL, open_to_world=word)
        server = AzureSql("shop", "orders", UUID, manager=Manager.OFFICIAL, open_to_world=word)
        _connect(web, stack, "clicks", group, engine=Engine.CLICKHOUSE, port=80)
        _connect(web, stack, "orders", server)
    else:
        for vendor in all_vendors():
            if vendor.official and vendor.key not in DYNAMIC:
                _connect(web, stack, vendor.key.replace("_", "-"), _list(vendor))
    app.synth()


UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def _connect(web: AppService, stack: DflowStack, name: str, allowlist: object, **options: object) -> None:
    database = ExternalDatabase(
        stack,
        name,
        **{"engine": Engine.POSTGRES, "host": f"{name}.example.com", "username": "shop", **options},
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=allowlist,
    )
    web.connect_to(database, variable=f"{name.upper().replace('-', '_')}_URL")


def _list(vendor: Vendor) -> object:
    module = importlib.import_module(f"dflow_constructs.allowlists.{vendor.key}")
    (kind,) = [each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == module.__name__]
    locators = (*vendor.official[0].fields, *(vendor.owned.locators if vendor.owned else ()))
    fields = {locator.name: locator.example for locator in locators}
    words = {"allow_first": LockOut("a new database"), "allow_empty": OpenToWorld("nothing in it")}
    return kind(**fields, manager=Manager.OFFICIAL, **words)


if __name__ == "__main__":
    main()
