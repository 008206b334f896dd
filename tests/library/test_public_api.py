"""What a user can import."""

import importlib.resources
import inspect
import subprocess
import sys

import pytest

import dflow_constructs


def test_every_public_name_is_exported_and_sorted():
    """`__all__` lists exactly what a user can import, in reading order."""
    for name in dflow_constructs.__all__:
        getattr(dflow_constructs, name)
    public = {
        name
        for name, value in vars(dflow_constructs).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name != "TYPE_CHECKING"
    }

    assert sorted(public) == dflow_constructs.__all__


def test_every_public_class_says_what_it_is():
    undocumented = [name for name in dflow_constructs.__all__ if not inspect.getdoc(getattr(dflow_constructs, name))]

    assert undocumented == []


def test_type_checkers_may_rely_on_the_annotations():
    assert importlib.resources.files(dflow_constructs).joinpath("py.typed").is_file()


def test_what_is_not_there_is_missed_in_the_usual_words():
    with pytest.raises(AttributeError, match="module 'dflow_constructs' has no attribute 'Oracle'"):
        _ = dflow_constructs.Oracle


def test_importing_costs_little_beyond_the_cdk():
    """No HTTP client, no cloud library and nothing that Terraform runs is loaded to synthesize."""
    program = "import dflow_constructs, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    heavy = {"boto3", "botocore", "grpc", "requests", "urllib3", "dflow_provider", "dflow_codegen", "dflow_cli"}
    assert set(ran.stdout.split()) & heavy == set()


def test_a_vendor_s_class_costs_those_who_use_it():
    program = "import dflow_constructs as d, sys; d.App; print(*(m for m in sys.modules if '.allowlists.' in m))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert [
        name for name in ran.stdout.split() if name.endswith(("neon", "aws_security_group", "vendor_allowlist"))
    ] == []
