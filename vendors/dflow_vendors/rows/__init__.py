"""One module for each vendor, named by its key, with the row under the same name in capitals."""
