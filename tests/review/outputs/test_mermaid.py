import re

from dflow_review.outputs.mermaid import render


def named(text):
    """The names of boxes in the text by their titles."""
    return {title: name for name, title in re.findall(r'(n\d+)[\[(]+"([^"<]+)', text)}


def test_services_nodes_and_databases_stand_in_three_groups(ordinary):
    text = render(ordinary)

    assert [line.strip() for line in text.splitlines() if "subgraph" in line] == [
        'subgraph c0 ["Services"]',
        'subgraph c1 ["Worker Nodes"]',
        'subgraph c2 ["Databases"]',
    ]
    assert '(["web<br/>production"])' in text
    assert '["fra-3<br/>203.0.113.9/32"]' in text
    assert '[("orders:5432<br/>Neon IP Allow")]' in text


def test_what_becomes_of_an_arrow_is_written_on_it(ordinary):
    text = render(ordinary)
    names = named(text)

    assert f"{names['fra-3']} ==>|added| {names['orders:5432']}" in text
    assert f"{names['fra-2']} -.->|removed| {names['reports:5432']}" in text
    assert f"{names['fra-4']} -.->|cannot tell| {names['billing']}" in text
    assert f"{names['fra-1']} --> {names['ledger:5432']}" in text


def test_no_name_gets_out_of_its_quotes(hostile):
    text = render(hostile)

    for label in re.findall(r'"([^"\n]*)"', text):
        assert re.fullmatch(r"(?:[\w .,:/-]|#\d+;|<br/>|[^\x00-\x7f])*", label)
    assert len(text.splitlines()) == 17


def test_an_environment_joins_and_leaves_in_words(joined):
    text = render(joined)
    names = named(text)

    assert f"{names['canary-web']} ==>|joins| {names['fra-1']}" in text
    assert f"{names['batch']} -.->|leaves| {names['fra-1']}" in text
    assert f"{names['fra-1']} --> {names['orders:5432']}" in text
