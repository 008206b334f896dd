"""What is read of a certificate, held against what OpenSSL reads."""

from __future__ import annotations

import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

from dflow_provider.authorities.x509 import Certificate, MalformedError
from dflow_provider.plugin.certificate import self_signed

if TYPE_CHECKING:
    from pathlib import Path

SUBJECTS = [
    "/CN=Orders CA",
    "/C=DE/ST=Hesse/L=Frankfurt/O=Example, Inc./OU=Databases/CN=Orders CA",
    r"/DC=com/DC=example/CN=a\+b;c<d>",
    "/CN=Zürich",
    "/serialNumber=42/emailAddress=dba@example.com",
]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("days", [2, 20000])  # the latter ends in 2081, which takes the longer of two forms of time
def test_subject_and_end_are_those_that_openssl_reads(subject: str, days: int, tmp_path: Path):
    file = tmp_path / "ca.pem"
    made = ["openssl", "req", "-x509", "-utf8", "-newkey", "ec", "-pkeyopt"]
    made += ["ec_paramgen_curve:prime256v1", "-nodes", "-days", str(days), "-subj", subject, "-out", str(file)]
    subprocess.run([*made, "-keyout", "/dev/null"], check=True, capture_output=True)
    show = ["openssl", "x509", "-noout", "-in", str(file), "-dateopt", "iso_8601", "-enddate", "-subject"]
    options = ["-nameopt", "sep_comma_plus,dn_rev,esc_2253,utf8,sname"]
    said = subprocess.run([*show, *options], check=True, capture_output=True, text=True).stdout.splitlines()

    read = Certificate.read(ssl.PEM_cert_to_DER_cert(file.read_text()))

    assert f"notAfter={read.not_after:%Y-%m-%d %H:%M:%SZ}" == said[0]
    assert f"subject={read.subject}" == said[1]


def test_bytes_that_are_cut_off_anywhere_are_no_certificate():
    der = self_signed().der

    for length in range(len(der)):
        with pytest.raises(MalformedError):
            Certificate.read(der[:length])
    with pytest.raises(MalformedError, match="something follows"):
        Certificate.read(der + b"\0")
