"""`dflow_app_service` from plan to destroy."""

import pytest

from dflow_provider.schema import UNKNOWN, Call, ProviderError, Severity


@pytest.fixture
def apps(life):
    return life("dflow_app_service")


@pytest.fixture
def values(shop):
    return {
        "environment_id": shop["id"],
        "name": "shop-web",
        "source": a_source(),
    }


def a_source(**fields):
    source = {
        "provider": "github",
        "repository": "shop",
        "owner": "acme",
        "branch": "main",
        "build_path": None,
        "git_provider_id": None,
    }
    return {**source, **fields}


def test_it_lives_and_dies(apps, organisation, shop, values):
    created = apps.create(values).state

    document = organisation.get("services", created["id"])
    assert (document["type"], document["name"], document["project"]) == ("app", "shop-web", shop["id"])
    assert document["providerType"] == "github"
    assert document["githubSettings"] | {"gitToken": None} == {
        "repository": "shop",
        "owner": "acme",
        "branch": "main",
        "buildPath": "/",
        "port": 3000,
        "gitToken": None,
    }
    assert (created["builder"], created["port"], created["source"]["build_path"]) == ("buildPacks", 3000, "/")
    assert apps.read(created) == created
    assert apps.plans_no_change(created, values)

    wanted = {
        **values,
        "description": "web",
        "builder": "railpack",
        "port": 8080,
        "source": a_source(branch="next", build_path="/web"),
    }
    changed = apps.update(created, wanted).state
    assert changed["id"] == created["id"]
    document = organisation.get("services", created["id"])
    assert (document["description"], document["builder"]) == ("web", "railpack")
    assert (document["githubSettings"]["branch"], document["githubSettings"]["port"]) == ("next", 8080)
    assert document["githubSettings"]["buildPath"] == "/web"
    assert apps.read(changed) == changed

    apps.delete(changed)
    assert apps.read(changed) is None
    assert organisation.get("services", created["id"])["deletedAt"]
    apps.delete(changed)


def test_hard_delete_leaves_nothing(apps, organisation, values):
    created = apps.create({**values, "hard_delete": True}).state

    apps.delete(created)

    assert organisation.send("GET", f"services?trash=true&where[id][equals]={created['id']}")["totalDocs"] == 0


@pytest.mark.parametrize(
    ("provider", "group", "type_"),
    [
        ("gitlab", "gitlabSettings", "gitlab"),
        ("bitbucket", "bitbucketSettings", "bitbucket"),
        ("azure_devops", "azureSettings", "azureDevOps"),
        ("gitea", "giteaSettings", "gitea"),
    ],
)
def test_every_git_host_has_its_place(apps, organisation, values, provider, group, type_):
    url = "https://git.example.com/acme/shop.git"
    source = a_source(provider=provider, repository=url)

    created = apps.create({**values, "source": source, "git_token_wo": "token-1"}).state

    document = organisation.get("services", created["id"])
    assert document["providerType"] == type_
    assert (document[group]["repository"], document[group]["gitToken"]) == (url, "token-1")
    assert created["source"] == {**source, "build_path": "/"}
    assert apps.read(created) == created


def test_a_token_is_sent_with_its_version_and_never_kept(apps, organisation, values):
    wanted = {**values, "git_token_wo": "token-1", "git_token_wo_version": "1"}
    created = apps.create(wanted).state
    assert "token-1" not in repr(created)

    same = apps.update(created, {**wanted, "git_token_wo": "token-2", "port": 4000}).state
    assert organisation.get("services", created["id"])["githubSettings"]["gitToken"] == "token-1"

    renewed = apps.update(same, {**wanted, "git_token_wo": "token-2", "git_token_wo_version": "2"}).state
    assert organisation.get("services", created["id"])["githubSettings"]["gitToken"] == "token-2"

    apps.update(renewed, {**values, "git_token_wo_version": "3"})
    assert organisation.get("services", created["id"])["githubSettings"].get("gitToken") is None


def test_another_git_host_takes_its_token_along_and_leaves_none_behind(apps, organisation, values):
    created = apps.create({**values, "git_token_wo": "token-1"}).state
    source = a_source(provider="gitea", repository="https://git.example.com/acme/shop.git")

    apps.update(created, {**values, "source": source, "git_token_wo": "token-2"})

    document = organisation.get("services", created["id"])
    assert document["githubSettings"].get("gitToken") is None
    assert document["giteaSettings"]["gitToken"] == "token-2"


def test_azure_devops_without_a_token_is_refused_before_anything_is_asked(apps, values):
    source = a_source(provider="azure_devops", repository="https://dev.azure.com/acme/shop")

    (problem,) = apps.validate({**values, "source": source})

    assert problem.startswith("Azure DevOps needs a token at git_token_wo: source.provider is 'azure_devops'")
    assert apps.validate({**values, "source": source, "git_token_wo": "t"}) == []
    assert apps.validate({**values, "source": source, "git_token_wo": UNKNOWN}) == []


def test_a_bare_repository_name_is_for_github_alone(apps, values):
    (problem,) = apps.validate({**values, "source": a_source(provider="gitlab")})

    assert "source.repository is 'shop' and source.provider is 'gitlab'" in problem
    assert "give the full clone URL" in problem
    assert apps.validate(values) == []
    assert apps.validate({**values, "source": UNKNOWN}) == []
    assert apps.validate({**values, "source": a_source(provider=UNKNOWN)}) == []


def test_a_github_app_is_for_github_alone(apps, values):
    source = a_source(provider="gitea", repository="https://git.example.com/a/b", git_provider_id="1")

    (problem,) = apps.validate({**values, "source": source})

    assert problem.startswith("Git provider is for GitHub at source.git_provider_id")


@pytest.mark.parametrize("builder", ["nixpacks", "herokuBuildPacks"])
def test_a_builder_that_never_runs_is_warned_of(apps, values, builder):
    call = Call()

    apps.plan({**values, "builder": builder}, call=call)

    (warning,) = call.report.diagnostics
    assert warning.severity is Severity.WARNING
    assert f"builder is {builder!r}" in warning.detail
    assert "leaves its deployments queued for ever" in warning.detail


@pytest.mark.parametrize("builder", ["buildPacks", "railpack", "dockerfile", "static"])
def test_builders_that_run_are_not_warned_of(apps, values, builder):
    call = Call()

    apps.plan({**values, "builder": builder}, call=call)

    assert call.report.diagnostics == []


@pytest.mark.parametrize(
    "repository", ["acme/shop", "https://github.com/acme/shop", "https://github.com/acme/shop.git", "shop.git"]
)
def test_a_repository_on_github_is_a_bare_name(apps, values, repository):
    (problem,) = apps.validate({**values, "source": {**values["source"], "repository": repository}})

    assert problem.startswith(f"Repository is no bare name at source.repository: source.repository is {repository!r}")
    assert "give 'shop' alone, and the owner in source.owner" in problem


def test_a_second_service_of_the_name_is_refused_wherever_it_is(apps, organisation, values, shop):
    elsewhere = organisation.post("projects", name="elsewhere", server=organisation.node_id)
    existing = organisation.post("services", name="shop-web", type="docker", project=elsewhere["id"])

    with pytest.raises(ProviderError) as caught:
        apps.create(values)

    assert caught.value.title == "Service name is taken"
    assert (
        f"id {existing['id']}, type docker, in the Environment 'elsewhere' (id {elsewhere['id']})"
        in caught.value.detail
    )
    assert f"terraform import dflow_docker_service.<name in your configuration> {existing['id']}" in caught.value.detail
    assert caught.value.path == ("name",)
    assert len(organisation.named("services", "shop-web")) == 1


def test_a_service_in_the_trash_leaves_its_name_free(apps, organisation, values, web):
    organisation.patch("services", web["id"], deletedAt="2026-01-01T00:00:00.000Z")

    assert apps.create(values).state["id"] != web["id"]


def test_an_environment_that_does_not_exist_is_named(apps, organisation, values):
    with pytest.raises(ProviderError) as caught:
        apps.create({**values, "environment_id": "nowhere"})

    assert caught.value.title == "Not an Environment's id"
    assert "has no Environment with id 'nowhere'" in caught.value.detail
    assert caught.value.path == ("environment_id",)


def test_an_environment_id_that_is_something_else_says_what(apps, organisation, values):
    with pytest.raises(ProviderError, match=r"is the id of the Worker Node 'node-1'\. Give the id of an Environment"):
        apps.create({**values, "environment_id": organisation.node_id})


def test_an_id_of_nothing_points_at_its_attribute(apps, values):
    with pytest.raises(ProviderError) as caught:
        apps.create({**values, "source": a_source(git_provider_id="nobody")})

    assert caught.value.path == ("source", "git_provider_id")
    assert "has no Git provider with id 'nobody'" in caught.value.detail


def test_an_id_of_something_else_says_what_it_is(apps, shop, values):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a Git provider"):
        apps.create({**values, "source": a_source(git_provider_id=shop["id"])})


def test_drift_shows(apps, organisation, values):
    created = apps.create(values).state
    organisation.patch(
        "services",
        created["id"],
        builder="static",
        description="by hand",
        githubSettings={"branch": "hotfix", "port": 81},
    )

    now = apps.read(created)

    assert (now["builder"], now["description"], now["port"]) == ("static", "by hand", 81)
    assert now["source"]["branch"] == "hotfix"


def test_a_service_in_another_environment_shows_as_one(apps, organisation, values):
    created = apps.create(values).state
    state = {**created, "environment_id": "where-it-was-once"}

    assert apps.read(state)["environment_id"] == created["environment_id"]


def test_variables_are_left_alone(apps, organisation, values):
    created = apps.create(values).state
    organisation.patch("services", created["id"], variables=[{"key": "A", "value": "1"}])

    apps.update(created, {**values, "port": 4000})

    assert [row["key"] for row in organisation.get("services", created["id"])["variables"]] == ["A"]


def test_it_is_imported_by_id_and_by_names(apps, values):
    created = apps.create(values).state

    assert apps.import_state(created["id"]).state == created
    assert apps.import_state("shop/shop-web").state == created


def test_a_service_made_in_the_dashboard_is_imported_without_a_source(apps, web):
    assert apps.import_state(web["id"]).state["source"] is None


def test_importing_by_half_a_name_says_what_is_missing(apps, organisation, shop, web):
    with pytest.raises(ProviderError, match="Import id is incomplete") as caught:
        apps.import_state("shop-web")

    assert "<environment name>/<service name>" in caught.value.detail
    assert f"has the id {web['id']} and is in 'shop'" in caught.value.detail


def test_importing_an_unknown_service_lists_those_that_exist(apps, web):
    with pytest.raises(ProviderError, match=r"has no service named 'shop-wbe'\. There is shop-web\."):
        apps.import_state("shop/shop-wbe")


def test_importing_from_the_wrong_environment_says_where_it_is(apps, organisation, web):
    organisation.post("projects", name="elsewhere", server=organisation.node_id)

    with pytest.raises(ProviderError, match="Service is in another Environment") as caught:
        apps.import_state("elsewhere/shop-web")

    assert web["id"] in caught.value.detail
    assert "in 'shop'" in caught.value.detail


def test_importing_a_service_that_stands_twice_lists_both(apps, organisation, shop, web):
    other = organisation.post("services", name="shop-web", type="app", project=shop["id"])

    with pytest.raises(ProviderError, match="Service name is not unique") as caught:
        apps.import_state("shop/shop-web")

    assert web["id"] in caught.value.detail
    assert other["id"] in caught.value.detail


def test_importing_another_type_names_its_resource(apps, organisation, shop):
    database = organisation.post(
        "services", name="shop-db", type="database", project=shop["id"], databaseDetails={"type": "redis"}
    )

    with pytest.raises(ProviderError, match="which dflow_database_service manages, not dflow_app_service"):
        apps.import_state(database["id"])


def test_importing_the_id_of_an_environment_says_so(apps, shop):
    with pytest.raises(ProviderError, match="is the id of the Environment 'shop'"):
        apps.import_state(shop["id"])
