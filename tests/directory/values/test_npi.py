import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.sql import fetch_rows
from directory.values.npi import IS_WRONG, is_npi
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


@pytest.mark.django_db
def test_sql_finds_the_same_check_digit():
    """Of numbers that have each digit in each place."""
    right = [with_check_digit(f"99{digit * 7}") for digit in "0123456789"]
    wrong = [f"{npi[:9]}{(int(npi[9]) + 1) % 10}" for npi in right]
    numbers = ",".join(right + wrong)

    found = fetch_rows(
        f"SELECT npi FROM unnest('{{{numbers}}}'::text[]) AS npi WHERE {IS_WRONG}"
    )

    assert sorted(npi for (npi,) in found) == sorted(wrong)
