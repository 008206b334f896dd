"""A bucket at the sandbox's AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from dflow_sandbox import Sandbox


def new_bucket(sandbox: Sandbox, name: str) -> Any:
    """Make one and return the client that made it."""
    settings = sandbox.environment()
    client = boto3.client(
        "s3",
        endpoint_url=sandbox.aws_endpoint,
        region_name=sandbox.region,
        aws_access_key_id=settings["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=settings["AWS_SECRET_ACCESS_KEY"],
    )
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": sandbox.region})
    return client
