"""Who vouches for a database, and where that authority's certificate is."""

from __future__ import annotations

import re

import pytest

from dflow_vendors import AuthorityOrigin, all_vendors, vendor_named

TRUSTSTORE = "https://truststore.pki"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        (
            "orders.abc.eu-central-1.rds.amazonaws.com",
            f"{TRUSTSTORE}.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem",
        ),
        (
            "Orders.cluster-ro-abc.AP-southeast-2.rds.amazonaws.com",
            f"{TRUSTSTORE}.rds.amazonaws.com/ap-southeast-2/ap-southeast-2-bundle.pem",
        ),
        (
            "orders.abc.us-gov-west-1.rds.amazonaws.com",
            f"{TRUSTSTORE}.us-gov-west-1.rds.amazonaws.com/us-gov-west-1/us-gov-west-1-bundle.pem",
        ),
        (
            "orders.abc.rds.cn-northwest-1.amazonaws.com.cn",
            "https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-northwest-1/cn-northwest-1-bundle.pem",
        ),
        ("orders.proxy-abc.eu-central-1.rds.amazonaws.com", None),
        ("reads.endpoint.proxy-abc.eu-central-1.rds.amazonaws.com", None),
        ("orders.proxy-abc.rds.cn-north-1.amazonaws.com.cn", None),
    ],
)
def test_the_host_name_of_amazon_rds_tells_the_region_s_bundle(host: str, url: str | None):
    for key in ("aws_security_group", "aws_prefix_list"):
        published = vendor_named(key).tls.published_for(host)

        assert published is not None
        assert published.url_for(host) == url


@pytest.mark.parametrize(
    "host",
    [
        "db.example.com",
        "",
        "orders.global-abc.global.rds.amazonaws.com",
        "orders.abc.eu-central-1.rds.amazonaws.com.example.com",
        "orders.cluster-abc.eu-central-1.docdb.amazonaws.com",
        "${aws_db_instance.orders.address}",
    ],
)
def test_other_host_names_tell_nothing(host: str):
    assert vendor_named("aws_security_group").tls.published_for(host) is None


@pytest.mark.parametrize("row", [row for row in all_vendors() if row.tls], ids=lambda row: row.key)
def test_a_row_says_where_the_certificate_comes_from_and_where_that_was_read(row):
    origin, tls = row.tls.authority_from, row.tls

    assert (tls.authority_source is not None) is (origin is AuthorityOrigin.API)
    assert bool(tls.published) is (origin is AuthorityOrigin.PUBLISHED)
    assert tls.authority.startswith("the system's trust store") is (origin is AuthorityOrigin.SYSTEM)
    assert origin is not AuthorityOrigin.API or row.owned is not None
    for each in tls.published:
        assert each.url is None or re.fullmatch(r"https://[^\s@]+\.(pem|crt)", each.url)
        assert each.url is not None or each.host is not None
        places = set(re.findall(r"\{(\w+)\}", each.url or ""))
        assert places <= set(each.host.groupindex if each.host else ())
