"""Connection URLs the way each engine's clients read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.tls import TlsMode
from dflow_constructs.url_form import form_of
from dflow_constructs.variable_value import Encoding, SecretPiece, VariableValue, percent_encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.secret import Secret
    from dflow_constructs.url_form import UrlForm


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
    form: UrlForm,
    mode: TlsMode,
    *,
    username: str | None,
    password: Secret,
    host: str,
    port: str,
    database: str | None,
    options: Mapping[str, str],
) -> VariableValue:
    """Put a URL together: every part percent-encoded, the protection asked for in the words of whoever reads it."""
    return VariableValue.of(
        f"{_scheme(form, mode)}://{percent_encoded(username or '')}:",
        SecretPiece(password, Encoding.PERCENT),
        f"@{_tail(form, mode, host, port, database, options)}",
    )


def host_and_port(
    form: UrlForm, mode: TlsMode, host: str, port: str, database: str | None, options: Mapping[str, str]
) -> str:
    """Put a URL together that holds neither user nor password."""
    return f"{_scheme(form, mode)}://{_tail(form, mode, host, port, database, options)}"


def _scheme(form: UrlForm, mode: TlsMode) -> str:
    return form.tls_scheme if form.tls_scheme is not None and mode is not TlsMode.DISABLED else form.scheme


def _tail(form: UrlForm, mode: TlsMode, host: str, port: str, database: str | None, options: Mapping[str, str]) -> str:
    place = _host(host).removesuffix(form.account_domain) + (f":{port}" if form.has_port else "")
    path, named = database, ""
    if form.database_option is not None:
        path, named = None, "" if database is None else f"{form.database_option}={percent_encoded(database)}"
    query = form.separator.join(
        part
        for part in (named, form.queries[mode], *(f"{key}={_option(form, options[key])}" for key in options))
        if part
    )
    slash = "/" if path is not None or (query and form.database_option is None) else ""
    mark = "?" if form.separator == "&" else form.separator
    return place + slash + ("" if path is None else percent_encoded(path)) + (f"{mark}{query}" if query else "")


def _option(form: UrlForm, value: str) -> str:
    encoded = percent_encoded(value)
    return encoded.replace("%2F", "/") if form.has_bare_slashes else encoded


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
