"""EC2's Query API, as far as managed prefix lists need it; moto keeps neither their version nor their size.

An action is seen from outside as a request to the path of its name, those that only read as a GET.
"""

from __future__ import annotations

import copy
import hashlib
import hmac
import ipaddress
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "AKIAPREFIXLISTSANDBOX"
_SECRET: Final = "secret-access-key-of-the-sandbox"  # noqa: S105 (of a stand-in)
_XML: Final = {"Content-Type": "text/xml;charset=UTF-8"}
_PER_CALL: Final = 100
_CREDENTIAL: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>(?P<day>\d+)/(?P<region>[^/]+)/ec2/aws4_request), "
    r"SignedHeaders=(?P<headers>[^,]+), Signature=(?P<signature>\w+)"
)


class PrefixListServer(ContractServer):
    """One customer-managed prefix list of IPv4 entries. A change is under way for one look."""

    TAKES_IPV6 = False

    ID: ClassVar[str] = "pl-0123456789abcdef0"
    REGION: ClassVar[str] = "eu-central-1"
    ENTRIES_PER_READ: ClassVar[int] = _PER_CALL
    ENTRIES_PER_WRITE: ClassVar[int] = _PER_CALL
    POLLED: ClassVar[str] = r"/DescribeManagedPrefixLists"
    locators: ClassVar[Mapping[str, str]] = {"region": REGION, "prefix_list_id": ID}

    def __init__(self) -> None:
        super().__init__()
        self.properties: dict[str, Any] = {
            "prefixListId": self.ID,
            "addressFamily": "IPv4",
            "prefixListName": "orders",
            "maxEntries": 1000,
            "ownerId": "123456789012",
        }
        self.state = "create-complete"
        self.state_message = ""
        self._entries: list[dict[str, str]] = [
            {"cidr": "198.51.100.7/32", "description": "office"},
            {"cidr": "198.51.100.64/26"},
        ]
        self._version = 1
        self._old: dict[int, list[dict[str, str]]] = {}
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "AWS_ACCESS_KEY_ID": _KEY,
            "AWS_SECRET_ACCESS_KEY": _SECRET,
            "AWS_ENDPOINT_URL_EC2": self.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an entry as the console does."""
        self._write([*self._entries, {"cidr": cidr, "description": note}])

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an entry as the console does."""
        self._write([each for each in self._entries if each["cidr"] != cidr])

    def remove_list(self) -> None:
        """Delete the list."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the entries."""
        return copy.deepcopy(self._entries)

    def cidrs(self) -> set[str]:
        """Return their addresses."""
        return {each["cidr"] for each in self._entries}

    def refuse_next(
        self,
        method: str,
        path: str = "",
        *,
        status: int,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> None:
        """Answer with an error of EC2's, which is never without a body."""
        content = body or _refusal("RequestLimitExceeded", "Request limit exceeded.").body
        super().refuse_next(method, path, status=status, body=content, headers={**_XML, **(headers or {})}, times=times)

    def authenticate(self, request: Request) -> None:
        """Check the signature (AWS Signature Version 4)."""
        found = _CREDENTIAL.fullmatch(request.headers.get("authorization", ""))
        if found is None or found["key"] != _KEY or found["region"] != self.REGION:
            raise _refusal("AuthFailure", "AWS was not able to validate the provided access credentials", 401)
        if not hmac.compare_digest(_signature(request, found), found["signature"]):
            said = "The request signature we calculated does not match the signature you provided."
            raise _refusal("SignatureDoesNotMatch", said, 403)

    def not_found(self, request: Request) -> Answer:
        """Answer as EC2 does."""
        return _refusal("InvalidAction", f"The action {request.path[1:]} is not valid for this web service.")

    @route("GET", "/DescribeManagedPrefixLists")
    def describe(self, request: Request) -> Answer:
        """Return the list, if it is asked for; each look brings a change nearer to its end."""
        self._expect(request, "PrefixListId.1")
        state, message = self.state, f"<stateMessage>{escape(self.state_message)}</stateMessage>"
        if state == "modify-in-progress":
            self.state = "modify-complete"
        return _answer(request, f"<prefixListSet><item>{self._as_xml(state)}{message}</item></prefixListSet>")

    @route("GET", "/GetManagedPrefixListEntries")
    def get_entries(self, request: Request) -> Answer:
        """Return a page of the entries of a version."""
        self._expect(request, "PrefixListId", "TargetVersion", "MaxResults", "NextToken")
        version = int(request.query.get("TargetVersion", self._version))
        entries = self._entries if version == self._version else self._old.get(version)
        if entries is None:
            raise _refusal("InvalidParameterValue", "The specified value for version is not valid.")
        start = int(request.query.get("NextToken", "0"))
        shown = "".join(
            f"<item>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in each.items())}</item>"
            for each in entries[start : start + _PER_CALL]
        )
        more = start + _PER_CALL < len(entries)
        following = f"<nextToken>{start + _PER_CALL}</nextToken>" if more else ""
        return _answer(request, f"<entrySet>{shown}</entrySet>{following}")

    @route("POST", "/ModifyManagedPrefixList")
    def modify(self, request: Request) -> Answer:
        """Add and remove entries, if the version is the one that was read."""
        adding, removing = _items(request, "AddEntry"), _items(request, "RemoveEntry")
        self._expect(request, "PrefixListId", "CurrentVersion")
        if max(len(adding), len(removing)) > _PER_CALL:
            raise _refusal("InvalidParameterValue", "The request can contain up to 100 entries.")
        if self.state.endswith("-in-progress"):
            said = f"The request cannot be completed with the prefix list ({self.ID}) in the current state"
            raise _refusal("IncorrectState", f"{said} ({self.state}).")
        if int(request.query.get("CurrentVersion", "0")) != self._version:
            raise _refusal("PrefixListVersionMismatch", "The prefix list has the incorrect version number.")
        both = {raw.get("Cidr") for raw in adding} & {raw["Cidr"] for raw in removing}
        if both:
            said = f"Request cannot contain Cidr {min(map(str, both))} in both"
            raise _refusal("InvalidParameterValue", f"{said} AddPrefixListEntries and RemovePrefixListEntries")
        left = [each for each in self._entries if each["cidr"] not in {raw["Cidr"] for raw in removing}]
        for raw in adding:
            refuse_unknown(raw, ("Cidr", "Description"), lambda name: _refusal("UnknownParameter", name))
            self._check(raw)
            left.append(
                {"cidr": raw["Cidr"], **({"description": raw["Description"]} if raw.get("Description") else {})}
            )
        if len(left) > self.properties["maxEntries"]:
            raise _refusal("PrefixListMaxEntriesExceeded", "You've reached the maximum number of entries.")
        self._write(left)
        self.state = "modify-in-progress"
        return _answer(request, f"<prefixList>{self._as_xml(self.state)}</prefixList>")

    def _answer(self, request: Request) -> Answer | None:
        query = {name: values[0] for name, values in parse_qs(request.body.decode(), keep_blank_values=True).items()}
        action = query.get("Action", "")
        method = "GET" if action.startswith(("Describe", "Get")) else "POST"
        return super()._answer(replace(request, method=method, path=f"/{action}", query=query))

    def _expect(self, request: Request, *known: str) -> None:
        entries = ("AddEntry.", "RemoveEntry.")
        given = {name: text for name, text in request.query.items() if not name.startswith(entries)}
        refuse_unknown(
            given,
            ("Action", "Version", *known),
            lambda name: _refusal("UnknownParameter", f"The parameter {name} is not recognized"),
        )
        named = request.query.get(known[0], "")
        if named != self.ID or not self._is_there:
            raise _refusal("InvalidPrefixListID.NotFound", f"The prefix list ID '{named}' does not exist")

    def _check(self, raw: Mapping[str, str]) -> None:
        try:
            network = ipaddress.ip_network(raw["Cidr"])
        except (KeyError, ValueError):
            raise _refusal("InvalidParameterValue", f"Invalid CIDR block {raw.get('Cidr')}.") from None
        if f"IPv{network.version}" != self.properties["addressFamily"]:
            raise _refusal("InvalidParameterValue", "The CIDR does not match the address family.")
        if any(each["cidr"] == raw["Cidr"] for each in self._entries):
            raise _refusal("InvalidRequest", "The request received was invalid.")
        if len(raw.get("Description", "")) > 255:
            raise _refusal("InvalidParameterValue", "A description has up to 255 characters.")

    def _write(self, entries: list[dict[str, str]]) -> None:
        self._old[self._version] = self._entries
        self._entries, self._version = entries, self._version + 1

    def _as_xml(self, state: str) -> str:
        content = {**self.properties, "state": state, "version": self._version}
        return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in content.items())


def _items(request: Request, name: str) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for field, text in request.query.items():
        part = re.fullmatch(rf"{name}\.(\d+)\.(\w+)", field)
        if part is not None:
            found.setdefault(int(part[1]), {})[part[2]] = text
    return [found[number] for number in sorted(found)]


def _signature(request: Request, found: re.Match[str]) -> str:
    names = found["headers"].split(";")
    headers = "".join(f"{name}:{' '.join(request.headers.get(name, '').split())}\n" for name in names)
    body = hashlib.sha256(request.body).hexdigest()
    canonical = f"POST\n/\n\n{headers}\n{found['headers']}\n{body}"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{request.headers.get('x-amz-date', '')}\n{found['scope']}\n{digest}"
    key = f"AWS4{_SECRET}".encode()
    for part in found["scope"].split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _answer(request: Request, content: str) -> Answer:
    name = f"{request.path[1:]}Response"
    return Answer(200, f"<{name}><requestId>req</requestId>{content}</{name}>".encode(), _XML)


def _refusal(code: str, message: str, status: int = 400) -> Answer:
    error = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    return Answer(status, f"<Response><Errors>{error}</Errors><RequestID>req</RequestID></Response>".encode(), _XML)


SERVER = PrefixListServer
