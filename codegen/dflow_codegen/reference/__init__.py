"""Provider schema and tested examples → reference pages in Markdown.

files = reference_files(document, "dflow-cdktf/dflow", Sources(examples))
changes = write_reference(files, directory)     # or: reference_differences(files, directory), which only looks
"""

from dflow_codegen.reference.example import Sources
from dflow_codegen.reference.folder import reference_differences, write_reference
from dflow_codegen.reference.generate import reference_files
from dflow_codegen.reference.index_page import FurtherPage

__all__ = ["FurtherPage", "Sources", "reference_differences", "reference_files", "write_reference"]
