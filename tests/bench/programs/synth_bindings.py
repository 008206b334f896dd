"""100 resources of one entry each on our bindings, as many as the floor has. Argument: the output directory.

Nobody has to write this: one resource of ours holds all the entries of a database. It shows what one costs.
"""

import sys

from dflow_bindings import AwsSecurityGroupAllowlist, DflowProvider
from dflow_cdk import cdk

ENTRIES = 100

app = cdk.App(outdir=sys.argv[1])
stack = cdk.TerraformStack(app, "allowlist")
DflowProvider(stack, "dflow")
for number in range(ENTRIES):
    AwsSecurityGroupAllowlist(
        stack,
        f"node-{number:03}",
        security_group_id="sg-0123456789abcdef0",
        owner=f"allowlist/orders-{number:03}",
        database="orders",
        port=5432,
        entries={f"node-{number:03}": {"cidr": f"20.0.0.{number}/32"}},
    )
app.synth()
