"""What all Azure databases have in common: how to authenticate, where Azure Resource Manager is, whose a server is."""

from __future__ import annotations

import re
from typing import Final

from dflow_vendors.owned import Credential, Endpoint, Locator

AZURE_CREDENTIALS: Final = (
    Credential("client id of a service principal", ("ARM_CLIENT_ID", "AZURE_CLIENT_ID")),
    Credential("tenant id of the service principal", ("ARM_TENANT_ID", "AZURE_TENANT_ID")),
    Credential(
        "client secret of the service principal", ("ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET"), is_optional=True
    ),
    Credential("OIDC token for the service principal", ("ARM_OIDC_TOKEN",), is_optional=True),
)
"""In the order client id, tenant id, client secret, OIDC token."""

AZURE_ENDPOINT: Final = Endpoint("https://management.azure.com", ("AZURE_RESOURCE_MANAGER_ENDPOINT",))
"""Of the public cloud; ARM_ENVIRONMENT names another one."""

AZURE_CLOUDS: Final = (
    "ARM_ENVIRONMENT names the cloud: public (unless given), usgovernment or china; AZURE_AUTHORITY_HOST and "
    "AZURE_RESOURCE_MANAGER_ENDPOINT name other addresses. Managed identities and the Azure CLI's login are not used."
)


def azure_locators(name: str, description: str, example: str) -> tuple[Locator, ...]:
    """Name a database server or account by its subscription, its resource group and itself."""
    return (
        Locator(
            "subscription_id",
            "The Azure subscription.",
            re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
            "a subscription id of Azure (a UUID)",
            "11111111-2222-3333-4444-555555555555",
            variable="ARM_SUBSCRIPTION_ID",
        ),
        Locator(
            "resource_group",
            "The resource group in it.",
            re.compile(r"[\w().-]{0,89}[\w()-]", re.ASCII),
            "a resource group's name (letters, digits and _ - . ( ), not ending with a period)",
            "shop-production",
        ),
        Locator(
            name,
            description,
            re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]"),
            "a name of Azure (small letters, digits and hyphens)",
            example,
        ),
    )
