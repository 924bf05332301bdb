"""INT, TERM and HUP as errors that unwind the stack, and held back where they harm."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def exiting_on_signals() -> Iterator[None]:
    """Let TERM and HUP raise SystemExit, where their default is sudden death."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    with _handlers(leave, only_defaults=True):
        yield


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold the signals back until the block is done, then deliver the first."""
    held: list[int] = []

    def hold(number: int, _frame: object) -> None:
        held.append(number)

    with _handlers(hold, only_defaults=False):
        yield
    for number in held[:1]:
        os.kill(os.getpid(), number)


@contextmanager
def _handlers(handler: Any, *, only_defaults: bool) -> Iterator[None]:
    """Install a handler; signals that the caller ignores (nohup) stay ignored."""
    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in STOPPING_SIGNALS:
            current = signal.getsignal(number)
            is_default = current == signal.SIG_DFL
            if is_default if only_defaults else current not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
