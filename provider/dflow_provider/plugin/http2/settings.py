"""What both sides tell each other about themselves (RFC 9113, section 6.5)."""

from __future__ import annotations

import struct

from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode
from dflow_provider.plugin.http2.flow import MOST_WINDOW

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER_TABLE_SIZE = 0x1
ENABLE_PUSH = 0x2
MAX_CONCURRENT_STREAMS = 0x3
INITIAL_WINDOW_SIZE = 0x4
MAX_FRAME_SIZE = 0x5
MAX_HEADER_LIST_SIZE = 0x6

_ENTRY = struct.Struct(">HL")
_FRAME_SIZES = range(1 << 14, 1 << 24)


def written(settings: dict[int, int]) -> bytes:
    """Return the payload of a SETTINGS frame."""
    return b"".join(_ENTRY.pack(name, value) for name, value in settings.items())


def read(payload: bytes) -> Iterator[tuple[int, int]]:
    """Yield the settings in a payload, those that nobody knows included.

    Raises:
        ConnectionFault: half a setting, or a value that is not allowed.
    """
    if len(payload) % _ENTRY.size:
        raise ConnectionFault(ErrorCode.FRAME_SIZE_ERROR, f"SETTINGS of {len(payload)} bytes")
    for name, value in _ENTRY.iter_unpack(payload):
        if name == ENABLE_PUSH and value > 1:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, f"ENABLE_PUSH is {value}")
        if name == INITIAL_WINDOW_SIZE and value > MOST_WINDOW:
            raise ConnectionFault(ErrorCode.FLOW_CONTROL_ERROR, f"INITIAL_WINDOW_SIZE is {value}")
        if name == MAX_FRAME_SIZE and value not in _FRAME_SIZES:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, f"MAX_FRAME_SIZE is {value}")
        yield name, value
