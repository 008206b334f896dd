"""The protocol's messages as Python classes: `pb.PlanResourceChange.Request`.

The classes are made straight by protobuf's C library. Its Python wrapper would do the same, but imports the
pure-Python engine, text format and pickle on the way: some 25 ms that Terraform would wait for at each of the two to
five starts in a command. The C module is private to protobuf, so the wrapper stands ready where it has moved.

With the first class it makes, the C library imports what it mixes into protobuf's own Timestamp, Duration and the like,
and with that calendar, datetime and locale: another 6 ms. This protocol uses none of them, and neither does anything
else in a provider, so they are kept away for that moment, and thereby from other classes of this process.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from dflow_provider.importing import IMPORTING
from dflow_provider.plugin._pb.descriptor import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_provider.plugin._pb import tfplugin6_pb2 as pb


MIXED_IN = "google.protobuf.internal.well_known_types"


@contextmanager
def _nothing_mixed_in() -> Iterator[None]:
    if MIXED_IN in sys.modules:
        yield
        return
    stand_in = ModuleType(MIXED_IN)
    stand_in.WKTBASES = {}  # type: ignore[attr-defined]  # the one thing that is read from it
    sys.modules[MIXED_IN] = stand_in
    try:
        yield
    finally:
        del sys.modules[MIXED_IN]


def _classes_by_c_library() -> SimpleNamespace:
    with IMPORTING:
        from google._upb import _message  # noqa: PLC0415  # may have moved
        from google.protobuf.message import Message  # noqa: PLC0415  # goes with the line above

    def message_class(descriptor: Any) -> Any:
        body = {"DESCRIPTOR": descriptor, "__module__": __name__}
        return _message.MessageMeta(descriptor.name, (Message,), body)

    messages = _message.DescriptorPool().AddSerializedFile(FILE).message_types_by_name
    with _nothing_mixed_in():
        return SimpleNamespace(**{name: message_class(descriptor) for name, descriptor in messages.items()})


def _classes_by_wrapper() -> SimpleNamespace:
    with IMPORTING:
        from google.protobuf import descriptor_pool, message_factory  # noqa: PLC0415  # costs 25 ms, see above

    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(FILE)
    messages = pool.FindFileByName("tfplugin6.proto").message_types_by_name
    return SimpleNamespace(
        **{name: message_factory.GetMessageClass(descriptor) for name, descriptor in messages.items()}
    )


def _load() -> SimpleNamespace:
    try:
        return _classes_by_c_library()
    except (ImportError, AttributeError, TypeError):
        return _classes_by_wrapper()


if not TYPE_CHECKING:
    pb = _load()

__all__ = ["pb"]
