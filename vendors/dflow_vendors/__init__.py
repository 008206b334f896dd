"""Facts about database vendors' allowlists, as data: each with its source and date."""
