"""How long the command gets that dFlow sets variables with."""

import pytest

from dflow_provider.resources.variable_command import LONGEST_BYTES, VariableCommand


def test_a_variable_takes_what_stands_in_the_command():
    assert VariableCommand((("KEY", "ünï"),)).length == len('"KEY"="ünï" '.encode()) == 14


def test_a_key_that_dflow_has_twice_counts_twice():
    rows = [{"key": "A", "value": "x" * 10}, {"key": "A", "value": None}]

    assert VariableCommand.of_rows(rows).length == len('"A"="xxxxxxxxxx" "A"="" ')


@pytest.mark.parametrize(("beyond", "is_too_long"), [(0, False), (1, True)])
def test_120_kib_are_the_most(beyond: int, is_too_long: bool):
    given = {"A": "x" * (LONGEST_BYTES // 2 - 7), "B": "x" * (LONGEST_BYTES // 2 - 7 + beyond)}

    command = VariableCommand.of_known(given)

    assert command.length == 120 * 1024 + beyond
    assert command.is_too_long is is_too_long


def test_the_refusal_names_the_longest_first_and_shows_no_value():
    sizes = {"SMALL": 1, "BIG": 60_000, "MIDDLE": 40_000, "BIGGER": 61_000, "TINY": 0}
    command = VariableCommand.of_known({key: "hunter2"[:1] * size for key, size in sizes.items()})

    assert command.refusal() == (
        "The variables given here are 161,055 bytes long together. dFlow sets all variables of a service with one "
        "command, and Linux runs none of 128 KiB or more: not one of them would arrive on the Worker Node. Keep them "
        "below 122,880 bytes. The longest are BIGGER, BIG, MIDDLE: put their content into a file of the image or an "
        "object store, and its address into the variable."
    )


def test_the_refusal_of_a_service_says_how_much_others_put_there():
    command = VariableCommand((("OURS", "x" * 61_000), ("THEIRS", "x" * 62_000)))

    words = command.refusal_for("shop-web", {"OURS"})

    assert words.startswith(
        "The variables of the service 'shop-web' would be 123,022 bytes long together, 62,012 of them in variables "
        "that this configuration does not name. dFlow sets"
    )
    assert "Nothing was written. Keep them below 122,880 bytes. The longest are THEIRS, OURS: put" in words
    assert "of them in variables" not in command.refusal_for("shop-web", {"OURS", "THEIRS"})
