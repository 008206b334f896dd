"""An organisation's stacks with our constructs. Arguments: the directory to synthesize into, and how many stacks.

Every stack is an Environment with 20 Services: 18 App Services that connect to a cache of the Environment and to a
database that all stacks share, the cache, and a Docker Service without variables. Three stacks make an Application.
"""

import sys

from dflow_constructs import (
    App,
    Application,
    AppService,
    AwsSecurityGroup,
    DatabaseService,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Secret,
)

STAGES = ("live", "test", "dev")

app = App(outdir=sys.argv[1])
shared = DflowStack(app, "shared")
orders = ExternalDatabase(
    shared,
    "orders",
    engine=Engine.POSTGRES,
    host="orders.abc.eu-central-1.rds.amazonaws.com",
    database="orders",
    username="shop",
    password=Secret.from_environment("ORDERS_PASSWORD"),
    allowlist=AwsSecurityGroup("sg-0123456789abcdef0", region="eu-central-1"),
)
for number in range(int(sys.argv[2])):
    application = Application(f"app{number // 3:02}")
    stage = STAGES[number % 3]
    stack = DflowStack(app, f"{application.name}-{stage}")
    environment = Environment(stack, stage, application=application, worker_nodes=[f"node-{number:03}"])
    cache = DatabaseService(environment, "cache", engine=Engine.REDIS)
    DockerService(environment, "proxy", image="ghcr.io/acme/proxy:1")
    for service in range(18):
        web = AppService(environment, f"web{service:02}", source=GitHub("acme/shop", branch="main"))
        web.connect_to(cache)
        web.connect_to(orders)
app.synth()
