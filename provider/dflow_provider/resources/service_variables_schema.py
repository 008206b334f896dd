"""What `dflow_service_variables` may hold."""

from __future__ import annotations

from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import (
    BOOL,
    STRING,
    Attribute,
    Exposure,
    MapOf,
    OnChange,
    Presence,
    Schema,
    SetOf,
)

SCHEMA = Schema(
    "Variables of an App or Docker service. The resource owns the keys it names and no other: keys set in the "
    "dashboard or by another `dflow_service_variables` of the same service stay as they are, unless "
    "`exclusive` is set. Variables reach the running service with its next restart or deployment, and only "
    "after dFlow's dashboard saved them to the node.\n\n"
    "A key that the service already has is taken over when its value is the same and refused otherwise, so that "
    "two owners never fight over it.\n\n"
    "Import by service id or by `<environment name>/<service name>`: "
    "`terraform import dflow_service_variables.web shop-production/shop-production-web`. An import reads no "
    "values into the state; the next apply takes over the keys that the configuration names.",
    (
        Attribute("id", STRING, Presence.COMPUTED, "The same as `service_id`."),
        Attribute(
            "service_id",
            STRING,
            Presence.REQUIRED,
            "Id of the App or Docker service. Variables belong to one service, so another service means new "
            "variables there and their removal here.",
            on_change=OnChange.REPLACE,
            validators=(NotBlank(),),
        ),
        Attribute(
            "variables",
            MapOf(STRING),
            Presence.OPTIONAL,
            "Variables whose values may be seen: settings, and reference variables such as "
            "`{{ shop-production-cache.REDIS_URI }}`. They stand in plan and state; secrets belong in "
            "`secret_variables_wo`. Keys are letters, digits and `_`, not starting with a digit. Values with "
            "`$`, `` ` ``, `\"`, `\\` or a line break are refused, because the Worker Node's shell would run or "
            "corrupt them.",
        ),
        Attribute(
            "secret_variables_wo",
            MapOf(STRING),
            Presence.OPTIONAL,
            "Variables whose values are secret, under the same rules as `variables`. Write-only: the values go "
            "to dFlow and stand in no plan and no state; the keys do, in `secret_variable_names`. Sent for keys "
            "that are new or missing in dFlow or changed by hand, and all of them whenever "
            "`secret_variables_wo_version` changes.",
            exposure=Exposure.WRITE_ONLY,
        ),
        Attribute(
            "secret_variables_wo_version",
            STRING,
            Presence.OPTIONAL,
            "Any text; change it to send all of `secret_variables_wo` again, for instance after a rotation.",
        ),
        Attribute(
            "secret_variable_names",
            SetOf(STRING),
            Presence.COMPUTED,
            "Keys that this resource owns through `secret_variables_wo`. A key removed by hand drops out, and "
            "the next plan puts it back.",
        ),
        Attribute(
            "secret_variables_changed",
            SetOf(STRING),
            Presence.COMPUTED,
            "Keys of `secret_variables_wo` whose value in dFlow is not the one that was applied last, as far as can be "
            "told; the next apply sends the configured value again, and afterwards the set is empty. Noticed by keyed "
            "hashes beside the state, made with a key that is derived from the API key: no value and no hash that the "
            "state alone would give away is kept. With an API key that was never used for an apply before, after its "
            "rotation for instance, values count as unchanged once.",
        ),
        Attribute(
            "exclusive",
            BOOL,
            Presence.OPTIONAL_COMPUTED,
            "Who may have keys on the service. By default (`false`) others may, and theirs are never touched. "
            "With `true` this resource owns every key: foreign ones show up in the plan, without their values, "
            "and are removed.",
            default=False,
        ),
    ),
)
