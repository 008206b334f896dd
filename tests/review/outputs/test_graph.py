from dataclasses import replace

from dflow_review.finding import Verdicts
from dflow_review.outputs.connection import Status
from dflow_review.outputs.graph import BOXES, SOURCES, Column, graph_of
from dflow_review.reach import Database, Movement, Reach, Tenant
from dflow_review.review import Review


def titles(graph, column):
    return [box.title for box in graph.boxes if box.column is column]


def test_a_way_leads_from_services_over_nodes_to_databases(ordinary):
    graph = graph_of(ordinary)
    names = {box.key: box.title for box in graph.boxes}
    ways = {(names[arrow.start], names[arrow.end]): arrow.status for arrow in graph.arrows}

    assert titles(graph, Column.SERVICES) == ["web", "worker"]
    assert titles(graph, Column.NODES) == ["198.51.100.0/24", "fra-1", "fra-2", "fra-3", "fra-4"]
    assert titles(graph, Column.DATABASES) == ["billing", "ledger:5432", "orders:5432", "reports:5432"]
    assert ways["web", "fra-3"] is Status.ADDED
    assert ways["web", "fra-1"] is Status.SAME
    assert ways["fra-2", "reports:5432"] is Status.REMOVED


def test_a_box_knows_every_environment_and_database_it_has_to_do_with(ordinary):
    node = next(box for box in graph_of(ordinary).boxes if box.title == "fra-1")

    assert node.databases == ("ledger:5432", "orders:5432", "reports:5432")
    assert node.environments == ("production",)


def test_an_environment_stands_for_services_that_the_plan_does_not_tell(build):
    entry = build.opening(build.orders, "203.0.113.7/32", "fra-1", environments=("staging",))
    change = build.change(build.orders, (), (entry,), Movement.WIDENED)

    graph = graph_of(Review((), Reach((change,)), Verdicts(())))

    assert titles(graph, Column.SERVICES) == ["staging"]


def test_what_is_too_much_for_a_picture_is_left_out_and_counted_but_never_what_changes_first(build):
    still = [Database(f"still {n}", f"still-{n:03}") for n in range(500)]
    entry = [build.opening(database, "203.0.113.7/32", "fra-1") for database in still]
    changes = [build.change(each.database, (each,), (each,), Movement.SAME) for each in entry]
    new = build.opening(build.orders, "203.0.113.9/32", "fra-3")
    changes.append(build.change(build.orders, (), (new,), Movement.WIDENED))

    graph = graph_of(Review((), Reach(tuple(changes)), Verdicts(())))

    assert len(graph.boxes) <= BOXES
    assert "orders:5432" in titles(graph, Column.DATABASES)
    assert graph.left_out == 501 - len(titles(graph, Column.DATABASES))


def test_a_node_that_is_let_in_by_one_more_address_keeps_its_arrow_and_gets_another(build):
    old = build.opening(build.orders, "203.0.113.7/32", "fra-1", services=("web",))
    new = build.opening(build.orders, "203.0.113.8/32", "fra-1", services=("web",))
    change = build.change(build.orders, (old,), (old, new), Movement.WIDENED)

    graph = graph_of(Review((), Reach((change,)), Verdicts(())))

    to_database = [arrow.status for arrow in graph.arrows if arrow.start == "source fra-1"]
    to_node = [arrow.status for arrow in graph.arrows if arrow.end == "source fra-1"]
    assert (to_database, to_node) == ([Status.ADDED, Status.SAME], [Status.SAME])


def test_the_sources_of_a_database_that_has_thousands_share_a_box(build):
    nodes = tuple(build.opening(build.orders, f"10.0.{n // 250}.{n % 250}/32", f"fra-{n:04}") for n in range(2000))
    change = build.change(build.orders, nodes[:1000], nodes, Movement.WIDENED)

    graph = graph_of(Review((), Reach((change,)), Verdicts(())))

    rest = [(box.title, box.subtitle) for box in graph.boxes if box.key.startswith("rest")]
    assert rest == [("1,000 more", "unchanged"), (f"{1000 - SOURCES} more", "added")]
    assert len(graph.boxes) == SOURCES + 3


def test_an_environment_that_joins_has_an_arrow_to_its_node_and_the_node_keeps_its_own(joined):
    graph = graph_of(joined)
    names = {box.key: (box.title, box.subtitle) for box in graph.boxes}

    assert {(names[each.start][0], names[each.end][0], each.words) for each in graph.arrows} == {
        ("canary-web", "fra-1", "joins"),
        ("worker", "fra-1", "added"),
        ("batch", "fra-1", "leaves"),
        ("web", "fra-1", "unchanged"),
        ("job", "Some Worker Node", "cannot tell"),
        ("Some Worker Node", "orders:5432", "cannot tell"),
        ("fra-1", "orders:5432", "unchanged"),
    }
    assert ("web", "production") in names.values()
    assert ("canary-web", "canary") in names.values()


def test_an_arrow_of_a_service_concerns_its_own_environment_alone(joined):
    graph = graph_of(joined)

    concerned = {each.start: each.environments for each in graph.arrows if each.end == "source fra-1"}
    assert concerned["service canary-web canary"] == ("canary", "production")  # the latter is the database's
    assert concerned["service batch old"] == ("old", "production")


def test_who_is_let_in_by_an_entry_that_names_another_stands_on_its_own_node(build):
    whole = build.opening(build.orders, "203.0.113.0/28")
    tenant = Tenant("1", "shop", "fra-1", frozenset({"web"}))
    entry = replace(whole, source=replace(whole.source, tenants=(tenant,)))
    change = build.change(build.orders, (entry,), (entry,), Movement.SAME)

    graph = graph_of(Review((), Reach((change,)), Verdicts(())))

    nodes = [(box.title, box.subtitle) for box in graph.boxes if box.column is Column.NODES]
    assert nodes == [("203.0.113.0/28", ""), ("fra-1", "203.0.113.0/28")]
