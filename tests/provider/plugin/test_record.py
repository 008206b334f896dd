"""Records behave like frozen dataclasses, which they replace where a start must be fast."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property

import pytest

from dflow_provider.schema.record import record


@record
class Point:
    """A record with a default and a method."""

    x: int
    y: int = 2

    @cached_property
    def total(self) -> int:
        """Kept after the first time."""
        return self.x + self.y


@record
class Other:
    """The same fields."""

    x: int
    y: int = 2


@record
class Spoken:
    """Keeps what it defines."""

    x: int

    def __repr__(self) -> str:
        return "spoken"


@dataclass(frozen=True)
class Model:
    """What a record is like."""

    x: int
    y: int = 2


def test_fields_are_given_by_position_or_name_or_left_to_their_default():
    assert (Point(1).x, Point(1).y) == (1, 2)
    assert Point(1, 3) == Point(x=1, y=3) == Point(1, y=3)


@pytest.mark.parametrize("make", [lambda c: c(), lambda c: c(1, 2, 3), lambda c: c(1, x=1), lambda c: c(1, z=1)])
def test_what_a_dataclass_refuses_is_refused(make):
    for each in (Point, Model):
        with pytest.raises(TypeError):
            make(each)


def test_records_are_equal_by_class_and_fields():
    assert Point(1) != Point(2)
    assert Point(1) != Other(1)
    assert Point(1) != (1, 2)
    assert len({Point(1), Point(1, 2), Point(2)}) == 2


def test_what_is_computed_once_does_not_make_them_differ():
    one = Point(1)
    assert one.total == 3

    assert one == Point(1)
    assert hash(one) == hash(Point(1))


def test_a_record_cannot_be_changed():
    one = Point(1)
    for each in (one, Model(1)):
        with pytest.raises(AttributeError):
            each.x = 5
        with pytest.raises(AttributeError):
            del each.x

    assert one.x == 1


def test_it_shows_its_fields():
    assert repr(Point(1)) == repr(Model(1)).replace("Model", "Point")
    assert repr(Spoken(1)) == "spoken"


def test_a_pattern_takes_it_apart():
    match Point(1, 3):
        case Point(x, y):
            assert (x, y) == (1, 3)


def test_a_copy_is_equal():
    assert copy.deepcopy(Point(1, 3)) == copy.copy(Point(1, 3)) == Point(1, 3)
