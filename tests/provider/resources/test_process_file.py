"""`ephemeral.dflow_process_file`."""

import os
from pathlib import Path

import pytest

from dflow_provider.provider import DflowProvider
from dflow_provider.resources.process_file import ProcessFile
from dflow_provider.schema import Call, ProviderError


def opened(path: str, environment: dict[str, str] | None = None) -> str:
    backend = DflowProvider(environment or {}).configure({}, Call())
    return ProcessFile(backend).open({"path": path, "value": None}, Call())["value"]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"hunter2", "hunter2"),
        (b"hunter2\n", "hunter2"),
        (b"hunter2\r\n", "hunter2"),
        (b" hunter2 \n\n", " hunter2 \n"),
        ("pässwort".encode(), "pässwort"),
        (b"x" * 65_536, "x" * 65_536),
    ],
    ids=["bare", "line break", "Windows", "blanks and a second line break", "not ASCII", "64 KiB"],
)
def test_the_value_is_the_text_without_one_line_break_at_its_end(tmp_path: Path, content: bytes, value: str):
    place = tmp_path / "password"
    place.write_bytes(content)

    assert opened(str(place)) == value


def test_a_tilde_is_the_home_folder_of_the_process(tmp_path: Path):
    (tmp_path / "password").write_text("hunter2")

    assert opened("~/password", {"HOME": str(tmp_path)}) == "hunter2"
    with pytest.raises(ProviderError, match="since HOME is not set"):
        opened("~/password")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "cannot be read (no such file or directory)"),
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"hunter2\xff", "holds bytes that are no UTF-8 text"),
        (b"hunter2" * 10_000, "is larger than 64 KiB"),
    ],
    ids=["absent", "empty", "a line break alone", "no text", "large"],
)
def test_a_file_without_a_secret_is_an_error_that_names_it_alone(tmp_path: Path, content: bytes | None, found: str):
    place = tmp_path / "password"
    if content is not None:
        place.write_bytes(content)

    with pytest.raises(ProviderError) as caught:
        opened(str(place))

    assert caught.value.title == "Secret file gives no value"
    assert f"The file {place} {found}" in caught.value.detail
    assert "hunter2" not in caught.value.detail
    assert caught.value.path == ("path",)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    for place in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(ProviderError, match="is no file"):
            opened(str(place))


@pytest.mark.parametrize(
    ("path", "refused"), [("password", True), ("./password", True), ("", True), ("/run/p", False), ("~/p", False)]
)
def test_a_path_that_depends_on_the_folder_is_refused(path: str, refused: bool):
    (attribute,) = [attribute for attribute in ProcessFile.schema.attributes if attribute.name == "path"]
    (validator,) = attribute.validators

    problem = validator.problem(path)
    assert (problem is not None) is refused
    if problem is not None:
        assert "depends on the folder Terraform runs in" in problem
