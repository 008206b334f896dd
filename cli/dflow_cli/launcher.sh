#!/bin/sh
# dflow-cdktf provider launcher: finds the Python package and becomes its terraform-provider-dflow.
# The text is the same on every machine and in every environment, so Terraform's lock file holds one checksum for it.
# What stands in the package directory beside it would change that checksum.
program=terraform-provider-dflow

DFLOW_PROVIDER_LAUNCHER_VERSION=${0##*_v}
export DFLOW_PROVIDER_LAUNCHER_VERSION

if [ -n "${DFLOW_PROVIDER_BIN:-}" ]; then
    [ -x "$DFLOW_PROVIDER_BIN" ] && exec "$DFLOW_PROVIDER_BIN" "$@"
    echo "DFLOW_PROVIDER_BIN is $DFLOW_PROVIDER_BIN, which is no executable file; correct it or unset it."
    exit 1
fi

# Installed by pip, this file lies eight directories below the environment: share, terraform, plugins, and then the
# host, namespace, name, version and platform of the provider. Terraform links to the directory, and `..` follows the link.
beside=${0%/*}/../../../../../../../../bin/$program
[ -x "$beside" ] && exec "$beside" "$@"

active=${VIRTUAL_ENV:-}/bin/$program
[ -n "${VIRTUAL_ENV:-}" ] && [ -x "$active" ] && exec "$active" "$@"

found=$(command -v "$program") && exec "$found" "$@"

# Terraform shows the first line that a provider writes to standard output, and nothing of standard error.
echo "the Python package dflow-cdktf is not installed here; run: pip install 'dflow-cdktf[provider]==$DFLOW_PROVIDER_LAUNCHER_VERSION', or activate the environment that has it, or set DFLOW_PROVIDER_BIN."
exit 1
