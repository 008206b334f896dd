"""Style and script of the page that `html` writes: constant, so that their hashes stand in its policy."""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --quiet: #57606a; --line: #d0d7de; --soft: #f6f8fa;
  --added: #116b3f; --removed: #c0362c; --unknown: #8a5a00; --focus: #0550ae }
body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; margin: .5rem 0 0 }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem }
h3 { font-size: 1rem; margin: .75rem 0 .25rem }
.headline { font-size: 1.1rem; margin: .25rem 0 1rem }
[hidden] { display: none !important }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .5rem .75rem;
  border: 1px solid var(--line); border-radius: 6px; background: var(--soft) }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem }
legend { float: left; padding: 0; margin-right: 1rem; font-weight: 600 }
form > span { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0 .5rem }
span > label { font-weight: 600 }
select, button { font: inherit; max-width: 16rem; padding: .15rem .4rem }
output { color: var(--quiet) }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px }
svg { display: block; margin: 0 auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line) }
th { background: var(--soft); overflow-wrap: normal }
td, th { min-width: 6.5rem }
td:first-child { white-space: nowrap }
small { display: block; color: var(--quiet) }
code { font: 13px/1.4 ui-monospace, "DejaVu Sans Mono", monospace }
ul { padding-left: 1.25rem; margin: .25rem 0 }
summary { cursor: pointer; padding: .15rem 0 }
details details { margin-left: 1.25rem }
[class^="sign-"] { display: inline-block; width: 1.2em; text-align: center; font-weight: 700 }
tr.added td:first-child { box-shadow: inset 4px 0 var(--added) }
tr.removed td:first-child { box-shadow: inset 4px 0 var(--removed) }
tr.unknown td:first-child { box-shadow: inset 4px 0 var(--unknown) }
.sign-added { color: var(--added) }
.sign-removed { color: var(--removed) }
.sign-unknown { color: var(--unknown) }
@media (prefers-color-scheme: dark) {
:root { --paper: #0d1117; --ink: #e6edf3; --quiet: #9da7b1; --line: #30363d; --soft: #161b22;
  --added: #3fb950; --removed: #ff7b72; --unknown: #e3b341; --focus: #79c0ff }
}
@media print { form { display: none } .scroll { overflow: visible } }
"""

SCRIPT: Final = """\
"use strict";
const form = document.getElementById("filters");
const shown = {
  both: ["added", "removed", "unknown", "same"],
  before: ["removed", "same"],
  after: ["added", "unknown", "same"],
  changes: ["added", "removed", "unknown"],
};
const has = (element, name, wanted) => !wanted || element.dataset[name].split(" ").includes(wanted);
function apply() {
  const environment = form.elements.environment.value;
  const database = form.elements.database.value;
  const kinds = shown[form.elements.view.value];
  const used = new Set();
  let rows = 0, all = 0;
  for (const element of document.querySelectorAll("[data-status]")) {
    const visible = kinds.includes(element.dataset.status)
      && has(element, "environments", environment) && has(element, "databases", database);
    element.toggleAttribute("hidden", !visible);
    if (element.tagName === "TR") { all += 1; rows += visible; }
    else if (visible) { used.add(element.dataset.start); used.add(element.dataset.end); }
  }
  for (const element of document.querySelectorAll("[data-about]"))
    element.toggleAttribute("hidden", element.dataset.about !== "" && !has(element, "about", database));
  for (const box of document.querySelectorAll("[data-box]"))
    box.toggleAttribute("hidden", !used.has(box.dataset.box));
  document.getElementById("count").textContent = rows + " of " + all + " connections";
}
form.addEventListener("change", apply);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("everything").addEventListener("click", () => { form.reset(); apply(); });
form.hidden = false;
apply();
"""
