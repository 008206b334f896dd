from xml.etree import ElementTree as ET

import pytest

from dflow_review.outputs.junit import render


def parsed(review):
    return ET.fromstring(render(review).encode())  # noqa: S314  what we wrote ourselves a moment ago


def cases(review):
    """Each test case's name, and what it came to."""
    root = parsed(review)
    return {
        case.get("name"): (case[0].tag, case[0].get("message")) if len(case) else None for case in root.iter("testcase")
    }


def test_what_widens_and_what_was_found_fails_what_cannot_be_told_is_skipped_and_the_rest_passes(ordinary):
    assert cases(ordinary) == {
        "billing": ("skipped", "cannot tell before apply"),
        "ledger:5432": None,
        "orders:5432": ("failure", "open to 1 more address"),
        "reports:5432": None,
        "DFLOW011 dflow_neon_allowlist.orders": ("failure", "58 of 60 entries are taken"),
        "DFLOW001 dflow_vultr_allowlist.billing": ("skipped", "cannot tell: the address is not known yet"),
        "DFLOW001 aws_vpc_security_group_ingress_rule.kept": (
            "skipped",
            "acknowledged by dana, until 2027-01-31: a demo",
        ),
    }


def test_a_rule_that_crashed_is_an_error_and_an_allowlist_not_understood_is_skipped(opened):
    assert cases(opened)["DFLOW001"] == ("error", "rule crashed: KeyError")
    assert cases(opened)["aws_security_group.odd"][0] == "skipped"


@pytest.mark.parametrize("review", ["ordinary", "joined", "quiet", "opened", "hostile"])
def test_the_counts_are_those_of_the_cases(review, request):
    root = parsed(request.getfixturevalue(review))

    for suite in [root, *root]:
        found = [case[0].tag if len(case) else "" for case in suite.iter("testcase")]
        assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == [
            str(number) for number in (len(found), found.count("failure"), found.count("error"), found.count("skipped"))
        ]


def test_no_name_is_markup(hostile):
    root = parsed(hostile)

    assert {each.tag for each in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "skipped"}
    assert any("</script>" in case.get("name") for case in root.iter("testcase"))


def test_a_database_that_another_environment_joins_fails(joined):
    assert cases(joined)["orders:5432"] == ("failure", "open to canary, closed to old")
