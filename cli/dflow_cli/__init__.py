"""The command `dflow-cdktf`."""
