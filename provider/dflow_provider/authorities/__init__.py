"""The certificates of the authorities that vouch for databases: where they come from, and whether they are good."""
