"""The one error callers of the sandbox see."""


class SandboxError(Exception):
    """The sandbox could not do what was asked; the message says what was found and what to do."""
