"""`data.dflow_environment`."""

import pytest

from dflow_provider.resources.environment_lookup import EnvironmentLookup
from dflow_provider.schema import UNKNOWN, ProviderError, Report


def test_it_is_found_by_name_and_by_id(ask, organisation, shop):
    found = ask("dflow_environment", name="shop")

    assert found == {
        "id": shop["id"],
        "name": "shop",
        "description": None,
        "worker_nodes": [organisation.node_id],
        "created_at": shop["createdAt"],
    }
    assert ask("dflow_environment", id=shop["id"]) == found


def test_an_unknown_name_lists_those_that_exist(ask, shop):
    with pytest.raises(ProviderError) as caught:
        ask("dflow_environment", name="shpo")

    assert caught.value.title == "Environment does not exist"
    assert "has no Environment named 'shpo'. There is shop." in caught.value.detail
    assert caught.value.path == ("name",)


def test_two_of_one_name_list_both_ids(ask, organisation, shop):
    other = organisation.post("projects", name="shop", server=organisation.other_node_id)

    with pytest.raises(ProviderError, match="Environment name is not unique") as caught:
        ask("dflow_environment", name="shop")

    assert shop["id"] in caught.value.detail
    assert other["id"] in caught.value.detail


def test_an_id_of_something_else_says_what_it_is(ask, web):
    with pytest.raises(ProviderError, match=r"is the id of the service 'shop-web'\. Give the id of an Environment"):
        ask("dflow_environment", id=web["id"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ["Neither id nor name is set"]),
        ({"id": "1", "name": "a"}, ["Both id and name are set"]),
        ({"name": UNKNOWN}, []),
    ],
)
def test_exactly_one_of_id_and_name_is_given(given, words):
    report = Report()
    config = {attribute.name: given.get(attribute.name) for attribute in EnvironmentLookup.schema.attributes}

    EnvironmentLookup.validate_config(config, report)

    assert [each.detail.partition(".")[0] for each in report.diagnostics] == words
