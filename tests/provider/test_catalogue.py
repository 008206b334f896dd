"""The catalogue: everything in it can be loaded and is what its section says, and nothing is loaded before."""

import inspect
import subprocess
import sys

import pytest

from dflow_provider.catalogue import DATA_SOURCES, EPHEMERAL_RESOURCES, FUNCTIONS, RESOURCES
from dflow_provider.schema import (
    DataSource,
    EphemeralResource,
    Function,
    Importable,
    PlansChanges,
    PlansDestroy,
    Resource,
    Schema,
    UpgradesState,
    ValidatesConfig,
)

OPTIONAL = (Importable, PlansChanges, PlansDestroy, UpgradesState, ValidatesConfig)
SECTIONS = [
    *((name, Resource, RESOURCES) for name in RESOURCES),
    *((name, DataSource, DATA_SOURCES) for name in DATA_SOURCES),
    *((name, EphemeralResource, EPHEMERAL_RESOURCES) for name in EPHEMERAL_RESOURCES),
]


def hooks(contract: type) -> dict[str, list[str]]:
    """The methods of a contract, and how its callers may name their arguments."""
    return {
        name: parameters(getattr(contract, name))
        for name, member in vars(contract).items()
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, classmethod))
    }


def parameters(method: object) -> list[str]:
    return [name for name in inspect.signature(method).parameters if name not in {"self", "cls"}]


@pytest.mark.parametrize(("name", "contract", "section"), SECTIONS, ids=[f"{s[1].__name__}-{s[0]}" for s in SECTIONS])
def test_an_entry_keeps_the_contract_of_its_section(name, contract, section):
    kind = section[name]

    assert name.startswith("dflow_")
    assert isinstance(kind.schema, Schema)
    for method, expected in hooks(contract).items():
        assert parameters(getattr(kind, method)) == expected, method
    for ability in OPTIONAL:
        for method, expected in hooks(ability).items():
            if hasattr(kind, method):
                assert parameters(getattr(kind, method)) == expected, method
    kind(object())  # building asks nothing of the backend


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_keeps_the_contract_of_functions(name):
    function = FUNCTIONS[name]

    assert function.signature.summary
    assert parameters(function.call) == hooks(Function)["call"]


def test_the_provider_is_there_before_anything_it_lists():
    program = """
import sys
from dflow_provider.provider import DflowProvider

provider = DflowProvider()
assert "dflow_environment" in provider.resources
assert list(provider.data_sources)
rooms = ("dflow_provider.resources", "dflow_provider.allowlists", "dflow_provider.functions", "dflow_vendors")
print([name for name in sys.modules if name.startswith(rooms)])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
