"""Where code comes from, besides GitHub's public repositories."""

import pytest

from dflow_constructs import (
    AppService,
    AzureDevOps,
    Bitbucket,
    ConfigurationError,
    DflowStack,
    Environment,
    Gitea,
    GitHub,
    GitLab,
    Secret,
    Source,
)

TOKEN = Secret.from_environment("GIT_TOKEN")


def rendered(stack: DflowStack, production: Environment, synthesize, source: Source) -> dict:
    AppService(production, "web", source=source)
    (found,) = synthesize(stack)["resource"]["dflow_app_service"].values()
    return found


@pytest.mark.parametrize(
    ("source", "provider", "owner", "repository"),
    [
        (GitHub("acme/shop", branch="main", token=TOKEN), "github", "acme", "shop"),
        (
            GitLab("acme/platform/shop", branch="main", token=TOKEN),
            "gitlab",
            "acme/platform",
            "https://gitlab.com/acme/platform/shop.git",
        ),
        (
            GitLab("acme/shop", branch="main", token=TOKEN, address="https://git.acme.example/gitlab/"),
            "gitlab",
            "acme",
            "https://git.acme.example/gitlab/acme/shop.git",
        ),
        (
            Bitbucket("acme/shop", branch="main", token=TOKEN),
            "bitbucket",
            "acme",
            "https://bitbucket.org/acme/shop.git",
        ),
        (
            AzureDevOps("acme/platform/shop", branch="main", token=TOKEN),
            "azure_devops",
            "acme",
            "https://dev.azure.com/acme/platform/_git/shop",
        ),
        (
            Gitea("acme/shop", branch="main", address="https://git.example.com", token=TOKEN),
            "gitea",
            "acme",
            "https://git.example.com/acme/shop.git",
        ),
    ],
)
def test_every_host_is_written_the_way_dflow_clones_from_it(
    stack, production, synthesize, source: Source, provider: str, owner: str, repository: str
):
    found = rendered(stack, production, synthesize, source)

    assert found["source"] == {
        "provider": provider,
        "owner": owner,
        "repository": repository,
        "branch": "main",
        "build_path": "/",
    }
    assert found["git_token_wo"] == "${ephemeral.dflow_process_environment.secret-GIT_TOKEN.value}"


def test_another_version_of_the_token_is_another_text(stack, production, synthesize):
    AppService(production, "one", source=GitHub("acme/shop", branch="main", token=TOKEN))
    AppService(
        production,
        "two",
        source=GitHub("acme/shop", branch="main", token=Secret.from_environment("GIT_TOKEN", version="2")),
    )

    services = synthesize(stack)["resource"]["dflow_app_service"].values()
    assert len({service["git_token_wo_version"] for service in services}) == 2


def test_a_public_repository_needs_no_token(stack, production, synthesize):
    found = rendered(stack, production, synthesize, GitLab("acme/shop", branch="main"))

    assert not {"git_token_wo", "git_token_wo_version"} & set(found)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: GitLab("shop", branch="main"), r"GitLab\('shop'\): a project is named by its groups and its name"),
        (lambda: GitLab("acme/shop.git", branch="main"), 'write GitLab\\("acme/platform/shop"\\)'),
        (lambda: Bitbucket("acme/shop/web", branch="main"), "named by its workspace and its name"),
        (lambda: AzureDevOps("acme/shop", branch="main", token=TOKEN), "named by organisation, project and name"),
        (lambda: Gitea("https://git.example.com/acme/shop", branch="main", address="https://x.example"), "write Gitea"),
        (lambda: Gitea("acme/shop", branch="main", address="git.example.com"), "write it with its scheme"),
        (lambda: Gitea("acme/shop", branch="main", address="https://me:pw@git.example.com"), "without user or query"),
        (lambda: GitLab("acme/shop", branch=" "), 'the branch is empty; name one, branch="main"'),
        (lambda: GitHub("acme/shop", branch="main", build_path="./web"), "build_path='/web'"),
        (lambda: GitHub("acme/shop", branch="main", token="ghp_x"), "token is not a Secret"),
        (lambda: GitHub("acme/shop", branch="main", git_provider_id="g", token=TOKEN), "leave one out"),
    ],
)
def test_what_dflow_could_not_clone_is_refused(build, words: str):
    with pytest.raises(ConfigurationError, match=words) as refusal:
        build()

    assert "ghp_x" not in str(refusal.value)
