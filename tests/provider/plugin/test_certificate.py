"""The hand-made certificate, judged by OpenSSL."""

from __future__ import annotations

import calendar
import ssl
import subprocess
import threading
import time

import pytest

from dflow_provider.plugin.certificate import self_signed
from dflow_provider.plugin.p256 import GENERATOR, ORDER, PrivateKey, times_generator

RFC_6979_KEY = PrivateKey(0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721)


@pytest.fixture
def files(tmp_path):
    """A fresh certificate and its key as files."""
    made = self_signed()
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(made.pem)
    key.write_bytes(made.key_pem)
    return certificate, key


def openssl(*arguments):
    """Run openssl and return what it said."""
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_openssl_verifies_it_in_its_strictest_mode(files):
    """Form and signature."""
    certificate, key = files

    assert openssl("verify", "-x509_strict", "-check_ss_sig", "-CAfile", certificate, certificate).returncode == 0
    assert "Key valid" in openssl("ec", "-in", key, "-check", "-noout").stderr


def test_it_says_what_terraform_wants_to_read(files):
    """P-256, for localhost, an authority of its own, valid from a minute ago."""
    text = openssl("x509", "-in", files[0], "-noout", "-text", "-ext", "subjectAltName,basicConstraints").stdout

    for words in ("NIST CURVE: P-256", "DNS:localhost", "CA:TRUE", "ecdsa-with-SHA256", "CN = localhost"):
        assert words in text
    starts = ssl.cert_time_to_seconds(openssl("x509", "-in", files[0], "-noout", "-startdate").stdout[10:].strip())
    assert 55 < time.time() - starts < 90


def test_a_connection_can_be_made_with_it(files):
    """A TLS handshake between two ends that know nothing else."""
    certificate, key = files
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(certificate))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(to_client, to_server, server_hostname="localhost"),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue

    assert ends[0].version() == "TLSv1.3"
    assert ends[0].getpeercert()["subjectAltName"] == (("DNS", "localhost"),)


def test_dates_after_2049_are_written_with_four_digits(tmp_path):
    """As RFC 5280 demands; before, with two."""
    later = tmp_path / "later.pem"
    later.write_bytes(self_signed(calendar.timegm((2050, 6, 1, 0, 0, 0))).pem)

    assert "May 31 23:59:00 2050" in openssl("x509", "-in", later, "-noout", "-startdate").stdout


def test_every_key_and_serial_is_another():
    """They come from the system's random numbers."""
    made = [self_signed() for _ in range(8)]

    assert len({one.key.number for one in made}) == 8
    assert len({one.der[10:40] for one in made}) == 8
    assert str(made[0].key.number) not in f"{made[0]!r} {made[0].key!r}"


def test_signatures_are_those_of_the_standard():
    """RFC 6979, A.2.5: the messages `sample` and `test` with SHA-256."""
    assert RFC_6979_KEY.sign(b"sample") == (
        0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,
        0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8,
    )
    assert RFC_6979_KEY.sign(b"test") == (
        0xF1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,
        0x019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083,
    )
    assert RFC_6979_KEY.public_point().hex() == (
        "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
        "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
    )


def test_multiples_of_the_generator_are_right_at_the_ends():
    """Where a mistake in the windowing would show."""
    x, y = GENERATOR

    assert times_generator(1) == (x, y)
    assert times_generator(ORDER - 1) == (x, 2**256 - 2**224 + 2**192 + 2**96 - 1 - y)
    assert times_generator(ORDER + 17) == times_generator(17)


def test_making_one_is_safe_in_many_threads():
    """There is no shared state."""
    made = []
    threads = [threading.Thread(target=lambda: made.append(self_signed())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({one.der for one in made}) == 4
