"""Nothing is made twice, and nothing is left that Terraform does not know of, however a create ends."""

import json
import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dflow_provider.resources.creation_journal import CreationJournal, Key, Note
from dflow_provider.schema import Call, ProviderError
from dflow_sandbox import Answer, Hang, Moment, ReplaceBody, Reset, Truncate

SOURCE = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main"}
KEY = Key("services", "tenant-1", "shop-web", "project-1")
NOON = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def wanted(organisation, shop):
    """A configuration of each type, and the collection it ends up in."""
    return {
        "dflow_environment": ("projects", {"name": "stage", "worker_nodes": [organisation.node_id]}),
        "dflow_app_service": (
            "services",
            {
                "name": "shop-web",
                "environment_id": shop["id"],
                "source": {**SOURCE, "build_path": None, "git_provider_id": None},
                "git_token_wo": "hunter2",
            },
        ),
        "dflow_docker_service": ("services", {"name": "shop-w", "environment_id": shop["id"], "image": "nginx"}),
        "dflow_database_service": ("services", {"name": "shop-db", "environment_id": shop["id"], "engine": "redis"}),
    }


TYPES = ["dflow_environment", "dflow_app_service", "dflow_docker_service", "dflow_database_service"]


def notes_in(data_directory: Path) -> list[Path]:
    return sorted((data_directory / "dflow-provider" / "creating").glob("*"))


@pytest.mark.parametrize("type_name", TYPES)
def test_a_create_without_an_answer_finds_what_it_made(life, proxy, organisation, wanted, type_name):
    collection, values = wanted[type_name]
    through = life(type_name, endpoint=proxy.endpoint)
    proxy.script(Reset(Moment.AFTER), method="POST")

    outcome = through.create(values)

    (document,) = organisation.named(collection, values["name"])
    assert outcome.state["id"] == document["id"]
    assert outcome.errors == []
    assert [seen.method for seen in proxy.requests].count("POST") == 1


@pytest.mark.parametrize(
    "fault",
    [
        *(Answer(status, moment=Moment.AFTER) for status in (500, 502, 503, 504)),
        ReplaceBody(),
        Truncate(after_bytes=10),
    ],
)
def test_a_create_that_failed_after_all_its_work_finds_what_it_made(life, proxy, organisation, wanted, fault):
    collection, values = wanted["dflow_docker_service"]
    through = life("dflow_docker_service", endpoint=proxy.endpoint)
    proxy.script(fault, method="POST")

    outcome = through.create(values)

    assert [document["id"] for document in organisation.named(collection, values["name"])] == [outcome.state["id"]]


@pytest.mark.parametrize(
    ("status", "title"), [(500, "dFlow failed inside"), (429, "dFlow is too busy"), (423, "service is being edited")]
)
def test_a_create_that_failed_before_any_work_leaves_no_note(
    life, proxy, organisation, wanted, data_directory, status, title
):
    collection, values = wanted["dflow_docker_service"]
    through = life("dflow_docker_service", endpoint=proxy.endpoint)
    proxy.script(Answer(status), method="POST")

    with pytest.raises(ProviderError, match=title):
        through.create(values)

    assert organisation.named(collection, values["name"]) == []
    assert notes_in(data_directory) == []
    assert through.create(values).warnings == []


def test_a_create_that_was_refused_leaves_no_note(life, wanted, data_directory):
    _, values = wanted["dflow_docker_service"]

    with pytest.raises(ProviderError, match="Not an Environment's id"):
        life("dflow_docker_service").create({**values, "environment_id": "nowhere"})

    assert notes_in(data_directory) == []


@pytest.mark.parametrize(
    ("fault", "title"),
    [
        (Reset(Moment.BEFORE), "dFlow's answer got lost"),
        (Answer(504), "dFlow is too busy"),
        (Answer(500, body=b"<html>crashed</html>"), "Endpoint is not dFlow's API"),
    ],
)
def test_a_create_that_made_nothing_visible_says_that_the_next_apply_decides(
    life, proxy, organisation, wanted, fault, title
):
    _, values = wanted["dflow_docker_service"]
    through = life("dflow_docker_service", endpoint=proxy.endpoint)
    proxy.script(fault, method="POST")
    call = Call()
    call.stop.request()

    with pytest.raises(ProviderError) as caught:
        through.resource.create(through.plan(values), through.config(values), call)

    assert caught.value.title == title
    assert "No service named 'shop-w' has turned up since. Apply again" in caught.value.detail

    late = organisation.post("services", name="shop-w", type="docker", project=values["environment_id"])
    outcome = through.create(values)
    assert outcome.state["id"] == late["id"]
    assert "Finished an interrupted create" in outcome.warnings[0]
    assert organisation.get("services", late["id"])["dockerDetails"]["url"] == "nginx"


def test_what_somebody_else_made_meanwhile_is_not_taken(life, proxy, organisation, wanted):
    _, values = wanted["dflow_docker_service"]
    through = life("dflow_docker_service", endpoint=proxy.endpoint)
    proxy.script(Reset(Moment.BEFORE), method="POST")
    call = Call()
    call.stop.request()
    with pytest.raises(ProviderError, match="answer got lost"):
        through.resource.create(through.plan(values), through.config(values), call)
    organisation.post("services", name="shop-w", type="app", project=values["environment_id"])

    with pytest.raises(ProviderError, match="Service name is taken"):
        through.create(values)


DIE_IN_CREATE = """
import json, sys
from dflow_provider.plugin.planning import planned_values
from dflow_provider.provider import DflowProvider
from dflow_provider.schema import Call

type_name, values = json.loads(sys.argv[1])
provider = DflowProvider()
settings = {attribute.name: None for attribute in provider.schema.attributes}
resource = provider.resources[type_name](provider.configure(settings, Call()))
config = {attribute.name: values.get(attribute.name) for attribute in resource.schema.attributes}
planned = planned_values(resource.schema, None, dict(config), config)
resource.create(planned, config, Call())
"""


@pytest.mark.parametrize("type_name", TYPES)
def test_a_process_killed_between_request_and_answer_leaves_no_orphan(
    life, proxy, organisation, wanted, environment, data_directory, type_name
):
    """Terraform never learnt the id; the next create finds the object, uses it and says so."""
    collection, values = wanted[type_name]
    answered = Hang(Moment.AFTER)
    proxy.script(answered, method="POST")
    process = subprocess.Popen(
        [sys.executable, "-c", DIE_IN_CREATE, json.dumps([type_name, values])],
        env={**os.environ, **environment, "DFLOW_ENDPOINT": proxy.endpoint},
    )
    try:
        assert answered.wait_until_reached(60)
    finally:
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
    (orphan,) = organisation.named(collection, values["name"])
    (note,) = notes_in(data_directory)
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert "hunter2" not in note.read_text()

    outcome = life(type_name).create({**values, "description": "new"})

    assert outcome.state["id"] == orphan["id"]
    assert outcome.call.kept is not None
    assert outcome.call.kept["id"] == orphan["id"]
    (warning,) = outcome.warnings
    assert warning.startswith("Finished an interrupted create: An earlier run began to make the ")
    assert f"(id {orphan['id']}, {orphan['createdAt']})" in warning
    (document,) = organisation.named(collection, values["name"])
    assert document["description"] == "new"
    assert life(type_name).read(outcome.state) == outcome.state


def test_a_process_killed_after_the_answer_leaves_no_orphan_either(life, wanted, environment, data_directory):
    """Terraform may die before it stores what the provider said; a new process then finds the note with the id."""
    _, values = wanted["dflow_docker_service"]
    subprocess.run(
        [sys.executable, "-c", DIE_IN_CREATE, json.dumps(["dflow_docker_service", values])],
        env={**os.environ, **environment},
        check=True,
    )
    assert len(notes_in(data_directory)) == 1

    outcome = life("dflow_docker_service").create(values)

    assert "Finished an interrupted create" in outcome.warnings[0]


def test_a_note_ends_once_the_object_is_in_the_state(life, wanted, environment, data_directory):
    _, values = wanted["dflow_docker_service"]
    dockers = life("dflow_docker_service")
    created = dockers.create(values).state
    assert len(notes_in(data_directory)) == 1

    dockers.read(created)

    assert notes_in(data_directory) == []
    with pytest.raises(ProviderError, match="Service name is taken"):
        dockers.create(values)


def test_a_note_ends_with_the_object(life, wanted, data_directory):
    _, values = wanted["dflow_docker_service"]
    dockers = life("dflow_docker_service")
    dockers.delete(dockers.create(values).state)

    assert notes_in(data_directory) == []


def test_two_resources_of_one_name_in_one_run_do_not_share_an_object(life, organisation, wanted):
    _, values = wanted["dflow_docker_service"]
    elsewhere = organisation.post("projects", name="elsewhere", server=organisation.node_id)
    places = [values["environment_id"], elsewhere["id"]] * 2

    def create(place: str) -> str:
        try:
            return life("dflow_docker_service").create({**values, "environment_id": place}).state["id"]
        except ProviderError as error:
            return error.title

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(create, places), key=lambda outcome: outcome == "Service name is taken")

    (document,) = organisation.named("services", "shop-w")
    assert outcomes == [document["id"], *["Service name is taken"] * 3]


def test_without_a_place_for_notes_creates_work_all_the_same(life, wanted, tmp_path: Path):
    _, values = wanted["dflow_docker_service"]
    (tmp_path / "file").write_text("")
    nowhere = tmp_path / "nowhere"

    first = life("dflow_docker_service", data_directory=nowhere).create(values)
    second = life("dflow_docker_service", data_directory=tmp_path / "file").create({**values, "name": "shop-x"})

    assert first.errors == second.errors == []
    assert not nowhere.exists()


def test_notes_that_cannot_be_read_are_passed_over(tmp_path: Path):
    folder = tmp_path / "dflow-provider" / "creating"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text("{")
    (folder / "b.json").write_text('{"format": 9, "id": "b"}')
    (folder / "c.json").write_text("[]")

    assert CreationJournal(tmp_path).find(KEY) is None


def test_a_newer_note_of_the_same_thing_replaces_the_older(tmp_path: Path):
    CreationJournal(tmp_path).begin(KEY, NOON)
    newer = CreationJournal(tmp_path).begin(KEY, NOON + timedelta(hours=1))

    assert CreationJournal(tmp_path).find(KEY) == newer
    assert len(notes_in(tmp_path)) == 1


@pytest.mark.parametrize(
    ("created_at", "made"),
    [
        ("2026-01-01T12:00:00.000Z", True),
        ("2026-01-01T12:00:03.500Z", True),
        ("2026-01-01T11:59:57.000Z", True),
        ("2026-01-01T11:59:00.000Z", False),
        ("2026-01-01T12:30:00.000Z", False),
        ("2026-01-01T12:00:03", True),
        ("yesterday", False),
    ],
)
def test_a_note_is_about_what_was_made_right_after_it(created_at: str, made: bool):
    assert Note("n", KEY, NOON).is_about("any", created_at) is made


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_note_is_about_what_was_made_right_after_it_whichever_of_the_two_clocks_is_wrong(off: timedelta):
    made = (NOON + timedelta(seconds=1)).isoformat()

    assert Note("n", KEY, NOON + off, began_here=NOON).is_about("any", made)
    assert Note("n", KEY, NOON, began_here=NOON + off).is_about("any", made)
    assert not Note("n", KEY, NOON + off, began_here=NOON + off).is_about("any", made)


def test_a_note_is_read_back_as_it_was_written(tmp_path: Path):
    written = CreationJournal(tmp_path).begin(KEY, NOON)

    assert CreationJournal(tmp_path).find(KEY) == written


def test_a_note_with_an_id_is_about_that_object_alone():
    note = Note("n", KEY, NOON, "doc-1")

    assert note.is_about("doc-1", "2030-01-01T00:00:00Z")
    assert not note.is_about("doc-2", "2026-01-01T12:00:00Z")
