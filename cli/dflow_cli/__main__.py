"""`python -m dflow_cli`, for where the command itself is not on PATH."""

import sys

from dflow_cli.main import main

if __name__ == "__main__":
    sys.exit(main())
