"""One module for each vendor whose entries the provider keeps itself, named by its key; `open_list` is its adapter."""
