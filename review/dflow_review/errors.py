"""What can be wrong with what a review is given."""

from __future__ import annotations


class ReviewError(Exception):
    """A review cannot be made.

    Args:
        title: what is wrong, in a few words.
        detail: what was found, where, why it cannot be reviewed, and what to do.
    """

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail
