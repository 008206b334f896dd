"""Which files a path stands for."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from dflow_review.errors import ReviewError
from dflow_review.reading import Form, read_plans

if TYPE_CHECKING:
    from pathlib import Path

SYNTHESIZED = '{"terraform": {}, "resource": {}}'


def test_a_file_gives_its_name_to_its_plan(plan_file) -> None:
    assert read_plans([plan_file(name="orders.json")])[0].name == "orders"
    assert read_plans([plan_file(name="orders.tfplan.json")])[0].name == "orders"


def test_a_plan_in_a_stack_s_directory_is_called_like_the_stack(plan_file) -> None:
    assert read_plans([plan_file(name="stacks/shop/plan.json")])[0].name == "shop"


def test_plans_of_one_name_are_told_apart_by_their_paths(plan_file) -> None:
    files = [plan_file(name=f"{each}/orders.json") for each in "ab"]
    assert [each.name for each in read_plans(files)] == [file.as_posix() for file in files]


def test_the_same_file_twice_is_one_plan(plan_file) -> None:
    file = plan_file()
    assert len(read_plans([file, file])) == 1


def test_a_directory_of_cdktf_is_all_of_its_stacks(plan_file, tmp_path: Path) -> None:
    for stack in ("shop", "blog"):
        plan_file(name=f"cdktf.out/stacks/{stack}/plan.json")
        (tmp_path / "cdktf.out/stacks" / stack / "cdk.tf.json").write_text(SYNTHESIZED)
    for place in (tmp_path, tmp_path / "cdktf.out"):
        assert [each.name for each in read_plans([place])] == ["blog", "shop"]
        synthesized = read_plans([place], form=Form.SYNTHESIZED)
        assert [(each.name, each.format_version) for each in synthesized] == [("blog", ""), ("shop", "")]


def test_a_directory_without_plans_says_what_would_be_one(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=r"plan\.json") as refused:
        read_plans([tmp_path])
    assert "--synth" in refused.value.detail


def test_the_standard_input_is_read(plan_file, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(plan_file().read_bytes())))
    assert read_plans(["-"])[0].name == "standard input"


@pytest.mark.parametrize("paths", [[], ["nowhere.json"]])
def test_nothing_to_review_is_an_error(paths: list[str]) -> None:
    with pytest.raises(ReviewError):
        read_plans(paths)


def test_json_of_something_else_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "x"}')
    with pytest.raises(ReviewError, match="not a plan"):
        read_plans([tmp_path / "package.json"])
