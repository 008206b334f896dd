"""What `cdktf deploy` runs for the company: `cdktf synth --app "python stacks/company_main.py"`.

COMPANY_SECURITY_GROUP names the security group that guards the database, COMPANY_NODES the Worker Nodes of shop-live,
shop-test and billing-live (`fra-1,fra-2,fra-3` unless set), AWS_REGION the region, COMPANY_STATE_BUCKET the bucket of
the states (files unless set), COMPANY_STATE_ENDPOINT where that is, if not at AWS, and DFLOW_STACKS the stacks to
build (all unless set).
"""

from __future__ import annotations

import os
import sys

from company import Company, Surroundings
from dflow_constructs import App, ConfigurationError, S3State


def main() -> None:
    """Synthesize the stacks."""
    group = os.environ.get("COMPANY_SECURITY_GROUP", "")
    if not group:
        sys.exit("COMPANY_SECURITY_GROUP is not set: name the security group that guards the database, sg-…")
    nodes = [name.strip() for name in os.environ.get("COMPANY_NODES", "fra-1,fra-2,fra-3").split(",")]
    if len(nodes) != 3:
        sys.exit(f"COMPANY_NODES names {len(nodes)} Worker Nodes: give three, with commas between them")
    bucket = os.environ.get("COMPANY_STATE_BUCKET")
    region = os.environ.get("AWS_REGION") or None
    surroundings = Surroundings(
        security_group_id=group,
        region=region,
        nodes=(nodes[0], nodes[1], nodes[2]),
        state=S3State(
            bucket=bucket,
            region=region,
            prefix="company/",
            endpoint=os.environ.get("COMPANY_STATE_ENDPOINT") or None,
        )
        if bucket
        else None,
    )

    app = App()
    try:
        Company(app, surroundings).build()
    except ConfigurationError as problem:
        sys.exit(str(problem))
    app.synth()


if __name__ == "__main__":
    main()
