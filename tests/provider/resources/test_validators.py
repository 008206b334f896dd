"""Checks of single values."""

import time

import pytest

from dflow_provider.resources.validators import (
    ENVIRONMENT_NAME,
    SERVICE_NAME,
    BranchName,
    ImageReference,
    NotBlank,
    OneOf,
    PortNumber,
)


@pytest.mark.parametrize("name", ["shop", "9shop", "shop-1", "a" * 50])
def test_environment_names_that_fit(name: str):
    assert ENVIRONMENT_NAME.problem(name) is None


@pytest.mark.parametrize("name", ["", "-shop", "Shop", "shop_1", "shop.1", "shöp", "shop\n"])
def test_environment_names_that_do_not_fit(name: str):
    problem = ENVIRONMENT_NAME.problem(name)

    assert problem is not None
    assert f"{name!r} does not fit" in problem


def test_a_name_may_be_too_long():
    assert ENVIRONMENT_NAME.problem("a" * 51) == (
        f"'{'a' * 51}' has 51 characters, at most 50 fit; choose a shorter name."
    )


@pytest.mark.parametrize(("name", "fits"), [("web", True), ("web-1", True), ("1web", False), ("-web", False)])
def test_service_names_start_with_a_letter(name: str, fits: bool):
    assert (SERVICE_NAME.problem(name) is None) is fits


def test_a_closed_list_names_its_words():
    words = OneOf(("http", "https"))

    assert words.problem("http") is None
    assert words.problem("ftp") == "'ftp' is not known here; use http or https."
    assert words.description == "one of `http`, `https`"


@pytest.mark.parametrize(("value", "fits"), [(1, True), (65535, True), (0, False), (65536, False), (-1, False)])
def test_ports(value: int, fits: bool):
    assert (PortNumber().problem(value) is None) is fits


@pytest.mark.parametrize(("value", "fits"), [("x", True), ("", False), ("  ", False)])
def test_blanks(value: str, fits: bool):
    assert (NotBlank().problem(value) is None) is fits


@pytest.mark.parametrize("name", ["main", "feature/cart", "release-1.2", "fix_#12", "日本"])
def test_branches_that_git_takes_pass(name):
    assert BranchName().problem(name) is None


@pytest.mark.parametrize(
    "name",
    ["two words", "a..b", "-x", "/x", "x/", "x.lock", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b", "@", "a@{1}"],
)
def test_branches_that_git_refuses_are_told(name):
    assert "is no name that Git takes for a branch" in BranchName().problem(name)


def test_a_whole_reference_is_told_with_the_branch_in_it():
    assert BranchName().problem("refs/heads/main") == (
        "'refs/heads/main' is a whole reference. Give the branch alone: 'main'."
    )


@pytest.mark.parametrize(
    "image",
    [
        "nginx",
        "nginx:1.27",
        "library/nginx",
        "ghcr.io/acme/worker:1.4.2",
        "localhost:5000/a/b__c/d-e.f:V1_x",
        "quay.io/acme/worker@sha256:" + "0" * 64,
        "Registry.example.com/acme/worker:1@sha256:" + "a" * 64,
    ],
)
def test_images_that_docker_takes_pass(image):
    assert ImageReference().problem(image) is None


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("https://ghcr.io/acme/worker", "Leave the scheme out: 'ghcr.io/acme/worker'."),
        ("ghcr.io/Acme/worker:1", "has capital letters in the image's name"),
        ("acme/worker 1", "is no name of an image"),
        ("acme/worker:", "is no name of an image"),
        ("acme//worker", "is no name of an image"),
        ("acme/worker@sha256:12", "is no name of an image"),
        ("", "is no name of an image"),
    ],
)
def test_images_that_docker_refuses_are_told(image, words):
    assert words in ImageReference().problem(image)


def test_no_text_takes_long_to_check():
    started = time.process_time()
    ImageReference().problem("a-" * 5000 + "!")
    ImageReference().problem("a/" * 5000 + "!")
    BranchName().problem("a/" * 5000 + "~")
    assert time.process_time() - started < 1
