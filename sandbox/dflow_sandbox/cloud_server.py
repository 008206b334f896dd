"""The AWS stand-in: moto's server as a program of its own.

Announces itself with one line on standard output, `{"port": …}`, once it answers, and ends when standard input closes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import NoReturn

STOP_WITH_STDIN = "DFLOW_SANDBOX_STOP_WITH_STDIN"


def main() -> None:
    """Serves on 127.0.0.1 until told to stop."""
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # thousands of images nobody asks for here
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if os.environ.get(STOP_WITH_STDIN) == "1":
        threading.Thread(target=_end_with_standard_input, daemon=True).start()

    import moto.ec2.models  # noqa: F401, PLC0415  # warmed up here, so that the first request is not slow
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415  # after the variable above is set
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server  # noqa: PLC0415  # comes with moto

    port = int(os.environ.get("DFLOW_SANDBOX_PORT", "0"))
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)
    sys.stdout.write(json.dumps({"port": server.server_port}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


def _end_with_standard_input() -> NoReturn:
    while os.read(0, 4_096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
