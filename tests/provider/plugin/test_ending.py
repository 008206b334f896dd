"""A provider that is told to end hears of it at once, whichever thread the system tells."""

import subprocess
import sys

CODE = """
import os, signal, sys, threading, time
from dflow_provider.plugin.ending import Ending

ending = Ending()
assert not ending.wait(0)
how = sys.argv[1]

def tell():
    if how == "call":
        ending.set()
    elif how == "thread":
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    else:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)

timer = threading.Timer(0.1, tell)
timer.start()
start = time.monotonic()
while not ending.wait(60):
    assert time.monotonic() - start < 30
assert time.monotonic() - start < 30
assert ending.wait(60)  # told once is told for good
for _ in range(100_000):
    ending.set()  # and never waits
"""


def test_it_is_heard_at_once_however_it_is_told():
    for how in ("call", "thread", "main"):
        done = subprocess.run(
            [sys.executable, "-c", CODE, how], capture_output=True, text=True, check=False, timeout=50
        )

        assert (how, done.returncode, done.stderr) == (how, 0, "")
