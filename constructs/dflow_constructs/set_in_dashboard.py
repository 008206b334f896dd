"""Settings of Services that dFlow's dashboard alone puts in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError

_WHAT_NOBODY_DOES = {"volumes": "would mount them", "domains": "would lead to the Service"}


class SetInDashboard:
    """A Service, whose volumes and domains a program cannot set.

    They are no arguments, so type checkers refuse them. A program without one gets told why.
    """

    if not TYPE_CHECKING:  # where type checkers would see a call that takes everything

        def __new__(cls, *arguments, **settings):
            """Refuse what is no argument for a reason, before Python refuses it without one."""
            for setting, effect in _WHAT_NOBODY_DOES.items():
                if setting in settings:
                    name = settings.get("id", arguments[1] if len(arguments) > 1 else "…")
                    raise ConfigurationError(
                        f"{cls.__name__}({name!r})",
                        f"{setting} is no argument: dFlow's REST API would store the record and nothing {effect}; "
                        f"leave it out, and set {setting} of the Service in dFlow's dashboard, where Terraform leaves "
                        "them as they are",
                    )
            return super().__new__(cls)
