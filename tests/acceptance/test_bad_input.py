"""What somebody is told whose configuration cannot work: what was found, where, what to do. Nothing happens then."""

from typing import Any

import pytest
from dflow_acceptance.kinds import ALLOWLIST, APP_SERVICE, DOCKER_SERVICE, ENVIRONMENT_KIND, SERVICE_VARIABLES, Kind
from dflow_acceptance.place import ENVIRONMENT, Place
from dflow_acceptance.run import Diagnostic
from dflow_acceptance.workspace import Workspace


@pytest.fixture
def refused(place: Place, workspace: Workspace):
    """Apply one block, which has to fail without any effect, and return the error."""

    def apply(kind: Kind, **changed: Any) -> Diagnostic:
        attributes = {**kind.declared(place), **changed}
        return apply_blocks(kind.address, resource={kind.type: {"it": attributes}})

    def apply_blocks(address: str, **blocks: Any) -> Diagnostic:
        workspace.configure(**blocks)
        before = place.picture()
        error = workspace.apply().only_error
        assert place.picture() == before
        assert error.address == address
        return error

    apply.blocks = apply_blocks
    return apply


def node_lookup(**attributes: Any) -> dict[str, Any]:
    """An Environment on a node that is looked up."""
    resource = {"it": {"name": "shop-blue", "worker_nodes": ["${data.dflow_worker_node.node.id}"]}}
    return {"data": {"dflow_worker_node": {"node": attributes}}, "resource": {"dflow_environment": resource}}


class TestWorkerNodes:
    def test_a_name_that_no_node_has(self, refused, place: Place):
        error = refused.blocks("data.dflow_worker_node.node", **node_lookup(name="fra-9"))

        assert error.title == "Worker Node does not exist"
        assert f"The organisation '{place.organisation.slug}' has no Worker Node named 'fra-9'." in error.detail
        assert f"Its Worker Nodes are: fra-1 (id {place.node_id})." in error.detail

    def test_a_name_that_two_nodes_have(self, refused, place: Place):
        second = place.organisation.worker_node("fra-1")

        error = refused.blocks("data.dflow_worker_node.node", **node_lookup(name="fra-1"))

        assert error.title == "Worker Node name is not unique"
        assert f"has 2 Worker Nodes named 'fra-1': {', '.join(sorted([place.node_id, second]))}" in error.detail
        assert "Give the id of the one that is meant instead of the name" in error.detail

    @pytest.mark.parametrize("address", ["999.999.999.999", "10.0.0.7", "100.64.3.3"])
    def test_a_node_whose_public_address_is_not_known(self, refused, place: Place, address: str):
        place.organisation.worker_node("fra-5", publicIp=address)

        error = refused.blocks("data.dflow_worker_node.node", **node_lookup(name="fra-5", require_outbound_ip=True))

        assert error.title == "Worker Node has no known address"
        assert "from which public address the Worker Node 'fra-5'" in error.detail
        assert address in error.detail
        assert 'declare it on the Environment: egress={"fra-5": "<address>"}' in error.detail

    def test_an_id_that_is_no_node(self, refused, place: Place):
        error = refused(ENVIRONMENT_KIND, worker_nodes=[place.service_id])

        assert error.title == "Worker Node does not exist"
        assert f"'{place.service_id}' is the id of the service 'shop-live-api'." in error.detail
        assert f"Its Worker Nodes are: fra-1 (id {place.node_id})" in error.detail


class TestEnvironments:
    def test_no_node(self, refused):
        error = refused(ENVIRONMENT_KIND, worker_nodes=[])

        assert error.title == "Environment needs one Worker Node"
        assert "worker_nodes of the Environment 'shop-blue' is empty" in error.detail
        assert "Give the id of one, from data.dflow_worker_node" in error.detail

    def test_two_nodes(self, refused, place: Place):
        second = place.organisation.worker_node("fra-2")

        error = refused(ENVIRONMENT_KIND, worker_nodes=[place.node_id, second])

        assert error.title == "Only one Worker Node fits"
        assert f"worker_nodes of the Environment 'shop-blue' has 2 entries ({place.node_id}, {second})" in error.detail
        assert "Keep one, and make a further Environment for each other node" in error.detail

    def test_another_node_than_before(self, refused, place: Place, workspace: Workspace):
        second = place.organisation.worker_node("fra-2")
        workspace.resource(ENVIRONMENT_KIND.address, **ENVIRONMENT_KIND.declared(place))
        workspace.applied()

        error = refused(ENVIRONMENT_KIND, worker_nodes=[second])

        assert error.title == "Environment cannot change Worker Node"
        assert f"is attached to the Worker Node {place.node_id}, and worker_nodes asks for {second}" in error.detail
        assert "dFlow would note the other node and move nothing" in error.detail
        assert f"or set worker_nodes back to [{place.node_id}]" in error.detail

    def test_a_name_that_another_environment_has(self, refused, place: Place):
        error = refused(ENVIRONMENT_KIND, name=ENVIRONMENT)

        assert error.title == "Environment name is taken"
        assert f"dFlow has an Environment named '{ENVIRONMENT}' already: id {place.environment_id}" in error.detail
        assert f"terraform import dflow_environment.<name in your configuration> {place.environment_id}" in error.detail


class TestServices:
    def test_a_name_that_another_service_of_the_organisation_has(self, refused, place: Place):
        elsewhere = place.new_environment("shop-next")
        there = place.organisation.make("services", name="shop-live-worker", type="docker", project=elsewhere)["id"]

        error = refused(DOCKER_SERVICE)

        assert error.title == "Service name is taken"
        assert f"id {there}, type docker, in the Environment 'shop-next' (id {elsewhere})" in error.detail
        assert f"terraform import dflow_docker_service.<name in your configuration> {there}" in error.detail

    def test_two_services_of_one_configuration_with_the_same_name(self, place: Place, workspace: Workspace):
        attributes = APP_SERVICE.declared(place)
        workspace.configure(resource={"dflow_app_service": {"one": attributes, "two": attributes}})

        error = workspace.apply().only_error

        assert error.title == "Service name is taken"
        assert len(APP_SERVICE.remote(place)) == 1
        assert len(workspace.state()) == 1

    def test_an_environment_id_that_is_something_else(self, refused, place: Place):
        error = refused(DOCKER_SERVICE, environment_id=place.node_id)

        assert error.title == "Not an Environment's id"
        assert f"'{place.node_id}' is the id of the Worker Node 'fra-1'. Give the id of an Environment." in error.detail


class TestVariables:
    @pytest.mark.parametrize("key", ["LOG-LEVEL", "1ST", "LOG LEVEL"])
    def test_a_name_that_the_node_does_not_take(self, refused, key: str):
        error = refused(SERVICE_VARIABLES, variables={"MODE": "shop", key: "x"})

        assert error.title == "Variable name is not possible"
        assert f"'{key}' is no name for a variable" in error.detail
        assert "Use for instance " in error.detail

    @pytest.mark.parametrize(
        ("value", "what"),
        [
            ("pa$$word", "a dollar sign"),
            ("`id`", "a backtick"),
            ('say "hi"', "a double quote"),
            ("back\\slash", "a backslash"),
            ("one\ntwo", "a line break"),
        ],
    )
    def test_a_value_that_a_shell_would_act_on(self, refused, value: str, what: str):
        error = refused(SERVICE_VARIABLES, variables={"MOTTO": value.replace("${", "$${")})

        assert error.title == "Value would run in a shell"
        assert f"The value of MOTTO contains {what}." in error.detail
        assert "Store it base64-encoded" in error.detail
        assert value not in error.detail, "a value may be a secret"

    def test_variables_that_do_not_fit_the_one_command_that_sets_them(self, refused):
        error = refused(SERVICE_VARIABLES, variables={f"PART_{number}": "x" * 19_900 for number in range(7)})

        assert error.title == "Variables are too long together"
        assert "The variables given here are 139,384 bytes long together." in error.detail
        assert "xx" not in error.detail

    def test_a_key_that_somebody_else_set_to_something_else(self, refused, place: Place):
        rows = [{"key": "LOG_LEVEL", "value": "trace"}]
        place.organisation.change("services", place.service_id, variables=rows)

        error = refused(SERVICE_VARIABLES)

        assert error.title == "Variable has another owner"
        assert "The service 'shop-live-api' has LOG_LEVEL already" in error.detail
        assert (
            f"terraform import dflow_service_variables.<name in your configuration> {place.service_id}" in error.detail
        )


class TestSecrets:
    @pytest.mark.parametrize(("given", "found"), [({}, "is not set"), ({"ORDERS_PASSWORD": " "}, None)])
    def test_an_environment_variable_that_is_not_set_stops_everything(
        self, place: Place, new_workspace, given: dict[str, str], found: str | None
    ):
        workspace = new_workspace(**given)
        variables = {
            "service_id": place.service_id,
            "secret_variables_wo": {"PASSWORD": "${ephemeral.dflow_process_environment.password.value}"},
        }
        workspace.configure(
            ephemeral={"dflow_process_environment": {"password": {"name": "ORDERS_PASSWORD"}}},
            resource={
                "dflow_service_variables": {"it": variables},
                "dflow_environment": {"bystander": ENVIRONMENT_KIND.declared(place)},
            },
        )
        before = place.picture()

        run = workspace.apply()

        if found is None:
            assert run.code == 0, "a blank is a value"
            assert place.organisation.variables(place.service_id) == {"PASSWORD": " "}
            return
        error = run.only_error
        assert error.title == "Environment variable has no value"
        assert f"The environment variable ORDERS_PASSWORD {found}" in error.detail
        assert "export ORDERS_PASSWORD=" in error.detail
        assert error.address == "ephemeral.dflow_process_environment.password"
        assert place.picture() == before, "not even the Environment that has nothing to do with it"


class TestAllowlists:
    def entry(self, cidr: str) -> dict[str, Any]:
        return {"entries": {"fra-1": {"cidr": "203.0.113.11/32"}, "fra-2": {"cidr": cidr}}}

    @pytest.mark.parametrize("cidr", ["0.0.0.0/0", "::/0"])
    def test_an_entry_that_lets_in_everybody(self, refused, cidr: str):
        error = refused(ALLOWLIST, **self.entry(cidr))

        assert error.title == "Entry lets in everybody"
        assert f"The entry of \"fra-2\" is '{cidr}'" in error.detail
        assert "Anybody could then try passwords on the database" in error.detail
        assert "open_to_world_reason on the resource" in error.detail

    def test_dflows_word_for_an_unknown_address(self, refused):
        error = refused(ALLOWLIST, **self.entry("999.999.999.999/32"))

        assert error.title == "Worker Node has no address"
        assert "The entry of \"fra-2\" is '999.999.999.999/32'" in error.detail
        assert 'egress={"fra-2": "<address>"} on the Environment' in error.detail

    @pytest.mark.parametrize(
        ("cidr", "title", "remedy"),
        [
            ("db.example.com", "Entry is no address", "names do not work"),
            (
                "203.0.113.7/24",
                "Entry is ambiguous",
                'for that one address, or "203.0.113.0/24"',
            ),
            ("203.0.113.7/33", "Entry is no address", "Write one address"),
            ("2001:db8::7/129", "Entry is no address", "Write one address"),
            ("10.0.0.7/32", "Address is not public", "Give the public address its outgoing connections come from"),
            ("100.64.3.3/32", "Address is not public", "Give the public address its outgoing connections come from"),
            ("127.0.0.1/32", "Address is not public", "Give the public address its outgoing connections come from"),
            ("fd00::7/128", "Address is not public", "Give the public address its outgoing connections come from"),
            ("0.0.0.0/32", "Entry is no single address", "Give the address the node's connections come from"),
        ],
    )
    def test_an_entry_that_is_no_public_address(self, refused, cidr: str, title: str, remedy: str):
        error = refused(ALLOWLIST, **self.entry(cidr))

        assert error.title == title
        assert f"The entry of \"fra-2\" is '{cidr}'" in error.detail
        assert remedy in error.detail

    def test_an_address_from_an_example_outside_of_a_sandbox(self, place: Place, new_workspace):
        workspace = new_workspace(DFLOW_ALLOW_DOCUMENTATION_ADDRESSES="")
        workspace.resource(ALLOWLIST.address, **ALLOWLIST.declared(place))

        error = workspace.apply().only_error

        assert error.title == "Address is not public"
        assert "it came from an example" in error.detail
        assert place.group.ours() == []

    def test_a_group_that_does_not_exist(self, refused):
        error = refused(ALLOWLIST, security_group_id="sg-0123456789abcdef0")

        assert error.title == "Security group not found"
        assert "There is no security group sg-0123456789abcdef0 in region eu-central-1" in error.detail
        assert "Check the id, `region` (or AWS_REGION)" in error.detail

    def test_more_entries_than_the_account_allows(self, refused, place: Place):
        error = refused(ALLOWLIST, rule_quota=2, **self.entry("203.0.113.12/32"))

        assert error.title == "Allowlist quota exceeded"
        assert (
            f"security group {place.group.id} in eu-central-1 would hold 3 IPv4 entries, 2 of them new" in error.detail
        )
        assert "The quota is 2 " in error.detail

    def test_no_credentials_for_aws(self, place: Place, new_workspace):
        workspace = new_workspace(AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
        workspace.resource(ALLOWLIST.address, **ALLOWLIST.declared(place))

        error = workspace.apply().only_error

        assert error.title == "AWS credentials are missing"
        assert "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in error.detail
        assert error.address == ALLOWLIST.address
        assert place.group.ours() == []

    def test_no_region(self, place: Place, new_workspace):
        workspace = new_workspace(AWS_REGION="", AWS_DEFAULT_REGION="")
        workspace.resource(ALLOWLIST.address, **ALLOWLIST.declared(place))

        error = workspace.apply().only_error

        assert error.title == "AWS region is missing"
        assert "Set `region` on the allowlist, or the environment variable AWS_REGION" in error.detail

    def test_an_ipv6_entry_is_no_mistake_where_the_vendor_takes_it(self, place: Place, workspace: Workspace):
        entries = {"fra-1": {"cidr": "2001:db8::7/128"}}
        workspace.resource(ALLOWLIST.address, **{**ALLOWLIST.declared(place), "entries": entries})

        workspace.applied()

        assert place.group.ours() == ["2001:db8::7/128"]
