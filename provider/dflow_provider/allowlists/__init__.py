"""Allowlists of database vendors: one engine, and an adapter for each vendor's API."""
