"""A secret changed by hand, as the real terraform shows it."""

import json

import pytest

pytestmark = pytest.mark.acceptance

CONFIGURATION = """
variable "password" {
  type      = string
  ephemeral = true
}
resource "dflow_service_variables" "web" {
  service_id          = "%s"
  secret_variables_wo = { PASSWORD = var.password, OTHER = "zeisig" }
}
"""


def test_the_plan_names_it_the_apply_puts_it_back_and_nothing_keeps_it(terraform, organisation, web):
    secrets = {"TF_VAR_password": "kanarienvogel"}
    terraform.write(CONFIGURATION % web["id"])
    code, said = terraform.run("apply", "-auto-approve", **secrets)
    assert code == 0, said
    code, said = terraform.run("plan", "-detailed-exitcode", **secrets)
    assert code == 0, said

    rows = organisation.get("services", web["id"])["variables"]
    changed = [{**row, "value": "stieglitz"} if row["key"] == "PASSWORD" else row for row in rows]
    organisation.patch("services", web["id"], variables=changed)

    code, planned = terraform.run("plan", "-detailed-exitcode", **secrets)
    assert code == 2, planned
    assert '~ secret_variables_changed = [ - "PASSWORD", ]' in planned
    assert "Warning: Secret was changed by hand" in planned
    assert "dFlow has other values of PASSWORD than were applied last." in planned

    code, applied = terraform.run("apply", "-auto-approve", **secrets)
    assert code == 0, applied
    values = {row["key"]: row["value"] for row in organisation.get("services", web["id"])["variables"]}
    assert values == {"PASSWORD": "kanarienvogel", "OTHER": "zeisig"}
    code, said = terraform.run("plan", "-detailed-exitcode", **secrets)
    assert code == 0, said

    state = (terraform.folder / "terraform.tfstate").read_text()
    (instance,) = json.loads(state)["resources"][0]["instances"]
    assert instance["private"]
    for secret in ("kanarienvogel", "stieglitz", "zeisig"):
        assert secret not in planned + applied + state
