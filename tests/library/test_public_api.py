"""What a user can import."""

import importlib.resources
import inspect
import subprocess
import sys

import dflow_constructs


def test_every_public_name_is_exported_and_sorted():
    """`__all__` lists exactly what a user can import, in reading order."""
    public = {
        name
        for name, value in vars(dflow_constructs).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert sorted(public, key=str.casefold) == dflow_constructs.__all__


def test_every_public_class_says_what_it_is():
    undocumented = [name for name in dflow_constructs.__all__ if not inspect.getdoc(getattr(dflow_constructs, name))]

    assert undocumented == []


def test_type_checkers_may_rely_on_the_annotations():
    assert importlib.resources.files(dflow_constructs).joinpath("py.typed").is_file()


def test_importing_costs_little_beyond_the_cdk():
    """No HTTP client, no cloud library and nothing that Terraform runs is loaded to synthesize."""
    program = "import dflow_constructs, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    heavy = {"boto3", "botocore", "grpc", "requests", "urllib3", "dflow_provider", "dflow_codegen", "dflow_cli"}
    assert set(ran.stdout.split()) & heavy == set()
