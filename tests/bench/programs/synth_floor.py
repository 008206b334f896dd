"""100 resources without a class of their own: what the CDK itself costs. Argument: the directory to synthesize into."""

import sys

from cdktf import App, TerraformResource, TerraformStack

ENTRIES = 100

app = App(outdir=sys.argv[1])
stack = TerraformStack(app, "allowlist")
for number in range(ENTRIES):
    TerraformResource(stack, f"node-{number:03}", terraform_resource_type="dflow_aws_security_group_allowlist")
app.synth()
