"""What generated classes of a provider with one of everything become, on both CDKs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Synthesize = Callable[..., dict[str, Any]]

BASICS = """
from rich_bindings import *
settings = EverythingSettings(mode="fast")
owner = EverythingOwner(email="a@example.com")
RichProvider(stack, "rich")
def everything(id_, **more):
    return Everything(stack, id_, **{"name": "n", "from_": "f", "settings": settings, "owner": owner} | more)
"""


def everything(document: dict[str, Any], name: str = "thing") -> dict[str, Any]:
    block = document["resource"]["rich_everything"][name]
    return {key: value for key, value in block.items() if key not in {"//", "name", "from", "settings", "owner"}}


def test_only_what_was_given_is_written_under_terraforms_names(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS + "everything('thing', class_='c', api_version='v1', kebab_case='k', typing='t', flag=False)",
        rich_package,
    )

    block = document["resource"]["rich_everything"]["thing"]
    assert {key: value for key, value in block.items() if key != "//"} == {
        "name": "n",
        "from": "f",
        "settings": {"mode": "fast"},
        "owner": {"email": "a@example.com"},
        "class": "c",
        "apiVersion": "v1",
        "kebab-case": "k",
        "typing": "t",
        "flag": False,
    }


def test_nested_objects_and_blocks_are_written_as_deep_as_they_go(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS
        + """
rule = EverythingRule(port=1, match=[EverythingRuleMatch(glob="*", nothing=EverythingRuleMatchNothing())])
everything(
    "thing",
    rule=[rule],
    logging=EverythingLogging(level="debug"),
    volume={"data": EverythingVolume(path="/data")},
    timeouts=EverythingTimeouts(create="1m"),
    entries={"fra-1": EverythingEntries(cidr="203.0.113.7/32", resolve_attribute=True)},
    members=(EverythingMembers(name="a"), EverythingMembers(name="b")),
    rules={"Kept-As-Is": [EverythingRules(cidr="c", ports=[1, 2])]},
    matrix=[[1, 2], []],
    pair=("a", 1.5),
)
""",
        rich_package,
    )

    assert everything(document) == {
        "rule": [{"port": 1, "match": [{"glob": "*", "nothing": {}}]}],
        "logging": {"level": "debug"},
        "volume": {"data": {"path": "/data"}},
        "timeouts": {"create": "1m"},
        "entries": {"fra-1": {"cidr": "203.0.113.7/32", "resolve": True}},
        "members": [{"name": "a"}, {"name": "b"}],
        "rules": {"Kept-As-Is": [{"cidr": "c", "ports": [1, 2]}]},
        "matrix": [[1, 2], []],
        "pair": ["a", 1.5],
    }


def test_nulls_within_values_reach_terraform(synthesize: Synthesize, rich_package: Path):
    """An object type wants all its fields, and a list of three keeps three elements."""
    document = synthesize(
        BASICS + "everything('thing', legacy=[EverythingLegacy(key='k')], anything=[1, None, {'a': None}])",
        rich_package,
    )

    assert everything(document) == {
        "legacy": [{"key": "k", "value": "${null}", "nested": "${null}"}],
        "anything": [1, "${null}", {"a": "${null}"}],
    }


def test_every_attribute_can_be_referred_to_except_write_only_ones(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS
        + """
thing = everything("thing", secret_wo="s")
assert not hasattr(Everything, "secret_wo") and not hasattr(EverythingSettingsReference, "token_wo")
for name, value in {
    "string": thing.node_attribute,
    "number": thing.ratio,
    "bool": thing.ready,
    "map_of_bools": thing.labels.lookup("a"),
    "map_of_numbers": thing.weights,
    "map_of_lists": thing.map_of_lists.lookup("a"),
    "list_of_strings": thing.names,
    "set_of_strings": thing.unique_names,
    "list_of_numbers": thing.sizes,
    "set_of_numbers": thing.unique_sizes,
    "list_of_lists": thing.matrix,
    "tuple": thing.pair,
    "dynamic": thing.anything,
    "object": thing.one.x,
    "list_of_objects": thing.legacy.get(0).nested.deep,
    "single": thing.settings.status,
    "list_in_single": thing.settings.inner.get(1).key,
    "keyword": thing.steps.get(0).class_,
    "set": thing.members.get(0).name,
    "whole_set": thing.members,
    "map": thing.entries.get('a "quoted" ${key}').cidr,
    "map_in_list": thing.found.get(0).zones.get("z").name,
    "set_in_list_of_blocks": thing.rule.get(0).match.get(0).glob,
    "block_at_most_once_in_list": thing.logging.level,
    "block_at_most_once_in_set": thing.owner.email,
    "map_of_blocks": thing.volume.get("data").path,
    "group": thing.grouped.level,
    "data_source": DataEverything(stack, "data", id="x").found.get(0).name,
    "ephemeral": EphemeralToken(stack, "token", audience="a").token,
}.items():
    cdk.TerraformOutput(stack, name, value=value)
""",
        rich_package,
    )

    assert {name: output["value"] for name, output in document["output"].items()} == {
        "string": "${rich_everything.thing.node}",
        "number": "${rich_everything.thing.ratio}",
        "bool": "${rich_everything.thing.ready}",
        "map_of_bools": '${rich_everything.thing.labels["a"]}',
        "map_of_numbers": "${rich_everything.thing.weights}",
        "map_of_lists": '${rich_everything.thing.map_of_lists["a"]}',
        "list_of_strings": "${rich_everything.thing.names}",
        "set_of_strings": "${tolist(rich_everything.thing.unique_names)}",
        "list_of_numbers": "${rich_everything.thing.sizes}",
        "set_of_numbers": "${rich_everything.thing.unique_sizes}",
        "list_of_lists": "${rich_everything.thing.matrix}",
        "tuple": "${rich_everything.thing.pair}",
        "dynamic": "${rich_everything.thing.anything}",
        "object": "${rich_everything.thing.one.x}",
        "list_of_objects": "${rich_everything.thing.legacy[0].nested.deep}",
        "single": "${rich_everything.thing.settings.status}",
        "list_in_single": "${rich_everything.thing.settings.inner[1].key}",
        "keyword": "${rich_everything.thing.steps[0].class}",
        "set": "${tolist(rich_everything.thing.members).0.name}",
        "whole_set": "${rich_everything.thing.members}",
        "map": '${rich_everything.thing.entries["a \\"quoted\\" $${key}"].cidr}',
        "map_in_list": '${rich_everything.thing.found[0].zones["z"].name}',
        "set_in_list_of_blocks": "${tolist(rich_everything.thing.rule[0].match).0.glob}",
        "block_at_most_once_in_list": "${rich_everything.thing.logging[0].level}",
        "block_at_most_once_in_set": "${tolist(rich_everything.thing.owner).0.email}",
        "map_of_blocks": '${rich_everything.thing.volume["data"].path}',
        "group": "${rich_everything.thing.grouped.level}",
        "data_source": "${tolist(data.rich_everything.data.found).0.name}",
        "ephemeral": "${ephemeral.rich_token.token.token}",
    }


def test_references_resolve_wherever_they_stand(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS
        + """
other = everything("other")
everything(
    "thing",
    tags={"a": other.node_attribute, "b": f"prefix-{other.node_attribute}"},
    size=other.ratio,
    flag=other.ready,
    names=other.unique_names,
    steps=[EverythingSteps(name=other.node_attribute)],
    members=other.members,
    weights=other.weights,
)
""",
        rich_package,
    )

    assert everything(document) == {
        "tags": {"a": "${rich_everything.other.node}", "b": "prefix-${rich_everything.other.node}"},
        "size": "${rich_everything.other.ratio}",
        "flag": "${rich_everything.other.ready}",
        "names": "${tolist(rich_everything.other.unique_names)}",
        "steps": [{"name": "${rich_everything.other.node}"}],
        "members": "${rich_everything.other.members}",
        "weights": "${rich_everything.other.weights}",
    }


def test_what_is_changed_before_synthesis_counts(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS
        + """
thing = everything("thing", entries={"a": EverythingEntries(cidr="1")}, flag=True, size=1)
thing.inputs["entries"] = {**thing.inputs["entries"], "b": EverythingEntries(cidr="2")}
thing.inputs["apiVersion"] = "v2"
del thing.inputs["flag"]
thing.inputs["size"] = None
thing.add_override("tags.by_override", "yes")
""",
        rich_package,
    )

    assert everything(document) == {
        "entries": {"a": {"cidr": "1"}, "b": {"cidr": "2"}},
        "apiVersion": "v2",
        "tags": {"by_override": "yes"},
    }


def test_terraforms_meta_arguments(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS
        + """
east = RichProvider(stack, "east", alias="east", region="eu-east")
first = everything("first", provider=east)
data = DataEverything(stack, "data", provider=east, depends_on=[first])
token = EphemeralToken(stack, "token", audience="a", provider=east, depends_on=[first])
lifecycle = cdk.TerraformResourceLifecycle(prevent_destroy=True, ignore_changes=["tags"])
thing = everything("thing", depends_on=[data], count=2, lifecycle=lifecycle)
thing.depend_on(first, token)
thing.depend_on(first)
everything("later").depend_on(first, token, data)
everything("each", for_each=cdk.TerraformIterator.from_list(["a", "b"]))
""",
        rich_package,
    )

    assert document["provider"]["rich"] == [{}, {"alias": "east", "region": "eu-east"}]
    assert everything(document, "first") == {"provider": "rich.east"}
    assert document["data"]["rich_everything"]["data"]["depends_on"] == ["rich_everything.first"]
    assert document["ephemeral"]["rich_token"]["token"]["depends_on"] == ["rich_everything.first"]
    assert document["ephemeral"]["rich_token"]["token"]["provider"] == "rich.east"
    assert everything(document, "thing") == {
        "count": 2,
        "lifecycle": {"prevent_destroy": True, "ignore_changes": ["tags"]},
        "depends_on": ["data.rich_everything.data", "rich_everything.first", "ephemeral.rich_token.token"],
    }
    assert everything(document, "later") == {
        "depends_on": ["rich_everything.first", "ephemeral.rich_token.token", "data.rich_everything.data"],
    }
    assert everything(document, "each") == {"for_each": '${toset(["a", "b"])}'}


def test_a_providers_maps_keep_their_keys(synthesize: Synthesize, rich_package: Path):
    """The CDK turns all keys of a provider's attributes into snake case; those of maps are the user's."""
    document = synthesize(
        "from rich_bindings import *\n"
        "RichProvider(stack, 'rich', labels={'Keep-Me': 'a'}, features=RichProviderFeatures(preview=True))",
        rich_package,
    )

    assert document["provider"]["rich"] == [{"labels": {"Keep-Me": "a"}, "features": {"preview": True}}]
    assert document["terraform"]["required_providers"]["rich"] == {
        "source": "registry.example.com/acme/rich",
        "version": "~> 2.0",
    }


def test_importing_with_and_without_a_configuration(synthesize: Synthesize, rich_package: Path):
    document = synthesize(
        BASICS
        + """
everything("thing").import_from("id-1")
Everything.generate_config_for_import(stack, "adopted", "id-2")
""",
        rich_package,
    )

    assert document["import"] == [
        {"id": "id-1", "to": "rich_everything.thing"},
        {"id": "id-2", "to": "rich_everything.adopted"},
    ]


def test_a_stack_without_the_provider_is_refused(
    synthesize: Synthesize, rich_package: Path, stack_error: type[Exception]
):
    with pytest.raises(stack_error, match="for the following providers: rich"):
        synthesize("from rich_bindings import *\nNone_(stack, 'none')", rich_package)


WRONG = {
    "everything('a', name=1)": "rich_everything 'a': name is an int; pass a string",
    "everything('a', size='3')": "rich_everything 'a': size is a str; pass a number",
    "everything('a', size=True)": "rich_everything 'a': size is a bool; pass a number",
    "everything('a', flag='yes')": "rich_everything 'a': flag is a str; pass True or False",
    "everything('a', names='one')": "rich_everything 'a': names is a str; pass a list",
    "everything('a', names={'b', 'a'})": "rich_everything 'a': names is a set; pass a list",
    "everything('a', tags=['a'])": "rich_everything 'a': tags is a list; pass a mapping with string keys",
    "everything('a', settings={'mode': 'm'})": "settings is a dict; pass an object of its generated class",
    "EverythingSettings(mode=3)": "EverythingSettings: mode is an int; pass a string",
    "None_('stack', 'a')": "rich_none 'a': scope is of type str; pass the stack or construct it belongs to",
    "None_(stack, 3)": "rich_none: id_ is an int; pass a string",
    "everything('a').inputs['nmae'] = 'x'": "rich_everything 'a': 'nmae' is no attribute that can be given; there are ",
    "everything('a').inputs['name'] = 3": "rich_everything 'a': name is an int; pass a string",
    "everything('a', anything=object())": "a value of type object cannot be given to Terraform",
    "everything('a').depend_on('other')": "depend_on takes resources and data sources, not a str",
    # It may be a secret in the wrong place.
    "everything('a', secret_wo=bytes(range(97, 110)))": "rich_everything 'a': secret_wo is a bytes; pass a string",
}


def test_a_wrong_value_is_named_with_its_place_and_not_shown(synthesize: Synthesize, rich_package: Path):
    """Whether it was given to a constructor or put into the inputs afterwards."""
    document = synthesize(
        f"""
def refusal(code):
    app = cdk.App()
    stack = cdk.TerraformStack(app, "stack")
    try:
        scope = {{"cdk": cdk, "stack": stack}}
        exec({BASICS!r} + code, scope)
        stack.to_terraform()
    except Exception as error:
        return str(error)
    return "nothing was wrong"
cdk.TerraformOutput(stack, "refusals", value=[refusal(code) for code in {list(WRONG)!r}])
""",
        rich_package,
    )

    refusals = document["output"]["refusals"]["value"]
    for (code, words), refusal in zip(WRONG.items(), refusals, strict=True):
        assert words in refusal, code
    assert "abcdefghijklm" not in str(refusals)


def test_hcl_output_is_refused_rather_than_written_incompletely(
    synthesize: Synthesize, rich_package: Path, stack_error: type[Exception], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SYNTH_HCL_OUTPUT", "true")

    with pytest.raises(stack_error, match="rich 'rich': HCL output is not supported"):
        synthesize(BASICS, rich_package)
