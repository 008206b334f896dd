"""PyMongo, which would try for a while; here the first failure counts."""

from collections.abc import Mapping
from queue import SimpleQueue
from threading import Thread

from conversation import converse
from pymongo import MongoClient
from pymongo.monitoring import (
    ServerHeartbeatFailedEvent,
    ServerHeartbeatListener,
    ServerHeartbeatStartedEvent,
    ServerHeartbeatSucceededEvent,
)


class FirstFailure(ServerHeartbeatListener):
    def __init__(self, answers: SimpleQueue[Exception | None]) -> None:
        self._answers = answers

    def started(self, event: ServerHeartbeatStartedEvent) -> None:
        pass

    def succeeded(self, event: ServerHeartbeatSucceededEvent) -> None:
        pass

    def failed(self, event: ServerHeartbeatFailedEvent) -> None:
        self._answers.put(event.reply)


def attempt(variables: Mapping[str, str]) -> None:
    answers: SimpleQueue[Exception | None] = SimpleQueue()
    client: MongoClient = MongoClient(
        variables["MONGODB_URI"], event_listeners=[FirstFailure(answers)], serverSelectionTimeoutMS=10000
    )
    Thread(target=ping, args=(client, answers), daemon=True).start()
    answer = answers.get(timeout=15)
    client.close()
    if answer is not None:
        raise answer


def ping(client: MongoClient, answers: SimpleQueue[Exception | None]) -> None:
    try:
        client.admin.command("ping")
    except Exception as raised:  # noqa: BLE001 - whatever the driver raises is the answer
        answers.put(raised)
    else:
        answers.put(None)


converse(attempt)
