"""Processes under test take signals as from a terminal."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from config.stopping_signals import STOPPING_SIGNALS


@contextmanager
def default_signals() -> Iterator[None]:
    """Hand the defaults down to what the block starts.

    nohup and a shell's background jobs hand down that signals are ignored.
    """
    before = {
        number: signal.signal(number, signal.SIG_DFL) for number in STOPPING_SIGNALS
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
