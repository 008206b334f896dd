"""`dflow_aws_security_group_allowlist`: a database's entries among the inbound rules of a security group.

Every provider process loads this module, and most never touch a security group: what the hooks need comes with their
first call.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.allowlists.aws_security_group_schema import SCHEMA
from dflow_provider.importing import IMPORTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.allowlists.aws_security_group_life import SecurityGroupLife
    from dflow_provider.schema import Call, Path, Report, Schema, Values


class AwsSecurityGroupAllowlist:
    """A database's entries among the inbound rules of a security group.

    Credentials, region and endpoint come from the process's `AWS_*` variables, as for every AWS tool.
    """

    schema: ClassVar[Schema] = SCHEMA

    def __init__(self, backend: object) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse entries that must never be let in."""
        with IMPORTING:
            from dflow_provider.allowlists.aws_security_group_state import refuse_entries  # noqa: PLC0415 (as above)

        refuse_entries(config, report)

    def plan_change(
        self,
        prior: Values | None,
        planned: Values,
        config: Values,  # noqa: ARG002 (the hook's signature)
        call: Call,
    ) -> Sequence[Path]:
        """Refuse what would fail at apply: entries that must not be let in, a missing group, more rules than fit."""
        return self._life.plan_change(prior, planned, call)

    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (the hook's signature)
        """Add the entries; what this owner has there already, after a crash for example, is taken over."""
        return self._life.create(plan, call)

    def read(self, state: Values, call: Call) -> Values | None:  # noqa: ARG002 (the hook's signature)
        """Compare the entries with the group's rules; gone is only a group that is gone."""
        return self._life.read(state)

    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (the hook's signature)
        """Add what is new, then remove what is not wanted any more; on another port, all of it anew."""
        return self._life.update(prior, plan, call)

    def delete(self, state: Values, call: Call) -> None:
        """Remove the owner's rules, and only its mark from those that others share."""
        self._life.delete(state, call)

    def import_state(self, import_id: str, call: Call) -> Values:  # noqa: ARG002 (the hook's signature)
        """Find an owner's rules in a group by `[<region>/]<security group id>/<owner>[@<port>]`."""
        return self._life.import_state(import_id)

    @cached_property
    def _life(self) -> SecurityGroupLife:
        with IMPORTING:
            from dflow_provider.allowlists.aws_security_group_life import SecurityGroupLife  # noqa: PLC0415 (as above)

        return SecurityGroupLife()
