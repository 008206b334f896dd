"""Provider schema → typed Python bindings for CDKTF.

files = generate(document, "dflow-cdktf/dflow", version="0.1.0")
changes = write_tree(files, directory)          # or: differences(files, directory), which only looks
"""

from dflow_codegen.errors import CodegenError
from dflow_codegen.generate import generate
from dflow_codegen.tree import Change, Difference, differences, write_tree

__all__ = ["Change", "CodegenError", "Difference", "differences", "generate", "write_tree"]
