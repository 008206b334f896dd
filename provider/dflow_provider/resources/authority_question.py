"""Whether an authority can be asked for as it is configured, told without asking anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.resources.record_lookup import check_one_of
from dflow_provider.schema import is_known
from dflow_vendors import AuthorityOrigin, all_vendors, vendor_named

if TYPE_CHECKING:
    from dflow_provider.schema import Report, Value, Values
    from dflow_vendors import Vendor


def refuse_question(config: Values, report: Report) -> None:
    """Report what does not go together, and what a vendor has no answer to; unknown values are not wrong."""
    check_one_of(config, report, ("url", "vendor"), "whose authority is meant")
    if config["url"] is not None:
        for name in ("locators", "host"):
            _refuse_useless(name, config, "the certificates come from url", report)
        return
    if isinstance(config["vendor"], str):
        _refuse_vendor(config["vendor"], config, report)


def _refuse_vendor(key: str, config: Values, report: Report) -> None:
    try:
        vendor = vendor_named(key)
    except KeyError:
        known = ", ".join(each.key for each in all_vendors() if _origin(each) in _ANSWERED)
        report.error(
            "Vendor is not known",
            f"{key!r} is no vendor here. Those whose authority can be read are {known}. For another one, give the "
            f"address of its certificate in url.",
            ("vendor",),
        )
        return
    match _origin(vendor):
        case AuthorityOrigin.SYSTEM:
            report.error(
                "Nothing to deliver",
                f"{vendor.name}: the certificates are signed by an authority that every system trusts. Remove this "
                f"data source, and let services trust their system (sslrootcert=system, for libpq).",
                ("vendor",),
            )
        case AuthorityOrigin.UNDOCUMENTED:
            told = f" ({vendor.tls.authority})" if vendor.tls else ""
            report.error(
                "Authority is not documented",
                f"{vendor.name}: the vendor documents neither a call nor a download for its authority's certificate"
                f"{told}. Take it from the vendor's console, and give its address in url, or its text to the service "
                f"directly.",
                ("vendor",),
            )
        case AuthorityOrigin.PUBLISHED:
            _refuse_useless(
                "locators", config, f"{vendor.name}: its authorities are told by the host name, if at all", report
            )
            _refuse_host(vendor, config["host"], report)
        case AuthorityOrigin.API:
            _refuse_useless("host", config, f"{vendor.name} is asked for it by the locators", report)
            _refuse_locators(vendor, config["locators"], report)


_ANSWERED = frozenset({AuthorityOrigin.API, AuthorityOrigin.PUBLISHED})


def _origin(vendor: Vendor) -> AuthorityOrigin:
    return AuthorityOrigin.UNDOCUMENTED if vendor.tls is None else vendor.tls.authority_from


def _refuse_useless(name: str, config: Values, why: str, report: Report) -> None:
    if config[name] is not None:
        report.error(f"{name.capitalize()} without effect", f"{name} is given, and {why}. Leave it out.", (name,))


def _refuse_host(vendor: Vendor, host: Value, report: Report) -> None:
    published = vendor.tls.published if vendor.tls else ()
    if host is None and any(each.host is not None for each in published):
        report.error(
            "Host is not given",
            f"{vendor.name}: which authority vouches for a database shows in its host name. Give it, "
            f'host = "orders.abc.eu-central-1.rds.amazonaws.com".',
            ("host",),
        )
    elif isinstance(host, str) and not any(each.vouches_for(host) for each in published):
        report.error(
            "Authority is not known",
            f"{vendor.name}: nothing is known of the authority that vouches for {host}. Give the address of its "
            f"certificate in url, in place of vendor.",
            ("host",),
        )


def _refuse_locators(vendor: Vendor, locators: Value, report: Report) -> None:
    if not is_known(locators):
        return
    given = locators if isinstance(locators, dict) else {}
    known = {locator.name: locator for locator in (vendor.owned.locators if vendor.owned else ())}
    for name, value in given.items():
        if name not in known:
            report.error(
                "Locator is not known",
                f"{name} says nothing of a database here. {vendor.name} is told by {', '.join(known)}.",
                ("locators", name),
            )
        elif isinstance(value, str) and not known[name].pattern.fullmatch(value):
            report.error(
                "Locator is no good value",
                f"{name}: {value!r} is not {known[name].form}. It looks like {known[name].example}.",
                ("locators", name),
            )
    missing = [locator for locator in known.values() if locator.is_required and given.get(locator.name) is None]
    if missing:
        report.error(
            "Database is not named",
            f"{vendor.name}: {', '.join(locator.name for locator in missing)} is not given. "
            f'{missing[0].description} Write locators = {{ {missing[0].name} = "{missing[0].example}" }}.',
            ("locators",),
        )
