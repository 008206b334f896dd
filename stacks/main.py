"""What `cdktf deploy` runs: the stack `shop`, with what differs from place to place taken from the environment.

QUICKSTART_SECURITY_GROUP names the security group that guards the database, QUICKSTART_ENVIRONMENTS the Environments to
build (`production,staging` unless set), AWS_REGION the region.
"""

from __future__ import annotations

import os
import sys

from dflow_constructs import App, ConfigurationError
from quickstart import WORKER_NODES, quickstart


def main() -> None:
    """Synthesize the stack."""
    security_group_id = os.environ.get("QUICKSTART_SECURITY_GROUP", "")
    if not security_group_id:
        sys.exit("QUICKSTART_SECURITY_GROUP is not set: name the security group that guards the database, sg-…")
    names = [name.strip() for name in os.environ.get("QUICKSTART_ENVIRONMENTS", "production,staging").split(",")]
    unknown = sorted(set(names) - set(WORKER_NODES))
    if unknown:
        sys.exit(f"QUICKSTART_ENVIRONMENTS names {', '.join(unknown)}: choose from {', '.join(WORKER_NODES)}")

    app = App()
    try:
        quickstart(
            app, security_group_id=security_group_id, region=os.environ.get("AWS_REGION") or None, environments=names
        )
    except ConfigurationError as problem:
        sys.exit(str(problem))
    app.synth()


if __name__ == "__main__":
    main()
