"""What happens to an allowlist from its plan to its end, the same for every vendor."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.additions_journal import AdditionsJournal
from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.allowlist_import import parse_import_id, raise_if_not_listed
from dflow_provider.allowlists.allowlist_schema import DEFAULT_TIMEOUT_MINUTES
from dflow_provider.allowlists.allowlist_seen import Seen
from dflow_provider.allowlists.allowlist_settings import Settings, active_entries, raise_refused, refuse_entries
from dflow_provider.allowlists.allowlist_warnings import Look, warn_of_expired, warn_of_leaving_nodes, warn_of_list
from dflow_provider.allowlists.engine import Engine
from dflow_provider.allowlists.guard import Limit
from dflow_provider.allowlists.leaving_nodes import leaving_nodes
from dflow_provider.allowlists.left_out import value_left_out
from dflow_provider.allowlists.listing import Change, ListGoneError, TryLaterError
from dflow_provider.allowlists.place import Place, Waiting, open_list
from dflow_provider.schema import UNKNOWN, ProviderError, Report, is_known
from dflow_vendors import OwnerMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Value, Values
    from dflow_vendors import Vendor

_CONFIGURED: Final = (
    "owner",
    "database",
    "entries",
    "open_to_world_reason",
    "allow_first",
    "allow_empty",
    "entry_quota",
)
_UNNAMED: Final = "Allowlist is not named"
_READ_FROM_LIST: Final = ("owned_entries", "foreign_entries", "shared_with", "open_to_world")


class AllowlistLife:
    """The hooks of `dflow_<vendor>_allowlist`.

    Args:
        vendor: the vendor's row.
        backend: what the provider was configured with.
    """

    def __init__(self, vendor: Vendor, backend: Backend) -> None:
        self._vendor = vendor
        self._backend = backend
        self._environment = backend.environment
        self._locators = vendor.owned.locators if vendor.owned else ()

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> None:
        """Refuse what would fail at apply, fill in what the environment says, and say who will be let in."""
        for locator in self._locators:
            if config[locator.name] is None and (prior is None or not is_known(planned[locator.name])):
                planned[locator.name] = value_left_out(locator, self._environment, _UNNAMED, (locator.name,))
        refuse_entries(self._vendor, planned, call.report)
        if call.report.has_errors:
            return
        planned["active_entries"] = active_entries(planned["entries"])
        names = (*(locator.name for locator in self._locators), *_CONFIGURED, "active_entries")
        if prior is not None and all(prior[name] == planned[name] for name in names):
            return
        if prior is not None:
            planned.update(dict.fromkeys(_READ_FROM_LIST, UNKNOWN))
        warn_of_expired(planned["entries"], call.report)
        settings = Settings.of(self._vendor, planned)
        if settings is not None:
            self._check(prior, planned, settings, call)

    def plan_destroy(self, prior: Values, call: Call) -> None:
        """Refuse to take the last entry off a list whose emptiness lets everybody in, before anything is destroyed."""
        settings = self._settings(prior)
        engine = self._engine(settings, call)
        try:
            listing = engine.look(call.stop)
            engine.check(listing, engine.plan(listing, (), self._recorded(settings, prior)))
        except (ListGoneError, TryLaterError):
            return  # nothing left to open, or to be seen at apply
        except ProviderError as problem:
            raise ProviderError(
                problem.title, f"{problem.detail} A setting has to be applied before a destroy heeds it.", problem.path
            ) from problem

    def create(self, plan: Values, call: Call) -> Values:
        """Add the entries; what this owner has there already is taken over."""
        self._raise_if_refused(plan)
        settings = self._settings(plan)
        born: Values = {
            **plan,
            "id": settings.identity,
            "entries": {},
            "active_entries": {},
            "owned_entries": [],
            "foreign_entries": [],
            "shared_with": {},
            "open_to_world": False,
        }
        return self._reconcile(settings, plan, born, self._recorded(settings, born), call)

    def read(self, state: Values, call: Call) -> Values | None:
        """Compare the entries with the list; gone is only a list that is gone."""
        settings = self._settings(state)
        engine = self._engine(settings, call)
        recorded = self._recorded(settings, state)
        try:
            listing = engine.look(call.stop)
        except ListGoneError:
            return None
        if recorded == _cidrs(state["owned_entries"]):
            self._journal.settle(settings.identity)
        return Seen(settings, engine, listing, recorded).state(state)

    def update(self, prior: Values, plan: Values, call: Call) -> Values:
        """Add what is new, then remove what is not wanted any more."""
        self._raise_if_refused(plan)
        settings = self._settings(plan)
        return self._reconcile(settings, plan, prior, self._recorded(settings, prior), call)

    def delete(self, state: Values, call: Call) -> None:
        """Remove the owner's entries, and only its mark from those that others share."""
        settings = self._settings(state)
        try:
            problem = self._engine(settings, call).reconcile((), call.stop, self._recorded(settings, state)).problem
        except ListGoneError:
            problem = None
        if problem is not None and not isinstance(problem, ListGoneError):
            raise problem
        self._journal.settle(settings.identity)

    def import_state(self, import_id: str, call: Call) -> Values:
        """Find an owner's entries by `<locators>/<owner>`, and `=<cidr>,<cidr>` where entries carry no mark."""
        found = parse_import_id(self._vendor, import_id)
        base: Values = {
            **found.locators,
            "id": None,
            "owner": found.owner,
            "database": None,
            "entries": {},
            "open_to_world_reason": None,
            "allow_first": False,
            "allow_empty": False,
            "entry_quota": None,
            "timeout_minutes": DEFAULT_TIMEOUT_MINUTES,
        }
        settings = self._settings(base)
        engine = self._engine(settings, call)
        listing = engine.look(call.stop)
        raise_if_not_listed(engine, listing, found)
        return Seen(settings, engine, listing, found.cidrs).state(base)

    # ---- the list

    def _reconcile(
        self, settings: Settings, wanted: Values, before: Values, recorded: frozenset[str], call: Call
    ) -> Values:
        adding = set(recorded)

        def note(change: Change) -> None:
            adding.update(entry.cidr for entry in change.add)
            call.keep({**before, "owned_entries": [*sorted(adding)]})
            self._note(settings, adding)

        engine = self._engine(settings, call)
        outcome = engine.reconcile(settings.wanted(wanted), call.stop, recorded, note)
        if outcome.problem is not None:
            call.report.error(outcome.problem.title, outcome.problem.detail, outcome.problem.path)
        if outcome.listing is None:
            return {**before, "owned_entries": [*sorted(outcome.owned)]}
        state = Seen(settings, engine, outcome.listing, outcome.owned).state(wanted)
        if outcome.problem is None and adding != recorded:
            # An address somebody else added in between is not ours: forget that we were about to add it.
            self._note(settings, _cidrs(state["owned_entries"]))
        return state

    def _note(self, settings: Settings, cidrs: Iterable[str]) -> None:
        if self._vendor.owner_mark is OwnerMark.NOWHERE:
            self._journal.note(settings.identity, cidrs)

    def _check(self, prior: Values | None, planned: Values, settings: Settings, call: Call) -> None:
        moves = prior is None or any(
            prior[name] != planned[name] for name in (*(locator.name for locator in self._locators), "owner")
        )
        engine = self._engine(settings, call)
        listing = engine.look(call.stop)
        recorded = self._recorded(settings, {"owned_entries": []} if moves or prior is None else prior)
        wanted: tuple[WantedEntry, ...] = ()
        change = Change()
        if is_known(planned["entries"]):
            wanted = settings.wanted(planned)
            change = engine.plan(listing, wanted, recorded)
            engine.check(listing, change)
        look = Look(engine, listing, recorded, wanted, change)
        warn_of_list(look, call.report)
        going = [entry.cidr for entry in change.remove if entry.cidr is not None]
        warn_of_leaving_nodes(look, leaving_nodes(self._backend, going, call.stop), call.report)

    def _engine(self, settings: Settings, call: Call) -> Engine:
        place = Place(
            self._vendor,
            settings.locators,
            settings.author,
            self._environment,
            Waiting(call.stop, settings.timeout_s),
        )
        return Engine(open_list(place), settings.author.owner, limit=Limit(settings.quota), allow=settings.allow)

    def _recorded(self, settings: Settings, state: Values) -> frozenset[str]:
        """Return the addresses we added, as far as the state, or a note from before a crash, says so."""
        return _cidrs(state["owned_entries"]) | self._journal.find(settings.identity)

    @property
    def _journal(self) -> AdditionsJournal:
        return AdditionsJournal(FilePath(self._environment.get("TF_DATA_DIR") or ".terraform"))

    # ---- values

    def _settings(self, values: Values) -> Settings:
        settings = Settings.of(self._vendor, values)
        if settings is None:
            raise ProviderError(
                "Allowlist settings are unknown",
                "Everything but the entries is needed now, and one attribute has no value. This is an error of the "
                "dflow provider: please report it with the configuration.",
            )
        return settings

    def _raise_if_refused(self, plan: Values) -> None:
        """Refuse what could not be judged at plan because it was not known yet."""
        refused = Report()
        refuse_entries(self._vendor, plan, refused)
        raise_refused(refused)


def _cidrs(spellings: Value) -> frozenset[str]:
    texts = spellings if isinstance(spellings, list) else []
    found = (canonical(text) for text in texts if isinstance(text, str))
    return frozenset(cidr for cidr in found if cidr is not None)
