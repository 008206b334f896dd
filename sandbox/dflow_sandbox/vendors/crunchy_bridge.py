"""Crunchy Bridge's API, as far as a network's firewall rules need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "cbkey_of_the_sandbox"
_TOKEN: Final = "cbat_of_the_sandbox"  # noqa: S105 (of a stand-in)
_RULES: Final = "/networks/{network}/firewall-rules"
_TEAM: Final = "lwrutwmpzzcwpnjgqxoomzpf3i"


class BridgeServer(ContractServer):
    """One network. Its two rules that let in everybody have been replaced; `bear` puts them back."""

    locators: ClassVar[Mapping[str, str]] = {"network_id": "oap3kavluvgm7cwtzgaaixzfoi"}

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self._rules = [
            self._made("198.51.100.7/32", "office"),
            self._made("198.51.100.64/26", None),
            self._made("2001:db8:7::/48", "office"),
        ]
        self._is_there = True

    def bear(self) -> None:
        """Give the network the rules it is born with, and no other."""
        self._rules = [self._made("0.0.0.0/0", "default"), self._made("::/0", "default")]

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"CB_API_KEY": _KEY, "CB_HOST": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule as the dashboard does."""
        self._rules.append(self._made(cidr, note))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule as the dashboard does."""
        self._rules = [each for each in self._rules if each["rule"] != cidr]

    def open_by_hand(self) -> None:
        """Let in everybody: no other rule can stand beside those."""
        self.bear()

    def remove_list(self) -> None:
        """Delete the network."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self._rules)

    def cidrs(self) -> set[str]:
        """Return their addresses."""
        return {each["rule"] for each in self._rules}

    def writes(self) -> list[str]:
        """Return the requests that change something; asking for a token does not."""
        return [each for each in super().writes() if not each.endswith("/access-tokens")]

    def authenticate(self, request: Request) -> None:
        """Take the token; the exchange takes the key."""
        if request.path != "/access-tokens" and request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _refusal(401, "Unauthorized.")

    def not_found(self, request: Request) -> Answer:  # noqa: ARG002 (the vendor names no path)
        """Answer as the API does."""
        return _refusal(404, "Not found.")

    @route("POST", "/access-tokens")
    def grant_token(self, request: Request) -> Answer:
        """Exchange the key for a token."""
        if parse_qs(request.body.decode()) != {"grant_type": ["client_credential"], "client_secret": [_KEY]}:
            return _refusal(401, "The client secret is not valid.")
        return Answer(200, {"access_token": _TOKEN, "expires_in": 600, "token_type": "bearer"})

    @route("GET", "/networks/{network}")
    def get_network(self, _: Request, network: str) -> Answer:
        """Return the network."""
        self._expect(network)
        return Answer(200, {"id": network, "name": "orders", "cidr4": "10.0.0.0/16", "team_id": _TEAM})

    @route("GET", f"/teams/{_TEAM}.pem")
    def get_team_certificate(self, _: Request) -> Answer:
        """Return the certificate of the team's authority."""
        return Answer(200, self.authority.encode(), {"Content-Type": "application/x-pem-file"})

    @route("GET", _RULES)
    def list_rules(self, _: Request, network: str) -> Answer:
        """Return all rules."""
        self._expect(network)
        return Answer(200, {"firewall_rules": self.listed()})

    @route("POST", _RULES)
    def add_rule(self, request: Request, network: str) -> Answer:
        """Add a rule that overlaps none."""
        self._expect(network)
        content = self._checked(request)
        if "rule" not in content:
            raise _refusal(400, "rule is required.")
        self._refuse_overlap(content["rule"], self._rules)
        self._rules.append(self._made(content["rule"], content.get("description")))
        return Answer(200, self._rules[-1])

    @route("PATCH", f"{_RULES}/{{rule}}")
    def change_rule(self, request: Request, network: str, rule: str) -> Answer:
        """Change what of a rule is given."""
        self._expect(network)
        found, content = self._found(rule), self._checked(request)
        if "rule" in content:
            self._refuse_overlap(content["rule"], [each for each in self._rules if each is not found])
        found.update(content)
        return Answer(200, found)

    @route("DELETE", f"{_RULES}/{{rule}}")
    def remove_rule(self, _: Request, network: str, rule: str) -> Answer:
        """Remove a rule."""
        self._expect(network)
        found = self._found(rule)
        self._rules.remove(found)
        return Answer(200, found)

    def _expect(self, network: str) -> None:
        if network != self.locators["network_id"] or not self._is_there:
            raise _refusal(404, "Network not found.")

    def _checked(self, request: Request) -> dict[str, Any]:
        content: dict[str, Any] = request.json
        refuse_unknown(content, ("rule", "description"), lambda name: _refusal(400, f"Unknown field {name}."))
        try:
            ipaddress.ip_network(content.get("rule", "0.0.0.0/0"))
        except ValueError:
            raise _refusal(400, f"{content['rule']} is not a valid CIDR.") from None
        return content

    def _refuse_overlap(self, rule: str, others: list[dict[str, Any]]) -> None:
        network = ipaddress.ip_network(rule)
        for each in others:
            other = ipaddress.ip_network(each["rule"])
            if network.version == other.version and network.overlaps(other):
                raise _refusal(400, f"Rule {rule} overlaps with existing rule {each['rule']}.")

    def _found(self, rule: str) -> dict[str, Any]:
        found = next((each for each in self._rules if each["id"] == rule), None)
        if found is None:
            raise _refusal(404, "Firewall rule not found.")
        return found

    def _made(self, cidr: str, note: str | None) -> dict[str, Any]:
        return {"id": f"rule{next(self._numbers):022}", "rule": cidr, "description": note}


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"message": message, "request_id": "req"})


SERVER = BridgeServer
