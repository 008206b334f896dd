"""`dflow_security_group` from plan to destroy."""

import json

import pytest

from dflow_provider.schema import UNKNOWN, Call, ProviderError, Severity
from dflow_sandbox import Answer, Moment, Reset


@pytest.fixture
def groups(life):
    return life("dflow_security_group")


@pytest.fixture
def account(organisation):
    details = {"accessKeyId": "AKIA1", "secretAccessKey": "canary"}
    return organisation.post("cloudProviderAccounts", name="aws", type="aws", awsDetails=details)


@pytest.fixture
def recorded():
    """A group that stands in dFlow alone."""
    return {
        "name": "web",
        "description": "the shop",
        "sync": False,
        "inbound_rules": [
            a_rule(type="https"),
            a_rule(protocol="tcp", from_port=8000, to_port=8010, cidr="10.0.0.0/8"),
        ],
        "outbound_rules": [a_rule(type="all-traffic")],
        "tags": {"team": "shop"},
    }


@pytest.fixture
def synced(recorded, account):
    return {**recorded, "sync": True, "cloud_provider": "aws", "cloud_provider_account_id": account["id"]}


def a_rule(cidr="0.0.0.0/0", **fields):
    names = ("type", "protocol", "from_port", "to_port", "description")
    return {"cidr": cidr, **dict.fromkeys(names), **fields}


def whole(type_, protocol, first, last, cidr="0.0.0.0/0", description=None):
    return {
        "cidr": cidr,
        "type": type_,
        "protocol": protocol,
        "from_port": first,
        "to_port": last,
        "description": description,
    }


def test_a_record_lives_and_dies(groups, organisation, recorded):
    created = groups.create(recorded).state

    document = organisation.get("securityGroups", created["id"])
    sent = [
        (row["type"], row["protocol"], row["fromPort"], row["toPort"], row["sourceType"], row["source"])
        for row in document["inboundRules"]
    ]
    assert sent == [
        ("https", "tcp", 443, 443, "anywhere-ipv4", "0.0.0.0/0"),
        ("custom-tcp", "tcp", 8000, 8010, "custom", "10.0.0.0/8"),
    ]
    (out,) = document["outboundRules"]
    assert (out["protocol"], out["fromPort"], out["toPort"], out["destination"]) == ("all", -1, -1, "0.0.0.0/0")
    assert [(tag["key"], tag["value"]) for tag in document["tags"]] == [("team", "shop")]
    assert (created["sync_status"], created["security_group_id"], created["last_synced_at"]) == ("pending", None, None)
    assert created["inbound_rules"] == [
        whole("https", "tcp", 443, 443),
        whole("custom-tcp", "tcp", 8000, 8010, "10.0.0.0/8"),
    ]
    assert groups.read(created) == created
    assert groups.plans_no_change(created, recorded)

    groups.delete(created)
    assert groups.read(created) is None
    assert organisation.send("GET", f"securityGroups?trash=true&where[id][equals]={created['id']}")["totalDocs"] == 0
    groups.delete(created)


@pytest.mark.parametrize("nothing", [None, []])
def test_no_rules_come_back_as_they_were_given(groups, recorded, nothing):
    wanted = {**recorded, "inbound_rules": nothing, "outbound_rules": nothing, "tags": None if nothing is None else {}}
    created = groups.create(wanted).state

    assert created["inbound_rules"] == nothing
    assert groups.read(created) == created
    assert groups.plans_no_change(created, wanted)


def test_a_failed_sync_of_a_new_group_is_a_warning_that_does_not_have_it_replaced(groups, organisation, synced):
    outcome = groups.create(synced)

    (told,) = outcome.call.report.diagnostics
    assert (told.severity, told.title) == (Severity.WARNING, "Security group is not in sync")
    assert told.path == ("sync",)
    assert "writing it to AWS in ap-south-1 ended as 'failed'" in told.detail
    assert "The next apply keeps the group and tries once more. Or set sync = false" in told.detail
    assert outcome.state["sync_status"] == "failed"
    assert [each["id"] for each in organisation.named("securityGroups", "web")] == [outcome.state["id"]]
    assert groups.read(outcome.state) == outcome.state


def test_after_a_failed_sync_the_next_plan_tries_again(groups, synced):
    created = groups.create(synced).state

    planned = groups.plan(synced, created)

    assert (planned["sync_status"], planned["last_synced_at"]) == (UNKNOWN, UNKNOWN)
    assert planned["security_group_id"] == UNKNOWN
    assert planned["inbound_rules"] == created["inbound_rules"]
    assert "Security group is not in sync" in groups.update(created, synced).errors[0]


def test_turning_the_sync_off_changes_nothing_in_dflow(groups, organisation, synced):
    created = groups.create(synced).state

    changed = groups.update(created, {**synced, "sync": False}).state

    assert (changed["sync"], changed["sync_status"]) == (False, "failed")
    assert organisation.get("securityGroups", created["id"])["syncStatus"] == "failed"
    assert groups.plans_no_change(changed, {**synced, "sync": False})


def after_a_sync(organisation, group_id):
    """Write the document as dFlow leaves it after a sync that went well, and return what an answer would hold."""
    document = organisation.get("securityGroups", group_id)
    inbound, outbound = document["inboundRules"], document["outboundRules"]
    for number, row in enumerate([*inbound, *outbound]):
        row["securityGroupRuleId"] = f"sgr-{number}"
        if row["fromPort"] == -1:
            row["fromPort"] = row["toPort"] = None
    return organisation.patch(
        "securityGroups",
        group_id,
        inboundRules=inbound[::-1],
        outboundRules=outbound,
        securityGroupId="sg-1",
        syncStatus="in-sync",
        lastSyncedAt="2026-01-01T00:00:00.000Z",
    )


def test_after_a_good_sync_the_second_plan_is_empty(life, proxy, organisation, synced):
    groups = life("dflow_security_group", endpoint=proxy.endpoint)
    failed = groups.create(synced).state
    good = after_a_sync(organisation, failed["id"])
    proxy.script(Answer(200, body=json.dumps({"doc": good}).encode()), method="PATCH", body=b"start-sync")

    outcome = groups.update(failed, synced)

    assert outcome.errors == []
    assert (outcome.state["sync_status"], outcome.state["security_group_id"]) == ("in-sync", "sg-1")
    assert outcome.state["inbound_rules"] == failed["inbound_rules"]
    assert groups.plans_no_change(outcome.state, synced)


def test_what_a_sync_rewrote_reads_as_it_was_planned(groups, organisation, recorded):
    created = groups.create(recorded).state
    after_a_sync(organisation, created["id"])

    now = groups.read(created)

    for name in ("inbound_rules", "outbound_rules", "tags"):
        assert now[name] == created[name]
    assert (now["sync_status"], now["security_group_id"]) == ("in-sync", "sg-1")
    assert groups.plans_no_change(now, recorded)


def test_a_rule_that_stays_keeps_its_row_and_its_id_at_aws(groups, organisation, recorded):
    created = groups.create(recorded).state
    before = after_a_sync(organisation, created["id"])["inboundRules"]
    https, described = a_rule(protocol="tcp", from_port=443, description="web"), a_rule(type="ssh", cidr="10.0.0.0/8")

    changed = groups.update(groups.read(created), {**recorded, "inbound_rules": [described, https]}).state

    after = organisation.get("securityGroups", created["id"])["inboundRules"]
    old = next(row for row in before if row["fromPort"] == 443)
    assert [(row["fromPort"], row.get("securityGroupRuleId")) for row in after] == [
        (22, None),
        (443, old["securityGroupRuleId"]),
    ]
    assert after[1]["id"] == old["id"]
    assert after[1]["description"] == "web"
    assert changed["sync_status"] == "pending"
    assert groups.read(changed) == changed


def test_a_sync_without_an_answer_keeps_the_group(life, proxy, organisation, synced):
    groups = life("dflow_security_group", endpoint=proxy.endpoint)
    proxy.script(Answer(500), method="PATCH")

    outcome = groups.create(synced)

    assert outcome.errors == []
    assert "asking for its sync failed" in outcome.warnings[0]
    assert (outcome.state["sync_status"], len(organisation.named("securityGroups", "web"))) == ("pending", 1)


def test_a_create_without_an_answer_finds_what_it_made(life, proxy, organisation, recorded):
    proxy.script(Reset(Moment.AFTER), method="POST")

    outcome = life("dflow_security_group", endpoint=proxy.endpoint).create(recorded)

    assert [each["id"] for each in organisation.named("securityGroups", "web")] == [outcome.state["id"]]


def test_what_dflow_never_changes_replaces(groups):
    replacing = {attribute.name for attribute in groups.schema.attributes if attribute.on_change.name == "REPLACE"}

    assert replacing == {"name", "description", "cloud_provider", "cloud_provider_account_id"}


def test_drift_shows_and_what_went_to_the_trash_is_gone(groups, organisation, recorded):
    created = groups.create(recorded).state
    by_hand = {"type": "ssh", "protocol": "tcp", "fromPort": 22, "toPort": 22, "source": "0.0.0.0/0"}
    rows = organisation.get("securityGroups", created["id"])["inboundRules"]
    organisation.patch("securityGroups", created["id"], inboundRules=[by_hand, *rows[1:]], tags=[])

    now = groups.read(created)

    assert now["inbound_rules"] == [created["inbound_rules"][1], whole("ssh", "tcp", 22, 22)]
    assert now["tags"] is None
    organisation.patch("securityGroups", created["id"], deletedAt="2026-01-01T00:00:00.000Z")
    assert groups.read(created) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"sync": None}, []),
        ({"cloud_provider": UNKNOWN, "cloud_provider_account_id": UNKNOWN}, []),
        ({"cloud_provider": "gcp"}, ["dFlow cannot sync this cloud at cloud_provider"]),
        ({"cloud_provider": None, "sync": None}, ["dFlow cannot sync this cloud at cloud_provider"]),
        ({"cloud_provider": "gcp", "sync": False}, []),
        ({"cloud_provider_account_id": None}, ["A sync needs an account at cloud_provider_account_id"]),
        ({"inbound_rules": [a_rule()]}, ["Rule is not clear at inbound_rules.0.type"]),
        (
            {"outbound_rules": [a_rule(type="ssh"), a_rule(type="custom-tcp", from_port=22)]},
            ["Rule is given twice at outbound_rules.1"],
        ),
    ],
)
def test_what_does_not_go_together_is_refused(groups, synced, changed, words):
    assert [problem.partition(":")[0] for problem in groups.validate({**synced, **changed})] == words


def test_a_taken_name_prints_the_import(groups, organisation, recorded):
    there = organisation.post("securityGroups", name="web", description="d")

    with pytest.raises(ProviderError) as caught:
        groups.create(recorded)

    assert caught.value.title == "Security group name is taken"
    assert f"terraform import dflow_security_group.<name in your configuration> {there['id']}" in caught.value.detail


def test_an_account_that_is_none_says_what_it_is(groups, shop, synced):
    with pytest.raises(ProviderError) as caught:
        groups.create({**synced, "cloud_provider_account_id": shop["id"]})

    assert caught.value.path == ("cloud_provider_account_id",)
    assert "is the id of the Environment 'shop'" in caught.value.detail


def test_a_group_that_a_node_has_is_not_removed(groups, organisation, recorded):
    created = groups.create(recorded).state
    organisation.patch("servers", organisation.node_id, awsEc2Details={"securityGroups": [created["id"]]})

    with pytest.raises(ProviderError, match="used by: Worker Node 'node-1'"):
        groups.delete(created)


def test_a_group_that_aws_does_not_let_go_says_what_to_do(groups, organisation, synced):
    created = groups.create(synced).state
    after_a_sync(organisation, created["id"])
    now = groups.read(created)

    with pytest.raises(ProviderError) as caught:
        groups.delete(now)

    assert caught.value.title == "Security group was not deleted"
    assert "first deletes sg-1 at AWS in ap-south-1" in caught.value.detail
    assert groups.read(now) == now


def test_a_group_that_stays_at_aws_is_warned_of(groups, organisation, recorded):
    created = groups.create({**recorded, "hard_delete": False}).state
    after_a_sync(organisation, created["id"])
    now = groups.read(created)
    call = Call()

    groups.resource.plan_destroy(now, call)
    groups.delete(now)

    assert "sg-1 stays at AWS in ap-south-1" in call.report.diagnostics[0].detail
    assert organisation.get("securityGroups", created["id"])["deletedAt"]


def test_it_is_imported_by_id_and_by_names(groups, organisation, recorded):
    created = groups.create(recorded).state

    for import_id in (created["id"], "web", f"{organisation.slug}/web"):
        assert groups.import_state(import_id).state == {**created, "sync": True}
