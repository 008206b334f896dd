"""EC2 clients, one for each region, made on first use: boto3 takes a third of a second to get going."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final

from dflow_provider import __version__
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

ATTEMPTS: Final = 3
"""How often boto3 sends one request before it gives up: throttling and broken connections pass that quickly."""
CONNECT_TIMEOUT_S: Final = 5
READ_TIMEOUT_S: Final = 30


class Ec2Clients:
    """The EC2 clients of one configured provider; credentials and endpoint come from the usual `AWS_*` variables."""

    def __init__(self) -> None:
        self._building = threading.Lock()
        self._by_region: dict[str, EC2Client] = {}

    def client(self, region: str) -> EC2Client:
        """Return the client of a region; it may be used by many threads at a time.

        Raises:
            ProviderError: boto3 is not installed, or the AWS configuration cannot be used.
        """
        with self._building:  # building clients of one session is not safe in threads, using them is
            if region not in self._by_region:
                self._by_region[region] = _build(region)
            return self._by_region[region]


def region_of(configured: str | None) -> str:
    """Return the region to use: the configured one, else AWS_REGION, else AWS_DEFAULT_REGION.

    Raises:
        ProviderError: none of them is set.
    """
    for region in (configured, os.environ.get("AWS_REGION"), os.environ.get("AWS_DEFAULT_REGION")):
        if region:
            return region
    raise ProviderError(
        "AWS region is missing",
        "A security group belongs to a region, and none is given. Set `region` on the allowlist, or the environment "
        "variable AWS_REGION or AWS_DEFAULT_REGION.",
        ("region",),
    )


def _build(region: str) -> EC2Client:
    try:
        with IMPORTING:
            import boto3  # noqa: PLC0415 (slow, and only needed once an allowlist at AWS is read)
            from botocore.config import Config  # noqa: PLC0415 (as above)
            from botocore.exceptions import BotoCoreError  # noqa: PLC0415 (as above)
    except ModuleNotFoundError as missing:
        raise ProviderError(
            "boto3 is not installed",
            f"Security groups are managed with boto3, and the Python that runs the dflow provider has no module "
            f"{missing.name}. Install it there: pip install 'dflow-cdktf[aws]'.",
        ) from missing
    try:
        return boto3.session.Session().client(
            "ec2",
            region_name=region,
            config=Config(
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                connect_timeout=CONNECT_TIMEOUT_S,
                read_timeout=READ_TIMEOUT_S,
                user_agent_extra=f"dflow-cdktf/{__version__}",
            ),
        )
    except (BotoCoreError, ValueError) as problem:
        raise ProviderError(
            "AWS configuration cannot be used",
            f"boto3 refuses to make a client for EC2 in region {region!r}: {problem}. Check the region and the "
            f"variables AWS_PROFILE, AWS_CONFIG_FILE and AWS_ENDPOINT_URL_EC2.",
        ) from problem
