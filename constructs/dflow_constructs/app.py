"""The root of a program."""

from __future__ import annotations

from dflow_cdk import cdk

App = cdk.App
"""The CDK's own `App`, of cdktf or cdktn, whichever the program uses."""
