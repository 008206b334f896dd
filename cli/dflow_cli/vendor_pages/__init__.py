"""What the reference says of vendors, written from their rows."""

from dflow_cli.vendor_pages.example import example_files
from dflow_cli.vendor_pages.matrix import matrix_page

__all__ = ["example_files", "matrix_page"]
