"""What plans do to variables, in names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.reading import read_plans
from dflow_review.review import VariableChange
from dflow_review.variables import variables_of

if TYPE_CHECKING:
    from pathlib import Path

WEB = {"id": "s-1", "name": "shop-web"}


def _values(variables: dict[str, Any] | None = None, secrets: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "id": "s-1",
        "service_id": "s-1",
        "variables": variables,
        "secret_variable_names": [*secrets],
        "secret_variables_wo_version": "1",
        "secret_variables_changed": [],
        **more,
    }


def _change(address: str, before: Any, after: Any, unknown: Any = None, sensitive: Any = None) -> dict[str, Any]:
    actions = ["create"] if before is None else ["delete"] if after is None else ["update"]
    return {
        "address": address,
        "mode": "managed",
        "type": address.split(".", maxsplit=1)[0],
        "change": {
            "actions": ["no-op"] if before == after else actions,
            "before": before,
            "after": after,
            "after_unknown": unknown or {},
            "before_sensitive": sensitive or {},
            "after_sensitive": sensitive or {},
        },
    }


def _read(tmp_path: Path, *changes: dict[str, Any]) -> tuple[VariableChange, ...]:
    file = tmp_path / "plan.json"
    service = _change("dflow_app_service.web", WEB, WEB)
    file.write_text(json.dumps({"format_version": "1.2", "resource_changes": [service, *changes]}))
    return variables_of(read_plans([file]))


A = "dflow_service_variables.a"


def test_names_that_come_change_and_go_are_told_apart(tmp_path: Path) -> None:
    before = _values({"STAYS": "1", "CHANGES": "1", "GOES": "1"})
    after = _values({"STAYS": "1", "CHANGES": "2", "COMES": "1"})
    assert _read(tmp_path, _change(A, before, after)) == (
        VariableChange("shop-web", added=("COMES",), changed=("CHANGES",), removed=("GOES",)),
    )


def test_a_service_without_a_change_is_left_out(tmp_path: Path) -> None:
    assert _read(tmp_path, _change(A, _values({"A": "1"}), _values({"A": "1"}))) == ()


def test_secrets_are_marked_and_change_with_their_version(tmp_path: Path) -> None:
    before = _values(secrets=("KEY", "OLD"))
    after = _values(secrets=("KEY", "NEW"), secret_variables_wo_version="2")
    assert _read(tmp_path, _change(A, before, after)) == (
        VariableChange("shop-web", added=("NEW",), changed=("KEY",), removed=("OLD",), secret=("KEY", "NEW", "OLD")),
    )


def test_a_secret_of_the_same_version_stays(tmp_path: Path) -> None:
    before, after = _values({"A": "1"}, ("KEY",)), _values({"A": "2"}, ("KEY",))
    assert _read(tmp_path, _change(A, before, after)) == (VariableChange("shop-web", changed=("A",)),)


def test_a_secret_that_was_changed_by_hand_is_changed_back(tmp_path: Path) -> None:
    before, after = _values(secrets=("KEY",), secret_variables_changed=["KEY"]), _values(secrets=("KEY",))
    assert _read(tmp_path, _change(A, before, after)) == (
        VariableChange("shop-web", changed=("KEY",), secret=("KEY",)),
    )


def test_a_value_that_becomes_a_secret_is_a_change(tmp_path: Path) -> None:
    (change,) = _read(tmp_path, _change(A, _values({"KEY": "1"}), _values(secrets=("KEY",))))
    assert change == VariableChange("shop-web", changed=("KEY",), secret=("KEY",))


def test_a_value_known_after_apply_counts_as_another(tmp_path: Path) -> None:
    after = _values({"A": None})
    (change,) = _read(tmp_path, _change(A, _values({"A": "1"}), after, unknown={"variables": {"A": True}}))
    assert change.changed == ("A",)


def test_hidden_values_are_secrets_and_never_shown(tmp_path: Path) -> None:
    hidden = {"variables": {"KEY": True}}
    changes = _read(tmp_path, _change(A, _values({"KEY": "s3cret"}), _values({"KEY": "s3cret2"}), sensitive=hidden))
    assert changes == (VariableChange("shop-web", changed=("KEY",), secret=("KEY",)),)
    assert "s3cret" not in repr(changes)


def test_a_name_that_moves_from_one_resource_to_another_changes(tmp_path: Path) -> None:
    changes = _read(
        tmp_path,
        _change(A, _values({"A": "1"}), None),
        _change("dflow_service_variables.b", None, _values({"A": "1"})),
    )
    assert changes == (VariableChange("shop-web", changed=("A",)),)


@pytest.mark.parametrize("service", [None, "elsewhere"])
def test_variables_of_a_service_elsewhere_go_by_their_resource(tmp_path: Path, service: str | None) -> None:
    (change,) = _read(tmp_path, _change(A, None, _values({"A": "1"}, service_id=service)))
    assert change.service == A
