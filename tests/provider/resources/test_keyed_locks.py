"""One lock per thing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dflow_provider.resources.keyed_locks import KeyedLocks
from dflow_provider.schema import ProviderError, Stop


def test_one_key_is_held_by_one_at_a_time():
    locks, inside, most = KeyedLocks(), [0], [0]

    def work(_: int) -> None:
        with locks.holding("key", Stop()):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(200)))

    assert most == [1]


def test_different_keys_do_not_wait_for_each_other():
    locks = KeyedLocks()

    with locks.holding("a", Stop()), locks.holding("b", Stop()):
        pass


def test_a_stop_ends_the_wait():
    locks, stop = KeyedLocks(), Stop()

    with locks.holding("a", Stop()):
        threading.Timer(0.05, stop.request).start()
        with pytest.raises(ProviderError, match="Stopped on request"), locks.holding("a", stop):
            pytest.fail("the lock was held")


def test_an_error_inside_frees_the_lock():
    locks = KeyedLocks()
    with pytest.raises(RuntimeError), locks.holding("a", Stop()):
        raise RuntimeError

    with locks.holding("a", Stop()):
        pass
