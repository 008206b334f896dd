"""Reading everything a reviewer names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_review.collection import paused_collection
from dflow_review.errors import ReviewError
from dflow_review.reading.baseline import compared
from dflow_review.reading.document import nested_too_deeply, parse
from dflow_review.reading.files import Form, inputs
from dflow_review.reading.plan_json import looks_like_plan, plan_from
from dflow_review.reading.synthesized import looks_synthesized, plan_of_program

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dflow_review.plan import Plan
    from dflow_review.reading.files import Input


def read_plans(
    paths: Iterable[str | Path], *, form: Form = Form.PLAN, base: Iterable[str | Path] = ()
) -> tuple[Plan, ...]:
    """Read plans, one for each file.

    Args:
        paths: of files with the JSON of a plan, or with synthesized Terraform JSON; of directories of cdktf, whose
            stacks are read; `-` for the standard input.
        form: what is read in directories. What a file holds is seen from its content.
        base: what the first are compared with, in the same ways: the change is then from what the base leads to, to
            what the first lead to, whatever either finds in place.

    Raises:
        ReviewError: a file is not there, or is nothing that can be reviewed.
    """
    with paused_collection():
        plans = tuple(_plan(each) for each in inputs(paths, form))
        before = tuple(base)
        return compared(plans, tuple(_plan(each) for each in inputs(before, form))) if before else plans


def _plan(source: Input) -> Plan:
    try:
        return _read(source)
    except RecursionError:
        raise nested_too_deeply(source.where) from None


def _read(source: Input) -> Plan:
    document = parse(source.read(), source.where)
    if looks_like_plan(document.content):
        return plan_from(document, source.name, source.where)
    if looks_synthesized(document.content):
        return plan_of_program(document, source.name, source.where)
    raise ReviewError(
        "not a plan",
        f"{source.where} has neither planned changes nor resources. Write the plan with "
        "`terraform show -json PLANFILE > plan.json`, or tofu in place of terraform.",
    )
