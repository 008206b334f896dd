"""Flow control: how many bytes of DATA may be under way, for each stream and for the connection."""

from __future__ import annotations

from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode

INITIAL_WINDOW = 65_535
"""Bytes, for both sides until they say otherwise (RFC 9113, section 6.9.2)."""

MOST_WINDOW = (1 << 31) - 1


class ReceiveWindow:
    """What the other side may still send, in bytes; it gets more once half is used up."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._left = size

    def take(self, count: int) -> None:
        """Note what arrived.

        Raises:
            ConnectionFault: more than was allowed.
        """
        self._left -= count
        if self._left < 0:
            raise ConnectionFault(ErrorCode.FLOW_CONTROL_ERROR, "more data than the window allows")

    def grant(self) -> int:
        """Return by how much to widen the window now; nothing while more than half is left."""
        if self._left * 2 > self._size:
            return 0
        granted = self._size - self._left
        self._left = self._size
        return granted


class SendWindow:
    """What we may still send, in bytes; less than nothing after the other side has changed its mind."""

    def __init__(self, size: int) -> None:
        self.left = size

    def widen(self, count: int) -> bool:
        """Add to it, or take away; say whether it is still one that RFC 9113 allows."""
        self.left += count
        return self.left <= MOST_WINDOW
