"""Names that have to be unique within a tenant, across every stack of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import constructs

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from constructs import IConstruct

    from dflow_constructs.dflow_stack import DflowStack


class TenantNames:
    """What is already called something in one tenant."""

    def __init__(self) -> None:
        self._environments: dict[str, IConstruct] = {}
        self._services: dict[str, IConstruct] = {}
        self._existing: dict[str, IConstruct] = {}

    def claim_environment(self, name: str, environment: IConstruct) -> None:
        """Take a name for an Environment, or refuse it because another has it."""
        self._claim("Environment", self._environments, name, environment)

    def claim_service(self, name: str, service: IConstruct) -> None:
        """Take a name for a Service, or refuse it because another has it."""
        self._claim("Service", self._services, name, service)

    def claim_existing(self, name: str, service: IConstruct) -> None:
        """Take note of a Service that is looked up, which any stack may do."""
        self._existing.setdefault(name, service)

    def service(self, name: str) -> IConstruct | None:
        """Return the Service of that name, in whichever Environment it is."""
        return self._services.get(name) or self._existing.get(name)

    @staticmethod
    def _claim(noun: str, taken: dict[str, IConstruct], name: str, claimant: IConstruct) -> None:
        holder = taken.setdefault(name, claimant)
        if holder is not claimant:
            raise ConfigurationError(
                claimant,
                f"the {noun} would be called {name!r} in dFlow, and {holder.node.path} is already called that; "
                'names are shared by the whole tenant, give one of them another, name="…"',
            )


class _Tenants(constructs.Construct):
    """The names of every tenant a program uses; one of its kind, right below the root."""

    ID: ClassVar[str] = "DflowTenants"

    def __init__(self, root: constructs.Construct) -> None:
        super().__init__(root, self.ID)
        self.names: dict[tuple[str, str], TenantNames] = {}
        self.stacks: list[DflowStack] = []


def tenant_names(root: constructs.Construct, endpoint: str, tenant: str) -> TenantNames:
    """Return the names of a tenant as the program under `root` uses them."""
    return _tenants(root).names.setdefault((endpoint, tenant), TenantNames())


def add_stack(root: constructs.Construct, stack: DflowStack) -> None:
    """Take note of a stack of the program under `root`."""
    _tenants(root).stacks.append(stack)


def stacks_under(root: constructs.Construct) -> tuple[DflowStack, ...]:
    """Return the stacks of the program under `root`, in its order."""
    return tuple(_tenants(root).stacks)


def _tenants(root: constructs.Construct) -> _Tenants:
    found = root.node.try_find_child(_Tenants.ID)
    return found if isinstance(found, _Tenants) else _Tenants(root)
