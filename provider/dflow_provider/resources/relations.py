"""From a relation that dFlow refused to the attribute it stands in and to what the id really is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import Refused
from dflow_provider.resources.explaining import explained
from dflow_provider.resources.service_life import not_an

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.schema import Path, ProviderError, Value, Values


@dataclass(frozen=True)
class Relation:
    """An attribute that holds the id, or ids, of documents of one kind."""

    kind: str
    path: Path


@contextmanager
def naming_wrong_ids(
    dflow: ControlPlane, plan: Values, relations: Mapping[str, Relation], paths: Mapping[str, Path]
) -> Iterator[None]:
    """Turn a refusal of dFlow's into an error for Terraform that says what a wrong id is instead.

    Args:
        dflow: the control plane.
        plan: has the ids that are sent.
        relations: which attribute stands for which of dFlow's relations.
        paths: the same for all its fields.
    """
    try:
        yield
    except Refused as error:
        raise _refused(dflow, error, plan, relations, paths) from error


def _refused(
    dflow: ControlPlane, error: Refused, plan: Values, relations: Mapping[str, Relation], paths: Mapping[str, Path]
) -> ProviderError:
    for problem in error.problems:
        relation = relations.get(problem.path)
        if relation is None:
            continue
        for document_id in _ids(plan, relation.path):
            identity = dflow.identify(document_id)
            if identity is None or identity.kind != relation.kind:
                return not_an(dflow, relation.kind, document_id, relation.path)
    return explained(error, paths)


def _ids(plan: Values, path: Path) -> list[str]:
    value: Value = plan
    for step in path:
        value = value.get(step) if isinstance(value, dict) and isinstance(step, str) else None
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]
