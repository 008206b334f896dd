"""Terraform for `cdktf get`: passes everything on, and renames one attribute in the schema it reads.

`cdktf get` writes a class that does not compile for a data source with an attribute named `provider`, which
`dflow_worker_node` has. Under another name of it, the peer has the whole provider to generate and not one class less.
Set TERRAFORM_BINARY_NAME to the shell script that starts this file.
"""

import json
import subprocess
import sys

REFUSED, RENAMED = "provider", "node_provider"

arguments = sys.argv[1:]
if arguments[:2] != ["providers", "schema"]:
    sys.exit(subprocess.run(["terraform", *arguments], check=False).returncode)

ran = subprocess.run(["terraform", *arguments], check=False, stdout=subprocess.PIPE)
document = json.loads(ran.stdout or "{}")
for provider in document.get("provider_schemas", {}).values():
    for kind in ("resource_schemas", "data_source_schemas"):
        for schema in provider.get(kind, {}).values():
            attributes = schema["block"].get("attributes", {})
            if REFUSED in attributes:
                attributes[RENAMED] = attributes.pop(REFUSED)
print(json.dumps(document))
sys.exit(ran.returncode)
