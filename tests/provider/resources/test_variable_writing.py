"""Several writers of one service's variables: nobody loses what was his, and who is too slow is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dflow_provider.control_plane.errors import NotFound, Refused
from dflow_provider.resources.variable_rows import Change, NewKeys
from dflow_provider.resources.variable_writing import ATTEMPTS, NothingWritten, write
from dflow_provider.schema import ProviderError
from dflow_sandbox import Answer, Hang, Moment, Reset


@pytest.fixture
def rows(backend):
    return backend.control_plane.service_variables


@pytest.fixture
def through(life, proxy):
    """The same services with something between them and dFlow."""
    behind = life("dflow_service_variables", endpoint=proxy.endpoint).resource
    return behind._backend.control_plane.service_variables


def change(**written):
    return Change(written, restored={}, removed=frozenset(), new_keys=NewKeys.REFUSED_IF_DIFFERENT, exclusive=False)


def at_once(_seconds):
    return False


def briefly(seconds):
    return threading.Event().wait(seconds / 20)


def nothing(_document):
    pass


def put(rows, document, wanted, *, wait=at_once, check=nothing, written=nothing):
    return write(rows, document, wanted, wait, check=check, written=written)


def values_of(rows, service):
    return {row["key"]: row["value"] for row in rows.get(service["id"])["variables"] or []}


def test_a_write_that_hung_while_another_was_made_takes_nothing_away(rows, through, web, proxy):
    hanging = Hang()
    proxy.script(hanging, method="PATCH", path="^/api/services")
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(put, through, through.get(web["id"]), change(LATE="2"))
        assert hanging.wait_until_reached(30)
        put(rows, rows.get(web["id"]), change(QUICK="1"))
        hanging.release()
        late.result(30)

    assert values_of(rows, web) == {"QUICK": "1", "LATE": "2"}


def test_two_writers_at_the_same_moment_both_keep_what_they_wrote(rows, web):
    rounds, barrier = 15, threading.Barrier(2)

    def writer(name):
        lost = 0
        for number in range(rounds):
            document = rows.get(web["id"])
            barrier.wait(60)
            put(rows, document, change(**{name: str(number)}), wait=briefly)
            barrier.wait(60)
            lost += values_of(rows, web).get(name) != str(number)
        return lost

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(writer, ("ONE", "TWO"))) == [0, 0]


@pytest.mark.parametrize("broken", [Reset(), Answer(502, moment=Moment.AFTER)], ids=["dropped", "gateway failed"])
def test_a_write_whose_answer_got_lost_is_not_taken_for_a_lost_race(rows, through, web, proxy, broken):
    faulty = proxy.script(broken, method="PATCH", path="^/api/services")
    waits = []

    put(through, through.get(web["id"]), change(A="1"), wait=waits.append, check=pytest.fail)

    assert faulty.hits == 1
    assert waits == []
    assert values_of(rows, web) == {"A": "1"}


def test_who_is_too_slow_every_time_is_told_and_wrote_nothing(rows, through, web, proxy):
    never = Answer(200, body=b'{"docs": [], "errors": []}')
    faulty = proxy.script(never, method="PATCH", path="^/api/services", times=None)

    with pytest.raises(NothingWritten) as caught:
        put(through, through.get(web["id"]), change(A="1"))

    assert faulty.hits == ATTEMPTS
    assert caught.value.title == "Others keep saving the service"
    assert f"{web['id']}) changed each time between being read and being written" in caught.value.detail
    assert values_of(rows, web) == {}


def test_a_stop_between_two_attempts_ends_the_trying(through, web, proxy):
    never = Answer(200, body=b'{"docs": [], "errors": []}')
    faulty = proxy.script(never, method="PATCH", path="^/api/services", times=None)

    with pytest.raises(NothingWritten):
        put(through, through.get(web["id"]), change(A="1"), wait=lambda _: True)

    assert faulty.hits == 1


def test_after_a_lost_race_the_change_is_looked_at_again_and_may_be_refused(rows, web):
    read = rows.get(web["id"])
    put(rows, read, change(A="theirs"))

    def refuse(document):
        assert document["variables"][0]["value"] == "theirs"
        raise ProviderError("Variable has another owner", "A")

    with pytest.raises(ProviderError, match="another owner"):
        put(rows, read, change(A="ours"), check=refuse)

    assert values_of(rows, web) == {"A": "theirs"}


def test_two_configurations_that_want_one_key_otherwise_are_not_both_served(life, organisation, web, proxy):
    late, quick = life("dflow_service_variables", endpoint=proxy.endpoint), life("dflow_service_variables")
    hanging = Hang()
    proxy.script(hanging, method="PATCH", path="^/api/services")
    with ThreadPoolExecutor(1) as pool:
        creating = pool.submit(late.create, {"service_id": web["id"], "variables": {"LOG_LEVEL": "debug", "LATE": "1"}})
        assert hanging.wait_until_reached(30)
        rows = quick.resource._backend.control_plane.service_variables
        put(rows, rows.get(web["id"]), change(LOG_LEVEL="info"))
        hanging.release()
        with pytest.raises(ProviderError) as caught:
            creating.result(30)

    assert caught.value.title == "Variable has another owner"
    assert values_of(rows, web) == {"LOG_LEVEL": "info"}


def test_a_change_that_dflow_stored_before_it_refused_counts_as_made(rows, through, web, proxy):
    refusing = b'{"docs": [], "errors": [{"id": "1", "message": "a hook failed"}], "message": "Unable to update"}'
    proxy.script(Answer(400, body=refusing, moment=Moment.AFTER), method="PATCH", path="^/api/services")

    put(through, through.get(web["id"]), change(A="1"))

    assert values_of(rows, web) == {"A": "1"}


def test_a_change_that_dflow_refused_is_told(rows, through, web, proxy):
    refusing = b'{"docs": [], "errors": [{"id": "1", "message": "a hook failed"}], "message": "Unable to update"}'
    proxy.script(Answer(400, body=refusing), method="PATCH", path="^/api/services")

    with pytest.raises(Refused, match="a hook failed"):
        put(through, through.get(web["id"]), change(A="1"))

    assert values_of(rows, web) == {}


def test_a_service_that_went_away_meanwhile_is_no_lost_race(rows, web):
    read = rows.get(web["id"])
    rows.trash(web["id"])

    with pytest.raises(NotFound):
        put(rows, read, change(A="1"))
