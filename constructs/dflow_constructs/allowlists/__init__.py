"""Vendors' allowlists, one class for each."""
