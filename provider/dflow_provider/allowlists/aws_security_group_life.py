"""What happens to a security group allowlist from its plan to its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.address import Kind, classify
from dflow_provider.allowlists.allowlist_settings import active_entries, raise_refused
from dflow_provider.allowlists.allowlist_warnings import warn_of_expired
from dflow_provider.allowlists.aws_client import Ec2Clients, region_of
from dflow_provider.allowlists.aws_security_group_schema import DEFAULT_QUOTA
from dflow_provider.allowlists.aws_security_group_state import Seen, Settings, identity, refuse_entries
from dflow_provider.allowlists.engine import Engine
from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.guard import Limit
from dflow_provider.allowlists.listing import ListGoneError
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import UNKNOWN, ProviderError, Report, is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.allowlists.aws_security_group import SecurityGroupList
    from dflow_provider.allowlists.engine import Outcome
    from dflow_provider.allowlists.listing import Listing
    from dflow_provider.schema import Call, Path, Value, Values

_CONFIGURED: Final = (
    "security_group_id",
    "region",
    "owner",
    "database",
    "port",
    "entries",
    "open_to_world_reason",
    "rule_quota",
)
_READ_FROM_GROUP: Final = ("rule_ids", "foreign_entries", "shared_with", "open_to_world")
_IMPORT_ID: Final = re.compile(
    r"(?:(?P<region>[a-z]{2}(?:-[a-z]+)+-\d+)/)?(?P<group>sg-[0-9a-f]+)/(?P<owner>[A-Za-z0-9._/-]+)(?:@(?P<port>\d+))?"
)


class SecurityGroupLife:
    """The hooks of `dflow_aws_security_group_allowlist`."""

    def __init__(self) -> None:
        self._clients = Ec2Clients()

    def plan_change(self, prior: Values | None, planned: Values, call: Call) -> Sequence[Path]:
        """Refuse what would fail at apply: entries that must not be let in, a missing group, more rules than fit."""
        replaced: tuple[Path, ...] = (("region",),) if _leaves_region(prior, planned) else ()
        refuse_entries(planned, call.report)
        planned["active_entries"] = active_entries(planned["entries"])
        if prior is not None and prior["active_entries"] != planned["active_entries"]:
            planned.update(dict.fromkeys(_READ_FROM_GROUP, UNKNOWN))
        settings = Settings.of(planned)
        if call.report.has_errors or settings is None or not is_known(planned["region"]):
            return replaced
        if prior is not None and all(prior[name] == planned[name] for name in (*_CONFIGURED, "active_entries")):
            return replaced
        warn_of_expired(planned["entries"], call.report)
        moves = (
            prior is None
            or bool(replaced)
            or any(prior[name] != planned[name] for name in ("security_group_id", "owner"))
        )
        region = region_of(_text(planned["region"])) if prior is None or moves else _region(prior)
        list_ = self._list(settings, region)
        listing = list_.read()
        engine = _engine(list_, settings)
        if is_known(planned["entries"]):
            engine.check(listing, engine.plan(listing, settings.wanted(planned)))
        if moves:
            _warn_of_namesake(list_, listing, settings, planned, call.report)
        _warn_of_open_door(list_, listing, call.report)
        return replaced

    def create(self, plan: Values, call: Call) -> Values:
        """Add the entries; what this owner has there already, after a crash for example, is taken over."""
        _raise_if_refused(plan)
        settings = _settings(plan)
        region = region_of(_text(plan["region"]))
        list_ = self._list(settings, region)
        born: Values = {
            **plan,
            "id": identity(region, settings),
            "entries": {},
            "active_entries": {},
            "rule_ids": {},
            "foreign_entries": [],
            "shared_with": {},
            "open_to_world": False,
        }
        outcome = _engine(list_, settings).reconcile(
            settings.wanted(plan), call.stop, before_write=lambda _: call.keep(born)
        )
        return self._state(list_, settings, outcome, plan, born, call)

    def read(self, state: Values) -> Values | None:
        """Compare the entries with the group's rules; gone is only a group that is gone."""
        settings = _settings(state)
        list_ = self._list(settings, _region(state))
        try:
            listing = list_.read()
        except ListGoneError:
            return None
        return _seen(list_, settings, listing).state(state)

    def update(self, prior: Values, plan: Values, call: Call) -> Values:
        """Add what is new, then remove what is not wanted any more; on another port, all of it anew."""
        _raise_if_refused(plan)
        settings, before, region = _settings(plan), _settings(prior), _region(prior)
        list_ = self._list(settings, region)
        outcome = _engine(list_, settings).reconcile(
            settings.wanted(plan), call.stop, before_write=lambda _: call.keep(prior)
        )
        if before.port == settings.port:
            return self._state(list_, settings, outcome, plan, prior, call)
        problem = outcome.problem or self._close(before, region, call)
        if problem is None:
            return self._state(list_, settings, outcome, plan, prior, call)
        # Until the old port is closed the state keeps it, so that the next plan finishes the move.
        call.report.error(problem.title, problem.detail, problem.path)
        return prior

    def delete(self, state: Values, call: Call) -> None:
        """Remove the owner's rules, and only its mark from those that others share."""
        problem = self._close(_settings(state), _region(state), call)
        if problem is not None and not isinstance(problem, ListGoneError):
            raise problem

    def import_state(self, import_id: str) -> Values:
        """Find an owner's rules in a group by `[<region>/]<security group id>/<owner>[@<port>]`."""
        found = _IMPORT_ID.fullmatch(import_id)
        if found is None:
            raise ProviderError(
                "Import id not understood",
                f"{import_id!r} is not an id of a security group allowlist. Write <security group id>/<owner>, for "
                f"example sg-0123456789abcdef0/shop/orders, with <region>/ before it if it is not the region of "
                f"AWS_REGION, and @<port> after it where the owner has rules on several ports.",
            )
        region, author = region_of(found["region"]), Author(found["owner"])
        port = int(found["port"]) if found["port"] else self._only_port(author, found["group"], region)
        settings = Settings(author, found["group"], port, DEFAULT_QUOTA)
        list_ = self._list(settings, region)
        listing = list_.read()
        _raise_if_nothing_marked(list_, listing, settings)
        return _seen(list_, settings, listing).state(
            {
                "security_group_id": settings.group_id,
                "region": found["region"],
                "owner": author.owner,
                "database": list_.marked_database(listing),
                "port": port,
                "entries": {},
                "open_to_world_reason": None,
                "rule_quota": DEFAULT_QUOTA,
            }
        )

    def _only_port(self, author: Author, group_id: str, region: str) -> int:
        # Any port will do to look at all of them.
        list_ = self._list(Settings(author, group_id, 1, DEFAULT_QUOTA), region)
        ports = sorted(list_.marked_ports())
        if len(ports) == 1:
            return ports[0]
        if not ports:
            raise _nothing_to_import(list_, author.owner, "")
        raise ProviderError(
            "Several ports to import",
            f"{author.owner} has rules in {list_.target} on the ports {', '.join(map(str, ports))}. Each port is an "
            f"object of its own: add @<port> to the import id, {group_id}/{author.owner}@{ports[0]} for example.",
        )

    def _close(self, settings: Settings, region: str, call: Call) -> ProviderError | None:
        try:
            return _engine(self._list(settings, region), settings).reconcile((), call.stop).problem
        except ProviderError as problem:
            return problem

    def _list(self, settings: Settings, region: str) -> SecurityGroupList:
        client = self._clients.client(region)
        # Slow to import, and only certain to be installed once there is a client.
        with IMPORTING:
            from dflow_provider.allowlists.aws_security_group import SecurityGroup, SecurityGroupList  # noqa: PLC0415

        group = SecurityGroup(settings.group_id, region, settings.port, settings.rule_quota)
        return SecurityGroupList(client, group, settings.author)

    def _state(
        self,
        list_: SecurityGroupList,
        settings: Settings,
        outcome: Outcome,
        wanted: Values,
        otherwise: Values,
        call: Call,
    ) -> Values:
        """Report what went wrong, and return what is there: as it was last read, else what was known before."""
        if outcome.problem is not None:
            call.report.error(outcome.problem.title, outcome.problem.detail, outcome.problem.path)
        if outcome.listing is None:
            return otherwise
        return _seen(list_, settings, outcome.listing).state(wanted)


def _engine(list_: SecurityGroupList, settings: Settings) -> Engine:
    return Engine(list_, settings.author.owner, limit=Limit(settings.rule_quota, "rule_quota"))


def _seen(list_: SecurityGroupList, settings: Settings, listing: Listing) -> Seen:
    return Seen(settings, list_.group.region, listing, list_.rule_ids(listing))


def _settings(values: Values) -> Settings:
    settings = Settings.of(values)
    if settings is None:
        raise ProviderError(
            "Allowlist settings are unknown",
            "owner, security_group_id, port, database and rule_quota are all needed now, and one has no value. This is "
            "an error of the dflow provider: please report it with the configuration.",
        )
    return settings


def _region(state: Values) -> str:
    return str(state["id"]).partition("/")[0]


def _leaves_region(prior: Values | None, planned: Values) -> bool:
    """Say whether an object is to be in another region; to spell out the one it is in, or not to, changes nothing."""
    if prior is None or prior["region"] == planned["region"]:
        return False
    return not is_known(planned["region"]) or region_of(_text(planned["region"])) != _region(prior)


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _raise_if_refused(plan: Values) -> None:
    """Refuse what could not be judged at plan because it was not known yet."""
    refused = Report()
    refuse_entries(plan, refused)
    raise_refused(refused)


def _raise_if_nothing_marked(list_: SecurityGroupList, listing: Listing, settings: Settings) -> None:
    if not any(settings.author.owner in entry.owners for entry in listing.entries):
        raise _nothing_to_import(list_, settings.author.owner, f" on port {settings.port}")


def _nothing_to_import(list_: SecurityGroupList, owner: str, where: str) -> ProviderError:
    return ProviderError(
        "No entries to import",
        f"No inbound rule of {list_.target}{where} carries the mark of the owner {owner} (a tag whose key ends in it). "
        f"Check owner, group and region. Rules that somebody else added cannot be imported and need not be: declare "
        f"the allowlist and apply, and they are used as they are.",
    )


def _warn_of_namesake(
    list_: SecurityGroupList, listing: Listing, settings: Settings, planned: Values, report: Report
) -> None:
    owner = settings.author.owner
    marked = [entry for entry in listing.entries if owner in entry.owners]
    if not marked:
        return
    wanted = {entry.cidr for entry in settings.wanted(planned)}
    going = ", ".join(entry.spelling for entry in marked if entry.cidr not in wanted) or "none"
    report.warning(
        "Owner has entries already",
        f"{', '.join(entry.spelling for entry in marked)} on port {settings.port} of {list_.target} carry the mark of "
        f"the owner {owner}. That is right after an interrupted apply: they are taken over, and those not wanted are "
        f"removed ({going}). If another stack uses this owner, give this one an owner of its own.",
        ("owner",),
    )


def _warn_of_open_door(list_: SecurityGroupList, listing: Listing, report: Report) -> None:
    sources = (*(entry.spelling for entry in listing.entries if not entry.owners), *listing.beside)
    wide = sorted({source for source in sources if classify(source).kind is Kind.WORLD})
    if wide:
        report.warning(
            "Database is open to everybody",
            f"{list_.target} lets in {', '.join(wide)} on port {list_.group.port} by rules that no dFlow allowlist "
            f"owns. As long as they are there, the entries here keep nobody out. They are not touched: remove them by "
            f"hand if nobody needs them.",
            ("security_group_id",),
        )
