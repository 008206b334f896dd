"""Redis Cloud: one name to read and two to write, tasks that are not found at first, lists that are somewhere else."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.listing import Change, TryLaterError
from dflow_provider.allowlists.place import Place, Waiting
from dflow_provider.allowlists.vendors.redis_cloud import open_list
from dflow_provider.schema import Call, ProviderError, Stop
from dflow_vendors.rows.redis_cloud import REDIS_CLOUD

if TYPE_CHECKING:
    from dflow_sandbox.vendors.redis_cloud import RedisCloudServer

KEY = "redis_cloud"
ADDRESS = "203.0.113.1/32"


def test_only_the_list_of_a_pro_database_is_written(server: RedisCloudServer, terraform: Any, config: Any):
    terraform.apply(config({"fra-1": ADDRESS}))

    bodies = [json.loads(request.body) for request in server.take_requests() if request.method == "PUT"]
    assert bodies == [{"sourceIp": ["198.51.100.0/24", "198.51.100.7/32", ADDRESS]}]
    assert server.pro["replicaOf"] == {"endpoints": ["redis://elsewhere:6379"]}


def test_an_essentials_database_is_written_by_the_other_name(server: RedisCloudServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}, **server.ESSENTIALS))

    assert server.essentials["security"]["sourceIps"] == ["198.51.100.7/32", ADDRESS]
    assert state["id"] == "essentials/445566/12007001/shop/orders"
    assert terraform.second_plan_is_empty(config({"fra-1": ADDRESS}, **server.ESSENTIALS), state)


def test_the_plan_is_pro_unless_given(terraform: Any, config: Any):
    assert terraform.apply(config({"fra-1": ADDRESS}, plan=None))["plan"] == "pro"


class NoPause(Stop):
    def wait(self, seconds: float) -> bool:
        return False


def test_a_task_that_is_never_found_is_given_up_so_that_the_list_is_looked_at(server: RedisCloudServer):
    server.task_looks = [404]
    place = Place(REDIS_CLOUD, server.locators, Author("shop/orders"), server.environment(), Waiting(NoPause()))
    adapter = open_list(place)
    (entry,) = wanted_entries([NamedAddress("fra-1", ADDRESS)], place.author, None)

    with pytest.raises(TryLaterError, match="task-1 is not found"):
        adapter.apply(Change(add=(entry,)), adapter.read())

    assert len([request for request in server.take_requests() if "/tasks/" in request.path]) == 6


def test_two_databases_of_one_subscription_are_changed_one_after_the_other(
    server: RedisCloudServer, terraform: Any, config: Any
):
    server.task_looks = [404, "received", "processing-in-progress", "processing-completed"]
    configs = [config({"fra-1": ADDRESS}), config({"fra-1": ADDRESS}, **server.NEIGHBOUR)]
    planned = [terraform.plan(each) for each in configs]

    with ThreadPoolExecutor(2) as pool:
        calls = [(plan, each, Call()) for plan, each in zip(planned, configs, strict=True)]
        states = list(pool.map(lambda call: terraform.resource.create(*call), calls))

    assert [state["owned_entries"] for state in states] == [[ADDRESS], [ADDRESS]]
    assert len(server.writes()) == 2, "one was refused because the other was under way"


def test_a_task_that_fails_is_told_in_redis_cloud_s_words(server: RedisCloudServer, terraform: Any, config: Any):
    server.task_error = {"status": "400 BAD_REQUEST", "type": "PLAN_LIMIT", "description": "4 source IPs at most"}

    terraform.apply(config({"fra-1": ADDRESS}))

    (problem,) = terraform.last_report.diagnostics
    assert problem.title == "Redis Cloud did not apply the list"
    assert "task-1 ended as processing-error: 4 source IPs at most, PLAN_LIMIT" in problem.detail
    assert ADDRESS not in server.cidrs()


def test_a_database_that_is_being_changed_is_waited_for_and_read_again(
    server: RedisCloudServer, terraform: Any, config: Any
):
    server.pro["status"] = "pending"
    looks = iter(range(3))

    def settle() -> None:
        if next(looks, None) is None:
            server.pro["status"] = "active"

    server.after_every(settle)
    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()
    assert len([write for write in server.writes() if write.startswith("PUT")]) == 1


def test_an_active_active_database_is_left_alone(server: RedisCloudServer, terraform: Any, config: Any):
    del server.pro["security"]
    server.pro |= {"activeActiveRedis": True, "crdbDatabases": [{"region": "eu-west-1"}]}

    with pytest.raises(ProviderError, match="Allowlist cannot be written") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "Active-Active" in refused.value.detail


def test_the_number_of_the_plan_is_in_the_message(server: RedisCloudServer, terraform: Any, config: Any):
    for number in range(30):
        server.put_by_hand(f"198.51.100.{number + 10}/32")

    with pytest.raises(ProviderError, match="Allowlist quota exceeded") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "Essentials 4 to 32 by plan" in refused.value.detail
