"""HTTP Digest: the examples of RFC 7616, and when a challenge is answered."""

from __future__ import annotations

import re

import pytest

from dflow_provider.allowlists.digest_auth import DigestAuth, read_challenge
from dflow_provider.allowlists.rest import Refused, Request

NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
PAGE = Request("GET", "http://www.example.org/dir/index.html", b"")


def challenge(algorithm: str, nonce: str = NONCE) -> str:
    return (
        f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, '
        f'nonce="{nonce}", opaque="{OPAQUE}"'
    )


def asked(header: str) -> Refused:
    return Refused("GET /", 401, {"www-authenticate": header}, b"")


def mufasa() -> DigestAuth:
    return DigestAuth("Mufasa", "Circle of Life", lambda: CLIENT_NONCE)


def response(headers: dict[str, str]) -> str:
    return re.search(r'response="(\w+)"', headers["Authorization"])[1]


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_the_rfc_come_out(algorithm, expected):
    headers = mufasa().answer_challenge(PAGE, asked(challenge(algorithm)))

    assert response(headers) == expected
    assert f'opaque="{OPAQUE}"' in headers["Authorization"]
    assert "nc=00000001" in headers["Authorization"]
    assert "Circle" not in headers["Authorization"]


def test_of_two_challenges_the_stronger_one_is_answered():
    assert read_challenge(f"{challenge('MD5')}, {challenge('SHA-256')}").algorithm == "SHA-256"


@pytest.mark.parametrize("header", ["", "Basic realm=x", challenge("MD5-sess"), challenge("MD5").replace("auth", "x")])
def test_what_cannot_be_answered_is_not(header):
    assert mufasa().answer_challenge(PAGE, asked(header)) == {}


def test_a_challenge_is_answered_again_with_a_higher_count_and_nothing_is_sent_before_the_first():
    auth = mufasa()
    assert auth.authorize(PAGE) == {}

    auth.answer_challenge(PAGE, asked(challenge("MD5")))

    assert "nc=00000002" in auth.authorize(PAGE)["Authorization"]


def test_a_refused_answer_is_not_given_again_and_a_fresh_challenge_is_answered():
    auth = mufasa()
    auth.answer_challenge(PAGE, asked(challenge("MD5")))

    assert auth.answer_challenge(PAGE, asked(challenge("MD5"))) == {}
    assert "nc=00000001" in auth.answer_challenge(PAGE, asked(challenge("MD5", "another")))["Authorization"]


def test_the_query_is_part_of_what_is_hashed():
    auth = mufasa()
    header = auth.answer_challenge(Request("GET", "http://h/a?b=c", b""), asked(challenge("MD5")))["Authorization"]

    assert 'uri="/a?b=c"' in header
