"""`ephemeral.dflow_process_environment`."""

import pytest

from dflow_provider.provider import DflowProvider
from dflow_provider.resources.process_environment import ProcessEnvironment
from dflow_provider.schema import Call, ProviderError


def opened(environment: dict[str, str], name: str):
    backend = DflowProvider(environment).configure({}, Call())
    return ProcessEnvironment(backend).open({"name": name, "value": None}, Call())


def test_the_value_is_that_of_the_process():
    assert opened({"ORDERS_PASSWORD": "hunter2"}, "ORDERS_PASSWORD") == {"name": "ORDERS_PASSWORD", "value": "hunter2"}


def test_blanks_are_part_of_a_value():
    assert opened({"A": " x "}, "A")["value"] == " x "


@pytest.mark.parametrize(("environment", "found"), [({}, "is not set"), ({"A": ""}, "is set but empty")])
def test_no_value_is_an_error_that_names_the_variable(environment: dict[str, str], found: str):
    with pytest.raises(ProviderError) as caught:
        opened(environment, "A")

    assert caught.value.title == "Environment variable has no value"
    assert f"The environment variable A {found}" in caught.value.detail
    assert "export A=" in caught.value.detail
    assert caught.value.path == ("name",)
