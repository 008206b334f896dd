"""Threads are made when there is nobody free, and only then."""

from __future__ import annotations

import threading

from dflow_provider.plugin.http2.workers import Workers


def test_no_job_waits_for_another():
    """A hundred that all wait for each other."""
    workers, everyone, done = Workers(), threading.Barrier(100), threading.Semaphore(0)
    for _ in range(100):
        workers.run(lambda: (everyone.wait(30), done.release()))

    assert all(done.acquire(timeout=30) for _ in range(100))
    workers.close()


def test_a_free_thread_takes_the_next_job(until):
    """One after the other on the same thread."""
    workers, seen = Workers(), []
    for _ in range(50):
        workers.run(lambda: seen.append(threading.get_ident()))
        assert until(lambda: workers._free == 1)

    assert len(seen) == 50
    assert len(set(seen)) == 1
    workers.close()


def test_threads_end_when_it_is_closed(until):
    """Each after its job."""
    before = set(threading.enumerate())
    workers, go = Workers(), threading.Event()
    for _ in range(10):
        workers.run(lambda: go.wait(30))
    made = set(threading.enumerate()) - before
    assert len(made) == 10
    workers.close()
    go.set()

    assert until(lambda: not any(thread.is_alive() for thread in made))


def test_where_no_thread_can_be_made_the_caller_works(monkeypatch):
    """Slower, but nothing is lost."""

    def refused(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    workers, seen = Workers(), []
    workers.run(lambda: seen.append(1))
    workers.run(lambda: seen.append(2))

    assert seen == [1, 2]
