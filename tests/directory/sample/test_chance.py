"""Chance from numbers: the same everywhere, different with each argument, even."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.sample.chance import Chance, mixed

small = st.integers(min_value=0, max_value=255)


def test_it_is_the_same_on_every_machine():
    chance = Chance(1, 2, 3)

    assert [chance.below(1000) for _ in range(5)] == EXPECTED


EXPECTED = [915, 439, 130, 782, 71]


@given(st.integers(min_value=-(2**63), max_value=2**63), small, st.integers(), small)
def test_any_numbers_give_64_bits(seed, kind, number, version):
    assert 0 <= mixed(seed, kind, number, version) < 2**64


@pytest.mark.parametrize("place", range(4))
def test_each_argument_changes_the_result(place):
    found = set()
    for value in range(200):
        arguments = [5, 6, 7, 8]
        arguments[place] = value
        found.add(mixed(*arguments))

    assert len(found) == 200


def test_neighbouring_numbers_draw_evenly():
    drawn = Counter(Chance(1, 2, number).below(10) for number in range(10_000))

    assert set(drawn) == set(range(10))
    assert all(850 < count < 1150 for count in drawn.values())


def test_draws_of_one_source_are_even():
    chance = Chance(1, 2, 3)

    drawn = Counter(chance.pick("abcde") for _ in range(10_000))

    assert all(1800 < drawn[letter] < 2200 for letter in "abcde")
    assert 0.28 < sum(chance.happens(0.3) for _ in range(10_000)) / 10_000 < 0.32
    assert all(0 <= chance.fraction() < 1 for _ in range(1000))


def test_what_never_happens_and_what_always_does():
    chance = Chance(1, 2, 3)

    assert not any(chance.happens(0) for _ in range(1000))
    assert all(chance.happens(1) for _ in range(1000))
