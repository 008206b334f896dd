"""100 entries of one security group, which the vendor's own provider keeps. Argument: the directory to synthesize into.

The program of `synth_constructs.py` with another manager: one block of rules goes through a table of 100 entries.
"""

import sys

from dflow_constructs import (
    App,
    AppService,
    AwsSecurityGroup,
    Builder,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Manager,
    Secret,
)

ENTRIES = 100

app = App(outdir=sys.argv[1])
stack = DflowStack(app, "allowlist")
orders = ExternalDatabase(
    stack,
    "orders",
    engine=Engine.POSTGRES,
    host="orders.abc.eu-central-1.rds.amazonaws.com",
    database="orders",
    username="shop",
    password=Secret.from_environment("ORDERS_PASSWORD"),
    allowlist=AwsSecurityGroup(
        "sg-0123456789abcdef0", region="eu-central-1", entry_quota=ENTRIES, manager=Manager.OFFICIAL
    ),
)
production = Environment(
    stack,
    "prod",
    application="shop",
    worker_nodes=["fra-1"],
    egress={f"node-{number:03}": f"20.0.0.{number}" for number in range(1, ENTRIES)},
)
web = AppService(production, "web", source=GitHub("acme/shop", branch="main"), builder=Builder.RAILPACK, port=3000)
web.connect_to(orders)
app.synth()
