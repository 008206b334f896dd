"""Immutable values with named fields, made without generating code.

A frozen dataclass compiles six methods for each class, which takes half a millisecond; every provider process makes a
dozen of these classes before it can answer, and each command starts several processes.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class", bound=type)


@dataclass_transform(frozen_default=True)
def record(cls: Class) -> Class:
    """Make a class like `@dataclass(frozen=True)` does: by position or name, compared and hashed by its fields.

    Fields are the annotated names of the class itself, with immutable defaults. A class keeps what it defines.
    """
    names = tuple(cls.__annotations__)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}

    def __init__(self: Any, *positional: Any, **named: Any) -> None:  # noqa: N807  # becomes the class's own
        given = dict(zip(names, positional, strict=False)) | named
        if len(positional) > len(names) or len(given) != len(positional) + len(named) or not given.keys() <= known:
            raise TypeError(
                f"{cls.__name__} takes {', '.join(names)}, each once; given: {len(positional)} and {[*named]}"
            )
        complete = defaults | given
        missing = [name for name in names if name not in complete]
        if missing:
            raise TypeError(f"{cls.__name__} needs {', '.join(missing)}")
        self.__dict__.update(complete)

    def values(self: Any) -> tuple[Any, ...]:
        found = self.__dict__
        return tuple([found[name] for name in names])

    def __eq__(self: Any, other: object) -> Any:  # noqa: N807  # as above
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807  # as above
        return hash(values(self))

    def __repr__(self: Any) -> str:  # noqa: N807  # as above
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{cls.__qualname__}({fields})"

    def __setattr__(_: Any, name: str, __: object) -> None:  # noqa: N807  # as above
        raise AttributeError(f"{cls.__name__} cannot be changed, and so cannot its {name}")

    def __delattr__(_: Any, name: str) -> None:  # noqa: N807  # as above
        raise AttributeError(f"{cls.__name__} cannot be changed, and so cannot its {name}")

    known = frozenset(names)
    own = set(cls.__dict__)
    for method in (__init__, __eq__, __hash__, __repr__, __setattr__, __delattr__):
        # Python gives a class that defines __eq__ a __hash__ of None; none of ours does.
        if method.__name__ not in own:
            setattr(cls, method.__name__, method)
    cls.__match_args__ = names  # type: ignore[attr-defined, misc]  # for `case ListOf(element)`
    return cls
