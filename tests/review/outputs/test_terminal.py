import io
from dataclasses import replace

import pytest

from dflow_review.finding import Answer, Finding, Verdicts
from dflow_review.outputs.escape import columns
from dflow_review.outputs.terminal import Palette, palette_for, render
from dflow_review.reach import Movement, Reach
from dflow_review.review import Review

ORDINARY = """\
1 database can be reached from more addresses, 1 allowlist cannot be told before apply, 1 database from fewer addresses.
  + orders:5432 (production, Neon IP Allow): open to 1 more address
      + fra-3  203.0.113.9/32; web, worker of production
  ? billing: cannot tell before apply
      ? fra-4  1 address of fra-4, known after apply
  - reports:5432 (production, AWS security group): closed to 1 address
      - fra-2  203.0.113.8/32
  = 1 database reached as before
Variables of web: +DATABASE_URL (secret) ~PORT -OLD
! LOW DFLOW011 dflow_neon_allowlist.orders: 58 of 60 entries are taken
? 1 check cannot be told from the plan: DFLOW001
1 finding acknowledged
Plan shop.json, sha256 3f2a9c0d3f2a9c0d
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_an_ordinary_change_is_told_in_services_nodes_and_databases(ordinary):
    assert render(ordinary, width=125) == ORDINARY


def test_a_change_of_one_database_takes_at_most_ten_lines(build):
    first, second = (build.opening(build.orders, f"203.0.113.{n}/32", f"fra-{n}") for n in (7, 9))
    change = build.change(build.orders, (first,), (first, second), Movement.WIDENED)
    finding = Finding(build.rule, "dflow_neon_allowlist.orders", "something")

    text = render(Review((build.plan(),), Reach((change,)), Verdicts((finding,))), width=80)

    assert len(text.splitlines()) <= 10


def test_a_change_of_nothing_says_so_in_three_lines(quiet):
    assert render(quiet).splitlines() == [
        "No database can be reached from more addresses or Environments than before.",
        "  = 1 database reached as before",
        "Plan shop.json, sha256 3f2a9c0d3f2a9c0d",
    ]


def test_emptying_a_list_a_crashed_rule_and_what_was_not_understood_are_in_sight(opened):
    text = render(opened, width=120)

    assert "+ everybody  by a list that is empty" in text
    assert "! RULE CRASHED DFLOW001 KeyError" in text
    assert "? aws_security_group.odd could not be understood: `ingress` is no list" in text


@pytest.mark.parametrize("width", [40, 61, 80, 200])
def test_no_line_is_wider_than_the_terminal(width, ordinary, hostile):
    lines = [*render(ordinary, width=width).splitlines(), *render(hostile, width=width).splitlines()]

    assert max(map(columns, lines)) <= width


def test_a_terminal_of_no_width_gets_forty_columns(ordinary):
    assert max(map(len, render(ordinary, width=0).splitlines())) <= 40


def test_no_name_steers_the_terminal(hostile):
    text = render(hostile, palette=Palette.PLAIN)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31m" in render(hostile, width=500)


def test_colour_adds_nothing_but_colour(ordinary):
    coloured = render(ordinary, width=125, palette=Palette.COLOUR)

    assert "\x1b[32m  + orders:5432" in coloured
    plain = coloured
    for code in ("0", "1", "31", "32", "33", "35"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == ORDINARY


def test_colours_are_for_terminals_whose_user_did_not_say_no():
    assert palette_for(Terminal(), {"TERM": "xterm"}) is Palette.COLOUR
    assert palette_for(io.StringIO(), {"TERM": "xterm"}) is Palette.PLAIN
    assert palette_for(Terminal(), {"NO_COLOR": "1"}) is Palette.PLAIN
    assert palette_for(Terminal(), {"NO_COLOR": ""}) is Palette.COLOUR
    assert palette_for(Terminal(), {"TERM": "dumb"}) is Palette.PLAIN


def test_what_has_no_room_is_counted(build):
    nodes = tuple(build.opening(build.orders, f"203.0.113.{n}/32", f"fra-{n}") for n in range(9))
    change = build.change(build.orders, (), nodes, Movement.WIDENED)
    findings = tuple(Finding(build.rule, f"a.b{n}", "x") for n in range(30))
    untold = Finding(build.rule, "a.b", "x", Answer.CANNOT_TELL)

    text = render(Review((), Reach((change,) * 30), Verdicts((*findings, untold))))

    assert "… 5 more" in text
    assert "… 18 more databases: 18 widened" in text
    assert "! 22 more findings" in text


def test_what_a_rule_cannot_tell_again_and_again_is_one_line(build):
    other = replace(build.rule, id="DFLOW041")
    untold = [Finding(other, f"a.b{n}", "x", Answer.CANNOT_TELL) for n in range(12)]
    once = Finding(build.rule, "a.b", "x", Answer.CANNOT_TELL)

    text = render(Review((), Reach(()), Verdicts((*untold, once))))

    assert "? 13 checks cannot be told from the plan: DFLOW001, DFLOW041 (12 times)\n" in text


JOINED = """\
1 database can be reached from more Environments.
  ± orders:5432 (production, Neon IP Allow): open to canary, closed to old
      + canary joins fra-1, whose address is on the list (203.0.113.7/32): its services (canary-web)
        can now reach orders:5432
      ? lost comes to a Worker Node that these plans do not name: if it is let in, its services
        (job) can reach orders:5432
      - old leaves fra-1, whose address stays on the list (203.0.113.7/32): its services (batch) no
        longer reach orders:5432
Plan shop.json, sha256 3f2a9c0d3f2a9c0d
"""


def test_an_environment_that_joins_or_leaves_is_told_in_a_sentence(joined):
    assert render(joined, width=100) == JOINED


def test_the_headline_counts_databases_by_addresses_and_by_environments(ordinary, joined):
    (change,) = joined.reach.changes
    joins = replace(change, movement=Movement.WIDENED, left=(), undecided=())
    leaves = replace(change, movement=Movement.NARROWED, joined=(), undecided=())
    may_join = replace(change, movement=Movement.UNKNOWN, joined=(), left=())
    wider, narrower = (
        next(each for each in ordinary.reach.changes if each.movement is movement)
        for movement in (Movement.WIDENED, Movement.NARROWED)
    )

    def headline(*changes):
        return render(Review((), Reach(changes), Verdicts(())), width=200).splitlines()[0]

    assert headline(wider, joins) == "1 database can be reached from more addresses, 1 database from more Environments."
    assert headline(leaves) == "1 database can be reached from fewer Environments, none from more."
    assert headline(narrower, leaves, leaves) == (
        "1 database can be reached from fewer addresses, 2 databases from fewer Environments, none from more."
    )
    assert headline(may_join, narrower) == (
        "1 database may be reached from more Environments, 1 database from fewer addresses."
    )


def test_one_of_which_the_address_of_its_node_is_not_told_is_named_with_the_node(joined):
    (change,) = joined.reach.changes
    lost = replace(change.undecided[0], node="fra-3")
    only = replace(change, after=change.before, movement=Movement.UNKNOWN, joined=(), left=(), undecided=(lost,))

    text = render(Review((), Reach((only,)), Verdicts(())), width=200)

    assert "orders:5432 (production, Neon IP Allow): cannot tell whether lost gets in\n" in text
    assert "? lost comes to fra-3, with an address that these plans do not know: if it is let in, its services" in text
