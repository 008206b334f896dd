"""What holds for every vendor's row."""

from __future__ import annotations

import datetime as dt
import inspect
import subprocess
import sys

import pytest

import dflow_vendors
from dflow_vendors import AWS_SECURITY_GROUP, CallPattern, EmptyMeans, Family, OwnerMark, QuotaPool, Shape, all_vendors


def each_vendor() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vendor", all_vendors(), ids=lambda vendor: vendor.name)


def test_every_public_name_is_exported_and_sorted():
    public = {name for name, value in vars(dflow_vendors).items() if name[0] != "_" and not inspect.ismodule(value)}

    assert public - {"Final"} == set(dflow_vendors.__all__)
    constants = [name for name in dflow_vendors.__all__ if name.isupper()]
    classes = [name for name in dflow_vendors.__all__ if not name.isupper() and not name.islower()]
    functions = [name for name in dflow_vendors.__all__ if name.islower()]
    assert [*sorted(constants), *sorted(classes), *sorted(functions)] == dflow_vendors.__all__


@each_vendor()
def test_every_row_says_where_and_when_its_facts_were_read(vendor):
    sources = (*vendor.sources, *([vendor.quota.source] if vendor.quota else []))

    assert vendor.sources
    for source in sources:
        assert source.fact
        assert source.where
        assert dt.date(2025, 1, 1) <= source.read_on <= dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1)


@each_vendor()
def test_every_row_is_complete_and_makes_sense(vendor):
    assert vendor.families
    assert vendor.quota is None or vendor.quota.number > 0
    assert vendor.note is None or vendor.note.longest > 0
    assert vendor.note is not None or vendor.owner_mark is not OwnerMark.NOTE


def test_names_are_unique():
    assert len({vendor.name for vendor in all_vendors()}) == len(all_vendors())
    assert len({vendor.key for vendor in all_vendors()}) == len(all_vendors())


def test_a_security_group_is_closed_when_empty_and_takes_both_families_apart():
    assert AWS_SECURITY_GROUP.shape is Shape.PER_ENTRY
    assert AWS_SECURITY_GROUP.pattern is CallPattern.PER_ENTRY
    assert AWS_SECURITY_GROUP.empty_means is EmptyMeans.CLOSED
    assert AWS_SECURITY_GROUP.families == set(Family)
    assert AWS_SECURITY_GROUP.quota.number == 60
    assert AWS_SECURITY_GROUP.quota.pool is QuotaPool.EACH_FAMILY


@pytest.mark.parametrize(
    ("character", "allowed"),
    [("a", True), ("Z", True), ("(", True), ("]", True), ("*", True), ("ü", False), ("'", False)],
)
def test_a_security_group_s_descriptions_take_aws_s_characters(character, allowed):
    assert bool(AWS_SECURITY_GROUP.note.allowed.fullmatch(character)) is allowed


def test_vendors_are_data_and_import_nothing_else_of_ours():
    code = (
        "import sys, dflow_vendors\n"
        "print(sorted({name.split('.')[0] for name in sys.modules if name.startswith(('dflow', 'boto'))}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "['dflow_vendors']"
