"""`dflow_aws_security_group_allowlist`: a database's entries among the inbound rules of a security group."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.allowlists.aws_security_group_schema import SCHEMA

if TYPE_CHECKING:
    from dflow_provider.schema import Schema


class AwsSecurityGroupAllowlist:
    """A database's entries among the inbound rules of a security group."""

    schema: ClassVar[Schema] = SCHEMA

    def __init__(self, backend: object) -> None:
        self._backend = backend
