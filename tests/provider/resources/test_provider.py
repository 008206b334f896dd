"""The provider block: settings, where they come from, and what happens without them."""

import subprocess
import sys

import pytest

from dflow_provider.backend import Backend
from dflow_provider.provider import DflowProvider
from dflow_provider.schema import UNKNOWN, Call, Presence, ProviderError

NOTHING = {"endpoint": None, "api_key": None, "tenant": None, "ca_file": None}
GOOD = {"DFLOW_ENDPOINT": "http://127.0.0.1:1", "DFLOW_API_KEY": "k", "DFLOW_TENANT": "acme"}


def a_backend(environment: dict[str, str], **settings: object) -> Backend:
    return DflowProvider(environment).configure({**NOTHING, **settings}, Call())


@pytest.mark.parametrize(
    ("variable", "attribute"),
    [("DFLOW_ENDPOINT", "endpoint"), ("DFLOW_API_KEY", "api_key"), ("DFLOW_TENANT", "tenant")],
)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_setting_names_the_attribute_and_the_variable(variable: str, attribute: str, value: str | None):
    environment = {name: text for name, text in GOOD.items() if name != variable}
    if value is not None:
        environment[variable] = value
    backend = a_backend(environment)

    with pytest.raises(ProviderError) as caught:
        _ = backend.control_plane

    assert caught.value.title == "Provider setting is missing"
    assert f"attribute `{attribute}` of the provider block" in caught.value.detail
    assert f"environment variable {variable}" in caught.value.detail


def test_an_attribute_goes_before_the_variable():
    backend = a_backend(GOOD, tenant="globex")

    assert backend.control_plane.tenant == "globex"


def test_a_setting_known_only_after_apply_is_an_error_once_it_is_needed():
    backend = a_backend(GOOD, endpoint=UNKNOWN)

    with pytest.raises(ProviderError) as caught:
        _ = backend.control_plane

    assert caught.value.title == "Provider setting not known yet"
    assert "attribute `endpoint`" in caught.value.detail
    assert "DFLOW_ENDPOINT" in caught.value.detail


def test_an_endpoint_without_a_scheme_is_refused():
    with pytest.raises(
        ProviderError, match=r"'dflow\.example\.com' and has no scheme\. Write https://dflow\.example\.com"
    ):
        _ = a_backend({**GOOD, "DFLOW_ENDPOINT": "dflow.example.com"}).control_plane


def test_a_ca_file_that_is_not_there_is_refused():
    with pytest.raises(ProviderError, match="CA file cannot be read"):
        _ = a_backend({**GOOD, "DFLOW_ENDPOINT": "https://127.0.0.1", "DFLOW_CA_FILE": "/nowhere.pem"}).control_plane


def test_one_control_plane_serves_all_resources():
    backend = a_backend(GOOD)

    assert backend.control_plane is backend.control_plane


def test_configuring_dials_nobody_and_asks_for_nothing():
    call = Call()

    DflowProvider({}).configure(dict(NOTHING), call)

    assert call.report.diagnostics == []


def test_a_key_over_plain_http_to_another_machine_is_warned_of():
    call = Call()

    DflowProvider(GOOD).configure({**NOTHING, "endpoint": "http://dflow.example.com"}, call)

    (warning,) = call.report.diagnostics
    assert warning.title == "API key travels unencrypted"
    assert "http://dflow.example.com" in warning.detail


@pytest.mark.parametrize("endpoint", ["https://dflow.example.com", "http://127.0.0.1:3000", "nonsense", UNKNOWN])
def test_nothing_else_is_warned_of(endpoint: object):
    call = Call()

    DflowProvider({}).configure({**NOTHING, "endpoint": endpoint}, call)  # type: ignore[dict-item]

    assert call.report.diagnostics == []


def test_everything_of_the_provider_is_listed():
    """Allowlists are a family of their own, one for each vendor that has an adapter."""
    assert [name for name in sorted(DflowProvider.resources) if not name.endswith("_allowlist")] == [
        "dflow_app_service",
        "dflow_cloud_provider_account",
        "dflow_database_service",
        "dflow_deployment",
        "dflow_docker_registry",
        "dflow_docker_service",
        "dflow_environment",
        "dflow_security_group",
        "dflow_service_variables",
        "dflow_ssh_key",
        "dflow_worker_node",
    ]
    assert sorted(DflowProvider.data_sources) == [
        "dflow_certificate_authority",
        "dflow_deployments",
        "dflow_environment",
        "dflow_git_provider",
        "dflow_service",
        "dflow_worker_node",
        "dflow_worker_nodes",
    ]
    assert sorted(DflowProvider.ephemeral_resources) == [
        "dflow_database_credentials",
        "dflow_process_environment",
        "dflow_process_file",
    ]
    assert sorted(DflowProvider.functions) == ["cidr", "connection_url"]


def test_every_function_and_parameter_is_described():
    for name, function in DflowProvider.functions.items():
        assert function.signature.summary.endswith("."), name
        assert function.signature.description, name
        for parameter in function.signature.parameters:
            assert parameter.description.endswith("."), (name, parameter.name)


def test_every_attribute_is_described_and_every_default_can_be_planned():
    provider = DflowProvider({})
    for kinds in (provider.resources, provider.data_sources, provider.ephemeral_resources):
        for name, kind in kinds.items():
            assert kind.schema.description, name
            for attribute in kind.schema.attributes:
                assert attribute.description.endswith("."), (name, attribute.name)
                if isinstance(attribute.default, str | int | bool):
                    assert attribute.presence is Presence.OPTIONAL_COMPUTED, (name, attribute.name)


def test_schema_and_validation_bring_no_http_client():
    """Terraform starts the provider for them alone, many times per command."""
    program = """
import sys
from dflow_provider.provider import DflowProvider
from dflow_provider.schema import Call, Report

provider = DflowProvider()
for kinds in (provider.resources, provider.data_sources, provider.ephemeral_resources):
    for kind in kinds.values():
        assert kind.schema.attributes
        if hasattr(kind, "validate_config"):
            kind.validate_config({attribute.name: None for attribute in kind.schema.attributes}, Report())
provider.configure({attribute.name: None for attribute in provider.schema.attributes}, Call())
heavy = {"urllib3", "http.client", "ssl", "email", "boto3", "botocore", "requests"}
print(sorted(heavy & sys.modules.keys()))
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
