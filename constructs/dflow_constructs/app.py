"""The root of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_cdk import cdk
from dflow_constructs.tenant_names import stacks_under

if TYPE_CHECKING:
    from dflow_constructs.connection import Connection


class App(cdk.App):
    """The CDK's own `App`, of cdktf or cdktn, whichever the program uses, which also knows who reaches what."""

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Who reaches which database, in every stack, in the order of the program."""
        return tuple(connection for stack in stacks_under(self) for connection in stack.connections)
