"""What blocks refer to, through modules, their variables and outputs."""

from __future__ import annotations

from dflow_review.reading.references import links_in, without_keys


def _block(address: str, expressions: dict, **more) -> dict:
    return {"address": address, "expressions": expressions, **more}


def _to(*names: str) -> dict:
    return {"references": [*names]}


def test_keys_are_taken_off_addresses() -> None:
    assert without_keys('module.a["x.y"].b.c[0]') == "module.a.b.c"
    assert without_keys('a.b["]"].c') == "a.b.c"
    assert without_keys("a.b") == "a.b"


def test_an_attribute_knows_what_it_refers_to() -> None:
    links = links_in(
        {
            "root_module": {
                "resources": [
                    _block(
                        "dflow_environment.e",
                        {
                            "worker_nodes": _to("data.dflow_worker_node.n[0].id", "data.dflow_worker_node.n[0]"),
                            "name": {"constant_value": "shop"},
                            "ingress": [{"cidr_blocks": _to("aws_eip.a.public_ip", "local.x", "path.module")}],
                        },
                        depends_on=["aws_db_instance.orders"],
                    )
                ]
            }
        }
    )["dflow_environment.e"]
    assert links.references == {"worker_nodes": ("data.dflow_worker_node.n",), "ingress": ("aws_eip.a",)}
    assert links.depends_on == ("aws_db_instance.orders",)


def test_what_each_stands_for_is_what_is_repeated_over() -> None:
    links = links_in(
        {
            "root_module": {
                "resources": [
                    _block("a_b.c", {"x": _to("each.value.id", "each.value")}, for_each_expression=_to("a_b.d"))
                ]
            }
        }
    )
    assert links["a_b.c"].references["x"] == ("a_b.d",)


def test_variables_and_outputs_lead_through_modules() -> None:
    links = links_in(
        {
            "root_module": {
                "resources": [_block("a_b.user", {"x": _to("module.m.out", "module.m")}, depends_on=["module.m"])],
                "module_calls": {
                    "m": {
                        "expressions": {"in": _to("a_b.root.id", "a_b.root")},
                        "depends_on": ["a_b.first"],
                        "module": {
                            "resources": [_block("a_b.inner", {"x": _to("var.in")})],
                            "outputs": {"out": {"expression": _to("a_b.inner.id", "a_b.inner")}},
                        },
                    }
                },
            }
        }
    )
    assert links["module.m.a_b.inner"].references == {"x": ("a_b.root",)}
    assert links["module.m.a_b.inner"].depends_on == ("a_b.first",)
    assert "module.m.a_b.inner" in links["a_b.user"].references["x"]
    assert links["a_b.user"].depends_on == ("module.m",)


def test_variables_that_double_at_every_step_are_followed_once() -> None:
    innermost: dict = {"resources": [_block("a_b.c", {"x": _to("var.a", "var.b")})]}
    module = innermost
    for _ in range(40):
        twice = {"a": _to("var.a", "var.b"), "b": _to("var.a", "var.b")}
        module = {"module_calls": {"m": {"expressions": twice, "module": module}}}
    module["module_calls"]["m"]["expressions"] = {"a": _to("a_b.root"), "b": _to("a_b.root")}
    links = links_in({"root_module": module})
    assert links["module.m." * 40 + "a_b.c"].references == {"x": ("a_b.root",)}


def test_outputs_in_a_circle_end() -> None:
    child = {"outputs": {"o": {"expression": _to("var.v")}}, "resources": [_block("a_b.c", {"x": _to("var.v")})]}
    links = links_in(
        {"root_module": {"module_calls": {"m": {"expressions": {"v": _to("module.m.o")}, "module": child}}}}
    )
    assert "module.m.a_b.c" in links


def test_a_configuration_of_anything_else_has_no_links() -> None:
    for content in (None, [], "x", {"root_module": []}, {"root_module": {"resources": "x", "module_calls": [1]}}):
        assert links_in(content) == {}


def test_what_leads_to_no_resource_is_named_apart() -> None:
    net = {
        "resources": [_block("a_b.inside", {"groups": _to("var.groups", "var.extra", "var.flag", "var.given")})],
        "variables": {"extra": {"default": ["sg-1"]}, "flag": {"default": True}, "groups": {}, "given": {}},
        "outputs": {"written": {"expression": {"constant_value": "sg-2"}}},
    }
    links = links_in(
        {
            "root_module": {
                "resources": [
                    _block(
                        "a_b.c", {"groups": _to("a_b.d.id", "a_b.d", "local.shared", "module.net.written", "path.x")}
                    ),
                    _block("a_b.e", {"groups": _to("var.root", "var.off", "each.value")}),
                    _block("a_b.f", {"name": _to("each.key")}, for_each_expression=_to("local.table")),
                    _block("a_b.g", {"groups": _to("module.net.none")}),
                ],
                "module_calls": {
                    "net": {
                        "expressions": {"groups": _to("a_b.d.id"), "given": {"constant_value": "sg-3"}},
                        "module": net,
                    }
                },
                "variables": {"root": {}, "off": {"default": []}},
            }
        },
        {"root": {"value": ["sg-4"]}, "off": {"value": []}},
    )

    assert links["a_b.c"].references == {"groups": ("a_b.d",)}
    assert links["a_b.c"].unfollowed == {"groups": ("local.shared", "module.net.written")}
    assert links["a_b.e"].unfollowed == {"groups": ("var.root",)}
    assert links["a_b.f"].unfollowed == {"name": ("local.table",)}
    assert links["a_b.g"].unfollowed == {"groups": ("module.net.none",)}
    assert links["module.net.a_b.inside"].references == {"groups": ("a_b.d",)}
    assert links["module.net.a_b.inside"].unfollowed == {"groups": ("module.net.var.extra", "module.net.var.given")}
