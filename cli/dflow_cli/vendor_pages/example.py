"""The example of a vendor's allowlist: a configuration, how to import it, and what it does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_vendors import CallPattern, OwnerMark, vendor_named

if TYPE_CHECKING:
    from dflow_vendors import OwnedEntries, Vendor

OWNER: Final = "shop/orders"
CIDR: Final = "203.0.113.7/32"

_NODE: Final = """\
data "dflow_worker_node" "fra" {
  name                = "fra-1"
  require_outbound_ip = true
}
"""
_LIMITS: Final = (
    "It makes neither the database nor the list's other entries, and turns no list on or off.",
    "It removes nobody else's entries, not even dangerous ones: `foreign_entries` and `open_to_world` report them.",
    "It opens the firewall, not the way there: routes, private networks and the database's own users are elsewhere.",
    "Connections that are open when an entry goes may stay open: removing an entry is no way to cut somebody off.",
)
_WAITING: Final = """\
- `timeout_minutes`, 20 unless given: how long the vendor may take to carry out one change. After it the apply ends with
  an error, and the next one looks at what became of it.
- A vendor that is busy or asks to slow down is asked up to eight times in all, with pauses of half a second to eight
  seconds, or as long as it says.
- Ctrl-C ends every wait at once.
"""
_UNLOCKED: Final = (
    "This vendor's list can only be written whole, and nothing tells whether somebody else wrote it in between. An "
    "entry that somebody adds in the moment between this provider's reading and its writing is lost. Entries of other "
    "dFlow allowlists come back: whoever lost one notices when it reads the list again, at the latest in its next plan."
)


def example_files(key: str) -> dict[str, str]:
    """Return the files of a vendor's example as text by name.

    Raises:
        KeyError: there is no such vendor.
        TypeError: its row says nothing about entries of our own.
    """
    vendor = vendor_named(key)
    if vendor.owned is None:
        raise TypeError(f"{key} has no entries of our own")
    return {
        "timeouts.md": _WAITING,
        "resource.tf": f"{_NODE}\n{_resource(vendor, vendor.owned)}",
        "import.sh": _import(vendor, vendor.owned),
        "not.md": "".join(f"- {limit}\n" for limit in (*_LIMITS, *_of_the_pattern(vendor), *vendor.owned.limits)),
    }


def _resource(vendor: Vendor, owned: OwnedEntries) -> str:
    named = {locator.name: locator.example for locator in owned.locators if locator.default is None}
    plain = {**named, "owner": OWNER, "database": "orders"}
    width = max(map(len, plain))
    lines = "".join(f'  {name:<{width}} = "{value}"\n' for name, value in plain.items())
    return (
        f'resource "dflow_{vendor.key}_allowlist" "orders" {{\n{lines}\n'
        "  entries = {\n    fra-1 = {\n      cidr = data.dflow_worker_node.fra.outbound_cidr\n    }\n  }\n}\n"
    )


def _import(vendor: Vendor, owned: OwnedEntries) -> str:
    names = "/".join((*(f"<{locator.name}>" for locator in owned.locators), "<owner>"))
    id_ = "/".join((*(locator.example for locator in owned.locators), OWNER))
    told = f"# {names}, which is the id in the state"
    if vendor.owner_mark is OwnerMark.NOWHERE:
        told, id_ = f"{told}, and after = the entries that are this owner's", f"{id_}={CIDR}"
    return f"{told}\nterraform import dflow_{vendor.key}_allowlist.orders '{id_}'\n"


def _of_the_pattern(vendor: Vendor) -> tuple[str, ...]:
    if vendor.pattern is not CallPattern.UNLOCKED_LIST:
        return ()
    return (_UNLOCKED,)
