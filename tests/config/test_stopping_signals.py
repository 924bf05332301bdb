"""INT, TERM and HUP unwind the stack, and wait where they would do harm."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.stopping_signals import exiting_on_signals, signals_held


def send(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


@pytest.fixture
def terminal(monkeypatch):
    """Take TERM and HUP as a process does that no shell and no test has touched."""
    before = {number: signal.getsignal(number) for number in (15, 1)}
    for number in before:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_block_like_an_error(terminal, number):
    unwound = []

    @exiting_on_signals()
    def block() -> None:
        try:
            send(number)
        finally:
            unwound.append(number)

    with pytest.raises(SystemExit) as end:
        block()

    assert end.value.code == 128 + number
    assert unwound == [number]
    assert signal.getsignal(number) == signal.SIG_DFL


def test_an_ignored_signal_stays_ignored(terminal):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with exiting_on_signals(), signals_held():
        send(signal.SIGHUP)


def test_the_first_signal_is_delivered_when_the_block_is_done(terminal):
    done = []

    @exiting_on_signals()
    def blocks() -> None:
        with signals_held():
            send(signal.SIGTERM)
            send(signal.SIGHUP)
            done.append("whole")
        done.append("never")

    with pytest.raises(SystemExit) as end:
        blocks()

    assert done == ["whole"]
    assert end.value.code == 128 + signal.SIGTERM


def test_a_thread_that_may_not_handle_signals_goes_on_without():
    def in_a_thread() -> str:
        with exiting_on_signals(), signals_held():
            return "done"

    with ThreadPoolExecutor() as pool:
        assert pool.submit(in_a_thread).result() == "done"
