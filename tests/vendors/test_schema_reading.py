"""How schemas are read out of packages, tried on small ones of the same form."""

from __future__ import annotations

import base64
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

PLANS = Path(__file__).resolve().parents[1] / "plans"
FIREWALL = """
export class FirewallRuleOutputReference extends cdktn.ComplexObject {
  // created_at - computed: true, optional: false, required: false
  public get createdAt() {
    return this.getStringAttribute('created_at');
  }

  // from_port - computed: false, optional: true, required: false
  private _fromPort?: number;
  public get fromPort() {
    return this.getNumberAttribute('from_port');
  }
}

export class Firewall extends cdktn.TerraformResource {
  public static readonly tfResourceType = "acme_firewall";

  // names - computed: false, optional: true, required: false
  private _names?: string[];
  public get names() {
    return cdktn.Fn.tolist(this.getListAttribute('names'));
  }

  // rule - computed: false, optional: false, required: true
  private _rule = new FirewallRuleList(this, "rule", true);
  public get rule() {
    return this._rule;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      names: {
        value: cdktn.listMapperHcl(cdktn.stringToHclTerraform, false)(this._names),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      rule: {
        value: cdktn.listMapperHcl(firewallRuleToHclTerraform, true)(this._rule.internalValue),
        isBlock: true,
        type: "set",
        storageClassType: "FirewallRuleList",
      },
    };
  }
}
"""
ACCESS_LIST = """
class AccessListArgs:
    def __init__(__self__, *,
                 addresses: pulumi.Input[Sequence[pulumi.Input['AccessListAddressArgs']]],
                 enabled: Optional[pulumi.Input[_builtins.bool]] = None):
        pass

class _AccessListState:
    def __init__(__self__, *,
                 addresses: Optional[pulumi.Input[Sequence[pulumi.Input['AccessListAddressArgs']]]] = None,
                 enabled: Optional[pulumi.Input[_builtins.bool]] = None,
                 labels: Optional[pulumi.Input[Mapping[str, pulumi.Input[_builtins.str]]]] = None,
                 port: Optional[pulumi.Input[_builtins.int]] = None):
        pass
"""
INPUTS = """
class AccessListAddressArgs:
    def __init__(__self__, *, address: pulumi.Input[_builtins.str], note: Optional[pulumi.Input[str]] = None):
        pass
"""


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(PLANS), *sys.path])
    import schemareading.cdktf_package  # noqa: PLC0415  # found by the line above
    import schemareading.pulumi_package  # noqa: PLC0415  # as above

    return schemareading


def packed(file: Path, members: dict[str, str]) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return file


def bindings(directory: Path, source: str) -> Path:
    mapped = base64.b64encode(json.dumps({"sourcesContent": [source]}).encode()).decode()
    script = f"exports.x = 1;\n//# sourceMappingURL=data:application/json;base64,{mapped}"
    about = json.dumps({"cdktf": {"provider": {"version": "1.2.3"}}})
    return packed(directory / "acme.tgz", {"package/lib/firewall/index.js": script, "package/package.json": about})


def test_bindings_keep_names_kinds_blocks_and_what_has_to_be_there(reading: ModuleType, tmp_path: Path):
    package = bindings(tmp_path, FIREWALL)

    found = reading.cdktf_package.schemas_in(package, ["acme_firewall"])

    rule = {"created_at": "computed string", "from_port": "optional number"}
    assert found["acme_firewall"] == {
        "names": "optional set of string",
        "rule": {"presence": "required", "nesting": "set", "block": True, "holds": rule},
    }
    assert reading.cdktf_package.provider_version(package) == "1.2.3"


@pytest.mark.parametrize(
    ("source", "words"),
    [("", "no such resource"), (FIREWALL.replace(" - computed: ", " computed="), "its form has changed")],
)
def test_bindings_that_cannot_be_read_are_an_error(reading: ModuleType, tmp_path: Path, source: str, words: str):
    with pytest.raises(KeyError, match=words):
        reading.cdktf_package.schemas_in(bindings(tmp_path, source), ["acme_firewall"])


@pytest.mark.parametrize("form", ["wheel", "archive"])
def test_pulumi_s_packages_keep_kinds_and_what_has_to_be_there(reading: ModuleType, tmp_path: Path, form: str):
    members = {"pulumi_acme/databases/access_list.py": ACCESS_LIST, "pulumi_acme/databases/_inputs.py": INPUTS}
    if form == "wheel":
        file = tmp_path / "pulumi_acme-1.0-py3-none-any.whl"
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
    else:
        within = {f"pulumi_acme-1.0/{name}": text for name, text in members.items()}
        file = packed(tmp_path / "pulumi_acme-1.0.tar.gz", within)

    found = reading.pulumi_package.schemas_in(file, {"acme_access_list": "databases/access_list"})

    address = {"address": "required string", "note": "optional string"}
    assert found["acme_access_list"] == {
        "addresses": {"presence": "required", "nesting": "list", "holds": address},
        "enabled": "optional bool",
        "labels": "computed map of string",
        "port": "computed number",
    }


def test_a_module_that_a_package_has_not_is_an_error(reading: ModuleType, tmp_path: Path):
    package = packed(tmp_path / "pulumi_acme-1.0.tar.gz", {"pulumi_acme-1.0/pulumi_acme/x.py": ""})

    with pytest.raises(KeyError, match="access_list"):
        reading.pulumi_package.schemas_in(package, {"acme_access_list": "access_list"})
