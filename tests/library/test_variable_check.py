"""What dFlow would change or drop in a variable."""

import pytest

from dflow_cdk import cdk
from dflow_constructs import AppService, ConfigurationError, Secret

REFUSED_VALUES = [
    ("pa$$word", "variable 'X' holds a dollar sign, which the shell of the Worker Node would interpret"),
    ("a`id`", "holds a backtick"),
    ('say "hi"', "holds a double quote"),
    ("C:\\temp", "holds a backslash"),
    ("one\ntwo", "holds a line break"),
    ("one\rtwo", "holds a carriage return"),
    ("one\0two", "holds a zero byte"),
    ("${HOME}", "holds a dollar sign"),
    ("{'colour': '#fff'}", "holds both # and a quote, which the node's storage cuts off"),
    ("007", "is '007', which the node's storage turns into '7'"),
    ("+5", "turns into '5'"),
    ("-0", "turns into '0'"),
    (
        "x" * 61_441,
        "is 61,441 bytes long, and dFlow, which stores it encrypted, takes no more than 19,982; put it into",
    ),
    ('{{ secret(32, "abc") }}', "uses secret(), and dFlow makes up a new value whenever .*Secret.from_environment"),
    ("{{ secret(32) }}", "uses secret()"),
    ("Hello {{ name }}", "holds {{ name }}, which dFlow takes for an expression, does not know"),
    ("{{ 2nd.REDIS_URI }}", "holds {{ 2nd.REDIS_URI }}, which dFlow takes for an expression"),
    ("{{ open", "holds {{ without a matching }}"),
    (
        "{{ shop-production-cache.REDIS_URI }}/0",
        "begins with {{ shop-production-cache.REDIS_URI }} and goes on with '/0', and dFlow drops what follows",
    ),
]


@pytest.mark.parametrize(("value", "words"), REFUSED_VALUES, ids=[words[:25] for _, words in REFUSED_VALUES])
def test_a_value_that_would_not_arrive_is_refused(web: AppService, value: str, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable("X", value)

    message = str(refusal.value)
    assert message.startswith("shop/production/web: variable 'X' ")
    for part in words.split(".*"):
        assert part in message
    assert "; " in message, "a refusal says what to do"


def test_a_refused_value_is_not_repeated(web: AppService):
    """It may be a password that somebody typed into the program."""
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable("ADMIN", "hunter2$hunter2")

    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "info",
        "postgres://u:p%24@h/db?a=b&c=d",
        "it's fine",
        "#fff",
        "0",
        "-5",
        "1.50",
        "bang!",
        "ümläut",
        "{single}",
        "{{ shop-production-web.DFLOW_PUBLIC_DOMAIN }}",
        "  {{shop-production-web.DFLOW_PUBLIC_DOMAIN}}  ",
        "https://{{ shop-production-web.DFLOW_PUBLIC_DOMAIN }}/path",
        "{{ shop-production-web.A }}:{{ shop-production-web.B }}/path",
    ],
)
def test_a_value_that_arrives_is_accepted(web: AppService, stack, synthesize, value: str):
    web.add_variable("X", value)

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert variables["variables"] == {"X": value}


def test_a_percent_sign_before_a_brace_stays_text_in_terraform(web: AppService, stack, synthesize):
    web.add_variable("FORMAT", "100%{x}")

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert variables["variables"] == {"FORMAT": "100%%{x}"}


@pytest.mark.parametrize(
    ("key", "suggestion"), [("PAYLOAD-SECRET", "PAYLOAD_SECRET"), ("2ND", "_2ND"), ("", "LOG_LEVEL"), ("a b", "a_b")]
)
def test_a_name_no_variable_can_have_is_refused_with_one_it_can(web: AppService, key: str, suggestion: str):
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable(key, "x")

    assert str(refusal.value) == (
        f"shop/production/web: variable {key!r} cannot have that name: letters, digits and _ are allowed, no digit "
        f"first; rename it, for example to {suggestion!r}"
    )


def test_a_value_of_another_type_is_refused(web: AppService):
    with pytest.raises(ConfigurationError, match="variable 'PORT' is a int; variables are text, write it as one"):
        web.add_variable("PORT", 3000)


def test_a_token_is_taken_as_it_is(web: AppService, stack, synthesize):
    """What Terraform fills in cannot be looked at; the text around it can."""
    later = cdk.TerraformVariable(stack, "later", type="string").string_value
    web.add_variable("X", f"at {later}")

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert variables["variables"] == {"X": "at ${var.later}"}
    with pytest.raises(ConfigurationError, match="holds a backtick"):
        web.add_variable("Y", f"`{later}`")


def test_a_secret_is_never_looked_at(web: AppService):
    web.add_variable("TOKEN", Secret.from_environment("TOKEN"))


def test_variables_that_fit_one_command_are_accepted(web: AppService, stack, synthesize):
    web.add_variables({**{f"X{part}": "x" * 19_982 for part in range(6)}, "X7": Secret.from_environment("P")})

    assert synthesize(stack)


def test_a_name_is_text(web: AppService):
    with pytest.raises(ConfigurationError, match="variable 3 has no text for a name; write one, 'LOG_LEVEL'"):
        web.add_variables({3: "x"})
