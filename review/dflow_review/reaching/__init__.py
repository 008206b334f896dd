"""From plans to who can reach which database."""

from dflow_review.reaching.reached import reach_of

__all__ = ["reach_of"]
