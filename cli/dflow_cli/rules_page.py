"""The page of all rules of the review, written from the rules."""

from __future__ import annotations

from typing import Final

from dflow_review.rules import RULES

_INTRODUCTION: Final = """\
What `dflow-cdktf review` looks for in plans. Each rule is named by the state that is good, and its id is permanent: it
stands in every output, in SARIF too, and in the file of acknowledgements.

A rule has four answers:

- nothing, where all is well;
- a **finding**, which counts for `--fail-on` by its severity. What was there before the plan matters less, and findings
  about it say so;
- **cannot tell**, where a value is known only after apply or stands in no plan. It is no finding and no pass;
- **rule crashed**, which nobody can acknowledge: the review never exits with 0 then.

No message holds a value that is marked sensitive, or anything that the search for secrets found."""
_ACKNOWLEDGING: Final = """\
## Accepting a finding

A finding that is to stay is written into `dflow-review.toml`, in the directory the command runs in or named by
`--acknowledge`:

```toml
[[acknowledge]]
rule = "DFLOW041"
address = "dflow_neon_allowlist.orders"
reason = "staging moves to a node of its own in January"
who = "ada@example.net"
expires = 2027-01-31
```

`rule`, `address`, `reason` and `who` have to be there; a file without one of them is an error. In `address`, `*` stands
for anything, and nothing else is special: `module.*.dflow_neon_allowlist.*`, `acme_thing.a["x"]`. It may not stand for
every resource. After the day in `expires` the finding is open again and the entry is reported as expired; left out, it
counts for ever. An entry that fits nothing is reported as unused."""


def rules_page() -> str:
    """Return the page's text."""
    return "\n\n".join(("# Rules", _INTRODUCTION, _table(), *_sections(), _ACKNOWLEDGING))


def _table() -> str:
    lines = ["| Id | Severity | Good is |", "| --- | --- | --- |"]
    lines += (f"| [{rule.id}](#{rule.id.lower()}) | {rule.severity.name.lower()} | {rule.title} |" for rule, _ in RULES)
    return "\n".join(lines)


def _sections() -> list[str]:
    return [
        f'## <a id="{rule.id.lower()}"></a>{rule.id}: {rule.title}\n\n'
        f"*Severity:* {rule.severity.name.lower()}. {rule.why}\n\n*What to do:* {rule.remedy}"
        for rule, _ in RULES
    ]
