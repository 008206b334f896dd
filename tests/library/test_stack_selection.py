"""Building some of a program's stacks only."""

import pytest

from dflow_constructs import ConfigurationError, build_stacks


def recorder() -> tuple[list[str], dict]:
    built: list[str] = []
    return built, {name: lambda name=name: built.append(name) for name in ("shared", "live", "staging")}


def test_all_are_built_in_their_order_unless_somebody_chooses(monkeypatch):
    monkeypatch.delenv("DFLOW_STACKS", raising=False)
    built, builders = recorder()

    assert build_stacks(builders) == ("shared", "live", "staging")
    assert built == ["shared", "live", "staging"]


def test_the_environment_chooses(monkeypatch):
    monkeypatch.setenv("DFLOW_STACKS", "staging, live")
    built, builders = recorder()

    build_stacks(builders)

    assert built == ["live", "staging"]


def test_the_program_has_the_last_word(monkeypatch):
    monkeypatch.setenv("DFLOW_STACKS", "staging")
    built, builders = recorder()

    build_stacks(builders, only=["shared"])

    assert built == ["shared"]


def test_a_name_that_is_none_is_refused_before_anything_is_built(monkeypatch):
    monkeypatch.setenv("DFLOW_STACKS", "live,prod")
    built, builders = recorder()

    with pytest.raises(ConfigurationError) as refusal:
        build_stacks(builders)

    assert str(refusal.value) == "DFLOW_STACKS: prod: there is no such stack; there are live, shared, staging"
    assert built == []


def test_one_name_is_not_a_list():
    _, builders = recorder()

    with pytest.raises(ConfigurationError, match=r"only='live' is one name and not a list; write only=\['live'\]"):
        build_stacks(builders, only="live")
