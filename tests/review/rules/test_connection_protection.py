"""DFLOW060 and DFLOW061: connections are encrypted, and verify the certificate."""

from __future__ import annotations

import pytest

from dflow_review.finding import Severity
from dflow_review.rules.connection_protection import connections_are_encrypted, connections_verify_certificates

VARIABLES = "dflow_service_variables.web"
CHECKS = [connections_are_encrypted, connections_verify_certificates]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "value",
    [
        "postgresql://app@db.example.net:5432/orders?sslmode=verify-full",
        "postgresql://app@db.example.net/orders?sslmode=verify-ca&application_name=web",
        "rediss://cache.example.net:6380",
        "redis://dokku-redis-shop-cache:6379",
        "redis://localhost:6379/0",
        "mongodb+srv://cluster.example.net/orders?retryWrites=true",
        "sqlserver://db.example.net:1433?database=orders&encrypt=true&trustServerCertificate=false",
        "{{ shop-cache.REDIS_URI }}",
        "https://example.net/?ssl=false",
        "sslmode=disable is not what we use",
    ],
)
def test_passes_protected_and_inner_connections(scene, asked, check, value):
    assert asked(check, scene.subject(scene.variables({"DATABASE_URL": value}))) == []


@pytest.mark.parametrize(
    "value",
    [
        "postgresql://app@db.example.net:5432/orders?sslmode=disable",
        "postgres://db.example.net/orders?connect_timeout=5&sslmode=prefer",
        "mysql://db.example.net/orders?ssl-mode=DISABLED",
        "mongodb://db.example.net/?tls=false",
        "redis://cache.example.net:6379",
        "clickhouse://db.example.net:9000/default?secure=false",
        "sqlserver://db.example.net:1433?database=orders&encrypt=disable",
        "postgresql+asyncpg://app@[2a05:d014::7]:5432/orders?ssl=false",
    ],
)
def test_finds_clear_text(scene, asked, value):
    subject = scene.subject(scene.variables({"DATABASE_URL": value}))

    assert asked(connections_are_encrypted, subject) == [VARIABLES]
    assert asked(connections_verify_certificates, subject) == []


@pytest.mark.parametrize(
    "value",
    [
        "postgresql://app@db.example.net:5432/orders?sslmode=require",
        "mysql://db.example.net/orders?ssl-mode=REQUIRED",
        "mongodb://db.example.net/?tls=true&tlsInsecure=true",
        "sqlserver://db.example.net:1433?encrypt=true&trustServerCertificate=true",
        "rediss://cache.example.net:6380?ssl_cert_reqs=none",
    ],
)
def test_finds_whoever_answers_being_trusted(scene, asked, value):
    subject = scene.subject(scene.variables({"DATABASE_URL": value}))

    assert asked(connections_verify_certificates, subject) == [VARIABLES]
    assert asked(connections_are_encrypted, subject) == []


def test_finds_variables_that_turn_protection_off(scene):
    found = list(connections_are_encrypted(scene.subject(scene.variables({"PGSSLMODE": "disable"}))))
    found += connections_verify_certificates(scene.subject(scene.variables({"NODE_TLS_REJECT_UNAUTHORIZED": "0"})))

    assert [each.rule.id for each in found] == ["DFLOW060", "DFLOW061"]


@pytest.mark.parametrize(
    ("address", "good", "bad"),
    [
        ("upstash_redis_database.cache", {"tls": True}, {"tls": False}),
        ("azurerm_redis_cache.cache", {"non_ssl_port_enabled": False}, {"non_ssl_port_enabled": True}),
        (
            "azurerm_postgresql_flexible_server_configuration.tls",
            {"name": "work_mem", "value": "0"},
            {"name": "require_secure_transport", "value": "OFF"},
        ),
        (
            "google_sql_database_instance.orders",
            {"settings": [{"ip_configuration": [{"ssl_mode": "ENCRYPTED_ONLY"}]}]},
            {"settings": [{"ip_configuration": [{"ssl_mode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED"}]}]},
        ),
        (
            "aws_db_parameter_group.orders",
            {"parameter": [{"name": "work_mem", "value": "0"}]},
            {"parameter": [{"name": "rds.force_ssl", "value": "0"}]},
        ),
    ],
)
def test_finds_databases_that_take_clear_text(scene, asked, address, good, bad):
    assert asked(connections_are_encrypted, scene.subject(scene.resource(address, good))) == []
    assert asked(connections_are_encrypted, scene.subject(scene.resource(address, bad))) == [address]


def test_finds_less_in_a_setting_that_was_there_before(scene):
    off = scene.resource("upstash_redis_database.cache", {"tls": False}, {"tls": False})

    assert [each.weight for each in connections_are_encrypted(scene.subject(off))] == [Severity.MEDIUM]


@pytest.mark.parametrize("check", CHECKS)
def test_cannot_tell_of_a_url_that_is_known_after_apply(scene, asked, check):
    variables = scene.variables({}, unknown=["DATABASE_URL", "LOG_LEVEL"])
    variables.after.values["variables"].update(DATABASE_URL=None, LOG_LEVEL=None)

    assert asked(check, scene.subject(variables)) == [f"{VARIABLES} (cannot tell)"]


def test_cannot_tell_of_a_setting_that_is_known_after_apply(scene, asked):
    unknown = scene.resource("upstash_redis_database.cache", {}, {}, unknown={"tls": True})

    assert asked(connections_are_encrypted, scene.subject(unknown)) == ["upstash_redis_database.cache (cannot tell)"]


@pytest.mark.parametrize("check", CHECKS)
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
