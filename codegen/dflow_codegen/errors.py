"""What the generator tells a person."""

from __future__ import annotations


class CodegenError(Exception):
    """The input cannot become bindings; nothing was written.

    Args:
        title: what is wrong, in at most about six words.
        detail: what was found and where, why it is refused, what to do.
    """

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail
