"""Elastic Cloud's API v1, as far as the traffic filters of a hosted deployment need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "essu_key-of-the-sandbox"
_DEPLOYMENT: Final = "320b7b540dfc967a7a649c18e2fce4ed"
_OTHER_DEPLOYMENT: Final = "a" * 32
_REGION: Final = "aws-eu-central-1"
_SETS: Final = "/api/v1/deployments/traffic-filter/rulesets"
_REQUIRED: Final = ("name", "region", "type", "include_by_default", "rules")
_RULE_FIELDS: Final = ("id", "source", "description", "azure_endpoint_name", "azure_endpoint_guid")
_MOST_RULES: Final = 128


class ElasticCloudServer(ContractServer):
    """One deployment, with rule sets of others from the start: addresses, a private link, outbound rules.

    A rule set that belongs to another deployment, and one of another region, are there as well.
    """

    locators: ClassVar[Mapping[str, str]] = {"deployment_id": _DEPLOYMENT}
    CALLS_TO_BEGIN: ClassVar[int] = 1  # the association

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self._is_gone = False
        self.rulesets: dict[str, dict[str, Any]] = {}
        self._by_hand = self._add("office", "ip", [{"source": "198.51.100.7", "description": "do not touch"}])
        self.rulesets[self._by_hand]["rules"].append({"id": "rule-0", "source": "198.51.100.128/25"})
        self._add("private link", "vpce", [{"source": "vpce-00000000000000000"}])
        self._add("where Elastic may go", "egress_firewall", [{"source": "0.0.0.0/0"}])
        self._add("other deployment's", "ip", [{"source": "198.51.100.99"}], deployment=_OTHER_DEPLOYMENT)
        self._add("elsewhere", "ip", [{"source": "198.51.100.98"}], region="gcp-us-central1", deployment=None)

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"EC_API_KEY": _KEY, "EC_ENDPOINT": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule to the rule set somebody keeps by hand."""
        if self._by_hand not in self.rulesets:
            self._by_hand = self._add("office", "ip", [])
        rules = self.rulesets[self._by_hand]["rules"]
        rules.append({"id": f"rule-{next(self._numbers)}", "source": cidr, "description": note})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule, wherever it stands."""
        for each in self._in_force():
            each["rules"] = [rule for rule in each["rules"] if _cidr(rule) != cidr]

    def clear_by_hand(self) -> None:
        """Delete all rule sets."""
        self.rulesets.clear()

    def remove_list(self) -> None:
        """Delete the deployment."""
        self._is_gone = True

    def listed(self) -> list[Any]:
        """Return all rule sets, whether they are in force or not."""
        return copy.deepcopy([*self.rulesets.values()])

    def occupied(self) -> int:
        """Return nothing: each owner's rule set has a quota of its own, and starts empty."""
        return 0

    def cidrs(self) -> set[str]:
        """Return the addresses that get in."""
        return {_cidr(rule) for each in self._in_force() for rule in each["rules"]}

    # ---- the API

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("authorization") != f"ApiKey {_KEY}":
            raise _refusal(401, "root.unauthorized", "The supplied authentication is invalid")

    def not_found(self, _: Request) -> Answer:
        """Answer as Elastic Cloud does."""
        return _refusal(404, "root.resource_not_found", "The requested resource could not be found")

    @route("GET", "/api/v1/deployments/{deployment}")
    def get_deployment(self, _: Request, deployment: str) -> Answer:
        """Return the deployment."""
        self._find_deployment(deployment)
        resource = {"id": "b" * 32, "ref_id": "main-elasticsearch", "region": _REGION, "info": {"healthy": True}}
        return Answer(200, {"id": deployment, "name": "orders", "resources": {"elasticsearch": [resource]}})

    @route("GET", _SETS)
    def get_rulesets(self, request: Request) -> Answer:
        """Return the rule sets of a region, or all."""
        region = request.query.get("region")
        found = [each for each in self.rulesets.values() if region in {None, each["region"]}]
        hidden = set() if request.query.get("include_associations") == "true" else {"associations"}
        shown = [{name: value for name, value in each.items() if name not in hidden} for each in found]
        return Answer(200, {"rulesets": shown})

    @route("POST", _SETS)
    def create_ruleset(self, request: Request) -> Answer:
        """Create a rule set; it is not associated with anything yet."""
        content = self._checked(request)
        return Answer(201, {"id": self._add(**content, deployment=None)})

    @route("PUT", f"{_SETS}/{{ruleset}}")
    def update_ruleset(self, request: Request, ruleset: str) -> Answer:
        """Replace a rule set."""
        found = self._find(ruleset)
        content = self._checked(request)
        found.update({**content, "rules": self._numbered(content["rules"])})
        return Answer(200, {"id": ruleset})

    @route("DELETE", f"{_SETS}/{{ruleset}}")
    def delete_ruleset(self, request: Request, ruleset: str) -> Answer:
        """Delete a rule set that is not associated with anything."""
        if self._find(ruleset)["associations"] and request.query.get("ignore_associations") != "true":
            raise _refusal(400, "traffic_filter.associations_exist", "The ruleset has associations")
        del self.rulesets[ruleset]
        return Answer(200, {})

    @route("POST", f"{_SETS}/{{ruleset}}/associations")
    def associate(self, request: Request, ruleset: str) -> Answer:
        """Associate a rule set with a deployment of its region."""
        found = self._find(ruleset)
        content = request.json
        refuse_unknown(content, ("entity_type", "id"), _unknown)
        if content.get("entity_type") != "deployment":
            raise _refusal(400, "traffic_filter.invalid_association_type", "Invalid association type")
        self._find_deployment(content.get("id", ""))
        if found["region"] != _REGION:
            raise _refusal(400, "traffic_filter.invalid_region", "The ruleset belongs to another region")
        if content in found["associations"]:
            return Answer(200, {})
        found["associations"].append(content)
        return Answer(201, {})

    @route("DELETE", f"{_SETS}/{{ruleset}}/associations/deployment/{{deployment}}")
    def dissociate(self, _: Request, ruleset: str, deployment: str) -> Answer:
        """Take a rule set off a deployment."""
        associations = self._find(ruleset)["associations"]
        if _association(deployment) not in associations:
            raise _refusal(404, "traffic_filter.not_found", "The association does not exist")
        associations.remove(_association(deployment))
        return Answer(200, {})

    # ---- behind it

    def _add(
        self,
        name: str,
        type: str,  # noqa: A002 (Elastic's word)
        rules: list[dict[str, Any]],
        *,
        region: str = _REGION,
        deployment: str | None = _DEPLOYMENT,
        **more: Any,
    ) -> str:
        number = f"{next(self._numbers):032x}"
        self.rulesets[number] = {
            "id": number,
            "name": name,
            "type": type,
            "region": region,
            "include_by_default": False,
            "rules": self._numbered(rules),
            "associations": [] if deployment is None else [_association(deployment)],
            **more,
        }
        return number

    def _numbered(self, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"id": f"rule-{next(self._numbers)}", **rule} for rule in rules]

    def _checked(self, request: Request) -> dict[str, Any]:
        content: dict[str, Any] = request.json
        refuse_unknown(content, (*_REQUIRED, "description"), _unknown)
        for name in _REQUIRED:
            if name not in content:
                raise _refusal(400, "root.invalid_json_request", f"JSON request does not comply with schema: [{name}]")
        if content["type"] != "ip" or not 0 < len(content["rules"]) <= _MOST_RULES:
            raise _refusal(400, "traffic_filter.invalid", f"A rule set has between 1 and {_MOST_RULES} rules")
        for rule in content["rules"]:
            refuse_unknown(rule, _RULE_FIELDS, _unknown)
            try:
                ipaddress.IPv4Network(rule["source"])
            except (KeyError, ValueError):
                raise _refusal(400, "traffic_filter.invalid", f"Invalid source: {rule.get('source')}") from None
        return content

    def _find(self, ruleset: str) -> dict[str, Any]:
        if ruleset not in self.rulesets:
            raise _refusal(404, "traffic_filter.not_found", f"Ruleset {ruleset} cannot be found")
        return self.rulesets[ruleset]

    def _find_deployment(self, deployment: str) -> None:
        if self._is_gone or deployment != _DEPLOYMENT:
            raise _refusal(404, "deployments.deployment_not_found", f"Deployment {deployment} cannot be found")

    def _in_force(self) -> list[dict[str, Any]]:
        found = self.rulesets.values()
        return [each for each in found if each["type"] == "ip" and _association(_DEPLOYMENT) in each["associations"]]


def _association(deployment: str) -> dict[str, str]:
    return {"entity_type": "deployment", "id": deployment}


def _cidr(rule: dict[str, Any]) -> str:
    return str(ipaddress.ip_network(rule["source"]))


def _unknown(field: str) -> Answer:
    return _refusal(
        400, "root.invalid_json_request", f"JSON request does not comply with schema: unknown field [{field}]"
    )


def _refusal(status: int, code: str, message: str) -> Answer:
    errors = [{"code": code, "message": message, "fields": []}]
    return Answer(status, {"errors": errors}, {"x-cloud-error-codes": code})


SERVER = ElasticCloudServer
