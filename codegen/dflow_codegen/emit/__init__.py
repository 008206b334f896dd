"""The model → Python source, by way of Python's own syntax tree: no literal is ever spliced into text."""

from dflow_codegen.emit.package import package_files

__all__ = ["package_files"]
