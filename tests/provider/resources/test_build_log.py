"""The end of a build's log: what is shown of it, and what never is."""

import pytest

from dflow_provider.resources.build_log import LINES, last_lines


@pytest.fixture
def shown(backend, organisation, web):
    """What is shown of a log."""

    def show(*logs: object) -> str:
        made = organisation.send("POST", "deployments?depth=0", {"service": web["id"], "logs": list(logs)})["doc"]
        return last_lines(backend.control_plane, made["id"], web["id"])

    return show


def test_the_last_lines_are_shown_without_control_characters(shown):
    said = shown(*(f"line {number}" for number in range(100)), "\x1b[31mred\x1b[0m\r", "two\nlines", "  ")

    lines = said.splitlines()
    assert lines[0] == f"The last {LINES} lines of its log, values of variables masked:"
    assert lines[1:] == [*(f"  line {number}" for number in range(63, 100)), "  red", "  two", "  lines"]


def test_whatever_the_build_was_given_is_masked(shown, organisation, web):
    organisation.patch(
        "services",
        web["id"],
        variables=[{"key": "A", "value": "kanarienvogel"}, {"key": "B", "value": "{{ db.POSTGRES_URI }}"}],
        populatedVariables='{"B": "postgres://u:zeisig@db", "C": "first line\\nsecond line"}',
        providerType="gitlab",
        gitlabSettings={"repository": "r", "owner": "o", "branch": "b", "gitToken": "stieglitz"},
    )

    said = shown(
        "A is kanarienvogel",
        "B is postgres://u:zeisig@db",
        "encoded postgres%3A%2F%2Fu%3Azeisig%40db",
        "C is first line",
        "second line",
        "cloning with stieglitz",
    )

    for secret in ("kanarienvogel", "zeisig", "first line", "second line", "stieglitz"):
        assert secret not in said
    assert "A is ***" in said


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("cloning https://x-access-token:ghs_0123456789abcdef@github.com/a/b", "cloning https://***@github.com/a/b"),
        ("token ghp_0123456789abcdefABCD here", "token *** here"),
        ("key AKIAIOSFODNN7EXAMPLE.", "key ***."),
        ("-----BEGIN RSA PRIVATE KEY-----MIIE", "***"),
        ("npm install left-pad@1.0 from https://packages.example.org/left-pad", None),
    ],
)
def test_credentials_are_known_by_their_looks(shown, line, masked):
    assert (masked or line) in shown(line)


def test_a_log_that_is_no_list_or_absent_is_coped_with(shown, backend, organisation, web):
    assert shown() == "dFlow kept no log of it."
    assert '{"message": "x"}' in shown({"message": "x"})
    assert shown("x" * 1000).endswith("x…")


def test_without_the_secrets_the_log_is_not_shown(backend, organisation, web):
    made = organisation.send("POST", "deployments?depth=0", {"service": web["id"], "logs": ["kanarienvogel"]})["doc"]
    organisation.patch("services", web["id"], deletedAt="2026-01-01T00:00:00.000Z")

    said = last_lines(backend.control_plane, made["id"], web["id"])

    assert "kanarienvogel" not in said
    assert said.startswith("Its log cannot be shown here (service does not exist)")
