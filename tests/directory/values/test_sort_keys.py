import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.values.sort_keys import sort_key


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("O'Brien", "José", "M."), "obrien jose m"),
        (("Núñez-Ström", "Ana"), "nunez strom ana"),
        (("Sørensen",), "sorensen"),
        (("Ka\u02bban\u0101\u02bban\u0101", "Lani"), "kaanaana lani"),
        (("St. Mary's Hospital",), "st marys hospital"),
        (("  ", "Straße"), "strasse"),
        (("", ""), ""),
    ],
)
def test_a_key_has_plain_lower_case_words(parts, expected):
    assert sort_key(*parts) == expected


@given(st.text(max_size=400))
def test_a_key_of_a_key_is_itself_and_fits_the_column(text):
    key = sort_key(text)

    assert sort_key(key) == key
    assert len(key) <= 200
