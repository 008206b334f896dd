"""Rules that a program sets for itself."""

from __future__ import annotations

import pytest

from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    DatabaseService,
    DflowStack,
    Endpoint,
    Engine,
    Environment,
    ExternalDatabase,
    ForbidOpenToWorld,
    GitHub,
    Manual,
    NoAllowlist,
    OpenToWorld,
    RequireAllowlist,
    RequireTls,
    Secret,
    Tls,
    TlsMode,
)

GROUP = AwsSecurityGroup("sg-0123456789abcdef0")
OPEN = AwsSecurityGroup("sg-0123456789abcdef0", open_to_world=OpenToWorld(reason="load test"))
NONE = NoAllowlist("a tunnel on the node")
PLAIN = Tls.DISABLED(reason="a tunnel")


def database(stack: DflowStack, name: str = "orders", **facts) -> ExternalDatabase:
    given = {"host": "db.example.com", "username": "shop", "allowlist": GROUP, **facts}
    return ExternalDatabase(
        stack, name, engine=Engine.POSTGRES, password=Secret.from_environment("ORDERS_PASSWORD"), **given
    )


def refusal(stack: DflowStack, synthesize) -> str:
    with pytest.raises(RuntimeError) as caught:
        synthesize(stack)
    return str(caught.value)


BROKEN = [
    (RequireTls(), {"tls": PLAIN}, "tls is DISABLED, and VERIFY_FULL is the least that is accepted here"),
    (RequireTls(), {"tls": Tls.VERIFY_CA}, "tls is VERIFY_CA, and VERIFY_FULL is the least"),
    (RequireTls(at_least=TlsMode.REQUIRE), {"tls": PLAIN}, "use Tls.REQUIRE, or accept it"),
    (ForbidOpenToWorld(), {"allowlist": OPEN}, "AwsSecurityGroup lets in everybody (load test); take the word for it"),
    (ForbidOpenToWorld(), {"allowlist": NONE}, "NoAllowlist lets in everybody (a tunnel on the node)"),
    (ForbidOpenToWorld(), {"pooler": Endpoint("p.example.com", allowlist=OPEN)}, "lets in everybody (load test)"),
    (RequireAllowlist(), {"allowlist": NONE}, "it has no allowlist (a tunnel on the node); name the vendor's"),
]
KEPT = [
    (RequireTls(), {}),
    (RequireTls(at_least=TlsMode.REQUIRE), {"tls": Tls.VERIFY_CA}),
    (ForbidOpenToWorld(), {}),
    (ForbidOpenToWorld(), {"allowlist": Manual("Ask #dba.")}),
    (RequireAllowlist(), {}),
    (RequireAllowlist(), {"allowlist": Manual("Ask #dba.")}),
    (RequireAllowlist(), {"allowlist": OPEN}),
]


@pytest.mark.parametrize(("rule", "facts", "words"), BROKEN)
def test_a_broken_rule_is_an_error_with_the_remedy(app, stack, synthesize, rule, facts, words):
    rule.apply_to(app)
    database(stack, **facts)

    found = refusal(stack, synthesize)

    assert f"shop/orders: {words}" in found or words in found
    assert f'or accept it, {type(rule).__name__}.acknowledge(orders, reason="…") ({type(rule).__name__})' in found


@pytest.mark.parametrize(("rule", "facts"), KEPT)
def test_a_rule_that_is_kept_says_nothing(app, stack, synthesize, rule, facts):
    rule.apply_to(app)
    database(stack, **facts)

    assert "output" not in synthesize(stack)


@pytest.mark.parametrize(("rule", "facts", "words"), BROKEN)
def test_without_the_rule_nothing_is_refused(stack, synthesize, rule, facts, words):
    database(stack, **facts)

    synthesize(stack)


@pytest.mark.parametrize(("rule", "facts", "words"), BROKEN)
def test_a_rule_may_be_broken_for_a_reason_that_every_plan_shows(app, stack, synthesize, rule, facts, words):
    rule.apply_to(app)
    type(rule).acknowledge(database(stack, **facts), reason="ticket 4711")

    (output,) = synthesize(stack)["output"].values()
    assert output["value"] == {f"shop/orders: {type(rule).__name__}": ["ticket 4711"]}


def test_a_word_for_one_rule_and_one_construct_is_none_for_others(app, stack, synthesize):
    for rule in (RequireTls(), ForbidOpenToWorld()):
        rule.apply_to(app)
    RequireTls.acknowledge(database(stack, tls=PLAIN, allowlist=OPEN), reason="ticket 4711")
    database(stack, "orders-2", tls=PLAIN)

    found = refusal(stack, synthesize)

    assert "shop/orders: tls" not in found
    assert "shop/orders: AwsSecurityGroup lets in everybody" in found
    assert "shop/orders-2: tls is DISABLED" in found


def test_a_rule_holds_below_its_scope_only(app, stack, synthesize):
    other = DflowStack(app, "other", tenant="x")
    RequireTls().apply_to(other)
    database(stack, tls=PLAIN)

    synthesize(stack)
    database(other, tls=PLAIN)
    assert "other/orders: tls is DISABLED" in refusal(other, synthesize)


def test_a_finding_of_two_scopes_is_told_once(app, stack, synthesize):
    RequireTls().apply_to(app)
    RequireTls().apply_to(stack)
    database(stack, tls=PLAIN)

    assert refusal(stack, synthesize).count("tls is DISABLED") == 1


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RequireTls(), "exposed, which dFlow does without TLS"),
        (ForbidOpenToWorld(), "dFlow opens the port to everybody"),
    ],
)
def test_an_exposed_database_of_dflow_breaks_them_too(app, stack, production, synthesize, rule, words):
    rule.apply_to(app)
    cache = DatabaseService(production, "cache", engine=Engine.REDIS, exposed=True)

    assert words in refusal(stack, synthesize)
    type(rule).acknowledge(production, reason="ticket 4711")
    synthesize(stack)
    assert cache.is_exposed


def test_a_word_without_a_reason_is_refused(stack):
    orders = database(stack, tls=PLAIN)

    with pytest.raises(ConfigurationError, match=r"shop/orders: RequireTls.acknowledge\(…\) without a reason"):
        RequireTls.acknowledge(orders, reason=" ")


def test_a_database_without_a_list_opens_nothing_and_looks_nothing_up(stack, web, synthesize):
    orders = database(stack, allowlist=NONE)
    web.connect_to(orders)

    found = synthesize(stack)
    assert set(found["resource"]) == {"dflow_app_service", "dflow_environment", "dflow_service_variables"}
    assert "require_outbound_ip" not in found["data"]["dflow_worker_node"]["worker-node-fra-1"]
    assert stack.connections[0].entries == ()


@pytest.mark.parametrize(
    ("allowlist", "words"),
    [
        (None, "allowlist is None, and nothing would let the Worker Nodes in; name the vendor's"),
        (NoAllowlist(" "), "NoAllowlist(reason=''): nothing would restrict who talks"),
    ],
)
def test_a_database_says_who_keeps_its_list(stack, allowlist, words):
    with pytest.raises(ConfigurationError) as caught:
        database(stack, allowlist=allowlist)

    assert words in str(caught.value)


def test_a_rule_of_a_stack_covers_what_another_one_uses(app, stack, synthesize):
    """The stack that describes a database answers for it."""
    RequireTls().apply_to(stack)
    orders = database(stack, tls=PLAIN)
    other = DflowStack(app, "other")
    environment = Environment(other, "e", application="shop", worker_nodes=["fra-2"])
    AppService(environment, "web", source=GitHub("a/b", branch="main")).connect_to(orders)

    assert "tls is DISABLED" in refusal(stack, synthesize)


def test_the_least_protection_is_a_mode():
    with pytest.raises(ConfigurationError, match=r"at_least is 'require'; choose a TlsMode, at_least=TlsMode\.REQUIRE"):
        RequireTls(at_least="require")
