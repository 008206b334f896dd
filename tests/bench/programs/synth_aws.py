"""100 rules of one security group on the prebuilt AWS bindings. Argument: the directory to synthesize into."""

import sys

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

ENTRIES = 100

app = App(outdir=sys.argv[1])
stack = TerraformStack(app, "allowlist")
AwsProvider(stack, "aws", region="eu-central-1")
for number in range(ENTRIES):
    VpcSecurityGroupIngressRule(
        stack,
        f"node-{number:03}",
        security_group_id="sg-0123456789abcdef0",
        ip_protocol="tcp",
        from_port=5432,
        to_port=5432,
        cidr_ipv4=f"20.0.0.{number}/32",
        description=f"node-{number:03} to orders, of allowlist/orders",
    )
app.synth()
