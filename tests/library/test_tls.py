"""Protections, the authorities that vouch for certificates, and what vendors demand."""

from __future__ import annotations

import base64

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    CertificateAuthority,
    ConfigurationError,
    DatabaseVariables,
    DflowStack,
    DigitalOcean,
    Endpoint,
    Engine,
    Environment,
    ExternalDatabase,
    ExternalEngine,
    GitHub,
    LockOut,
    Manual,
    Neon,
    OpenToWorld,
    Secret,
    Supabase,
    Tls,
    TlsMode,
    UpCloud,
)
from dflow_provider.functions.connection_url import ConnectionUrl

PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
FILE = CertificateAuthority.in_file("/etc/ssl/db.pem")
SYSTEM = CertificateAuthority.of_system()
GROUP = AwsSecurityGroup("sg-0123456789abcdef0")
WORDS = {"allow_first": LockOut("new"), "allow_empty": OpenToWorld("new")}
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
NEON = Neon("quiet-river-12345678", **WORDS)
OCEAN = DigitalOcean(UUID, **WORDS)
PASSWORD = '${replace(urlencode(ephemeral.dflow_process_environment.secret-P.value), "+", "%20")}'


def database(stack: DflowStack, engine=Engine.POSTGRES, tls: Tls = Tls.VERIFY_FULL, **facts) -> ExternalDatabase:
    given = {"host": "db.example.com", "username": "shop", "database": "o", "allowlist": GROUP, **facts}
    return ExternalDatabase(stack, "orders", engine=engine, tls=tls, password=Secret.from_environment("P"), **given)


def variables(web, synthesize, source, choice: DatabaseVariables | None = None) -> dict[str, str]:
    web.connect_to(source, variables=choice)
    (block,) = synthesize(web.environment.stack)["resource"]["dflow_service_variables"].values()
    return {**block.get("variables", {}), **block.get("secret_variables_wo", {})}


URL = DatabaseVariables.url("DATABASE_URL")
CASES = [
    (Engine.POSTGRES, URL, "sslmode=verify-full&sslrootcert=", "%2Fetc%2Fssl%2Fdb.pem", "system"),
    (ExternalEngine.COCKROACHDB, URL, "sslmode=verify-full&sslrootcert=", "%2Fetc%2Fssl%2Fdb.pem", "system"),
    (Engine.POSTGRES, DatabaseVariables.django(), "verify-full&sslrootcert=", "%2Fetc%2Fssl%2Fdb.pem", "system"),
    (Engine.POSTGRES, DatabaseVariables.rails(), "verify-full&sslrootcert=", "%2Fetc%2Fssl%2Fdb.pem", "system"),
    (Engine.POSTGRES, DatabaseVariables.node(), "sslmode=verify-full", "&sslrootcert=%2Fetc%2Fssl%2Fdb.pem", ""),
    (Engine.POSTGRES, DatabaseVariables.prisma(), "sslaccept=strict", "&sslcert=%2Fetc%2Fssl%2Fdb.pem", ""),
    (
        Engine.POSTGRES,
        DatabaseVariables.spring(),
        "sslmode=verify-full&",
        "sslrootcert=%2Fetc%2Fssl%2Fdb.pem",
        "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
    ),
    (Engine.MYSQL, URL, "ssl-mode=VERIFY_IDENTITY&ssl-ca=%2Fetc%2Fssl%2F", "db.pem", "certs%2Fca-certificates.crt"),
    (Engine.MARIADB, URL, "ssl-mode=VERIFY_IDENTITY&ssl-ca=%2Fetc%2Fssl%2F", "db.pem", "certs%2Fca-certificates.crt"),
    (Engine.MYSQL, DatabaseVariables.rails(), "&sslca=%2Fetc%2Fssl%2F", "db.pem", "certs%2Fca-certificates.crt"),
    (Engine.MYSQL, DatabaseVariables.django(), "&ssl-ca=%2Fetc%2Fssl%2F", "db.pem", "certs%2Fca-certificates.crt"),
    (Engine.MARIADB, DatabaseVariables.spring(), "useSsl=true", "&serverSslCert=/etc/ssl/db.pem", ""),
    (Engine.MONGODB, URL, "tls=true", "&tlsCAFile=%2Fetc%2Fssl%2Fdb.pem", ""),
    (ExternalEngine.MONGODB_SRV, URL, "tls=true", "&tlsCAFile=%2Fetc%2Fssl%2Fdb.pem", ""),
]


@pytest.mark.parametrize(("engine", "choice", "start", "file", "system"), CASES)
def test_a_url_names_the_authority_in_the_words_of_its_readers(
    app, synthesize, engine, choice, start: str, file: str, system: str
):
    for number, (authority, end) in enumerate(((FILE, file), (SYSTEM, system))):
        stack, web = program(app, f"s{number}")
        found = variables(web, synthesize, database(stack, engine, Tls.VERIFY_FULL.trusting(authority)), choice)
        url = next(found[name] for name in found if name.endswith("URL"))
        assert url.endswith(start + end), url
        assert not [name for name in found if "_CA_" in name]


def program(app, name: str):
    stack = DflowStack(app, name, tenant=name)
    environment = Environment(stack, "e", application="shop", worker_nodes=["fra-1"])
    return stack, AppService(environment, "web", source=GitHub("acme/shop", branch="main"))


@pytest.mark.parametrize(
    ("engine", "choice", "name"),
    [
        (Engine.REDIS, None, "REDIS_CA_FILE"),
        (Engine.CLICKHOUSE, None, "CLICKHOUSE_CA_FILE"),
        (ExternalEngine.SQL_SERVER, None, "DATABASE_CA_FILE"),
        (Engine.MYSQL, DatabaseVariables.node(), "DATABASE_CA_FILE"),
        (Engine.MYSQL, DatabaseVariables.spring(), "SPRING_DATASOURCE_CA_FILE"),
    ],
)
def test_where_a_url_cannot_name_the_file_a_variable_does(stack, web, synthesize, engine, choice, name):
    found = variables(web, synthesize, database(stack, engine, Tls.VERIFY_FULL.trusting(FILE), database=None), choice)

    assert found[name] == "/etc/ssl/db.pem"


def test_a_certificate_is_delivered_in_base64_which_the_node_does_not_change(stack, web, synthesize):
    authority = CertificateAuthority.in_variable(PEM, file="/tmp/db.pem")

    found = variables(web, synthesize, database(stack, tls=Tls.VERIFY_CA.trusting(authority)))

    assert base64.b64decode(found["DATABASE_CA_BASE64"]).decode() == PEM
    assert found["DATABASE_URL"].endswith("?sslmode=verify-ca&sslrootcert=%2Ftmp%2Fdb.pem")


def test_a_certificate_may_be_an_attribute_of_another_resource(stack, web, synthesize):
    later = cdk.TerraformVariable(stack, "ca", type="string").string_value

    found = variables(
        web, synthesize, database(stack, tls=Tls.VERIFY_CA.trusting(CertificateAuthority.in_variable(later)))
    )

    assert found["DATABASE_CA_BASE64"] == "${base64encode(var.ca)}"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (DatabaseVariables.separate(), {"DB_CA_FILE": "/etc/ssl/db.pem"}),
        (DatabaseVariables.libpq(), {"PGSSLROOTCERT": "/etc/ssl/db.pem"}),
    ],
)
def test_separate_variables_name_it_as_well(stack, web, synthesize, choice, expected):
    found = variables(web, synthesize, database(stack, tls=Tls.VERIFY_FULL.trusting(FILE)), choice)

    assert expected.items() <= found.items()


def test_libpq_is_told_to_trust_the_system(stack, web, synthesize):
    found = variables(web, synthesize, database(stack, tls=Tls.VERIFY_FULL.trusting(SYSTEM)), DatabaseVariables.libpq())

    assert found["PGSSLROOTCERT"] == "system"


def test_without_an_authority_nothing_is_said(stack, web, synthesize):
    assert variables(web, synthesize, database(stack)) == {
        "DATABASE_URL": f"postgresql://shop:{PASSWORD}@db.example.com:5432/o?sslmode=verify-full"
    }


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Tls.REQUIRE.trusting(FILE), "no certificate is checked, so nobody would ask the authority"),
        (lambda: Tls.DISABLED(reason="tunnel").trusting(FILE), "use Tls.VERIFY_FULL"),
        (lambda: Tls.VERIFY_CA.trusting(SYSTEM), "everybody can get a certificate from one of the system's"),
        (lambda: Tls.DISABLED(reason=" "), "clear text and nobody could tell why"),
        (lambda: CertificateAuthority.in_file("ca.pem"), "'ca.pem' is no path from the root of the service's"),
        (lambda: CertificateAuthority.in_variable("/etc/ssl/ca.pem"), "the text is no certificate in PEM"),
        (
            lambda: CertificateAuthority.in_variable(PEM + "-----BEGIN PRIVATE KEY-----\nhunter2"),
            "the text holds a private key",
        ),
    ],
)
def test_what_would_check_nothing_is_refused(make, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        make()

    assert words in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_a_constant_without_protection_takes_a_reason():
    assert Tls.DISABLED(reason="tunnel") == Tls.disabled(reason="tunnel") == Tls(TlsMode.DISABLED, "tunnel")


def test_a_certificate_too_large_for_a_variable_is_refused(stack, web):
    large = CertificateAuthority.in_variable(PEM * 1000)

    with pytest.raises(ConfigurationError, match=r"'DATABASE_CA_BASE64' is .* bytes long"):
        web.connect_to(database(stack, tls=Tls.VERIFY_CA.trusting(large)))


@pytest.mark.parametrize(
    "facts", [{"allowlist": NEON}, {"pooler": Endpoint("pooler.example.com", allowlist=NEON)}], ids=["own", "pooler"]
)
def test_a_vendor_that_demands_tls_cannot_be_told_otherwise(stack, facts):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, tls=Tls.DISABLED(reason="tunnel"), **facts)

    assert str(refusal.value) == (
        "shop/orders: tls is DISABLED, and Neon IP Allow takes no connection without TLS (connections without TLS are "
        "refused; neondatabase/website, connect-securely, 2026-11-22); leave tls out, or say Tls.REQUIRE where the "
        "certificate cannot be checked"
    )


def warnings_of(source: ExternalDatabase) -> list[str]:
    return [str(entry.data) for entry in source.node.metadata if "warn" in entry.type.lower()]


@pytest.mark.parametrize(
    ("engine", "tls", "allowlist", "words"),
    [
        (Engine.POSTGRES, Tls.VERIFY_FULL, NEON, "the system's trust store. Say so, tls=Tls.VERIFY_FULL.trusting("),
        (Engine.REDIS, Tls.VERIFY_FULL, OCEAN, "the cluster's CA certificate (`doctl databases get-ca`)"),
        (Engine.POSTGRES, Tls.VERIFY_FULL, Supabase("abcdefghijklmnopqrst", **WORDS), "prod-ca-2021.crt"),
        (Engine.POSTGRES, Tls.VERIFY_FULL, UpCloud(UUID, **WORDS), None),
        (Engine.MONGODB, Tls.VERIFY_FULL, NEON, None),
        (Engine.POSTGRES, Tls.REQUIRE, OCEAN, None),
        (Engine.POSTGRES, Tls.VERIFY_FULL.trusting(SYSTEM), NEON, None),
        (Engine.POSTGRES, Tls.VERIFY_FULL, GROUP, None),
        (Engine.POSTGRES, Tls.VERIFY_FULL, Manual("Ask #dba."), None),
    ],
)
def test_synthesis_warns_of_an_authority_that_nobody_named(stack, engine, tls, allowlist, words):
    found = warnings_of(database(stack, engine, tls, allowlist=allowlist, database=None))

    assert len(found) == (0 if words is None else 1)
    assert words is None or words in found[0]


@pytest.mark.parametrize(
    ("engine", "name", "port", "options"),
    [
        (Engine.POSTGRES, "postgres", 5432, {"sslmode": "verify-full"}),
        (Engine.MYSQL, "mysql", 3306, {"ssl-mode": "VERIFY_IDENTITY"}),
        (Engine.MARIADB, "mariadb", 3306, {"ssl-mode": "VERIFY_IDENTITY"}),
        (Engine.MONGODB, "mongodb", 27017, {"tls": "true"}),
        (ExternalEngine.MONGODB_SRV, "mongodb+srv", None, {"tls": "true"}),
        (Engine.REDIS, "rediss", 6379, {}),
        (ExternalEngine.VALKEY, "rediss", 6379, {"ssl_check_hostname": "true"}),
        (Engine.CLICKHOUSE, "clickhouse", 9440, {"secure": "true"}),
        (ExternalEngine.COCKROACHDB, "postgres", 26257, {"sslmode": "verify-full"}),
    ],
)
def test_a_url_is_the_one_that_the_provider_s_function_makes(stack, web, synthesize, engine, name, port, options):
    """Terraform puts both together; the function takes a provider process more, in each plan and apply."""
    number = "2" if name in {"rediss", "clickhouse"} else "o&1"
    (url,) = variables(web, synthesize, database(stack, engine, username="sh@p", database=number)).values()

    marked = url.replace(PASSWORD, "p%40%20%25")
    assert marked == ConnectionUrl().call([name, "db.example.com", port, number, "sh@p", "p@ %", options])
