"""The protocol's messages as Python classes: `pb.PlanResourceChange.Request`.

The classes are made straight by protobuf's C library. Its Python wrapper would do the same, but imports the
pure-Python engine, text format and pickle on the way: some 25 ms that Terraform would wait for at each of the two to
five starts in a command. The C module is private to protobuf, so the wrapper stands ready where it has moved.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from dflow_provider.plugin._pb.descriptor import FILE

if TYPE_CHECKING:
    from dflow_provider.plugin._pb import tfplugin6_pb2 as pb


def _classes_by_c_library() -> SimpleNamespace:
    from google._upb import _message  # noqa: PLC0415  # may have moved
    from google.protobuf.message import Message  # noqa: PLC0415  # goes with the line above

    def message_class(descriptor: Any) -> Any:
        body = {"DESCRIPTOR": descriptor, "__module__": __name__}
        return _message.MessageMeta(descriptor.name, (Message,), body)

    messages = _message.DescriptorPool().AddSerializedFile(FILE).message_types_by_name
    return SimpleNamespace(**{name: message_class(descriptor) for name, descriptor in messages.items()})


def _classes_by_wrapper() -> SimpleNamespace:
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
