"""A mapping whose values are imported when they are first asked for."""

import sys
import threading
from decimal import Decimal

import pytest

from dflow_provider.schema import ProviderError
from dflow_provider.schema.on_demand import OnDemand


def refused() -> object:
    raise AssertionError("asked for without need")


def test_names_are_known_without_loading_anything():
    found = OnDemand({"one": refused, "two": "no_such_module:Two"})

    assert list(found) == ["one", "two"]
    assert len(found) == 2
    assert "one" in found
    assert "three" not in found


def test_a_text_names_a_module_and_what_to_take_from_it():
    assert OnDemand({"number": "decimal:Decimal"})["number"] is Decimal


def test_a_function_is_called_once_however_many_ask_at_the_same_time():
    calls = []
    together = threading.Barrier(4)

    def make() -> object:
        calls.append(1)
        return object()

    found = OnDemand({"one": make})
    seen = []

    def ask() -> None:
        together.wait()
        seen.append(found["one"])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(calls) == 1
    assert len(set(map(id, seen))) == 1


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError, match="two"):
        OnDemand({"one": refused})["two"]


@pytest.mark.parametrize("source", ["no_such_module:Two", "decimal:NoSuchThing", {}.popitem, lambda: sys.exit(3)])
def test_what_cannot_be_loaded_says_that_the_installation_is_broken(source):
    with pytest.raises(ProviderError, match="Install it again") as caught:
        OnDemand({"one": source})["one"]

    assert caught.value.title == "Provider cannot be loaded"


def test_a_failed_load_is_tried_again():
    answers = [ImportError("not yet"), "there"]

    def make() -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    found = OnDemand({"one": make})
    with pytest.raises(ProviderError, match="not yet"):
        found["one"]

    assert found["one"] == "there"
