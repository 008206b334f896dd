"""Every command starts several providers in turn: what one imports before its handshake counts as often."""

import subprocess
import sys


def test_nothing_is_imported_before_the_handshake_that_it_does_not_need():
    """Each of these costs a start between 2 and 30 ms."""
    code = """
import sys
import dflow_provider.plugin.main
import dflow_provider.plugin.kept_answers
import dflow_provider.plugin.serving
import dflow_provider.plugin.stdout
import dflow_provider.plugin.http2.server
import dflow_provider.plugin.http2.tls

costly = {"typing", "dataclasses", "inspect", "pathlib", "json", "grpc", "google", "msgpack", "subprocess", "argparse"}
print(sorted(costly & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_configuring_the_provider_and_planning_a_service_imports_nothing_that_talks_to_anybody():
    """The processes that validate and plan do no more, where nothing has to be read."""
    code = """
import sys
from dflow_provider.plugin.calls import provider_calls
from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import encode
from dflow_provider.plugin.session import Session
from dflow_provider.provider import DflowProvider

provider = DflowProvider({})
calls = provider_calls(Session(provider), InFlight())
settings = provider.schema.value_type
request = pb.ConfigureProvider.Request()
request.config.msgpack = encode(settings, dict.fromkeys(settings.attributes))
calls["/tfplugin6.Provider/ConfigureProvider"](request.SerializeToString())
service = provider.resources["dflow_docker_service"].schema.value_type
config = {**dict.fromkeys(service.attributes), "environment_id": "1", "name": "shop-web", "image": "nginx:1"}
request = pb.PlanResourceChange.Request(type_name="dflow_docker_service")
request.prior_state.msgpack = encode(service, None)
request.config.msgpack = request.proposed_new_state.msgpack = encode(service, config)
answer = calls["/tfplugin6.Provider/PlanResourceChange"](request.SerializeToString())
assert not pb.PlanResourceChange.Response.FromString(answer).diagnostics
costly = {"pathlib", "urllib3", "ssl", "http.client", "calendar", "boto3", "dflow_vendors"}
print(sorted(costly & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
