"""Which variables survive the way to the node."""

import pytest

from dflow_provider.resources.variable_values import findings
from dflow_provider.schema import Severity

DATABASE = "{{ shop-db.POSTGRES_URI }}"


@pytest.mark.parametrize("key", ["A", "a", "_", "DATABASE_URL", "A1", "_1"])
def test_keys_of_letters_digits_and_underscores_are_fine(key: str):
    assert findings(key, "x") == []


@pytest.mark.parametrize(
    ("key", "suggestion"),
    [("PAYLOAD-SECRET", "PAYLOAD_SECRET"), ("1A", "_1A"), ("A B", "A_B"), ("A.B", "A_B"), ("É", "_"), ("", "NAME")],
)
def test_other_keys_are_refused_with_a_suggestion(key: str, suggestion: str):
    (found,) = findings(key, "x")

    assert (found.severity, found.title) == (Severity.ERROR, "Variable name is not possible")
    assert f"{key!r} is no name for a variable" in found.detail
    assert f"Use for instance {suggestion}." in found.detail


@pytest.mark.parametrize(
    "value",
    [
        "",
        "plain",
        "with blanks and ünïcode",
        "it's",
        "#fff",
        "-5",
        "0",
        "10",
        "a!b*c;d|e&f(g)h<i>j~k",
        "postgres://u:p%24w@h:5432/d?sslmode=require",
        DATABASE,
        "{{shop-db.POSTGRES_URI}}",
        "  {{ shop-db.POSTGRES_URI }}  ",
        "prefix-{{ shop-web.DFLOW_PUBLIC_DOMAIN }}",
        "https://{{ shop-web.DFLOW_PUBLIC_DOMAIN }}/path",
        "{{ shop-db.POSTGRES_USERNAME }}:{{ shop-db.POSTGRES_PASSWORD }}@h/d?x=y",
        "one } two }}",
        '{"no": "braces"}'.replace('"', "'"),
    ],
)
def test_values_that_arrive_as_they_are_are_fine(value: str):
    assert findings("A", value) == []


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("pa$$word", "a dollar sign"),
        ("$(reboot)", "a dollar sign"),
        ("`reboot`", "a backtick"),
        ('say "hi"', "a double quote"),
        ("C:\\temp", "a backslash"),
        ("two\nlines", "a line break"),
        ("two\rlines", "a carriage return"),
        ("nul\0", "a NUL character"),
        ("{{ secret(8, 'ab$c') }}", "a dollar sign"),
    ],
)
def test_what_a_shell_would_run_is_refused_without_showing_it(value: str, name: str):
    errors = [found for found in findings("TOKEN", value) if found.severity is Severity.ERROR]

    (found,) = errors
    assert found.title == "Value would run in a shell"
    assert f"The value of TOKEN contains {name}." in found.detail
    assert "base64" in found.detail
    assert "percent-encode" in found.detail
    assert value not in found.detail


def test_everything_a_shell_would_run_is_named_at_once():
    (found,) = findings("A", "$`")

    assert "a dollar sign and a backtick" in found.detail


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (f"{DATABASE}?sslmode=require", "Text behind a reference is lost"),
        (f"\ufeff {DATABASE}/0", "Text behind a reference is lost"),
        (f"  {DATABASE}x", "Text behind a reference is lost"),
        ("{{ secret(32) }}", "Reference is not understood"),
        ("{{ secret(32 , 'ab') }}", "Reference is not understood"),
        ("{{ secret(32, '') }}", "Reference is not understood"),
        ("{{ 1db.POSTGRES_URI }}", "Reference is not understood"),
        ("{{ name }}", "Reference is not understood"),
        ("{{}}", "Reference is not understood"),
        ("Hello {{ user }}", "Reference is not understood"),
        ("{{ shop-db.POSTGRES_URI }} {{ x }}", "Reference is not understood"),
        ("{{ shop-db.POSTGRES_URI", "Reference is not closed"),
        ("{{ a.B }} {{", "Reference is not closed"),
    ],
)
def test_expressions_that_dflow_would_lose_are_refused(value: str, title: str):
    found = findings("URL", value)

    assert [each.title for each in found if each.severity is Severity.ERROR] == [title]
    assert all("URL" in each.detail for each in found)


def test_a_generated_secret_is_warned_of():
    (found,) = findings("A", "{{ secret(32, 'abc') }}")

    assert (found.severity, found.title) == (Severity.WARNING, "Secret changes with every save")


def test_a_generated_secret_keeps_what_follows_it():
    assert [found.severity for found in findings("A", "{{ secret(32, 'abc') }}-suffix")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("name", "better"), [("MARIA_URI", "MARIADB_URI"), ("POSTGRES_PUBLIC_URL", "POSTGRES_PUBLIC_URI")]
)
def test_names_from_old_pages_are_warned_of(name: str, better: str):
    (found,) = findings("A", f"{{{{ shop-db.{name} }}}}")

    assert found.severity is Severity.WARNING
    assert f"Use {better}." in found.detail


@pytest.mark.parametrize("value", ["x" * 19_983, "ü" * 9_992, "x" * 19_981 + "\t"])
def test_a_value_that_dflow_does_not_store_is_refused(value: str):
    assert findings("A", value[1:]) == []
    (found,) = findings("A", value)

    assert (found.severity, found.title) == (Severity.ERROR, "Value is too long")
    assert f"The value of A is {len(value.encode()):,} bytes long. dFlow stores it encrypted" in found.detail


def test_a_hash_beside_a_quote_is_warned_of():
    (found,) = findings("A", "{'color': '#fff'}")

    assert (found.severity, found.title) == (Severity.WARNING, "Value may be cut off")


@pytest.mark.parametrize("value", ["007", "+5", "-0", "-07", "00"])
def test_numbers_whose_spelling_may_change_are_warned_of(value: str):
    (found,) = findings("A", value)

    assert (found.severity, found.title) == (Severity.WARNING, "Number may change its spelling")
