"""Static, referenced, generated, combined and raw variables."""

from __future__ import annotations

import base64
import re

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    Base64,
    Combined,
    ConfigurationError,
    DatabaseService,
    DflowStack,
    Engine,
    Generated,
    GitHub,
    Raw,
    Reference,
    Secret,
    Static,
)

EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def as_dflow_reads_it(value: str, answers: dict[str, str]) -> str:
    """Return what dFlow makes of a value; names nobody knows are empty."""

    def answer(found: re.Match[str]) -> str:
        return answers.get(found[1], "")

    found = EXPRESSION.findall(value)
    if not found:
        return value
    if len(found) == 1 and value.strip().startswith("{{"):
        return answers.get(found[0], "")
    return EXPRESSION.sub(answer, value)


def set_to(web: AppService, synthesize, **variables) -> dict[str, str]:
    web.add_variables(variables)
    (block,) = synthesize(web.environment.stack)["resource"]["dflow_service_variables"].values()
    return {**block.get("variables", {}), **block.get("secret_variables_wo", {})}


@pytest.fixture
def cache(production) -> DatabaseService:
    return DatabaseService(production, "cache", engine=Engine.REDIS)


@pytest.fixture
def orders_db(production) -> DatabaseService:
    return DatabaseService(production, "db", engine=Engine.POSTGRES)


def test_static_text_is_that_text(web, synthesize):
    assert set_to(web, synthesize, A=Static("info"), B=Static("{single}")) == {"A": "info", "B": "{single}"}


def test_base64_arrives_whatever_it_holds(stack, web, synthesize):
    later = cdk.TerraformVariable(stack, "later", type="string").string_value

    found = set_to(
        web,
        synthesize,
        A=Base64('pa$$ "{{ x }}"\n'),
        B=Base64(Secret.from_file("/run/signing.pem")),
        C=Base64(later),
    )

    assert base64.b64decode(found["A"]).decode() == 'pa$$ "{{ x }}"\n'
    assert re.fullmatch(r"\$\{base64encode\(ephemeral\.dflow_process_file\.secret-file-.*\.value\)\}", found["B"])
    assert found["C"] == "${base64encode(var.later)}"


def test_base64_of_anything_else_is_refused(web):
    with pytest.raises(ConfigurationError, match="'X' is Base64 of a int; give it text or a Secret"):
        web.add_variable("X", Base64(5))


@pytest.mark.parametrize("value", [Static(5), Raw(5, reason="it is right")])
def test_text_of_anything_else_is_refused(web, value):
    with pytest.raises(ConfigurationError, match=r"shop/production/web: variable 'X' is \w+ of a int; give it text"):
        web.add_variable("X", value)


@pytest.mark.parametrize("part", [Static("Hello {{ name }}"), Combined("Hello {{ name }}")])
def test_text_is_never_taken_for_a_reference(web, part):
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable("X", part)

    assert str(refusal.value).startswith("shop/production/web: variable 'X' has a {{ in the text of a ")
    assert "store the text base64-encoded" in str(refusal.value)
    assert "Hello" not in str(refusal.value)


@pytest.mark.parametrize(
    ("attribute", "written"),
    [
        ("uri", "POSTGRES_URI"),
        ("host", "POSTGRES_HOST"),
        ("port", "POSTGRES_PORT"),
        ("name", "POSTGRES_NAME"),
        ("username", "POSTGRES_USERNAME"),
        ("password", "POSTGRES_PASSWORD"),
        ("public_uri", "POSTGRES_PUBLIC_URI"),
        ("public_host", "POSTGRES_PUBLIC_HOST"),
        ("public_port", "POSTGRES_PUBLIC_PORT"),
    ],
)
def test_a_database_is_referred_to_by_attributes(orders_db, attribute, written):
    assert getattr(orders_db.ref, attribute) == Reference("shop-production-db", written)


@pytest.mark.parametrize("engine", list(Engine))
def test_every_engine_has_the_prefix_that_dflow_knows(production, web, synthesize, engine):
    """Older pages of dFlow's name others, `MARIA_URI`, which come out empty."""
    database = DatabaseService(production, "db", engine=engine)

    assert set_to(web, synthesize, X=database.ref.uri) == {
        "X": f"{{{{ shop-production-db.{engine.value.upper()}_URI }}}}"
    }


@pytest.mark.parametrize("attribute", ["name", "username"])
def test_what_a_redis_has_not_is_refused(cache, attribute):
    with pytest.raises(ConfigurationError, match=f"cache: ref.{attribute} would be empty.*use ref.uri, or ref.host"):
        getattr(cache.ref, attribute)


def test_a_public_reference_to_what_is_not_exposed_is_refused(stack: DflowStack, web, cache, synthesize):
    web.add_variable("X", cache.ref.public_uri)

    with pytest.raises(RuntimeError, match="cache is not exposed, and its public names are empty until it is"):
        synthesize(stack)


def test_a_service_is_referred_to_by_attributes(production, web, synthesize):
    api = AppService(production, "api", source=GitHub("a/b", branch="main"), variables={"LOG_LEVEL": "info"})

    assert set_to(web, synthesize_of(synthesize), D=api.ref.public_domain, L=api.ref.variable("LOG_LEVEL")) == {
        "D": "{{ shop-production-api.DFLOW_PUBLIC_DOMAIN }}",
        "L": "{{ shop-production-api.LOG_LEVEL }}",
    }


def synthesize_of(synthesize):
    def only_web(stack):
        found = synthesize(stack)
        variables = found["resource"]["dflow_service_variables"]
        found["resource"]["dflow_service_variables"] = {k: v for k, v in variables.items() if "_web_" in k}
        return found

    return only_web


@pytest.mark.parametrize("key", ["LOG-LEVEL", "REDIS_URI", "MARIA_URI", ""])
def test_a_variable_that_dflow_would_not_find_is_refused(web, key):
    with pytest.raises(ConfigurationError, match="dFlow finds no variable of that name"):
        web.ref.variable(key)


@pytest.mark.parametrize(
    "parts",
    [
        ("{uri}", "/0"),
        ("{uri}", "?sslmode=require"),
        (" ", "{host}", ":6379"),
        ("{host}", " "),
        ("redis://", "{host}", ":", "{port}", "/0"),
        ("{host}", ":", "{port}"),
        ("{uri}",),
        ("", "{uri}", ""),
        ("plain", " text"),
        ("https://", "{host}"),
    ],
    ids="".join,
)
def test_combined_text_arrives_as_it_is_written(web, cache, synthesize, parts):
    known = {"{uri}": cache.ref.uri, "{host}": cache.ref.host, "{port}": cache.ref.port}
    answers = {
        "shop-production-cache.REDIS_URI": "redis://:x@h:1",
        "shop-production-cache.REDIS_HOST": "dokku-redis-x",
        "shop-production-cache.REDIS_PORT": "6379",
    }

    written = set_to(web, synthesize, X=Combined(*(known.get(part, part) for part in parts)))["X"]

    expected = "".join(answers[str(known[part])[3:-3]] if part in known else part for part in parts)
    assert as_dflow_reads_it(written, answers) == expected


def test_a_suffix_is_kept_by_a_reference_that_is_always_empty(web, cache, synthesize):
    assert set_to(web, synthesize, X=Combined(cache.ref.uri, "/0")) == {
        "X": "{{ shop-production-cache.REDIS_URI }}/0{{ shop-production-web.DFLOW_NOTHING }}"
    }
    with pytest.raises(ConfigurationError, match="'DFLOW_NOTHING' has to be missing"):
        web.add_variable("DFLOW_NOTHING", "x")


def test_a_suffix_is_kept_whatever_terraform_fills_in_before_it(stack, web, cache, synthesize):
    later = cdk.TerraformVariable(stack, "later").string_value

    written = set_to(web, synthesize, X=Combined(later, cache.ref.uri, "/0"))["X"]

    for filled_in in ("", "redis+"):
        arrives = as_dflow_reads_it(
            written.replace("${var.later}", filled_in), {"shop-production-cache.REDIS_URI": "redis://cache"}
        )
        assert arrives == f"{filled_in}redis://cache/0"


def test_a_suffix_in_plain_text_is_refused_with_what_keeps_it(web, cache):
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable("X", f"{cache.ref.uri}/0")

    assert str(refusal.value).endswith("""Combined(Reference("shop-production-cache", "REDIS_URI"), '/0')""")


def test_a_secret_within_text_is_secret(web, synthesize):
    assert set_to(web, synthesize, X=Combined("Bearer ", Secret.from_environment("TOKEN"))) == {
        "X": "Bearer ${ephemeral.dflow_process_environment.secret-TOKEN.value}"
    }


def test_a_secret_beside_a_reference_is_refused(web, cache):
    with pytest.raises(ConfigurationError, match=r"mixes a secret with a \{\{ … \}\} expression"):
        web.add_variable("X", Combined(cache.ref.host, Secret.from_environment("TOKEN")))


def test_a_part_of_another_type_is_refused(web):
    with pytest.raises(ConfigurationError, match=r"combines a int; combine text, references such as cache.ref.host"):
        web.add_variable("X", Combined("a", 5))


def test_a_generated_secret_is_computed_and_shared_by_its_label(web, synthesize):
    seed = Secret.from_environment("SHOP_SEED")

    found = set_to(web, synthesize, A=Generated("key", seed), B=Generated("key", seed), C=Generated("other", seed))

    assert found["A"] == found["B"] != found["C"]
    assert found["A"].startswith('${substr(sha512("${ephemeral.dflow_process_environment.secret-SHOP_SEED.value}/')


@pytest.mark.parametrize(
    "text",
    [
        "{{ made-by-hand.TOKEN }}",
        "{{ shop-staging-web.TOKEN }}",
        "{{ secret(32, 'abc') }}",
        "{{ secret(32, 'abc') }}-suffix",
        "007",
        "{'colour': '#fff'}",
    ],
)
def test_raw_text_passes_untouched(web, synthesize, text):
    assert set_to(web, synthesize, X=Raw(text, reason="it is right")) == {"X": text}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pa$$word", "a dollar sign"),
        ("{{ name }}", "which dFlow takes for an expression, does not know"),
        ("{{ open", "without a matching }}"),
        ("{{ a.B }}/x", "dFlow drops what follows"),
        ("{{ secret(32) }}", "secret()"),
        ("x" * 61_441, "61,441 bytes long"),
    ],
)
def test_raw_text_that_nothing_can_take_is_refused_all_the_same(web, text, words):
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable("X", Raw(text, reason="it is right"))

    assert words in str(refusal.value)


def test_raw_text_needs_a_reason(web):
    with pytest.raises(ConfigurationError, match=r"'X' is Raw without a reason.*say it, Raw"):
        web.add_variable("X", Raw("007", reason=" "))


def test_a_variable_of_the_name_that_a_link_sets_is_refused(stack: DflowStack, web, cache, synthesize):
    """To resolve a reference, dFlow links the database to the Service under that name."""
    web.connect_to(cache)
    web.add_variable("SHOP_PRODUCTION_CACHE_DB_URL", "x")

    with pytest.raises(RuntimeError, match="is also the one that dFlow itself sets on a Service with a reference to"):
        synthesize(stack)


def test_one_key_has_one_value_whatever_it_is_made_of(web, cache):
    web.add_variable("X", cache.ref.host)

    with pytest.raises(ConfigurationError, match="'X' already has another value from the service's own variables"):
        web.add_variable("X", cache.ref.uri)
