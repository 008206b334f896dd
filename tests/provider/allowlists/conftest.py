"""A cloud on 127.0.0.1, a security group in it, and the resource that is tested."""

from __future__ import annotations

import io
import itertools
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from dflow_provider.allowlists.aws_security_group_allowlist import AwsSecurityGroupAllowlist
from dflow_provider.schema import Call, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = "eu-central-1"
_numbers = itertools.count()


@dataclass(frozen=True)
class Fault:
    """An answer of EC2 other than the one asked for."""

    action: str
    code: str
    message: str
    status: int = 400

    def body(self) -> bytes:
        error = f"<Error><Code>{self.code}</Code><Message>{self.message}</Message></Error>"
        return f"<Response><Errors>{error}</Errors><RequestID>req</RequestID></Response>".encode()


class Traffic:
    """The wire before the cloud: the actions that passed, in order, and what happens to the next ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._actions: list[str] = []
        self._faults: list[Fault] = []
        self._first: list[tuple[str, Any]] = []

    def fail(self, action: str, code: str, message: str = "no", *, status: int = 400, times: int = 1) -> None:
        """Answer the next calls of an action with an error; they do not reach the cloud."""
        self._faults.extend([Fault(action, code, message, status)] * times)

    def before(self, action: str, happens: Any) -> None:
        """Let something happen right before the next call of an action reaches the cloud."""
        self._first.append((action, happens))

    def passes(self, action: str) -> Fault | None:
        with self._lock:
            self._actions.append(action)
            first = next((item for item in self._first if item[0] == action), None)
            if first:
                self._first.remove(first)
            fault = next((fault for fault in self._faults if fault.action == action), None)
            if fault:
                self._faults.remove(fault)
        if first:
            first[1]()
        return fault

    def take(self) -> list[str]:
        with self._lock:
            taken, self._actions = self._actions, []
        return taken

    def clear(self) -> None:
        with self._lock:
            self._actions, self._faults, self._first = [], [], []


@dataclass
class Cloud:
    endpoint: str
    traffic: Traffic
    ec2: Any = field(repr=False)


@pytest.fixture(scope="session")
def moto_server() -> Iterator[tuple[str, Traffic, Any]]:
    """A moto server; its WSGI application is wrapped to see what arrives."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    traffic = Traffic()
    server.start()
    application = server._server.app

    def listening(environ: dict[str, Any], start_response: Any) -> Any:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        fault = traffic.passes(body.decode().partition("Action=")[2].partition("&")[0])
        if fault is not None:
            start_response(f"{fault.status} refused", [("Content-Type", "text/xml")])
            return [fault.body()]
        return application(environ, start_response)

    server._server.app = listening
    host, port = server.get_host_and_port()
    try:
        endpoint = f"http://{host}:{port}"
        credentials = {"aws_access_key_id": "hand", "aws_secret_access_key": "made"}
        yield endpoint, traffic, boto3.client("ec2", region_name=REGION, endpoint_url=endpoint, **credentials)
    finally:
        server.stop()


@pytest.fixture
def cloud(moto_server: tuple[str, Traffic, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Cloud:
    """The cloud, with the process's AWS settings pointing at it."""
    endpoint, traffic, ec2 = moto_server
    traffic.clear()
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "canary-secret-key",
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL_EC2": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "no-credentials"),
        "DFLOW_ALLOW_DOCUMENTATION_ADDRESSES": "1",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    return Cloud(endpoint, traffic, ec2)


@dataclass
class Group:
    """A fresh security group, looked at with boto3 and not with our code."""

    id: str
    ec2: Any

    def rules(self) -> list[dict[str, Any]]:
        answer = self.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [self.id]}])
        return [rule for rule in answer["SecurityGroupRules"] if not rule["IsEgress"]]

    def cidrs(self, port: int = 5432) -> set[str]:
        return {
            rule.get("CidrIpv4") or rule["CidrIpv6"]
            for rule in self.rules()
            if rule["FromPort"] == rule["ToPort"] == port
        }

    def rule(self, cidr: str) -> dict[str, Any]:
        return next(rule for rule in self.rules() if cidr in (rule.get("CidrIpv4"), rule.get("CidrIpv6")))

    def owners(self, cidr: str) -> set[str]:
        keys = (tag["Key"] for tag in self.rule(cidr).get("Tags", []))
        return {key.removeprefix("dflow-cdktf:owner:") for key in keys if key.startswith("dflow-cdktf:owner:")}

    def add_by_hand(self, *cidrs: str, port: int = 5432, to_port: int | None = None) -> None:
        self.ec2.authorize_security_group_ingress(
            GroupId=self.id,
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": port,
                    "ToPort": to_port or port,
                    "IpRanges": [{"CidrIp": cidr, "Description": "by hand"} for cidr in cidrs if ":" not in cidr],
                    "Ipv6Ranges": [{"CidrIpv6": cidr, "Description": "by hand"} for cidr in cidrs if ":" in cidr],
                }
            ],
        )

    def remove_by_hand(self, cidr: str) -> None:
        self.ec2.revoke_security_group_ingress(
            GroupId=self.id, SecurityGroupRuleIds=[self.rule(cidr)["SecurityGroupRuleId"]]
        )


@pytest.fixture
def group(cloud: Cloud) -> Group:
    made = cloud.ec2.create_security_group(GroupName=f"orders-{next(_numbers)}", Description="orders")
    return Group(made["GroupId"], cloud.ec2)


class Terraform:
    """Does with the resource what Terraform does, without Terraform: plan, apply, refresh."""

    def __init__(self) -> None:
        self.resource = AwsSecurityGroupAllowlist(backend=None)
        self.last_report = Report()

    def plan(self, config: dict[str, Any], prior: dict[str, Any] | None = None) -> Report:
        call = Call()
        assert not list(self.resource.plan_change(prior, dict(config), config, call))
        return call.report

    def create(self, config: dict[str, Any]) -> dict[str, Any]:
        return self.checked(config, lambda call: self.resource.create(dict(config), config, call))

    def update(self, prior: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
        plan = {**prior, **config}
        return self.checked(config, lambda call: self.resource.update(prior, plan, config, call))

    def refresh(self, state: dict[str, Any]) -> dict[str, Any] | None:
        return self.resource.read(state, Call())

    def destroy(self, state: dict[str, Any]) -> None:
        self.resource.delete(state, Call())

    def import_(self, import_id: str) -> dict[str, Any]:
        state = self.resource.import_state(import_id, Call())
        return self.resource.read(state, Call()) or {}

    def checked(self, config: dict[str, Any], apply: Any) -> dict[str, Any]:
        call = Call()
        state = apply(call)
        self.last_report = call.report
        assert set(state) == {attribute.name for attribute in self.resource.schema.attributes}
        if not call.report.has_errors:
            assert {name: state[name] for name in config} == config, "what was configured is not what was stored"
        return state


@pytest.fixture
def terraform(cloud: Cloud) -> Terraform:
    return Terraform()


@pytest.fixture
def config(group: Group) -> Any:
    """Build a configuration: `config({"fra-1": "203.0.113.7/32"}, owner="shop/orders")`."""

    def build(entries: dict[str, Any], **other: Any) -> dict[str, Any]:
        return {
            "security_group_id": group.id,
            "region": None,
            "owner": "shop/orders",
            "database": "orders",
            "port": 5432,
            "entries": {
                node: {"expires_at": None, **entry}
                if isinstance(entry, dict)
                else {"cidr": entry, "description": None, "expires_at": None}
                for node, entry in entries.items()
            },
            "open_to_world_reason": None,
            "rule_quota": 60,
            **other,
        }

    return build
