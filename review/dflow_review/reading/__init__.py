"""From files to plans."""

from dflow_review.reading.files import Form
from dflow_review.reading.plans import read_plans

__all__ = ["Form", "read_plans"]
