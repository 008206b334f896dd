"""What Java needs for JDBC: drivers, where Debian puts them, and the system's authorities in a file of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

JARS = Path(os.environ.get("DFLOW_TEST_JARS", "/usr/share/java"))
DRIVERS = [JARS / "postgresql.jar", JARS / "mariadb-java-client.jar"]
_PASSWORD = "a test"


def missing() -> str | None:
    """Return what is missing here, as a reason to skip a test."""
    absent = [str(jar) for jar in DRIVERS if not jar.exists()]
    if shutil.which("javac") is None or absent:
        return (
            f"no JDK, or no {' and '.join(absent) or 'java'}; on Debian and Ubuntu: "
            "apt install default-jdk-headless libpostgresql-jdbc-java libmariadb-java"
        )
    return None


def java(system: Path) -> list[str]:
    """Return the beginning of a command that runs a file of source, on a system that trusts one authority."""
    certificate = pkcs12.PKCS12Certificate(x509.load_pem_x509_certificate(system.read_bytes()), b"system")
    trusted = system.with_suffix(".p12")
    trusted.write_bytes(
        pkcs12.serialize_java_truststore([certificate], serialization.BestAvailableEncryption(_PASSWORD.encode()))
    )
    return [
        "java",
        "-XX:TieredStopAtLevel=1",
        f"-Djavax.net.ssl.trustStore={trusted}",
        f"-Djavax.net.ssl.trustStorePassword={_PASSWORD}",
        "-classpath",
        os.pathsep.join(map(str, DRIVERS)),
    ]
