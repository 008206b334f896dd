"""What every vendor's allowlist may leave out: a value for it, and what is empty."""

from __future__ import annotations

from dflow_acceptance.optional_attributes import Empty, OptionalAttribute

from dflow_vendors import all_vendors

COMMON = (
    OptionalAttribute("database", "orders", ""),
    OptionalAttribute("entries.description", "the shop", ""),
    OptionalAttribute("entries.expires_at", "2099-12-31T18:00:00Z", Empty.REFUSED),
    OptionalAttribute("open_to_world_reason", "none of it is true", ""),
    OptionalAttribute("allow_first", given=True),
    OptionalAttribute("allow_empty", given=True),
    OptionalAttribute("entry_quota", 900),
    OptionalAttribute("timeout_minutes", 7),
)
"""The attributes that all of them have; test_vendor_allowlist_attributes.py tries them."""

VENDOR_ATTRIBUTES = {
    f"dflow_{row.key}_allowlist": {each.path for each in COMMON}
    | {locator.name for locator in row.owned.locators if not locator.is_required}
    for row in all_vendors()
    if row.owned is not None
}
"""What names the list and may be left out is tried for every vendor in tests/provider/allowlists/vendors."""
