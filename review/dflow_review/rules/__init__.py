"""What can be wrong with a plan: each rule is data, and a function beside it."""

from dflow_review.rules.every_rule import RULES

__all__ = ["RULES"]
