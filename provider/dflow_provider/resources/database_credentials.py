"""`ephemeral.dflow_database_credentials`: how to log in to a database that dFlow runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from dflow_provider.control_plane.errors import NotFound
from dflow_provider.control_plane.outbound_address import SENTINEL
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.record_lookup import record_with_id
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import STRING, Attribute, Exposure, Presence, ProviderError, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.servers import ServerDocument
    from dflow_provider.control_plane.services import Credentials, CredentialsDocument
    from dflow_provider.schema import Call, Values


class DatabaseCredentials:
    """User name, password and address of one database, for one run."""

    schema: ClassVar[Schema] = Schema(
        "The credentials of a Database service, for write-only arguments and provider settings. They exist for one "
        "run and stand in no plan and no state. dFlow learns them when it deploys the database; before that, opening "
        "this is an error. Services of the same Environment need none of it: they use reference variables.",
        (
            Attribute(
                "service_id",
                STRING,
                Presence.REQUIRED,
                "Id of the Database service.",
                validators=(NotBlank(),),
            ),
            Attribute("engine", STRING, Presence.COMPUTED, "What kind of database it is."),
            Attribute("username", STRING, Presence.COMPUTED, "The user name; empty where the engine has none."),
            Attribute("password", STRING, Presence.COMPUTED, "The password.", exposure=Exposure.SENSITIVE),
            Attribute(
                "host",
                STRING,
                Presence.COMPUTED,
                "The host name on the Worker Node's own network, where linked services alone reach it.",
            ),
            Attribute("port", STRING, Presence.COMPUTED, "The port on `host`."),
            Attribute(
                "connection_url",
                STRING,
                Presence.COMPUTED,
                "The URL with user name, password, `host` and `port`, as dFlow built it.",
                exposure=Exposure.SENSITIVE,
            ),
            Attribute(
                "public_host",
                STRING,
                Presence.COMPUTED,
                "The Worker Node's public address; null unless somebody exposed the database in dFlow's dashboard, "
                "and null with a warning where dFlow does not know the address.",
            ),
            Attribute(
                "public_port",
                STRING,
                Presence.COMPUTED,
                "The port on `public_host`, open to the whole internet; null unless the database is exposed.",
            ),
            Attribute(
                "public_connection_url",
                STRING,
                Presence.COMPUTED,
                "`connection_url` with `public_host` and `public_port`; null where one of them is.",
                exposure=Exposure.SENSITIVE,
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @explaining()
    def open(self, config: Values, call: Call) -> Values:
        """Read the credentials that dFlow learnt at the last deployment."""
        dflow = self._backend.control_plane.during(call.stop.wait)
        document = record_with_id(dflow, dflow.database_credentials, str(config["service_id"]), ("service_id",))
        _check_type(document)
        details = document.get("databaseDetails") or {}
        url = details.get("connectionUrl")
        if not url:
            raise ProviderError(
                "Database is not deployed yet",
                f"The Database service {document['name']!r} (id {document['id']}) has no connection URL: dFlow "
                f"learns user name and password when it deploys a database; deploy it in the dashboard, see that its "
                f"status is running, then run this again. A deployment that dFlow calls a success and that leaves no "
                f"URL has failed on the Worker Node.",
                ("service_id",),
            )
        public_port = next(iter(details.get("exposedPorts") or ()), None)
        public_host = _public_host(dflow, document, call) if public_port is not None else None
        return {
            "service_id": config["service_id"],
            "engine": details.get("type"),
            **_login(details, url),
            "connection_url": url,
            "public_host": public_host,
            "public_port": public_port,
            "public_connection_url": _moved(url, public_host, public_port) if public_host and public_port else None,
        }


def _check_type(document: CredentialsDocument) -> None:
    if document["type"] != "database":
        raise ProviderError(
            "Service is no database",
            f"The service {document['name']!r} (id {document['id']}) is of the type {document['type']!r}. Only a "
            f"Database service has credentials; give the id of one.",
            ("service_id",),
        )


def _login(details: Credentials, url: str) -> Values:
    """Return what dFlow keeps in fields of their own; what it left out is in the URL."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return {
            "username": details.get("username") or "",
            "password": details.get("password"),
            "host": details.get("host"),
            "port": details.get("port"),
        }
    return {
        "username": details.get("username") or parts.username or "",
        "password": details.get("password") or parts.password,
        "host": details.get("host") or host,
        "port": details.get("port") or (str(port) if port is not None else None),
    }


def _public_host(dflow: ControlPlane, document: CredentialsDocument, call: Call) -> str | None:
    """Return the address that dFlow's own public references use, if it is one."""
    server = _node_of(dflow, document)
    field = "ip" if server is not None and server.get("preferConnectionType") == "ssh" else "publicIp"
    address = server.get(field) if server is not None else None
    if address and address != SENTINEL:
        return str(address)
    node = f"the Worker Node {server['name']!r} (id {server['id']})" if server is not None else "its Worker Node"
    call.report.warning(
        "Public address is not known",
        f"The database {document['name']!r} is exposed to the internet, but dFlow does not know the address of {node}: "
        f"its field {field} is {address!r}. public_host and public_connection_url are null.",
    )
    return None


def _node_of(dflow: ControlPlane, document: CredentialsDocument) -> ServerDocument | None:
    project = document.get("project")
    try:
        server_id = dflow.projects.get(project).get("server") if project else None
        return dflow.servers.get(server_id) if server_id else None
    except NotFound:
        return None


def _moved(url: str, host: str, port: str) -> str:
    """Return the URL with another address; user name, password and the rest stay as they are."""
    scheme, separator, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    login, at, _ = authority.rpartition("@")
    address = f"[{host}]" if ":" in host else host
    return f"{scheme}{separator}{login}{at}{address}:{port}{slash}{path}"
