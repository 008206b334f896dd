"""What tests of a program ask: who reaches what, which variables a service has, who is let in where.

With `pytest_plugins = ["dflow_constructs.testing.plugin"]` in the `conftest.py` of a project, pytest has the fixture
`dflow_snapshot` besides.
"""

from dflow_constructs.testing.questions import KNOWN_AT_PLAN, allowlist_of, can_reach, variables_of
from dflow_constructs.testing.synthesized import Synthesized, SynthesizedApp, synthesized

__all__ = ["KNOWN_AT_PLAN", "Synthesized", "SynthesizedApp", "allowlist_of", "can_reach", "synthesized", "variables_of"]
