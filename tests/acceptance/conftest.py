"""The real terraform, or tofu, with the real provider, against the sandbox."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))  # lets the tests of this folder import `dflow_acceptance`

from dflow_acceptance.place import Place
from dflow_acceptance.processes import assert_none_left
from dflow_acceptance.programs import PROGRAMS, VARIABLE, programs
from dflow_acceptance.shared_provider import attached, shared_provider
from dflow_acceptance.workspace import Workspace, clean_environment

from dflow_sandbox import Sandbox

MakeWorkspace = Callable[..., Workspace]

try:
    FOUND = programs(os.environ)
except LookupError:
    FOUND = list(PROGRAMS[:1])  # every test says what is missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.acceptance)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever uses a workspace once with each program, if there is more than one."""
    if "program" in metafunc.fixturenames and len(FOUND) > 1:
        metafunc.parametrize("program", FOUND, indirect=True)


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """What carries a configuration out: `terraform` or `tofu`."""
    return getattr(request, "param", FOUND[0])


@pytest.fixture(scope="session")
def terraform_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory, terraform_home: Path) -> Callable[[str], Path]:
    """Return a directory that `init` of a program was run in, once."""
    made: dict[str, Path] = {}

    def template(program: str) -> Path:
        if program not in made:
            directory = tmp_path_factory.mktemp(f"{Path(program).name}-initialised")
            workspace = Workspace(directory, clean_environment(terraform_home, {VARIABLE: program}))
            workspace.configure()
            run = workspace.terraform("init", "-no-color")
            assert run.code == 0, str(run)
            made[program] = directory
        return made[program]

    return template


@pytest.fixture
def place(sandbox: Sandbox) -> Place:
    return Place.prepared(sandbox)


@pytest.fixture
def settings(sandbox: Sandbox, place: Place, program: str) -> dict[str, str]:
    """The environment variables that choose the program and point the provider at the test's place in the sandbox."""
    return {**sandbox.environment(), "DFLOW_TENANT": place.organisation.slug, VARIABLE: program}


@pytest.fixture
def new_workspace(
    tmp_path: Path, initialised: Callable[[str], Path], settings: dict[str, str], program: str
) -> Iterator[MakeWorkspace]:
    """Make a workspace that is ready to plan; keyword arguments are environment variables, empty ones are left out.

    No process that one of them started is left at the end of the test.
    """
    made: list[Workspace] = []

    def build(**environment: str) -> Workspace:
        directory = tmp_path / f"workspace-{len(made)}"
        home = tmp_path / f"home-{len(made)}"
        home.mkdir()
        clean = clean_environment(home, {**settings, **environment})
        made.append(Workspace.like(initialised(program), directory, clean))
        return made[-1]

    yield build
    for workspace in made:
        assert_none_left(workspace.mark)


@pytest.fixture
def workspace(new_workspace: MakeWorkspace) -> Workspace:
    return new_workspace()


@pytest.fixture(scope="session")
def _provider(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("provider-home")
    with shared_provider(clean_environment(home, sandbox.environment())) as served:
        yield served


@pytest.fixture
def new_warm_workspace(new_workspace: MakeWorkspace, _provider: str) -> MakeWorkspace:
    """Make a workspace whose provider is there already; for tests that are not about the life of its process."""
    return lambda **environment: attached(new_workspace(**environment), _provider)


@pytest.fixture
def warm_workspace(new_warm_workspace: MakeWorkspace) -> Workspace:
    return new_warm_workspace()


@pytest.fixture(scope="session", autouse=True)
def _program_is_there() -> None:
    try:
        programs(os.environ)
    except LookupError as missing:
        pytest.fail(str(missing))
