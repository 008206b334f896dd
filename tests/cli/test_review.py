"""`dflow-cdktf review`: what it reads, what it writes where, and what it ends with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

import dflow_cli
import dflow_review
import dflow_vendors

PLANS = Path(__file__).resolve().parents[1] / "plans"
UNCHANGED = str(PLANS / "owned/neon/unchanged.json")
WIDER = str(PLANS / "owned/neon/change.json")
JOINED = str(PLANS / "shop/canary.json")
UNKNOWN = str(PLANS / "owned/unknown/create.json")
KINDS = {
    "wider": str(PLANS / "owned/aiven/change.json"),
    "incomplete": "incomplete.json",
    "a medium finding": str(PLANS / "situations/another_owner/plan.json"),
    "no plan": "nowhere.json",
}
"""Plans that widen, tell too little, have a finding of no other consequence, and are not there."""
DAY = ("--today", "2026-11-22")
OPEN = (
    '{"format_version": "1.2", "resource_changes": [{"address": "dflow_neon_allowlist.orders", "mode": "managed", '
    '"type": "dflow_neon_allowlist", "provider_name": "registry.terraform.io/dflow-cdktf/dflow", "change": {"actions": '
    '["create"], "before": null, "after": {"project_id": "quiet-river-1", "owner": "shop/orders", "entries": {"all": '
    '{"cidr": "0.0.0.0/0"}}}, "after_unknown": {}}}]}'
)


@pytest.fixture(autouse=True)
def _in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize(("file", "code"), [(UNCHANGED, 0), (WIDER, 2), (JOINED, 2)])
def test_it_ends_as_reachability_changes(dflow_cdktf, file: str, code: int):
    assert dflow_cdktf("review", file, *DAY).code == code


def test_it_ends_with_3_where_nothing_known_widens_and_something_is_unknown(dflow_cdktf):
    program, base = (str(PLANS / f"shop/{name}.tf.json") for name in ("staging", "production"))

    assert dflow_cdktf("review", "--synth", program, "--base", base, *DAY).code == 3


def test_findings_end_it_with_4_only_from_the_severity_that_is_asked_for(dflow_cdktf, tmp_path: Path):
    (tmp_path / "plan.json").write_text(OPEN)

    assert dflow_cdktf("review", "plan.json", *DAY).code == 2
    assert dflow_cdktf("review", "plan.json", *DAY, "--fail-on", "critical").code == 4
    assert dflow_cdktf("review", WIDER, *DAY, "--fail-on", "critical").code == 2


@pytest.mark.parametrize("fail_on", [(), ("--fail-on", "medium")], ids=" ".join)
@pytest.mark.parametrize(
    "plans", [each for number in range(1, 5) for each in combinations(KINDS, number)], ids=" and ".join
)
def test_the_most_telling_exit_code_wins_over_all_others(
    dflow_cdktf, tmp_path: Path, plans: tuple[str, ...], fail_on: tuple[str, ...]
):
    """No review wins over findings that were asked for, these over what widens, and that over what cannot be told."""
    (tmp_path / "incomplete.json").write_text('{"format_version": "1.2", "resource_changes": [], "errored": true}')
    asked_for = "a medium finding" in plans and "medium" in fail_on
    order = [("no plan" in plans, 1), (asked_for, 4), ("wider" in plans, 2), ("incomplete" in plans, 3), (True, 0)]

    ran = dflow_cdktf("review", *(KINDS[each] for each in plans), *DAY, *fail_on)

    assert ran.code == next(code for is_so, code in order if is_so), ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "the following arguments are required: FILE"),
        (("x.json", "--fail-on", "worst"), "'worst' is none of info, low, medium, high, critical"),
        (("x.json", "--format", "pdf"), "'pdf' is none of terminal, markdown, json"),
        (("x.json", "--today", "tomorrow"), "'tomorrow' is no day"),
        (("x.json", "--output", "review.doc"), "does not say what to write"),
        (("x.json", "--format", "json", "--output", "a", "--output", "b"), "--format is given with several --output"),
        (("x.json",), "x.json cannot be read: No such file or directory"),
    ],
)
def test_wrong_arguments_end_it_with_1_because_2_means_widened(dflow_cdktf, words: tuple[str, ...], said: str):
    ran = dflow_cdktf("review", *words)

    assert ran.code == 1
    assert ran.out == ""
    assert said in ran.err


def test_help_says_what_the_exit_codes_mean(dflow_cdktf):
    out = dflow_cdktf("review", "--help").out

    assert "2  a database can be reached from more addresses or Environments than before" in out
    assert "3  cannot tell" in out
    assert "4  findings at or above --fail-on" in out


def test_a_normal_change_is_told_in_ten_lines_without_colour_where_there_is_no_terminal(dflow_cdktf):
    ran = dflow_cdktf("review", str(PLANS / "shop/staging.json"), *DAY)

    assert len(ran.out.splitlines()) <= 10
    assert "fra-2  3.121.8.20/32; shop-staging-web of shop-staging" in ran.out
    assert "\x1b" not in ran.out
    assert ran.err == ""


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("review.txt", "1 database can be reached"),
        ("review.md", ""),
        ("review.json", "{"),
        ("review.sarif", "{"),
        ("review.xml", "<?xml"),
        ("review.mmd", ""),
        ("review.html", "<!doctype html"),
        ("review.svg", "<"),
    ],
)
def test_a_file_gets_the_form_its_ending_says_and_the_same_bytes_every_time(
    dflow_cdktf, tmp_path: Path, name: str, begins: str
):
    ran = dflow_cdktf("review", WIDER, *DAY, "--output", name, "--output", f"again-{name}")

    assert ran.code == 2, ran.err
    assert ran.out.startswith("1 database can be reached from more addresses")
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert written.lower().startswith(begins.lower())
    assert "52.28.9.30" in written or name == "review.sarif", "SARIF is about findings alone"
    assert (tmp_path / f"again-{name}").read_text(encoding="utf-8") == written


def test_a_form_that_is_asked_for_is_all_that_is_printed(dflow_cdktf):
    ran = dflow_cdktf("review", WIDER, *DAY, "--format", "json")

    assert json.loads(ran.out)["result"] == "widened"


def test_a_form_that_is_asked_for_goes_to_the_file_whatever_its_name(dflow_cdktf, tmp_path: Path):
    ran = dflow_cdktf("review", WIDER, *DAY, "--format", "json", "--output", "review.txt")

    assert (ran.code, ran.out) == (2, "")
    assert json.loads((tmp_path / "review.txt").read_text())["result"] == "widened"


def test_the_whole_sum_of_every_plan_is_said_on_demand(dflow_cdktf, tmp_path: Path):
    dflow_cdktf("review", WIDER, *DAY, "--output", "review.json")
    (plan,) = json.loads((tmp_path / "review.json").read_text())["plans"]

    assert dflow_cdktf("review", WIDER, *DAY, "--plan-sha256").out.endswith(f"{plan['sha256']}  {plan['name']}\n")
    assert plan["sha256"] not in dflow_cdktf("review", WIDER, *DAY).out


def test_a_finding_that_is_acknowledged_in_the_file_of_the_usual_name_is_none(dflow_cdktf, tmp_path: Path):
    (tmp_path / "plan.json").write_text(OPEN)
    (tmp_path / "dflow-review.toml").write_text(
        '[[acknowledge]]\nrule = "DFLOW001"\naddress = "dflow_neon_allowlist.orders"\nreason = "a public sample"\n'
        'who = "ada"\nexpires = 2026-12-31\n'
    )
    words = ("review", "plan.json", "--fail-on", "critical")

    assert dflow_cdktf(*words, "--today", "2026-12-31").code == 2
    assert dflow_cdktf(*words, "--today", "2027-01-01").code == 4


def test_a_file_of_acknowledgements_that_is_named_and_not_there_is_an_error(dflow_cdktf):
    ran = dflow_cdktf("review", WIDER, "--acknowledge", "nowhere.toml")

    assert ran.code == 1
    assert "nowhere.toml cannot be read: No such file or directory" in ran.err


def test_several_stacks_and_a_directory_of_them_are_one_review(dflow_cdktf, tmp_path: Path):
    for stack in ("shop", "billing"):
        (tmp_path / "cdktf.out" / "stacks" / stack).mkdir(parents=True)
        shutil.copy(UNCHANGED, tmp_path / "cdktf.out" / "stacks" / stack / "plan.json")

    plans = json.loads(dflow_cdktf("review", ".", UNKNOWN, *DAY, "--format", "json").out)["plans"]

    assert [plan["name"] for plan in plans] == ["billing", "shop", "create"]


def test_it_starts_without_node_cloud_and_grpc():
    """It runs in a pipeline that has nothing but this distribution and no extra."""
    rooms = [str(Path(package.__file__).parents[1]) for package in (dflow_cli, dflow_review, dflow_vendors)]
    program = (
        f"import sys; sys.path += {rooms!r}; from dflow_cli.main import main; sys.exit(main({['review', WIDER]!r}))"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False, timeout=60
    )

    assert ran.returncode == 2, ran.stderr
    assert "fra-3  52.28.9.30/32" in ran.stdout


@pytest.mark.parametrize("file", [WIDER, "-"], ids=["file", "standard input"])
def test_it_takes_room_for_the_plan_that_is_there_and_not_for_the_largest_one(file: str):
    with Path(WIDER).open("rb") as stream:
        ran = subprocess.run(
            ["sh", "-c", 'ulimit -v 700000 && exec "$0" -m dflow_cli review "$1"', sys.executable, file],
            stdin=stream,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert ran.returncode == 2, ran.stderr


def test_a_picture_names_the_extra_that_draws_it_and_nothing_is_written_without(tmp_path: Path):
    rooms = [str(Path(package.__file__).parents[1]) for package in (dflow_cli, dflow_review, dflow_vendors)]
    words = ["review", WIDER, "--output", "review.json", "--output", "review.svg"]
    program = f"import sys; sys.path += {rooms!r}; from dflow_cli.main import main; sys.exit(main({words!r}))"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False, timeout=60
    )

    assert ran.returncode == 1
    assert "pip install 'dflow-cdktf[review]'" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_leaves_the_exit_code_alone():
    ran = subprocess.run(
        [
            "sh",
            "-c",
            '{ "$0" -m dflow_cli review "$1" --format json; echo "code $?" >&2; } | true',
            sys.executable,
            WIDER,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ran.stderr == "code 2\n"


def test_names_are_written_as_utf8_whatever_the_locale():
    ran = subprocess.run(
        [sys.executable, "-m", "dflow_cli", "review", "-"],
        input=OPEN.replace("shop/orders", "büro/orders").replace('"all"', '"büro"').encode(),
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert ran.returncode == 2, ran.stderr
    assert "büro" in ran.stdout.decode()
