"""`dflow_service_variables` from plan to destroy, and side by side with others."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from dflow_provider.resources.service_variables import NOT_SHOWN, ServiceVariables
from dflow_provider.schema import UNKNOWN, Call, ProviderError, Severity, Stop
from dflow_sandbox import Answer, Hang, Moment


@pytest.fixture
def variables(life):
    return life("dflow_service_variables")


def rows_of(organisation, service) -> list[dict[str, str]]:
    return organisation.get("services", service["id"])["variables"]


def values_of(organisation, service) -> dict[str, str]:
    return {row["key"]: row["value"] for row in rows_of(organisation, service)}


def set_rows(organisation, service, rows) -> None:
    organisation.patch("services", service["id"], variables=rows)


def test_it_lives_and_dies(variables, organisation, web):
    wanted = {"service_id": web["id"], "variables": {"A": "1", "B": ""}, "secret_variables_wo": {"S": "hunter2"}}
    created = variables.create(wanted).state

    assert values_of(organisation, web) == {"A": "1", "B": "", "S": "hunter2"}
    assert created["id"] == web["id"]
    assert created["variables"] == {"A": "1", "B": ""}
    assert created["secret_variable_names"] == ["S"]
    assert "hunter2" not in repr(created)
    assert variables.read(created) == created
    assert variables.plans_no_change(created, wanted)

    wanted = {"service_id": web["id"], "variables": {"A": "2"}, "secret_variables_wo": {"T": "hunter3"}}
    changed = variables.update(created, wanted).state
    assert values_of(organisation, web) == {"A": "2", "T": "hunter3"}
    assert variables.read(changed) == changed

    variables.delete(changed)
    assert values_of(organisation, web) == {}
    assert variables.read(changed) is not None
    variables.delete(changed)


def test_foreign_rows_survive_everything_with_their_ids(variables, organisation, web):
    set_rows(organisation, web, [{"key": "FOREIGN", "value": "keep $me"}, {"key": "TWICE", "value": "1"}])
    set_rows(organisation, web, [*rows_of(organisation, web), {"key": "TWICE", "value": "2"}])
    foreign = rows_of(organisation, web)

    created = variables.create({"service_id": web["id"], "variables": {"A": "1"}}).state
    assert rows_of(organisation, web)[:3] == foreign
    changed = variables.update(created, {"service_id": web["id"], "variables": {"B": "1"}}).state
    assert rows_of(organisation, web)[:3] == foreign
    variables.delete(changed)

    assert rows_of(organisation, web) == foreign


def test_a_row_of_ours_keeps_its_id(variables, organisation, web):
    created = variables.create({"service_id": web["id"], "variables": {"A": "1"}}).state
    before = rows_of(organisation, web)[0]["id"]

    variables.update(created, {"service_id": web["id"], "variables": {"A": "2"}})

    assert rows_of(organisation, web)[0]["id"] == before


def test_exclusive_shows_foreign_keys_without_values_and_removes_them(variables, organisation, web):
    wanted = {"service_id": web["id"], "variables": {"A": "1"}, "exclusive": True}
    created = variables.create(wanted).state
    set_rows(organisation, web, [*rows_of(organisation, web), {"key": "FOREIGN", "value": "hunter2"}])

    now = variables.read(created)
    assert now["variables"] == {"A": "1", "FOREIGN": NOT_SHOWN}
    assert "hunter2" not in repr(now)
    assert not variables.plans_no_change(now, wanted)

    changed = variables.update(now, wanted).state
    assert values_of(organisation, web) == {"A": "1"}
    assert variables.plans_no_change(changed, wanted)


def test_exclusive_from_the_start_clears_what_was_there(variables, organisation, web):
    set_rows(organisation, web, [{"key": "OLD", "value": "x"}, {"key": "A", "value": "other"}])

    variables.create({"service_id": web["id"], "variables": {"A": "1"}, "exclusive": True})

    assert values_of(organisation, web) == {"A": "1"}


def test_drift_of_a_plain_value_shows(variables, organisation, web):
    wanted = {"service_id": web["id"], "variables": {"A": "1", "B": "2"}}
    created = variables.create(wanted).state
    set_rows(organisation, web, [{"key": "A", "value": "by hand"}])

    now = variables.read(created)

    assert now["variables"] == {"A": "by hand"}
    restored = variables.update(now, wanted).state
    assert values_of(organisation, web) == {"A": "1", "B": "2"}
    assert variables.plans_no_change(restored, wanted)


def test_a_secret_removed_by_hand_is_put_back(variables, organisation, web):
    wanted = {"service_id": web["id"], "secret_variables_wo": {"S": "hunter2", "T": "hunter3"}}
    created = variables.create(wanted).state
    set_rows(organisation, web, [row for row in rows_of(organisation, web) if row["key"] != "S"])

    now = variables.read(created)
    assert now["secret_variable_names"] == ["T"]
    assert variables.plan(wanted, now)["secret_variable_names"] == ["S", "T"]

    variables.update(now, wanted)
    assert values_of(organisation, web) == {"S": "hunter2", "T": "hunter3"}


def test_secrets_are_sent_again_with_their_version_only(variables, organisation, web):
    wanted = {"service_id": web["id"], "secret_variables_wo": {"S": "old"}, "secret_variables_wo_version": "1"}
    created = variables.create(wanted).state

    rotated = {**wanted, "secret_variables_wo": {"S": "new"}}
    same = variables.update(created, {**rotated, "variables": {"A": "1"}}).state
    assert values_of(organisation, web) == {"S": "old", "A": "1"}

    variables.update(same, {**rotated, "variables": {"A": "1"}, "secret_variables_wo_version": "2"})
    assert values_of(organisation, web) == {"S": "new", "A": "1"}


def test_a_secret_changed_by_hand_is_noticed_and_put_back(variables, remembering, organisation, web):
    remembered = remembering(variables)
    wanted = {"service_id": web["id"], "secret_variables_wo": {"S": "kanarienvogel", "T": "zeisig"}}
    created = remembered.create(wanted)
    assert remembered.read(created) == created
    set_rows(organisation, web, [{"key": "S", "value": "stieglitz"}, {"key": "T", "value": "zeisig"}])

    now = remembered.read(created)
    assert now["secret_variables_changed"] == ["S"]
    assert now["secret_variable_names"] == ["S", "T"]
    call = Call()
    assert variables.plan(wanted, now, call)["secret_variables_changed"] == []
    (warning,) = call.report.diagnostics
    assert warning.title == "Secret was changed by hand"
    assert "other values of S than were applied last" in warning.detail

    restored = remembered.update(now, wanted)
    assert values_of(organisation, web) == {"S": "kanarienvogel", "T": "zeisig"}
    assert remembered.read(restored) == restored == created
    assert variables.plans_no_change(restored, wanted)
    for secret in ("kanarienvogel", "zeisig", "stieglitz"):
        assert secret not in f"{remembered.private}{now}{restored}{warning}"


def test_what_the_configuration_itself_changes_is_no_change_by_hand(variables, remembering, organisation, web):
    remembered = remembering(variables)
    wanted = {"service_id": web["id"], "secret_variables_wo": {"S": "1111", "T": "2222"}}
    state = remembered.create(wanted)

    rotated = {
        "service_id": web["id"],
        "secret_variables_wo": {"S": "3333", "U": "4444"},
        "secret_variables_wo_version": "2",
    }
    state = remembered.update(state, rotated)
    assert remembered.read(state) == state
    assert state["secret_variables_changed"] == []

    set_rows(organisation, web, [row for row in rows_of(organisation, web) if row["key"] != "S"])
    state = remembered.update(remembered.read(state), {**rotated, "secret_variables_wo": {"S": "5555", "U": "6666"}})
    assert values_of(organisation, web) == {"S": "5555", "U": "4444"}
    assert remembered.read(state) == state


def test_a_write_with_an_open_end_accuses_nobody(life, remembering, organisation, web, proxy):
    remembered = remembering(life("dflow_service_variables", endpoint=proxy.endpoint))
    wanted = {"service_id": web["id"], "secret_variables_wo": {"S": "1111"}}
    state = remembered.create(wanted)
    proxy.script(Answer(500, moment=Moment.AFTER), method="PATCH", path="^/api/services")

    rotated = {**wanted, "secret_variables_wo": {"S": "2222"}, "secret_variables_wo_version": "2"}
    with pytest.raises(ProviderError):
        remembered.update(state, rotated)

    assert values_of(organisation, web) == {"S": "2222"}
    assert remembered.read(state)["secret_variables_changed"] == []


def test_a_change_by_hand_is_not_forgotten_over_a_write_that_failed(life, remembering, organisation, web, proxy):
    remembered = remembering(life("dflow_service_variables", endpoint=proxy.endpoint))
    wanted = {"service_id": web["id"], "secret_variables_wo": {"S": "1111"}}
    state = remembered.create(wanted)
    set_rows(organisation, web, [{"key": "S", "value": "by hand"}])
    noticed = remembered.read(state)
    proxy.script(Answer(500), method="PATCH", path="^/api/services")

    with pytest.raises(ProviderError):
        remembered.update(noticed, wanted)

    assert remembered.read(noticed)["secret_variables_changed"] == ["S"]
    restored = remembered.update(noticed, wanted)
    assert values_of(organisation, web) == {"S": "1111"}
    assert remembered.read(restored) == state


def test_a_secret_that_became_plain_is_not_remembered_any_more(variables, remembering, organisation, web):
    remembered = remembering(variables)
    state = remembered.create({"service_id": web["id"], "secret_variables_wo": {"S": "1111"}})
    assert "secret_tags" in remembered.private

    remembered.update(state, {"service_id": web["id"], "variables": {"S": "1111"}})

    assert remembered.private == {}


def test_secrets_whose_names_are_learnt_at_apply_are_owned_all_the_same(variables, organisation, web):
    planned = variables.plan({"service_id": web["id"], "secret_variables_wo": UNKNOWN})
    assert planned["secret_variable_names"] is UNKNOWN
    config = variables.config({"service_id": web["id"], "secret_variables_wo": {"S": "1111"}})

    state = variables.resource.create(planned, config, Call())

    assert state["secret_variable_names"] == ["S"]


def test_a_plain_variable_may_become_a_secret(variables, organisation, web):
    created = variables.create({"service_id": web["id"], "variables": {"A": "plain"}}).state

    changed = variables.update(created, {"service_id": web["id"], "secret_variables_wo": {"A": "secret"}}).state

    assert values_of(organisation, web) == {"A": "secret"}
    assert (changed["variables"], changed["secret_variable_names"]) == (None, ["A"])


def test_a_key_that_somebody_else_set_otherwise_is_refused(variables, organisation, web):
    set_rows(organisation, web, [{"key": "A", "value": "theirs"}, {"key": "S", "value": "hunter1"}])

    with pytest.raises(ProviderError) as caught:
        variables.create({"service_id": web["id"], "variables": {"A": "ours"}, "secret_variables_wo": {"S": "hunter2"}})

    assert caught.value.title == "Variable has another owner"
    assert "The service 'shop-web' has A, S already" in caught.value.detail
    assert f"terraform import dflow_service_variables.<name in your configuration> {web['id']}" in caught.value.detail
    assert "hunter" not in str(caught.value)
    assert "theirs" not in str(caught.value)
    assert values_of(organisation, web) == {"A": "theirs", "S": "hunter1"}


def test_a_key_added_later_is_refused_just_so(variables, organisation, web):
    created = variables.create({"service_id": web["id"], "variables": {"A": "1"}}).state
    set_rows(organisation, web, [*rows_of(organisation, web), {"key": "B", "value": "theirs"}])

    with pytest.raises(ProviderError, match="has B already"):
        variables.update(created, {"service_id": web["id"], "variables": {"A": "1", "B": "ours"}})


def test_a_key_with_the_same_value_is_taken_over_with_a_word(variables, organisation, web):
    set_rows(organisation, web, [{"key": "A", "value": "1"}])

    outcome = variables.create({"service_id": web["id"], "variables": {"A": "1", "B": "2"}})

    (warning,) = outcome.warnings
    assert "Variable was there already" in warning
    assert "had A with the same value" in warning
    assert outcome.errors == []


def test_an_import_takes_over_what_the_configuration_names(variables, organisation, web):
    set_rows(organisation, web, [{"key": "A", "value": "theirs"}, {"key": "FOREIGN", "value": "hunter2"}])

    imported = variables.import_state("shop/shop-web")
    assert imported.state == variables.import_state(web["id"]).state
    assert "hunter2" not in repr(imported.state)
    assert variables.read(imported.state) == imported.state

    private = dict(imported.call.private)
    outcome = variables.update(imported.state, {"service_id": web["id"], "variables": {"A": "ours"}}, private)

    assert values_of(organisation, web) == {"A": "ours", "FOREIGN": "hunter2"}
    assert outcome.call.private == {}


def test_a_service_that_is_gone_has_no_variables(variables, organisation, web):
    created = variables.create({"service_id": web["id"], "variables": {"A": "1"}}).state
    organisation.patch("services", web["id"], deletedAt="2026-01-01T00:00:00.000Z")

    assert variables.read(created) is None
    variables.delete(created)


def test_a_database_takes_none(variables, organisation, shop):
    database = organisation.post(
        "services", name="shop-db", type="database", project=shop["id"], databaseDetails={"type": "redis"}
    )

    with pytest.raises(ProviderError, match="The service 'shop-db' is a database") as caught:
        variables.create({"service_id": database["id"], "variables": {"A": "1"}})
    assert caught.value.title == "Service takes no variables"
    with pytest.raises(ProviderError, match="Service takes no variables"):
        variables.import_state("shop/shop-db")


def test_an_id_of_something_else_says_what_it_is(variables, shop):
    with pytest.raises(ProviderError, match="is the id of the Environment 'shop'") as caught:
        variables.create({"service_id": shop["id"], "variables": {"A": "1"}})

    assert caught.value.path == ("service_id",)


# ---- what is refused before anything is asked


def test_bad_keys_and_values_are_refused_at_validation_with_their_place(variables):
    problems = variables.validate(
        {
            "service_id": "1",
            "variables": {"MY-KEY": "x", "GOOD": "x", "B": "$HOME"},
            "secret_variables_wo": {"S": 'hunter"2', "LATER": UNKNOWN},
        }
    )

    assert [problem.partition(":")[0] for problem in problems] == [
        "Variable name is not possible at variables.MY-KEY",
        "Value would run in a shell at variables.B",
        "Value would run in a shell at secret_variables_wo.S",
    ]
    assert "hunter" not in "".join(problems)


def test_a_key_given_twice_is_refused(variables):
    (problem,) = variables.validate({"service_id": "1", "variables": {"A": "x"}, "secret_variables_wo": {"A": "y"}})

    assert problem.startswith("Variable is given twice at secret_variables_wo.A: A: in variables and")


def test_a_null_value_is_refused(variables):
    (problem,) = variables.validate({"service_id": "1", "variables": {"A": None}})

    assert problem == "Variable has no value at variables.A: A is null. Give it a value, or leave it out."


def test_what_may_go_wrong_is_warned_of_once_at_plan(variables):
    wanted = {"service_id": "1", "variables": {"A": "007"}}
    first, again = Call(), Call()

    planned = variables.plan(wanted, call=first)
    variables.plan(wanted, planned, call=again)

    assert [(each.severity, each.path) for each in first.report.diagnostics] == [(Severity.WARNING, ("variables", "A"))]
    assert again.report.diagnostics == []
    assert variables.validate(wanted) == []


def test_a_value_learnt_at_apply_is_checked_before_anything_is_sent(variables, organisation, web):
    planned = variables.plan({"service_id": web["id"], "variables": {"A": UNKNOWN}})
    known = {**planned, "variables": {"A": "two\nlines"}}

    with pytest.raises(ProviderError, match="a line break") as caught:
        variables.resource.create(known, known, Call())

    assert caught.value.path == ("variables", "A")
    assert rows_of(organisation, web) == []


def test_the_names_of_secrets_are_known_before_their_values(variables):
    planned = variables.plan({"service_id": "1", "secret_variables_wo": {"B": UNKNOWN, "A": UNKNOWN}})

    assert planned["secret_variable_names"] == ["A", "B"]
    assert planned["secret_variables_wo"] is None
    assert variables.plan({"service_id": "1", "secret_variables_wo": UNKNOWN})["secret_variable_names"] == UNKNOWN
    assert variables.plan({"service_id": UNKNOWN})["id"] == UNKNOWN


# ---- what does not fit one command


LONG = "x" * 19_500


def test_the_longest_value_that_dflow_takes_is_taken_and_one_more_byte_is_refused_before_it_is_asked(
    variables, organisation, web
):
    longest = "ü" * 9_991
    variables.create({"service_id": web["id"], "variables": {"A": longest}})
    assert values_of(organisation, web) == {"A": longest}

    rows = [{"key": "A", "value": f"{longest}x"}]
    with pytest.raises(AssertionError, match="40000 characters"):
        set_rows(organisation, web, rows)
    assert variables.validate({"service_id": "1", "variables": {"A": f"{longest}x"}})[0].startswith("Value is too long")


def test_variables_too_long_for_one_command_are_refused_at_validation_and_at_plan(variables):
    wanted = {
        "service_id": "1",
        "variables": {**dict.fromkeys("ABCDE", LONG), "LATER": UNKNOWN},
        "secret_variables_wo": {"S": LONG + "hunter2", "T": LONG},
    }
    call = Call()

    (problem,) = variables.validate(wanted)
    variables.plan(wanted, call=call)

    assert problem.startswith(
        "Variables are too long together at service_id: The variables given here are 136,567 bytes long together."
    )
    assert "The longest are S, A, B: put" in problem
    assert "hunter" not in problem
    assert "xx" not in problem
    (error,) = call.report.diagnostics
    assert (error.severity, error.title) == (Severity.ERROR, "Variables are too long together")
    assert variables.validate({**wanted, "secret_variables_wo": {"S": LONG, "T": UNKNOWN}}) == []


def test_values_learnt_at_apply_that_do_not_fit_are_refused_before_anything_is_written(variables, organisation, web):
    wanted = {
        "service_id": web["id"],
        "variables": dict.fromkeys("ABCDEF", LONG),
        "secret_variables_wo": {"S": UNKNOWN},
    }
    planned = variables.plan(wanted)
    config = variables.config({**wanted, "secret_variables_wo": {"S": LONG}})

    with pytest.raises(ProviderError) as caught:
        variables.resource.create(planned, config, Call())

    assert caught.value.title == "Variables are too long together"
    assert "The variables of the service 'shop-web' would be 136,549 bytes long together. dFlow" in caught.value.detail
    assert rows_of(organisation, web) == []


def test_what_others_set_counts_and_stays_as_it_is(variables, organisation, web):
    set_rows(organisation, web, [{"key": "THEIRS", "value": LONG}])
    theirs = rows_of(organisation, web)
    wanted = {"service_id": web["id"], "variables": dict.fromkeys("ABCDEF", LONG)}

    with pytest.raises(ProviderError, match="19,512 of them in variables that this configuration does not name"):
        variables.create(wanted)
    assert rows_of(organisation, web) == theirs

    variables.create({**wanted, "exclusive": True})
    assert values_of(organisation, web) == dict.fromkeys("ABCDEF", LONG)


def test_what_is_too_long_already_can_be_made_shorter_and_no_longer(variables, organisation, web):
    created = variables.create({"service_id": web["id"], "variables": {"A": "1", "B": LONG}}).state
    foreign = [{"key": f"THEIRS{number}", "value": LONG} for number in range(6)]
    set_rows(organisation, web, [*rows_of(organisation, web), *foreign])

    with pytest.raises(ProviderError, match="Nothing was written"):
        variables.update(created, {"service_id": web["id"], "variables": {"A": "2", "B": LONG}})
    shorter = variables.update(created, {"service_id": web["id"], "variables": {"A": "2"}}).state
    assert values_of(organisation, web)["A"] == "2"

    variables.delete(shorter)
    assert values_of(organisation, web).keys() == {row["key"] for row in foreign}


# ---- others at the same time


def test_somebody_else_who_writes_in_between_is_not_undone_and_undoes_nothing(
    variables, organisation, web, life, proxy
):
    through = life("dflow_service_variables", endpoint=proxy.endpoint)
    written = Hang(Moment.AFTER)
    proxy.script(written, method="PATCH", path="^/api/services")

    with ThreadPoolExecutor(1) as pool:
        creating = pool.submit(through.create, {"service_id": web["id"], "variables": {"A": "1"}})
        assert written.wait_until_reached(30)
        set_rows(organisation, web, [{"key": "THEIRS", "value": "x"}])
        written.release()
        outcome = creating.result(60)

    assert outcome.errors == []
    assert values_of(organisation, web) == {"THEIRS": "x", "A": "1"}


class Hurried(Stop):
    """Lets nobody sleep."""

    def wait(self, seconds):
        return self.requested


def test_what_does_not_stay_is_reported_with_the_state_that_holds(organisation, web, life, proxy):
    through = life("dflow_service_variables", endpoint=proxy.endpoint)
    pretended = json.dumps({"docs": [{"id": web["id"], "name": "shop-web", "type": "app"}], "errors": []})
    proxy.script(Answer(200, body=pretended.encode()), method="PATCH", path="^/api/services", times=None)
    wanted = {"service_id": web["id"], "variables": {"A": "1"}}
    call = Call(stop=Hurried())

    with pytest.raises(ProviderError) as caught:
        through.resource.create(through.plan(wanted), through.config(wanted), call)

    assert caught.value.title == "Variables do not stay"
    assert "Somebody else saves the same service at the same time" in caught.value.detail
    assert call.kept is not None
    assert call.kept["variables"] == {}


def test_many_resources_on_one_service_lose_nothing(life, organisation, web):
    resources = [life("dflow_service_variables") for _ in range(10)]

    def create(number: int) -> None:
        wanted = {f"K{number}_{index}": str(index) for index in range(10)}
        resources[number].create({"service_id": web["id"], "variables": wanted})

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(create, range(10)))

    assert values_of(organisation, web) == {f"K{n}_{index}": str(index) for n in range(10) for index in range(10)}


def test_twenty_services_with_two_hundred_variables_each_arrive_complete(life, organisation, shop):
    apps, variables = life("dflow_app_service"), life("dflow_service_variables")
    source = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main"}
    wanted = {f"KEY_{index}": f"value {index}" for index in range(150)}
    secret = {f"SECRET_{index}": f"hunter {index}" for index in range(50)}

    def create(number: int) -> str:
        service = apps.create(
            {
                "environment_id": shop["id"],
                "name": f"shop-{chr(97 + number)}",
                "source": {**source, "build_path": None, "git_provider_id": None},
            }
        ).state
        outcome = variables.create({"service_id": service["id"], "variables": wanted, "secret_variables_wo": secret})
        assert outcome.errors == outcome.warnings == []
        return service["id"]

    with ThreadPoolExecutor(10) as pool:
        ids = list(pool.map(create, range(20)))

    for service_id in ids:
        assert values_of(organisation, {"id": service_id}) == wanted | secret


def test_it_is_registered_under_its_name(life):
    assert isinstance(life("dflow_service_variables").resource, ServiceVariables)
