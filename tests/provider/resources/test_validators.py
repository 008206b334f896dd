"""Checks of single values."""

import pytest

from dflow_provider.resources.validators import ENVIRONMENT_NAME, SERVICE_NAME, NotBlank, OneOf, PortNumber


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
