"""The contracts between the plugin layer and what it serves.

A resource, data source or ephemeral resource is a class with a `schema`; the layer builds one instance for each
configured provider by calling the class with what `Provider.configure` returned. Optional abilities are protocols of
their own: a class has the method or it has not.

Every hook runs on a thread of its own, many at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_provider.schema.attribute import Schema
    from dflow_provider.schema.call import Call
    from dflow_provider.schema.diagnostics import Path, Report
    from dflow_provider.schema.function import Function
    from dflow_provider.schema.values import Values


class Resource(Protocol):
    """An object with a life: created, read, updated, deleted."""

    schema: ClassVar[Schema]

    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Make the object and return its state.

        `plan` has write-only values blanked; read those from `config`. Raise only while nothing exists remotely;
        after that, report the error and return what is known, at least the id.
        """

    def read(self, state: Values, call: Call) -> Values | None:
        """Return the object as it is now, or nothing if it is gone."""

    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:
        """Change the object and return its state; on failure report the error and return what now holds."""

    def delete(self, state: Values, call: Call) -> None:
        """Remove the object; one that is already gone is no error. Raise if it is still there."""


@runtime_checkable
class Importable(Protocol):
    """A resource that `terraform import` can adopt."""

    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the object by its id or by the readable name in the resource's documentation, and return its state."""


@runtime_checkable
class PlansChanges(Protocol):
    """A resource that has a say in its plan beyond what its schema declares."""

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:
        """Adjust `planned` in place; return the paths whose change needs a new object.

        `prior` is nothing when the object is being created. Not called for a destroy unless `plan_destroy` exists.
        Config may hold unknowns, and the provider itself may be configured with unknowns.
        """


@runtime_checkable
class PlansDestroy(Protocol):
    """A resource that may refuse, or warn of, its own destruction at plan."""

    def plan_destroy(self, prior: Values, call: Call) -> None:
        """Report what speaks against destroying the object."""


@runtime_checkable
class ValidatesConfig(Protocol):
    """A block whose attributes depend on each other. Runs without a configured provider and must ask nobody."""

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Report what does not go together; unknown values are not wrong."""


@runtime_checkable
class UpgradesState(Protocol):
    """A resource whose state has had another layout."""

    @classmethod
    def upgrade_state(cls, version: int, state: Mapping[str, Any]) -> Mapping[str, Any]:
        """Turn the JSON of a state written by schema `version` into today's layout."""


class DataSource(Protocol):
    """A question asked at plan."""

    schema: ClassVar[Schema]

    def read(self, config: Values, call: Call) -> Values:
        """Return the configuration with every computed attribute filled in."""


class EphemeralResource(Protocol):
    """A value that exists for one run and is stored nowhere."""

    schema: ClassVar[Schema]

    def open(self, config: Values, call: Call) -> Values:
        """Return the configuration with every computed attribute filled in."""


class ResourceType(Protocol):
    """A class whose instances are resources."""

    @property
    def schema(self) -> Schema: ...  # noqa: D102

    def __call__(self, backend: Any, /) -> Resource: ...  # noqa: D102


class DataSourceType(Protocol):
    """A class whose instances are data sources."""

    @property
    def schema(self) -> Schema: ...  # noqa: D102

    def __call__(self, backend: Any, /) -> DataSource: ...  # noqa: D102


class EphemeralResourceType(Protocol):
    """A class whose instances are ephemeral resources."""

    @property
    def schema(self) -> Schema: ...  # noqa: D102

    def __call__(self, backend: Any, /) -> EphemeralResource: ...  # noqa: D102


class Provider(Protocol):
    """What the plugin layer serves. Building it must import no HTTP client: schema and validation need none."""

    name: str
    schema: Schema
    resources: Mapping[str, ResourceType]
    data_sources: Mapping[str, DataSourceType]
    ephemeral_resources: Mapping[str, EphemeralResourceType]
    functions: Mapping[str, Function]

    def configure(self, config: Values, call: Call) -> Any:
        """Return what resources are built with. Dials nobody; unknown settings are an error only once used."""
