"""Connection URLs the way each engine's clients read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.tls import TlsMode
from dflow_constructs.url_form import DatabasePlace, form_of
from dflow_constructs.variable_value import Encoding, SecretPiece, VariableValue, percent_encoded

if TYPE_CHECKING:
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.secret import Secret


def default_port(engine: AnyEngine, mode: TlsMode) -> int:
    """Return the port the engine listens on unless told otherwise."""
    form = form_of(engine)
    return form.plain_port if form.plain_port is not None and mode is TlsMode.DISABLED else form.port


def modes_of(engine: AnyEngine) -> tuple[TlsMode, ...]:
    """Return the protections that a URL of the engine can ask for."""
    return tuple(form_of(engine).queries)


def tls_word(engine: AnyEngine, mode: TlsMode) -> str:
    """Return the protection in the word that stands in the engine's URL, or in ours where the URL has none."""
    form = form_of(engine)
    return form.queries[mode].partition("=")[2] if form.has_word else mode.value


def connection_url(
    engine: AnyEngine,
    mode: TlsMode,
    *,
    username: str | None,
    password: Secret,
    host: str,
    port: str,
    database: str | None,
) -> VariableValue:
    """Put a URL together: every part percent-encoded, the protection asked for in the engine's own words."""
    form = form_of(engine)
    scheme = form.tls_scheme if form.tls_scheme is not None and mode is not TlsMode.DISABLED else form.scheme
    place = _host(host).removesuffix(form.account_domain) + (f":{port}" if form.has_port else "")
    query = form.queries[mode]
    path = database
    if database is not None and form.place is DatabasePlace.QUERY:
        path, query = None, "&".join(part for part in (f"database={percent_encoded(database)}", query) if part)
    tail = f"@{place}"
    if path is not None or (query and form.place is DatabasePlace.PATH):
        tail += "/"
    if path is not None:
        tail += percent_encoded(path)
    if query:
        tail += f"?{query}"
    return VariableValue.of(
        f"{scheme}://{percent_encoded(username or '')}:",
        SecretPiece(password, Encoding.PERCENT),
        tail,
    )


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
