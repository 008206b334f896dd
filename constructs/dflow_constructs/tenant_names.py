"""Names that have to be unique within a tenant, across every stack of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

import constructs

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from constructs import IConstruct

    from dflow_constructs.dflow_stack import DflowStack
    from dflow_constructs.service import Service


class TenantNames:
    """What is already called something in one tenant."""

    def __init__(self) -> None:
        self._environments: dict[str, IConstruct] = {}
        self._services: dict[str, IConstruct] = {}
        self._existing: dict[str, IConstruct] = {}
        self._given_variables: dict[str, list[Service]] = {}

    def claim_environment(self, name: str, environment: IConstruct) -> None:
        """Take a name for an Environment, or refuse it because another has it."""
        self._claim("Environment", self._environments, name, environment)

    def claim_service(self, name: str, service: IConstruct) -> None:
        """Take a name for a Service, or refuse it because another has it."""
        self._claim("Service", self._services, name, service)

    def claim_existing(self, name: str, service: IConstruct) -> None:
        """Take note of a Service that is looked up, which any stack may do."""
        self._existing.setdefault(name, service)

    def add_service(self, service: Service) -> None:
        """Take note of an App or Docker Service of the program, which several constructs may stand for."""
        self._given_variables.setdefault(service.name, []).append(service)

    def others_of(self, service: Service) -> tuple[Service, ...]:
        """Return the other constructs of the program that stand for the same Service in dFlow."""
        return tuple(each for each in self._given_variables.get(service.name, ()) if each is not service)

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
        self.states: dict[str, IConstruct] = {}


def tenant_names(root: constructs.Construct, endpoint: str, tenant: str) -> TenantNames:
    """Return the names of a tenant as the program under `root` uses them."""
    return _tenants(root).names.setdefault((endpoint, tenant), TenantNames())


def add_stack(root: constructs.Construct, stack: DflowStack) -> object:
    """Take note of a stack of the program under `root`, and return what is the same for all of its stacks alone."""
    program = _tenants(root)
    program.stacks.append(stack)
    return program


def claim_state(stack: IConstruct, place: str) -> None:
    """Take a place for the state of a stack.

    Raises:
        ConfigurationError: another stack keeps its state there, and each would destroy what the other made.
    """
    holder = _tenants(cast("constructs.Construct", stack.node.root)).states.setdefault(place, stack)
    if holder is not stack:
        raise ConfigurationError(
            stack,
            f"its state would be kept where that of {holder.node.path} is ({place}), and each would destroy what the "
            "other made; give one of the stacks another name, or a state= of its own",
        )


def stacks_under(root: constructs.Construct) -> tuple[DflowStack, ...]:
    """Return the stacks of the program under `root`, in its order."""
    return tuple(_tenants(root).stacks)


def _tenants(root: constructs.Construct) -> _Tenants:
    found = root.node.try_find_child(_Tenants.ID)
    return found if isinstance(found, _Tenants) else _Tenants(root)
