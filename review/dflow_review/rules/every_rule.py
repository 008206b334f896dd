"""All rules. An id is permanent: a rule that goes leaves a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.rules.accepted_risk import ACCEPTED_RISK, stacks_accept_no_new_risk
from dflow_review.rules.altered_variable import (
    ALTERED_VARIABLE,
    GENERATED_VARIABLE,
    secrets_stay_the_same,
    variables_arrive_unaltered,
)
from dflow_review.rules.azure_services import AZURE_SERVICES, other_customers_stay_outside
from dflow_review.rules.broken_reference import BROKEN_REFERENCE, references_find_their_target
from dflow_review.rules.connection_protection import (
    UNENCRYPTED,
    UNVERIFIED,
    connections_are_encrypted,
    connections_verify_certificates,
)
from dflow_review.rules.cut_off import CUT_OFF, others_keep_their_access
from dflow_review.rules.deployment_order import DEPLOYMENT_ORDER, deployments_wait_for_entries
from dflow_review.rules.drift import DRIFT, changes_come_through_terraform
from dflow_review.rules.emptied_list import (
    EMPTIED_LIST,
    OPENING_DESTROY,
    destroying_leaves_databases_closed,
    lists_keep_an_entry,
)
from dflow_review.rules.ending_entry import EXPIRED_ENTRY, EXPIRING_ENTRY, entries_have_not_expired, entries_last
from dflow_review.rules.exposed_database import (
    EXPOSED_DATABASE,
    OPEN_NODE,
    databases_are_not_exposed,
    nodes_keep_database_ports,
)
from dflow_review.rules.ipv6_gap import IPV6_GAP, nodes_are_let_in_by_every_family
from dflow_review.rules.open_to_world import OPEN_TO_WORLD, databases_are_closed
from dflow_review.rules.plaintext_secret import (
    CONNECTION_STRING,
    PLAINTEXT_SECRET,
    connection_strings_hold_no_password,
    plans_hold_no_secrets,
)
from dflow_review.rules.production import (
    PRODUCTION,
    SHARED_EGRESS,
    entries_admit_one_environment,
    production_admits_production,
)
from dflow_review.rules.quota import QUOTA, lists_have_room
from dflow_review.rules.replacement_gap import REPLACEMENT_GAP, entries_have_no_gap
from dflow_review.rules.unexplained_entry import UNEXPLAINED_ENTRY, entries_say_whom_they_let_in
from dflow_review.rules.unreachable_address import (
    DOCUMENTATION_ADDRESS,
    PRIVATE_ADDRESS,
    entries_name_no_examples,
    entries_name_public_addresses,
)
from dflow_review.rules.whole_list import WHOLE_LIST, one_writer_keeps_a_list

if TYPE_CHECKING:
    from dflow_review.finding import Check, Rule

RULES: Final[tuple[tuple[Rule, Check], ...]] = (
    # 001-019: lists
    (OPEN_TO_WORLD, databases_are_closed),
    (AZURE_SERVICES, other_customers_stay_outside),
    (EMPTIED_LIST, lists_keep_an_entry),
    (OPENING_DESTROY, destroying_leaves_databases_closed),
    (CUT_OFF, others_keep_their_access),
    (REPLACEMENT_GAP, entries_have_no_gap),
    (WHOLE_LIST, one_writer_keeps_a_list),
    (QUOTA, lists_have_room),
    # 020-039: entries
    (PRIVATE_ADDRESS, entries_name_public_addresses),
    (DOCUMENTATION_ADDRESS, entries_name_no_examples),
    (IPV6_GAP, nodes_are_let_in_by_every_family),
    (UNEXPLAINED_ENTRY, entries_say_whom_they_let_in),
    (EXPIRED_ENTRY, entries_have_not_expired),
    (EXPIRING_ENTRY, entries_last),
    # 040-059: Environments and what runs in them
    (PRODUCTION, production_admits_production),
    (SHARED_EGRESS, entries_admit_one_environment),
    (EXPOSED_DATABASE, databases_are_not_exposed),
    (OPEN_NODE, nodes_keep_database_ports),
    # 060-079: connections and secrets
    (UNENCRYPTED, connections_are_encrypted),
    (UNVERIFIED, connections_verify_certificates),
    (CONNECTION_STRING, connection_strings_hold_no_password),
    (PLAINTEXT_SECRET, plans_hold_no_secrets),
    (ACCEPTED_RISK, stacks_accept_no_new_risk),
    # 080-099: variables
    (BROKEN_REFERENCE, references_find_their_target),
    (ALTERED_VARIABLE, variables_arrive_unaltered),
    (GENERATED_VARIABLE, secrets_stay_the_same),
    # 100-119: order and time
    (DEPLOYMENT_ORDER, deployments_wait_for_entries),
    (DRIFT, changes_come_through_terraform),
)
"""In the order of their ids."""
