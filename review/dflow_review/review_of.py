"""The whole way from plans to a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_review.acknowledgements import acknowledge
from dflow_review.finding import Subject
from dflow_review.reaching import reach_of
from dflow_review.review import Review
from dflow_review.run_rules import run_rules
from dflow_review.variables import variables_of

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dflow_review.plan import Plan


def review_of(plans: tuple[Plan, ...], *, acknowledgements: Path | None, today: dt.date) -> Review:
    """Review plans.

    Args:
        plans: which.
        acknowledgements: the file of findings that somebody has accepted; nothing if there is none.
        today: the day by which entries and acknowledgements end.

    Raises:
        ReviewError: the file of acknowledgements cannot be read.
    """
    reach = reach_of(plans)
    findings = run_rules(Subject(plans, reach, today))
    return Review(plans, reach, acknowledge(findings, acknowledgements, today), variables_of(plans))
