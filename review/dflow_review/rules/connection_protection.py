"""Connections that travel in clear text, or to whoever answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.rules.entries import managed
from dflow_review.rules.plan_variables import variables_in
from dflow_review.rules.secret_forms import is_connection
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.values import Block

UNENCRYPTED: Final = Rule(
    id="DFLOW060",
    title="Connections to databases are encrypted",
    why="Without TLS, password and data travel in clear text through every network on the way to the database.",
    severity=Severity.HIGH,
    remedy="Ask for TLS in the connection URL (`sslmode=verify-full`, `rediss://`); let the database refuse others.",
)
UNVERIFIED: Final = Rule(
    id="DFLOW061",
    title="Connections verify the database's certificate",
    why="A client that checks no certificate gives its password to whoever answers.",
    severity=Severity.MEDIUM,
    remedy="Use `sslmode=verify-full` or what the client calls it, with the vendor's certificate of authority.",
)

_SCHEMES: Final = "clickhouse|cockroachdb|mariadb|mongodb|mssql|mysql|postgres|postgresql|rediss?|sqlserver|valkeys?"
_URL: Final = re.compile(
    rf"(?P<scheme>(?:{_SCHEMES}))(?:\+[a-z0-9]+)?://(?:[^@\s/?#]*@)?(?P<host>\[[0-9a-fA-F:.]+\]|[^:/?#\s,]+)"
    r"(?P<rest>[^\s]*)",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    r"[?&;](?:ssl-?mode=(?:disabled?|allow|prefer(?:red)?)|(?:use)?ssl=(?:false|0|no|off)|tls=(?:false|0|no|off)|"
    r"encrypt=(?:false|disable|no|optional)|secure=(?:false|0))(?=[&;#\s]|$)",
    re.IGNORECASE,
)
_UNCHECKED: Final = re.compile(
    r"[?&;](?:ssl-?mode=(?:require|required|no-verify)|tlsinsecure=true|tlsallowinvalid(?:certificates|hostnames)=true|"
    r"trustservercertificate=(?:true|yes)|sslaccept=accept_invalid_certs|verifyservercertificate=false|"
    r"ssl_cert_reqs=(?:cert_)?none|tls=(?:skip-verify|preferred)|sslverify(?:certificate)?=(?:false|0)|"
    r"skip_verify=(?:true|1))(?=[&;#\s]|$)",
    re.IGNORECASE,
)
_PLAIN_WITHOUT_WORD: Final = frozenset({"redis", "valkey"})
"""Schemes that mean clear text; another scheme asks for TLS."""
_INSIDE: Final = re.compile(r"(?:dokku-[\w.-]+|localhost|127\.[\d.]+|\[::1\])", re.IGNORECASE)
"""Hosts that are reached without a network in between."""
_MODE_VARIABLES: Final = re.compile(r"(?:PG|POSTGRES_|DB_|DATABASE_|MYSQL_)_?SSL_?MODE")
_VERIFY_VARIABLES: Final = {"NODE_TLS_REJECT_UNAUTHORIZED": "0", "PYTHONHTTPSVERIFY": "0"}


@dataclass(frozen=True)
class Setting:
    """An attribute of a database that decides whether it takes connections in clear text.

    Args:
        type: of the resource.
        path: of the attribute; positions in lists included.
        bad: the values that let connections in clear text in.
        only_if: another attribute and the values it has to have, where the resource is for any setting.
    """

    type: str
    path: tuple[str | int, ...]
    bad: tuple[str | bool, ...]
    only_if: tuple[str, tuple[str, ...]] | None = None


_OFF: Final = ("off", "OFF", "Off", "0", "false")
_AZURE: Final = ("name", ("require_secure_transport",))
SETTINGS: Final = (
    Setting("aws_elasticache_replication_group", ("transit_encryption_enabled",), (False,)),
    Setting("azurerm_mssql_server", ("minimum_tls_version",), ("Disabled",)),
    Setting("azurerm_mysql_flexible_server_configuration", ("value",), _OFF, _AZURE),
    Setting("azurerm_postgresql_flexible_server_configuration", ("value",), _OFF, _AZURE),
    Setting("azurerm_redis_cache", ("non_ssl_port_enabled",), (True,)),
    Setting("azurerm_redis_cache", ("enable_non_ssl_port",), (True,)),
    Setting(
        "google_sql_database_instance",
        ("settings", 0, "ip_configuration", 0, "ssl_mode"),
        ("ALLOW_UNENCRYPTED_AND_ENCRYPTED",),
    ),
    Setting("google_sql_database_instance", ("settings", 0, "ip_configuration", 0, "require_ssl"), (False,)),
    Setting("rediscloud_subscription_database", ("enable_tls",), (False,)),
    Setting("upstash_redis_database", ("tls",), (False,)),
)
_BY_TYPE: Final = {
    kind: tuple(setting for setting in SETTINGS if setting.type == kind)
    for kind in sorted({setting.type for setting in SETTINGS})
}
PARAMETER_GROUPS: Final = frozenset({"aws_db_parameter_group", "aws_rds_cluster_parameter_group"})
_FORCES_TLS: Final = frozenset({"rds.force_ssl", "require_secure_transport"})


def connections_are_encrypted(subject: Subject) -> Iterator[Finding]:
    """Find connection URLs that ask for clear text, and databases that are told to take it."""
    yield from _in_variables(subject, UNENCRYPTED)
    for resource in managed(subject):
        if resource.type in _BY_TYPE:
            for setting in _BY_TYPE[resource.type]:
                yield from _about_setting(resource, setting)
        elif resource.type in PARAMETER_GROUPS:
            yield from _about_parameters(resource)


def connections_verify_certificates(subject: Subject) -> Iterator[Finding]:
    """Find connection URLs that ask for TLS and trust whoever answers."""
    return _in_variables(subject, UNVERIFIED)


def _in_variables(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for variable in variables_in(subject):
        address, name = variable.resource.address, variable.name
        if variable.value is Missing.UNKNOWN and (not name or is_connection(name)):
            what = f"variables.{name} is" if name else "The variables are"
            yield Finding(
                rule, address, f"{what} known after apply; how the connection is protected is, too.", Answer.CANNOT_TELL
            )
        elif isinstance(variable.value, str) and _verdict(name, variable.value) is rule:
            what = "asks for a connection in clear text" if rule is UNENCRYPTED else "trusts whoever answers"
            yield Finding(rule, address, f"variables.{name} {what}.")


def _verdict(name: str, text: str) -> Rule | None:
    """Return the rule that a variable's value breaks."""
    if _VERIFY_VARIABLES.get(name) == text:
        return UNVERIFIED
    if _MODE_VARIABLES.fullmatch(name):
        return _of_query(f"?sslmode={text}")
    found: Rule | None = None
    for url in _URL.finditer(text):
        if _INSIDE.fullmatch(url["host"]):
            continue
        verdict = _of_query(url["rest"])
        if verdict is None and url["scheme"].lower() in _PLAIN_WITHOUT_WORD:
            verdict = UNENCRYPTED
        found = UNENCRYPTED if UNENCRYPTED in (found, verdict) else found or verdict
    return found


def _of_query(text: str) -> Rule | None:
    if _PLAIN.search(text):
        return UNENCRYPTED
    return UNVERIFIED if _UNCHECKED.search(text) else None


def _about_setting(resource: PlannedResource, setting: Setting) -> Iterator[Finding]:
    if resource.after is None:
        return
    if setting.only_if is not None:
        attribute, names = setting.only_if
        if resource.after.get(attribute) not in names:
            return
    # True is 1, and neither may stand for the other.
    value = resource.after.get(*setting.path)
    where = ".".join(str(step) for step in setting.path)
    if value is Missing.UNKNOWN and resource.action is not Action.CREATE:
        yield Finding(UNENCRYPTED, resource.address, f"{where} is known after apply.", Answer.CANNOT_TELL)
    elif any(value is bad or (isinstance(value, str) and value == bad) for bad in setting.bad):
        yield Finding(
            UNENCRYPTED,
            resource.address,
            f"{where} lets clients connect in clear text.",
            severity=_old(resource, setting),
        )


def _old(resource: PlannedResource, setting: Setting) -> Severity | None:
    if resource.before is None or resource.after is None:
        return None
    same = resource.before.get(*setting.path) == resource.after.get(*setting.path)
    return Severity.MEDIUM if same else None


def _about_parameters(resource: PlannedResource) -> Iterator[Finding]:
    block = resource.after
    if block is None:
        return
    length = block.length("parameter")
    for position in range(0 if isinstance(length, Missing) else length):
        name, value = _parameter(block, position)
        if name in _FORCES_TLS and value is Missing.UNKNOWN:
            yield Finding(
                UNENCRYPTED, resource.address, f"The value of {name} is known after apply.", Answer.CANNOT_TELL
            )
        elif name in _FORCES_TLS and value in _OFF:
            yield Finding(UNENCRYPTED, resource.address, f"{name} is off: clients may connect in clear text.")


def _parameter(block: Block, position: int) -> tuple[object, object]:
    return block.get("parameter", position, "name"), block.get("parameter", position, "value")
