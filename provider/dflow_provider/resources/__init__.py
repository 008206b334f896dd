"""Resources, data sources and ephemeral resources of the dflow provider; one module each."""
