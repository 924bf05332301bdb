import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.values.npi import is_npi
from tests.factories import with_check_digit

WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in "1234567893")


def test_the_published_example_is_valid():
    assert is_npi("1234567893")


@pytest.mark.parametrize(
    "text",
    ["1234567890", "123456784", "12345678905", "", "abcdefghij", WIDE],
)
def test_what_is_no_npi(text):
    assert not is_npi(text)


@given(st.integers(0, 10**9 - 1))
def test_exactly_one_check_digit_fits(number):
    first_nine = f"{number:09d}"

    valid = [f"{first_nine}{digit}" for digit in range(10)]

    assert [npi for npi in valid if is_npi(npi)] == [with_check_digit(first_nine)]
