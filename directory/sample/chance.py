"""Chance that follows from numbers alone: the same in every process and every order.

``random.Random`` takes microseconds to seed; here each person, group and address has a
source of its own, so that a row never depends on the rows before it.
"""

from bisect import bisect_right
from collections.abc import Sequence

MASK = 2**64 - 1
# Odd constants of splitmix64 and of a 64-bit linear congruential generator.
SPREAD = 0x9E3779B97F4A7C15
MIX = 0xD6E8FEB86659FD93
STEP = 6364136223846793005
ADD = 1442695040888963407
RESOLUTION = 2**53


def mixed(seed: int, kind: int, number: int, version: int = 0) -> int:
    """Return 64 bits that look random and differ with each argument."""
    bits = (seed * SPREAD + (kind << 56) + (version << 48) + number * STEP) & MASK
    bits = (bits ^ (bits >> 32)) * MIX & MASK
    bits = (bits ^ (bits >> 32)) * MIX & MASK
    return bits ^ (bits >> 32)


def chosen[T](options: Sequence[T], weights: Sequence[float], fraction: float) -> T:
    """Return the option that a number from 0 to 1 falls on; weights add up."""
    return options[bisect_right(weights, fraction * weights[-1], 0, len(weights) - 1)]


class Chance:
    """Draws for one person, group or address."""

    __slots__ = ("state",)

    def __init__(self, seed: int, kind: int, number: int, version: int = 0) -> None:
        self.state = mixed(seed, kind, number, version)

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to ``limit - 1``; limits up to 2 ** 32."""
        self.state = state = (self.state * STEP + ADD) & MASK
        return (state >> 32) * limit >> 32

    def fraction(self) -> float:
        """Return a number from 0 up to, without, 1."""
        self.state = state = (self.state * STEP + ADD) & MASK
        return (state >> 11) / RESOLUTION

    def happens(self, share: float) -> bool:
        """Say yes in that share of cases."""
        self.state = state = (self.state * STEP + ADD) & MASK
        return (state >> 11) < share * RESOLUTION

    def pick[T](self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely."""
        self.state = state = (self.state * STEP + ADD) & MASK
        return options[(state >> 32) * len(options) >> 32]
